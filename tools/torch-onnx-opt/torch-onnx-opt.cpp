//===- torch-onnx-opt.cpp - TorchScript to ONNX driver --------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#if __has_include("torch_onnx_opt/Register.h")
#include "torch_onnx_opt/Register.h"
#endif

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  registry.insert<mlir::func::FuncDialect>();
  mlir::registerTransformsPasses();
#if __has_include("torch_onnx_opt/Register.h")
  torchonnx::registerAllDialects(registry);
  torchonnx::registerAllPasses();
#endif
  return mlir::failed(
      mlir::MlirOptMain(argc, argv, "torch-onnx-opt\n", registry));
}
