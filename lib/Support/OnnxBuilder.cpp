//===- OnnxBuilder.cpp - Builds operations of the onnx dialect ------------===//

#include "lib/Support/OnnxBuilder.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Any operator
//===----------------------------------------------------------------------===//

SmallVector<Value> OnnxBuilder::padOperands(ValueRange operands,
                                            unsigned count) {
  SmallVector<Value> values(operands);
  while (values.size() < count)
    values.push_back({});
  for (Value &value : values)
    if (!value)
      value = none();
  return values;
}

SmallVector<Type> OnnxBuilder::padTypes(TypeRange types, unsigned count) {
  SmallVector<Type> result(types);
  while (result.size() < count)
    result.push_back({});
  for (Type &type : result)
    if (!type)
      type = builder.getNoneType();
  return result;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

NamedAttribute OnnxBuilder::intAttr(StringRef name, int64_t value) {
  return builder.getNamedAttr(name, builder.getI64IntegerAttr(value));
}

NamedAttribute OnnxBuilder::intsAttr(StringRef name, ArrayRef<int64_t> values) {
  return builder.getNamedAttr(name, builder.getDenseI64ArrayAttr(values));
}

NamedAttribute OnnxBuilder::realAttr(StringRef name, double value) {
  return builder.getNamedAttr(name, builder.getF32FloatAttr(float(value)));
}

NamedAttribute OnnxBuilder::realsAttr(StringRef name, ArrayRef<float> values) {
  return builder.getNamedAttr(name, builder.getDenseF32ArrayAttr(values));
}

NamedAttribute OnnxBuilder::stringAttr(StringRef name, StringRef value) {
  return builder.getNamedAttr(name, builder.getStringAttr(value));
}

NamedAttribute OnnxBuilder::stringsAttr(StringRef name,
                                        ArrayRef<StringRef> values) {
  return builder.getNamedAttr(name, builder.getStrArrayAttr(values));
}

NamedAttribute OnnxBuilder::tensorAttr(StringRef name, ElementsAttr value) {
  return builder.getNamedAttr(name, value);
}

NamedAttribute OnnxBuilder::dataTypeAttr(StringRef name, Type elementType) {
  return intAttr(name, Onnx::getDataType(elementType).value_or(0));
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

template <class Op, class... Args> Value OnnxBuilder::constant(Args... args) {
  OpBuilder::InsertionGuard guard(builder);
  if (constantHome) {
    if (lastConstant)
      builder.setInsertionPointAfter(lastConstant);
    else
      builder.setInsertionPointToStart(constantHome);
  }
  auto op = builder.create<Op>(loc, args...);
  lastConstant = op;
  return op->getResult(0);
}

Value OnnxBuilder::none() {
  if (!constantHome)
    return constant<Onnx::NoneOp>();
  if (!noneValue)
    noneValue = constant<Onnx::NoneOp>();
  return noneValue;
}

Value OnnxBuilder::initializer(TypedAttr value, StringAttr name) {
  if (!constantHome || name)
    return constant<Onnx::InitializerOp>(value, name);
  Value &known = initializers[value];
  if (!known)
    known = constant<Onnx::InitializerOp>(value, name);
  return known;
}

Value OnnxBuilder::ints(ArrayRef<int64_t> values) {
  auto type =
      RankedTensorType::get(int64_t(values.size()), builder.getI64Type());
  return initializer(DenseElementsAttr::get(type, values));
}

static APFloat toFloat(double value, Type elementType) {
  APFloat result(value);
  bool losesInfo = false;
  result.convert(cast<FloatType>(elementType).getFloatSemantics(),
                 APFloat::rmNearestTiesToEven, &losesInfo);
  return result;
}

Value OnnxBuilder::reals(ArrayRef<double> values, Type elementType) {
  auto type = RankedTensorType::get(int64_t(values.size()), elementType);
  SmallVector<APFloat> elements;
  for (double value : values)
    elements.push_back(toFloat(value, elementType));
  return initializer(DenseElementsAttr::get(type, elements));
}

DenseElementsAttr OnnxBuilder::splatReal(ArrayRef<int64_t> shape, double value,
                                         Type elementType) {
  if (!isa<FloatType>(elementType))
    return splatInt(shape,
                    elementType.isInteger(1) ? value != 0 : int64_t(value),
                    elementType);
  auto type = RankedTensorType::get(shape, elementType);
  return DenseElementsAttr::get(type, toFloat(value, elementType));
}

DenseElementsAttr OnnxBuilder::splatInt(ArrayRef<int64_t> shape, int64_t value,
                                        Type elementType) {
  if (isa<FloatType>(elementType))
    return splatReal(shape, double(value), elementType);
  auto type = RankedTensorType::get(shape, elementType);
  unsigned width = elementType.getIntOrFloatBitWidth();
  uint64_t bits = width == 1 ? value != 0 : uint64_t(value);
  return DenseElementsAttr::get(type, APInt(64, bits).trunc(width));
}

std::optional<SmallVector<int64_t>> OnnxBuilder::matchInts(Value value) {
  auto op = value.getDefiningOp<Onnx::InitializerOp>();
  auto elements = op ? dyn_cast<DenseIntElementsAttr>(op.getValue())
                     : DenseIntElementsAttr();
  if (!elements || elements.getElementType().isInteger(1) ||
      elements.getNumElements() > 4096)
    return std::nullopt;
  bool isUnsigned = elements.getElementType().isUnsignedInteger();
  SmallVector<int64_t> result;
  for (const APInt &element : elements.getValues<APInt>())
    result.push_back(isUnsigned ? int64_t(element.getZExtValue())
                                : element.getSExtValue());
  return result;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

Type OnnxBuilder::elementType(Value value) {
  return llvm::cast<TensorType>(value.getType()).getElementType();
}

bool OnnxBuilder::hasRank(Value value) {
  return isa<RankedTensorType>(value.getType());
}

int64_t OnnxBuilder::rank(Value value) {
  return llvm::cast<RankedTensorType>(value.getType()).getRank();
}

SmallVector<DimAttr> OnnxBuilder::dims(Value value) {
  return Symbolic::getDims(llvm::cast<RankedTensorType>(value.getType()));
}

Type OnnxBuilder::withElementType(Type tensor, Type elementType) {
  if (auto ranked = dyn_cast<RankedTensorType>(tensor))
    return RankedTensorType::get(ranked.getShape(), elementType,
                                 ranked.getEncoding());
  return UnrankedTensorType::get(elementType);
}

Type OnnxBuilder::broadcastType(ArrayRef<Value> values, Type elementType) {
  SmallVector<DimAttr> result;
  for (Value value : values) {
    if (!hasRank(value))
      return UnrankedTensorType::get(elementType);
    SmallVector<DimAttr> shape = dims(value);
    if (shape.size() > result.size())
      result.insert(result.begin(), shape.size() - result.size(), dim(1));
    size_t offset = result.size() - shape.size();
    for (auto [i, size] : llvm::enumerate(shape))
      result[offset + i] = Symbolic::broadcast(result[offset + i], size);
  }
  return tensorType(result, elementType);
}

//===----------------------------------------------------------------------===//
// Shape
//===----------------------------------------------------------------------===//

Value OnnxBuilder::cast(Value value, Type type) {
  if (elementType(value) == type)
    return value;
  return create<Onnx::CastOp>(withElementType(value.getType(), type), value,
                              dataTypeAttr("to", type));
}

Value OnnxBuilder::identity(Value value) {
  return unary<Onnx::IdentityOp>(value);
}

Value OnnxBuilder::reshape(Value value, Type result, Value target,
                           bool allowZero) {
  if (allowZero)
    return create<Onnx::ReshapeOp>(result, {value, target},
                                   intAttr("allowzero", 1));
  return create<Onnx::ReshapeOp>(result, {value, target});
}

// The size that -1 stands for: what is left of the product of all sizes.
static DimAttr restOfShape(ArrayRef<DimAttr> shape, ArrayRef<DimAttr> others,
                           MLIRContext *context) {
  SmallVector<DimAttr> left(shape), right(others);
  for (DimAttr &size : right) {
    auto it = size ? llvm::find(left, size) : left.end();
    if (it == left.end())
      continue;
    left.erase(it);
    size = DimAttr::getConstant(context, 1);
  }
  DimAttr divisor = Symbolic::product(context, right);
  if (!divisor || !divisor.isConstant() || *divisor.getConstantValue() == 0)
    return {};
  return Symbolic::floorDiv(Symbolic::product(context, left), divisor);
}

Value OnnxBuilder::reshape(Value value, ArrayRef<int64_t> target) {
  SmallVector<DimAttr> shape(target.size()), source;
  if (hasRank(value))
    source = dims(value);
  std::optional<size_t> unknown;
  SmallVector<DimAttr> others;
  for (auto [i, size] : llvm::enumerate(target)) {
    if (size == -1) {
      unknown = i;
      continue;
    }
    shape[i] = size ? dim(size) : i < source.size() ? source[i] : DimAttr();
    others.push_back(shape[i]);
  }
  if (unknown && hasRank(value))
    shape[*unknown] = restOfShape(source, others, getContext());
  return reshape(value, tensorType(shape, elementType(value)), ints(target));
}

Value OnnxBuilder::tryReshape(Value value, RankedTensorType result) {
  if (value.getType() == result)
    return value;
  SmallVector<DimAttr> target = Symbolic::getDims(result), source;
  if (hasRank(value))
    source = dims(value);
  SmallVector<int64_t> sizes(target.size(), -1);
  bool hasZero = false;
  int unknown = 0;
  for (auto [i, size] : llvm::enumerate(target)) {
    if (size && size.isConstant()) {
      sizes[i] = *size.getConstantValue();
      hasZero |= sizes[i] == 0;
    } else if (size && i < source.size() && source[i] == size) {
      sizes[i] = 0;
    } else {
      ++unknown;
    }
  }
  if (hasZero && !result.hasStaticShape())
    return {};
  if (unknown > 1)
    return {};
  return reshape(value, result, ints(sizes), hasZero);
}

Value OnnxBuilder::transpose(Value value, ArrayRef<int64_t> permutation) {
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return value;
  SmallVector<DimAttr> source = dims(value), result;
  for (int64_t axis : permutation)
    result.push_back(source[axis]);
  return create<Onnx::TransposeOp>(tensorType(result, elementType(value)),
                                   value, intsAttr("perm", permutation));
}

Value OnnxBuilder::swapAxes(Value value, int64_t a, int64_t b) {
  int64_t count = rank(value);
  auto permutation = llvm::to_vector(llvm::seq<int64_t>(0, count));
  if (count > 1)
    std::swap(permutation[a < 0 ? a + count : a],
              permutation[b < 0 ? b + count : b]);
  return transpose(value, permutation);
}

static SmallVector<bool> axisMask(ArrayRef<int64_t> axes, int64_t rank) {
  SmallVector<bool> mask(rank, false);
  for (int64_t axis : axes)
    mask[axis < 0 ? axis + rank : axis] = true;
  return mask;
}

Value OnnxBuilder::unsqueeze(Value value, ArrayRef<int64_t> axes) {
  if (axes.empty())
    return value;
  SmallVector<DimAttr> source = dims(value), result;
  SmallVector<bool> added = axisMask(axes, source.size() + axes.size());
  const DimAttr *next = source.begin();
  for (bool isNew : added)
    result.push_back(isNew ? dim(1) : *next++);
  return create<Onnx::UnsqueezeOp>(tensorType(result, elementType(value)),
                                   {value, ints(axes)});
}

Value OnnxBuilder::squeeze(Value value, ArrayRef<int64_t> axes) {
  if (axes.empty())
    return value;
  SmallVector<DimAttr> source = dims(value), result;
  SmallVector<bool> removed = axisMask(axes, source.size());
  for (auto [size, isRemoved] : llvm::zip_equal(source, removed))
    if (!isRemoved)
      result.push_back(size);
  return create<Onnx::SqueezeOp>(tensorType(result, elementType(value)),
                                 {value, ints(axes)});
}

Value OnnxBuilder::expand(Value value, Value target, Type result) {
  return create<Onnx::ExpandOp>(result, {value, target});
}

Value OnnxBuilder::concat(ArrayRef<Value> values, int64_t axis) {
  if (values.size() == 1)
    return values.front();
  SmallVector<DimAttr> result = dims(values.front());
  int64_t at = axis < 0 ? axis + int64_t(result.size()) : axis;
  for (Value value : values.drop_front()) {
    SmallVector<DimAttr> shape = dims(value);
    for (auto [i, size] : llvm::enumerate(shape))
      if (int64_t(i) == at)
        result[i] = Symbolic::add(result[i], size);
      else if (!result[i])
        result[i] = size;
  }
  return create<Onnx::ConcatOp>(tensorType(result, elementType(values.front())),
                                values, intAttr("axis", axis));
}

// The size of `size[start:end:step]`; null if it depends on an unknown.
static DimAttr slicedDim(DimAttr size, int64_t start, int64_t end, int64_t step,
                         MLIRContext *context) {
  if (!size)
    return {};
  auto constant = [&](int64_t value) {
    return DimAttr::getConstant(context, value);
  };
  auto clamp = [&](int64_t bound, int64_t low) -> DimAttr {
    DimAttr at = bound < 0 ? Symbolic::add(size, bound) : constant(bound);
    return Symbolic::max(Symbolic::min(at, size), constant(low));
  };
  if (step < 0) {
    std::optional<int64_t> known = size.getConstantValue();
    if (!known)
      return start == -1 && step == -1 && end <= -(int64_t(1) << 31)
                 ? size
                 : DimAttr();
    int64_t first = start < 0 ? start + *known : std::min(start, *known - 1);
    int64_t last = end < 0 ? std::max<int64_t>(end + *known, -1) : end;
    return constant(std::max<int64_t>(0, (first - last - step - 1) / -step));
  }
  DimAttr first = clamp(start, 0);
  DimAttr last = end >= (int64_t(1) << 31) ? size : clamp(end, 0);
  DimAttr length = Symbolic::max(Symbolic::sub(last, first), constant(0));
  return Symbolic::ceilDiv(length, constant(step));
}

Value OnnxBuilder::slice(Value value, ArrayRef<int64_t> starts,
                         ArrayRef<int64_t> ends, ArrayRef<int64_t> axes,
                         ArrayRef<int64_t> steps) {
  SmallVector<DimAttr> result = dims(value);
  for (auto [i, axis] : llvm::enumerate(axes)) {
    DimAttr &size = result[axis < 0 ? axis + result.size() : axis];
    size = slicedDim(size, starts[i], ends[i], steps.empty() ? 1 : steps[i],
                     getContext());
  }
  bool isUnit = llvm::all_of(steps, [](int64_t step) { return step == 1; });
  return create<Onnx::SliceOp>(tensorType(result, elementType(value)),
                               {value, ints(starts), ints(ends), ints(axes),
                                isUnit ? Value() : ints(steps)});
}

Value OnnxBuilder::gather(Value value, Value indices, int64_t axis) {
  SmallVector<DimAttr> source = dims(value), result;
  int64_t at = axis < 0 ? axis + int64_t(source.size()) : axis;
  llvm::append_range(result, ArrayRef(source).take_front(at));
  llvm::append_range(result, dims(indices));
  llvm::append_range(result, ArrayRef(source).drop_front(at + 1));
  return create<Onnx::GatherOp>(tensorType(result, elementType(value)),
                                {value, indices}, intAttr("axis", axis));
}

Value OnnxBuilder::shape(Value value, int64_t start,
                         std::optional<int64_t> end) {
  DimAttr length;
  if (hasRank(value)) {
    int64_t count = rank(value);
    auto clamp = [&](int64_t axis) {
      return std::clamp<int64_t>(axis < 0 ? axis + count : axis, 0, count);
    };
    length =
        dim(std::max<int64_t>(0, clamp(end.value_or(count)) - clamp(start)));
  }
  SmallVector<NamedAttribute> attributes;
  if (start)
    attributes.push_back(intAttr("start", start));
  if (end)
    attributes.push_back(intAttr("end", *end));
  return create<Onnx::ShapeOp>(tensorType(length, builder.getI64Type()), value,
                               attributes);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value OnnxBuilder::add(Value lhs, Value rhs) {
  return binary<Onnx::AddOp>(lhs, rhs);
}
Value OnnxBuilder::sub(Value lhs, Value rhs) {
  return binary<Onnx::SubOp>(lhs, rhs);
}
Value OnnxBuilder::mul(Value lhs, Value rhs) {
  return binary<Onnx::MulOp>(lhs, rhs);
}
Value OnnxBuilder::div(Value lhs, Value rhs) {
  return binary<Onnx::DivOp>(lhs, rhs);
}
Value OnnxBuilder::pow(Value base, Value exponent) {
  return binary<Onnx::PowOp>(base, exponent);
}
Value OnnxBuilder::min(Value lhs, Value rhs) {
  return binary<Onnx::MinOp>(lhs, rhs);
}
Value OnnxBuilder::max(Value lhs, Value rhs) {
  return binary<Onnx::MaxOp>(lhs, rhs);
}
Value OnnxBuilder::neg(Value value) { return unary<Onnx::NegOp>(value); }
Value OnnxBuilder::sqrt(Value value) { return unary<Onnx::SqrtOp>(value); }
Value OnnxBuilder::exp(Value value) { return unary<Onnx::ExpOp>(value); }
Value OnnxBuilder::log(Value value) { return unary<Onnx::LogOp>(value); }
Value OnnxBuilder::abs(Value value) { return unary<Onnx::AbsOp>(value); }
Value OnnxBuilder::floor(Value value) { return unary<Onnx::FloorOp>(value); }
Value OnnxBuilder::sigmoid(Value value) {
  return unary<Onnx::SigmoidOp>(value);
}
Value OnnxBuilder::tanh(Value value) { return unary<Onnx::TanhOp>(value); }

Value OnnxBuilder::softmax(Value value, int64_t axis) {
  return unary<Onnx::SoftmaxOp>(value, intAttr("axis", axis));
}

Value OnnxBuilder::equal(Value lhs, Value rhs) {
  return compare<Onnx::EqualOp>(lhs, rhs);
}
Value OnnxBuilder::less(Value lhs, Value rhs) {
  return compare<Onnx::LessOp>(lhs, rhs);
}
Value OnnxBuilder::lessOrEqual(Value lhs, Value rhs) {
  return compare<Onnx::LessOrEqualOp>(lhs, rhs);
}
Value OnnxBuilder::greater(Value lhs, Value rhs) {
  return compare<Onnx::GreaterOp>(lhs, rhs);
}
Value OnnxBuilder::greaterOrEqual(Value lhs, Value rhs) {
  return compare<Onnx::GreaterOrEqualOp>(lhs, rhs);
}
Value OnnxBuilder::logicalNot(Value value) { return unary<Onnx::NotOp>(value); }
Value OnnxBuilder::logicalAnd(Value lhs, Value rhs) {
  return compare<Onnx::AndOp>(lhs, rhs);
}
Value OnnxBuilder::logicalOr(Value lhs, Value rhs) {
  return compare<Onnx::OrOp>(lhs, rhs);
}

Value OnnxBuilder::where(Value condition, Value ifTrue, Value ifFalse) {
  return create<Onnx::WhereOp>(
      broadcastType({condition, ifTrue, ifFalse}, elementType(ifTrue)),
      {condition, ifTrue, ifFalse});
}

Value OnnxBuilder::matmul(Value lhs, Value rhs) {
  Type type = elementType(lhs);
  if (!hasRank(lhs) || !hasRank(rhs))
    return create<Onnx::MatMulOp>(UnrankedTensorType::get(type), {lhs, rhs});
  SmallVector<DimAttr> left = dims(lhs), right = dims(rhs), result;
  ArrayRef<DimAttr> leftBatch =
      ArrayRef(left).drop_back(std::min<size_t>(left.size(), 2));
  ArrayRef<DimAttr> rightBatch =
      ArrayRef(right).drop_back(std::min<size_t>(right.size(), 2));
  size_t batch = std::max(leftBatch.size(), rightBatch.size());
  for (size_t i = batch; i > 0; --i) {
    DimAttr a =
        i <= leftBatch.size() ? leftBatch[leftBatch.size() - i] : dim(1);
    DimAttr b =
        i <= rightBatch.size() ? rightBatch[rightBatch.size() - i] : dim(1);
    result.push_back(Symbolic::broadcast(a, b));
  }
  if (left.size() > 1)
    result.push_back(left[left.size() - 2]);
  if (right.size() > 1)
    result.push_back(right.back());
  return create<Onnx::MatMulOp>(tensorType(result, type), {lhs, rhs});
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

Type OnnxBuilder::reducedType(Value value, ArrayRef<int64_t> axes,
                              bool keepDims) {
  if (!hasRank(value))
    return UnrankedTensorType::get(elementType(value));
  SmallVector<DimAttr> source = dims(value), result;
  SmallVector<bool> mask = axes.empty() ? SmallVector<bool>(source.size(), true)
                                        : axisMask(axes, source.size());
  for (auto [size, reduced] : llvm::zip_equal(source, mask))
    if (!reduced)
      result.push_back(size);
    else if (keepDims)
      result.push_back(dim(1));
  return tensorType(result, elementType(value));
}

Value OnnxBuilder::reduceSum(Value value, ArrayRef<int64_t> axes,
                             bool keepDims) {
  return reduce<Onnx::ReduceSumOp>(value, axes, keepDims);
}
Value OnnxBuilder::reduceMean(Value value, ArrayRef<int64_t> axes,
                              bool keepDims) {
  return reduce<Onnx::ReduceMeanOp>(value, axes, keepDims);
}
Value OnnxBuilder::reduceMax(Value value, ArrayRef<int64_t> axes,
                             bool keepDims) {
  return reduce<Onnx::ReduceMaxOp>(value, axes, keepDims);
}
Value OnnxBuilder::reduceMin(Value value, ArrayRef<int64_t> axes,
                             bool keepDims) {
  return reduce<Onnx::ReduceMinOp>(value, axes, keepDims);
}
Value OnnxBuilder::reduceProd(Value value, ArrayRef<int64_t> axes,
                              bool keepDims) {
  return reduce<Onnx::ReduceProdOp>(value, axes, keepDims);
}
