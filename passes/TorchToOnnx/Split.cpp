//===- Split.cpp - Tensors joined and split -------------------------------===//

#include "dialects/Torch/ShapeOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Joining
//===----------------------------------------------------------------------===//

// The tensors of a list in the result's dtype. Vectors without elements are
// left out where others have dimensions, as PyTorch does.
static std::optional<SmallVector<Value>> joinable(Operation *op,
                                                  ConversionContext &c) {
  auto elements = c.listElements(op->getOperand(0));
  Type type = c.dtype(op->getResult(0));
  SmallVector<Value> result;
  if (!elements) {
    auto tensors = c.tensorList(op->getOperand(0));
    if (!tensors)
      return std::nullopt;
    for (Value tensor : *tensors)
      result.push_back(c.builder.cast(tensor, type));
    return result;
  }
  int64_t rank = c.rank(op->getResult(0));
  for (Value element : *elements)
    if (c.rank(element) != 1 || rank == 1 || c.staticDim(element, 0) != 0)
      result.push_back(c.tensorAs(element, type));
  return result;
}

static LogicalResult convertCat(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  auto dim = c.constInt(op->getOperand(1));
  if (!tensors || tensors->empty() || !dim)
    return c.fail(op, "the length of its list, or its dim, is unknown");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(tensors->front()));
  return c.replace(op, c.builder.concat(*tensors, axis));
}

static LogicalResult convertStack(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  auto dim = c.constInt(op->getOperand(1));
  if (!tensors || tensors->empty() || !dim)
    return c.fail(op, "the length of its list, or its dim, is unknown");
  int64_t axis = c.normalizeAxis(*dim, c.rank(op->getResult(0)));
  for (Value &tensor : *tensors)
    tensor = c.builder.unsqueeze(tensor, {axis});
  return c.replace(op, c.builder.concat(*tensors, axis));
}

// Adds dimensions of size 1, as atleast_1d, _2d and _3d do.
static Value atLeast(ConversionContext &c, Value x, int64_t rank) {
  int64_t have = OnnxBuilder::rank(x);
  if (have >= rank)
    return x;
  if (rank == 3 && have == 2)
    return c.builder.unsqueeze(x, {2});
  if (rank == 3 && have == 1)
    return c.builder.unsqueeze(x, {0, 2});
  return c.builder.unsqueeze(
      x, llvm::to_vector(llvm::seq<int64_t>(0, rank - have)));
}

template <int Rank>
static LogicalResult convertAtLeast(Operation *op, ConversionContext &c) {
  return c.replace(op, atLeast(c, c.tensor(op->getOperand(0)), Rank));
}

// hstack, vstack, dstack: at least so many dimensions, joined along one.
static LogicalResult stackAlong(Operation *op, int64_t rank, int64_t axis,
                                ConversionContext &c) {
  auto tensors = joinable(op, c);
  if (!tensors || tensors->empty())
    return c.fail(op, "the length of its list is unknown");
  for (Value &tensor : *tensors)
    tensor = atLeast(c, tensor, rank);
  if (rank == 1 && OnnxBuilder::rank(tensors->front()) == 1)
    axis = 0;
  return c.replace(op, c.builder.concat(*tensors, axis));
}

static LogicalResult convertColumnStack(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  if (!tensors || tensors->empty())
    return c.fail(op, "the length of its list is unknown");
  for (Value &tensor : *tensors)
    if (OnnxBuilder::rank(tensor) < 2)
      tensor = c.builder.reshape(tensor, {-1, 1});
  return c.replace(op, c.builder.concat(*tensors, 1));
}

//===----------------------------------------------------------------------===//
// Splitting
//===----------------------------------------------------------------------===//

// How many elements the model takes a list to have.
static std::optional<size_t> unpackedLength(Value torchList) {
  for (Operation *user : torchList.getUsers())
    if (isa<PrimListUnpackOp>(user))
      return user->getNumResults();
  return std::nullopt;
}

// Splits into parts of the given sizes, of which each may be symbolic.
static LogicalResult splitInto(Operation *op, int64_t dim,
                               ArrayRef<DimAttr> sizes, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0)), list = op->getResult(0);
  if (sizes.size() == 1) {
    c.mapList(list, {x});
    return success();
  }
  Value lengths = c.shapeTensor(sizes);
  if (!lengths)
    return c.fail(op, "the sizes of its parts are unknown");
  int64_t axis = c.normalizeAxis(dim, OnnxBuilder::rank(x));
  SmallVector<Type> types;
  for (DimAttr size : sizes) {
    SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
    shape[axis] = size;
    types.push_back(
        OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)));
  }
  ResultRange parts = c.builder.createMany<Onnx::SplitOp>(
      types, {x, lengths}, c.builder.intAttr("axis", axis));
  c.mapList(list, SmallVector<Value>(parts));
  return success();
}

