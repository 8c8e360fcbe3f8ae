//===- Indexing.cpp - Slices, gathers and scatters ------------------------===//

#include "dialects/Torch/IndexingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"
#include "passes/TorchToOnnx/IndexTensors.h"

#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

static constexpr int64_t kEnd = std::numeric_limits<int64_t>::max();

static Type i64(ConversionContext &c) {
  return c.builder.getBuilder().getI64Type();
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

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
  auto first = c.constInt(op->getOperand(2)),
       count = c.constInt(op->getOperand(3));
  if (first && count)
    end = c.builder.ints(
        {*first < 0 && *first + *count >= 0 ? kEnd : *first + *count});
  else
    end = c.builder.add(start, length);
  return c.replace(op, sliceAxis(c, x, start, end,
                                 c.normalizeAxis(*dim, OnnxBuilder::rank(x)), 1,
                                 c.onnxType(op->getResult(0))));
}

static LogicalResult convertSelect(AtenSelectIntOp op, ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf());
  return c.replace(
      op, c.builder.gather(x, c.scalarAs(op.getIndex(), i64(c)),
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

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

static Value indices(ConversionContext &c, Value torchIndices) {
  Type type = c.dtype(torchIndices);
  return type.isInteger(32) ? c.tensor(torchIndices)
                            : c.tensorAs(torchIndices, i64(c));
}

static LogicalResult convertEmbedding(AtenEmbeddingOp op,
                                      ConversionContext &c) {
  return c.replace(op, c.builder.gather(c.tensor(op.getWeight()),
                                        indices(c, op.getIndices()), 0));
}

static LogicalResult convertIndexSelect(AtenIndexSelectOp op,
                                        ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf()), index = indices(c, op.getIndex());
  if (OnnxBuilder::rank(x) == 0)
    return c.replace(op, x);
  if (OnnxBuilder::rank(index) == 0)
    index = c.builder.unsqueeze(index, {0});
  return c.replace(
      op,
      c.builder.gather(x, index, c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
}

static LogicalResult convertGather(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op->getOperand(0)), index = indices(c, op->getOperand(2));
  if (OnnxBuilder::rank(x) == 0)
    return c.replace(op, c.builder.expand(x, c.builder.shape(index),
                                          c.onnxType(op->getResult(0))));
  bool isScalar = OnnxBuilder::rank(index) == 0;
  if (isScalar)
    index = c.builder.unsqueeze(index, {0});
  Value y = c.builder.create<Onnx::GatherElementsOp>(
      OnnxBuilder::withElementType(index.getType(),
                                   OnnxBuilder::elementType(x)),
      {x, index},
      c.builder.intAttr("axis", c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
  return c.replace(op, isScalar ? c.builder.squeeze(y, {0}) : y);
}

// take_along_dim without broadcasting is gather.
static LogicalResult convertTakeAlongDim(AtenTakeAlongDimOp op,
                                         ConversionContext &c) {
  auto dim = op.getDimConst();
  Value x = c.tensor(op.getSelf()), index = indices(c, op.getIndices());
  if (c.isNone(op.getDim())) {
    x = c.builder.reshape(x, {-1});
    index = c.builder.reshape(index, {-1});
    dim = 0;
  }
  if (!dim)
    return c.fail(op, "its dim is not constant");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  for (auto [i, sizes] : llvm::enumerate(
           llvm::zip(OnnxBuilder::dims(x), OnnxBuilder::dims(index))))
    if (int64_t(i) != axis && std::get<0>(sizes) != std::get<1>(sizes))
      return c.fail(op, "its indices are broadcast; expand them first");
  return c.replace(op, c.builder.create<Onnx::GatherElementsOp>(
                           OnnxBuilder::withElementType(
                               index.getType(), OnnxBuilder::elementType(x)),
                           {x, index}, c.builder.intAttr("axis", axis)));
}

static LogicalResult convertTake(AtenTakeOp op, ConversionContext &c) {
  Value flat = c.builder.reshape(c.tensor(op.getSelf()), {-1});
  return c.replace(op, c.builder.gather(flat, indices(c, op.getIndex()), 0));
}

//===----------------------------------------------------------------------===//
// x[i, j] and x[i, j] = v
//===----------------------------------------------------------------------===//

static LogicalResult convertIndex(Operation *op, ConversionContext &c) {
  IndexTensors index;
  if (failed(readIndexTensors(op, op->getOperand(1), index, c)))
    return failure();
  Value x = c.tensor(op->getOperand(0));
  if (index.axes.empty())
    return c.replace(op, x);
  if (index.axes.size() == 1)
    return c.replace(op, c.builder.gather(x, index.tensors[0], index.axes[0]));
  return c.replace(op, gatherPositions(c, x, index));
}

static LogicalResult convertIndexPut(Operation *op, ConversionContext &c) {
  auto accumulate = c.constBool(c.arg(op, "accumulate"));
  if (!accumulate)
    return c.fail(op, "its accumulate is not constant");
  Value x = c.tensor(op->getOperand(0));
  Value values = c.tensorAs(op->getOperand(2), c.dtype(op->getResult(0)));
  // x[mask] = number
  auto elements = c.listElements(op->getOperand(1));
  if (elements && elements->size() == 1 && !*accumulate &&
      !c.isNone(elements->front()) && c.isBool(c.dtype(elements->front())) &&
      llvm::all_of(OnnxBuilder::dims(values), [](DimAttr dim) {
        return dim && dim.getConstantValue() == 1;
      })) {
    Value mask = c.tensor(elements->front());
    SmallVector<int64_t> added;
    for (int64_t i = OnnxBuilder::rank(mask); i < OnnxBuilder::rank(x); ++i)
      added.push_back(i);
    if (OnnxBuilder::rank(values) > OnnxBuilder::rank(x))
      values = c.builder.reshape(values, {1});
    return c.replace(op, c.where(c.builder.unsqueeze(mask, added), values, x));
  }
  IndexTensors index;
  if (failed(readIndexTensors(op, op->getOperand(1), index, c)))
    return failure();
  if (index.axes.empty())
    return c.fail(op, "it has no indices");
  Value y = scatterPositions(c, x, index, values, *accumulate);
  if (!y)
    return c.fail(op, "the shape that its values are repeated to is unknown");
  return c.replace(op, y);
}

//===----------------------------------------------------------------------===//
// Rows: index_add, index_copy, index_fill
//===----------------------------------------------------------------------===//

// Writes or adds rows along an axis.
static Value scatterRows(ConversionContext &c, Value x, Value index, Value rows,
                         int64_t axis, StringRef reduction) {
  if (OnnxBuilder::rank(index) == 0)
    index = c.builder.unsqueeze(index, {0});
  Value data = c.builder.swapAxes(x, 0, axis);
  SmallVector<NamedAttribute> attributes;
  if (!reduction.empty())
    attributes.push_back(c.builder.stringAttr("reduction", reduction));
  Value y = c.builder.create<Onnx::ScatterNDOp>(
      data.getType(),
      {data, c.builder.unsqueeze(index, {1}),
       c.builder.swapAxes(rows, 0, axis)},
      attributes);
  return c.builder.swapAxes(y, 0, axis);
}

static LogicalResult convertIndexRows(Operation *op, bool adds,
                                      ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  Value x = c.tensor(op->getOperand(0));
  if (!dim || OnnxBuilder::rank(x) == 0)
    return c.fail(op, "its dim is not constant, or it has no dimensions");
  Value rows = c.tensorAs(op->getOperand(3), OnnxBuilder::elementType(x));
  if (adds && c.constFloat(op->getOperand(4)) != 1.0)
    rows = c.builder.mul(
        rows, c.scalarAs(op->getOperand(4), OnnxBuilder::elementType(x)));
  Value index = c.tensorAs(op->getOperand(2), i64(c));
  return c.replace(op, scatterRows(c, x, index, rows,
                                   c.normalizeAxis(*dim, OnnxBuilder::rank(x)),
                                   adds ? "add" : ""));
}

static LogicalResult convertIndexFill(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  Value x = c.tensor(op->getOperand(0));
  if (!dim || OnnxBuilder::rank(x) == 0)
    return c.fail(op, "its dim is not constant, or it has no dimensions");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  Type type = OnnxBuilder::elementType(x);
  Value index = c.tensorAs(op->getOperand(2), i64(c));
  if (OnnxBuilder::rank(index) == 0)
    index = c.builder.unsqueeze(index, {0});
  SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
  shape[axis] = OnnxBuilder::dims(index)[0];
  Value target = c.shapeTensor(shape);
  if (!target)
    return c.fail(op, "the number of its indices is unknown");
  Value rows = c.builder.expand(c.tensorAs(op->getOperand(3), type), target,
                                OnnxBuilder::tensorType(shape, type));
  return c.replace(op, scatterRows(c, x, index, rows, axis, ""));
}

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

// ScatterElements; a reduction is computed in a type that the runtime has.
static Value scatter(ConversionContext &c, Value x, Value index, Value source,
                     int64_t dim, StringRef reduction) {
  Type type = OnnxBuilder::elementType(x);
  Type kernel =
      reduction.empty() ? type : c.kernelType("ScatterElementsAdd", type);
  bool isScalar = OnnxBuilder::rank(x) == 0;
  if (isScalar)
    x = c.builder.unsqueeze(x, {0});
  if (OnnxBuilder::rank(index) == 0)
    index = c.builder.unsqueeze(index, {0});
  if (OnnxBuilder::rank(source) == 0)
    source = c.builder.unsqueeze(source, {0});
  SmallVector<NamedAttribute> attributes = {
      c.builder.intAttr("axis", c.normalizeAxis(dim, OnnxBuilder::rank(x)))};
  if (!reduction.empty())
    attributes.push_back(c.builder.stringAttr("reduction", reduction));
  Value x1 = c.builder.cast(x, kernel);
  Value y = c.builder.create<Onnx::ScatterElementsOp>(
      x1.getType(), {x1, index, c.builder.cast(source, kernel)}, attributes);
  y = c.builder.cast(y, type);
  return isScalar ? c.builder.squeeze(y, {0}) : y;
}

// The part of the source that has indices.
static Value matchingPart(ConversionContext &c, Value source, Value index) {
  if (OnnxBuilder::dims(source) == OnnxBuilder::dims(index) ||
      OnnxBuilder::rank(source) == 0)
    return source;
  int64_t rank = OnnxBuilder::rank(source);
  auto axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  auto type = cast<RankedTensorType>(index.getType());
  Value ends = type.hasStaticShape() ? c.builder.ints(type.getShape())
                                     : c.builder.shape(index);
  return c.builder.create<Onnx::SliceOp>(
      OnnxBuilder::withElementType(type, OnnxBuilder::elementType(source)),
      {source, c.builder.ints(SmallVector<int64_t>(rank, 0)), ends,
       c.builder.ints(axes)});
}

static LogicalResult scatterOp(Operation *op, StringRef reduction,
                               ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op->getOperand(0));
  Value index = c.tensorAs(op->getOperand(2), i64(c));
  Value source = c.tensorAs(op->getOperand(3), OnnxBuilder::elementType(x));
  if (isa<Torch::TensorType>(op->getOperand(3).getType()))
    source = matchingPart(c, source, index);
  else
    source =
        c.builder.expand(source, c.shapeOf(op->getOperand(2)),
                         OnnxBuilder::withElementType(
                             index.getType(), OnnxBuilder::elementType(x)));
  return c.replace(op, scatter(c, x, index, source, *dim, reduction));
}

static LogicalResult convertScatter(Operation *op, ConversionContext &c) {
  return scatterOp(op, "", c);
}

static LogicalResult convertScatterAdd(Operation *op, ConversionContext &c) {
  return scatterOp(op, "add", c);
}

static LogicalResult convertScatterReduce(Operation *op, ConversionContext &c) {
  auto reduce = c.constStr(c.arg(op, "reduce"));
  auto reduction = llvm::StringSwitch<StringRef>(reduce.value_or(""))
                       .Cases("add", "sum", "add")
                       .Cases("multiply", "prod", "mul")
                       .Case("amax", "max")
                       .Case("amin", "min")
                       .Default("");
  Value includeSelf = c.arg(op, "include_self");
  if (reduction.empty() || (includeSelf && c.constBool(includeSelf) != true))
    return c.fail(op, "ONNX has sums, products and extremes that include self "
                      "only");
  return scatterOp(op, reduction, c);
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

static LogicalResult convertMaskedFill(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Value mask =
      c.tensorAs(op->getOperand(1), c.builder.getBuilder().getI1Type());
  return c.replace(op, c.where(mask, c.tensorAs(op->getOperand(2), type),
                               c.tensorAs(op->getOperand(0), type)));
}

static LogicalResult convertWhere(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Value condition =
      c.tensorAs(op->getOperand(0), c.builder.getBuilder().getI1Type());
  return c.replace(op, c.where(condition, c.tensorAs(op->getOperand(1), type),
                               c.tensorAs(op->getOperand(2), type)));
}

// The positions of elements that are not 0, one a column.
static Value nonZero(ConversionContext &c, Value x) {
  Type i1 = c.builder.getBuilder().getI1Type();
  Value flags = c.builder.cast(x, i1);
  return c.builder.create<Onnx::NonZeroOp>(
      OnnxBuilder::tensorType({c.builder.dim(OnnxBuilder::rank(x)), DimAttr()},
                              i64(c)),
      flags);
}

static LogicalResult convertNonzero(Operation *op, ConversionContext &c) {
  return c.replace(
      op, c.builder.swapAxes(nonZero(c, c.tensor(op->getOperand(0))), 0, 1));
}

static LogicalResult convertNonzeroList(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  Value positions = nonZero(c, x);
  SmallVector<Value> columns;
  for (int64_t i = 0; i < OnnxBuilder::rank(x); ++i)
    columns.push_back(
        c.builder.gather(positions, c.builder.scalar(i, i64(c)), 0));
  c.mapList(op->getResult(0), columns);
  return success();
}

static LogicalResult convertMaskedSelect(AtenMaskedSelectOp op,
                                         ConversionContext &c) {
  Value x = c.tensor(op.getSelf());
  Value mask = c.tensorAs(op.getMask(), c.builder.getBuilder().getI1Type());
  if (OnnxBuilder::dims(x) != OnnxBuilder::dims(mask)) {
    // Both in their common shape.
    Value shape =
        c.builder.shape(c.builder.logicalOr(mask, c.builder.equal(x, x)));
    Type type = c.builder.broadcastType({x, mask}, OnnxBuilder::elementType(x));
    mask = c.builder.expand(
        mask, shape,
        OnnxBuilder::withElementType(type, OnnxBuilder::elementType(mask)));
    x = c.builder.expand(x, shape, type);
  }
  return c.replace(op, c.builder.create<Onnx::GatherNDOp>(
                           c.onnxType(op.getResult()),
                           {x, c.builder.swapAxes(nonZero(c, mask), 0, 1)}));
}

// The elements of the source, in order, where the mask is true.
static LogicalResult convertMaskedScatter(AtenMaskedScatterOp op,
                                          ConversionContext &c) {
  Value x = c.tensor(op.getSelf());
  Value mask = c.tensorAs(op.getMask(), c.builder.getBuilder().getI1Type());
  Value source = c.tensorAs(op.getSource(), OnnxBuilder::elementType(x));
  mask = c.expandTo(mask, op.getResult());
  if (!mask)
    return c.fail(op, "its size is unknown");
  // Each true position takes the element of its number.
  Value flags = c.builder.cast(c.builder.reshape(mask, {-1}), i64(c));
  Value count = c.builder.create<Onnx::CumSumOp>(
      flags.getType(), {flags, c.builder.scalar(0, i64(c))});
  Value number =
      c.builder.max(c.builder.sub(count, c.builder.scalar(1, i64(c))),
                    c.builder.scalar(0, i64(c)));
  Value taken = c.builder.gather(c.builder.reshape(source, {-1}), number, 0);
  taken = c.reshapeTo(taken, op.getResult());
  if (!taken)
    return c.fail(op, "its size is unknown");
  return c.replace(op, c.where(mask, taken, x));
}

//===----------------------------------------------------------------------===//
// Diagonals
//===----------------------------------------------------------------------===//

static LogicalResult convertTriangle(Operation *op, bool upper,
                                     ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Trilu", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value diagonal = c.constInt(op->getOperand(1)) == 0
                       ? Value()
                       : c.scalarAs(op->getOperand(1), i64(c));
  return c.replace(
      op, c.builder.create<Onnx::TriluOp>(x.getType(), {x, diagonal},
                                          c.builder.intAttr("upper", upper)));
}

// The diagonal of two axes becomes the last axis.
static LogicalResult diagonal(Operation *op, int64_t offset, int64_t dim1,
                              int64_t dim2, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  int64_t rank = OnnxBuilder::rank(x);
  int64_t a = c.normalizeAxis(dim1, rank), b = c.normalizeAxis(dim2, rank);
  auto rows = c.staticDim(op->getOperand(0), a),
       columns = c.staticDim(op->getOperand(0), b);
  if (!rows || !columns)
    return c.fail(op, "the sizes of its dimensions are unknown");
  SmallVector<int64_t> permutation, positions;
  for (int64_t i = 0; i < rank; ++i)
    if (i != a && i != b)
      permutation.push_back(i);
  permutation.append({a, b});
  for (int64_t i = std::max<int64_t>(0, -offset);
       i < *rows && i + offset < *columns; ++i)
    positions.push_back(i * *columns + i + offset);
  Value y = c.builder.transpose(x, permutation);
  SmallVector<int64_t> target(rank - 2, 0);
  target.push_back(*rows * *columns);
  y = c.builder.reshape(y, target);
  return c.replace(op,
                   c.builder.gather(y, c.builder.ints(positions), rank - 2));
}

static LogicalResult convertDiagonal(AtenDiagonalOp op, ConversionContext &c) {
  auto offset = op.getOffsetConst(), a = op.getDim1Const(),
       b = op.getDim2Const();
  if (!offset || !a || !b)
    return c.fail(op, "its arguments are not constant");
  return diagonal(op, *offset, *a, *b, c);
}

// A matrix (of the last two axes) with x on its main diagonal, 0 elsewhere.
static LogicalResult embedDiagonal(Operation *op, int64_t offset,
                                   ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  int64_t rank = OnnxBuilder::rank(x);
  auto size = c.staticDim(op->getOperand(0), -1);
  if (!size || offset != 0)
    return c.fail(op, "only the main diagonal, of a known size, has an ONNX "
                      "form");
  SmallVector<bool> flags;
  for (int64_t i = 0; i < *size * *size; ++i)
    flags.push_back(i / *size == i % *size);
  Value mask = c.builder.initializer(DenseElementsAttr::get(
      RankedTensorType::get({*size, *size}, c.builder.getBuilder().getI1Type()),
      ArrayRef<bool>(flags)));
  Value wide = c.builder.unsqueeze(x, {rank});
  return c.replace(
      op,
      c.where(mask, wide, c.builder.scalar(0, OnnxBuilder::elementType(x))));
}

static LogicalResult convertDiag(AtenDiagOp op, ConversionContext &c) {
  auto offset = op.getDiagonalConst();
  if (!offset)
    return c.fail(op, "its diagonal is not constant");
  return c.rank(op.getSelf()) == 1 ? embedDiagonal(op, *offset, c)
                                   : diagonal(op, *offset, 0, 1, c);
}

static LogicalResult convertDiagEmbed(AtenDiagEmbedOp op,
                                      ConversionContext &c) {
  auto offset = op.getOffsetConst(), a = op.getDim1Const(),
       b = op.getDim2Const();
  int64_t rank = c.rank(op.getResult());
  if (!offset || !a || !b || c.normalizeAxis(*a, rank) != rank - 2 ||
      c.normalizeAxis(*b, rank) != rank - 1)
    return c.fail(op, "only the last two dimensions have an ONNX form");
  return embedDiagonal(op, *offset, c);
}

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

static LogicalResult convertOneHot(AtenOneHotOp op, ConversionContext &c) {
  Value x = c.tensorAs(op.getSelf(), i64(c));
  Value depth;
  if (op.getNumClassesConst() == -1)
    // Without a number of classes the largest index tells.
    depth = c.builder.add(c.builder.reduceMax(x, {}, false),
                          c.builder.scalar(1, i64(c)));
  else
    depth = c.scalarAs(op.getNumClasses(), i64(c));
  return c.replace(
      op, c.builder.create<Onnx::OneHotOp>(c.onnxType(op.getResult()),
                                           {x, depth, c.builder.ints({0, 1})}));
}

static LogicalResult convertRepeatInterleave(AtenRepeatInterleaveSelfIntOp op,
                                             ConversionContext &c) {
  auto repeats = op.getRepeatsConst();
  auto dim = op.getDimConst();
  bool isFlat = c.isNone(op.getDim());
  if (!repeats || (!dim && !isFlat))
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op.getSelf());
  if (isFlat || OnnxBuilder::rank(x) == 0) {
    x = c.builder.reshape(x, {-1});
    dim = 0;
  }
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
  auto size = shape[axis] ? shape[axis].getConstantValue() : std::nullopt;
  if (size && *size * *repeats <= 65536) {
    SmallVector<int64_t> table;
    for (int64_t i = 0; i < *size * *repeats; ++i)
      table.push_back(i / *repeats);
    return c.replace(op, c.builder.gather(x, c.builder.ints(table), axis));
  }
  Value wide = c.builder.unsqueeze(x, {axis + 1});
  SmallVector<int64_t> target(shape.size() + 1, 1);
  target[axis + 1] = *repeats;
  shape.insert(shape.begin() + axis + 1, c.builder.dim(*repeats));
  wide = c.builder.expand(
      wide, c.builder.ints(target),
      OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)));
  Value y = c.reshapeTo(wide, op.getResult());
  return y ? c.replace(op, y) : c.fail(op, "its sizes are unknown");
}

// How many boundaries lie below each element.
static LogicalResult countBelow(Operation *op, Value torchBoundaries,
                                Value torchValues, bool right,
                                ConversionContext &c) {
  Type type = c.promote({torchBoundaries, torchValues});
  Value boundaries = c.tensorAs(torchBoundaries, type);
  Value values = c.tensorAs(torchValues, type);
  if (OnnxBuilder::rank(boundaries) > 1)
    boundaries =
        c.builder.unsqueeze(boundaries, {OnnxBuilder::rank(boundaries) - 1});
  Value wide = c.builder.unsqueeze(values, {OnnxBuilder::rank(values)});
  Value below = right ? c.builder.lessOrEqual(boundaries, wide)
                      : c.builder.less(boundaries, wide);
  Value ones = c.builder.cast(below, i64(c));
  return c.replace(
      op, c.builder.reduceSum(ones, {OnnxBuilder::rank(ones) - 1}, false));
}

static LogicalResult convertBucketize(AtenBucketizeTensorOp op,
                                      ConversionContext &c) {
  auto right = op.getRightConst();
  if (!right)
    return c.fail(op, "its side is not constant");
  return countBelow(op, op.getBoundaries(), op.getSelf(), *right, c);
}

static LogicalResult convertSearchsorted(AtenSearchsortedTensorOp op,
                                         ConversionContext &c) {
  auto right = op.getRightConst();
  if (!right || !c.isNone(op.getSorter()))
    return c.fail(op, "its side is not constant, or it has a sorter");
  bool isRight = *right || op.getSideConst() == "right";
  return countBelow(op, op.getSortedSequence(), op.getSelf(), isRight, c);
}

// Whether each element equals any of the others.
static LogicalResult convertIsin(Operation *op, ConversionContext &c) {
  auto invert = c.constBool(c.arg(op, "invert"));
  if (!invert)
    return c.fail(op, "its invert is not constant");
  Type type = c.promote(op->getOperands().take_front(2));
  Value elements = c.tensorAs(op->getOperand(0), type);
  Value others = c.tensorAs(op->getOperand(1), type);
  Value found;
  if (OnnxBuilder::rank(others) == 0) {
    found = c.builder.equal(elements, others);
  } else {
    if (OnnxBuilder::rank(others) > 1)
      others = c.builder.reshape(others, {-1});
    int64_t rank = OnnxBuilder::rank(elements);
    Value same = c.builder.equal(c.builder.unsqueeze(elements, {rank}), others);
    Value ones = c.builder.cast(same, c.builder.getBuilder().getI32Type());
    found = c.builder.cast(c.builder.reduceMax(ones, {rank}, false),
                           c.builder.getBuilder().getI1Type());
  }
  return c.replace(op, *invert ? c.builder.logicalNot(found) : found);
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerReads(ConversionRegistry &r) {
  r.add<AtenSliceTensorOp>(convertSlice);
  r.addAll<AtenNarrowOp, AtenNarrowTensorOp>(convertNarrow);
  r.add<AtenSelectIntOp>(convertSelect);
  r.add<AtenEmbeddingOp>(convertEmbedding);
  r.add<AtenIndexSelectOp>(convertIndexSelect);
  r.add<AtenGatherOp>(convertGather);
  r.add<AtenTakeAlongDimOp>(convertTakeAlongDim);
  r.add<AtenTakeOp>(convertTake);
  r.addAll<AtenIndexTensorOp, AtenIndexTensorHackedTwinOp,
           Aten_UnsafeIndexTensorOp>(convertIndex);
}

static void registerWrites(ConversionRegistry &r) {
  r.add<AtenSliceScatterOp>(convertSliceScatter);
  r.add<AtenSelectScatterOp>(convertSelectScatter);
  r.addAll<AtenIndexPutOp, AtenIndexPutHackedTwinOp>(convertIndexPut);
  r.add<AtenIndexAddOp>([](Operation *op, ConversionContext &c) {
    return convertIndexRows(op, true, c);
  });
  r.add<AtenIndexCopyOp>([](Operation *op, ConversionContext &c) {
    return convertIndexRows(op, false, c);
  });
  r.addAll<AtenIndexFillIntScalarOp, AtenIndexFillIntTensorOp>(
      convertIndexFill);
  r.addAll<AtenScatterSrcOp, AtenScatterValueOp>(convertScatter);
  r.add<AtenScatterAddOp>(convertScatterAdd);
  r.addAll<AtenScatterReduceOp, AtenScatterValueReduceOp,
           AtenScatterReduceTwoOp>(convertScatterReduce);
}

static void registerMasks(ConversionRegistry &r) {
  r.addAll<AtenMaskedFillScalarOp, AtenMaskedFillTensorOp>(convertMaskedFill);
  r.addAll<AtenWhereSelfOp, AtenWhereScalarOp, AtenWhereScalarSelfOp,
           AtenWhereScalarOtherOp>(convertWhere);
  r.addAll<AtenNonzeroOp, AtenArgwhereOp>(convertNonzero);
  r.addAll<AtenWhereOp, AtenNonzeroNumpyOp>(convertNonzeroList);
  r.add<AtenMaskedSelectOp>(convertMaskedSelect);
  r.add<AtenMaskedScatterOp>(convertMaskedScatter);
}

void torchonnx::registerIndexingConversions(ConversionRegistry &r) {
  registerReads(r);
  registerWrites(r);
  registerMasks(r);
  r.add<AtenTrilOp>([](Operation *op, ConversionContext &c) {
    return convertTriangle(op, false, c);
  });
  r.add<AtenTriuOp>([](Operation *op, ConversionContext &c) {
    return convertTriangle(op, true, c);
  });
  r.add<AtenDiagonalOp>(convertDiagonal);
  r.add<AtenDiagOp>(convertDiag);
  r.add<AtenDiagEmbedOp>(convertDiagEmbed);
  r.add<AtenOneHotOp>(convertOneHot);
  r.add<AtenRepeatInterleaveSelfIntOp>(convertRepeatInterleave);
  r.add<AtenBucketizeTensorOp>(convertBucketize);
  r.add<AtenSearchsortedTensorOp>(convertSearchsorted);
  r.addAll<AtenIsinTensorTensorOp, AtenIsinTensorScalarOp>(convertIsin);
}
