//===- Activation.cpp - Activation functions ------------------------------===//

#include "dialects/Torch/ActivationOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

// The operand in the result's dtype: integers become floats where PyTorch makes
// them so.
template <class Op> static Value input(Op op, ConversionContext &c) {
  return c.tensorAs(op.getSelf(), c.dtype(op.getResult()));
}

template <class Op, class OnnxOp>
static LogicalResult convertUnary(Op op, ConversionContext &c) {
  return c.replace(op, c.unary<OnnxOp>(input(op, c)));
}

template <class Op, class OnnxOp> static void addUnary(ConversionRegistry &r) {
  r.add<Op>(convertUnary<Op, OnnxOp>);
}

// Clip in a type that the runtime has it in; a null bound is absent.
static Value clip(ConversionContext &c, Value x, std::optional<double> low,
                  std::optional<double> high) {
  Type type = OnnxBuilder::elementType(x);
  Type kernel = c.kernelType("Clip", type);
  Value x1 = c.builder.cast(x, kernel);
  Value y = c.builder.create<Onnx::ClipOp>(
      x1.getType(), {x1, low ? c.builder.scalar(*low, kernel) : Value(),
                     high ? c.builder.scalar(*high, kernel) : Value()});
  return c.builder.cast(y, type);
}

//===----------------------------------------------------------------------===//
// Piecewise linear
//===----------------------------------------------------------------------===//

static LogicalResult convertRelu(AtenReluOp op, ConversionContext &c) {
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  if (c.isFloat(type))
    return c.replace(op, c.unary<Onnx::ReluOp>(x));
  return c.replace(op, c.binary<Onnx::MaxOp>(x, c.builder.scalar(0, type)));
}

static LogicalResult convertRelu6(AtenRelu6Op op, ConversionContext &c) {
  return c.replace(op, clip(c, input(op, c), 0.0, 6.0));
}

static LogicalResult convertHardtanh(AtenHardtanhOp op, ConversionContext &c) {
  auto low = op.getMinValConst(), high = op.getMaxValConst();
  if (!low || !high)
    return c.fail(op, "its bounds are not constant");
  return c.replace(op, clip(c, input(op, c), *low, *high));
}

static LogicalResult convertLeakyRelu(AtenLeakyReluOp op,
                                      ConversionContext &c) {
  auto slope = op.getNegativeSlopeConst();
  if (!slope)
    return c.fail(op, "its slope is not constant");
  return c.replace(op, c.unary<Onnx::LeakyReluOp>(
                           input(op, c), c.builder.realAttr("alpha", *slope)));
}

// In evaluation the random slope is the mean of its bounds.
static LogicalResult convertRrelu(AtenRreluOp op, ConversionContext &c) {
  auto low = op.getLowerConst(), high = op.getUpperConst();
  if (!low || !high || op.getTrainingConst().value_or(true))
    return c.fail(op, "it draws random slopes in training mode; export the "
                      "model after model.eval()");
  return c.replace(
      op, c.unary<Onnx::LeakyReluOp>(
              input(op, c), c.builder.realAttr("alpha", (*low + *high) / 2)));
}

// The weights lie along axis 1: [C] becomes [C, 1, 1].
template <class Op>
static LogicalResult convertPrelu(Op op, ConversionContext &c) {
  Value x = input(op, c),
        slope = c.tensorAs(op.getWeight(), c.dtype(op.getResult()));
  int64_t rank = OnnxBuilder::rank(x);
  if (OnnxBuilder::rank(slope) == 1 && rank > 2 &&
      c.staticDim(op.getWeight(), 0) != 1) {
    SmallVector<int64_t> shape(rank - 1, 1);
    shape[0] = -1;
    slope = c.builder.reshape(slope, shape);
  }
  return c.replace(op, c.binary<Onnx::PReluOp>(x, slope));
}

// threshold(x) = x <= t ? v : x
static LogicalResult convertThreshold(AtenThresholdOp op,
                                      ConversionContext &c) {
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  Value isLow = c.builder.lessOrEqual(x, c.scalarAs(op.getThreshold(), type));
  return c.replace(op, c.where(isLow, c.scalarAs(op.getValue(), type), x));
}

