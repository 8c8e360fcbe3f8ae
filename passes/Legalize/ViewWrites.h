//===- ViewWrites.h - Writing through views ---------------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZE_VIEWWRITES_H
#define TORCHONNX_PASSES_LEGALIZE_VIEWWRITES_H

#include "mlir/IR/Builders.h"

namespace torchonnx {

/// The value of the tensor `viewed` after its view, made by the operation
/// `view`, became `written`. Null if the way back is not known.
mlir::Value writeThroughView(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Operation *view, mlir::Value viewed,
                             mlir::Value written);

/// The same for element `index` of a list of views such as `split` makes.
/// `elements` are the values of all elements; empty if their number is unknown.
mlir::Value writeThroughElement(mlir::OpBuilder &builder, mlir::Location loc,
                                mlir::Operation *views, mlir::Value viewed,
                                llvm::ArrayRef<mlir::Value> elements,
                                unsigned index, mlir::Value written);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZE_VIEWWRITES_H
