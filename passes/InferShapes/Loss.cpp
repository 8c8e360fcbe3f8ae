//===- Loss.cpp - Shape functions: losses ---------------------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// Losses of (input, target, ..., reduction): 0 none, 1 mean, 2 sum.
static LogicalResult inferLoss(Operation *op, InferenceContext &context) {
  Torch::TensorType input = context.tensor(op->getOperand(0));
  Torch::TensorType target = context.tensor(op->getOperand(1));
  Type dtype = getResultDtype({input, target});
  std::optional<int64_t> reduction = context.getInt("reduction");
  if (!reduction) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  if (*reduction != 0) {
    context.setTensor(0, Dims(), dtype);
    return success();
  }
  FailureOr<OptionalDims> dims = broadcastDims({input, target}, context);
  if (failed(dims))
    return failure();
  context.setTensor(0, *dims, dtype);
  return success();
}

void torchonnx::registerLossShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.mse_loss", "aten.l1_loss", "aten.smooth_l1_loss",
                "aten.huber_loss", "aten.binary_cross_entropy",
                "aten.binary_cross_entropy_with_logits", "aten.kl_div",
                "aten.soft_margin_loss"},
               inferLoss);
}