static LogicalResult convertHardsigmoid(AtenHardsigmoidOp op,
                                        ConversionContext &c) {
  return c.replace(op, c.unary<Onnx::HardSigmoidOp>(
                           input(op, c), {c.builder.realAttr("alpha", 1.0 / 6),
                                          c.builder.realAttr("beta", 0.5)}));
}

// hardshrink(x) = |x| <= lambda ? 0 : x
static LogicalResult convertHardshrink(AtenHardshrinkOp op,
                                       ConversionContext &c) {
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  Value isSmall =
      c.builder.lessOrEqual(c.builder.abs(x), c.scalarAs(op.getLambd(), type));
  return c.replace(op, c.where(isSmall, c.builder.scalar(0, type), x));
}

// softshrink(x) = x - clip(x, -lambda, lambda), which keeps NaN as Shrink does
// not
static LogicalResult convertSoftshrink(AtenSoftshrinkOp op,
                                       ConversionContext &c) {
  auto lambda = op.getLambdConst();
  if (!lambda)
    return c.fail(op, "its lambda is not constant");
  Value x = input(op, c);
  return c.replace(op, c.builder.sub(x, clip(c, x, -*lambda, *lambda)));
}

//===----------------------------------------------------------------------===//
// Exponential
//===----------------------------------------------------------------------===//

// elu(x) = scale * (x > 0 ? x : alpha * (exp(x * input_scale) - 1))
static LogicalResult convertElu(AtenEluOp op, ConversionContext &c) {
  auto alpha = op.getAlphaConst(), scale = op.getScaleConst(),
       inputScale = op.getInputScaleConst();
  if (!alpha || !scale || !inputScale)
    return c.fail(op, "its factors are not constant");
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  Value y;
  if (*inputScale == 1) {
    y = c.unary<Onnx::EluOp>(x, c.builder.realAttr("alpha", *alpha));
  } else {
    Value scaled = c.builder.mul(x, c.builder.scalar(*inputScale, type));
    Value low =
        c.unary<Onnx::EluOp>(scaled, c.builder.realAttr("alpha", *alpha));
    y = c.where(c.builder.greater(x, c.builder.scalar(0, type)), x, low);
  }
  if (*scale != 1)
    y = c.builder.mul(y, c.builder.scalar(*scale, type));
  return c.replace(op, y);
}

static LogicalResult convertCelu(AtenCeluOp op, ConversionContext &c) {
  auto alpha = op.getAlphaConst();
  if (!alpha)
    return c.fail(op, "its alpha is not constant");
  return c.replace(op, c.unary<Onnx::CeluOp>(
                           input(op, c), c.builder.realAttr("alpha", *alpha)));
}

static LogicalResult convertGelu(AtenGeluOp op, ConversionContext &c) {
  auto approximate = op.getApproximateConst();
  if (!approximate)
    return c.fail(op, "its approximation is not constant");
  return c.replace(
      op, c.unary<Onnx::GeluOp>(
              input(op, c), c.builder.stringAttr("approximate", *approximate)));
}

// silu(x) = x * sigmoid(x)
static LogicalResult convertSilu(AtenSiluOp op, ConversionContext &c) {
  Value x = input(op, c);
  return c.replace(op, c.builder.mul(x, c.unary<Onnx::SigmoidOp>(x)));
}

// log(sigmoid(x)) = -softplus(-x), which does not overflow
static LogicalResult convertLogSigmoid(AtenLogSigmoidOp op,
                                       ConversionContext &c) {
  Value x = c.builder.neg(input(op, c));
  return c.replace(op, c.builder.neg(c.unary<Onnx::SoftplusOp>(x)));
}

