//===- FunctionBodies.h - Operators defined by other operators --*- C++ -*-===//

#ifndef TORCHONNX_LIB_EXPORT_FUNCTIONBODIES_H
#define TORCHONNX_LIB_EXPORT_FUNCTIONBODIES_H

#include "mlir/IR/Builders.h"

namespace torchonnx {

/// Builds, at the builder's place, the operations that define `op` (an
/// operation of the ONNX specification) according to onnx's own function body
/// at `opset`. `values` gets what replaces the results, in order; null for a
/// result of type none. `op` stays. With the dialect's opset the new operations
/// are all of the dialect; one that an older opset spells otherwise is an
/// onnx.custom of the domain "". Fails, with the reason and without a
/// diagnostic, if there is no body.
llvm::LogicalResult
expandFunctionBody(mlir::OpBuilder &builder, mlir::Operation *op, int opset,
                   llvm::SmallVectorImpl<mlir::Value> &values,
                   std::string *reason = nullptr);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EXPORT_FUNCTIONBODIES_H
