//===- Comparison.cpp - Comparisons, logic and bits -----------------------===//

#include "passes/TorchToOnnx/Elementwise.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using namespace torchonnx::elementwise;

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

// The operands in the type they are compared in.
static std::pair<Value, Value> comparands(Operation *op, ConversionContext &c,
                                          bool ordered) {
  Type type = c.promote(op->getOperands().take_front(2));
  if (ordered && c.isBool(type))
    type = c.builder.getBuilder().getI32Type();
  return {c.tensorAs(op->getOperand(0), type),
          c.tensorAs(op->getOperand(1), type)};
}

template <class OnnxOp>
static LogicalResult convertOrder(Operation *op, ConversionContext &c) {
  auto [a, b] = comparands(op, c, true);
  return c.replace(op, c.builder.compare<OnnxOp>(a, b));
}

static LogicalResult convertEqual(Operation *op, ConversionContext &c) {
  auto [a, b] = comparands(op, c, false);
  return c.replace(op, c.builder.equal(a, b));
}

static LogicalResult convertNotEqual(Operation *op, ConversionContext &c) {
  auto [a, b] = comparands(op, c, false);
  return c.replace(op, c.builder.logicalNot(c.builder.equal(a, b)));
}

// isclose(a, b) = a = b, or |a - b| <= atol + rtol |b| and finite
static LogicalResult convertIsclose(AtenIscloseOp op, ConversionContext &c) {
  auto rtol = op.getRtolConst(), atol = op.getAtolConst();
  if (!rtol || !atol)
    return c.fail(op, "its tolerances are not constant");
  Type type = c.promote({op.getSelf(), op.getOther()});
  bool isFloat = c.isFloat(type);
  Type compute = isFloat ? type : Type(c.builder.getBuilder().getF64Type());
  Value a = c.tensorAs(op.getSelf(), compute),
        b = c.tensorAs(op.getOther(), compute);
  Value distance = c.builder.abs(c.builder.sub(a, b));
  Value allowed =
      c.builder.add(c.builder.mul(c.builder.abs(b), number(c, *rtol, b)),
                    number(c, *atol, b));
  Value near = c.builder.lessOrEqual(distance, allowed);
  if (!isFloat)
    return c.replace(op, near);
  Value isFinite = c.builder.less(distance, number(c, INFINITY, b));
  Value result = c.builder.logicalOr(c.builder.equal(a, b),
                                     c.builder.logicalAnd(near, isFinite));
  if (op.getEqualNanConst().value_or(false)) {
    auto isNan = [&](Value x) {
      return c.builder.logicalNot(c.builder.equal(x, x));
    };
    result =
        c.builder.logicalOr(result, c.builder.logicalAnd(isNan(a), isNan(b)));
  }
  return c.replace(op, result);
}

//===----------------------------------------------------------------------===//
// Logic
//===----------------------------------------------------------------------===//

static Value truth(Operation *op, unsigned index, ConversionContext &c) {
  return c.tensorAs(op->getOperand(index), c.i1());
}

template <class OnnxOp>
static LogicalResult convertLogical(Operation *op, ConversionContext &c) {
  return c.replace(op,
                   c.builder.compare<OnnxOp>(truth(op, 0, c), truth(op, 1, c)));
}

static LogicalResult convertLogicalNot(Operation *op, ConversionContext &c) {
  return c.replace(op, c.builder.logicalNot(truth(op, 0, c)));
}

template <class BoolOp, class IntOp>
static LogicalResult convertBitwise(Operation *op, ConversionContext &c) {
  Value a = operand(op, 0, c), b = operand(op, 1, c);
  if (c.isBool(resultType(op, c)))
    return c.replace(op, c.builder.compare<BoolOp>(a, b));
  return c.replace(op, c.builder.binary<IntOp>(a, b));
}

static LogicalResult convertBitwiseNot(Operation *op, ConversionContext &c) {
  Value x = operand(op, 0, c);
  if (c.isBool(resultType(op, c)))
    return c.replace(op, c.builder.logicalNot(x));
  return c.replace(op, c.builder.unary<Onnx::BitwiseNotOp>(x));
}

// Shifts are products with, and floor divisions by, powers of two: BitShift has
// unsigned integers only.
static LogicalResult convertShift(Operation *op, bool left,
                                  ConversionContext &c) {
  Value x = operand(op, 0, c);
  Value factor;
  if (std::optional<int64_t> bits = c.constInt(op->getOperand(1)))
    factor = c.builder.scalar(int64_t(uint64_t(1) << (*bits & 63)),
                              resultType(op, c));
  else
    factor = c.binary<Onnx::PowOp>(number(c, 2, x), operand(op, 1, c));
  return c.replace(op,
                   left ? c.builder.mul(x, factor) : floorDivide(c, x, factor));
}

