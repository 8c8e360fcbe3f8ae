//===- ConversionContext.cpp - What a conversion works with ---------------===//

#include "passes/TorchToOnnx/ConversionContext.h"

#include "lib/Support/Constants.h"
#include "lib/Support/TypePromotion.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

ConversionContext::ConversionContext(OpBuilder &opBuilder, Block *entry,
                                     ValueRange torchArguments,
                                     int64_t targetOpset)
    : builder(opBuilder, opBuilder.getUnknownLoc()), entry(entry),
      targetOpset(targetOpset) {
  builder.setConstantHome(entry);
  for (auto [torchValue, onnxValue] :
       llvm::zip_equal(torchArguments, entry->getArguments())) {
    values[torchValue] = onnxValue;
    if (!isa<RankedTensorType>(onnxValue.getType()))
      continue;
    for (auto [axis, dim] : llvm::enumerate(OnnxBuilder::dims(onnxValue)))
      if (std::optional<StringRef> name =
              dim ? dim.getSymbolName() : std::nullopt)
        symbolOwners.try_emplace(*name, onnxValue, int64_t(axis));
  }
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

bool ConversionContext::isNone(Value torchValue) {
  return Torch::isNone(torchValue);
}

Value ConversionContext::tensor(Value torchValue) {
  if (isNone(torchValue))
    return {};
  if (Value known = values.lookup(torchValue))
    return known;
  Value result = convertConstant(torchValue);
  if (!result) {
    if (Operation *op = torchValue.getDefiningOp())
      (void)fail(op, "its result is used as a tensor, which it is not");
    failed = true;
    return builder.getBuilder()
        .create<UnrealizedConversionCastOp>(
            builder.getLoc(), TypeRange(onnxType(torchValue)), ValueRange())
        .getResult(0);
  }
  values[torchValue] = result;
  return result;
}

Value ConversionContext::convertConstant(Value torchValue) {
  Type i64 = builder.getBuilder().getI64Type();
  if (std::optional<bool> value = constBool(torchValue))
    return builder.scalar(*value, builder.getBuilder().getI1Type());
  if (std::optional<int64_t> value = constInt(torchValue))
    return builder.scalar(*value, i64);
  if (std::optional<double> value = constFloat(torchValue))
    return builder.scalar(*value, builder.getBuilder().getF64Type());
  if (DimAttr dim = intDim(torchValue))
    return materializeScalar(dim);
  auto op = torchValue.getDefiningOp<Torch::TensorConstantOp>();
  if (!op)
    return {};
  auto value = cast<TypedAttr>(op.getValueAttr());
  if (isComplex(torchValue)) {
    // The bytes are those of the pairs.
    RankedTensorType type = RankedTensorType::get(
        onnxType(torchValue).getShape(), onnxType(torchValue).getElementType());
    if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
      value = DenseResourceElementsAttr::get(type, resource.getRawHandle());
    } else {
      FailureOr<ConstantBytes> bytes = readConstant(value);
      if (::failed(bytes))
        return {};
      value = makeConstant(type, bytes->data);
    }
  }
  if (!op.getName() || op.getName()->empty())
    return builder.initializer(value);
  Value &known = namedConstants[*op.getName()];
  auto initializer =
      known ? known.getDefiningOp<Onnx::InitializerOp>() : nullptr;
  if (!initializer || initializer.getValue() != value)
    known = builder.initializer(value, op.getNameAttr());
  return known;
}

