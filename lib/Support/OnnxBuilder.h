//===- OnnxBuilder.h - Builds operations of the onnx dialect ----*- C++ -*-===//
//
// Every helper computes its result's type, with symbolic dimensions where the
// operands have them.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_SUPPORT_ONNXBUILDER_H
#define TORCHONNX_LIB_SUPPORT_ONNXBUILDER_H

#include "dialects/Onnx/OnnxOps.h"
#include "dialects/Symbolic/SymbolicDialect.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

#include <type_traits>

namespace torchonnx {

namespace detail {
template <class Op, unsigned N> constexpr bool hasOperands() {
  if constexpr (N == 0)
    return Op::template hasTrait<mlir::OpTrait::ZeroOperands>();
  else if constexpr (N == 1)
    return Op::template hasTrait<mlir::OpTrait::OneOperand>();
  else
    return Op::template hasTrait<mlir::OpTrait::NOperands<N>::template Impl>();
}
template <class Op, unsigned N> constexpr bool hasResults() {
  if constexpr (N == 0)
    return Op::template hasTrait<mlir::OpTrait::ZeroResults>();
  else if constexpr (N == 1)
    return Op::template hasTrait<mlir::OpTrait::OneResult>();
  else
    return Op::template hasTrait<mlir::OpTrait::NResults<N>::template Impl>();
}
/// The number of operands an operator always has; 0 for a variadic one.
template <class Op, unsigned N = 0> constexpr unsigned operandCount() {
  if constexpr (N > 9)
    return 0;
  else if constexpr (hasOperands<Op, N>())
    return N;
  else
    return operandCount<Op, N + 1>();
}
/// The number of results an operator always has; 0 for a variadic one.
template <class Op, unsigned N = 0> constexpr unsigned resultCount() {
  if constexpr (N > 6)
    return 0;
  else if constexpr (hasResults<Op, N>())
    return N;
  else
    return resultCount<Op, N + 1>();
}
} // namespace detail

class OnnxBuilder {
public:
  using Value = mlir::Value;
  using Type = mlir::Type;
  using DimAttr = Symbolic::DimAttr;

  /// Builds with `builder`, at its insertion point. Works with a rewriter too.
  OnnxBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  /// From now on constants stand at the start of `block` and equal ones are
  /// created once. Without a home they stand where they are used.
  void setConstantHome(mlir::Block *block) { constantHome = block; }
  /// The last of the constants at their home; null before the first.
  mlir::Operation *getLastConstant() const {
    return constantHome ? lastConstant : nullptr;
  }

  void setLoc(mlir::Location location) { loc = location; }
  mlir::Location getLoc() const { return loc; }
  mlir::OpBuilder &getBuilder() { return builder; }
  mlir::MLIRContext *getContext() const { return builder.getContext(); }

  //===--------------------------------------------------------------------===//
  // Any operator
  //===--------------------------------------------------------------------===//

  /// Creates an operator and returns its first result. Optional operands that
  /// are left out at the end, and null ones, are absent; results after the
  /// first are not wanted.
  template <class Op>
  Value create(Type result, mlir::ValueRange operands,
               llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    return createOp<Op>(mlir::TypeRange(result), operands, attributes)
        ->getResult(0);
  }

  /// As create, with the types of several results. A null type and those left
  /// out at the end stand for results that are not wanted.
  template <class Op>
  mlir::ResultRange
  createMany(mlir::TypeRange results, mlir::ValueRange operands,
             llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    return createOp<Op>(results, operands, attributes)->getResults();
  }

  template <class Op>
  Op createOp(mlir::TypeRange results, mlir::ValueRange operands,
              llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    llvm::SmallVector<Type> types =
        padTypes(results, detail::resultCount<Op>());
    llvm::SmallVector<Value> values =
        padOperands(operands, detail::operandCount<Op>());
    return builder.create<Op>(loc, mlir::TypeRange(types),
                              mlir::ValueRange(values), attributes);
  }

  //===--------------------------------------------------------------------===//
  // Attributes
  //===--------------------------------------------------------------------===//

