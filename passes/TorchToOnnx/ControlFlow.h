//===- ControlFlow.h - Operations that the walk itself converts -*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_CONTROLFLOW_H
#define TORCHONNX_PASSES_TORCHTOONNX_CONTROLFLOW_H

#include "passes/TorchToOnnx/ConversionContext.h"

namespace torchonnx {

/// True for operations that stand for no operator: constants, lists, control
/// flow and terminators.
bool isConvertedByWalk(mlir::Operation *op);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_CONTROLFLOW_H
