//===- ConversionContext.h - What a conversion works with -------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONCONTEXT_H
#define TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONCONTEXT_H

#include "dialects/Torch/TorchOps.h"
#include "lib/Support/OnnxBuilder.h"
#include "passes/TorchToOnnx/ConversionRegistry.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/Twine.h"

namespace torchonnx {

class PrecisionLosses;

/// The state of the conversion of one function. Torch values are those of the
/// old body, onnx values those of the new one.
class ConversionContext {
public:
  using Value = mlir::Value;
  using Type = mlir::Type;
  using DimAttr = Symbolic::DimAttr;

  /// Converts into `entry`, which has an argument for each of `torchArguments`.
  ConversionContext(mlir::OpBuilder &opBuilder, mlir::Block *entry,
                    mlir::ValueRange torchArguments, int64_t targetOpset);

  /// Builds at the place of the operation that is being converted.
  OnnxBuilder builder;

  /// The opset that is written in the end. Conversions need not mind it, but
  /// may choose the form that comes out leanest.
  int64_t getTargetOpset() const { return targetOpset; }

  //===--------------------------------------------------------------------===//
  // Values
  //===--------------------------------------------------------------------===//

  /// The onnx tensor of a torch tensor or scalar. Constants become
  /// initializers.
  Value tensor(Value torchValue);
  /// The same, cast to an element type. For scalars a 0-d tensor of that type.
  Value tensorAs(Value torchValue, Type dtype);
  Value scalarAs(Value torchScalar, Type dtype) {
    return tensorAs(torchScalar, dtype);
  }
  /// An operand in the dtype of the operation's result.
  Value operand(mlir::Operation *op, unsigned index = 0) {
    return tensorAs(op->getOperand(index), dtype(op->getResult(0)));
  }
  /// Whether a torch value is None.
  static bool isNone(Value torchValue);

  /// The values in a torch list, if it was made by prim.ListConstruct.
  static std::optional<llvm::SmallVector<Value>> listElements(Value torchList);
  /// The onnx tensors in a list of torch tensors; null for a None among them.
  std::optional<llvm::SmallVector<Value>> tensorList(Value torchList);
  /// The numbers in a list of ints as a 1-D i64 tensor; null if the list is
  /// not known element by element.
  Value intListTensor(Value torchList);
  /// One int, as a 1-D i64 tensor of one element.
  Value intTensor(Value torchInt);

  static std::optional<int64_t> constInt(Value torchValue);
  static std::optional<double> constFloat(Value torchValue);
  static std::optional<bool> constBool(Value torchValue);
  static std::optional<llvm::StringRef> constStr(Value torchValue);
  static std::optional<llvm::SmallVector<int64_t>> constInts(Value torchList);
  /// The operand that the schema calls `name`; null if there is none. For
  /// functions that convert several operators.
  static Value arg(mlir::Operation *op, llvm::StringRef name) {
    return Torch::getOperandNamed(op, name);
  }
  /// A constant list of `count` ints; a single one stands for all.
  static std::optional<llvm::SmallVector<int64_t>> constInts(Value torchList,
                                                             size_t count);
  /// The dimension that an int stands for; null if it isn't known.
  static DimAttr intDim(Value torchInt);

  //===--------------------------------------------------------------------===//
  // Types
  //===--------------------------------------------------------------------===//

  /// The element type of a tensor, or that of the tensor a scalar becomes
  /// (i64, f64, i1). Null if it is unknown.
  static Type dtype(Value torchValue);
  static bool isFloat(Type dtype) { return llvm::isa<mlir::FloatType>(dtype); }
  static bool isBool(Type dtype) { return dtype.isInteger(1); }
  /// Integers of any width and sign, but not booleans.
  static bool isInt(Type dtype) {
    return llvm::isa<mlir::IntegerType>(dtype) && !dtype.isInteger(1);
  }
  /// The element types of indices and of conditions.
  Type i64() { return builder.getBuilder().getI64Type(); }
  Type i1() { return builder.getBuilder().getI1Type(); }
  static int64_t rank(Value torchTensor);
  static llvm::ArrayRef<DimAttr> dims(Value torchTensor);
  /// A size that is a number, else nullopt.
  static std::optional<int64_t> staticDim(Value torchTensor, int64_t axis);
  static bool isComplex(Value torchValue) {
    Type type = dtype(torchValue);
    return type && llvm::isa<mlir::ComplexType>(type);
  }
  /// The type that a torch tensor (or scalar) has in onnx: a complex one is
  /// real, with a last dimension of 2 more.
  static mlir::RankedTensorType onnxType(Value torchValue);
  /// PyTorch's type promotion: tensors with dimensions win over those without,
  /// those over wrapped numbers and scalars, within a kind of numbers.
  Type promote(mlir::ValueRange torchValues);
  /// Whether ONNX Runtime has `onnxOp` in this element type.
  static bool hasKernel(llvm::StringRef onnxOp, Type dtype);
  /// The element type in which ONNX Runtime has `onnxOp` that represents
  /// numbers of `dtype` best; `dtype` itself if it has it. To be asked when the
  /// operator is built in it: f64 numbers in f32 are noted for a warning, and
  /// integers in a float that does not hold them all fail the conversion.
  Type kernelType(llvm::StringRef onnxOp, Type dtype);
  /// The result of an element-wise operator, of the operand's type, computed in
  /// a type that the runtime has a kernel for.
  template <class Op>
  Value unary(Value x, llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    Type type = OnnxBuilder::elementType(x);
    Value y = builder.unary<Op>(builder.cast(x, kernelType(opType<Op>(), type)),
                                attributes);
    return builder.cast(y, type);
  }
  /// The same for two operands of one type that broadcast.
  template <class Op>
  Value binary(Value a, Value b,
               llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    Type type = OnnxBuilder::elementType(a);
    Type kernel = kernelType(opType<Op>(), type);
    Value y = builder.binary<Op>(builder.cast(a, kernel),
                                 builder.cast(b, kernel), attributes);
    return builder.cast(y, type);
  }
  /// Selects by a boolean condition from two operands of one type.
  Value where(Value condition, Value ifTrue, Value ifFalse) {
    Type type = OnnxBuilder::elementType(ifTrue);
    Type kernel = kernelType("Where", type);
    return builder.cast(builder.where(condition, builder.cast(ifTrue, kernel),
                                      builder.cast(ifFalse, kernel)),
                        type);
  }
  /// A reduction in a type that the runtime has a kernel for.
  template <class Op>
  Value reduce(Value x, llvm::ArrayRef<int64_t> axes, bool keepDims) {
    Type type = OnnxBuilder::elementType(x);
    Value y = builder.reduce<Op>(
        builder.cast(x, kernelType(opType<Op>(), type)), axes, keepDims);
    return builder.cast(y, type);
  }
  /// `Conv` for Onnx::ConvOp.
  template <class Op> static llvm::StringRef opType() {
    return Op::getOperationName().drop_front(sizeof("onnx.") - 1);
  }
  /// An axis argument as a number from 0 on; a 0-d tensor has one axis.
  static int64_t normalizeAxis(int64_t axis, int64_t rank) {
    return axis < 0 ? axis + std::max<int64_t>(rank, 1) : axis;
  }

