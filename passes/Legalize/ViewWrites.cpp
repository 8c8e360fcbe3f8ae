//===- ViewWrites.cpp - Writing through views -----------------------------===//

#include "passes/Legalize/ViewWrites.h"

#include "dialects/Torch/TorchOps.h"
#include "passes/Legalize/OperatorFacts.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

namespace {

/// A view operation that is written through, and what to build with.
struct ViewWrite {
  OpBuilder &builder;
  Location loc;
  Operation *view;
  Value viewed;
  Value written;

  Value operand(StringRef name) const {
    return Torch::getOperandNamed(view, name);
  }
  Value create(StringRef key, ValueRange operands, Type type) const {
    return createOperator(builder, loc, key, operands, type)->getResult(0);
  }
  /// The operator `key`, which gives a tensor like the viewed one.
  Value whole(StringRef key, ValueRange operands) const {
    return create(key, operands, viewed.getType());
  }
};

// y = x.reshape(...)  =>  x = y.reshape_as(x)
Value writeReshape(const ViewWrite &w) {
  return w.whole("aten.reshape_as", {w.written, w.viewed});
}

// y = x.transpose(i, j)  =>  x = y.transpose(i, j)
Value writeOwnInverse(const ViewWrite &w) {
  SmallVector<Value> operands(w.view->getOperands());
  operands[0] = w.written;
  return w.whole(Torch::getSchemaKey(w.view), operands);
}

// y = x.movedim(i, j)  =>  x = y.movedim(j, i)
Value writeMoveDim(const ViewWrite &w) {
  return w.whole(Torch::getSchemaKey(w.view),
                 {w.written, w.view->getOperand(2), w.view->getOperand(1)});
}

// y = x.permute(p)  =>  x = y.permute(inverse of p)
Value writePermute(const ViewWrite &w) {
  auto permutation = Torch::matchConstantIntList(w.view->getOperand(1));
  if (!permutation)
    return {};
  int64_t rank = permutation->size();
  SmallVector<int64_t> inverse(rank);
  for (auto [to, from] : llvm::enumerate(*permutation)) {
    int64_t dim = from < 0 ? from + rank : from;
    if (dim < 0 || dim >= rank)
      return {};
    inverse[dim] = to;
  }
  return w.whole("aten.permute", {w.written, Torch::constantIntList(
                                                 w.builder, w.loc, inverse)});
}

// y = x.select(d, i)  =>  x = x.select_scatter(y, d, i)
Value writeSelect(const ViewWrite &w) {
  return w.whole("aten.select_scatter",
                 {w.viewed, w.written, w.operand("dim"), w.operand("index")});
}

// y = x.slice(d, a, b, s)  =>  x = x.slice_scatter(y, d, a, b, s)
Value writeSlice(const ViewWrite &w) {
  return w.whole("aten.slice_scatter",
                 {w.viewed, w.written, w.operand("dim"), w.operand("start"),
                  w.operand("end"), w.operand("step")});
}

// y = x.narrow(d, a, n)  =>  x = x.slice_scatter(y, d, a, a + n)
Value writeNarrow(const ViewWrite &w) {
  Value start = w.operand("start"), length = w.operand("length");
  auto first = Torch::matchConstantInt(start);
  auto count = Torch::matchConstantInt(length);
  Value end;
  if (first && count)
    // From the back up to the end has no negative end.
    end = *first < 0 && *first + *count == 0
              ? Torch::constantNone(w.builder, w.loc)
              : Torch::constantInt(w.builder, w.loc, *first + *count);
  else if (first && *first < 0)
    return {};
  else
    end = w.create("aten.add.int", {start, length},
                   Torch::IntType::get(w.builder.getContext()));
  return w.whole("aten.slice_scatter",
                 {w.viewed, w.written, w.operand("dim"), start, end,
                  Torch::constantInt(w.builder, w.loc, 1)});
}

// y = x.diagonal(o, i, j)  =>  x = x.diagonal_scatter(y, o, i, j)
Value writeDiagonal(const ViewWrite &w) {
  return w.whole("aten.diagonal_scatter",
                 {w.viewed, w.written, w.operand("offset"), w.operand("dim1"),
                  w.operand("dim2")});
}

using Writer = Value (*)(const ViewWrite &);

Writer findWriter(StringRef key) {
  return llvm::StringSwitch<Writer>(key)
      .Cases("aten.view", "aten.view_as", "aten.reshape", "aten.reshape_as",
             "aten.flatten.using_ints", "aten.unflatten.int", "aten.ravel",
             "aten._reshape_alias", writeReshape)
      .Cases("aten.squeeze", "aten.squeeze.dim", "aten.squeeze.dims",
             "aten.unsqueeze", writeReshape)
      .Cases("aten.transpose.int", "aten.swapaxes", "aten.swapdims", "aten.t",
             "aten.numpy_T", "aten.numpy_T.a", "aten.mT", "aten.mT.a",
             writeOwnInverse)
      .Cases("aten.movedim.int", "aten.movedim.intlist", "aten.moveaxis.int",
             "aten.moveaxis.intlist", writeMoveDim)
      .Case("aten.permute", writePermute)
      .Case("aten.select.int", writeSelect)
      .Case("aten.slice.Tensor", writeSlice)
      .Case("aten.narrow", writeNarrow)
      .Case("aten.diagonal", writeDiagonal)
      .Default(nullptr);
}

} // namespace

Value writeThroughView(OpBuilder &builder, Location loc, Operation *view,
                       Value viewed, Value written) {
  Writer writer = findWriter(Torch::getSchemaKey(view));
  return writer ? writer({builder, loc, view, viewed, written}) : Value();
}

Value writeThroughElement(OpBuilder &builder, Location loc, Operation *views,
                          Value viewed, ArrayRef<Value> elements,
                          unsigned index, Value written) {
  StringRef key = Torch::getSchemaKey(views);
  ViewWrite w{builder, loc, views, viewed, written};
  auto constant = [&](int64_t value) {
    return Torch::constantInt(builder, loc, value);
  };
  Value dim = w.operand("dim");
  // y = x.unbind(d)[i]  =>  x = x.select_scatter(y, d, i)
  if (key == "aten.unbind.int")
    return w.whole("aten.select_scatter",
                   {viewed, written, dim, constant(index)});
  // y = x.split(n, d)[i]  =>  x = x.slice_scatter(y, d, i * n, i * n + n)
  if (key == "aten.split.Tensor") {
    if (auto size = Torch::matchConstantInt(w.operand("split_size")))
      return w.whole("aten.slice_scatter",
                     {viewed, written, dim, constant(index * *size),
                      constant((index + 1) * *size), constant(1)});
  }
  // y = x.chunk(n, d)[i]  =>  x = cat([..., y, ...], d)
  if (elements.empty() || !dim)
    return {};
  SmallVector<Value> parts(elements);
  parts[index] = written;
  Value list = builder.create<Torch::PrimListConstructOp>(
      loc, Torch::ListType::get(written.getType()), parts);
  return w.whole("aten.cat", {list, dim});
}

} // namespace torchonnx