Value ConversionContext::tensorAs(Value torchValue, Type type) {
  if (isNone(torchValue))
    return {};
  // A number is made in the type that it is needed in.
  if (!values.count(torchValue)) {
    if (std::optional<bool> value = constBool(torchValue))
      return builder.scalar(*value, type);
    if (std::optional<int64_t> value = constInt(torchValue))
      return builder.scalar(*value, type);
    if (std::optional<double> value = constFloat(torchValue))
      return builder.scalar(*value, type);
  }
  auto constant = torchValue.getDefiningOp<Torch::TensorConstantOp>();
  auto elements = constant ? dyn_cast<DenseElementsAttr>(constant.getValue())
                           : DenseElementsAttr();
  if (elements && elements.isSplat() && elements.getElementType() != type) {
    ArrayRef<int64_t> shape = elements.getType().getShape();
    if (isa<FloatType>(elements.getElementType()) && isFloat(type))
      return builder.filled(
          shape, elements.getSplatValue<APFloat>().convertToDouble(), type);
    if (elements.getElementType().isSignlessInteger())
      return builder.filled(
          shape,
          isBool(elements.getElementType())
              ? int64_t(elements.getSplatValue<APInt>().getBoolValue())
              : elements.getSplatValue<APInt>().getSExtValue(),
          type);
  }
  return builder.cast(tensor(torchValue), type);
}

std::optional<SmallVector<Value>>
ConversionContext::listElements(Value torchList) {
  std::optional<OperandRange> elements = Torch::matchList(torchList);
  if (!elements)
    return std::nullopt;
  return SmallVector<Value>(*elements);
}

std::optional<SmallVector<Value>>
ConversionContext::tensorList(Value torchList) {
  if (auto it = lists.find(torchList); it != lists.end())
    return SmallVector<Value>(it->second.begin(), it->second.end());
  std::optional<SmallVector<Value>> elements = listElements(torchList);
  if (elements)
    for (Value &element : *elements)
      element = tensor(element);
  return elements;
}

Value ConversionContext::intTensor(Value torchInt) {
  if (DimAttr dim = intDim(torchInt))
    if (Value known = materialize(dim))
      return known;
  if (constBool(torchInt) || constFloat(torchInt))
    return {};
  Value number =
      builder.cast(tensor(torchInt), builder.getBuilder().getI64Type());
  return OnnxBuilder::rank(number) ? number : builder.unsqueeze(number, {0});
}

