//===- Register.h - Dialects and passes of the compiler ---------*- C++ -*-===//

#ifndef TORCH_ONNX_OPT_REGISTER_H
#define TORCH_ONNX_OPT_REGISTER_H

#include "mlir/IR/DialectRegistry.h"

namespace torchonnx {

/// Registers the dialects symbolic, torch, onnx and func.
void registerAllDialects(mlir::DialectRegistry &registry);

/// Makes all passes of the compiler known by name.
void registerAllPasses();

} // namespace torchonnx

#endif // TORCH_ONNX_OPT_REGISTER_H
