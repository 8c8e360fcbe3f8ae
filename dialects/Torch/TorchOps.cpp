//===- TorchOps.cpp - Hand-written operations of the torch dialect
//---------===//

#include "dialects/Torch/TorchOps.h"

#include "llvm/ADT/StringExtras.h"

#include <charconv>
#include <cmath>
#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

#define GET_OP_CLASSES
#include "dialects/Torch/TorchOps.cpp.inc"

//===----------------------------------------------------------------------===//
// ConstantOp
//===----------------------------------------------------------------------===//

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

/// Whether the number at `text` is written with a point or an exponent.
static bool looksLikeFloat(const char *text) {
  if (*text == '-')
    ++text;
  while (llvm::isDigit(*text))
    ++text;
  return *text == '.';
}

// The literal decides the type, except for devices, which are spelled as
// strings: `1`, `1.5`, `inf`, `-inf` as `neg_inf`, `nan`, `true`, `none`,
// "str".
ParseResult ConstantOp::parse(OpAsmParser &parser, OperationState &result) {
  Builder &builder = parser.getBuilder();
  Attribute value;
  Type type;
  auto setFloat = [&](double number) {
    value = builder.getF64FloatAttr(number);
    type = builder.getType<Torch::FloatType>();
  };
  SMLoc loc = parser.getCurrentLocation();
  char first = *loc.getPointer();
  std::string text;
  StringRef keyword;
  if (llvm::isDigit(first) || first == '-') {
    if (looksLikeFloat(loc.getPointer())) {
      double number;
      if (parser.parseFloat(number))
        return failure();
      setFloat(number);
    } else {
      int64_t number;
      if (parser.parseInteger(number))
        return failure();
      value = builder.getI64IntegerAttr(number);
      type = builder.getType<IntType>();
    }
  } else if (succeeded(parser.parseOptionalString(&text))) {
    value = builder.getStringAttr(text);
    type = builder.getType<StrType>();
  } else if (succeeded(parser.parseOptionalKeyword(
                 &keyword,
                 {"none", "true", "false", "inf", "neg_inf", "nan"}))) {
    if (keyword == "none") {
      value = builder.getUnitAttr();
      type = builder.getType<Torch::NoneType>();
    } else if (keyword == "inf") {
      setFloat(std::numeric_limits<double>::infinity());
    } else if (keyword == "neg_inf") {
      setFloat(-std::numeric_limits<double>::infinity());
    } else if (keyword == "nan") {
      setFloat(std::numeric_limits<double>::quiet_NaN());
    } else {
      value = builder.getBoolAttr(keyword == "true");
      type = builder.getType<BoolType>();
    }
  } else {
    return parser.emitError(loc, "expected a number, a string, true, false, "
                                 "none, inf, neg_inf or nan");
  }
  if (parser.parseOptionalAttrDict(result.attributes))
    return failure();
  if (succeeded(parser.parseOptionalColon())) {
    if (parser.parseType(type))
      return failure();
    auto integer = dyn_cast<IntegerAttr>(value);
    if (isa<Torch::FloatType>(type) && integer && !isa<BoolAttr>(value))
      value = builder.getF64FloatAttr(integer.getInt());
  }
  result.addAttribute(getValueAttrName(result.name), value);
  result.addTypes(type);
  return success();
}

/// The shortest text that reads back as `value`, always with a point.
static std::string shortestFloat(double value) {
  char buffer[64];
  char *end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  std::string text(buffer, end);
  size_t exponent = text.find('e');
  if (text.find('.') == std::string::npos)
    text.insert(exponent == std::string::npos ? text.size() : exponent, ".0");
  return text;
}

void ConstantOp::print(OpAsmPrinter &printer) {
  Attribute value = getValue();
  printer << ' ';
  bool needsType = true;
  if (isa<UnitAttr>(value)) {
    printer << "none";
    needsType = false;
  } else if (auto boolean = dyn_cast<BoolAttr>(value)) {
    printer << (boolean.getValue() ? "true" : "false");
    needsType = false;
  } else if (auto integer = dyn_cast<IntegerAttr>(value)) {
    printer << integer.getInt();
  } else if (auto number = dyn_cast<FloatAttr>(value)) {
    double real = number.getValueAsDouble();
    if (std::isnan(real))
      printer << "nan";
    else if (std::isinf(real))
      printer << (real < 0 ? "neg_inf" : "inf");
    else
      printer << shortestFloat(real);
  } else {
    printer << value;
    needsType = !isa<StrType>(getType());
  }
  printer.printOptionalAttrDict((*this)->getAttrs(), {getValueAttrName()});
  if (needsType)
    printer << " : " << getType();
}

