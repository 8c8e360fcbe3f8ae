//===- Version.h - Versions of the compiler and what it is made of --------===//

#ifndef TORCH_ONNX_OPT_VERSION_H
#define TORCH_ONNX_OPT_VERSION_H

#include "llvm/ADT/StringRef.h"

namespace torchonnx {

/// The version of torch-onnx-opt, "0.1.0".
llvm::StringRef getVersion();

/// The version of the LibTorch that the compiler is linked with.
llvm::StringRef getLibTorchVersion();

/// The version of the onnx library (schemas, checker) inside the compiler.
llvm::StringRef getOnnxVersion();

/// The version of MLIR that the compiler is linked with.
llvm::StringRef getMLIRVersion();

} // namespace torchonnx

#endif // TORCH_ONNX_OPT_VERSION_H
