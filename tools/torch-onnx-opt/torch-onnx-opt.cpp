//===- torch-onnx-opt.cpp - TorchScript to ONNX driver --------------------===//

#include "Options.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"
#if __has_include("torch_onnx_opt/Register.h")
#include "torch_onnx_opt/Register.h"
#endif
#if HAVE_Symbolic
#include "dialects/Symbolic/SymbolicDialect.h"
#endif
#if HAVE_OnnxDialect
#include "dialects/Onnx/OnnxDialect.h"
#endif
#if HAVE_Torch
#include "dialects/Torch/TorchDialect.h"
#endif

using namespace torchonnx::driver;

int main(int argc, char **argv) {
  llvm::InitLLVM initialized(argc, argv);
  mlir::DialectRegistry registry;
  registry.insert<mlir::func::FuncDialect>();
  mlir::registerTransformsPasses();
#if __has_include("torch_onnx_opt/Register.h")
  torchonnx::registerAllDialects(registry);
  torchonnx::registerAllPasses();
#else
#if HAVE_Symbolic
  registry.insert<torchonnx::Symbolic::SymbolicDialect>();
#endif
#if HAVE_OnnxDialect
  registry.insert<torchonnx::Onnx::OnnxDialect>();
#endif
#if HAVE_Torch
  registry.insert<torchonnx::Torch::TorchDialect>();
#endif
#endif
  llvm::FailureOr<Options> options = parseCommandLine(argc, argv, registry);
  if (failed(options))
    return 1;

  std::string error;
  auto input = mlir::openInputFile(options->input, &error);
  if (!input)
    return failed(reportError(error));
  auto output = mlir::openOutputFile(options->output, &error);
  if (!output)
    return failed(reportError(error));
  if (failed(mlir::MlirOptMain(output->os(), std::move(input), registry,
                               mlir::MlirOptMainConfig::createFromCLOptions())))
    return 1;
  output->keep();
  return 0;
}
