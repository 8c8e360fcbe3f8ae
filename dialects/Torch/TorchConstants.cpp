//===- TorchConstants.cpp - Reading and making torch constants
//-------------===//

#include "dialects/Torch/TorchOps.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

/// The attribute of a torch.constant, else null.
static Attribute getConstant(Value value) {
  auto constant = value ? value.getDefiningOp<ConstantOp>() : ConstantOp();
  return constant ? constant.getValue() : Attribute();
}

std::optional<int64_t> Torch::matchConstantInt(Value value) {
  if (Symbolic::DimAttr dim = matchSymbolicInt(value))
    return dim.getConstantValue();
  return std::nullopt;
}

std::optional<double> Torch::matchConstantFloat(Value value) {
  if (auto attribute = dyn_cast_or_null<FloatAttr>(getConstant(value)))
    return attribute.getValueAsDouble();
  if (std::optional<int64_t> integer = matchConstantInt(value))
    return static_cast<double>(*integer);
  return std::nullopt;
}

std::optional<bool> Torch::matchConstantBool(Value value) {
  if (auto attribute = dyn_cast_or_null<BoolAttr>(getConstant(value)))
    return attribute.getValue();
  return std::nullopt;
}

std::optional<StringRef> Torch::matchConstantStr(Value value) {
  if (auto attribute = dyn_cast_or_null<StringAttr>(getConstant(value)))
    return attribute.getValue();
  return std::nullopt;
}

bool Torch::isNone(Value value) {
  return value && isa<Torch::NoneType>(value.getType());
}

Symbolic::DimAttr Torch::matchSymbolicInt(Value value) {
  if (!value)
    return {};
  if (auto symbolic = value.getDefiningOp<SymbolicIntOp>())
    return symbolic.getValue();
  auto attribute = dyn_cast_or_null<IntegerAttr>(getConstant(value));
  if (!attribute || isa<BoolAttr>(attribute))
    return {};
  return Symbolic::DimAttr::getConstant(value.getContext(), attribute.getInt());
}

std::optional<OperandRange> Torch::matchList(Value value) {
  auto list = value ? value.getDefiningOp<PrimListConstructOp>()
                    : PrimListConstructOp();
  if (!list)
    return std::nullopt;
  return list.getElements();
}

/// The elements of a list, each read by `match`.
template <typename T>
static std::optional<SmallVector<T>>
matchConstantList(Value value, std::optional<T> (*match)(Value)) {
  std::optional<OperandRange> elements = matchList(value);
  if (!elements)
    return std::nullopt;
  SmallVector<T> result;
  for (Value element : *elements) {
    std::optional<T> constant = match(element);
    if (!constant)
      return std::nullopt;
    result.push_back(*constant);
  }
  return result;
}

std::optional<SmallVector<int64_t>> Torch::matchConstantIntList(Value value) {
  return matchConstantList<int64_t>(value, matchConstantInt);
}

std::optional<SmallVector<double>> Torch::matchConstantFloatList(Value value) {
  return matchConstantList<double>(value, matchConstantFloat);
}

std::optional<SmallVector<bool>> Torch::matchConstantBoolList(Value value) {
  return matchConstantList<bool>(value, matchConstantBool);
}

//===----------------------------------------------------------------------===//
// New constants
//===----------------------------------------------------------------------===//

Value Torch::constantInt(OpBuilder &builder, Location loc, int64_t value) {
  return builder.create<ConstantOp>(loc, builder.getType<IntType>(),
                                    builder.getI64IntegerAttr(value));
}

Value Torch::constantFloat(OpBuilder &builder, Location loc, double value) {
  return builder.create<ConstantOp>(loc, builder.getType<Torch::FloatType>(),
                                    builder.getF64FloatAttr(value));
}

Value Torch::constantBool(OpBuilder &builder, Location loc, bool value) {
  return builder.create<ConstantOp>(loc, builder.getType<BoolType>(),
                                    builder.getBoolAttr(value));
}

Value Torch::constantStr(OpBuilder &builder, Location loc, StringRef value) {
  return builder.create<ConstantOp>(loc, builder.getType<StrType>(),
                                    builder.getStringAttr(value));
}

Value Torch::constantDevice(OpBuilder &builder, Location loc, StringRef value) {
  return builder.create<ConstantOp>(loc, builder.getType<DeviceType>(),
                                    builder.getStringAttr(value));
}

Value Torch::constantNone(OpBuilder &builder, Location loc) {
  return builder.create<ConstantOp>(loc, builder.getType<Torch::NoneType>(),
                                    builder.getUnitAttr());
}

Value Torch::constantDim(OpBuilder &builder, Location loc,
                         Symbolic::DimAttr value) {
  if (std::optional<int64_t> constant = value.getConstantValue())
    return constantInt(builder, loc, *constant);
  return builder.create<SymbolicIntOp>(loc, builder.getType<IntType>(), value);
}

Value Torch::constantIntList(OpBuilder &builder, Location loc,
                             ArrayRef<int64_t> values) {
  SmallVector<Value> elements;
  for (int64_t value : values)
    elements.push_back(constantInt(builder, loc, value));
  return builder.create<PrimListConstructOp>(
      loc, ListType::get(builder.getType<IntType>()), elements);
}
