//===- TorchDialect.cpp - The torch dialect -------------------------------===//
//
// What all generated operations share: schemas, syntax, verification, effects.
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"

#include "mlir/IR/DialectImplementation.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

#include "dialects/Torch/TorchDialect.cpp.inc"

void TorchDialect::initialize() {
  registerTypes();
  addOperations<
#define GET_OP_LIST
#include "dialects/Torch/TorchOps.cpp.inc"
      >();
  registerSchemaOps();
}

Operation *TorchDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location loc) {
  if (isa<Torch::TensorType>(type)) {
    auto elements = dyn_cast<ElementsAttr>(value);
    return elements ? builder.create<TensorConstantOp>(loc, type, elements,
                                                       StringAttr())
                    : nullptr;
  }
  if (auto dim = dyn_cast<Symbolic::DimAttr>(value))
    return builder.create<SymbolicIntOp>(loc, type, dim);
  if (!isa<IntType, Torch::FloatType, BoolType, StrType, DeviceType,
           Torch::NoneType>(type))
    return nullptr;
  return builder.create<ConstantOp>(loc, type, value);
}

//===----------------------------------------------------------------------===//
// Schemas
//===----------------------------------------------------------------------===//

/// Splits "self T,other Lf!" into `fields`.
static void parseFields(StringRef text,
                        SmallVectorImpl<OpSchema::Field> &fields) {
  while (!text.empty()) {
    StringRef field;
    std::tie(field, text) = text.split(',');
    auto [name, kind] = field.split(' ');
    bool mutated = kind.consume_back("!");
    fields.push_back({name, kind, mutated});
  }
}

std::vector<OpSchema> Torch::readSchemas(StringRef family,
                                         ArrayRef<OpSchemaText> texts) {
  std::vector<OpSchema> schemas(texts.size());
  for (auto [schema, text] : llvm::zip_equal(schemas, texts)) {
    schema.key = text.key;
    schema.typeID = text.typeID;
    schema.family = family;
    schema.text = text.text;
    schema.flags = text.flags;
    parseFields(text.operands, schema.operands);
    parseFields(text.results, schema.results);
  }
  return schemas;
}

namespace {
/// The schemas are the same in every context, so a process reads them once.
struct SchemaIndex {
  SchemaIndex() {
    auto add = [&](ArrayRef<OpSchema> schemas) {
      for (const OpSchema &schema : schemas) {
        list.push_back(&schema);
        byKey[schema.key] = &schema;
        byType[schema.typeID] = &schema;
      }
    };
#define TORCH_FAMILY(NAME) add(get##NAME##Schemas());
#include "dialects/Torch/Families.inc"
  }

  std::vector<const OpSchema *> list;
  llvm::StringMap<const OpSchema *> byKey;
  llvm::DenseMap<TypeID, const OpSchema *> byType;
};
} // namespace

static const SchemaIndex &getSchemaIndex() {
  static const SchemaIndex index;
  return index;
}

ArrayRef<const OpSchema *> TorchDialect::getSchemas() {
  return getSchemaIndex().list;
}

const OpSchema *TorchDialect::lookupSchema(StringRef key) {
  return getSchemaIndex().byKey.lookup(key);
}

const OpSchema *TorchDialect::lookupSchema(OperationName name) {
  return getSchemaIndex().byType.lookup(name.getTypeID());
}

StringRef Torch::getSchemaKey(Operation *op) {
  if (auto custom = dyn_cast<OperatorOp>(op))
    return custom.getName();
  StringRef name = op->getName().getStringRef();
  return name.consume_front("torch.") ? name : StringRef();
}

const OpSchema *Torch::getSchema(Operation *op) {
  auto *dialect = dyn_cast_or_null<TorchDialect>(op->getDialect());
  if (!dialect)
    return nullptr;
  if (auto custom = dyn_cast<OperatorOp>(op))
    return dialect->lookupSchema(custom.getName());
  return dialect->lookupSchema(op->getName());
}