  mlir::NamedAttribute intAttr(llvm::StringRef name, int64_t value);
  mlir::NamedAttribute intsAttr(llvm::StringRef name,
                                llvm::ArrayRef<int64_t> values);
  mlir::NamedAttribute realAttr(llvm::StringRef name, double value);
  mlir::NamedAttribute realsAttr(llvm::StringRef name,
                                 llvm::ArrayRef<float> values);
  mlir::NamedAttribute stringAttr(llvm::StringRef name, llvm::StringRef value);
  mlir::NamedAttribute stringsAttr(llvm::StringRef name,
                                   llvm::ArrayRef<llvm::StringRef> values);
  mlir::NamedAttribute tensorAttr(llvm::StringRef name,
                                  mlir::ElementsAttr value);
  /// A TensorProto.DataType.
  mlir::NamedAttribute dataTypeAttr(llvm::StringRef name, Type elementType);

  //===--------------------------------------------------------------------===//
  // Constants
  //===--------------------------------------------------------------------===//

  /// The absent operand.
  Value none();
  /// A constant with the given value; a named one is never shared.
  Value initializer(mlir::TypedAttr value, mlir::StringAttr name = {});
  /// A 0-d tensor. Integers are rounded and wrapped to the type.
  template <class T> Value scalar(T value, Type elementType) {
    return initializer(splat({}, value, elementType));
  }
  /// A 1-D tensor of i64.
  Value ints(llvm::ArrayRef<int64_t> values);
  /// A 1-D tensor of real numbers of a floating-point type.
  Value reals(llvm::ArrayRef<double> values, Type elementType);
  /// A tensor filled with one value.
  template <class T>
  Value filled(llvm::ArrayRef<int64_t> shape, T value, Type elementType) {
    return initializer(splat(shape, value, elementType));
  }
  /// The elements attribute of a tensor filled with one value.
  template <class T>
  mlir::DenseElementsAttr splat(llvm::ArrayRef<int64_t> shape, T value,
                                Type elementType) {
    if constexpr (std::is_floating_point_v<T>)
      return splatReal(shape, value, elementType);
    else
      return splatInt(shape, static_cast<int64_t>(value), elementType);
  }
  /// The numbers of a small constant of integers.
  static std::optional<llvm::SmallVector<int64_t>> matchInts(Value value);

  //===--------------------------------------------------------------------===//
  // Types
  //===--------------------------------------------------------------------===//

  static Type elementType(Value value);
  static bool hasRank(Value value);
  static int64_t rank(Value value);
  static llvm::SmallVector<DimAttr> dims(Value value);
  DimAttr dim(int64_t size) { return DimAttr::getConstant(getContext(), size); }
  /// A ranked tensor type; `dims` may be null where they are unknown.
  static mlir::RankedTensorType tensorType(llvm::ArrayRef<DimAttr> dims,
                                           Type elementType) {
    return Symbolic::makeTensorType(dims, elementType);
  }
  /// The same shape with another element type.
  static Type withElementType(Type tensor, Type elementType);
  /// The type of an element-wise operation on `values`.
  Type broadcastType(llvm::ArrayRef<Value> values, Type elementType);

  //===--------------------------------------------------------------------===//
  // Shape
  //===--------------------------------------------------------------------===//

  /// No operation if the type is the same.
  Value cast(Value value, Type elementType);
  Value identity(Value value);
  /// To the dimensions in the 1-D i64 tensor `target`.
  Value reshape(Value value, Type result, Value target, bool allowZero = false);
  /// To dimensions that are numbers, 0 (copies) or -1.
  Value reshape(Value value, llvm::ArrayRef<int64_t> target);
  /// To a type, if a constant target with 0 and -1 can say it, else null.
  Value tryReshape(Value value, mlir::RankedTensorType result);
  /// No operation if nothing moves.
  Value transpose(Value value, llvm::ArrayRef<int64_t> permutation);
  /// Exchanges two axes, which may be negative.
  Value swapAxes(Value value, int64_t a, int64_t b);
  /// Axes are those of the result and may be negative.
  Value unsqueeze(Value value, llvm::ArrayRef<int64_t> axes);
  Value squeeze(Value value, llvm::ArrayRef<int64_t> axes);
  /// To the shape in the 1-D i64 tensor `target`.
  Value expand(Value value, Value target, Type result);
  /// No operation for a single value.
  Value concat(llvm::ArrayRef<Value> values, int64_t axis);
  Value slice(Value value, llvm::ArrayRef<int64_t> starts,
              llvm::ArrayRef<int64_t> ends, llvm::ArrayRef<int64_t> axes,
              llvm::ArrayRef<int64_t> steps = {});
  Value gather(Value value, Value indices, int64_t axis);
  /// The dimensions from `start` up to `end` as a 1-D i64 tensor.
  Value shape(Value value, int64_t start = 0,
              std::optional<int64_t> end = std::nullopt);