LogicalResult ConstantOp::verify() {
  Attribute value = getValue();
  Type type = getType();
  bool fits;
  if (isa<BoolAttr>(value))
    fits = isa<BoolType>(type);
  else if (auto integer = dyn_cast<IntegerAttr>(value))
    fits = isa<IntType>(type) && integer.getType().isSignlessInteger(64);
  else if (auto number = dyn_cast<FloatAttr>(value))
    fits = isa<Torch::FloatType>(type) && number.getType().isF64();
  else if (isa<StringAttr>(value))
    fits = isa<StrType, DeviceType>(type);
  else
    fits = isa<UnitAttr>(value) && isa<Torch::NoneType>(type);
  if (!fits)
    return emitOpError() << "of " << value << " cannot be a value of type "
                         << type;
  return success();
}

void ConstantOp::getAsmResultNames(
    function_ref<void(Value, StringRef)> setName) {
  Attribute value = getValue();
  std::string name;
  if (isa<UnitAttr>(value)) {
    name = "none";
  } else if (auto boolean = dyn_cast<BoolAttr>(value)) {
    name = boolean.getValue() ? "true" : "false";
  } else if (auto integer = dyn_cast<IntegerAttr>(value)) {
    name = "int" + std::to_string(integer.getInt());
  } else if (auto number = dyn_cast<FloatAttr>(value)) {
    double real = number.getValueAsDouble();
    name = "float";
    if (std::isnan(real) || std::isinf(real))
      name += real != real ? "_nan" : real < 0 ? "_neg_inf" : "_inf";
    else
      for (char c : shortestFloat(real))
        if (c != '+')
          name += c;
  } else if (auto text = dyn_cast<StringAttr>(value)) {
    bool device = isa<DeviceType>(getType());
    name = device ? "device" : "str";
    StringRef string = text.getValue();
    if (!string.empty() && string.size() <= 24 &&
        llvm::all_of(string,
                     [](char c) { return llvm::isAlnum(c) || c == '_'; }))
      name += ("_" + string).str();
  }
  setName(getResult(), name);
}

//===----------------------------------------------------------------------===//
// SymbolicIntOp, TensorConstantOp
//===----------------------------------------------------------------------===//

ParseResult SymbolicIntOp::parse(OpAsmParser &parser, OperationState &result) {
  // The syntax of an attribute allows for a type, so that `: !torch.int` after
  // the dimension may already be read with it.
  Symbolic::DimAttr value;
  Type type = parser.getBuilder().getType<IntType>();
  result.addTypes(type);
  if (parser.parseAttribute(value, getValueAttrName(result.name),
                            result.attributes) ||
      parser.parseOptionalAttrDict(result.attributes))
    return failure();
  return succeeded(parser.parseOptionalColon()) ? parser.parseType(type)
                                                : success();
}

void SymbolicIntOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getValue();
  printer.printOptionalAttrDict((*this)->getAttrs(), {getValueAttrName()});
  printer << " : " << getType();
}

OpFoldResult SymbolicIntOp::fold(FoldAdaptor) { return getValue(); }

void SymbolicIntOp::getAsmResultNames(
    function_ref<void(Value, StringRef)> setName) {
  std::optional<StringRef> symbol = getValue().getSymbolName();
  setName(getResult(), symbol ? *symbol : "dim");
}

OpFoldResult TensorConstantOp::fold(FoldAdaptor) { return getValue(); }

void TensorConstantOp::build(OpBuilder &builder, OperationState &state,
                             ElementsAttr value, StringRef name) {
  ShapedType type = value.getShapedType();
  build(builder, state,
        Torch::TensorType::getStatic(builder.getContext(), type.getShape(),
                                     type.getElementType()),
        value, name.empty() ? StringAttr() : builder.getStringAttr(name));
}

void TensorConstantOp::getAsmResultNames(
    function_ref<void(Value, StringRef)> setName) {
  setName(getResult(), getName().value_or("tensor"));
}

LogicalResult TensorConstantOp::verify() {
  ShapedType elements = getValue().getShapedType();
  auto type = cast<Torch::TensorType>(getType());
  if (type.hasDtype() && type.getDtype() != elements.getElementType())
    return emitOpError() << "has elements of type " << elements.getElementType()
                         << ", but its result is " << type;
  std::optional<SmallVector<int64_t>> sizes = type.getStaticSizes();
  if (type.hasRank() && (!sizes || ArrayRef(*sizes) != elements.getShape()))
    return emitOpError() << "has a value of type " << elements
                         << ", but its result is " << type;
  return success();
}

