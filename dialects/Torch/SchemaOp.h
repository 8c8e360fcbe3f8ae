//===- SchemaOp.h - Base classes of the generated operations ----*- C++ -*-===//
//
// An operation that is generated from a schema has operands in the order of the
// schema, each an SSA value, and no attributes or regions. Its syntax, its
// verification and its effects follow from the dialect's table of schemas and
// are the same code for all of them (TorchDialect.cpp). So a class is a view
// with named accessors, and that is what keeps hundreds of them cheap.
//
// For an argument of type int, float, bool, str or a list of these there is
// also a constant accessor, e.g. `getStrideConst()`: its value if it is
// constant, and nothing if it is None or computed. A Scalar is read as a
// double.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_DIALECTS_TORCH_SCHEMAOP_H
#define TORCHONNX_DIALECTS_TORCH_SCHEMAOP_H

#include "dialects/Torch/TorchOps.h"

namespace torchonnx::Torch {

/// What the generated operations have in common.
template <typename ConcreteOp, template <typename> class... Traits>
class SchemaOp
    : public mlir::Op<ConcreteOp, mlir::OpTrait::VariadicOperands, Traits...> {
public:
  using Base = mlir::Op<ConcreteOp, mlir::OpTrait::VariadicOperands, Traits...>;
  using Base::Base;

  static llvm::ArrayRef<llvm::StringRef> getAttributeNames() { return {}; }

  static void build(mlir::OpBuilder &, mlir::OperationState &state,
                    mlir::TypeRange types, mlir::ValueRange operands,
                    llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    state.addTypes(types);
    state.addOperands(operands);
    state.addAttributes(attributes);
  }

protected:
  mlir::Value operandAt(unsigned index) {
    return this->getOperation()->getOperand(index);
  }
  mlir::Value resultAt(unsigned index) {
    return this->getOperation()->getResult(index);
  }
};

template <typename ConcreteOp>
class SchemaOpNoResult
    : public SchemaOp<ConcreteOp, mlir::OpTrait::ZeroResults> {
public:
  using SchemaOp<ConcreteOp, mlir::OpTrait::ZeroResults>::SchemaOp;
};

/// Converts to its result and has getType() and getResult().
template <typename ConcreteOp>
class SchemaOpOneResult
    : public SchemaOp<ConcreteOp, mlir::OpTrait::OneResult,
                      mlir::OpTrait::OneTypedResult<mlir::Type>::Impl> {
public:
  using SchemaOp<ConcreteOp, mlir::OpTrait::OneResult,
                 mlir::OpTrait::OneTypedResult<mlir::Type>::Impl>::SchemaOp;
};

template <typename ConcreteOp>
class SchemaOpManyResults
    : public SchemaOp<ConcreteOp, mlir::OpTrait::VariadicResults> {
public:
  using SchemaOp<ConcreteOp, mlir::OpTrait::VariadicResults>::SchemaOp;
};

} // namespace torchonnx::Torch

#endif // TORCHONNX_DIALECTS_TORCH_SCHEMAOP_H
