//===- OnnxFolder.h - ONNX operators on constants ---------------*- C++ -*-===//
//
// Evaluates one ONNX operator on constant operands, with LibTorch. This header
// needs no LibTorch headers.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_EVALUATE_ONNXFOLDER_H
#define TORCHONNX_LIB_EVALUATE_ONNXFOLDER_H

#include "lib/Support/Constants.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>
#include <string>

namespace torchonnx {

/// A constant's type and bytes; a boolean takes a byte.
struct ConstantTensor {
  mlir::RankedTensorType type;
  ConstantBytes bytes;
};

/// Whether evaluateOnnx knows the operator.
bool canEvaluateOnnx(llvm::StringRef op);

/// Evaluates the operator `op` ("Transpose") with the semantics of the
/// dialect's opset. An absent operand is nullopt. `type` is the type that the
/// result must have, null if it isn't known; its shape may be dynamic. The
/// bytes of the operands are not copied, and the result may alias them: its
/// owner keeps them alive. On failure, `error` says why.
///
/// It is also what computes a `#onnx.fold` when its bytes are read.
llvm::FailureOr<ConstantTensor>
evaluateOnnx(llvm::StringRef op,
             llvm::ArrayRef<std::optional<ConstantTensor>> inputs,
             mlir::DictionaryAttr attributes, mlir::RankedTensorType type,
             std::string &error);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_ONNXFOLDER_H
