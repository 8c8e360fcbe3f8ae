//===- Elementwise.cpp - Shape functions: elementwise operators -----------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// Operands that take part in broadcasting and promotion: the first `count`.
static LogicalResult inferBroadcast(Operation *op, InferenceContext &context,
                                    unsigned count,
                                    function_ref<Type(Type)> adjust) {
  SmallVector<Torch::TensorType> tensors;
  SmallVector<Type> types;
  for (Value operand : op->getOperands().take_front(count)) {
    types.push_back(operand.getType());
    if (auto tensor = dyn_cast<Torch::TensorType>(operand.getType()))
      tensors.push_back(tensor);
  }
  FailureOr<OptionalDims> dims = broadcastDims(tensors, context);
  if (failed(dims))
    return failure();
  Type dtype = getResultDtype(types);
  context.setTensor(0, *dims, adjust(dtype));
  return success();
}

static Type keep(Type dtype) { return dtype; }
static Type toFloat(Type dtype) { return toFloatDtype(dtype); }

static LogicalResult inferBinary(Operation *op, InferenceContext &context) {
  return inferBroadcast(op, context, 2, keep);
}

static LogicalResult inferFloatBinary(Operation *op,
                                      InferenceContext &context) {
  return inferBroadcast(op, context, 2, toFloat);
}

static LogicalResult inferTernary(Operation *op, InferenceContext &context) {
  return inferBroadcast(op, context, 3, keep);
}

static LogicalResult inferCompare(Operation *op, InferenceContext &context) {
  return inferBroadcast(op, context, 2, [&](Type) -> Type {
    return IntegerType::get(op->getContext(), 1);
  });
}

/// div with a rounding mode: integers stay integers.
static LogicalResult inferRoundedDiv(Operation *op, InferenceContext &context) {
  bool isTrueDiv = context.isNone(context.operand("rounding_mode"));
  return inferBroadcast(op, context, 2, isTrueDiv ? toFloat : keep);
}

/// float_power computes in f64 (or complex).
static LogicalResult inferFloatPower(Operation *op, InferenceContext &context) {
  return inferBroadcast(op, context, 2, [&](Type dtype) -> Type {
    if (!dtype || isComplexDtype(dtype))
      return {};
    return Float64Type::get(op->getContext());
  });
}

/// abs: complex numbers become real.
static LogicalResult inferAbsolute(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  auto complex = dyn_cast_or_null<ComplexType>(type.getDtype());
  context.setTensor(0, getDims(type),
                    complex ? complex.getElementType() : type.getDtype());
  return success();
}

/// complex(real, imag), polar(abs, angle)
static LogicalResult inferComplex(Operation *op, InferenceContext &context) {
  return inferBroadcast(op, context, 2, [&](Type dtype) -> Type {
    return isa_and_nonnull<FloatType>(dtype) ? ComplexType::get(dtype) : Type();
  });
}

/// The result keeps the dtype of self (lerp, masks), whatever the others are.
static LogicalResult inferSelfDtype(Operation *op, InferenceContext &context) {
  Type dtype = context.tensor(op->getOperand(0)).getDtype();
  return inferBroadcast(op, context, 3, [&](Type) { return dtype; });
}

