//===- ConversionContext.cpp - What a conversion works with ---------------===//

#include "passes/TorchToOnnx/ConversionContext.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::AtomAttr;
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

Value ConversionContext::intListTensor(Value torchList) {
  if (std::optional<SmallVector<int64_t>> numbers = constInts(torchList))
    return builder.ints(*numbers);
  std::optional<SmallVector<Value>> elements = listElements(torchList);
  if (!elements)
    return {};
  SmallVector<Value> parts;
  SmallVector<int64_t> constants;
  auto flush = [&] {
    if (!constants.empty())
      parts.push_back(builder.ints(constants));
    constants.clear();
  };
  for (Value element : *elements) {
    if (std::optional<int64_t> number = constInt(element)) {
      constants.push_back(*number);
      continue;
    }
    flush();
    Value part = intTensor(element);
    if (!part)
      return {};
    parts.push_back(part);
  }
  flush();
  return builder.concat(parts, 0);
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
  return Symbolic::makeTensorType(dims(torchValue), dtype(torchValue));
}

// The type that holds the values of both; PyTorch's promoteTypes.
static Type promoteTypes(Type a, Type b) {
  if (!a || a == b)
    return b;
  if (!b)
    return a;
  if (isa<ComplexType>(a) || isa<ComplexType>(b)) {
    auto width = [](Type type) {
      if (auto complex = dyn_cast<ComplexType>(type))
        type = complex.getElementType();
      return type.isF64() ? 64 : 32;
    };
    Builder builder(a.getContext());
    return ComplexType::get(std::max(width(a), width(b)) == 64
                                ? Type(builder.getF64Type())
                                : Type(builder.getF32Type()));
  }
  auto floatA = dyn_cast<FloatType>(a), floatB = dyn_cast<FloatType>(b);
  if (floatA && floatB) {
    if (floatA.getWidth() == floatB.getWidth())
      return FloatType::getF32(a.getContext());
    return floatA.getWidth() > floatB.getWidth() ? a : b;
  }
  if (floatA || floatB)
    return floatA ? a : b;
  auto intA = cast<IntegerType>(a), intB = cast<IntegerType>(b);
  if (intA.getWidth() == 1 || intB.getWidth() == 1)
    return intA.getWidth() == 1 ? b : a;
  if (intA.isUnsigned() == intB.isUnsigned())
    return intA.getWidth() > intB.getWidth() ? a : b;
  IntegerType signedInt = intA.isUnsigned() ? intB : intA;
  IntegerType unsignedInt = intA.isUnsigned() ? intA : intB;
  if (signedInt.getWidth() > unsignedInt.getWidth())
    return signedInt;
  return IntegerType::get(a.getContext(),
                          std::min(64u, 2 * unsignedInt.getWidth()));
}

// How numbers of a stronger group and those of a weaker one meet.
static Type combineGroups(Type strong, Type weak) {
  if (!strong || !weak)
    return strong ? strong : weak;
  if (isa<ComplexType>(strong) ||
      (isa<FloatType>(strong) && !isa<ComplexType>(weak)))
    return strong;
  if (strong.isInteger(1) || isa<FloatType, ComplexType>(weak))
    return promoteTypes(strong, weak);
  return strong;
}

Type ConversionContext::promote(ValueRange torchValues) {
  Type withDims, withoutDims, numbers;
  for (Value value : torchValues) {
    if (isNone(value))
      continue;
    Type type = dtype(value);
    auto tensor = dyn_cast<Torch::TensorType>(value.getType());
    if (tensor && rank(value) > 0)
      withDims = promoteTypes(withDims, type);
    else if (tensor && !tensor.isWrapped())
      withoutDims = promoteTypes(withoutDims, type);
    else
      numbers = promoteTypes(
          numbers, isFloat(type) ? builder.getBuilder().getF32Type() : type);
  }
  return combineGroups(withDims, combineGroups(withoutDims, numbers));
}

//===----------------------------------------------------------------------===//
// Dimensions
//===----------------------------------------------------------------------===//

Value ConversionContext::materialize(DimAttr dim) {
  if (!dim)
    return {};
  if (std::optional<int64_t> size = dim.getConstantValue())
    return builder.ints({*size});
  if (Value known = dimensions.lookup(dim))
    return known;
  SmallVector<StringRef> names;
  Symbolic::collectSymbols(dim, names);
  for (StringRef name : names)
    if (!symbolOwners.count(name))
      return {};

  OpBuilder::InsertionGuard guard(builder.getBuilder());
  if (lastDimension)
    builder.getBuilder().setInsertionPointAfter(lastDimension);
  else if (Operation *constant = builder.getLastConstant())
    builder.getBuilder().setInsertionPointAfter(constant);
  else
    builder.getBuilder().setInsertionPointToStart(entry);
  Value result = materializeUncached(dim);
  if (result.getDefiningOp() && !result.getDefiningOp<Onnx::InitializerOp>())
    lastDimension = result.getDefiningOp();
  dimensions[dim] = result;
  return result;
}