  //===--------------------------------------------------------------------===//
  // Arithmetic; operands have one element type and broadcast
  //===--------------------------------------------------------------------===//

  /// An operator that keeps the type.
  template <class Op>
  Value unary(Value value,
              llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    return create<Op>(value.getType(), value, attributes);
  }
  /// An operator on two tensors that broadcast.
  template <class Op>
  Value binary(Value lhs, Value rhs,
               llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    return create<Op>(broadcastType({lhs, rhs}, elementType(lhs)), {lhs, rhs},
                      attributes);
  }
  /// As binary, with a boolean result.
  template <class Op> Value compare(Value lhs, Value rhs) {
    return create<Op>(broadcastType({lhs, rhs}, builder.getI1Type()),
                      {lhs, rhs});
  }
  Value add(Value lhs, Value rhs);
  Value sub(Value lhs, Value rhs);
  Value mul(Value lhs, Value rhs);
  Value div(Value lhs, Value rhs);
  Value pow(Value base, Value exponent);
  Value min(Value lhs, Value rhs);
  Value max(Value lhs, Value rhs);
  Value neg(Value value);
  Value sqrt(Value value);
  Value exp(Value value);
  Value log(Value value);
  Value abs(Value value);
  Value floor(Value value);
  Value sigmoid(Value value);
  Value tanh(Value value);
  Value softmax(Value value, int64_t axis);
  Value equal(Value lhs, Value rhs);
  Value less(Value lhs, Value rhs);
  Value lessOrEqual(Value lhs, Value rhs);
  Value greater(Value lhs, Value rhs);
  Value greaterOrEqual(Value lhs, Value rhs);
  Value logicalNot(Value value);
  Value logicalAnd(Value lhs, Value rhs);
  Value logicalOr(Value lhs, Value rhs);
  Value where(Value condition, Value ifTrue, Value ifFalse);
  Value matmul(Value lhs, Value rhs);

  //===--------------------------------------------------------------------===//
  // Reductions; no axes stand for all
  //===--------------------------------------------------------------------===//

  template <class Op>
  Value reduce(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims) {
    return create<Op>(reducedType(value, axes, keepDims),
                      {value, axes.empty() ? Value() : ints(axes)},
                      {intAttr("keepdims", keepDims)});
  }
  Value reduceSum(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);
  Value reduceMean(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);
  Value reduceMax(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);
  Value reduceMin(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);
  Value reduceProd(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);
  /// The type of a tensor without (or with 1 for) the axes.
  Type reducedType(Value value, llvm::ArrayRef<int64_t> axes, bool keepDims);

private:
  llvm::SmallVector<Value> padOperands(mlir::ValueRange operands,
                                       unsigned count);
  llvm::SmallVector<Type> padTypes(mlir::TypeRange types, unsigned count);
  mlir::DenseElementsAttr splatReal(llvm::ArrayRef<int64_t> shape, double value,
                                    Type elementType);
  mlir::DenseElementsAttr splatInt(llvm::ArrayRef<int64_t> shape, int64_t value,
                                   Type elementType);
  template <class Op, class... Args> Value constant(Args... args);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Block *constantHome = nullptr;
  mlir::Operation *lastConstant = nullptr;
  llvm::DenseMap<mlir::Attribute, Value> initializers;
  Value noneValue;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_ONNXBUILDER_H