  //===--------------------------------------------------------------------===//
  // Dimensions
  //===--------------------------------------------------------------------===//

  /// A dimension as a 1-D i64 tensor of one element, computed at the start of
  /// the function from the inputs. Null if an input does not own a symbol.
  Value materialize(DimAttr dim);
  /// The same as a 0-d tensor.
  Value materializeScalar(DimAttr dim);
  /// The size of one axis of a torch tensor, as a 1-D i64 tensor.
  Value size(Value torchTensor, int64_t axis);
  /// The shape of a torch tensor as a 1-D i64 tensor.
  Value shapeOf(Value torchTensor);
  /// The dimensions as a 1-D i64 tensor; null if one is unknown.
  Value shapeTensor(llvm::ArrayRef<DimAttr> dims);
  /// Reshapes to the type of `torchResult`. `torchSizes`, a list of ints, is
  /// asked where the type does not tell. Null if nothing does.
  Value reshapeTo(Value onnxValue, Value torchResult, Value torchSizes = {});
  /// Expands to the type of `torchResult`, as reshapeTo.
  Value expandTo(Value onnxValue, Value torchResult, Value torchSizes = {});

  //===--------------------------------------------------------------------===//
  // Results
  //===--------------------------------------------------------------------===//

  /// Gives the results of a torch operation their onnx values. Each takes the
  /// type that was inferred for the torch value; a Cast is added where the
  /// element type differs.
  llvm::LogicalResult replace(mlir::Operation *op, mlir::ValueRange values);
  /// Maps one value, as replace.
  void map(Value torchValue, Value onnxValue);
  /// The onnx tensors of a list that an operator returns.
  void mapList(Value torchList, llvm::ArrayRef<Value> onnxValues);
  /// Reports that `op` cannot be converted, and why.
  llvm::LogicalResult fail(mlir::Operation *op, const llvm::Twine &reason);
  bool hasFailed() const { return failed; }

  /// Converts the operations of a block at the insertion point.
  llvm::LogicalResult convertBlock(mlir::Block &torchBlock);

  /// Domains of user libraries: `mylib` -> ("my.domain", 1).
  struct CustomDomain {
    std::string domain;
    int64_t version;
  };
  const llvm::StringMap<CustomDomain> *customDomains = nullptr;
  /// Where operators are noted that compute in less than their own type.
  PrecisionLosses *losses = nullptr;

private:
  Value materializeUncached(DimAttr dim);
  Value materializeAtom(Symbolic::AtomAttr atom);
  Value convertConstant(Value torchValue);

  mlir::Block *entry;
  int64_t targetOpset;
  /// Inputs' axes that own a symbol.
  llvm::StringMap<std::pair<Value, int64_t>> symbolOwners;
  llvm::DenseMap<Value, Value> values;
  llvm::DenseMap<Value, llvm::SmallVector<Value, 4>> lists;
  llvm::DenseMap<DimAttr, Value> dimensions;
  llvm::DenseMap<DimAttr, Value> scalarDimensions;
  llvm::StringMap<Value> namedConstants;
  mlir::Operation *lastDimension = nullptr;
  /// The operation that is being converted, and the last one of which it was
  /// said that no kernel holds its numbers.
  mlir::Operation *current = nullptr, *refused = nullptr;
  bool failed = false;
};

} // namespace torchonnx

#endif // TORCHONNX_PASSES_TORCHTOONNX_CONVERSIONCONTEXT_H