Value ConversionContext::materializeUncached(DimAttr dim) {
  Value sum;
  int64_t constant = 0;
  for (const Symbolic::Term &term : dim.getTerms()) {
    if (term.factors.empty()) {
      constant = term.coefficient;
      continue;
    }
    Value product;
    for (AtomAttr atom : term.factors) {
      Value factor = materializeAtom(atom);
      product = product ? builder.mul(product, factor) : factor;
    }
    if (term.coefficient == -1 && sum) {
      sum = builder.sub(sum, product);
      continue;
    }
    if (term.coefficient != 1)
      product = builder.mul(product, builder.ints({term.coefficient}));
    sum = sum ? builder.add(sum, product) : product;
  }
  if (!sum)
    return builder.ints({constant});
  if (constant)
    sum = builder.add(sum, builder.ints({constant}));
  return sum;
}

Value ConversionContext::materializeAtom(AtomAttr atom) {
  if (atom.getKind() == AtomAttr::Kind::Symbol) {
    DimAttr dim = DimAttr::getSymbol(atom.getContext(), atom.getSymbol());
    if (Value known = dimensions.lookup(dim))
      return known;
    auto [owner, axis] = symbolOwners.lookup(atom.getSymbol());
    Value size = builder.shape(owner, axis, axis + 1);
    dimensions[dim] = size;
    return size;
  }
  auto operand = [&](DimAttr dim) { return materializeUncached(dim); };
  DimAttr lhs = atom.getLhs(), rhs = atom.getRhs();
  if (atom.getKind() == AtomAttr::Kind::Min)
    return builder.min(operand(lhs), operand(rhs));
  if (atom.getKind() == AtomAttr::Kind::Max)
    return builder.max(operand(lhs), operand(rhs));
  // Div rounds toward zero: floor(p / b) = trunc((p + k b) / b) - k, where
  // p + k b >= 0.
  std::optional<int64_t> low = Symbolic::getLowerBound(lhs);
  std::optional<int64_t> divisor = rhs.getConstantValue();
  if (low && divisor && *divisor > 0) {
    int64_t shift = *low >= 0 ? 0 : (-*low + *divisor - 1) / *divisor;
    Value quotient = builder.div(operand(Symbolic::add(lhs, shift * *divisor)),
                                 operand(rhs));
    return shift ? builder.sub(quotient, builder.ints({shift})) : quotient;
  }
  // floor(p / b) = (p - (p mod b)) / b
  Value p = operand(lhs), b = operand(rhs);
  return builder.div(builder.sub(p, builder.binary<Onnx::ModOp>(p, b)), b);
}

Value ConversionContext::materializeScalar(DimAttr dim) {
  if (dim && dim.isConstant())
    return builder.scalar(*dim.getConstantValue(),
                          builder.getBuilder().getI64Type());
  if (Value known = scalarDimensions.lookup(dim))
    return known;
  Value size = materialize(dim);
  if (!size)
    return {};
  OpBuilder::InsertionGuard guard(builder.getBuilder());
  builder.getBuilder().setInsertionPointAfter(lastDimension);
  Value result = builder.squeeze(size, {0});
  lastDimension = result.getDefiningOp();
  scalarDimensions[dim] = result;
  return result;
}

Value ConversionContext::size(Value torchTensor, int64_t axis) {
  ArrayRef<DimAttr> shape = dims(torchTensor);
  int64_t at = axis < 0 ? axis + int64_t(shape.size()) : axis;
  if (Value known = materialize(shape[at]))
    return known;
  return builder.shape(tensor(torchTensor), at, at + 1);
}

Value ConversionContext::shapeOf(Value torchTensor) {
  if (onnxType(torchTensor).hasStaticShape())
    return builder.ints(onnxType(torchTensor).getShape());
  return builder.shape(tensor(torchTensor));
}

Value ConversionContext::shapeTensor(ArrayRef<DimAttr> shape) {
  SmallVector<Value> parts;
  SmallVector<int64_t> constants;
  auto flush = [&] {
    if (!constants.empty())
      parts.push_back(builder.ints(constants));
    constants.clear();
  };
  for (DimAttr dim : shape) {
    if (dim && dim.isConstant()) {
      constants.push_back(*dim.getConstantValue());
      continue;
    }
    flush();
    parts.push_back(materialize(dim));
    if (!parts.back())
      return {};
  }
  flush();
  return parts.empty() ? builder.ints({}) : builder.concat(parts, 0);
}

