//===- TorchSchemas.h - LibTorch's operator registry ------------*- C++ -*-===//
//
// What LibTorch's registry knows of an operator: arguments with their defaults,
// results, and which of them alias or are written to. This header needs no
// LibTorch headers.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_SUPPORT_TORCHSCHEMAS_H
#define TORCHONNX_LIB_SUPPORT_TORCHSCHEMAS_H

#include "mlir/IR/Attributes.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace torchonnx {

/// The kind of an argument or result. Optionality is a separate fact:
/// "Tensor?" is a Tensor with `SchemaArgument::isOptional`.
enum class SchemaTypeKind {
  Tensor,
  TensorList,
  OptionalTensorList, // Tensor?[]
  Int,                // also SymInt, ScalarType, Layout, MemoryFormat
  Float,
  Bool,
  Str,
  Number, // Scalar
  IntList,
  FloatList,
  BoolList,
  StrList,
  NumberList,
  Device,
  Generator,
  Other,
};

/// A default value: None, or a value of the argument's kind.
using SchemaDefault =
    std::variant<std::monostate, int64_t, double, bool, std::string,
                 std::vector<int64_t>, std::vector<double>, std::vector<bool>>;

/// One argument or result of an operator.
struct SchemaArgument {
  std::string name;
  /// As the registry prints it: "Tensor?", "int[2]".
  std::string type;
  SchemaTypeKind kind = SchemaTypeKind::Other;
  bool isOptional = false;
  bool isKeywordOnly = false;
  /// An `out=` argument.
  bool isOut = false;
  /// The value is written to (`Tensor(a!)`).
  bool isWrite = false;
  /// Alias sets (`a` of `Tensor(a)`); arguments and results which share one may
  /// share memory. `*` stands for anything.
  std::vector<std::string> aliasSets;
  /// Alias sets of a list's elements (`Tensor(a)[]`).
  std::vector<std::string> elementAliasSets;
  /// Present if the argument may be left out.
  std::optional<SchemaDefault> defaultValue;
};

/// An operator of the registry. A light handle: the arrays live as long as the
/// process.
struct SchemaInfo {
  /// "aten.add_.Tensor".
  llvm::StringRef key;
  /// "aten::add_.Tensor(Tensor(a!) self, ...) -> Tensor(a!)".
  llvm::StringRef text;
  llvm::ArrayRef<SchemaArgument> arguments;
  llvm::ArrayRef<SchemaArgument> results;
  /// Some argument is written to.
  bool isMutable = false;
  /// The arguments (or results) are not fixed by the schema.
  bool isVararg = false;
  bool isVarret = false;
  /// The result depends on a random generator.
  bool isNondeterministic = false;

  /// Position of the argument `name`, or -1.
  int findArgument(llvm::StringRef name) const;
};

/// The operator with the schema key `key` ("aten.add_.Tensor", without overload
/// "aten.relu"), or nothing if the registry (with all loaded operator
/// libraries) has none.
std::optional<SchemaInfo> lookupSchema(llvm::StringRef key);

/// Keys of all overloads of `name` ("aten.add"), as the registry orders them.
std::vector<std::string> lookupOverloads(llvm::StringRef name);

/// A default as a builtin attribute: unit attribute for None, i64, f64, i1 and
/// string attributes, dense arrays for lists.
mlir::Attribute getDefaultAttr(mlir::MLIRContext *context,
                               const SchemaDefault &value);

/// Loads a library that registers operators with LibTorch. Returns an error
/// text, empty on success.
std::string loadTorchLibrary(llvm::StringRef path);

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_TORCHSCHEMAS_H
