//===- KnownValues.cpp - Scalars known at compile time --------------------===//

#include "lib/Evaluate/KnownValues.h"
#include "lib/Support/Constants.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

KnownValues::KnownValues(Block &entry)
    : entry(entry), builder(OpBuilder::atBlockBegin(&entry)) {
  for (Operation &op : llvm::make_early_inc_range(entry))
    if (isa<Torch::ConstantOp, Torch::SymbolicIntOp>(op))
      getUnique(&op);
}

/// Devices share StringAttr with strings; their type keeps them apart.
static Attribute getKey(Operation *constant) {
  if (auto symbolic = dyn_cast<Torch::SymbolicIntOp>(constant))
    return symbolic.getValue();
  auto op = cast<Torch::ConstantOp>(constant);
  if (auto integer = dyn_cast<IntegerAttr>(op.getValue());
      integer && isa<Torch::IntType>(op.getResult().getType()))
    return DimAttr::getConstant(op.getContext(), integer.getInt());
  if (auto string = dyn_cast<StringAttr>(op.getValue()))
    return StringAttr::get(string.getValue(), op.getResult().getType());
  return op.getValue();
}

/// The value of a 0-dim tensor constant: traces write Python's numbers so.
static Attribute getTensorNumber(Torch::TensorConstantOp constant) {
  auto type = cast<Torch::TensorType>(constant.getResult().getType());
  if (!type.hasRank() || type.getRank() != 0 || !type.getDtype())
    return {};
  MLIRContext *context = type.getContext();
  if (isa<IntegerType>(type.getDtype())) {
    std::optional<SmallVector<int64_t>> integers =
        readInts(constant.getValue());
    if (!integers || integers->size() != 1)
      return {};
    if (type.getDtype().isInteger(1))
      return BoolAttr::get(context, integers->front());
    return DimAttr::getConstant(context, integers->front());
  }
  std::optional<SmallVector<double>> reals = readFloats(constant.getValue());
  if (!reals || reals->size() != 1)
    return {};
  return FloatAttr::get(Float64Type::get(context), reals->front());
}

Attribute KnownValues::get(Value value) const {
  if (Operation *op = value.getDefiningOp()) {
    if (isa<Torch::ConstantOp, Torch::SymbolicIntOp>(op))
      return getKey(op);
    if (auto constant = dyn_cast<Torch::TensorConstantOp>(op))
      return getTensorNumber(constant);
  }
  return tensorValues.lookup(value);
}

DimAttr KnownValues::getDim(Value value) const {
  return dyn_cast_or_null<DimAttr>(get(value));
}

std::optional<int64_t> KnownValues::getInt(Value value) const {
  DimAttr dim = getDim(value);
  return dim ? dim.getConstantValue() : std::nullopt;
}

std::optional<double> KnownValues::getFloat(Value value) const {
  if (auto real = dyn_cast_or_null<FloatAttr>(get(value)))
    return real.getValueAsDouble();
  if (std::optional<int64_t> integer = getInt(value))
    return static_cast<double>(*integer);
  return std::nullopt;
}

std::optional<bool> KnownValues::getBool(Value value) const {
  if (auto boolean = dyn_cast_or_null<BoolAttr>(get(value)))
    return boolean.getValue();
  return std::nullopt;
}

std::optional<StringRef> KnownValues::getString(Value value) const {
  if (auto string = dyn_cast_or_null<StringAttr>(get(value)))
    return string.getValue();
  return std::nullopt;
}

std::optional<SmallVector<Value>> KnownValues::getList(Value list) const {
  if (auto construct = list.getDefiningOp<Torch::PrimListConstructOp>())
    return llvm::to_vector(construct->getOperands());
  return std::nullopt;
}

std::optional<SmallVector<DimAttr>> KnownValues::getDimList(Value list) const {
  std::optional<SmallVector<Value>> elements = getList(list);
  if (!elements)
    return std::nullopt;
  return llvm::map_to_vector(*elements,
                             [&](Value element) { return getDim(element); });
}

std::optional<SmallVector<int64_t>> KnownValues::getIntList(Value list) const {
  std::optional<SmallVector<Value>> elements = getList(list);
  if (!elements)
    return std::nullopt;
  SmallVector<int64_t> integers;
  for (Value element : *elements) {
    std::optional<int64_t> integer = getInt(element);
    if (!integer)
      return std::nullopt;
    integers.push_back(*integer);
  }
  return integers;
}

void KnownValues::setTensorValue(Value tensor, Attribute value) {
  if (value)
    tensorValues[tensor] = value;
}

void KnownValues::forget(Operation *op) {
  op->walk([&](Operation *nested) {
    for (Value result : nested->getResults())
      tensorValues.erase(result);
    for (Region &region : nested->getRegions())
      for (Block &block : region)
        for (Value argument : block.getArguments())
          tensorValues.erase(argument);
  });
}

Value KnownValues::getConstant(Attribute value) {
  Value &constant = constants[value];
  if (constant)
    return constant;
  builder.setInsertionPointToStart(&entry);
  Location loc = builder.getUnknownLoc();
  MLIRContext *context = builder.getContext();
  if (auto dim = dyn_cast<DimAttr>(value)) {
    constant = Torch::constantDim(builder, loc, dim);
    return constant;
  }
  Type type;
  if (isa<BoolAttr>(value))
    type = Torch::BoolType::get(context);
  else if (isa<FloatAttr>(value))
    type = Torch::FloatType::get(context);
  else if (auto string = dyn_cast<StringAttr>(value)) {
    type = isa<NoneType>(string.getType()) ? Torch::StrType::get(context)
                                           : string.getType();
    value = StringAttr::get(context, string.getValue());
  } else {
    type = Torch::NoneType::get(context);
  }
  Operation *op = builder.create(
      loc, builder.getStringAttr(Torch::ConstantOp::getOperationName()), {},
      type, builder.getNamedAttr("value", value));
  constant = op->getResult(0);
  return constant;
}

Value KnownValues::getUnique(Operation *constant) {
  auto [entryIt, isNew] =
      constants.try_emplace(getKey(constant), constant->getResult(0));
  // At the start of the function it serves every place in it.
  if (isNew)
    constant->moveBefore(&entry, entry.begin());
  return entryIt->second;
}
