//===- Control.cpp - Shape functions: scalars that are left over ----------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// Scalar operators have the type that their schema says; what folds is gone.
static LogicalResult inferNothing(Operation *, InferenceContext &) {
  return success();
}

/// item() and its kin: an int of integers, a float of floats, a bool of bools.
static LogicalResult inferItem(Operation *op, InferenceContext &context) {
  Type dtype = context.tensor(op->getOperand(0)).getDtype();
  if (!dtype)
    return success();
  MLIRContext *mlirContext = op->getContext();
  if (isFloatDtype(dtype))
    context.setResult(0, Torch::FloatType::get(mlirContext));
  else if (isBoolDtype(dtype))
    context.setResult(0, Torch::BoolType::get(mlirContext));
  else if (isIntegerDtype(dtype))
    context.setResult(0, Torch::IntType::get(mlirContext));
  return success();
}

void torchonnx::registerControlShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.item", "aten.ScalarImplicit"}, inferItem);
  registry.add({"aten.size.int", "aten.Int.Tensor", "aten.Float.Tensor",
                "aten.Bool.Tensor"},
               inferNothing);
}
