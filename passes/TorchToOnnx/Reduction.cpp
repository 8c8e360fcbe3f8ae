//===- Reduction.cpp - Reductions, scans and orders -----------------------===//

#include "dialects/Torch/ReductionOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

namespace {
// Axes that are reduced; none stand for all.
struct Axes {
  SmallVector<int64_t> axes;
  bool keepDims = false;
  // A tensor without dimensions is left as it is.
  bool isScalar = false;
};
} // namespace

// Reads `dim` (an int, a list, or None) and `keepdim`, where the schema has
// them.
static LogicalResult readAxes(Operation *op, Axes &result,
                              ConversionContext &c) {
  result.isScalar = c.rank(op->getOperand(0)) == 0;
  if (Value keep = c.arg(op, "keepdim")) {
    auto flag = c.constBool(keep);
    if (!flag)
      return c.fail(op, "its keepdim is not constant");
    result.keepDims = *flag;
  }
  Value dim = c.arg(op, "dim");
  if (!dim || c.isNone(dim))
    return success();
  if (auto axis = c.constInt(dim))
    result.axes = {*axis};
  else if (auto list = c.constInts(dim))
    result.axes = *list;
  else
    return c.fail(op, "its dim is not constant");
  for (int64_t &axis : result.axes)
    axis = c.normalizeAxis(axis, c.rank(op->getOperand(0)));
  return success();
}

template <class OnnxOp>
static Value reduce(ConversionContext &c, Value x, const Axes &axes) {
  return axes.isScalar ? x : c.reduce<OnnxOp>(x, axes.axes, axes.keepDims);
}

static Value number(ConversionContext &c, double value, Value like) {
  return c.builder.scalar(value, OnnxBuilder::elementType(like));
}

// Where elements are not 0.
static Value truth(ConversionContext &c, Value x) {
  return c.builder.cast(x, c.builder.getBuilder().getI1Type());
}

//===----------------------------------------------------------------------===//
// Sums, products, extremes
//===----------------------------------------------------------------------===//

template <class OnnxOp>
static LogicalResult convertReduce(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  return c.replace(op, reduce<OnnxOp>(c, c.operand(op), axes));
}

// Of booleans ONNX has extremes from opset 20 on.
template <class OnnxOp>
static Value reduceTruth(ConversionContext &c, Value x, const Axes &axes) {
  Value flags = truth(c, x);
  if (axes.isScalar)
    return flags;
  if (c.getTargetOpset() >= 20)
    return c.builder.reduce<OnnxOp>(flags, axes.axes, axes.keepDims);
  Value numbers = c.builder.cast(flags, c.builder.getBuilder().getI32Type());
  return truth(c, c.builder.reduce<OnnxOp>(numbers, axes.axes, axes.keepDims));
}

template <class OnnxOp>
static LogicalResult convertTruth(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value y = reduceTruth<OnnxOp>(c, c.tensor(op->getOperand(0)), axes);
  return c.replace(op, y);
}

static LogicalResult convertEqual(AtenEqualOp op, ConversionContext &c) {
  Type type = c.promote({op.getSelf(), op.getOther()});
  Axes axes;
  axes.isScalar = c.rank(op.getSelf()) == 0;
  Value same = c.builder.equal(c.tensorAs(op.getSelf(), type),
                               c.tensorAs(op.getOther(), type));
  return c.replace(op, reduceTruth<Onnx::ReduceMinOp>(c, same, axes));
}

static LogicalResult convertCountNonzero(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value ones = c.builder.cast(truth(c, c.tensor(op->getOperand(0))),
                              c.builder.getBuilder().getI64Type());
  return c.replace(op, reduce<Onnx::ReduceSumOp>(c, ones, axes));
}

// Sums without what is no number, and how many numbers there are.
static LogicalResult convertNanSum(Operation *op, bool isMean,
                                   ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value x = c.operand(op);
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.replace(op, reduce<Onnx::ReduceSumOp>(c, x, axes));
  Value isNumber = c.builder.equal(x, x);
  Value sum =
      reduce<Onnx::ReduceSumOp>(c, c.where(isNumber, x, number(c, 0, x)), axes);
  if (!isMean)
    return c.replace(op, sum);
  Value count = reduce<Onnx::ReduceSumOp>(
      c, c.builder.cast(isNumber, OnnxBuilder::elementType(x)), axes);
  return c.replace(op, c.builder.div(sum, count));
}