// softplus(x) = log(1 + exp(beta x)) / beta, and x itself above the threshold
static LogicalResult convertSoftplus(AtenSoftplusOp op, ConversionContext &c) {
  auto beta = op.getBetaConst(), threshold = op.getThresholdConst();
  if (!beta || !threshold)
    return c.fail(op, "its factors are not constant");
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  Value factor = *beta == 1 ? Value() : c.builder.scalar(*beta, type);
  Value scaled = factor ? c.builder.mul(x, factor) : x;
  Value y = c.unary<Onnx::SoftplusOp>(scaled);
  if (factor)
    y = c.builder.div(y, factor);
  // From 20 on the function is x to the precision of a float.
  if (*threshold < 20)
    y = c.where(c.builder.greater(scaled, c.builder.scalar(*threshold, type)),
                x, y);
  return c.replace(op, y);
}

//===----------------------------------------------------------------------===//
// Softmax
//===----------------------------------------------------------------------===//

template <class OnnxOp>
static Value softmax(ConversionContext &c, Value x, int64_t dim) {
  int64_t rank = OnnxBuilder::rank(x);
  Value x1 = rank ? x : c.builder.unsqueeze(x, {0});
  Value y = c.unary<OnnxOp>(
      x1, c.builder.intAttr("axis", c.normalizeAxis(dim, rank)));
  return rank ? y : c.builder.squeeze(y, {0});
}

template <class Op, class OnnxOp>
static LogicalResult convertSoftmax(Op op, ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  return c.replace(op, softmax<OnnxOp>(c, input(op, c), *dim));
}

// Rows without any number above -inf become 0.
static LogicalResult convertSafeSoftmax(Aten_SafeSoftmaxOp op,
                                        ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = input(op, c);
  Type type = OnnxBuilder::elementType(x);
  if (OnnxBuilder::rank(x) == 0)
    return c.fail(op, "its input has no dimensions");
  Value top = c.reduce<Onnx::ReduceMaxOp>(x, {*dim}, true);
  Value empty = c.builder.equal(top, c.builder.scalar(-INFINITY, type));
  return c.replace(op, c.where(empty, c.builder.scalar(0, type),
                               softmax<Onnx::SoftmaxOp>(c, x, *dim)));
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void torchonnx::registerActivationConversions(ConversionRegistry &r) {
  r.add<AtenReluOp>(convertRelu);
  r.add<AtenRelu6Op>(convertRelu6);
  r.add<AtenHardtanhOp>(convertHardtanh);
  r.add<AtenLeakyReluOp>(convertLeakyRelu);
  r.add<AtenRreluOp>(convertRrelu);
  r.add<AtenPreluOp>(convertPrelu<AtenPreluOp>);
  r.add<Aten_PreluKernelOp>(convertPrelu<Aten_PreluKernelOp>);
  r.add<AtenThresholdOp>(convertThreshold);
  r.add<AtenHardsigmoidOp>(convertHardsigmoid);
  r.add<AtenHardshrinkOp>(convertHardshrink);
  r.add<AtenSoftshrinkOp>(convertSoftshrink);
  r.add<AtenEluOp>(convertElu);
  r.add<AtenCeluOp>(convertCelu);
  r.add<AtenGeluOp>(convertGelu);
  r.add<AtenSiluOp>(convertSilu);
  r.add<AtenLogSigmoidOp>(convertLogSigmoid);
  r.add<AtenSoftplusOp>(convertSoftplus);
  addUnary<AtenSeluOp, Onnx::SeluOp>(r);
  addUnary<AtenMishOp, Onnx::MishOp>(r);
  addUnary<AtenHardswishOp, Onnx::HardSwishOp>(r);
  addUnary<AtenSigmoidOp, Onnx::SigmoidOp>(r);
  addUnary<AtenTanhOp, Onnx::TanhOp>(r);
  r.add<AtenSoftmaxIntOp>(convertSoftmax<AtenSoftmaxIntOp, Onnx::SoftmaxOp>);
  r.add<Aten_SoftmaxOp>(convertSoftmax<Aten_SoftmaxOp, Onnx::SoftmaxOp>);
  r.add<AtenLogSoftmaxIntOp>(
      convertSoftmax<AtenLogSoftmaxIntOp, Onnx::LogSoftmaxOp>);
  r.add<Aten_LogSoftmaxOp>(
      convertSoftmax<Aten_LogSoftmaxOp, Onnx::LogSoftmaxOp>);
  r.add<Aten_SafeSoftmaxOp>(convertSafeSoftmax);
}
