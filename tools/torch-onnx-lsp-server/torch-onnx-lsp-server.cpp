//===- torch-onnx-lsp-server.cpp - The dialects in an editor --------------===//

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "torch_onnx_opt/Register.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  torchonnx::registerAllDialects(registry);
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
