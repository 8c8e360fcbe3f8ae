//===- TypePromotion.h - PyTorch's type promotion ---------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_SUPPORT_TYPEPROMOTION_H
#define TORCHONNX_LIB_SUPPORT_TYPEPROMOTION_H

#include "mlir/IR/Types.h"
#include "llvm/ADT/ArrayRef.h"

namespace torchonnx {

bool isBoolDtype(mlir::Type dtype);
/// Signed and unsigned integers; not bool.
bool isIntegerDtype(mlir::Type dtype);
bool isFloatDtype(mlir::Type dtype);
bool isComplexDtype(mlir::Type dtype);

/// The dtype that values of both dtypes convert to (`torch.promote_types`).
mlir::Type promoteDtypes(mlir::Type lhs, mlir::Type rhs);

/// The dtype in which an operator computes whose operands have `types`
/// (`torch.result_type`): tensors with dimensions come before 0-dim tensors,
/// and those before Python numbers (scalars and wrapped tensors), which only
/// matter when they are of a higher kind (bool < integer < float < complex).
/// Each type is a Torch::TensorType, !torch.int, !torch.float or !torch.bool;
/// others (None) are ignored. Null if the dtype of a tensor is unknown, or its
/// rank is and matters.
mlir::Type getResultDtype(llvm::ArrayRef<mlir::Type> types);

/// The dtype of an integer or bool once an operator needs floats: PyTorch's
/// default dtype f32; floats stay as they are.
mlir::Type toFloatDtype(mlir::Type dtype);

/// The builtin type of PyTorch's ScalarType number (`torch.float32` is 6); null
/// for one this project does not know.
mlir::Type getDtypeFromScalarType(mlir::MLIRContext *context, int64_t number);
/// The inverse of getDtypeFromScalarType; -1 for a type without a number.
int64_t getScalarTypeOfDtype(mlir::Type dtype);

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_TYPEPROMOTION_H