std::optional<int64_t> ConversionContext::constInt(Value torchValue) {
  return Torch::matchConstantInt(torchValue);
}
std::optional<double> ConversionContext::constFloat(Value torchValue) {
  return Torch::matchConstantFloat(torchValue);
}
std::optional<bool> ConversionContext::constBool(Value torchValue) {
  return Torch::matchConstantBool(torchValue);
}
std::optional<StringRef> ConversionContext::constStr(Value torchValue) {
  return Torch::matchConstantStr(torchValue);
}
std::optional<SmallVector<int64_t>>
ConversionContext::constInts(Value torchList) {
  return Torch::matchConstantIntList(torchList);
}
std::optional<SmallVector<int64_t>>
ConversionContext::constInts(Value torchList, size_t count) {
  std::optional<SmallVector<int64_t>> numbers;
  if (std::optional<int64_t> number = constInt(torchList))
    numbers = {*number};
  else
    numbers = constInts(torchList);
  if (numbers && numbers->size() == 1)
    numbers->assign(count, numbers->front());
  if (numbers && numbers->size() != count)
    return std::nullopt;
  return numbers;
}
DimAttr ConversionContext::intDim(Value torchInt) {
  return Torch::matchSymbolicInt(torchInt);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type ConversionContext::dtype(Value torchValue) {
  Type type = torchValue.getType();
  Builder b(type.getContext());
  if (auto tensor = dyn_cast<Torch::TensorType>(type))
    return tensor.getDtype();
  if (isa<Torch::IntType>(type))
    return b.getI64Type();
  if (isa<Torch::FloatType>(type))
    return b.getF64Type();
  if (isa<Torch::BoolType>(type))
    return b.getI1Type();
  return {};
}

int64_t ConversionContext::rank(Value torchTensor) {
  auto type = dyn_cast<Torch::TensorType>(torchTensor.getType());
  return type && type.hasRank() ? type.getRank() : 0;
}

ArrayRef<DimAttr> ConversionContext::dims(Value torchTensor) {
  auto type = dyn_cast<Torch::TensorType>(torchTensor.getType());
  return type && type.hasRank() ? type.getDims() : ArrayRef<DimAttr>();
}

std::optional<int64_t> ConversionContext::staticDim(Value torchTensor,
                                                    int64_t axis) {
  ArrayRef<DimAttr> shape = dims(torchTensor);
  DimAttr dim = shape[axis < 0 ? axis + shape.size() : axis];
  return dim ? dim.getConstantValue() : std::nullopt;
}

RankedTensorType ConversionContext::onnxType(Value torchValue) {
  Type type = dtype(torchValue);
  auto complex = dyn_cast_or_null<ComplexType>(type);
  if (!complex)
    return Symbolic::makeTensorType(dims(torchValue), type);
  SmallVector<DimAttr> pairs(dims(torchValue));
  pairs.push_back(DimAttr::getConstant(torchValue.getContext(), 2));
  return Symbolic::makeTensorType(pairs, complex.getElementType());
}

Type ConversionContext::promote(ValueRange torchValues) {
  // A number whose type is known when the model runs only has no say.
  SmallVector<Type> types;
  for (Value value : torchValues)
    if (!isa<Torch::NumberType>(value.getType()))
      types.push_back(value.getType());
  if (Type type = getResultDtype(types))
    return type;
  failed = true;
  emitError(builder.getLoc()) << "PyTorch has no dtype that those of the "
                                 "operands promote to; convert one of them";
  // A stand-in, so that other operations are still looked at.
  return dtype(torchValues.front());
}

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

// The dimensions that either type knows; null if they contradict each other.
static RankedTensorType mergeTypes(RankedTensorType inferred,
                                   RankedTensorType built) {
  if (inferred.getRank() != built.getRank())
    return {};
  SmallVector<DimAttr> result = Symbolic::getDims(inferred);
  for (auto [dim, other] : llvm::zip_equal(result, Symbolic::getDims(built))) {
    if (dim && other && Symbolic::neverEqual(dim, other))
      return {};
    if (!dim)
      dim = other;
  }
  return Symbolic::makeTensorType(result, built.getElementType());
}

void ConversionContext::map(Value torchValue, Value onnxValue) {
  if (!onnxValue)
    return;
  Type dtype = this->dtype(torchValue);
  if (!dtype) {
    values[torchValue] = onnxValue;
    return;
  }
  RankedTensorType inferred = onnxType(torchValue), merged = inferred;
  onnxValue = builder.cast(onnxValue, inferred.getElementType());
  if (auto built = dyn_cast<RankedTensorType>(onnxValue.getType()))
    merged = mergeTypes(inferred, built);
  if (!merged) {
    (void)fail(
        torchValue.getDefiningOp(), "its conversion has the type " + [&] {
          std::string text;
          llvm::raw_string_ostream(text) << onnxValue.getType();
          return text;
        }() + ", which the inferred one contradicts");
    return;
  }
  Operation *definition = onnxValue.getDefiningOp();
  if (definition && !isa<Onnx::InitializerOp>(definition))
    onnxValue.setType(merged);
  values[torchValue] = onnxValue;
}

void ConversionContext::mapList(Value torchList, ArrayRef<Value> onnxValues) {
  lists[torchList] = SmallVector<Value, 4>(onnxValues);
}

LogicalResult ConversionContext::replace(Operation *op, ValueRange results) {
  for (auto [torchValue, onnxValue] : llvm::zip(op->getResults(), results))
    map(torchValue, onnxValue);
  return success();
}

LogicalResult ConversionContext::fail(Operation *op, const Twine &reason) {
  failed = true;
  emitError(op->getLoc()) << "cannot convert " << Torch::getSchemaKey(op)
                          << ": " << reason;
  // Stand-ins, so that other operations are still looked at.
  for (Value result : op->getResults())
    if (isa<Torch::TensorType>(result.getType()) || dtype(result))
      values[result] =
          builder.getBuilder()
              .create<UnrealizedConversionCastOp>(
                  op->getLoc(), TypeRange(onnxType(result)), ValueRange())
              .getResult(0);
  return failure();
}
