//===- Pipelines.h - Compositions of passes ---------------------*- C++ -*-===//

#ifndef TORCH_ONNX_OPT_PIPELINES_H
#define TORCH_ONNX_OPT_PIPELINES_H

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace torchonnx {

/// The options of the pipeline `torchscript-to-onnx`. The target opset is the
/// module's attribute `onnx.opset`.
struct TorchScriptToOnnxOptions
    : public mlir::PassPipelineOptions<TorchScriptToOnnxOptions> {
  ListOption<std::string> decompositions{
      *this, "decompositions",
      llvm::cl::desc("Files with further decompositions")};
  ListOption<std::string> customDomains{
      *this, "custom-domains",
      llvm::cl::desc("ONNX domains of operator libraries: "
                     "library=domain:version")};
  Option<bool> explain{
      *this, "explain",
      llvm::cl::desc("Say which rewrites were used or declined, and why"),
      llvm::cl::init(false)};
};

/// Imported TorchScript to the onnx dialect at the module's opset: legalize,
/// infer-shapes, decompose, torch-to-onnx, optimize, legalize-opset, optimize.
void buildTorchScriptToOnnxPipeline(mlir::OpPassManager &manager,
                                    const TorchScriptToOnnxOptions &options);

/// The onnx dialect made leaner: optimize, legalize-opset, optimize.
void buildOptimizeOnnxPipeline(mlir::OpPassManager &manager,
                               bool explain = false);

/// Makes the pipelines known by name.
void registerPipelines();

} // namespace torchonnx

#endif // TORCH_ONNX_OPT_PIPELINES_H
