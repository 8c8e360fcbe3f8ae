//===- SchemaOps.cpp - What the operators of the specification share ------===//
//
// Assembly, verification and effects of the generated operations. They are the
// same for all of them and are driven by the operator's schema.
//
//===----------------------------------------------------------------------===//

#include "dialects/Onnx/OnnxCoreOps.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Onnx;

StringRef Onnx::getOpType(Operation *op) {
  if (auto custom = dyn_cast<CustomOp>(op))
    return custom.getOpType();
  if (!op->hasTrait<SchemaOp>())
    return {};
  return op->getName().stripDialect();
}

const OpSchema *Onnx::getSchema(Operation *op) {
  if (!op->hasTrait<SchemaOp>())
    return nullptr;
  return lookupSchema(op->getName().stripDialect());
}

//===----------------------------------------------------------------------===//
// Building and effects
//===----------------------------------------------------------------------===//

void Onnx::detail::buildSchemaOp(OperationState &state, TypeRange types,
                                 ValueRange operands,
                                 ArrayRef<NamedAttribute> attributes,
                                 int regionCount) {
  state.addTypes(types);
  state.addOperands(operands);
  state.addAttributes(attributes);
  for (int i = 0; i < regionCount; ++i)
    state.addRegion();
}

void Onnx::detail::addRandomEffects(
    Operation *op,
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  for (OpResult result : op->getResults())
    effects.emplace_back(MemoryEffects::Allocate::get(), result);
}

//===----------------------------------------------------------------------===//
// Assembly
//===----------------------------------------------------------------------===//

// onnx.Conv(%x, %w, %none) {attributes} : (types) -> types
// onnx.If(%cond) : (type) -> type else_branch {...} then_branch {...}
static ParseResult parseSchemaOp(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  FunctionType type;
  SMLoc at = parser.getCurrentLocation();
  if (parser.parseOperandList(operands, OpAsmParser::Delimiter::Paren) ||
      parser.parseOptionalAttrDict(result.attributes) ||
      parser.parseColonType(type) ||
      parser.resolveOperands(operands, type.getInputs(), at, result.operands))
    return failure();
  result.addTypes(type.getResults());
  const OpSchema *schema = lookupSchema(result.name.stripDialect());
  for (const AttributeSchema &attribute : schema->attributes)
    if (attribute.kind == AttributeKind::Graph &&
        (parser.parseKeyword(attribute.name) ||
         parser.parseRegion(*result.addRegion())))
      return failure();
  return success();
}

static void printSchemaOp(Operation *op, OpAsmPrinter &printer) {
  printer << "(" << op->getOperands() << ")";
  printer.printOptionalAttrDict(op->getAttrs());
  printer << " : ";
  printer.printFunctionalType(op);
  if (op->getNumRegions() == 0)
    return;
  unsigned region = 0;
  for (const AttributeSchema &attribute : getSchema(op)->attributes) {
    if (attribute.kind != AttributeKind::Graph)
      continue;
    printer << " " << attribute.name << " ";
    printer.printRegion(op->getRegion(region++));
  }
}

std::optional<Dialect::ParseOpHook>
OnnxDialect::getParseOperationHook(StringRef name) const {
  if (!lookupSchema(name.substr(name.find('.') + 1)))
    return std::nullopt;
  return ParseOpHook(parseSchemaOp);
}

