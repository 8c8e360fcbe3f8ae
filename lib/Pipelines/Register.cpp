//===- Register.cpp - Dialects and passes of the compiler -----------------===//

#include "torch_onnx_opt/Register.h"
#include "dialects/Onnx/OnnxDialect.h"
#include "dialects/Symbolic/SymbolicDialect.h"
#include "dialects/Torch/TorchDialect.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Decompose/Passes.h"
#include "passes/InferShapes/Passes.h"
#include "passes/Legalize/Passes.h"
#include "passes/LegalizeOpset/Passes.h"
#include "passes/OptimizeOnnx/Passes.h"
#include "passes/TorchToOnnx/Passes.h"
#include "torch_onnx_opt/Pipelines.h"

using namespace torchonnx;

void torchonnx::registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<Symbolic::SymbolicDialect, Torch::TorchDialect,
                  Onnx::OnnxDialect, mlir::func::FuncDialect>();
}

void torchonnx::registerAllPasses() {
  registerLegalizePasses();
  registerInferShapesPasses();
  registerDecomposePasses();
  registerTorchToOnnxPasses();
  registerOptimizeOnnxPasses();
  registerLegalizeOpsetPasses();
  registerPipelines();
}
