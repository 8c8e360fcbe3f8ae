//===- Pipelines.cpp - Compositions of passes -----------------------------===//

#include "torch_onnx_opt/Pipelines.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/Decompose/Passes.h"
#include "passes/InferShapes/Passes.h"
#include "passes/Legalize/Passes.h"
#include "passes/LegalizeOpset/Passes.h"
#include "passes/OptimizeOnnx/Passes.h"
#include "passes/TorchToOnnx/Passes.h"

using namespace mlir;
using namespace torchonnx;

void torchonnx::buildOptimizeOnnxPipeline(OpPassManager &manager,
                                          bool explain) {
  OptimizeOnnxOptions options;
  options.explain = explain;
  manager.addPass(createOptimizeOnnx(options));
  manager.addPass(createLegalizeOpset());
  // What an older opset spells with more operations folds again.
  manager.addPass(createOptimizeOnnx(options));
}

void torchonnx::buildTorchScriptToOnnxPipeline(
    OpPassManager &manager, const TorchScriptToOnnxOptions &options) {
  SmallVector<std::string> decompositions(options.decompositions.begin(),
                                          options.decompositions.end());
  manager.addPass(createLegalize());
  InferShapesOptions inferShapes;
  inferShapes.decompositions = decompositions;
  manager.addPass(createInferShapes(inferShapes));
  DecomposeOptions decompose;
  decompose.decompositions = decompositions;
  decompose.explain = options.explain;
  manager.addPass(createDecompose(decompose));
  TorchToOnnxOptions torchToOnnx;
  SmallVector<std::string> customDomains(options.customDomains.begin(),
                                         options.customDomains.end());
  torchToOnnx.customDomains = customDomains;
  manager.addPass(createTorchToOnnx(torchToOnnx));
  buildOptimizeOnnxPipeline(manager, options.explain);
}

void torchonnx::registerPipelines() {
  PassPipelineRegistration<TorchScriptToOnnxOptions>(
      "torchscript-to-onnx",
      "Imported TorchScript to the onnx dialect at the module's opset",
      buildTorchScriptToOnnxPipeline);
  PassPipelineRegistration<>(
      "optimize-onnx", "The onnx dialect, leaner, at the module's opset",
      [](OpPassManager &manager) { buildOptimizeOnnxPipeline(manager); });
}
