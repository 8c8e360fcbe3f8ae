//===- Activation.cpp - Shape functions: activations ----------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// softmax(self, dim, dtype?)
static LogicalResult inferSoftmax(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Value requested = context.operand("dtype");
  Type dtype = context.isNone(requested) ? toFloatDtype(type.getDtype())
                                         : context.dtype(requested);
  context.setTensor(0, getDims(type), dtype);
  return success();
}

/// _softmax(self, dim, half_to_float)
static LogicalResult inferRawSoftmax(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<bool> halfToFloat = context.getBool("half_to_float");
  Type dtype = type.getDtype();
  if (halfToFloat != false)
    dtype = halfToFloat ? Type(Float32Type::get(op->getContext())) : Type();
  context.setTensor(0, getDims(type), dtype);
  return success();
}

/// Outside training a dropout does nothing.
static LogicalResult inferDropout(Operation *op, InferenceContext &context) {
  (void)inferSameType(op, context);
  std::optional<double> p = context.getKnown().getFloat(context.operand("p"));
  if (context.getBool("train") == false || p == 0.0)
    context.forward(0, op->getOperand(0));
  return success();
}

/// glu(self, dim): the dimension is halved.
static LogicalResult inferGlu(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<std::optional<int64_t>> axis = getAxis(op, context);
  if (failed(axis))
    return failure();
  OptionalDims dims = *axis ? getDims(type) : std::nullopt;
  if (dims)
    (*dims)[**axis] = Symbolic::floorDiv((*dims)[**axis], 2);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

void torchonnx::registerActivationShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.relu",        "aten.relu6",         "aten.leaky_relu",
                "aten.prelu",       "aten._prelu_kernel", "aten.elu",
                "aten.selu",        "aten.celu",          "aten.gelu",
                "aten.silu",        "aten.mish",          "aten.log_sigmoid",
                "aten.hardsigmoid", "aten.hardswish",     "aten.hardtanh",
                "aten.hardshrink",  "aten.softshrink",    "aten.softplus",
                "aten.threshold",   "aten.rrelu"},
               inferSameType);
  registry.add({"aten.sigmoid", "aten.tanh"}, inferFloatType);
  registry.add(
      {"aten.softmax.int", "aten.log_softmax.int", "aten._safe_softmax"},
      inferSoftmax);
  registry.add({"aten._softmax", "aten._log_softmax"}, inferRawSoftmax);
  registry.add({"aten.dropout", "aten.feature_dropout", "aten.alpha_dropout",
                "aten.feature_alpha_dropout"},
               inferDropout);
  registry.add({"aten.glu"}, inferGlu);
}
