//===- Passes.h - TorchScript-isms to value semantics -----------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZE_PASSES_H
#define TORCHONNX_PASSES_LEGALIZE_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/Legalize/Passes.h.inc"

/// Checks that no operation in `root` writes to an operand and that there are
/// no tuples. Reports every operation that does not comply.
llvm::LogicalResult verifyLegalized(mlir::Operation *root);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZE_PASSES_H
