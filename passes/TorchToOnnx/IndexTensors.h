//===- IndexTensors.h - Indexing with tensors -------------------*- C++ -*-===//
//
// x[i, :, j] with tensors i and j: the indices are broadcast against each other
// and their common shape takes the place of the indexed axes if these stand
// side by side, and comes first if they do not.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_INDEXTENSORS_H
#define TORCHONNX_PASSES_TORCHTOONNX_INDEXTENSORS_H

#include "passes/TorchToOnnx/ConversionContext.h"

namespace torchonnx {

/// The axes that are indexed, in order, and a tensor of i64 for each.
struct IndexTensors {
  llvm::SmallVector<int64_t> axes;
  llvm::SmallVector<mlir::Value> tensors;

  bool areAdjacent() const {
    return axes.back() - axes.front() + 1 == int64_t(axes.size());
  }
};

/// Reads a list of tensors and Nones. A boolean mask becomes the positions
/// where it is true.
llvm::LogicalResult readIndexTensors(mlir::Operation *op, mlir::Value torchList,
                                     IndexTensors &index, ConversionContext &c);

/// x[index]
mlir::Value gatherPositions(ConversionContext &c, mlir::Value x,
                            const IndexTensors &index);

/// x with x[index] = values, or += values. Null if the shape of x[index], to
/// which the values are broadcast, is unknown.
mlir::Value scatterPositions(ConversionContext &c, mlir::Value x,
                             const IndexTensors &index, mlir::Value values,
                             bool accumulate);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_INDEXTENSORS_H
