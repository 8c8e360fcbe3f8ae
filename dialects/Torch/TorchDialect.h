//===- TorchDialect.h - The torch dialect -----------------------*- C++ -*-===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHDIALECT_H
#define TORCHONNX_DIALECTS_TORCH_TORCHDIALECT_H

#include "mlir/IR/Dialect.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/ADT/StringMap.h"

#include <memory>
#include <optional>
#include <vector>

namespace torchonnx::Torch {

/// A schema as the generated tables spell it.
struct OpSchemaText {
  const char *key;
  const char *text;
  const char *operands;
  const char *results;
  unsigned flags;
  mlir::TypeID typeID;
};

/// What LibTorch's registry says about an operator.
struct OpSchema {
  enum Flags : unsigned { Pure = 1, View = 2, Random = 4 };

  /// An operand or a result.
  struct Field {
    llvm::StringRef name;
    /// The type as a prefix code: T tensor, i int, f float, b bool, s str,
    /// n number, d device, g generator, N none, L<t> list, O<t> optional,
    /// D<k><v> dict, P<count><t>... tuple, a anything.
    llvm::StringRef kind;
    /// Whether the operator writes to it.
    bool mutated;
  };

  /// "aten.add.Tensor"
  llvm::StringRef key;
  /// Of the operation's class.
  mlir::TypeID typeID;
  /// "Elementwise"
  llvm::StringRef family;
  /// "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor"
  llvm::StringRef text;
  llvm::SmallVector<Field, 0> operands;
  llvm::SmallVector<Field, 0> results;
  unsigned flags = 0;

  /// It writes to nothing and has the same results for the same operands.
  bool isPure() const { return flags & Pure; }
  /// A result shares an operand's storage.
  bool isView() const { return flags & View; }
  /// Its results depend on the random number generator.
  bool isRandom() const { return flags & Random; }
};

/// The schemas of a family as its generated table spells them.
std::vector<OpSchema> readSchemas(llvm::StringRef family,
                                  llvm::ArrayRef<OpSchemaText> texts);

// The schemas of each family, in the order of its list.
#define TORCH_FAMILY(NAME) llvm::ArrayRef<OpSchema> get##NAME##Schemas();
#include "dialects/Torch/Families.inc"

/// Whether a value of `type` fits the type code `kind` of OpSchema::Field.
bool matchesKind(mlir::Type type, llvm::StringRef kind);
/// A type code as a schema spells it: "Tensor", "int[]", "Scalar?".
std::string describeKind(llvm::StringRef kind);

} // namespace torchonnx::Torch

#include "dialects/Torch/TorchDialect.h.inc"

#endif // TORCHONNX_DIALECTS_TORCH_TORCHDIALECT_H
