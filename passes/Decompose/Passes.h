//===- Passes.h - The pass decompose ----------------------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_DECOMPOSE_PASSES_H
#define TORCHONNX_PASSES_DECOMPOSE_PASSES_H

#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {
#define GEN_PASS_DECL
#include "passes/Decompose/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Decompose/Passes.h.inc"
} // namespace torchonnx

#endif // TORCHONNX_PASSES_DECOMPOSE_PASSES_H
