//===- InferenceContext.h - What a shape function sees ----------*- C++ -*-===//

#ifndef TORCHONNX_LIB_EVALUATE_INFERENCECONTEXT_H
#define TORCHONNX_LIB_EVALUATE_INFERENCECONTEXT_H

#include "lib/Evaluate/KnownValues.h"
#include "lib/Evaluate/SizeRequirements.h"
#include "llvm/ADT/Twine.h"

namespace torchonnx {

/// The view that a shape function has of the operation it infers: the types and
/// known values of the operands, and setters for the results.
class InferenceContext {
public:
  using DimAttr = Symbolic::DimAttr;
  using Dims = llvm::SmallVector<DimAttr>;

  InferenceContext(mlir::Operation *op, KnownValues &known)
      : op(op), known(known), forwarded(op->getNumResults()) {}

  mlir::MLIRContext *getContext() const { return op->getContext(); }
  /// The operand that the schema calls `name`; null if it has none.
  mlir::Value operand(llvm::StringRef name) const {
    return Torch::getOperandNamed(op, name);
  }
  /// The known value of the operand called `name`.
  std::optional<int64_t> getInt(llvm::StringRef name) const;
  std::optional<bool> getBool(llvm::StringRef name) const;
  std::optional<llvm::SmallVector<int64_t>>
  getIntList(llvm::StringRef name) const;
  /// Scalars, lists and symbolic ints of operands.
  KnownValues &getKnown() { return known; }

  /// The tensor type of `value`; the unknown tensor if it is no tensor.
  Torch::TensorType tensor(mlir::Value value) const;
  /// The elements of a tensor list made in this function.
  std::optional<llvm::SmallVector<Torch::TensorType>>
  tensorList(mlir::Value list) const;
  /// Whether a value is None, or absent from the schema.
  bool isNone(mlir::Value value) const {
    return !value || llvm::isa<Torch::NoneType>(value.getType());
  }
  /// The dtype a `dtype` argument names; null for None or an unknown value.
  mlir::Type dtype(mlir::Value scalarType) const;

  DimAttr constant(int64_t value) const {
    return DimAttr::getConstant(getContext(), value);
  }

  /// Sets the type of result `index`.
  void setResult(unsigned index, mlir::Type type);
  /// Sets result `index` to a tensor; without `dims` its rank is unknown.
  void setTensor(unsigned index, std::optional<llvm::ArrayRef<DimAttr>> dims,
                 mlir::Type dtype);
  /// Result `index` is `value`: the operation does nothing to it.
  void forward(unsigned index, mlir::Value value) { forwarded[index] = value; }
  /// Result `index` is a 0-dim tensor with a known value.
  void setTensorValue(unsigned index, mlir::Attribute value);
  /// Result `index` is the known scalar `value`.
  void setScalar(unsigned index, mlir::Attribute value) {
    forwarded[index] = known.getConstant(value);
  }

  /// Says why the operands don't fit. The evaluator reports it at the user's
  /// line, or gives up the decomposition that led here.
  llvm::LogicalResult error(const llvm::Twine &message);
  llvm::StringRef getErrorMessage() const { return errorMessage; }

  /// The operator takes two sizes that have to be equal. Where only one of them
  /// is symbolic, the evaluator warns that it is not.
  void requireEqual(DimAttr a, DimAttr b);
  /// The operator takes two sizes that have to be equal, or one of them 1.
  void requireBroadcast(DimAttr a, DimAttr b);
  llvm::ArrayRef<SizeRequirement> getRequirements() const {
    return requirements;
  }

  /// `dim` counted from the front, for a tensor of `rank` dimensions. An error
  /// if it is out of range; a 0-dim tensor accepts 0 and -1.
  mlir::FailureOr<int64_t> wrapDim(int64_t dim, int64_t rank);

  /// Values of the results, where forward() or setScalar() set them.
  llvm::ArrayRef<mlir::Value> getForwarded() const { return forwarded; }

private:
  mlir::Operation *op;
  KnownValues &known;
  llvm::SmallVector<mlir::Value> forwarded;
  std::string errorMessage;
  llvm::SmallVector<SizeRequirement, 0> requirements;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_INFERENCECONTEXT_H