// max.dim, min.dim: the extremes and where they are first.
template <class ReduceOp, class ArgOp>
static LogicalResult convertExtreme(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value x = c.tensor(op->getOperand(0)), values, indices;
  if (!op->getResult(0).use_empty())
    values = reduce<ReduceOp>(c, x, axes);
  if (!op->getResult(1).use_empty()) {
    Type kernel = c.kernelType("ArgMax", OnnxBuilder::elementType(x));
    if (axes.isScalar)
      indices = c.builder.scalar(0, c.builder.getBuilder().getI64Type());
    else
      indices = c.builder.create<ArgOp>(
          c.onnxType(op->getResult(1)), c.builder.cast(x, kernel),
          {c.builder.intAttr("axis", axes.axes.front()),
           c.builder.intAttr("keepdims", axes.keepDims)});
  }
  return c.replace(op, {values, indices});
}

template <class ArgOp>
static LogicalResult convertArg(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value x = c.tensor(op->getOperand(0));
  Type i64 = c.builder.getBuilder().getI64Type();
  if (axes.isScalar)
    return c.replace(op, c.builder.scalar(0, i64));
  x = c.builder.cast(x, c.kernelType("ArgMax", OnnxBuilder::elementType(x)));
  bool isFlat = axes.axes.empty();
  if (isFlat && OnnxBuilder::rank(x) > 1)
    x = c.builder.reshape(x, {-1});
  int64_t axis = isFlat ? 0 : axes.axes.front();
  bool keepDims = axes.keepDims && !isFlat;
  Value y = c.builder.create<ArgOp>(
      OnnxBuilder::withElementType(c.builder.reducedType(x, {axis}, keepDims),
                                   i64),
      x,
      {c.builder.intAttr("axis", axis),
       c.builder.intAttr("keepdims", keepDims)});
  if (isFlat && axes.keepDims)
    y = c.reshapeTo(y, op->getResult(0));
  return c.replace(op, y);
}

//===----------------------------------------------------------------------===//
// Norms
//===----------------------------------------------------------------------===//

// norm_p(x) = (sum |x|^p)^(1/p)
static Value norm(ConversionContext &c, Value x, double p, const Axes &axes) {
  if (axes.isScalar && p != 0)
    return c.builder.abs(x);
  if (p == 2)
    return reduce<Onnx::ReduceL2Op>(c, x, axes);
  if (p == 1)
    return reduce<Onnx::ReduceL1Op>(c, x, axes);
  if (p == 0) {
    Value ones = c.builder.cast(truth(c, x), OnnxBuilder::elementType(x));
    return reduce<Onnx::ReduceSumOp>(c, ones, axes);
  }
  Value magnitude = c.builder.abs(x);
  if (std::isinf(p))
    return p > 0 ? reduce<Onnx::ReduceMaxOp>(c, magnitude, axes)
                 : reduce<Onnx::ReduceMinOp>(c, magnitude, axes);
  Value sum = reduce<Onnx::ReduceSumOp>(
      c, c.binary<Onnx::PowOp>(magnitude, number(c, p, x)), axes);
  return c.binary<Onnx::PowOp>(sum, number(c, 1 / p, x));
}

// The order is an operand, or 2 for those that have none.
static LogicalResult convertNorm(Operation *op, ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  Value order = c.arg(op, "p");
  if (!order)
    order = c.arg(op, "ord");
  std::optional<double> p = 2;
  if (order && !c.isNone(order))
    p = c.constFloat(order);
  if (!p)
    return c.fail(op, "its order is not constant");
  return c.replace(op, norm(c, c.operand(op), *p, axes));
}

//===----------------------------------------------------------------------===//
// Orders
//===----------------------------------------------------------------------===//

namespace {
struct Sorted {
  Value values, indices;
};
} // namespace

// The `count` largest or smallest along an axis; among equal ones the first.
static Sorted topK(ConversionContext &c, Value x, Value count, DimAttr size,
                   int64_t axis, bool largest, bool sorted = true) {
  Type type = OnnxBuilder::elementType(x);
  Type kernel = c.kernelType("TopK", type);
  Value x1 = c.builder.cast(x, kernel);
  SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
  shape[axis] = size;
  ResultRange y = c.builder.createMany<Onnx::TopKOp>(
      {OnnxBuilder::tensorType(shape, kernel),
       OnnxBuilder::tensorType(shape, c.builder.getBuilder().getI64Type())},
      {x1, count},
      {c.builder.intAttr("axis", axis), c.builder.intAttr("largest", largest),
       c.builder.intAttr("sorted", sorted)});
  return {c.builder.cast(y[0], type), y[1]};
}

static LogicalResult convertTopk(AtenTopkOp op, ConversionContext &c) {
  auto dim = op.getDimConst();
  auto largest = op.getLargestConst(), sorted = op.getSortedConst();
  Value count = c.intTensor(op.getK());
  if (!dim || !largest || !sorted || !count)
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op.getSelf());
  bool isScalar = OnnxBuilder::rank(x) == 0;
  if (isScalar)
    x = c.builder.unsqueeze(x, {0});
  Sorted y =
      topK(c, x, count, c.intDim(op.getK()),
           c.normalizeAxis(*dim, OnnxBuilder::rank(x)), *largest, *sorted);
  if (isScalar)
    y = {c.builder.squeeze(y.values, {0}), c.builder.squeeze(y.indices, {0})};
  return c.replace(op, {y.values, y.indices});
}

