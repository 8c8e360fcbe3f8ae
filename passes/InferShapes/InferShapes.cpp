//===- InferShapes.cpp - The pass infer-shapes ----------------------------===//

#include "passes/InferShapes/Passes.h"
#include "lib/Evaluate/Evaluator.h"

namespace torchonnx {
#define GEN_PASS_DEF_INFERSHAPES
#include "passes/InferShapes/Passes.h.inc"
} // namespace torchonnx

using namespace mlir;
using namespace torchonnx;

namespace {
struct InferShapes : public torchonnx::impl::InferShapesBase<InferShapes> {
  using InferShapesBase::InferShapesBase;

  void runOnOperation() override {
    if (failed(evaluateModule(getOperation(), decompositions, {})))
      signalPassFailure();
  }
};
} // namespace
