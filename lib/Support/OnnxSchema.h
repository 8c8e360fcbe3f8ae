//===- OnnxSchema.h - The operators of ONNX, at every opset -----*- C++ -*-===//
//
// What onnx's schema registry says, without onnx's headers. Everything is
// looked up by the operator's name ("Conv") and the opset of the ai.onnx
// domain.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_SUPPORT_ONNXSCHEMA_H
#define TORCHONNX_LIB_SUPPORT_ONNXSCHEMA_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace torchonnx::Onnx {

/// The opset that the onnx dialect models. CMake reads it from this line.
inline constexpr int kDialectOpset = 26;
/// The opsets that can be written.
inline constexpr int kMinOpset = 11;
inline constexpr int kMaxOpset = 26;

/// The smallest ONNX IR version that has `opset`.
int getIrVersion(int opset);

/// How a type is built around a tensor's element type.
enum class TypeKind : uint8_t { Tensor, Sequence, Optional, OptionalSequence };

/// A type as far as schemas tell types apart: shapes play no part.
struct TypeCode {
  TypeKind kind;
  /// TensorProto.DataType of the elements, at most 31.
  uint8_t dataType;
  bool operator==(const TypeCode &) const = default;
};

/// A set of types.
class TypeSet {
public:
  void insert(TypeCode type) { bits[int(type.kind)] |= 1u << type.dataType; }
  bool contains(TypeCode type) const {
    return bits[int(type.kind)] >> type.dataType & 1;
  }
  bool operator==(const TypeSet &) const = default;

private:
  uint32_t bits[4] = {0, 0, 0, 0};
};

/// `tensor(float)` for a code, and back; nullopt for types of other kinds.
std::string getTypeString(TypeCode type);
std::optional<TypeCode> parseTypeString(llvm::StringRef text);

/// Whether an operand or result may be left out or repeated.
enum class Arity { Single, Optional, Variadic };

/// An operand or result.
struct ParameterSchema {
  std::string name;
  Arity arity;
  /// Of a variadic one: all values have the same type.
  bool homogeneous;
  /// Of a variadic one: the smallest number of values.
  int minArity;
  /// The name of its type: a type variable as `T`, or `tensor(int64)`.
  std::string typeName;
  /// The number of the type variable among those of the operator; -1 for a
  /// type that is no variable.
  int typeVariable;
  TypeSet types;
  /// The same types as ONNX writes them.
  std::vector<std::string> typeStrings;
};

/// As AttributeProto.AttributeType.
enum class AttributeKind {
  Undefined = 0,
  Float = 1,
  Int = 2,
  String = 3,
  Tensor = 4,
  Graph = 5,
  Floats = 6,
  Ints = 7,
  Strings = 8,
  Tensors = 9,
  Graphs = 10,
  SparseTensor = 11,
  SparseTensors = 12,
  TypeProto = 13,
  TypeProtos = 14,
};

struct AttributeSchema {
  std::string name;
  AttributeKind kind;
  bool required;
  /// The default, where there is one, of the kinds Int, Float and String.
  std::optional<int64_t> defaultInt;
  std::optional<float> defaultFloat;
  std::optional<std::string> defaultString;
};

/// One version of an operator.
struct OpSchema {
  std::string name;
  /// The opset that brought this version.
  int sinceVersion;
  bool deprecated;
  std::vector<ParameterSchema> inputs;
  std::vector<ParameterSchema> outputs;
  /// Sorted by name.
  std::vector<AttributeSchema> attributes;
  /// How many operands and results a node may have; INT_MAX for no limit.
  int minInputs, maxInputs, minOutputs, maxOutputs;
  /// The names of the type variables.
  std::vector<std::string> typeVariables;
  /// The operator is defined by other operators: by a body that is the same for
  /// every node, or one that is built for a node.
  bool hasFunctionBody;
  bool hasContextDependentFunctionBody;

  /// The attribute called `name`, or null.
  const AttributeSchema *findAttribute(llvm::StringRef name) const;
};

/// The version of an operator that is in force at `opset`; null if there is no
/// such operator, not yet, or no longer (deprecated).
const OpSchema *lookupSchema(llvm::StringRef op, int opset = kDialectOpset);

/// The opset that brought the version in force at `opset`.
std::optional<int> sinceVersionAt(llvm::StringRef op, int opset);

/// The opset that brought the operator's first version.
std::optional<int> firstOpset(llvm::StringRef op);

/// Whether an operator's version at `opset` differs from the dialect's only in
/// what it lacks: operands, attributes, allowed types. A node that uses none of
/// those is then the same at both.
bool isContainedInDialect(llvm::StringRef op, int opset);

/// The types allowed for an operand at `opset`, as ONNX writes them; empty if
/// there is no such operand. A variadic operand stands for all after it.
llvm::ArrayRef<std::string> getAllowedTypes(llvm::StringRef op, int operand,
                                            int opset);

/// Whether the operator is defined at `opset` by other operators.
bool hasFunctionBody(llvm::StringRef op, int opset = kDialectOpset);

/// The names of all operators that are in force at `opset`, sorted.
std::vector<llvm::StringRef> getOperators(int opset = kDialectOpset);

} // namespace torchonnx::Onnx

#endif // TORCHONNX_LIB_SUPPORT_ONNXSCHEMA_H