// All of an axis, in order.
static LogicalResult sortAxis(Operation *op, Sorted &result,
                              ConversionContext &c) {
  auto dim = c.constInt(c.arg(op, "dim"));
  auto descending = c.constBool(c.arg(op, "descending"));
  if (!dim || !descending)
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op->getOperand(0));
  if (OnnxBuilder::rank(x) == 0) {
    result = {x, c.builder.scalar(0, c.builder.getBuilder().getI64Type())};
    return success();
  }
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  result = topK(c, x, c.size(op->getOperand(0), axis),
                OnnxBuilder::dims(x)[axis], axis, *descending);
  return success();
}

static LogicalResult convertSort(Operation *op, ConversionContext &c) {
  Sorted y;
  if (failed(sortAxis(op, y, c)))
    return failure();
  return c.replace(op, {y.values, y.indices});
}

static LogicalResult convertArgsort(Operation *op, ConversionContext &c) {
  Sorted y;
  if (failed(sortAxis(op, y, c)))
    return failure();
  return c.replace(op, y.indices);
}

// The k-th smallest along an axis is the last of the k smallest.
static LogicalResult kthValue(Operation *op, int64_t k, const Axes &axes,
                              ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  Type i64 = c.builder.getBuilder().getI64Type();
  if (axes.isScalar)
    return c.replace(op, {x, c.builder.scalar(0, i64)});
  int64_t axis = axes.axes.front();
  Sorted y = topK(c, x, c.builder.ints({k}), c.builder.dim(k), axis, false);
  Value last =
      axes.keepDims ? c.builder.ints({k - 1}) : c.builder.scalar(k - 1, i64);
  auto take = [&](Value value, Value result) {
    return result.use_empty() ? Value() : c.builder.gather(value, last, axis);
  };
  return c.replace(op, {take(y.values, op->getResult(0)),
                        take(y.indices, op->getResult(1))});
}

static LogicalResult convertKthvalue(AtenKthvalueOp op, ConversionContext &c) {
  Axes axes;
  auto k = op.getKConst();
  if (failed(readAxes(op, axes, c)))
    return failure();
  if (!k || axes.axes.empty())
    return c.fail(op, "its k is not constant");
  return kthValue(op, *k, axes, c);
}

static LogicalResult convertMedianDim(AtenMedianDimOp op,
                                      ConversionContext &c) {
  Axes axes;
  if (failed(readAxes(op, axes, c)))
    return failure();
  auto size = axes.isScalar ? 1 : c.staticDim(op.getSelf(), axes.axes.front());
  if (!size)
    return c.fail(op, "the size of its dimension is unknown");
  return kthValue(op, (*size + 1) / 2, axes, c);
}

static LogicalResult convertMedian(AtenMedianOp op, ConversionContext &c) {
  RankedTensorType type = c.onnxType(op.getSelf());
  if (!type.hasStaticShape() || type.getNumElements() == 0)
    return c.fail(op, "the number of its elements is unknown");
  Value x = c.tensor(op.getSelf());
  if (type.getRank() == 0)
    return c.replace(op, x);
  int64_t k = (type.getNumElements() + 1) / 2;
  Value flat = type.getRank() == 1 ? x : c.builder.reshape(x, {-1});
  Sorted y = topK(c, flat, c.builder.ints({k}), c.builder.dim(k), 0, false);
  return c.replace(
      op, c.builder.gather(
              y.values,
              c.builder.scalar(k - 1, c.builder.getBuilder().getI64Type()), 0));
}

//===----------------------------------------------------------------------===//
// Scans and sets
//===----------------------------------------------------------------------===//

template <class OnnxOp>
static LogicalResult convertScan(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.operand(op);
  int64_t rank = OnnxBuilder::rank(x);
  if (rank == 0)
    return c.replace(op, x);
  Type kernel = c.kernelType("CumSum", OnnxBuilder::elementType(x));
  Value axis = c.builder.scalar(c.normalizeAxis(*dim, rank),
                                c.builder.getBuilder().getI64Type());
  Value x1 = c.builder.cast(x, kernel);
  return c.replace(op, c.builder.create<OnnxOp>(x1.getType(), {x1, axis}));
}

