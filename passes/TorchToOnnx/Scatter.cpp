//===- Scatter.cpp - Writes at given positions ----------------------------===//

#include "dialects/Torch/IndexingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"
#include "passes/TorchToOnnx/IndexTensors.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

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
  Value index = c.tensorAs(op->getOperand(2), c.i64());
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
  Value index = c.tensorAs(op->getOperand(2), c.i64());
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
  Value index = c.tensorAs(op->getOperand(2), c.i64());
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
// Histograms
//===----------------------------------------------------------------------===//

// How many elements lie in each of the equal parts of [min, max], or of the
// range of the elements where min is max.
static LogicalResult convertHistc(AtenHistcOp op, ConversionContext &c) {
  auto bins = op.getBinsConst();
  auto min = c.constFloat(op.getMin()), max = c.constFloat(op.getMax());
  if (!bins || !min || !max)
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op.getSelf());
  if (OnnxBuilder::rank(x) != 1)
    x = c.builder.reshape(x, {-1});
  Type type = OnnxBuilder::elementType(x);
  auto number = [&](double value) { return c.builder.scalar(value, type); };
  Value low = number(*min), high = number(*max);
  if (*min == *max) {
    low = c.reduce<Onnx::ReduceMinOp>(x, {}, false);
    high = c.reduce<Onnx::ReduceMaxOp>(x, {}, false);
    // The range of equal elements is one to either side.
    Value margin = c.builder.cast(c.builder.equal(low, high), type);
    low = c.builder.sub(low, margin);
    high = c.builder.add(high, margin);
  }
  // max itself is in the last part; NaN is in none.
  Value reachesMin = c.builder.greaterOrEqual(x, low);
  Value isInside =
      c.builder.logicalAnd(reachesMin, c.builder.lessOrEqual(x, high));
  Value range = c.builder.sub(high, low);
  Value part = c.builder.mul(c.builder.sub(x, low), number(*bins));
  part = c.builder.div(part, range);
  part = c.binary<Onnx::MinOp>(part, number(*bins - 1));
  Value index = c.builder.cast(c.where(isInside, part, number(0)), c.i64());
  Value zeros = c.builder.filled({*bins}, 0.0, type);
  return c.replace(
      op, scatter(c, zeros, index, c.builder.cast(isInside, type), 0, "add"));
}

void torchonnx::registerScatterConversions(ConversionRegistry &r) {
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
  r.add<AtenHistcOp>(convertHistc);
}
