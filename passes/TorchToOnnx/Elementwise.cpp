//===- Elementwise.cpp - Arithmetic, one element at a time ----------------===//

#include "passes/TorchToOnnx/Elementwise.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using namespace torchonnx::elementwise;

// The value of a constant number, which a trace may hold in a tensor.
static std::optional<double> constantNumber(Value torchValue) {
  if (auto value = ConversionContext::constFloat(torchValue))
    return value;
  auto op = torchValue.getDefiningOp<TensorConstantOp>();
  auto elements =
      op ? dyn_cast<DenseElementsAttr>(op.getValue()) : DenseElementsAttr();
  if (!elements || !elements.isSplat())
    return std::nullopt;
  Type type = elements.getElementType();
  if (type.isF32() || type.isF64())
    return elements.getSplatValue<APFloat>().convertToDouble();
  if (type.isSignlessInteger(32) || type.isSignlessInteger(64))
    return double(elements.getSplatValue<APInt>().getSExtValue());
  return std::nullopt;
}

template <class T> static bool isOne(std::optional<T> value) {
  return value && *value == 1;
}

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

// The operation has an operator of its own.
template <class OnnxOp>
static LogicalResult convertUnary(Operation *op, ConversionContext &c) {
  return c.replace(op, c.unary<OnnxOp>(operand(op, 0, c)));
}

// As convertUnary, but integers are what they are.
template <class OnnxOp>
static LogicalResult convertRounding(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  if (c.isFloat(OnnxBuilder::elementType(x)))
    x = c.unary<OnnxOp>(x);
  return c.replace(op, x);
}

static Value isNan(ConversionContext &c, Value x) {
  return c.builder.create<Onnx::IsNaNOp>(
      OnnxBuilder::withElementType(x.getType(), c.i1()), x);
}

static LogicalResult convertIdentity(Operation *op, ConversionContext &c) {
  return c.replace(op, operand(op, 0, c));
}

// The sign of NaN is 0, in ONNX NaN.
static LogicalResult convertSign(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  if (c.isBool(OnnxBuilder::elementType(x)))
    return c.replace(op, x);
  Value sign = c.unary<Onnx::SignOp>(x);
  if (c.isFloat(OnnxBuilder::elementType(x)))
    sign = c.where(isNan(c, x), number(c, 0, x), sign);
  return c.replace(op, sign);
}

// Whether the sign is negative; of -0, only its reciprocal tells.
static Value signBit(ConversionContext &c, Value x) {
  Value zero = number(c, 0, x);
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.builder.less(x, zero);
  // The sum with it has the sign of both, infinite ones included.
  Value sum = c.builder.add(x, c.unary<Onnx::ReciprocalOp>(x));
  return c.builder.less(sum, zero);
}

static LogicalResult convertSignbit(Operation *op, ConversionContext &c) {
  return c.replace(op, signBit(c, c.tensor(op->getOperand(0))));
}

static LogicalResult convertSquare(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  return c.replace(op, c.builder.mul(x, x));
}

// rsqrt(x) = 1 / sqrt(x)
static LogicalResult convertRsqrt(Operation *op, ConversionContext &c) {
  Value x = c.unary<Onnx::SqrtOp>(operand(op, 0, c));
  return c.replace(op, c.unary<Onnx::ReciprocalOp>(x));
}

// exp2(x) = 2^x
static LogicalResult convertExp2(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  return c.replace(op, c.binary<Onnx::PowOp>(number(c, 2, x), x));
}

// expm1(x) = exp(x) - 1
static LogicalResult convertExpm1(Operation *op, ConversionContext &c) {
  Value x = c.unary<Onnx::ExpOp>(operand(op, 0, c));
  return c.replace(op, c.builder.sub(x, number(c, 1, x)));
}

// log1p(x) = log(1 + x)
static LogicalResult convertLog1p(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  return c.replace(op, c.unary<Onnx::LogOp>(c.builder.add(x, number(c, 1, x))));
}

