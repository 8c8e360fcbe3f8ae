//===- KnownValues.h - Scalars known at compile time ------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_EVALUATE_KNOWNVALUES_H
#define TORCHONNX_LIB_EVALUATE_KNOWNVALUES_H

#include "dialects/Symbolic/SymbolicDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

namespace torchonnx {

/// What is known of scalar values, 0-dim tensors and lists while a function is
/// evaluated. A known scalar is one of these attributes:
///   DimAttr      an int, constant or symbolic
///   FloatAttr    a float (f64)
///   BoolAttr     a bool
///   StringAttr   a string or a device
///   UnitAttr     None
/// The null attribute means that the value is only known at run time.
class KnownValues {
public:
  /// Constants are kept at the start of `entry`, each once.
  explicit KnownValues(mlir::Block &entry);

  /// The scalar `value` holds, of a torch.constant, a torch.symbolic_int, or of
  /// a 0-dim tensor that was computed from known scalars.
  mlir::Attribute get(mlir::Value value) const;

  /// An int, constant or symbolic; null if unknown or not an int.
  Symbolic::DimAttr getDim(mlir::Value value) const;
  std::optional<int64_t> getInt(mlir::Value value) const;
  /// A float, or an int as a float.
  std::optional<double> getFloat(mlir::Value value) const;
  std::optional<bool> getBool(mlir::Value value) const;
  std::optional<llvm::StringRef> getString(mlir::Value value) const;

  /// The elements of a list made in the same function.
  std::optional<llvm::SmallVector<mlir::Value>> getList(mlir::Value list) const;
  /// The ints of a list; unknown elements are null.
  std::optional<llvm::SmallVector<Symbolic::DimAttr>>
  getDimList(mlir::Value list) const;
  /// The ints of a list if all of them are constants.
  std::optional<llvm::SmallVector<int64_t>> getIntList(mlir::Value list) const;

  /// Remembers the value of a 0-dim tensor.
  void setTensorValue(mlir::Value tensor, mlir::Attribute value);
  /// Forgets values, whose addresses may be used again.
  void forget(mlir::Operation *op);

  /// The one SSA value of a scalar constant in this function.
  mlir::Value getConstant(mlir::Attribute value);
  /// The same for a value of an existing torch.constant or torch.symbolic_int.
  mlir::Value getUnique(mlir::Operation *constant);

private:
  mlir::Block &entry;
  mlir::OpBuilder builder;
  llvm::DenseMap<mlir::Attribute, mlir::Value> constants;
  llvm::DenseMap<mlir::Value, mlir::Attribute> tensorValues;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_KNOWNVALUES_H
