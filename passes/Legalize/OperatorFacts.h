//===- OperatorFacts.h - What operators write to and alias ------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZE_OPERATORFACTS_H
#define TORCHONNX_PASSES_LEGALIZE_OPERATORFACTS_H

#include "lib/Support/TorchSchemas.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"

namespace torchonnx {

/// How the result of an operator relates to its first operand.
enum class Sharing {
  /// A new tensor.
  None,
  /// The same tensor under another name: `detach`.
  Same,
  /// A new tensor with the same elements: `clone`.
  Copy,
  /// A view of the operand's storage: `select`.
  View,
  /// A view or a copy, depending on the operand's strides: `reshape`.
  ViewIfContiguous,
  /// The same tensor, or a copy with other strides: `contiguous`.
  SameIfContiguous,
  /// The same tensor or a conversion, depending on its dtype: `to`.
  Conversion,
  /// A list of views of the operand's storage: `split`.
  ViewList,
};

/// The aliasing of one operator, from its schema's annotations and from what
/// these leave out.
struct OperatorFacts {
  std::optional<SchemaInfo> schema;
  Sharing sharing = Sharing::None;
  /// The operands that are written to, in the order of the results of the
  /// functional form.
  llvm::SmallVector<unsigned, 1> writes;
  /// The key of the functional form of an operator that writes; empty if there
  /// is none. It takes the operands which aren't `isOut`.
  std::string functional;

  bool isMutable() const { return !writes.empty(); }
};

/// The facts of all operators that were asked for.
class OperatorFactsTable {
public:
  /// `operation` may be of any kind.
  const OperatorFacts &get(mlir::Operation *operation);
  const OperatorFacts &get(llvm::StringRef key);

private:
  llvm::StringMap<std::unique_ptr<OperatorFacts>> table;
};

/// Creates the operator `key`: the operation of that name, or a torch.operator
/// if the dialect does not list it.
mlir::Operation *createOperator(mlir::OpBuilder &builder, mlir::Location loc,
                                llvm::StringRef key, mlir::ValueRange operands,
                                mlir::TypeRange types);

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZE_OPERATORFACTS_H