namespace {
// A shape that is put together of numbers and of tensors of one element.
struct ShapeParts {
  OnnxBuilder &builder;
  SmallVector<Value> parts;
  SmallVector<int64_t> numbers;

  void add(int64_t number) { numbers.push_back(number); }
  void add(Value part) {
    flush();
    parts.push_back(part);
  }
  void flush() {
    if (!numbers.empty())
      parts.push_back(builder.ints(numbers));
    numbers.clear();
  }
  Value get() {
    flush();
    return parts.empty() ? builder.ints({}) : builder.concat(parts, 0);
  }
};
} // namespace

Value ConversionContext::reshapeTo(Value onnxValue, Value torchResult,
                                   Value torchSizes) {
  RankedTensorType type = onnxType(torchResult);
  if (OnnxBuilder::elementType(onnxValue) != type.getElementType())
    type = RankedTensorType::get(type.getShape(),
                                 OnnxBuilder::elementType(onnxValue),
                                 type.getEncoding());
  if (Value known = builder.tryReshape(onnxValue, type))
    return known;
  SmallVector<DimAttr> source;
  if (OnnxBuilder::hasRank(onnxValue))
    source = OnnxBuilder::dims(onnxValue);
  std::optional<SmallVector<Value>> sizes =
      torchSizes ? listElements(torchSizes) : std::nullopt;
  ArrayRef<DimAttr> target = dims(torchResult);
  if (sizes && sizes->size() != target.size())
    sizes.reset();
  bool hasZero = llvm::any_of(
      target, [](DimAttr dim) { return dim && dim.getConstantValue() == 0; });
  // -1 is for a dimension that cannot be computed otherwise.
  auto isCopy = [&](size_t i) {
    return !hasZero && target[i] && i < source.size() && source[i] == target[i];
  };
  std::optional<size_t> rest;
  for (size_t i = 0; i < target.size() && !hasZero; ++i) {
    if (isCopy(i) || (target[i] && target[i].isConstant()))
      continue;
    bool isMinusOne = sizes && constInt((*sizes)[i]) == -1;
    if (!rest || isMinusOne || (!target[i] && target[*rest] && !sizes))
      rest = i;
    if (isMinusOne)
      break;
  }
  ShapeParts parts{builder, {}, {}};
  for (size_t i = 0; i < target.size(); ++i) {
    if (target[i] && target[i].isConstant()) {
      parts.add(*target[i].getConstantValue());
    } else if (isCopy(i)) {
      parts.add(0);
    } else if (rest == i) {
      parts.add(-1);
    } else if (Value size = materialize(target[i])) {
      parts.add(size);
    } else if (sizes && !constInt((*sizes)[i])) {
      Value element = intTensor((*sizes)[i]);
      if (!element)
        return {};
      parts.add(element);
    } else {
      return {};
    }
  }
  return builder.reshape(onnxValue, type, parts.get(), hasZero);
}

Value ConversionContext::expandTo(Value onnxValue, Value torchResult,
                                  Value torchSizes) {
  ArrayRef<DimAttr> target = dims(torchResult);
  std::optional<SmallVector<Value>> sizes =
      torchSizes ? listElements(torchSizes) : std::nullopt;
  if (sizes && sizes->size() != target.size())
    sizes.reset();
  SmallVector<DimAttr> source = OnnxBuilder::dims(onnxValue);
  size_t added = target.size() - source.size();
  ShapeParts parts{builder, {}, {}};
  bool isSame = added == 0;
  for (size_t i = 0; i < target.size(); ++i) {
    bool keeps = sizes && constInt((*sizes)[i]) == -1;
    if (i >= added &&
        (keeps || (target[i] && source[i - added] == target[i]))) {
      // Expand leaves a dimension alone where 1 is asked for.
      parts.add(1);
      continue;
    }
    isSame = false;
    if (target[i] && target[i].isConstant()) {
      parts.add(*target[i].getConstantValue());
    } else if (Value size = materialize(target[i])) {
      parts.add(size);
    } else if (sizes) {
      Value element = intTensor((*sizes)[i]);
      if (!element)
        return {};
      parts.add(element);
    } else {
      return {};
    }
  }
  if (isSame)
    return onnxValue;
  Type type =
      OnnxBuilder::tensorType(target, OnnxBuilder::elementType(onnxValue));
  return builder.expand(onnxValue, parts.get(), type);
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
  onnxValue = builder.cast(onnxValue, dtype);
  RankedTensorType inferred = onnxType(torchValue), merged = inferred;
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
