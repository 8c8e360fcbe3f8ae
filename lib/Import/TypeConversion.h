//===- TypeConversion.h - LibTorch's types in the dialect -------*- C++ -*-===//

#ifndef TORCHONNX_LIB_IMPORT_TYPECONVERSION_H
#define TORCHONNX_LIB_IMPORT_TYPECONVERSION_H

#include <ATen/core/jit_type.h>

#include "mlir/IR/Types.h"

namespace torchonnx {

/// The builtin type of a dtype; null for quantized and other dtypes which the
/// dialect has no type for.
mlir::Type convertDtype(mlir::MLIRContext *context, c10::ScalarType dtype);

/// The dialect's type of a TorchScript type. Tensors become unknown tensors;
/// classes and other opaque types become `!torch.any`.
mlir::Type convertType(mlir::MLIRContext *context, const c10::TypePtr &type);

} // namespace torchonnx

#endif // TORCHONNX_LIB_IMPORT_TYPECONVERSION_H
