//===- ExpandActivations.cpp - Element-wise operators by older ones -------===//

#include "passes/LegalizeOpset/Rewrites.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

/// A number of the element type of `like`.
static Value number(Context &c, double value, Value like) {
  return c.b.scalar(value, OnnxBuilder::elementType(like));
}

static bool isFloat(Value value) {
  return isa<FloatType>(OnnxBuilder::elementType(value));
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

/// The forms below are those that ONNX Runtime recognizes.
static Outcome expandGelu(Context &c) {
  Value x = c.operand(0);
  Value one = number(c, 1.0, x), half = number(c, 0.5, x);
  if (c.getString("approximate", "none") == "tanh") {
    Value cube = c.b.mul(c.b.pow(x, number(c, 3.0, x)), number(c, 0.044715, x));
    Value inner =
        c.b.mul(c.b.add(x, cube), number(c, std::sqrt(2.0 / M_PI), x));
    Value gate = c.b.add(c.b.tanh(inner), one);
    return c.replace(c.b.mul(c.b.mul(x, half), gate));
  }
  Value scaled = c.b.div(x, number(c, std::sqrt(2.0), x));
  Value gate = c.b.add(c.b.unary<Onnx::ErfOp>(scaled), one);
  return c.replace(c.b.mul(c.b.mul(x, gate), half));
}

static Outcome expandHardSwish(Context &c) {
  Value x = c.operand(0);
  Value gate = c.b.unary<Onnx::HardSigmoidOp>(
      x, {c.b.realAttr("alpha", 1.0 / 6.0), c.b.realAttr("beta", 0.5)});
  return c.replace(c.b.mul(x, gate));
}

static Outcome expandMish(Context &c) {
  Value x = c.operand(0);
  return c.replace(c.b.mul(x, c.b.tanh(c.b.unary<Onnx::SoftplusOp>(x))));
}

static Outcome expandSwish(Context &c) {
  Value x = c.operand(0), scaled = x;
  double alpha = c.getReal("alpha", 1.0);
  if (alpha != 1.0)
    scaled = c.b.mul(x, number(c, alpha, x));
  return c.replace(c.b.mul(x, c.b.sigmoid(scaled)));
}

static Outcome expandCelu(Context &c) {
  Value x = c.operand(0);
  double alpha = c.getReal("alpha", 1.0);
  if (alpha == 1.0)
    return c.replace(c.b.unary<Onnx::EluOp>(x, {c.b.realAttr("alpha", 1.0)}));
  Value zero = number(c, 0.0, x), factor = number(c, alpha, x);
  Value curve =
      c.b.mul(c.b.sub(c.b.exp(c.b.div(x, factor)), number(c, 1.0, x)), factor);
  return c.replace(c.b.add(c.b.max(x, zero), c.b.min(curve, zero)));
}

//===----------------------------------------------------------------------===//
// Comparisons and selections
//===----------------------------------------------------------------------===//

/// Of NaN nothing is true.
static Outcome expandGreaterOrEqual(Context &c) {
  Value a = c.operand(0), b = c.operand(1);
  if (!isFloat(a))
    return c.replace(c.b.logicalNot(c.b.less(a, b)));
  return c.replace(c.b.logicalOr(c.b.greater(a, b), c.b.equal(a, b)));
}
static Outcome expandLessOrEqual(Context &c) {
  Value a = c.operand(0), b = c.operand(1);
  if (!isFloat(a))
    return c.replace(c.b.logicalNot(c.b.greater(a, b)));
  return c.replace(c.b.logicalOr(c.b.less(a, b), c.b.equal(a, b)));
}

static Value select(Context &c, bool isMax, Value a, Value b) {
  return c.b.where(isMax ? c.b.greater(a, b) : c.b.less(a, b), a, b);
}

/// Max and Min took floating point numbers only.
template <bool isMax> static Outcome expandIntegerMax(Context &c) {
  if (isFloat(c.operand(0)))
    return Outcome::Unchanged;
  Value all = c.operand(0);
  for (unsigned i = 1; i < c.op->getNumOperands(); ++i)
    all = select(c, isMax, all, c.operand(i));
  return c.replace(all);
}

static Outcome expandIntegerClip(Context &c) {
  Value x = c.operand(0);
  if (isFloat(x))
    return Outcome::Unchanged;
  if (Value low = c.operand(1))
    x = select(c, /*isMax=*/true, x, low);
  if (Value high = c.operand(2))
    x = select(c, /*isMax=*/false, x, high);
  return c.replace(x);
}

static Outcome expandIntegerRelu(Context &c) {
  Value x = c.operand(0);
  if (isFloat(x))
    return Outcome::Unchanged;
  return c.replace(select(c, /*isMax=*/true, x,
                          c.b.scalar(int64_t(0), OnnxBuilder::elementType(x))));
}

/// Bitwise operators are logical ones on booleans.
template <typename Logical> static Outcome expandBitwise(Context &c) {
  if (!OnnxBuilder::elementType(c.operand(0)).isInteger(1))
    return Outcome::Unchanged;
  return c.replace(
      c.b.create<Logical>(c.op->getResult(0).getType(), c.op->getOperands()));
}

/// Zeros where the mask of the triangle says so.
static Outcome expandTrilu(Context &c) {
  Value x = c.operand(0), k = c.operand(1);
  auto type = dyn_cast<RankedTensorType>(x.getType());
  if (!type || type.getRank() < 2)
    return c.refuse(14, "on a tensor of unknown rank");
  int64_t rank = type.getRank();
  Type i64 = c.b.getBuilder().getI64Type();
  // Row and column numbers; columns are moved by k.
  auto count = [&](int64_t axis) -> Value {
    SmallVector<Symbolic::DimAttr> dims = OnnxBuilder::dims(x);
    Symbolic::DimAttr size = dims[axis];
    Value zero = c.b.scalar(int64_t(0), i64), limit;
    if (size && size.isConstant())
      limit = c.b.scalar(*size.getConstantValue(), i64);
    else
      limit = c.b.squeeze(c.b.shape(x, axis, axis + 1), int64_t(0));
    return c.b.create<Onnx::RangeOp>(
        OnnxBuilder::tensorType(size, i64),
        {zero, limit, c.b.scalar(int64_t(1), i64)});
  };
  Value rows = c.b.unsqueeze(count(rank - 2), int64_t(1));
  Value columns = c.b.unsqueeze(count(rank - 1), int64_t(0));
  if (k)
    rows = c.b.add(rows, c.b.reshape(k, ArrayRef<int64_t>()));
  Value inside = c.getInt("upper", 1) ? c.b.greaterOrEqual(columns, rows)
                                      : c.b.lessOrEqual(columns, rows);
  Type elementType = OnnxBuilder::elementType(x);
  Value zero = isa<FloatType>(elementType)
                   ? c.b.scalar(0.0, elementType)
                   : c.b.scalar(int64_t(0), elementType);
  return c.replace(c.b.where(inside, x, zero));
}

void legalize_opset::registerActivations(Table &table) {
  table.expand("Gelu", 20, expandGelu);
  table.expand("HardSwish", 14, expandHardSwish);
  table.expand("Mish", 18, expandMish);
  table.expand("Swish", 24, expandSwish);
  table.expand("Celu", 12, expandCelu);
  table.expand("GreaterOrEqual", 12, expandGreaterOrEqual);
  table.expand("LessOrEqual", 12, expandLessOrEqual);
  table.expand("Max", 12, expandIntegerMax<true>);
  table.expand("Min", 12, expandIntegerMax<false>);
  table.expand("Clip", 12, expandIntegerClip);
  table.expand("Relu", 14, expandIntegerRelu);
  table.expand("BitwiseAnd", 18, expandBitwise<Onnx::AndOp>);
  table.expand("BitwiseOr", 18, expandBitwise<Onnx::OrOp>);
  table.expand("BitwiseXor", 18, expandBitwise<Onnx::XorOp>);
  table.expand("BitwiseNot", 18, expandBitwise<Onnx::NotOp>);
  table.expand("Trilu", 14, expandTrilu);
}