// log_b(x) = log(x) / log(b)
static LogicalResult convertLogBase(Operation *op, double base,
                                    ConversionContext &c) {
  Value x = c.unary<Onnx::LogOp>(operand(op, 0, c));
  return c.replace(op, c.builder.div(x, number(c, std::log(base), x)));
}

static LogicalResult convertRad2deg(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  return c.replace(op, c.builder.mul(x, number(c, 180 / M_PI, x)));
}

// erfc(x) = 1 - erf(x)
static LogicalResult convertErfc(Operation *op, ConversionContext &c) {
  Value x = c.unary<Onnx::ErfOp>(operand(op, 0, c));
  return c.replace(op, c.builder.sub(number(c, 1, x), x));
}

// trunc(x) = sign(x) * floor(|x|)
static Value truncate(ConversionContext &c, Value x) {
  Value magnitude = c.unary<Onnx::FloorOp>(c.builder.abs(x));
  return c.builder.mul(c.unary<Onnx::SignOp>(x), magnitude);
}

static LogicalResult convertTrunc(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  if (c.isFloat(OnnxBuilder::elementType(x)))
    x = truncate(c, x);
  return c.replace(op, x);
}

// round(x, d) = round(x * 10^d) / 10^d
static LogicalResult convertRoundDecimals(AtenRoundDecimalsOp op,
                                          ConversionContext &c) {
  auto decimals = op.getDecimalsConst();
  if (!decimals)
    return c.fail(op, "the number of decimals is not constant");
  Value x = operand(op, 0, c);
  if (!c.isFloat(OnnxBuilder::elementType(x)) && *decimals >= 0)
    return c.replace(op, x);
  Value scale = number(c, std::pow(10.0, std::abs(*decimals)), x);
  Value up = *decimals < 0 ? c.builder.div(x, scale) : c.builder.mul(x, scale);
  Value y = c.unary<Onnx::RoundOp>(up);
  return c.replace(op, *decimals < 0 ? c.builder.mul(y, scale)
                                     : c.builder.div(y, scale));
}

//===----------------------------------------------------------------------===//
// Sums and products
//===----------------------------------------------------------------------===//

// self + alpha * other; of booleans it is "or".
template <class Op, class OnnxOp>
static LogicalResult convertAdd(Op op, ConversionContext &c) {
  Value a = operand(op, 0, c), b = operand(op, 1, c);
  Type type = resultType(op, c);
  if (c.isBool(type))
    return c.replace(op, c.builder.logicalOr(a, b));
  if (!isOne(op.getAlphaConst()))
    b = c.builder.mul(b, c.scalarAs(op.getAlpha(), type));
  return c.replace(op, c.builder.binary<OnnxOp>(a, b));
}

// Operations without alpha; of booleans a product is "and".
template <class OnnxOp>
static LogicalResult convertArithmetic(Operation *op, ConversionContext &c) {
  Value a = operand(op, 0, c), b = operand(op, 1, c);
  if (c.isBool(resultType(op, c)))
    return c.replace(op, c.builder.logicalAnd(a, b));
  return c.replace(op, c.builder.binary<OnnxOp>(a, b));
}

//===----------------------------------------------------------------------===//
// Division
//===----------------------------------------------------------------------===//

// The remainder with the sign of the divisor, as Python has it.
static Value pythonRemainder(ConversionContext &c, Value a, Value b) {
  Type type = OnnxBuilder::elementType(a);
  if (!c.isFloat(type))
    return c.builder.binary<Onnx::ModOp>(a, b);
  // r = fmod(a, b), which has the sign of a; r * b < 0 ? r + b : r
  Value r = c.builder.binary<Onnx::ModOp>(a, b, c.builder.intAttr("fmod", 1));
  Value differs = c.builder.less(c.builder.mul(r, b), number(c, 0, r));
  return c.where(differs, c.builder.add(r, b), r);
}

// A constant that divides without rounding: a power of two.
static bool isPowerOfTwo(Value torchValue) {
  std::optional<double> value = constantNumber(torchValue);
  int exponent;
  return value && std::abs(std::frexp(*value, &exponent)) == 0.5;
}

