//===- Passes.h - Optimization of onnx-dialect IR ---------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_H
#define TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_H

#include "dialects/Onnx/OnnxDialect.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"

namespace torchonnx {

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "passes/OptimizeOnnx/Passes.h.inc"

/// What the pass `optimize` does, for other passes. `maxGrowth` is its option
/// of that name; `listener` hears of every rewrite.
llvm::LogicalResult
optimizeOnnx(mlir::ModuleOp module, int64_t maxGrowth = 65536,
             mlir::RewriterBase::Listener *listener = nullptr);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_OPTIMIZEONNX_PASSES_H
