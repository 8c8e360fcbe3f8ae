//===- Complex.cpp - Complex numbers --------------------------------------===//
//
// A complex tensor is a real one with a last dimension of 2 more, as
// torch.view_as_real shows it. An operator with complex operands or results has
// a conversion of its own, or none.
//
//===----------------------------------------------------------------------===//

#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

// The element type of the pairs, or of a real tensor.
static Type realType(Value torchValue, ConversionContext &c) {
  return c.onnxType(torchValue).getElementType();
}

// A real tensor that is to be multiplied with pairs: [..., 1]
static Value column(ConversionContext &c, Value torchValue, Type type) {
  return c.builder.unsqueeze(c.tensorAs(torchValue, type), {-1});
}

// Any tensor or number as pairs of `type`.
static Value pairs(ConversionContext &c, Value torchValue, Type type) {
  if (c.isComplex(torchValue))
    return c.builder.cast(c.tensor(torchValue), type);
  Value real = column(c, torchValue, type);
  SmallVector<DimAttr> shape = OnnxBuilder::dims(real);
  shape.back() = c.builder.dim(2);
  SmallVector<int64_t> amounts(2 * shape.size(), 0);
  amounts.back() = 1;
  // Unlike a product with (1, 0), this keeps an infinity real.
  return c.builder.create<Onnx::PadOp>(OnnxBuilder::tensorType(shape, type),
                                       {real, c.builder.ints(amounts)});
}

static Value part(ConversionContext &c, Value x, int64_t which) {
  return c.builder.slice(x, {which}, {which + 1}, {-1});
}

static Value conjugate(ConversionContext &c, Value x) {
  return c.builder.mul(x,
                       c.builder.reals({1, -1}, OnnxBuilder::elementType(x)));
}

// (a + bi) y = a y + b (i y)
static Value multiply(ConversionContext &c, Value x, Value y) {
  if (x.getDefiningOp<Onnx::InitializerOp>())
    std::swap(x, y);
  Value turned = c.builder.mul(
      c.builder.gather(y, c.builder.ints({1, 0}), OnnxBuilder::rank(y) - 1),
      c.builder.reals({-1, 1}, OnnxBuilder::elementType(y)));
  return c.builder.add(c.builder.mul(part(c, x, 0), y),
                       c.builder.mul(part(c, x, 1), turned));
}

static LogicalResult convertSame(Operation *op, ConversionContext &c) {
  return c.replace(op, c.tensor(op->getOperand(0)));
}

template <int64_t which>
static LogicalResult convertPart(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  Value index = c.builder.scalar(which, c.builder.getBuilder().getI64Type());
  return c.replace(op, c.builder.gather(x, index, OnnxBuilder::rank(x) - 1));
}

static LogicalResult convertConjugate(Operation *op, ConversionContext &c) {
  return c.replace(op, conjugate(c, c.tensor(op->getOperand(0))));
}

static LogicalResult convertNegative(Operation *op, ConversionContext &c) {
  return c.replace(op, c.builder.neg(c.tensor(op->getOperand(0))));
}

static LogicalResult convertAbsolute(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  return c.replace(
      op, c.reduce<Onnx::ReduceL2Op>(x, {OnnxBuilder::rank(x) - 1}, false));
}

static Value join(ConversionContext &c, Value real, Value imaginary) {
  return c.builder.concat(
      {c.builder.unsqueeze(real, {-1}), c.builder.unsqueeze(imaginary, {-1})},
      -1);
}

// From the real and the imaginary part, or from the length and the angle.
template <bool isPolar>
static LogicalResult convertJoin(Operation *op, ConversionContext &c) {
  if (c.dims(op->getOperand(0)) != c.dims(op->getOperand(1)))
    return c.fail(op, "its parts have different shapes");
  Value a = c.tensor(op->getOperand(0)), b = c.tensor(op->getOperand(1));
  if (!isPolar)
    return c.replace(op, join(c, a, b));
  Value cosine = c.unary<Onnx::CosOp>(b), sine = c.unary<Onnx::SinOp>(b);
  return c.replace(op,
                   join(c, c.builder.mul(a, cosine), c.builder.mul(a, sine)));
}

// x + alpha y, x - alpha y
template <bool isSum>
static LogicalResult convertSum(Operation *op, ConversionContext &c) {
  Type type = realType(op->getResult(0), c);
  Value x = pairs(c, op->getOperand(0), type);
  Value y = pairs(c, op->getOperand(1), type);
  Value alpha = c.arg(op, "alpha");
  if (c.constInt(alpha) != 1)
    y = c.builder.mul(y, c.scalarAs(alpha, type));
  return c.replace(op, isSum ? c.builder.add(x, y) : c.builder.sub(x, y));
}

static LogicalResult convertProduct(Operation *op, ConversionContext &c) {
  Type type = realType(op->getResult(0), c);
  Value x = op->getOperand(0), y = op->getOperand(1);
  if (!c.isComplex(x))
    std::swap(x, y);
  if (!c.isComplex(y))
    return c.replace(op, c.builder.mul(pairs(c, x, type), column(c, y, type)));
  return c.replace(op, multiply(c, pairs(c, x, type), pairs(c, y, type)));
}

// x / y = (x / s) conj(y / s) / |y / s|^2, where s is the larger part of y: no
// square overflows.
static LogicalResult convertQuotient(Operation *op, ConversionContext &c) {
  Type type = realType(op->getResult(0), c);
  Value x = pairs(c, op->getOperand(0), type);
  if (!c.isComplex(op->getOperand(1)))
    return c.replace(op, c.builder.div(x, column(c, op->getOperand(1), type)));
  Value y = pairs(c, op->getOperand(1), type);
  int64_t last = OnnxBuilder::rank(y) - 1;
  Value scale = c.reduce<Onnx::ReduceMaxOp>(c.unary<Onnx::AbsOp>(y), {last},
                                            /*keepDims=*/true);
  x = c.builder.div(x, scale);
  y = c.builder.div(y, scale);
  Value square = c.reduce<Onnx::ReduceSumSquareOp>(y, {last}, true);
  return c.replace(op, c.builder.div(multiply(c, x, conjugate(c, y)), square));
}

void torchonnx::registerComplexConversions(ConversionRegistry &r) {
  for (StringRef key :
       {"aten.view_as_real", "aten.view_as_complex", "aten.contiguous",
        "aten.clone", "aten.detach", "aten.alias", "aten.lift_fresh",
        "aten.resolve_conj", "aten.resolve_neg"})
    r.addComplex(key, convertSame);
  r.addComplex("aten.real", convertPart<0>);
  r.addComplex("aten.imag", convertPart<1>);
  for (StringRef key : {"aten.conj", "aten._conj", "aten.conj_physical"})
    r.addComplex(key, convertConjugate);
  for (StringRef key : {"aten.neg", "aten.negative"})
    r.addComplex(key, convertNegative);
  for (StringRef key : {"aten.abs", "aten.absolute"})
    r.addComplex(key, convertAbsolute);
  r.addComplex("aten.complex", convertJoin<false>);
  r.addComplex("aten.polar", convertJoin<true>);
  for (StringRef kind : {".Tensor", ".Scalar"}) {
    r.addComplex(("aten.add" + kind).str(), convertSum<true>);
    r.addComplex(("aten.sub" + kind).str(), convertSum<false>);
    r.addComplex(("aten.mul" + kind).str(), convertProduct);
    r.addComplex(("aten.div" + kind).str(), convertQuotient);
  }
}