Value elementwise::floorDivide(ConversionContext &c, Value a, Value b,
                               bool isExact) {
  Type type = OnnxBuilder::elementType(a);
  if (type.isUnsignedInteger())
    return c.builder.div(a, b);
  if (c.isFloat(type) && isExact)
    return c.unary<Onnx::FloorOp>(c.builder.div(a, b));
  // (a - (a mod b)) / b: a / b alone may be rounded up to the next integer.
  Value q = c.builder.div(c.builder.sub(a, pythonRemainder(c, a, b)), b);
  return c.isFloat(type) ? c.unary<Onnx::RoundOp>(q) : q;
}

static LogicalResult convertFloorDivide(Operation *op, ConversionContext &c) {
  return c.replace(op, floorDivide(c, operand(op, 0, c), operand(op, 1, c),
                                   isPowerOfTwo(op->getOperand(1))));
}

template <class Op>
static LogicalResult convertDivMode(Op op, ConversionContext &c) {
  Value a = operand(op, 0, c), b = operand(op, 1, c);
  if (c.isNone(op.getRoundingMode()))
    return c.replace(op, c.builder.div(a, b));
  auto mode = op.getRoundingModeConst();
  if (mode == "floor")
    return convertFloorDivide(op, c);
  if (mode != "trunc")
    return c.fail(op, "its rounding mode is not constant");
  Value q = c.builder.div(a, b);
  return c.replace(op, c.isFloat(resultType(op, c)) ? truncate(c, q) : q);
}

static LogicalResult convertRemainder(Operation *op, ConversionContext &c) {
  return c.replace(op,
                   pythonRemainder(c, operand(op, 0, c), operand(op, 1, c)));
}

static LogicalResult convertFmod(Operation *op, ConversionContext &c) {
  return c.replace(
      op, c.builder.binary<Onnx::ModOp>(operand(op, 0, c), operand(op, 1, c),
                                        c.builder.intAttr("fmod", 1)));
}

//===----------------------------------------------------------------------===//
// Powers
//===----------------------------------------------------------------------===//

// PyTorch computes these powers so, too.
static Value specialPower(ConversionContext &c, Value x, double exponent) {
  if (exponent == 1)
    return x;
  if (exponent == 2)
    return c.builder.mul(x, x);
  if (!c.isFloat(OnnxBuilder::elementType(x))) {
    if (exponent == 3)
      return c.builder.mul(c.builder.mul(x, x), x);
    return {};
  }
  if (exponent == 0.5)
    return c.unary<Onnx::SqrtOp>(x);
  if (exponent == -0.5)
    return c.unary<Onnx::ReciprocalOp>(c.unary<Onnx::SqrtOp>(x));
  if (exponent == -1)
    return c.unary<Onnx::ReciprocalOp>(x);
  if (exponent == -2)
    return c.unary<Onnx::ReciprocalOp>(c.builder.mul(x, x));
  return {};
}

static LogicalResult convertPow(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  if (std::optional<double> exponent = constantNumber(op->getOperand(1));
      exponent && c.rank(op->getOperand(1)) == 0)
    if (Value y = specialPower(c, x, *exponent))
      return c.replace(op, y);
  return c.replace(op, c.binary<Onnx::PowOp>(x, operand(op, 1, c)));
}

//===----------------------------------------------------------------------===//
// Trigonometry
//===----------------------------------------------------------------------===//

// The angle of (|y|, |x|) in the first quadrant, mirrored where x and y have a
// minus sign: zeros and infinities have one too.
static LogicalResult convertAtan2(Operation *op, ConversionContext &c) {
  Value y = operand(op, 0, c), x = operand(op, 1, c);
  Value height = c.unary<Onnx::AbsOp>(y), width = c.unary<Onnx::AbsOp>(x);
  // Of equal ones the slope is 1, and 0 at the origin; their quotient may be no
  // number.
  Value slope =
      c.where(c.builder.equal(height, width), c.unary<Onnx::SignOp>(height),
              c.builder.div(height, width));
  Value angle = c.unary<Onnx::AtanOp>(slope);
  angle =
      c.where(signBit(c, x), c.builder.sub(number(c, M_PI, x), angle), angle);
  // A product, because ONNX Runtime's Where makes 0 of -0.
  Value side = c.where(signBit(c, y), number(c, -1, y), number(c, 1, y));
  return c.replace(op, c.builder.mul(angle, side));
}

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

