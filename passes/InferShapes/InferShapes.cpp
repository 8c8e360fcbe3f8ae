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
    DecompositionLibrary library;
    if (failed(library.addBuiltins(&getContext())))
      return signalPassFailure();
    for (const std::string &file : decompositions)
      if (failed(library.addFile(file, &getContext())))
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
