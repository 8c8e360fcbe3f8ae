//===- SetOpset.h - The target opset as a pass ------------------*- C++ -*-===//

#ifndef TORCHONNX_TOOLS_TORCHONNXOPT_SETOPSET_H
#define TORCHONNX_TOOLS_TORCHONNXOPT_SETOPSET_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx::driver {

/// Sets the module's attribute `onnx.opset`.
void setOpset(mlir::ModuleOp module, int64_t opset);

/// The pass `set-opset{opset=20}`, which is what `--opset` is to modules that
/// mlir-opt's driver reads. It is a pass so that crash reproducers have it.
std::unique_ptr<mlir::Pass> createSetOpset(int64_t opset);
void registerSetOpset();

} // namespace torchonnx::driver

#endif // TORCHONNX_TOOLS_TORCHONNXOPT_SETOPSET_H
