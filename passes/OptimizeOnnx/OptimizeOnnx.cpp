//===- OptimizeOnnx.cpp - The pass `optimize` -----------------------------===//

#include "passes/OptimizeOnnx/Passes.h"

#include "dialects/Onnx/OnnxOps.h"
#include "lib/Support/Explain.h"
#include "passes/OptimizeOnnx/Patterns.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace torchonnx {
#define GEN_PASS_DEF_OPTIMIZEONNX
#include "passes/OptimizeOnnx/Passes.h.inc"
} // namespace torchonnx

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

/// Constants stand at the start of the outermost block, in the order of their
/// first use. Rewriting scatters them, and the file's weights should have the
/// order of the layers.
static void orderConstants(ModuleOp module) {
  for (Operation &function : module.getBody()->getOperations()) {
    if (function.getNumRegions() == 0 || function.getRegion(0).empty())
      continue;
    Block &block = function.getRegion(0).front();
    llvm::SetVector<Operation *> constants;
    function.walk<WalkOrder::PreOrder>([&](Operation *op) {
      for (Value operand : op->getOperands())
        if (Operation *constant = operand.getDefiningOp())
          if (isa<Onnx::InitializerOp, Onnx::NoneOp>(constant) &&
              constant->getBlock() == &block)
            constants.insert(constant);
    });
    Operation *previous = nullptr;
    for (Operation *constant : constants) {
      if (previous)
        constant->moveAfter(previous);
      else
        constant->moveBefore(&block, block.begin());
      previous = constant;
    }
  }
}

static void mergeEqualOperations(ModuleOp module,
                                 RewriterBase::Listener *listener) {
  IRRewriter rewriter(module.getContext(), listener);
  DominanceInfo dominance(module);
  eliminateCommonSubExpressions(rewriter, dominance, module);
}

LogicalResult torchonnx::optimizeOnnx(ModuleOp module, int64_t maxGrowth,
                                      RewriterBase::Listener *listener) {
  // A model that is already spelled for its opset must stay so.
  auto opset = module->getAttrOfType<IntegerAttr>("onnx.opset");
  RewritePatternSet set(module.getContext());
  populateConstantFolding(set, maxGrowth);
  populateFuseWeights(set);
  populateFuseLinear(set);
  populateIdentities(set);
  populatePadding(set);
  populateQuotients(set);
  populateReshapes(set, !opset || opset.getInt() >= 15);
  populateSlices(set, !opset || opset.getInt() >= 13);
  populateTransposes(set);
  populateCasts(set);
  FrozenRewritePatternSet patterns(std::move(set));

  GreedyRewriteConfig config;
  config.useTopDownTraversal = true;
  config.enableRegionSimplification = GreedySimplifyRegionLevel::Disabled;
  // A rewrite puts the operations around it back on the list, so that one
  // traversal is enough.
  config.maxIterations = 2;
  config.listener = listener;

  // Merging first: a weight that only equal operations use has one user after.
  mergeEqualOperations(module, listener);
  simplifyShapeArithmetic(module, listener);
  bool changed = false;
  (void)applyPatternsAndFoldGreedily(module, patterns, config, &changed);
  // The rewrites make shapes known that were not, and operations equal.
  if (simplifyShapeArithmetic(module, listener) || changed) {
    mergeEqualOperations(module, listener);
    (void)applyPatternsAndFoldGreedily(module, patterns, config);
    mergeEqualOperations(module, listener);
  }
  orderConstants(module);
  return success();
}

namespace {
struct OptimizeOnnxPass : torchonnx::impl::OptimizeOnnxBase<OptimizeOnnxPass> {
  using OptimizeOnnxBase::OptimizeOnnxBase;

  void runOnOperation() override {
    ExplainListener listener;
    if (failed(optimizeOnnx(getOperation(), maxGrowth,
                            explain ? &listener : nullptr)))
      signalPassFailure();
  }
};
} // namespace