//===----------------------------------------------------------------------===//
// Kinds of numbers
//===----------------------------------------------------------------------===//

// False for all elements of a tensor of integers.
static Value never(ConversionContext &c, Value x) {
  return c.builder.logicalNot(c.builder.equal(x, x));
}

static LogicalResult convertIsNan(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.replace(op, never(c, x));
  return c.replace(
      op, c.builder.create<Onnx::IsNaNOp>(c.onnxType(op->getResult(0)), x));
}

static LogicalResult convertIsInf(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.replace(op, never(c, x));
  return c.replace(
      op, c.builder.create<Onnx::IsInfOp>(c.onnxType(op->getResult(0)), x));
}

// x is finite if x - x = 0
static LogicalResult convertIsFinite(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.replace(op, c.builder.equal(x, x));
  return c.replace(op, c.builder.equal(c.builder.sub(x, x), number(c, 0, x)));
}

static LogicalResult convertIsSignedInf(Operation *op, double infinity,
                                        ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  if (!c.isFloat(OnnxBuilder::elementType(x)))
    return c.replace(op, never(c, x));
  return c.replace(op, c.builder.equal(x, number(c, infinity, x)));
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerLogic(ConversionRegistry &r) {
  r.add<AtenLogicalAndOp>(convertLogical<Onnx::AndOp>);
  r.add<AtenLogicalOrOp>(convertLogical<Onnx::OrOp>);
  r.add<AtenLogicalXorOp>(convertLogical<Onnx::XorOp>);
  r.add<AtenLogicalNotOp>(convertLogicalNot);
  r.addAll<AtenBitwiseAndTensorOp, AtenBitwiseAndScalarOp, Aten__And__TensorOp,
           Aten__And__ScalarOp>(
      convertBitwise<Onnx::AndOp, Onnx::BitwiseAndOp>);
  r.addAll<AtenBitwiseOrTensorOp, AtenBitwiseOrScalarOp, Aten__Or__TensorOp,
           Aten__Or__ScalarOp>(convertBitwise<Onnx::OrOp, Onnx::BitwiseOrOp>);
  r.addAll<AtenBitwiseXorTensorOp, AtenBitwiseXorScalarOp, Aten__Xor__TensorOp,
           Aten__Xor__ScalarOp>(
      convertBitwise<Onnx::XorOp, Onnx::BitwiseXorOp>);
  r.add<AtenBitwiseNotOp>(convertBitwiseNot);
  r.addAll<AtenBitwiseLeftShiftTensorOp, AtenBitwiseLeftShiftTensorScalarOp,
           Aten__Lshift__ScalarOp>([](Operation *op, ConversionContext &c) {
    return convertShift(op, true, c);
  });
  r.addAll<AtenBitwiseRightShiftTensorOp, AtenBitwiseRightShiftTensorScalarOp,
           Aten__Rshift__ScalarOp>([](Operation *op, ConversionContext &c) {
    return convertShift(op, false, c);
  });
}

void torchonnx::registerComparisonConversions(ConversionRegistry &r) {
  r.addAll<AtenEqTensorOp, AtenEqScalarOp>(convertEqual);
  r.addAll<AtenNeTensorOp, AtenNeScalarOp>(convertNotEqual);
  r.addAll<AtenLtTensorOp, AtenLtScalarOp>(convertOrder<Onnx::LessOp>);
  r.addAll<AtenLeTensorOp, AtenLeScalarOp>(convertOrder<Onnx::LessOrEqualOp>);
  r.addAll<AtenGtTensorOp, AtenGtScalarOp>(convertOrder<Onnx::GreaterOp>);
  r.addAll<AtenGeTensorOp, AtenGeScalarOp>(
      convertOrder<Onnx::GreaterOrEqualOp>);
  r.add<AtenIscloseOp>(convertIsclose);
  r.add<AtenIsnanOp>(convertIsNan);
  r.add<AtenIsinfOp>(convertIsInf);
  r.add<AtenIsfiniteOp>(convertIsFinite);
  r.add<AtenIsposinfOp>([](Operation *op, ConversionContext &c) {
    return convertIsSignedInf(op, INFINITY, c);
  });
  r.add<AtenIsneginfOp>([](Operation *op, ConversionContext &c) {
    return convertIsSignedInf(op, -INFINITY, c);
  });
  registerLogic(r);
}
