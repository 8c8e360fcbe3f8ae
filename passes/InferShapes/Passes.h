//===- Passes.h - The pass infer-shapes -------------------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_INFERSHAPES_PASSES_H
#define TORCHONNX_PASSES_INFERSHAPES_PASSES_H

#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {
#define GEN_PASS_DECL
#include "passes/InferShapes/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/InferShapes/Passes.h.inc"
} // namespace torchonnx

#endif // TORCHONNX_PASSES_INFERSHAPES_PASSES_H