//===----------------------------------------------------------------------===//
// OperatorOp
//===----------------------------------------------------------------------===//

LogicalResult OperatorOp::verify() {
  if (!getName().contains('.'))
    return emitOpError() << "names '" << getName()
                         << "', but the name of an operator has the form "
                            "namespace.name or namespace.name.overload";
  if (getName().contains("::"))
    return emitOpError() << "spells the namespace of '" << getName()
                         << "' with '::'; write '.' instead";
  return success();
}

//===----------------------------------------------------------------------===//
// Containers
//===----------------------------------------------------------------------===//

/// Whether a value of type `type` may stand where `expected` is: types may be
/// more or less refined, but not of another kind.
static bool isCompatible(Type type, Type expected) {
  if (type == expected || isa<AnyType>(type) || isa<AnyType>(expected))
    return true;
  if (auto optional = dyn_cast<OptionalType>(expected)) {
    if (auto inner = dyn_cast<OptionalType>(type))
      return isCompatible(inner.getElementType(), optional.getElementType());
    return isa<Torch::NoneType>(type) ||
           isCompatible(type, optional.getElementType());
  }
  if (isa<NumberType>(expected))
    return isa<IntType, Torch::FloatType, BoolType>(type);
  if (auto list = dyn_cast<ListType>(expected)) {
    auto other = dyn_cast<ListType>(type);
    return other && isCompatible(other.getElementType(), list.getElementType());
  }
  if (auto dict = dyn_cast<DictType>(expected)) {
    auto other = dyn_cast<DictType>(type);
    return other && isCompatible(other.getKeyType(), dict.getKeyType()) &&
           isCompatible(other.getValueType(), dict.getValueType());
  }
  if (auto tuple = dyn_cast<Torch::TupleType>(expected)) {
    auto other = dyn_cast<Torch::TupleType>(type);
    return other &&
           other.getElementTypes().size() == tuple.getElementTypes().size() &&
           llvm::all_of(
               llvm::zip(other.getElementTypes(), tuple.getElementTypes()),
               [](auto pair) {
                 return isCompatible(std::get<0>(pair), std::get<1>(pair));
               });
  }
  auto tensor = dyn_cast<Torch::TensorType>(type);
  auto other = dyn_cast<Torch::TensorType>(expected);
  if (!tensor || !other)
    return false;
  if (tensor.hasDtype() && other.hasDtype() &&
      tensor.getDtype() != other.getDtype())
    return false;
  if (!tensor.hasRank() || !other.hasRank())
    return true;
  if (tensor.getRank() != other.getRank())
    return false;
  for (auto [a, b] : llvm::zip(tensor.getDims(), other.getDims()))
    if (Symbolic::neverEqual(a, b))
      return false;
  return true;
}

/// Checks that the values of types `types` can be those of types `expected`.
static LogicalResult verifyValues(Operation *op, StringRef what,
                                  TypeRange types, TypeRange expected) {
  if (types.size() != expected.size())
    return op->emitOpError() << "has " << types.size() << " " << what
                             << (types.size() == 1 ? "" : "s") << " instead of "
                             << expected.size();
  for (auto [index, pair] : llvm::enumerate(llvm::zip(types, expected))) {
    auto [type, wanted] = pair;
    if (!isCompatible(type, wanted))
      return op->emitOpError() << what << " #" << index << " has the type "
                               << type << " instead of " << wanted;
  }
  return success();
}

LogicalResult PrimListConstructOp::verify() {
  Type element = cast<ListType>(getType()).getElementType();
  SmallVector<Type> expected(getNumOperands(), element);
  return verifyValues(*this, "element", getOperandTypes(), expected);
}

LogicalResult PrimListUnpackOp::verify() {
  Type element = cast<ListType>(getList().getType()).getElementType();
  SmallVector<Type> expected(getNumResults(), element);
  return verifyValues(*this, "result", getResultTypes(), expected);
}

LogicalResult PrimTupleConstructOp::verify() {
  return verifyValues(*this, "element", getOperandTypes(),
                      cast<Torch::TupleType>(getType()).getElementTypes());
}

LogicalResult PrimTupleUnpackOp::verify() {
  return verifyValues(
      *this, "result", getResultTypes(),
      cast<Torch::TupleType>(getTuple().getType()).getElementTypes());
}

