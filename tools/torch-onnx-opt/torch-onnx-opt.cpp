//===- torch-onnx-opt.cpp - TorchScript to ONNX driver --------------------===//

#include "Driver.h"
#include "Listing.h"
#include "Options.h"
#include "SetOpset.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "torch_onnx_opt/Register.h"
#include "llvm/Support/InitLLVM.h"

using namespace torchonnx::driver;

/// MLIR's passes that mean something for these dialects.
static void registerMlirPasses() {
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  mlir::registerInlinerPass();
  mlir::registerLocationSnapshotPass();
  mlir::registerPrintIRPass();
  mlir::registerPrintOpStatsPass();
  mlir::registerStripDebugInfoPass();
  mlir::registerSymbolDCEPass();
  mlir::registerTopologicalSortPass();
  mlir::registerViewOpGraphPass();
}

int main(int argc, char **argv) {
  llvm::InitLLVM initialized(argc, argv);
  mlir::DialectRegistry registry;
  torchonnx::registerAllDialects(registry);
  torchonnx::registerAllPasses();
  registerMlirPasses();
  registerSetOpset();

  llvm::FailureOr<Options> options = parseCommandLine(argc, argv, registry);
  if (failed(options))
    return 1;
  if (options->listPasses) {
    listPasses(llvm::outs());
    return 0;
  }
  if (options->listOps) {
    listOps(llvm::outs());
    return 0;
  }
  auto config = mlir::MlirOptMainConfig::createFromCLOptions();
  return failed(run(*options, config, registry));
}