static Value larger(ConversionContext &c, Value a, Value b) {
  return c.isBool(OnnxBuilder::elementType(a)) ? c.builder.logicalOr(a, b)
                                               : c.binary<Onnx::MaxOp>(a, b);
}

static Value smaller(ConversionContext &c, Value a, Value b) {
  return c.isBool(OnnxBuilder::elementType(a)) ? c.builder.logicalAnd(a, b)
                                               : c.binary<Onnx::MinOp>(a, b);
}

static LogicalResult convertMaximum(Operation *op, ConversionContext &c) {
  return c.replace(op, larger(c, operand(op, 0, c), operand(op, 1, c)));
}

static LogicalResult convertMinimum(Operation *op, ConversionContext &c) {
  return c.replace(op, smaller(c, operand(op, 0, c), operand(op, 1, c)));
}

// The larger or smaller one of two, of which a NaN is ignored.
template <class OnnxOp>
static LogicalResult convertIgnoringNan(Operation *op, ConversionContext &c) {
  Value a = operand(op, 0, c), b = operand(op, 1, c);
  if (!c.isFloat(OnnxBuilder::elementType(a)))
    return c.replace(op, c.binary<OnnxOp>(a, b));
  return c.replace(op, c.binary<OnnxOp>(c.where(isNan(c, a), b, a),
                                        c.where(isNan(c, b), a, b)));
}

// clamp with numbers or tensors of any shape as bounds, either of them None.
// Clip takes a bound that is absent for the largest finite number.
static LogicalResult clamp(Operation *op, Value low, Value high,
                           ConversionContext &c) {
  Value x = operand(op, 0, c);
  Type type = resultType(op, c);
  auto isNumber = [&](Value bound) {
    return !bound || c.isNone(bound) ||
           !isa<Torch::TensorType>(bound.getType());
  };
  Value lowTensor = low ? c.tensorAs(low, type) : Value();
  Value highTensor = high ? c.tensorAs(high, type) : Value();
  if (lowTensor && highTensor && isNumber(low) && isNumber(high)) {
    Type kernel = c.kernelType("Clip", type);
    Value x1 = c.builder.cast(x, kernel);
    Value y = c.builder.create<Onnx::ClipOp>(
        x1.getType(), {x1, c.builder.cast(lowTensor, kernel),
                       c.builder.cast(highTensor, kernel)});
    return c.replace(op, c.builder.cast(y, type));
  }
  if (lowTensor)
    x = larger(c, x, lowTensor);
  if (highTensor)
    x = smaller(c, x, highTensor);
  return c.replace(op, x);
}

static LogicalResult convertClamp(Operation *op, ConversionContext &c) {
  return clamp(op, op->getOperand(1), op->getOperand(2), c);
}

static LogicalResult convertClampMin(Operation *op, ConversionContext &c) {
  return clamp(op, op->getOperand(1), {}, c);
}

static LogicalResult convertClampMax(Operation *op, ConversionContext &c) {
  return clamp(op, {}, op->getOperand(1), c);
}

// The finite bounds of a floating-point type.
static double largest(Type type) {
  return llvm::APFloat::getLargest(
             llvm::cast<mlir::FloatType>(type).getFloatSemantics())
      .convertToDouble();
}

