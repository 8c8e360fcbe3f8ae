//===- ShapeHelpers.h - What shape functions have in common -----*- C++ -*-===//

#ifndef TORCHONNX_PASSES_INFERSHAPES_SHAPEHELPERS_H
#define TORCHONNX_PASSES_INFERSHAPES_SHAPEHELPERS_H

#include "lib/Evaluate/ShapeFunctionRegistry.h"
#include "lib/Support/TypePromotion.h"

namespace torchonnx {

using Dims = InferenceContext::Dims;
using OptionalDims = std::optional<Dims>;
using Symbolic::DimAttr;

/// The dimensions of a tensor type as a list to work on.
OptionalDims getDims(Torch::TensorType type);

/// The dimensions after broadcasting; nullopt if a rank is unknown, failure
/// (with an error) if the sizes can't broadcast.
mlir::FailureOr<OptionalDims>
broadcastDims(llvm::ArrayRef<Torch::TensorType> types,
              InferenceContext &context);

/// Result 0 has the dimensions and dtype of operand 0.
llvm::LogicalResult inferSameType(mlir::Operation *op,
                                  InferenceContext &context);
/// Like inferSameType, but integers and bools become f32.
llvm::LogicalResult inferFloatType(mlir::Operation *op,
                                   InferenceContext &context);
/// Result 0 has the dimensions of operand 0, and dtype bool.
llvm::LogicalResult inferBoolType(mlir::Operation *op,
                                  InferenceContext &context);

/// Sizes given as a list of ints where unknown elements are null; nullopt if
/// the list itself isn't known.
OptionalDims getSizes(InferenceContext &context, mlir::Value list);

/// The dimension of operand 0 that the argument `dim` names, counted from the
/// front; nullopt if that or the rank is unknown. An error if it is out of
/// range, and for a 0-dim tensor, which has none.
mlir::FailureOr<std::optional<int64_t>> getAxis(mlir::Operation *op,
                                                InferenceContext &context);

/// The dims an operator works on: the list `dims`, wrapped; all of them for
/// None or an empty list. nullopt if unknown; failure if out of range.
mlir::FailureOr<std::optional<llvm::SmallVector<int64_t>>>
getReducedDims(InferenceContext &context, mlir::Value dims, int64_t rank);

/// `dims` without `reduced`, or with them as size 1.
Dims reduceDims(llvm::ArrayRef<DimAttr> dims, llvm::ArrayRef<int64_t> reduced,
                bool keepDim, InferenceContext &context);

/// (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1, rounded
/// down, or up for `ceilMode` (without windows that start beyond the input).
DimAttr windowedSize(DimAttr size, DimAttr kernel, int64_t stride,
                     int64_t padding, int64_t dilation, bool ceilMode = false);

/// Repeats a list of one value `count` times; other lists stay.
llvm::SmallVector<int64_t> expandList(llvm::ArrayRef<int64_t> list,
                                      size_t count);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_INFERSHAPES_SHAPEHELPERS_H
