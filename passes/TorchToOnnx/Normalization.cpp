//===- Normalization.cpp - Normalization layers ---------------------------===//

#include "dialects/Torch/NormalizationOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

// A parameter that may be None, as a vector of the channels.
static Value parameter(ConversionContext &c, Value torchValue, double fallback,
                       ArrayRef<int64_t> shape, Type type) {
  if (torchValue && !c.isNone(torchValue))
    return c.tensorAs(torchValue, type);
  return c.builder.filled(shape, fallback, type);
}

// The number of elements a parameter would have, from whatever is known.
static std::optional<int64_t> channels(ConversionContext &c, Operation *op,
                                       int64_t axis) {
  for (StringRef name : {"weight", "bias", "running_mean"})
    if (Value value = c.arg(op, name); value && !c.isNone(value))
      if (auto size = c.staticDim(value, 0))
        return size;
  return c.staticDim(op->getOperand(0), axis);
}

// x * scale + bias with parameters along axis 1.
static Value affine(ConversionContext &c, Value x, Operation *op) {
  int64_t rank = OnnxBuilder::rank(x);
  Type type = OnnxBuilder::elementType(x);
  auto alongChannels = [&](Value torchValue) {
    Value v = c.tensorAs(torchValue, type);
    SmallVector<int64_t> shape(rank - 1, 1);
    shape[0] = -1;
    return rank > 2 ? c.builder.reshape(v, shape) : v;
  };
  if (Value weight = c.arg(op, "weight"); !c.isNone(weight))
    x = c.builder.mul(x, alongChannels(weight));
  if (Value bias = c.arg(op, "bias"); !c.isNone(bias))
    x = c.builder.add(x, alongChannels(bias));
  return x;
}

//===----------------------------------------------------------------------===//
// Batch
//===----------------------------------------------------------------------===//

static Value batchNorm(Operation *op, Value x, double eps,
                       ConversionContext &c) {
  Type type = OnnxBuilder::elementType(x);
  int64_t count = channels(c, op, 1).value_or(1);
  return c.builder.create<Onnx::BatchNormalizationOp>(
      x.getType(),
      {x, parameter(c, c.arg(op, "weight"), 1, {count}, type),
       parameter(c, c.arg(op, "bias"), 0, {count}, type),
       c.tensorAs(c.arg(op, "running_mean"), type),
       c.tensorAs(c.arg(op, "running_var"), type)},
      c.builder.realAttr("epsilon", eps));
}

// (x - mean) / sqrt(var + eps) with the statistics of the input itself
static Value standardize(ConversionContext &c, Value x, ArrayRef<int64_t> axes,
                         double eps) {
  Type type = OnnxBuilder::elementType(x);
  Value centered =
      c.builder.sub(x, c.reduce<Onnx::ReduceMeanOp>(x, axes, true));
  Value variance = c.reduce<Onnx::ReduceMeanOp>(
      c.builder.mul(centered, centered), axes, true);
  Value deviation =
      c.builder.sqrt(c.builder.add(variance, c.builder.scalar(eps, type)));
  return c.builder.div(centered, deviation);
}

