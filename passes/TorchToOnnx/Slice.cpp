//===- Slice.cpp - Slices, read and written -------------------------------===//

#include "dialects/Torch/IndexingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

static constexpr int64_t kEnd = std::numeric_limits<int64_t>::max();

// One axis from a start to an end, which are tensors of one element.
static Value sliceAxis(ConversionContext &c, Value x, Value start, Value end,
                       int64_t axis, int64_t step, Type result) {
  return c.builder.create<Onnx::SliceOp>(
      result, {x, start, end, c.builder.ints({axis}),
               step == 1 ? Value() : c.builder.ints({step})});
}

namespace {
// The bounds of a slice.
struct Bounds {
  int64_t axis, step;
  // Null where it is the beginning or the end.
  Value start, end;
  bool isAll = false;
};
} // namespace

static LogicalResult readBounds(Operation *op, unsigned first, Bounds &bounds,
                                ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(first));
  Value start = op->getOperand(first + 1), end = op->getOperand(first + 2);
  auto step = c.constInt(op->getOperand(first + 3));
  if (!dim || !step)
    return c.fail(op, "its dim or its step is not constant");
  ArrayRef<DimAttr> shape = c.dims(op->getOperand(0));
  bounds.axis = c.normalizeAxis(*dim, shape.size());
  bounds.step = *step;
  DimAttr size = shape[bounds.axis];
  bool fromStart = c.isNone(start) || c.constInt(start) == 0;
  DimAttr last = c.isNone(end) ? DimAttr() : c.intDim(end);
  bool toEnd = c.isNone(end) || (last && last == size) ||
               c.constInt(end).value_or(0) >= (int64_t(1) << 40);
  if (size && last && size.isConstant() && last.isConstant())
    toEnd |= *last.getConstantValue() >= *size.getConstantValue();
  bounds.isAll = fromStart && toEnd && *step == 1;
  bounds.start = fromStart ? Value() : c.intTensor(start);
  bounds.end = toEnd ? Value() : c.intTensor(end);
  if ((!fromStart && !bounds.start) || (!toEnd && !bounds.end))
    return c.fail(op, "its bounds are unknown");
  return success();
}

static LogicalResult convertSlice(AtenSliceTensorOp op, ConversionContext &c) {
  Bounds b;
  if (failed(readBounds(op, 1, b, c)))
    return failure();
  Value x = c.tensor(op.getSelf());
  if (b.isAll)
    return c.replace(op, x);
  return c.replace(op, sliceAxis(c, x, b.start ? b.start : c.builder.ints({0}),
                                 b.end ? b.end : c.builder.ints({kEnd}), b.axis,
                                 b.step, c.onnxType(op.getResult())));
}

static LogicalResult convertNarrow(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op->getOperand(0)), end;
  Value start = c.intTensor(op->getOperand(2));
  Value length = c.intTensor(op->getOperand(3));
  if (!start || !length)
    return c.fail(op, "its bounds are unknown");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  auto first = c.constInt(op->getOperand(2)),
       count = c.constInt(op->getOperand(3));
  // A start that is a tensor may turn out negative, and its end 0.
  if (isa<Torch::TensorType>(op->getOperand(2).getType()) && !first) {
    Value zero = c.builder.ints({0});
    start =
        c.builder.add(start, c.where(c.builder.less(start, zero),
                                     c.size(op->getOperand(0), axis), zero));
  }
  if (first && count)
    end = c.builder.ints(
        {*first < 0 && *first + *count >= 0 ? kEnd : *first + *count});
  else
    end = c.builder.add(start, length);
  return c.replace(
      op, sliceAxis(c, x, start, end, axis, 1, c.onnxType(op->getResult(0))));
}

static LogicalResult convertSelect(AtenSelectIntOp op, ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf());
  return c.replace(
      op, c.builder.gather(x, c.scalarAs(op.getIndex(), c.i64()),
                           c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
}

//===----------------------------------------------------------------------===//
// Writing a slice: what is before, what is written, what is after
//===----------------------------------------------------------------------===//

// Puts `source` between the elements before `start` and those from `end` on.
static Value splice(ConversionContext &c, Value x, Value source, Value start,
                    Value end, int64_t axis) {
  Type unknown = [&] {
    SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
    shape[axis] = {};
    return Type(OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)));
  }();
  SmallVector<Value> parts;
  if (start)
    parts.push_back(
        sliceAxis(c, x, c.builder.ints({0}), start, axis, 1, unknown));
  parts.push_back(source);
  if (end)
    parts.push_back(
        sliceAxis(c, x, end, c.builder.ints({kEnd}), axis, 1, unknown));
  return c.builder.concat(parts, axis);
}

static LogicalResult convertSliceScatter(AtenSliceScatterOp op,
                                         ConversionContext &c) {
  Bounds b;
  if (failed(readBounds(op, 2, b, c)))
    return failure();
  Type type = c.dtype(op.getResult());
  Value x = c.tensor(op.getSelf()), source = c.tensorAs(op.getSrc(), type);
  if (b.isAll)
    return c.replace(op, source);
  if (b.step == 1)
    return c.replace(op, splice(c, x, source, b.start, b.end, b.axis));
  // With a step: rows of the axis are replaced one by one.
  auto size = c.staticDim(op.getSelf(), b.axis);
  auto startNumbers = b.start ? OnnxBuilder::matchInts(b.start) : std::nullopt;
  auto endNumbers = b.end ? OnnxBuilder::matchInts(b.end) : std::nullopt;
  if (!size || (b.start && !startNumbers) || (b.end && !endNumbers))
    return c.fail(op, "with a step, its bounds must be constant");
  auto clamp = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + *size : at, 0, *size);
  };
  SmallVector<int64_t> rows;
  for (int64_t i = clamp(startNumbers ? startNumbers->front() : 0),
               end = clamp(endNumbers ? endNumbers->front() : *size);
       i < end; i += b.step)
    rows.push_back(i);
  Value indices = c.builder.unsqueeze(c.builder.ints(rows), {1});
  Value y = c.builder.create<Onnx::ScatterNDOp>(
      c.builder.swapAxes(x, 0, b.axis).getType(),
      {c.builder.swapAxes(x, 0, b.axis), indices,
       c.builder.swapAxes(source, 0, b.axis)});
  return c.replace(op, c.builder.swapAxes(y, 0, b.axis));
}

static LogicalResult convertSelectScatter(AtenSelectScatterOp op,
                                          ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf());
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  Value source = c.builder.unsqueeze(
      c.tensorAs(op.getSrc(), c.dtype(op.getResult())), {axis});
  auto index = op.getIndexConst();
  auto size = c.staticDim(op.getSelf(), axis);
  Value start = c.intTensor(op.getIndex()), end;
  if (!start)
    return c.fail(op, "its index is unknown");
  if (!index) {
    end = c.builder.add(start, c.builder.ints({1}));
  } else {
    int64_t at = *index < 0 && size ? *index + *size : *index;
    start = at == 0 ? Value() : c.builder.ints({at});
    bool isLast = at == -1 || (size && at == *size - 1);
    end = isLast ? Value() : c.builder.ints({at + 1});
  }
  return c.replace(op, splice(c, x, source, start, end, axis));
}

void torchonnx::registerSliceConversions(ConversionRegistry &r) {
  r.add<AtenSliceTensorOp>(convertSlice);
  r.addAll<AtenNarrowOp, AtenNarrowTensorOp>(convertNarrow);
  r.add<AtenSelectIntOp>(convertSelect);
  r.add<AtenSliceScatterOp>(convertSliceScatter);
  r.add<AtenSelectScatterOp>(convertSelectScatter);
}