// unique: the values, where each element went, and how often each occurs
static LogicalResult unique(Operation *op, std::optional<int64_t> axis,
                            ConversionContext &c) {
  Type type = c.dtype(op->getOperand(0));
  bool isSmall = !(type.isF32() || type.isF64() || type.isInteger(64));
  Type kernel = !isSmall          ? type
                : c.isFloat(type) ? Type(c.builder.getBuilder().getF32Type())
                                  : Type(c.builder.getBuilder().getI64Type());
  Value x = c.tensorAs(op->getOperand(0), kernel);
  auto wants = [&](unsigned i) { return !op->getResult(i).use_empty(); };
  Type i64Vector =
      OnnxBuilder::tensorType({DimAttr()}, c.builder.getBuilder().getI64Type());
  SmallVector<NamedAttribute> attributes = {c.builder.intAttr("sorted", 1)};
  if (axis)
    attributes.push_back(c.builder.intAttr("axis", *axis));
  ResultRange y = c.builder.createMany<Onnx::UniqueOp>(
      {OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
       Type(), wants(1) ? i64Vector : Type(), wants(2) ? i64Vector : Type()},
      x, attributes);
  Value inverse = wants(1) ? Value(y[2]) : Value();
  if (inverse && !axis && OnnxBuilder::rank(x) != 1)
    inverse = c.builder.reshape(inverse, c.onnxType(op->getResult(1)),
                                c.shapeOf(op->getOperand(0)));
  return c.replace(op, {y[0], inverse, wants(2) ? Value(y[3]) : Value()});
}

static LogicalResult convertUnique(Aten_Unique2Op op, ConversionContext &c) {
  return unique(op, std::nullopt, c);
}

static LogicalResult convertUniqueDim(AtenUniqueDimOp op,
                                      ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  return unique(op, c.normalizeAxis(*dim, c.rank(op.getSelf())), c);
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void torchonnx::registerReductionConversions(ConversionRegistry &r) {
  r.addAll<AtenSumOp, AtenSumDimIntListOp>(convertReduce<Onnx::ReduceSumOp>);
  r.addAll<AtenMeanOp, AtenMeanDimOp>(convertReduce<Onnx::ReduceMeanOp>);
  r.addAll<AtenProdOp, AtenProdDimIntOp>(convertReduce<Onnx::ReduceProdOp>);
  r.addAll<AtenMaxOp, AtenAmaxOp>(convertReduce<Onnx::ReduceMaxOp>);
  r.addAll<AtenMinOp, AtenAminOp>(convertReduce<Onnx::ReduceMinOp>);
  r.add<AtenLogsumexpOp>(convertReduce<Onnx::ReduceLogSumExpOp>);
  r.add<AtenMaxDimOp>(convertExtreme<Onnx::ReduceMaxOp, Onnx::ArgMaxOp>);
  r.add<AtenMinDimOp>(convertExtreme<Onnx::ReduceMinOp, Onnx::ArgMinOp>);
  r.add<AtenArgmaxOp>(convertArg<Onnx::ArgMaxOp>);
  r.add<AtenArgminOp>(convertArg<Onnx::ArgMinOp>);
  r.addAll<AtenAllOp, AtenAllDimOp, AtenAllDimsOp>(
      convertTruth<Onnx::ReduceMinOp>);
  r.addAll<AtenAnyOp, AtenAnyDimOp, AtenAnyDimsOp>(
      convertTruth<Onnx::ReduceMaxOp>);
  r.add<AtenEqualOp>(convertEqual);
  r.addAll<AtenCountNonzeroOp, AtenCountNonzeroDimIntListOp>(
      convertCountNonzero);
  r.add<AtenNansumOp>([](Operation *op, ConversionContext &c) {
    return convertNanSum(op, false, c);
  });
  r.add<AtenNanmeanOp>([](Operation *op, ConversionContext &c) {
    return convertNanSum(op, true, c);
  });
  r.addAll<AtenNormScalarOp, AtenNormScalarOptDimOp,
           AtenNormScalarOptDimDtypeOp, AtenNormScalarOptDtypeOp,
           AtenFrobeniusNormDimOp, AtenLinalgVectorNormOp>(convertNorm);
  r.add<AtenTopkOp>(convertTopk);
  r.addAll<AtenSortOp, AtenSortStableOp>(convertSort);
  r.addAll<AtenArgsortOp, AtenArgsortStableOp>(convertArgsort);
  r.add<AtenKthvalueOp>(convertKthvalue);
  r.add<AtenMedianOp>(convertMedian);
  r.add<AtenMedianDimOp>(convertMedianDim);
  r.add<AtenCumsumOp>(convertScan<Onnx::CumSumOp>);
  r.add<AtenCumprodOp>(convertScan<Onnx::CumProdOp>);
  r.add<Aten_Unique2Op>(convertUnique);
  r.add<AtenUniqueDimOp>(convertUniqueDim);
}