static LogicalResult convertBatchNorm(Operation *op, ConversionContext &c) {
  auto eps = c.constFloat(c.arg(op, "eps"));
  Value training = c.arg(op, "training");
  auto isTraining = training ? c.constBool(training) : false;
  if (!eps || !isTraining)
    return c.fail(op, "its eps or its training mode is not constant");
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("BatchNormalization", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value mean = c.arg(op, "running_mean");
  bool hasStatistics = mean && !c.isNone(mean);
  if (*isTraining && hasStatistics)
    return c.fail(op, "it is in training mode and would update its running "
                      "statistics; export the model after model.eval()");
  for (Value result : op->getResults().drop_front())
    if (!result.use_empty())
      return c.fail(op, "the statistics that it returns have no ONNX form");
  if (hasStatistics) {
    if (!channels(c, op, 1))
      return c.fail(op, "the number of channels is unknown");
    return c.replace(op, batchNorm(op, x, *eps, c));
  }
  SmallVector<int64_t> axes = {0};
  for (int64_t i = 2; i < OnnxBuilder::rank(x); ++i)
    axes.push_back(i);
  return c.replace(op, affine(c, standardize(c, x, axes, *eps), op));
}

//===----------------------------------------------------------------------===//
// Instance and group
//===----------------------------------------------------------------------===//

static LogicalResult convertInstanceNorm(AtenInstanceNormOp op,
                                         ConversionContext &c) {
  auto eps = op.getEpsConst();
  auto useInput = op.getUseInputStatsConst();
  if (!eps || !useInput)
    return c.fail(op, "its eps or its mode is not constant");
  Type type = c.dtype(op.getResult());
  std::optional<int64_t> count = channels(c, op, 1);
  if (!count)
    return c.fail(op, "the number of channels is unknown");
  if (!*useInput)
    return c.replace(op, batchNorm(op, c.tensor(op.getInput()), *eps, c));
  Type kernel = c.kernelType("InstanceNormalization", type);
  Value x = c.tensorAs(op.getInput(), kernel);
  return c.replace(op,
                   c.builder.create<Onnx::InstanceNormalizationOp>(
                       x.getType(),
                       {x, parameter(c, op.getWeight(), 1, {*count}, kernel),
                        parameter(c, op.getBias(), 0, {*count}, kernel)},
                       c.builder.realAttr("epsilon", *eps)));
}

// group_norm: every group is an instance of its own. The runtime has a kernel
// for instances and none for GroupNormalization.
static LogicalResult groupNorm(Operation *op, int64_t groups, double eps,
                               ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("InstanceNormalization", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  for (Value result : op->getResults().drop_front())
    if (!result.use_empty())
      return c.fail(op, "the statistics that it returns have no ONNX form");
  Value grouped = c.builder.reshape(x, {0, groups, -1});
  Value y = c.builder.create<Onnx::InstanceNormalizationOp>(
      grouped.getType(),
      {grouped, c.builder.filled({groups}, 1, kernel),
       c.builder.filled({groups}, 0, kernel)},
      c.builder.realAttr("epsilon", eps));
  y = c.reshapeTo(y, op->getResult(0));
  if (!y)
    y = c.builder.reshape(c.builder.identity(y), x.getType(),
                          c.builder.shape(x));
  return c.replace(op, affine(c, y, op));
}

static LogicalResult convertGroupNorm(AtenGroupNormOp op,
                                      ConversionContext &c) {
  auto eps = op.getEpsConst();
  auto groups = op.getNumGroupsConst();
  if (!eps || !groups)
    return c.fail(op, "its eps or its number of groups is not constant");
  return groupNorm(op, *groups, *eps, c);
}

static LogicalResult convertNativeGroupNorm(AtenNativeGroupNormOp op,
                                            ConversionContext &c) {
  auto eps = op.getEpsConst();
  auto groups = op.getGroupConst();
  if (!eps || !groups)
    return c.fail(op, "its eps or its number of groups is not constant");
  return groupNorm(op, *groups, *eps, c);
}

//===----------------------------------------------------------------------===//
// Layer
//===----------------------------------------------------------------------===//

static LogicalResult convertLayerNorm(Operation *op, ConversionContext &c) {
  auto eps = c.constFloat(c.arg(op, "eps"));
  auto shape = c.constInts(c.arg(op, "normalized_shape"));
  if (!eps || !shape)
    return c.fail(op, "its eps or its shape is not constant");
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("LayerNormalization", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value bias = c.arg(op, "bias");
  SmallVector<Type> types = {x.getType()};
  // Mean and inverse deviation are computed in f32.
  for (Value result : op->getResults().drop_front())
    types.push_back(
        result.use_empty()
            ? Type()
            : Type(OnnxBuilder::withElementType(
                  c.onnxType(result), c.builder.getBuilder().getF32Type())));
  ResultRange y = c.builder.createMany<Onnx::LayerNormalizationOp>(
      types,
      {x, parameter(c, c.arg(op, "weight"), 1, *shape, kernel),
       c.isNone(bias) ? Value() : c.tensorAs(bias, kernel)},
      {c.builder.intAttr("axis", -int64_t(shape->size())),
       c.builder.realAttr("epsilon", *eps)});
  SmallVector<Value> results;
  for (auto [value, result] : llvm::zip(y, op->getResults()))
    results.push_back(Onnx::isNone(value) ? Value() : value);
  return c.replace(op, results);
}

// rms_norm(x) = x / sqrt(mean(x^2) + eps) * weight
static LogicalResult convertRmsNorm(Operation *op, ConversionContext &c) {
  auto shape = c.constInts(c.arg(op, "normalized_shape"));
  if (!shape)
    return c.fail(op, "its shape is not constant");
  if (op->getNumResults() > 1 && !op->getResult(1).use_empty())
    return c.fail(op, "the deviation that it returns has no ONNX form");
  Type type = c.dtype(op->getResult(0));
  auto given = c.constFloat(c.arg(op, "eps"));
  // Without an eps it is the dtype's distance from 1 to the next number.
  double eps = given          ? *given
               : type.isF64() ? std::numeric_limits<double>::epsilon()
                              : std::numeric_limits<float>::epsilon();
  Value weight = c.arg(op, "weight");
  Value x = c.tensorAs(op->getOperand(0), type);
  if (c.getTargetOpset() >= 23)
    return c.replace(
        op, c.builder.create<Onnx::RMSNormalizationOp>(
                x.getType(), {x, parameter(c, weight, 1, *shape, type)},
                {c.builder.intAttr("axis", -int64_t(shape->size())),
                 c.builder.realAttr("epsilon", eps)}));
  SmallVector<int64_t> axes;
  for (int64_t i = -int64_t(shape->size()); i < 0; ++i)
    axes.push_back(i);
  Value power = c.reduce<Onnx::ReduceMeanOp>(c.builder.mul(x, x), axes, true);
  Value root =
      c.builder.sqrt(c.builder.add(power, c.builder.scalar(eps, type)));
  Value y = c.builder.div(x, root);
  if (!c.isNone(weight))
    y = c.builder.mul(y, c.tensorAs(weight, type));
  return c.replace(op, y);
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

// weight_norm(v, g) = v * (g / |v|), with norms of all axes but `dim`
static LogicalResult convertWeightNorm(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(c.arg(op, "dim"));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  if (op->getNumResults() > 1 && !op->getResult(1).use_empty())
    return c.fail(op, "the norm that it returns has no ONNX form");
  Value v = c.tensor(op->getOperand(0)), g = c.tensor(op->getOperand(1));
  int64_t rank = OnnxBuilder::rank(v);
  SmallVector<int64_t> axes;
  // -1 stands for the norm of all.
  for (int64_t i = 0; i < rank; ++i)
    if (*dim == -1 || i != c.normalizeAxis(*dim, rank))
      axes.push_back(i);
  Value norm = axes.empty() ? c.builder.abs(v)
                            : c.reduce<Onnx::ReduceL2Op>(v, axes, true);
  return c.replace(op, c.builder.mul(v, c.builder.div(g, norm)));
}

void torchonnx::registerNormalizationConversions(ConversionRegistry &r) {
  r.addAll<AtenBatchNormOp, AtenNativeBatchNormOp, Aten_BatchNormImplIndexOp,
           Aten_NativeBatchNormLegitNoTrainingOp,
           Aten_NativeBatchNormLegitFunctionalOp,
           Aten_NativeBatchNormLegitNoStatsOp>(convertBatchNorm);
  r.add<AtenInstanceNormOp>(convertInstanceNorm);
  r.add<AtenGroupNormOp>(convertGroupNorm);
  r.add<AtenNativeGroupNormOp>(convertNativeGroupNorm);
  r.addAll<AtenLayerNormOp, AtenNativeLayerNormOp>(convertLayerNorm);
  r.addAll<AtenRmsNormOp, Aten_FusedRmsNormOp>(convertRmsNorm);
  r.addAll<Aten_WeightNormOp, Aten_WeightNormInterfaceOp>(convertWeightNorm);
}