// Parts of `size` each; the last one has what is left.
static LogicalResult splitEvery(Operation *op, int64_t dim, DimAttr size,
                                ConversionContext &c) {
  DimAttr total = c.dims(
      op->getOperand(0))[c.normalizeAxis(dim, c.rank(op->getOperand(0)))];
  if (!total || !size)
    return c.fail(op, "the size of the dimension that it splits is unknown");
  auto totalSize = total.getConstantValue(), partSize = size.getConstantValue();
  size_t count;
  if (totalSize && partSize)
    count = std::max<int64_t>(
        1, *partSize ? (*totalSize + *partSize - 1) / *partSize : 1);
  else if (auto length = unpackedLength(op->getResult(0)))
    count = *length;
  else
    return c.fail(op, "the number of its parts is unknown");
  SmallVector<DimAttr> sizes(count - 1, size);
  sizes.push_back(
      Symbolic::sub(total, Symbolic::mul(size, int64_t(count) - 1)));
  return splitInto(op, dim, sizes, c);
}

static LogicalResult convertSplit(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(2));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  return splitEvery(op, *dim, c.intDim(op->getOperand(1)), c);
}

static LogicalResult convertSplitSizes(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(2));
  auto elements = c.listElements(op->getOperand(1));
  if (!dim || !elements)
    return c.fail(op, "its dim or its sizes are not constant");
  SmallVector<DimAttr> sizes;
  for (Value element : *elements)
    sizes.push_back(c.intDim(element));
  return splitInto(op, *dim, sizes, c);
}

// chunk: parts of ceil(size / chunks)
static LogicalResult convertChunk(Operation *op, ConversionContext &c) {
  auto chunks = c.constInt(op->getOperand(1)),
       dim = c.constInt(op->getOperand(2));
  if (!dim || !chunks || *chunks < 1)
    return c.fail(op, "its dim or its number of chunks is not constant");
  int64_t axis = c.normalizeAxis(*dim, c.rank(op->getOperand(0)));
  DimAttr total = c.dims(op->getOperand(0))[axis];
  DimAttr size =
      total ? Symbolic::ceilDiv(total, c.builder.dim(*chunks)) : DimAttr();
  return splitEvery(op, axis, size, c);
}

// The first (size mod n) of n parts are longer by one.
static LogicalResult convertTensorSplit(Operation *op, ConversionContext &c) {
  auto sections = c.constInt(op->getOperand(1)),
       dim = c.constInt(op->getOperand(2));
  if (!sections || !dim)
    return c.fail(op, "its dim or its number of sections is not constant");
  auto total = c.staticDim(op->getOperand(0), *dim);
  if (!total)
    return c.fail(op, "the size of the dimension that it splits is unknown");
  SmallVector<DimAttr> sizes;
  for (int64_t i = 0; i < *sections; ++i)
    sizes.push_back(
        c.builder.dim(*total / *sections + (i < *total % *sections)));
  return splitInto(op, *dim, sizes, c);
}

static LogicalResult convertUnbind(AtenUnbindIntOp op, ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  std::optional<int64_t> count = c.staticDim(op.getSelf(), *dim);
  if (!count)
    count = unpackedLength(op.getResult());
  if (!count)
    return c.fail(op, "the size of the dimension that it unbinds is unknown");
  Value x = c.tensor(op.getSelf());
  Type i64 = c.i64();
  SmallVector<Value> parts;
  for (int64_t i = 0; i < *count; ++i)
    parts.push_back(
        c.builder.gather(x, c.builder.scalar(i, i64),
                         c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
  c.mapList(op.getResult(), parts);
  return success();
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerJoins(ConversionRegistry &r) {
  r.addAll<AtenCatOp, AtenConcatOp, AtenConcatenateOp>(convertCat);
  r.add<AtenStackOp>(convertStack);
  r.add<AtenHstackOp>([](Operation *op, ConversionContext &c) {
    return stackAlong(op, 1, 1, c);
  });
  r.addAll<AtenVstackOp, AtenRowStackOp>(
      [](Operation *op, ConversionContext &c) {
        return stackAlong(op, 2, 0, c);
      });
  r.add<AtenDstackOp>([](Operation *op, ConversionContext &c) {
    return stackAlong(op, 3, 2, c);
  });
  r.add<AtenColumnStackOp>(convertColumnStack);
  r.add<AtenAtleast1dOp>(convertAtLeast<1>);
  r.add<AtenAtleast2dOp>(convertAtLeast<2>);
  r.add<AtenAtleast3dOp>(convertAtLeast<3>);
}

void torchonnx::registerSplitConversions(ConversionRegistry &r) {
  registerJoins(r);
  r.addAll<AtenSplitTensorOp, AtenUnsafeSplitTensorOp>(convertSplit);
  r.addAll<AtenSplitSizesOp, AtenSplitWithSizesOp, AtenUnsafeSplitWithSizesOp>(
      convertSplitSizes);
  r.addAll<AtenChunkOp, AtenUnsafeChunkOp>(convertChunk);
  r.add<AtenTensorSplitSectionsOp>(convertTensorSplit);
  r.add<AtenUnbindIntOp>(convertUnbind);
}
