//===- Constants.h - Reading and making constant tensors --------*- C++ -*-===//
//
// A constant is an attribute: dense, a splat, a blob that refers to memory held
// elsewhere (LibTorch's storages, a mapped file), or a computation on such
// (#onnx.fold). Nobody but readConstant tells them apart.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_SUPPORT_CONSTANTS_H
#define TORCHONNX_LIB_SUPPORT_CONSTANTS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

#include <memory>
#include <optional>

namespace torchonnx {
namespace Onnx {
class FoldAttr;
}

/// The bytes of a constant, in the layout of ONNX's raw_data: little endian,
/// row major, a boolean is a byte, 4-bit elements are packed by two (the first
/// one in the low bits). They are valid as long as `owner` is, or, if that is
/// null, as long as the MLIRContext is.
struct ConstantBytes {
  llvm::ArrayRef<char> data;
  std::shared_ptr<void> owner;
};

/// The bytes of a tensor constant. Fails for tensors of strings, for a blob
/// that was elided when the IR was printed, and for a fold that can't be
/// computed; `reason` then says why.
mlir::FailureOr<ConstantBytes> readConstant(mlir::Attribute constant,
                                            std::string *reason = nullptr);

/// Computes a fold. Set by the component that can (lib/Evaluate), so that
/// readers need no LibTorch.
using FoldEvaluator = mlir::FailureOr<ConstantBytes> (*)(Onnx::FoldAttr fold);
void setFoldEvaluator(FoldEvaluator evaluator);

/// The number of bytes that readConstant returns for a tensor of `type`.
int64_t getConstantSize(mlir::ShapedType type);

/// The elements of an integer or boolean constant, or of a floating-point one.
/// Meant for small ones (shapes, axes, scales); nullopt for other types.
std::optional<llvm::SmallVector<int64_t>> readInts(mlir::Attribute constant);
std::optional<llvm::SmallVector<double>> readFloats(mlir::Attribute constant);

/// The constant that defines `value` (`onnx.initializer`, or whatever other
/// ConstantLike operation), or null.
mlir::Attribute getConstant(mlir::Value value);

/// The same as readInts/readFloats of the constant that defines `value`.
std::optional<llvm::SmallVector<int64_t>> getConstantInts(mlir::Value value);
std::optional<llvm::SmallVector<double>> getConstantFloats(mlir::Value value);

/// A constant whose bytes stay where they are: `data` has the layout of
/// ConstantBytes and is kept alive by `owner`. Never a splat.
mlir::ElementsAttr makeBlobConstant(mlir::RankedTensorType type,
                                    llvm::ArrayRef<char> data,
                                    std::shared_ptr<void> owner);

/// A constant with a copy of `data`, which has the layout of ConstantBytes.
/// Small ones are stored in the attribute itself, where equal ones are the
/// same.
mlir::ElementsAttr makeConstant(mlir::RankedTensorType type,
                                llvm::ArrayRef<char> data);

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_CONSTANTS_H
