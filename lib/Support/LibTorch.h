//===- LibTorch.h - The one door to LibTorch --------------------*- C++ -*-===//
//
// Includes LibTorch's headers: for components with the option TORCH only.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_SUPPORT_LIBTORCH_H
#define TORCHONNX_LIB_SUPPORT_LIBTORCH_H

#include <c10/util/Exception.h>

#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

namespace torchonnx {

/// Runs `action`, which may call LibTorch, and turns every C++ exception into a
/// text without LibTorch's own stack trace. Nothing thrown by LibTorch may
/// leave through MLIR, which is built without exceptions. Returns true on
/// success.
bool guardTorch(std::string &error, llvm::function_ref<void()> action);

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_LIBTORCH_H
