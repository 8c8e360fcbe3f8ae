//===- OnnxDialect.h - The onnx dialect -------------------------*- C++ -*-===//
//
// The dialect, its types and attributes, and what all its operations share.
// OnnxOps.h has the operations.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_ONNX_ONNXDIALECT_H
#define TORCHONNX_DIALECTS_ONNX_ONNXDIALECT_H

#include "dialects/Symbolic/SymbolicDialect.h"
#include "lib/Support/OnnxSchema.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/Onnx/OnnxDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Onnx/OnnxTypes.h.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Onnx/OnnxAttributes.h.inc"

namespace torchonnx::Onnx {

/// The TensorProto.DataType of a tensor's element type, or nullopt if ONNX has
/// none for it.
std::optional<int> getDataType(mlir::Type elementType);

/// The element type of a TensorProto.DataType; null if it isn't a known one.
mlir::Type getElementType(mlir::MLIRContext *context, int dataType);

/// Bits that one element takes in ONNX's raw_data; 0 for strings and for types
/// ONNX doesn't have. Booleans take 8, 4-bit types are packed by two.
unsigned getRawBitWidth(mlir::Type elementType);

/// The type as ONNX writes it: `tensor(float)`, `seq(tensor(int64))`; empty if
/// ONNX has none for it.
std::string getTypeString(mlir::Type type);

/// The place of a type in a schema's set of allowed types, see TypeSet.
std::optional<TypeCode> getTypeCode(mlir::Type type);

/// The operator name of an operation of the ONNX specification (`Conv` of
/// `onnx.Conv`) or of an onnx.custom; empty for other operations.
llvm::StringRef getOpType(mlir::Operation *op);

/// The schema, at the dialect's opset, of an operation of the ONNX
/// specification; null for other operations.
const OpSchema *getSchema(mlir::Operation *op);

/// True for the value of an `onnx.none` and for a result that is not wanted.
inline bool isNone(mlir::Value value) {
  return llvm::isa<mlir::NoneType>(value.getType());
}

namespace detail {
void buildSchemaOp(mlir::OperationState &state, mlir::TypeRange types,
                   mlir::ValueRange operands,
                   llvm::ArrayRef<mlir::NamedAttribute> attributes,
                   int regionCount);
llvm::LogicalResult verifySchemaOp(mlir::Operation *op);
void addRandomEffects(mlir::Operation *op,
                      llvm::SmallVectorImpl<mlir::SideEffects::EffectInstance<
                          mlir::MemoryEffects::Effect>> &effects);
} // namespace detail

/// Marks the operations that are operators of the ONNX specification.
template <typename ConcreteType>
class SchemaOp : public mlir::OpTrait::TraitBase<ConcreteType, SchemaOp> {
public:
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return detail::verifySchemaOp(op);
  }
};

/// Effects of an operation that may be erased when it is unused, but not merged
/// with an equal one.
template <typename ConcreteType>
class RandomEffect
    : public mlir::OpTrait::TraitBase<ConcreteType, RandomEffect> {
public:
  void getEffects(llvm::SmallVectorImpl<mlir::SideEffects::EffectInstance<
                      mlir::MemoryEffects::Effect>> &effects) {
    detail::addRandomEffects(this->getOperation(), effects);
  }
};

} // namespace torchonnx::Onnx

#endif // TORCHONNX_DIALECTS_ONNX_ONNXDIALECT_H