Value Torch::getOperandNamed(Operation *op, StringRef name) {
  if (const OpSchema *schema = getSchema(op))
    for (auto [field, operand] : llvm::zip(schema->operands, op->getOperands()))
      if (field.name == name)
        return operand;
  return {};
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// Splits the type code at the front of `kind` off; it is a single character
/// or one that the codes of its parameters follow.
static StringRef takeKind(StringRef &kind) {
  StringRef start = kind;
  auto skip = [&](auto &self) -> void {
    char code = kind.front();
    kind = kind.drop_front();
    unsigned parameters = 0;
    if (code == 'L' || code == 'O')
      parameters = 1;
    else if (code == 'D')
      parameters = 2;
    else if (code == 'P')
      kind.consumeInteger(10, parameters);
    for (unsigned i = 0; i < parameters; ++i)
      self(self);
  };
  skip(skip);
  return start.drop_back(kind.size());
}

bool Torch::matchesKind(Type type, StringRef kind) {
  if (kind == "a" || isa<AnyType>(type))
    return true;
  StringRef rest = kind.drop_front();
  switch (kind.front()) {
  case 'T':
    return isa<Torch::TensorType>(type);
  case 'i':
    return isa<IntType, NumberType>(type);
  case 'f':
    return isa<Torch::FloatType, IntType, NumberType>(type);
  case 'b':
    return isa<BoolType>(type);
  case 's':
    return isa<StrType>(type);
  case 'n':
    return isa<NumberType, IntType, Torch::FloatType, BoolType>(type);
  case 'd':
    return isa<DeviceType, StrType>(type);
  case 'g':
    return isa<GeneratorType>(type);
  case 'N':
    return isa<Torch::NoneType>(type);
  case 'L':
    if (auto list = dyn_cast<ListType>(type))
      return matchesKind(list.getElementType(), rest);
    return false;
  case 'O':
    if (auto optional = dyn_cast<OptionalType>(type))
      return matchesKind(optional.getElementType(), rest);
    return isa<Torch::NoneType>(type) || matchesKind(type, rest);
  case 'D':
    if (auto dict = dyn_cast<DictType>(type)) {
      StringRef key = takeKind(rest);
      return matchesKind(dict.getKeyType(), key) &&
             matchesKind(dict.getValueType(), rest);
    }
    return false;
  case 'P':
    if (auto tuple = dyn_cast<Torch::TupleType>(type)) {
      unsigned count = 0;
      rest.consumeInteger(10, count);
      if (count != tuple.getElementTypes().size())
        return false;
      for (Type element : tuple.getElementTypes())
        if (!matchesKind(element, takeKind(rest)))
          return false;
      return true;
    }
    return false;
  default:
    return true;
  }
}

std::string Torch::describeKind(StringRef kind) {
  StringRef rest = kind.drop_front();
  switch (kind.front()) {
  case 'T':
    return "Tensor";
  case 'i':
    return "int";
  case 'f':
    return "float";
  case 'b':
    return "bool";
  case 's':
    return "str";
  case 'n':
    return "Scalar";
  case 'd':
    return "Device";
  case 'g':
    return "Generator";
  case 'N':
    return "None";
  case 'L':
    return describeKind(rest) + "[]";
  case 'O':
    return describeKind(rest) + "?";
  case 'D': {
    StringRef key = takeKind(rest);
    return "Dict(" + describeKind(key) + ", " + describeKind(rest) + ")";
  }
  case 'P': {
    unsigned count = 0;
    rest.consumeInteger(10, count);
    std::string text = "(";
    for (unsigned i = 0; i < count; ++i)
      text += (i ? ", " : "") + describeKind(takeKind(rest));
    return text + ")";
  }
  default:
    return "Any";
  }
}

/// Checks the values of `op` on one side against the schema.
static LogicalResult verifyFields(Operation *op, const OpSchema &schema,
                                  StringRef what, TypeRange types,
                                  ArrayRef<OpSchema::Field> fields) {
  auto describe = [&](InFlightDiagnostic &&diagnostic) -> LogicalResult {
    diagnostic.attachNote() << "the schema is " << schema.text;
    return std::move(diagnostic);
  };
  if (types.size() != fields.size())
    return describe(op->emitOpError() << "has " << types.size() << " " << what
                                      << (types.size() == 1 ? "" : "s")
                                      << " instead of " << fields.size());
  for (auto [type, field] : llvm::zip(types, fields))
    if (!matchesKind(type, field.kind))
      return describe(op->emitOpError()
                      << what << " '" << field.name << "' must be "
                      << describeKind(field.kind) << ", but is " << type);
  return success();
}

//===----------------------------------------------------------------------===//
// Syntax
//===----------------------------------------------------------------------===//

/// `%a, %b {attributes} : type, type -> type`; the colon goes with the operand
/// types, the arrow with the result types.
static ParseResult parseSchemaOp(OpAsmParser &parser, OperationState &result) {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<Type> types;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseOperandList(operands) ||
      parser.parseOptionalAttrDict(result.attributes))
    return failure();
  if (succeeded(parser.parseOptionalColon()) && parser.parseTypeList(types))
    return failure();
  if (succeeded(parser.parseOptionalArrow()) &&
      parser.parseTypeList(result.types))
    return failure();
  return parser.resolveOperands(operands, types, loc, result.operands);
}