static LogicalResult convertNanToNum(AtenNanToNumOp op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  Type type = resultType(op, c);
  if (!c.isFloat(type))
    return c.replace(op, x);
  auto choose = [&](Value argument, double fallback) -> Value {
    return c.isNone(argument) ? c.builder.scalar(fallback, type)
                              : c.scalarAs(argument, type);
  };
  Type i1 = c.i1();
  Value isNan = c.builder.create<Onnx::IsNaNOp>(
      OnnxBuilder::withElementType(x.getType(), i1), x);
  Value high = choose(op.getPosinf(), largest(type));
  Value low = choose(op.getNeginf(), -largest(type));
  Value y = c.where(isNan, choose(op.getNan(), 0), x);
  if (c.isNone(op.getPosinf()) && c.isNone(op.getNeginf()))
    return c.replace(
        op, c.builder.create<Onnx::ClipOp>(y.getType(), {y, low, high}));
  y = c.where(c.builder.equal(x, number(c, INFINITY, x)), high, y);
  y = c.where(c.builder.equal(x, number(c, -INFINITY, x)), low, y);
  return c.replace(op, y);
}

// copysign(a, b) = |a| with the sign of b
static LogicalResult convertCopysign(Operation *op, ConversionContext &c) {
  Value magnitude = c.builder.abs(operand(op, 0, c));
  Value sign = signBit(c, operand(op, 1, c));
  return c.replace(op, c.where(sign, c.builder.neg(magnitude), magnitude));
}

// heaviside(x, v) = 1 where x > 0, v where x = 0, else 0 (of NaN too)
static LogicalResult convertHeaviside(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c), values = operand(op, 1, c);
  Value zero = number(c, 0, x);
  Value step = c.where(c.builder.less(zero, x), number(c, 1, x), zero);
  return c.replace(op, c.where(c.builder.equal(x, zero), values, step));
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerUnary(ConversionRegistry &r) {
  r.addAll<AtenNegOp, AtenNegativeOp>(convertUnary<Onnx::NegOp>);
  r.addAll<AtenAbsOp, AtenAbsoluteOp>(convertUnary<Onnx::AbsOp>);
  r.addAll<AtenSignOp, AtenSgnOp>(convertSign);
  // Complex operands of the others: Complex.cpp.
  r.addAll<AtenPositiveOp, AtenRealOp, AtenConjOp, Aten_ConjOp,
           AtenConjPhysicalOp>(convertIdentity);
  r.add<AtenSignbitOp>(convertSignbit);
  r.add<AtenReciprocalOp>(convertUnary<Onnx::ReciprocalOp>);
  r.add<AtenSquareOp>(convertSquare);
  r.add<AtenSqrtOp>(convertUnary<Onnx::SqrtOp>);
  r.add<AtenRsqrtOp>(convertRsqrt);
  r.add<AtenExpOp>(convertUnary<Onnx::ExpOp>);
  r.add<AtenExp2Op>(convertExp2);
  r.add<AtenExpm1Op>(convertExpm1);
  r.add<AtenLogOp>(convertUnary<Onnx::LogOp>);
  r.addAll<AtenLog1pOp, AtenSpecialLog1pOp>(convertLog1p);
  r.add<AtenLog2Op>([](Operation *op, ConversionContext &c) {
    return convertLogBase(op, 2, c);
  });
  r.add<AtenLog10Op>([](Operation *op, ConversionContext &c) {
    return convertLogBase(op, 10, c);
  });
  r.add<AtenSinOp>(convertUnary<Onnx::SinOp>);
  r.add<AtenCosOp>(convertUnary<Onnx::CosOp>);
  r.add<AtenTanOp>(convertUnary<Onnx::TanOp>);
  r.add<AtenAsinOp>(convertUnary<Onnx::AsinOp>);
  r.add<AtenAcosOp>(convertUnary<Onnx::AcosOp>);
  r.add<AtenAtanOp>(convertUnary<Onnx::AtanOp>);
  r.add<AtenSinhOp>(convertUnary<Onnx::SinhOp>);
  r.add<AtenCoshOp>(convertUnary<Onnx::CoshOp>);
  r.add<AtenAsinhOp>(convertUnary<Onnx::AsinhOp>);
  r.add<AtenAcoshOp>(convertUnary<Onnx::AcoshOp>);
  r.add<AtenAtanhOp>(convertUnary<Onnx::AtanhOp>);
  r.add<AtenAtan2Op>(convertAtan2);
  r.add<AtenRad2degOp>(convertRad2deg);
  r.add<AtenErfOp>(convertUnary<Onnx::ErfOp>);
  r.add<AtenErfcOp>(convertErfc);
  r.add<AtenSpecialExpitOp>(convertUnary<Onnx::SigmoidOp>);
  r.add<AtenCeilOp>(convertRounding<Onnx::CeilOp>);
  r.add<AtenFloorOp>(convertRounding<Onnx::FloorOp>);
  r.add<AtenRoundOp>(convertRounding<Onnx::RoundOp>);
  r.add<AtenRoundDecimalsOp>(convertRoundDecimals);
  r.addAll<AtenTruncOp, AtenFixOp>(convertTrunc);
}

