//===- Dimensions.cpp - Dimensions and shapes as tensors ------------------===//

#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::AtomAttr;
using Symbolic::DimAttr;

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

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

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

// Adds a dimension, or where it is unknown the size that the program gives;
// false if neither is known.
static bool addSize(ShapeParts &parts, DimAttr dim, Value torchSize,
                    ConversionContext &c) {
  if (dim && dim.isConstant()) {
    parts.add(*dim.getConstantValue());
    return true;
  }
  Value size = c.materialize(dim);
  if (!size && torchSize && c.constInt(torchSize) != -1)
    size = c.intTensor(torchSize);
  if (size)
    parts.add(size);
  return static_cast<bool>(size);
}

Value ConversionContext::intListTensor(Value torchList) {
  if (std::optional<SmallVector<int64_t>> numbers = constInts(torchList))
    return builder.ints(*numbers);
  std::optional<SmallVector<Value>> elements = listElements(torchList);
  if (!elements)
    return {};
  ShapeParts parts{builder, {}, {}};
  for (Value element : *elements) {
    if (std::optional<int64_t> number = constInt(element))
      parts.add(*number);
    else if (Value part = intTensor(element))
      parts.add(part);
    else
      return {};
  }
  return parts.get();
}

Value ConversionContext::shapeTensor(ArrayRef<DimAttr> shape) {
  ShapeParts parts{builder, {}, {}};
  for (DimAttr dim : shape)
    if (!addSize(parts, dim, {}, *this))
      return {};
  return parts.get();
}

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
    bool isNumber = target[i] && target[i].isConstant();
    if (!isNumber && isCopy(i))
      parts.add(0);
    else if (!isNumber && rest == i)
      parts.add(-1);
    else if (!addSize(parts, target[i], sizes ? (*sizes)[i] : Value(), *this))
      return {};
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
    if (!addSize(parts, target[i], sizes ? (*sizes)[i] : Value(), *this))
      return {};
  }
  if (isSame)
    return onnxValue;
  Type type =
      OnnxBuilder::tensorType(target, OnnxBuilder::elementType(onnxValue));
  return builder.expand(onnxValue, parts.get(), type);
}
