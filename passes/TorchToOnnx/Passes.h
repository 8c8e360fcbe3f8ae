//===- Passes.h - From the torch to the onnx dialect ------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_PASSES_H
#define TORCHONNX_PASSES_TORCHTOONNX_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/TorchToOnnx/Passes.h.inc"

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_PASSES_H