void torchonnx::registerElementwiseShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.abs", "aten.absolute", "aten.real", "aten.imag"},
               inferAbsolute);
  registry.add({"aten.complex", "aten.polar"}, inferComplex);
  registry.add({"aten.conj", "aten._conj", "aten.conj_physical"},
               inferSameType);
  registry.add({"aten.neg", "aten.negative", "aten.sign", "aten.sgn",
                "aten.positive", "aten.square", "aten.ceil", "aten.floor",
                "aten.round", "aten.round.decimals", "aten.trunc", "aten.fix",
                "aten.frac", "aten.bitwise_not", "aten.nan_to_num"},
               inferSameType);
  registry.add({"aten.reciprocal",    "aten.sqrt",         "aten.rsqrt",
                "aten.exp",           "aten.exp2",         "aten.expm1",
                "aten.log",           "aten.log2",         "aten.log10",
                "aten.log1p",         "aten.sin",          "aten.cos",
                "aten.tan",           "aten.asin",         "aten.acos",
                "aten.atan",          "aten.sinh",         "aten.cosh",
                "aten.asinh",         "aten.acosh",        "aten.atanh",
                "aten.erf",           "aten.erfc",         "aten.erfinv",
                "aten.sinc",          "aten.deg2rad",      "aten.rad2deg",
                "aten.lgamma",        "aten.digamma",      "aten.logit",
                "aten.special_expit", "aten.special_log1p"},
               inferFloatType);
  registry.add({"aten.isnan", "aten.isinf", "aten.isfinite", "aten.isposinf",
                "aten.isneginf", "aten.logical_not", "aten.signbit"},
               inferBoolType);
  registry.add({"aten.add.Tensor",
                "aten.add.Scalar",
                "aten.sub.Tensor",
                "aten.sub.Scalar",
                "aten.subtract.Tensor",
                "aten.rsub.Tensor",
                "aten.rsub.Scalar",
                "aten.mul.Tensor",
                "aten.mul.Scalar",
                "aten.multiply.Tensor",
                "aten.multiply.Scalar",
                "aten.floor_divide",
                "aten.floor_divide.Scalar",
                "aten.remainder.Tensor",
                "aten.remainder.Scalar",
                "aten.fmod.Tensor",
                "aten.fmod.Scalar",
                "aten.pow.Tensor_Tensor",
                "aten.pow.Tensor_Scalar",
                "aten.pow.Scalar",
                "aten.maximum",
                "aten.minimum",
                "aten.max.other",
                "aten.min.other",
                "aten.fmax",
                "aten.fmin",
                "aten.clamp_min",
                "aten.clamp_min.Tensor",
                "aten.clamp_max",
                "aten.clamp_max.Tensor",
                "aten.heaviside",
                "aten.bitwise_and.Tensor",
                "aten.bitwise_and.Scalar",
                "aten.bitwise_or.Tensor",
                "aten.bitwise_or.Scalar",
                "aten.bitwise_xor.Tensor",
                "aten.bitwise_xor.Scalar",
                "aten.bitwise_left_shift.Tensor",
                "aten.bitwise_left_shift.Tensor_Scalar",
                "aten.bitwise_right_shift.Tensor",
                "aten.bitwise_right_shift.Tensor_Scalar",
                "aten.__and__.Tensor",
                "aten.__and__.Scalar",
                "aten.__or__.Tensor",
                "aten.__or__.Scalar",
                "aten.__xor__.Tensor",
                "aten.__xor__.Scalar",
                "aten.__lshift__.Scalar",
                "aten.__rshift__.Scalar"},
               inferBinary);
  registry.add({"aten.div.Tensor", "aten.div.Scalar", "aten.true_divide.Tensor",
                "aten.true_divide.Scalar", "aten.divide.Tensor",
                "aten.divide.Scalar", "aten.atan2", "aten.hypot",
                "aten.copysign.Tensor", "aten.xlogy.Tensor",
                "aten.xlogy.Scalar_Other", "aten.xlogy.Scalar_Self",
                "aten.logaddexp", "aten.logaddexp2"},
               inferFloatBinary);
  registry.add({"aten.div.Tensor_mode", "aten.div.Scalar_mode"},
               inferRoundedDiv);
  registry.add(
      {"aten.float_power.Tensor_Tensor", "aten.float_power.Tensor_Scalar"},
      inferFloatPower);
  registry.add({"aten.eq.Tensor", "aten.eq.Scalar", "aten.ne.Tensor",
                "aten.ne.Scalar", "aten.lt.Tensor", "aten.lt.Scalar",
                "aten.le.Tensor", "aten.le.Scalar", "aten.gt.Tensor",
                "aten.gt.Scalar", "aten.ge.Tensor", "aten.ge.Scalar",
                "aten.logical_and", "aten.logical_or", "aten.logical_xor",
                "aten.isclose"},
               inferCompare);
  registry.add({"aten.clamp", "aten.clamp.Tensor", "aten.clip", "aten.addcmul",
                "aten.addcdiv"},
               inferTernary);
  registry.add({"aten.lerp.Tensor", "aten.lerp.Scalar"}, inferSelfDtype);
}
