//===- OnnxDialect.cpp - The onnx dialect ---------------------------------===//
//
// The dialect, its types and attributes, and the hand-written operations.
//
//===----------------------------------------------------------------------===//

#include "dialects/Onnx/OnnxCoreOps.h"

#include "mlir/IR/DialectImplementation.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Onnx;

#include "dialects/Onnx/OnnxDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "dialects/Onnx/OnnxTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "dialects/Onnx/OnnxAttributes.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Onnx/OnnxOps.cpp.inc"

void OnnxDialect::initialize() {
  registerTypes();
  registerAttributes();
  registerHandWrittenOps();
  registerOpsAtoF();
  registerOpsGtoQ();
  registerOpsRtoZ();
}

void OnnxDialect::registerTypes() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "dialects/Onnx/OnnxTypes.cpp.inc"
      >();
}

void OnnxDialect::registerAttributes() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/Onnx/OnnxAttributes.cpp.inc"
      >();
}

void OnnxDialect::registerHandWrittenOps() {
  addOperations<
#define GET_OP_LIST
#include "dialects/Onnx/OnnxOps.cpp.inc"
      >();
}

Operation *OnnxDialect::materializeConstant(OpBuilder &builder, Attribute value,
                                            Type type, Location loc) {
  if (isa<NoneType>(type))
    return builder.create<NoneOp>(loc);
  auto typed = dyn_cast<TypedAttr>(value);
  if (!typed || !isa<ElementsAttr, FoldAttr>(value) || typed.getType() != type)
    return nullptr;
  return builder.create<InitializerOp>(loc, typed);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

std::optional<int> Onnx::getDataType(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type)) {
    bool isUnsigned = integer.isUnsigned();
    switch (integer.getWidth()) {
    case 1:
      return 9;
    case 2:
      return isUnsigned ? 25 : 26;
    case 4:
      return isUnsigned ? 21 : 22;
    case 8:
      return isUnsigned ? 2 : 3;
    case 16:
      return isUnsigned ? 4 : 5;
    case 32:
      return isUnsigned ? 12 : 6;
    case 64:
      return isUnsigned ? 13 : 7;
    default:
      return std::nullopt;
    }
  }
  if (auto complex = dyn_cast<ComplexType>(type)) {
    if (complex.getElementType().isF32())
      return 14;
    if (complex.getElementType().isF64())
      return 15;
    return std::nullopt;
  }
  return TypeSwitch<Type, std::optional<int>>(type)
      .Case([](Float32Type) { return 1; })
      .Case([](StringType) { return 8; })
      .Case([](Float16Type) { return 10; })
      .Case([](Float64Type) { return 11; })
      .Case([](BFloat16Type) { return 16; })
      .Case([](Float8E4M3FNType) { return 17; })
      .Case([](Float8E4M3FNUZType) { return 18; })
      .Case([](Float8E5M2Type) { return 19; })
      .Case([](Float8E5M2FNUZType) { return 20; })
      .Case([](F4E2M1Type) { return 23; })
      .Case([](F8E8M0Type) { return 24; })
      .Default([](Type) { return std::nullopt; });
}

Type Onnx::getElementType(MLIRContext *context, int dataType) {
  Builder b(context);
  switch (dataType) {
  case 1:
    return b.getF32Type();
  case 2:
    return b.getIntegerType(8, false);
  case 3:
    return b.getIntegerType(8);
  case 4:
    return b.getIntegerType(16, false);
  case 5:
    return b.getIntegerType(16);
  case 6:
    return b.getIntegerType(32);
  case 7:
    return b.getIntegerType(64);
  case 8:
    return StringType::get(context);
  case 9:
    return b.getI1Type();
  case 10:
    return b.getF16Type();
  case 11:
    return b.getF64Type();
  case 12:
    return b.getIntegerType(32, false);
  case 13:
    return b.getIntegerType(64, false);
  case 14:
    return ComplexType::get(b.getF32Type());
  case 15:
    return ComplexType::get(b.getF64Type());
  case 16:
    return b.getBF16Type();
  case 17:
    return b.getFloat8E4M3FNType();
  case 18:
    return b.getFloat8E4M3FNUZType();
  case 19:
    return b.getFloat8E5M2Type();
  case 20:
    return b.getFloat8E5M2FNUZType();
  case 21:
    return b.getIntegerType(4, false);
  case 22:
    return b.getIntegerType(4);
  case 23:
    return F4E2M1Type::get(context);
  case 24:
    return F8E8M0Type::get(context);
  case 25:
    return b.getIntegerType(2, false);
  case 26:
    return b.getIntegerType(2);
  default:
    return {};
  }
}

