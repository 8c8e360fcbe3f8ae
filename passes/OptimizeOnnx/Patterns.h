//===- Patterns.h - The rewrites of the optimizer ---------------*- C++ -*-===//
//
// One function for each file of rewrites. A rewrite never makes a model larger
// and never changes a result, except for the rounding of a fused weight
// or of a quotient.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_PASSES_OPTIMIZEONNX_PATTERNS_H
#define TORCHONNX_PASSES_OPTIMIZEONNX_PATTERNS_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/PatternMatch.h"

namespace torchonnx::optimize {

/// Operators on constants, unless the result takes `maxGrowth` bytes more.
void populateConstantFolding(mlir::RewritePatternSet &patterns,
                             int64_t maxGrowth);
/// BatchNormalization, scales and biases into the weights before them.
void populateFuseWeights(mlir::RewritePatternSet &patterns);
/// MatMul, Add and Transpose into Gemm.
void populateFuseLinear(mlir::RewritePatternSet &patterns);
/// Operators that give back their operand.
void populateIdentities(mlir::RewritePatternSet &patterns);
/// Pads into the operator that pads anyway; Clip and Relu into one.
void populatePadding(mlir::RewritePatternSet &patterns);
/// Products with a reciprocal.
void populateQuotients(mlir::RewritePatternSet &patterns);
/// Chains of operators that change the shape only. With `shapeHasRange`, parts
/// of a shape are taken by Shape itself, which opset 15 brought.
void populateReshapes(mlir::RewritePatternSet &patterns, bool shapeHasRange);
/// Slices of slices, and slices that take a tensor apart. With `splitHasSizes`,
/// Split takes the sizes of its parts as an operand, as opset 13 brought.
void populateSlices(mlir::RewritePatternSet &patterns, bool splitHasSizes);
void populateTransposes(mlir::RewritePatternSet &patterns);
void populateCasts(mlir::RewritePatternSet &patterns);

/// Computes the integers that describe shapes, symbolically, in one walk, and
/// replaces those that are known. Returns true if something changed.
bool simplifyShapeArithmetic(mlir::ModuleOp module,
                             mlir::RewriterBase::Listener *listener);

} // namespace torchonnx::optimize

#endif // TORCHONNX_PASSES_OPTIMIZEONNX_PATTERNS_H