llvm::unique_function<void(Operation *, OpAsmPrinter &)>
OnnxDialect::getOperationPrinter(Operation *op) const {
  if (!op->hasTrait<SchemaOp>())
    return {};
  return printSchemaOp;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static StringRef describe(AttributeKind kind) {
  switch (kind) {
  case AttributeKind::Float:
    return "a float (f32)";
  case AttributeKind::Int:
    return "an integer (i64)";
  case AttributeKind::String:
    return "a string";
  case AttributeKind::Tensor:
    return "a tensor";
  case AttributeKind::Floats:
    return "a list of floats (array<f32: ..>)";
  case AttributeKind::Ints:
    return "a list of integers (array<i64: ..>)";
  case AttributeKind::Strings:
    return "a list of strings";
  case AttributeKind::TypeProto:
    return "a type";
  default:
    return "another attribute";
  }
}

static bool isOfKind(Attribute attribute, AttributeKind kind) {
  switch (kind) {
  case AttributeKind::Float: {
    auto value = dyn_cast<FloatAttr>(attribute);
    return value && value.getType().isF32();
  }
  case AttributeKind::Int: {
    auto value = dyn_cast<IntegerAttr>(attribute);
    return value && value.getType().isSignlessInteger(64);
  }
  case AttributeKind::String:
    return isa<StringAttr>(attribute);
  case AttributeKind::Tensor:
    return isa<ElementsAttr>(attribute);
  case AttributeKind::Floats:
    return isa<DenseF32ArrayAttr>(attribute);
  case AttributeKind::Ints:
    return isa<DenseI64ArrayAttr>(attribute);
  case AttributeKind::Strings: {
    auto list = dyn_cast<ArrayAttr>(attribute);
    return list && llvm::all_of(list, llvm::IsaPred<StringAttr>);
  }
  case AttributeKind::TypeProto:
    return isa<TypeAttr>(attribute);
  default:
    return true;
  }
}

static LogicalResult verifyAttributes(Operation *op, const OpSchema &schema) {
  // Both lists are sorted by name.
  for (NamedAttribute attribute : op->getAttrs()) {
    StringRef name = attribute.getName();
    if (name.contains('.'))
      continue;
    const AttributeSchema *expected = schema.findAttribute(name);
    if (!expected || expected->kind == AttributeKind::Graph)
      return op->emitOpError("has no attribute '")
             << name << "' in opset " << kDialectOpset;
    if (!isOfKind(attribute.getValue(), expected->kind))
      return op->emitOpError("attribute '")
             << name << "' is " << attribute.getValue() << ", but must be "
             << describe(expected->kind);
  }
  for (const AttributeSchema &attribute : schema.attributes)
    if (attribute.required && attribute.kind != AttributeKind::Graph &&
        !op->hasAttr(attribute.name))
      return op->emitOpError("requires the attribute '")
             << attribute.name << "'";
  return success();
}

namespace {
// Checks the operands and then the results of one operation.
struct TypeVerifier {
  Operation *op;
  const OpSchema &schema;
  // The type of each type variable, and the parameter that decided it.
  SmallVector<std::pair<std::optional<TypeCode>, StringRef>, 4> variables;

  TypeVerifier(Operation *op, const OpSchema &schema)
      : op(op), schema(schema), variables(schema.typeVariables.size()) {}

  LogicalResult verify(TypeRange types, ArrayRef<ParameterSchema> parameters,
                       StringRef what) {
    bool variadic =
        !parameters.empty() && parameters.back().arity == Arity::Variadic;
    size_t fixed = parameters.size() - variadic;
    if (types.size() < fixed || (types.size() > fixed && !variadic))
      return op->emitOpError("has ")
             << types.size() << " " << what << "s, but the operator has "
             << (variadic ? "at least " : "") << fixed
             << " (an absent one is written as the value of 'onnx.none')";
    if (variadic && int(types.size() - fixed) < parameters.back().minArity)
      return op->emitOpError("has ")
             << types.size() << " " << what << "s, but needs at least "
             << fixed + parameters.back().minArity;
    for (auto [i, type] : llvm::enumerate(types))
      if (failed(verify(type, parameters[std::min(i, parameters.size() - 1)],
                        what)))
        return failure();
    return success();
  }

  LogicalResult verify(Type type, const ParameterSchema &parameter,
                       StringRef what) {
    if (isa<NoneType>(type)) {
      if (parameter.arity == Arity::Optional)
        return success();
      return op->emitOpError(what)
             << " '" << parameter.name << "' is required, but absent";
    }
    if (isa<UnknownType>(type))
      return success();
    std::optional<TypeCode> code = getTypeCode(type);
    if (!code)
      return op->emitOpError(what) << " '" << parameter.name << "' has type "
                                   << type << ", which ONNX does not have";
    if (!parameter.types.contains(*code))
      return op->emitOpError(what)
             << " '" << parameter.name << "' is " << getTypeString(*code)
             << ", but opset " << kDialectOpset << " allows only "
             << llvm::join(parameter.typeStrings, ", ");
    if (parameter.typeVariable < 0 || !parameter.homogeneous)
      return success();
    auto &[bound, by] = variables[parameter.typeVariable];
    if (!bound) {
      bound = code;
      by = parameter.name;
    } else if (*bound != *code) {
      return op->emitOpError(what)
             << " '" << parameter.name << "' is " << getTypeString(*code)
             << ", but '" << by << "' is " << getTypeString(*bound)
             << ": they must be of the same type (" << parameter.typeName
             << ")";
    }
    return success();
  }
};
} // namespace

// The outputs of a branch are the results of an If; of other subgraphs the
// shapes differ from the operation's, so that only the terminator is checked.
static LogicalResult verifyRegions(Operation *op) {
  for (Region &region : op->getRegions()) {
    bool empty = region.empty() || region.front().empty();
    auto yield =
        dyn_cast_or_null<YieldOp>(empty ? nullptr : &region.front().back());
    if (!yield)
      return op->emitOpError(
          "has a subgraph that does not end in 'onnx.yield'");
    if (op->getName().stripDialect() == "If" &&
        yield.getNumOperands() != op->getNumResults())
      return yield.emitOpError("has ")
             << yield.getNumOperands() << " values for the "
             << op->getNumResults() << " results of 'onnx.If'";
  }
  return success();
}

LogicalResult Onnx::detail::verifySchemaOp(Operation *op) {
  const OpSchema *schema = getSchema(op);
  if (!schema)
    return op->emitOpError("is not in opset ") << kDialectOpset;
  TypeVerifier types(op, *schema);
  if (failed(types.verify(op->getOperandTypes(), schema->inputs, "operand")) ||
      failed(types.verify(op->getResultTypes(), schema->outputs, "result")) ||
      failed(verifyAttributes(op, *schema)))
    return failure();
  return verifyRegions(op);
}
