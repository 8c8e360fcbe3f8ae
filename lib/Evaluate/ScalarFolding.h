//===- ScalarFolding.h - Scalar and list arithmetic -------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_EVALUATE_SCALARFOLDING_H
#define TORCHONNX_LIB_EVALUATE_SCALARFOLDING_H

#include "lib/Evaluate/InferenceContext.h"

namespace torchonnx {

/// Folds an operation on Python scalars and lists (`aten.mul.int`,
/// `aten.len.t`, `aten.__is__`, `prim.ListUnpack`, ...) or a question about a
/// tensor's type
/// (`aten.size.int`, `aten.dim`, `prim.dtype`). True if the values of all
/// results are known; the context has them then. Results whose value depends
/// on a symbol become symbolic ints.
bool foldScalar(mlir::Operation *op, InferenceContext &context);

/// The known value of an arithmetic operation on 0-dim integer tensors whose
/// values are known (`floor_divide(NumToTensor(size), 2)`); null otherwise.
mlir::Attribute foldScalarTensor(mlir::Operation *op,
                                 InferenceContext &context);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_SCALARFOLDING_H
