//===- Elementwise.h - What element-wise conversions share ------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_ELEMENTWISE_H
#define TORCHONNX_PASSES_TORCHTOONNX_ELEMENTWISE_H

#include "dialects/Torch/ElementwiseOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

namespace torchonnx::elementwise {

/// The operation's dtype, in which PyTorch computes as well.
inline mlir::Type resultType(mlir::Operation *op, ConversionContext &c) {
  return c.dtype(op->getResult(0));
}

/// An operand of the operation in the result's dtype.
inline mlir::Value operand(mlir::Operation *op, unsigned index,
                           ConversionContext &c) {
  return c.operand(op, index);
}

/// A number in the dtype of a value.
inline mlir::Value number(ConversionContext &c, double value,
                          mlir::Value like) {
  return c.builder.scalar(value, OnnxBuilder::elementType(like));
}

/// floor(a / b). `isExact`: the division does not round.
mlir::Value floorDivide(ConversionContext &c, mlir::Value a, mlir::Value b,
                        bool isExact = false);

} // namespace torchonnx::elementwise

#endif // TORCHONNX_PASSES_TORCHTOONNX_ELEMENTWISE_H