static ParseResult rejectUnknownOp(OpAsmParser &parser,
                                   OperationState &result) {
  StringRef name = result.name.getStringRef();
  name.consume_front("torch.");
  return parser.emitError(parser.getNameLoc())
         << "the torch dialect has no operation '" << name
         << "'; an operator that is on none of its lists is written "
            "torch.operator \""
         << name << "\"(...)";
}

static void printSchemaOp(Operation *op, OpAsmPrinter &printer) {
  if (op->getNumOperands())
    printer << ' ' << op->getOperands();
  printer.printOptionalAttrDict(op->getAttrs());
  if (op->getNumOperands())
    printer << " : " << op->getOperandTypes();
  if (op->getNumResults())
    printer << " -> " << op->getResultTypes();
}

std::optional<Dialect::ParseOpHook>
TorchDialect::getParseOperationHook(StringRef opName) const {
  if (RegisteredOperationName::lookup(opName, getContext()))
    return ParseOpHook(parseSchemaOp);
  return ParseOpHook(rejectUnknownOp);
}

llvm::unique_function<void(Operation *, OpAsmPrinter &)>
TorchDialect::getOperationPrinter(Operation *op) const {
  if (!op->isRegistered())
    return nullptr;
  return printSchemaOp;
}

//===----------------------------------------------------------------------===//
// The generated operations
//===----------------------------------------------------------------------===//

namespace {

/// What MLIR asks about a generated operation; the same for all of them, apart
/// from the schema.
class SchemaOpModel : public OperationName::Impl {
public:
  SchemaOpModel(StringRef name, Dialect *dialect, TypeID typeID,
                const OpSchema &schema)
      : Impl(name, dialect, typeID, mlir::detail::InterfaceMap()),
        schema(schema) {}

  LogicalResult verifyInvariants(Operation *op) final {
    if (op->getNumRegions() || op->getNumSuccessors())
      return op->emitOpError("has no regions or successors");
    if (failed(verifyFields(op, schema, "operand", op->getOperandTypes(),
                            schema.operands)))
      return failure();
    return verifyFields(op, schema, "result", op->getResultTypes(),
                        schema.results);
  }
  LogicalResult verifyRegionInvariants(Operation *) final { return success(); }

  OperationName::ParseAssemblyFn getParseAssemblyFn() final {
    return parseSchemaOp;
  }
  void printAssembly(Operation *op, OpAsmPrinter &printer,
                     StringRef defaultDialect) final {
    StringRef name = op->getName().getStringRef();
    if (defaultDialect == "torch" && name.count('.') == 1)
      name.consume_front("torch.");
    printer << name;
    printSchemaOp(op, printer);
  }

  bool hasTrait(TypeID id) final {
    return id == TypeID::get<OpTrait::ZeroRegions>() ||
           id == TypeID::get<OpTrait::ZeroSuccessors>() ||
           id == TypeID::get<OpTrait::VariadicOperands>() ||
           (id == TypeID::get<OpTrait::OneResult>() &&
            schema.results.size() == 1) ||
           (id == TypeID::get<OpTrait::ZeroResults>() &&
            schema.results.empty());
  }

  LogicalResult foldHook(Operation *, ArrayRef<Attribute>,
                         SmallVectorImpl<OpFoldResult> &) final {
    return failure();
  }
  void getCanonicalizationPatterns(RewritePatternSet &, MLIRContext *) final {}

