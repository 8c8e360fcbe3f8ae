//===- InferShapes.cpp - The pass infer-shapes ----------------------------===//

#include "lib/Evaluate/Evaluator.h"
#include "passes/InferShapes/Passes.h"

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