LogicalResult PrimDictConstructOp::verify() {
  auto type = cast<DictType>(getType());
  if (getNumOperands() % 2)
    return emitOpError("has a key without a value");
  SmallVector<Type> expected;
  for (unsigned i = 0; i < getNumOperands(); i += 2)
    expected.append({type.getKeyType(), type.getValueType()});
  return verifyValues(*this, "key or value", getOperandTypes(), expected);
}

//===----------------------------------------------------------------------===//
// PrimIfOp
//===----------------------------------------------------------------------===//

void PrimIfOp::build(OpBuilder &builder, OperationState &state, TypeRange types,
                     Value condition) {
  state.addOperands(condition);
  state.addTypes(types);
  for (int i = 0; i < 2; ++i)
    state.addRegion()->emplaceBlock();
}

/// An empty region, or one without a terminator, yields nothing.
static void addMissingYield(OpAsmParser &parser, Region &region, Location loc) {
  if (region.empty())
    region.emplaceBlock();
  Block &block = region.front();
  if (!block.empty() && block.back().hasTrait<OpTrait::IsTerminator>())
    return;
  OpBuilder builder(parser.getContext());
  builder.setInsertionPointToEnd(&block);
  builder.create<PrimYieldOp>(loc, ValueRange());
}

ParseResult PrimIfOp::parse(OpAsmParser &parser, OperationState &result) {
  OpAsmParser::UnresolvedOperand condition;
  Region *thenRegion = result.addRegion(), *elseRegion = result.addRegion();
  if (parser.parseOperand(condition) ||
      parser.resolveOperand(condition, parser.getBuilder().getType<BoolType>(),
                            result.operands) ||
      parser.parseOptionalArrowTypeList(result.types) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseRegion(*thenRegion))
    return failure();
  if (succeeded(parser.parseOptionalKeyword("else")) &&
      parser.parseRegion(*elseRegion))
    return failure();
  addMissingYield(parser, *thenRegion, result.location);
  addMissingYield(parser, *elseRegion, result.location);
  return success();
}

void PrimIfOp::print(OpAsmPrinter &printer) {
  printer << ' ' << getCondition();
  printer.printOptionalArrowTypeList(getResultTypes());
  printer.printOptionalAttrDictWithKeyword((*this)->getAttrs());
  printer << ' ';
  printer.printRegion(getThenRegion());
  printer << " else ";
  printer.printRegion(getElseRegion());
}

LogicalResult PrimIfOp::verify() {
  for (Region *region : getRegions()) {
    auto yield = dyn_cast<PrimYieldOp>(region->front().back());
    if (!yield)
      return emitOpError("has a branch that does not end in torch.prim.yield");
    if (failed(verifyValues(yield, "value", yield.getOperandTypes(),
                            getResultTypes())))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// PrimLoopOp
//===----------------------------------------------------------------------===//

void PrimLoopOp::build(OpBuilder &builder, OperationState &state,
                       TypeRange types, Value maxTripCount,
                       Value initialCondition, ValueRange initialValues) {
  state.addOperands({maxTripCount, initialCondition});
  state.addOperands(initialValues);
  state.addTypes(types);
  Block &block = state.addRegion()->emplaceBlock();
  block.addArgument(builder.getType<IntType>(), state.location);
  for (Type type : types)
    block.addArgument(type, state.location);
}

bool PrimLoopOp::isForLike() {
  auto condition =
      cast<PrimLoopConditionOp>(getBodyBlock().getTerminator()).getCondition();
  return matchConstantBool(getInitialCondition()) == true &&
         matchConstantBool(condition) == true;
}

LogicalResult PrimLoopOp::verify() {
  Block &block = getBodyBlock();
  auto condition = dyn_cast<PrimLoopConditionOp>(block.back());
  if (!condition)
    return emitOpError("has a body that does not end in "
                       "torch.prim.loop_condition");
  if (block.getNumArguments() == 0 ||
      !isa<IntType>(block.getArgument(0).getType()))
    return emitOpError("has a body whose first argument is not the round, an "
                       "!torch.int");
  TypeRange carried = TypeRange(block.getArgumentTypes()).drop_front();
  if (failed(verifyValues(*this, "initial value", getInitialValues().getTypes(),
                          getResultTypes())) ||
      failed(
          verifyValues(*this, "carried argument", carried, getResultTypes())))
    return failure();
  return verifyValues(condition, "value", condition.getValues().getTypes(),
                      getResultTypes());
}
