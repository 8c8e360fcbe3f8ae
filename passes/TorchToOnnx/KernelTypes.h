//===- KernelTypes.h - Operators without a kernel of their type -*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_KERNELTYPES_H
#define TORCHONNX_PASSES_TORCHTOONNX_KERNELTYPES_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace torchonnx {

/// The operators that compute f64 numbers in f32, to be reported together when
/// the model is converted.
class PrecisionLosses {
public:
  /// `op` becomes an `onnxOp`, which has no f64 kernel.
  void add(mlir::Operation *op, llvm::StringRef onnxOp);
  /// Emits a warning for each kind of operator, at its first use.
  void warn() const;

private:
  struct Uses {
    llvm::SetVector<llvm::StringRef> onnxOps;
    llvm::SetVector<mlir::Operation *> ops;
    llvm::SmallVector<mlir::Location> places;
  };
  llvm::MapVector<llvm::StringRef, Uses> uses;
};

/// Warns, once, of the operators that compute bf16 numbers, for which ONNX
/// Runtime's CPU provider has no kernel.
void warnOfMissingBf16Kernels(mlir::ModuleOp module);

/// Adds notes that say where else `places`, of which a diagnostic names the
/// first, are: some of them, and how many more there are.
void attachOtherUses(mlir::InFlightDiagnostic &diagnostic,
                     llvm::ArrayRef<mlir::Location> places);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_KERNELTYPES_H