unsigned Onnx::getRawBitWidth(Type elementType) {
  if (!getDataType(elementType) || isa<StringType>(elementType))
    return 0;
  if (elementType.isInteger(1) || isa<F8E8M0Type>(elementType))
    return 8;
  if (isa<F4E2M1Type>(elementType))
    return 4;
  if (auto complex = dyn_cast<ComplexType>(elementType))
    return 2 * complex.getElementType().getIntOrFloatBitWidth();
  return elementType.getIntOrFloatBitWidth();
}

std::optional<TypeCode> Onnx::getTypeCode(Type type) {
  auto isInner = [](Type inner, bool sequence) {
    return sequence ? isa<SequenceType>(inner) : isa<TensorType>(inner);
  };
  TypeKind kind = TypeKind::Tensor;
  if (auto optional = dyn_cast<OptionalType>(type)) {
    type = optional.getElementType();
    kind = TypeKind::Optional;
    if (!isInner(type, true) && !isInner(type, false))
      return std::nullopt;
  }
  if (auto sequence = dyn_cast<SequenceType>(type)) {
    type = sequence.getElementType();
    kind = kind == TypeKind::Optional ? TypeKind::OptionalSequence
                                      : TypeKind::Sequence;
  }
  auto tensor = dyn_cast<TensorType>(type);
  if (!tensor)
    return std::nullopt;
  std::optional<int> dataType = getDataType(tensor.getElementType());
  if (!dataType)
    return std::nullopt;
  return TypeCode{kind, uint8_t(*dataType)};
}

std::string Onnx::getTypeString(Type type) {
  std::optional<TypeCode> code = getTypeCode(type);
  return code ? getTypeString(*code) : "";
}

//===----------------------------------------------------------------------===//
// FoldAttr
//===----------------------------------------------------------------------===//

LogicalResult FoldAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               StringRef op, ArrayRef<Attribute> inputs,
                               DictionaryAttr attributes, Type type) {
  auto tensor = llvm::dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    return emitError() << "the type of a fold is a tensor of static shape, not "
                       << type;
  for (Attribute input : inputs)
    if (!llvm::isa<ElementsAttr, FoldAttr>(input))
      return emitError() << "an input of a fold is a constant or a fold, not "
                         << input;
  return success();
}

//===----------------------------------------------------------------------===//
// InitializerOp
//===----------------------------------------------------------------------===//

void InitializerOp::build(OpBuilder &builder, OperationState &state,
                          TypedAttr value, StringAttr name) {
  state.addAttribute(getValueAttrName(state.name), value);
  if (name)
    state.addAttribute(getNameAttrName(state.name), name);
  state.addTypes(value.getType());
}

ParseResult InitializerOp::parse(OpAsmParser &parser, OperationState &result) {
  std::string name;
  if (succeeded(parser.parseOptionalString(&name)))
    result.addAttribute(getNameAttrName(result.name),
                        parser.getBuilder().getStringAttr(name));
  SMLoc at = parser.getCurrentLocation();
  Attribute value;
  if (parser.parseAttribute(value) ||
      parser.parseOptionalAttrDict(result.attributes))
    return failure();
  auto typed = dyn_cast<TypedAttr>(value);
  if (!typed)
    return parser.emitError(at, "expected a constant that has a type");
  result.addAttribute(getValueAttrName(result.name), value);
  result.addTypes(typed.getType());
  return success();
}

void InitializerOp::print(OpAsmPrinter &printer) {
  if (StringAttr name = getNameAttr())
    printer << " " << name;
  printer << " " << getValue();
  printer.printOptionalAttrDict((*this)->getAttrs(), {"name", "value"});
}

LogicalResult InitializerOp::verify() {
  if (!isa<ElementsAttr, FoldAttr>(getValue()))
    return emitOpError("value is neither a tensor nor a #onnx.fold");
  if (getValue().getType() != getOutput().getType())
    return emitOpError("has type ")
           << getOutput().getType() << ", but its value has type "
           << getValue().getType();
  return success();
}

OpFoldResult InitializerOp::fold(FoldAdaptor) { return getValueAttr(); }

void InitializerOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  if (std::optional<StringRef> name = getName())
    return setName(getOutput(), *name);
  if (auto dense = dyn_cast<DenseIntElementsAttr>(getValue());
      dense && dense.getNumElements() == 1 &&
      !dense.getElementType().isInteger(1)) {
    SmallString<16> name("c");
    (*dense.value_begin<APInt>())
        .toString(name, 10, !dense.getElementType().isUnsignedInteger());
    return setName(getOutput(), name);
  }
  setName(getOutput(), "cst");
}

//===----------------------------------------------------------------------===//
// NoneOp
//===----------------------------------------------------------------------===//

void NoneOp::build(OpBuilder &builder, OperationState &state) {
  state.addTypes(builder.getNoneType());
}

OpFoldResult NoneOp::fold(FoldAdaptor) { return UnitAttr::get(getContext()); }

void NoneOp::getAsmResultNames(OpAsmSetValueNameFn setName) {
  setName(getOutput(), "none");
}

//===----------------------------------------------------------------------===//
// CustomOp
//===----------------------------------------------------------------------===//

void CustomOp::build(OpBuilder &builder, OperationState &state, TypeRange types,
                     StringRef domain, StringRef opType, ValueRange inputs,
                     DictionaryAttr attributes,
                     ArrayRef<StringRef> regionNames) {
  state.addAttribute(getDomainAttrName(state.name),
                     builder.getStringAttr(domain));
  state.addAttribute(getOpTypeAttrName(state.name),
                     builder.getStringAttr(opType));
  state.addAttribute(getOpAttributesAttrName(state.name),
                     attributes ? attributes : builder.getDictionaryAttr({}));
  if (!regionNames.empty())
    state.addAttribute(getRegionNamesAttrName(state.name),
                       builder.getStrArrayAttr(regionNames));
  for (size_t i = 0; i < regionNames.size(); ++i)
    state.addRegion();
  state.addOperands(inputs);
  state.addTypes(types);
}

ParseResult CustomOp::parse(OpAsmParser &parser, OperationState &result) {
  Builder &b = parser.getBuilder();
  std::string domain, opType;
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  NamedAttrList attributes;
  FunctionType type;
  if (parser.parseString(&domain) || parser.parseString(&opType))
    return failure();
  SMLoc at = parser.getCurrentLocation();
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren) ||
      parser.parseOptionalAttrDict(attributes) ||
      parser.parseOptionalAttrDictWithKeyword(result.attributes) ||
      parser.parseColonType(type) ||
      parser.resolveOperands(operands, type.getInputs(), at, result.operands))
    return failure();
  result.addTypes(type.getResults());
  result.addAttribute(getDomainAttrName(result.name), b.getStringAttr(domain));
  result.addAttribute(getOpTypeAttrName(result.name), b.getStringAttr(opType));
  result.addAttribute(getOpAttributesAttrName(result.name),
                      attributes.getDictionary(b.getContext()));
  if (failed(parser.parseOptionalKeyword("with")))
    return success();
  SmallVector<Attribute> names;
  if (parser.parseCommaSeparatedList([&]() -> ParseResult {
        std::string name;
        if (parser.parseKeywordOrString(&name))
          return failure();
        names.push_back(b.getStringAttr(name));
        return parser.parseRegion(*result.addRegion());
      }))
    return failure();
  result.addAttribute(getRegionNamesAttrName(result.name),
                      b.getArrayAttr(names));
  return success();
}

void CustomOp::print(OpAsmPrinter &printer) {
  printer << " " << getDomainAttr() << " " << getOpTypeAttr() << "("
          << getInputs() << ")";
  printer.printOptionalAttrDict(getOpAttributes().getValue());
  printer.printOptionalAttrDictWithKeyword(
      (*this)->getAttrs(),
      {"domain", "op_type", "op_attributes", "region_names"});
  printer << " : ";
  printer.printFunctionalType(getOperation());
  if (getGraphs().empty())
    return;
  printer << " with ";
  llvm::interleaveComma(
      llvm::zip_equal(*getRegionNames(), getGraphs()), printer, [&](auto pair) {
        printer.printKeywordOrString(cast<StringAttr>(std::get<0>(pair)));
        printer << " ";
        printer.printRegion(std::get<1>(pair));
      });
}

LogicalResult CustomOp::verify() {
  size_t names = getRegionNames() ? getRegionNames()->size() : 0;
  if (names != getGraphs().size())
    return emitOpError("has ")
           << getGraphs().size() << " graphs, but names for " << names;
  for (Region &region : getGraphs())
    if (region.empty() || region.front().empty() ||
        !isa<YieldOp>(region.front().back()))
      return emitOpError("has a graph that does not end in 'onnx.yield'");
  return success();
}