static void registerArithmetic(ConversionRegistry &r) {
  r.add<AtenAddTensorOp>(convertAdd<AtenAddTensorOp, Onnx::AddOp>);
  r.add<AtenAddScalarOp>(convertAdd<AtenAddScalarOp, Onnx::AddOp>);
  r.add<AtenSubTensorOp>(convertAdd<AtenSubTensorOp, Onnx::SubOp>);
  r.add<AtenSubScalarOp>(convertAdd<AtenSubScalarOp, Onnx::SubOp>);
  r.add<AtenSubtractTensorOp>(convertAdd<AtenSubtractTensorOp, Onnx::SubOp>);
  r.addAll<AtenMulTensorOp, AtenMulScalarOp, AtenMultiplyTensorOp,
           AtenMultiplyScalarOp>(convertArithmetic<Onnx::MulOp>);
  r.addAll<AtenDivTensorOp, AtenDivScalarOp, AtenDivideTensorOp,
           AtenDivideScalarOp, AtenTrueDivideTensorOp, AtenTrueDivideScalarOp>(
      convertArithmetic<Onnx::DivOp>);
  r.add<AtenDivTensorModeOp>(convertDivMode<AtenDivTensorModeOp>);
  r.add<AtenDivScalarModeOp>(convertDivMode<AtenDivScalarModeOp>);
  r.addAll<AtenFloorDivideOp, AtenFloorDivideScalarOp>(convertFloorDivide);
  r.addAll<AtenRemainderTensorOp, AtenRemainderScalarOp>(convertRemainder);
  r.addAll<AtenFmodTensorOp, AtenFmodScalarOp>(convertFmod);
  r.addAll<AtenPowTensorTensorOp, AtenPowTensorScalarOp, AtenPowScalarOp,
           AtenFloatPowerTensorTensorOp, AtenFloatPowerTensorScalarOp>(
      convertPow);
}

static void registerBounds(ConversionRegistry &r) {
  r.addAll<AtenMaximumOp, AtenMaxOtherOp>(convertMaximum);
  r.addAll<AtenMinimumOp, AtenMinOtherOp>(convertMinimum);
  r.add<AtenFmaxOp>(convertIgnoringNan<Onnx::MaxOp>);
  r.add<AtenFminOp>(convertIgnoringNan<Onnx::MinOp>);
  r.addAll<AtenClampOp, AtenClampTensorOp, AtenClipOp>(convertClamp);
  r.addAll<AtenClampMinOp, AtenClampMinTensorOp>(convertClampMin);
  r.addAll<AtenClampMaxOp, AtenClampMaxTensorOp>(convertClampMax);
  r.add<AtenNanToNumOp>(convertNanToNum);
  r.add<AtenCopysignTensorOp>(convertCopysign);
  r.add<AtenHeavisideOp>(convertHeaviside);
}

void torchonnx::registerElementwiseConversions(ConversionRegistry &r) {
  registerUnary(r);
  registerArithmetic(r);
  registerBounds(r);
  registerComparisonConversions(r);
  registerComplexConversions(r);
}
