//===- PrintModule.h - Modules as text --------------------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_SUPPORT_PRINTMODULE_H
#define TORCHONNX_LIB_SUPPORT_PRINTMODULE_H

#include "mlir/IR/BuiltinOps.h"

namespace torchonnx {

/// Prints a module. The default flags are those of the command line.
void printModule(llvm::raw_ostream &os, mlir::ModuleOp module,
                 const mlir::OpPrintingFlags &flags = {});

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_PRINTMODULE_H
