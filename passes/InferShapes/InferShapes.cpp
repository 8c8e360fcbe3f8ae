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
    DecompositionLibrary library(&getContext());
    if (failed(library.addFiles(decompositions)))
      return signalPassFailure();
    EvaluatorOptions options;
    options.library = &library;
    bool hasFailed = false;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal())
        hasFailed |= failed(Evaluator(function, options).run());
    if (hasFailed)
      signalPassFailure();
  }
};
} // namespace
