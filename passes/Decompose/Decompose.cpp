//===- Decompose.cpp - The pass decompose ---------------------------------===//

#include "lib/Evaluate/Evaluator.h"
#include "passes/Decompose/Passes.h"
#include "passes/TorchToOnnx/ConversionRegistry.h"

namespace torchonnx {
#define GEN_PASS_DEF_DECOMPOSE
#include "passes/Decompose/Passes.h.inc"
} // namespace torchonnx

using namespace mlir;
using namespace torchonnx;

namespace {
struct Decompose : public torchonnx::impl::DecomposeBase<Decompose> {
  using DecomposeBase::DecomposeBase;

  void runOnOperation() override {
    EvaluatorOptions options;
    options.decompose = true;
    options.hasConversion = [](StringRef key) { return hasConversion(key); };
    if (explain)
      options.explain = [](Location loc, StringRef message) {
        emitRemark(loc) << message;
      };
    if (failed(evaluateModule(getOperation(), decompositions, options)))
      signalPassFailure();
  }
};
} // namespace
