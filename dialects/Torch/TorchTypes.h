//===- TorchTypes.h - Types of the torch dialect ----------------*- C++ -*-===//
//
// Several of these have namesakes in mlir::, so write `Torch::TensorType` where
// both namespaces are in use.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHTYPES_H
#define TORCHONNX_DIALECTS_TORCH_TORCHTYPES_H

#include "dialects/Symbolic/SymbolicDialect.h"
#include "dialects/Torch/TorchDialect.h"
#include "mlir/IR/Types.h"

#define GET_TYPEDEF_CLASSES
#include "dialects/Torch/TorchTypes.h.inc"

namespace torchonnx::Torch {

/// Whether `type` can be the dtype of a tensor.
bool isValidDtype(mlir::Type type);

} // namespace torchonnx::Torch

#endif // TORCHONNX_DIALECTS_TORCH_TORCHTYPES_H