  // The operations have discardable attributes only.
  void populateDefaultAttrs(const OperationName &, NamedAttrList &) final {}
  std::optional<Attribute> getInherentAttr(Operation *op,
                                           StringRef name) final {
    return op->getDiscardableAttr(name);
  }
  void setInherentAttr(Operation *op, StringAttr name, Attribute value) final {
    op->setDiscardableAttr(name, value);
  }
  void populateInherentAttrs(Operation *, NamedAttrList &) final {}
  LogicalResult verifyInherentAttrs(OperationName, NamedAttrList &,
                                    function_ref<InFlightDiagnostic()>) final {
    return success();
  }
  int getOpPropertyByteSize() final { return 0; }
  void initProperties(OperationName, OpaqueProperties, OpaqueProperties) final {
  }
  void deleteProperties(OpaqueProperties) final {}
  void populateDefaultProperties(OperationName, OpaqueProperties) final {}
  LogicalResult
  setPropertiesFromAttr(OperationName, OpaqueProperties, Attribute,
                        function_ref<InFlightDiagnostic()> emitError) final {
    return emitError() << "this operation has no properties";
  }
  Attribute getPropertiesAsAttr(Operation *) final { return {}; }
  void copyProperties(OpaqueProperties, OpaqueProperties) final {}
  bool compareProperties(OpaqueProperties, OpaqueProperties) final {
    return true;
  }
  llvm::hash_code hashProperties(OpaqueProperties) final { return {}; }

private:
  const OpSchema &schema;
};

} // namespace

void TorchDialect::registerSchemaOps() {
  for (const OpSchema *schema : getSchemas())
    RegisteredOperationName::insert(
        std::make_unique<SchemaOpModel>(("torch." + schema->key).str(), this,
                                        schema->typeID, *schema),
        /*attrNames=*/{});
}

//===----------------------------------------------------------------------===//
// Effects
//===----------------------------------------------------------------------===//

namespace {

enum class Effect { None, Random, Unknown };

/// The effect of an operator that is known by its name only. The convention of
/// PyTorch is that the names of in-place operators end in an underscore, that
/// operators with an output argument have an `out` overload, and that nothing
/// else writes to its operands.
Effect effectOfUnlisted(OperatorOp op) {
  if (op->getNumResults() == 0)
    return Effect::Unknown;
  if (std::optional<StringRef> schema = op.getSchema())
    return schema->contains('!') ? Effect::Unknown : Effect::None;
  auto [qualified, overload] = op.getName().rsplit('.');
  StringRef name = op.getName();
  if (name.starts_with("prim.") || name.ends_with("_") ||
      qualified.ends_with("_") || overload.ends_with("out"))
    return Effect::Unknown;
  // Unused results may go, but two calls are not known to agree.
  return Effect::Random;
}

Effect effectOf(Operation *op) {
  if (const OpSchema *schema = getSchema(op))
    return schema->isPure()     ? Effect::None
           : schema->isRandom() ? Effect::Random
                                : Effect::Unknown;
  if (auto custom = dyn_cast<OperatorOp>(op))
    return effectOfUnlisted(custom);
  return Effect::Unknown;
}

struct EffectsFallback
    : public MemoryEffectOpInterface::FallbackModel<EffectsFallback> {
  static bool classof(Operation *op) {
    return isa<TorchDialect>(op->getDialect());
  }
  void
  getEffects(Operation *op,
             SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
                 &effects) const {
    switch (effectOf(op)) {
    case Effect::None:
      return;
    case Effect::Random:
      // A fresh value in every execution: it may be dropped, but not merged.
      effects.emplace_back(MemoryEffects::Allocate::get(),
                           cast<OpResult>(op->getResult(0)));
      return;
    case Effect::Unknown:
      effects.emplace_back(MemoryEffects::Read::get());
      effects.emplace_back(MemoryEffects::Write::get());
      return;
    }
  }
};

struct SpeculationFallback
    : public ConditionallySpeculatable::FallbackModel<SpeculationFallback> {
  static bool classof(Operation *op) {
    return isa<TorchDialect>(op->getDialect());
  }
  Speculation::Speculatability getSpeculatability(Operation *op) const {
    return effectOf(op) == Effect::None ? Speculation::Speculatable
                                        : Speculation::NotSpeculatable;
  }
};

} // namespace

void *TorchDialect::getRegisteredInterfaceForOp(TypeID interfaceID,
                                                OperationName opName) {
  static EffectsFallback effects;
  static SpeculationFallback speculation;
  if (opName.getStringRef() != OperatorOp::getOperationName() &&
      !lookupSchema(opName))
    return nullptr;
  if (interfaceID == MemoryEffectOpInterface::getInterfaceID())
    return static_cast<MemoryEffectOpInterface::Concept *>(&effects);
  if (interfaceID == ConditionallySpeculatable::getInterfaceID())
    return static_cast<ConditionallySpeculatable::Concept *>(&speculation);
  return nullptr;
}
