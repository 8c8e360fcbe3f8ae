//===- Rewrites.cpp - What the rewrites to an older opset share -----------===//

#include "passes/LegalizeOpset/Rewrites.h"

#include "lib/Support/Constants.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

//===----------------------------------------------------------------------===//
// Problems
//===----------------------------------------------------------------------===//

void Problems::add(Location loc, std::string text) {
  locations[std::move(text)].push_back(loc);
}

void Problems::report() {
  constexpr size_t kMaxNotes = 8;
  for (auto &[text, places] : locations) {
    InFlightDiagnostic diagnostic = emitError(places.front()) << text;
    for (Location place : ArrayRef(places).drop_front().take_front(kMaxNotes))
      diagnostic.attachNote(place) << "and here";
    if (places.size() > kMaxNotes + 1)
      diagnostic.attachNote(places.back())
          << "and at " << places.size() - kMaxNotes - 1 << " more places";
  }
}

//===----------------------------------------------------------------------===//
// Context
//===----------------------------------------------------------------------===//

Value Context::operand(unsigned index) const {
  if (index >= op->getNumOperands() || Onnx::isNone(op->getOperand(index)))
    return {};
  return op->getOperand(index);
}

bool Context::isUsed(unsigned result) const {
  return result < op->getNumResults() && !Onnx::isNone(op->getResult(result)) &&
         !op->getResult(result).use_empty();
}

int64_t Context::getInt(StringRef attribute, int64_t fallback) const {
  auto value = op->getAttrOfType<IntegerAttr>(attribute);
  return value ? value.getInt() : fallback;
}

double Context::getReal(StringRef attribute, double fallback) const {
  auto value = op->getAttrOfType<FloatAttr>(attribute);
  return value ? value.getValueAsDouble() : fallback;
}

StringRef Context::getString(StringRef attribute, StringRef fallback) const {
  auto value = op->getAttrOfType<StringAttr>(attribute);
  return value ? value.getValue() : fallback;
}

std::optional<SmallVector<int64_t>> Context::ints(Value value) const {
  return value ? getConstantInts(value) : std::nullopt;
}

Outcome Context::replace(ValueRange values) {
  for (auto [result, value] : llvm::zip(op->getResults(), values))
    if (value)
      rewriter.replaceAllUsesWith(result, value);
  rewriter.eraseOp(op);
  return Outcome::Replaced;
}

static Onnx::CustomOp createCustom(Context &c, TypeRange types,
                                   StringRef opType, ArrayRef<Value> operands,
                                   ArrayRef<NamedAttribute> attributes) {
  while (!operands.empty() && !operands.back())
    operands = operands.drop_back();
  SmallVector<Value> values;
  for (Value operand : operands)
    values.push_back(operand ? operand : c.b.none());
  // Attributes with a dot are notes on the operation and none of the operator.
  SmallVector<NamedAttribute> own, notes;
  for (NamedAttribute attribute : attributes)
    (attribute.getName().getValue().contains('.') ? notes : own)
        .push_back(attribute);
  auto custom = c.rewriter.create<Onnx::CustomOp>(
      c.op->getLoc(), types, "", opType, values,
      c.rewriter.getDictionaryAttr(own));
  for (NamedAttribute note : notes)
    custom->setAttr(note.getName(), note.getValue());
  return custom;
}

Outcome Context::respell(StringRef opType, ArrayRef<Value> operands,
                         ArrayRef<NamedAttribute> attributes) {
  SmallVector<Type> types(op->getResultTypes());
  while (!types.empty() && isa<NoneType>(types.back()))
    types.pop_back();
  Onnx::CustomOp custom =
      createCustom(*this, types, opType, operands, attributes);
  SmallVector<Value> values(custom->getResults());
  values.resize(op->getNumResults());
  return replace(values);
}

Value Context::spell(Type type, StringRef opType, ArrayRef<Value> operands,
                     ArrayRef<NamedAttribute> attributes) {
  return createCustom(*this, type, opType, operands, attributes)->getResult(0);
}

Outcome Context::refuse(int needed, const Twine &what) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "'onnx." << Onnx::getOpType(op) << "'";
  if (std::string detail = what.str(); !detail.empty())
    os << " " << detail;
  os << " needs opset " << needed << ", but the model is exported for opset "
     << target;
  problems.add(op->getLoc(), text);
  return Outcome::Refused;
}

SmallVector<NamedAttribute>
Context::attributesWithout(ArrayRef<StringRef> names) const {
  SmallVector<NamedAttribute> kept;
  for (NamedAttribute attribute : op->getAttrs())
    if (!llvm::is_contained(names, attribute.getName().getValue()))
      kept.push_back(attribute);
  return kept;
}

ArrayRef<Table::Entry> Table::lookup(StringRef op) const {
  auto it = entries.find(op);
  if (it == entries.end())
    return {};
  return it->second;
}

//===----------------------------------------------------------------------===//
// The schema of the target
//===----------------------------------------------------------------------===//

static const Onnx::ParameterSchema *
getParameter(ArrayRef<Onnx::ParameterSchema> parameters, size_t index) {
  if (index < parameters.size())
    return &parameters[index];
  if (!parameters.empty() && parameters.back().arity == Onnx::Arity::Variadic)
    return &parameters.back();
  return nullptr;
}

/// An attribute has the value that it is taken to have where it isn't.
static bool isDefault(Attribute value, const Onnx::AttributeSchema &schema) {
  if (auto integer = dyn_cast<IntegerAttr>(value))
    return schema.defaultInt == integer.getInt();
  if (auto real = dyn_cast<FloatAttr>(value))
    return schema.defaultFloat == float(real.getValueAsDouble());
  if (auto string = dyn_cast<StringAttr>(value))
    return schema.defaultString == string.getValue().str();
  return false;
}

/// Types that have all values of `type`, the nearest ones first.
static SmallVector<Type> getWiderTypes(Type type) {
  Builder b(type.getContext());
  Type i32 = b.getI32Type(), i64 = b.getI64Type(), f32 = b.getF32Type(),
       f64 = b.getF64Type();
  if (type.isF16() || type.isBF16())
    return {f32, f64};
  if (type.isInteger(1))
    return {i32, i64, f32};
  if (auto integer = dyn_cast<IntegerType>(type)) {
    if (integer.getWidth() <= 16)
      return {i32, i64, f32, f64};
    if (integer.getWidth() == 32)
      return {i64, f64};
  }
  return {};
}

/// Operators that do the same in a wider type.
static bool worksInWiderType(StringRef op) {
  return op != "Cast" && op != "CastLike" && op != "If" && op != "Loop" &&
         op != "Scan" && op != "QuantizeLinear" && op != "DequantizeLinear" &&
         op != "BitShift";
}

/// The opset whose version of the operator first takes `code` there.
static int getOpsetOfType(StringRef op, bool isResult, size_t index,
                          Onnx::TypeCode code, int target) {
  for (int opset = target + 1; opset <= Onnx::kDialectOpset; ++opset)
    if (const Onnx::OpSchema *schema = Onnx::lookupSchema(op, opset))
      if (const Onnx::ParameterSchema *parameter =
              getParameter(isResult ? schema->outputs : schema->inputs, index))
        if (parameter->types.contains(code))
          return opset;
  return Onnx::kDialectOpset;
}

namespace {
/// Chooses, for each type variable whose type is not allowed, a wider type.
class TypeFitter {
public:
  TypeFitter(Operation *op, const Onnx::OpSchema &schema)
      : op(op), schema(schema) {}

  /// The first value whose type does not fit.
  std::optional<std::pair<bool, size_t>> findMisfit() {
    for (auto [i, type] : llvm::enumerate(op->getOperandTypes()))
      if (!fits(schema.inputs, i, type))
        return std::make_pair(false, i);
    for (auto [i, type] : llvm::enumerate(op->getResultTypes()))
      if (!fits(schema.outputs, i, type))
        return std::make_pair(true, i);
    return std::nullopt;
  }

  /// A wider type for each type variable that needs one; false if there is
  /// none.
  bool choose() {
    for (auto [i, type] : llvm::enumerate(op->getOperandTypes())) {
      if (fits(schema.inputs, i, type))
        continue;
      const Onnx::ParameterSchema *parameter = getParameter(schema.inputs, i);
      auto tensor = dyn_cast<TensorType>(type);
      if (!parameter || !tensor)
        return false;
      int variable =
          parameter->typeVariable < 0 ? -2 - int(i) : parameter->typeVariable;
      if (chosen.count(variable))
        continue;
      for (Type wider : getWiderTypes(tensor.getElementType())) {
        std::optional<int> code = Onnx::getDataType(wider);
        if (code && parameter->types.contains(
                        {Onnx::TypeKind::Tensor, uint8_t(*code)})) {
          chosen[variable] = wider;
          break;
        }
      }
      if (!chosen.count(variable))
        return false;
    }
    for (auto [i, type] : llvm::enumerate(op->getResultTypes()))
      if (!fits(schema.outputs, i, type) && !getChosen(schema.outputs, i))
        return false;
    return true;
  }

  /// The type that a value gets instead of its own, null if it keeps it.
  Type getChosen(ArrayRef<Onnx::ParameterSchema> parameters, size_t i) {
    const Onnx::ParameterSchema *parameter = getParameter(parameters, i);
    if (!parameter)
      return {};
    auto it = chosen.find(
        parameter->typeVariable < 0 ? -2 - int(i) : parameter->typeVariable);
    return it == chosen.end() ? Type() : it->second;
  }

private:
  static bool fits(ArrayRef<Onnx::ParameterSchema> parameters, size_t i,
                   Type type) {
    if (isa<NoneType>(type))
      return true;
    const Onnx::ParameterSchema *parameter = getParameter(parameters, i);
    std::optional<Onnx::TypeCode> code = Onnx::getTypeCode(type);
    return parameter && (!code || parameter->types.contains(*code));
  }

  Operation *op;
  const Onnx::OpSchema &schema;
  llvm::DenseMap<int, Type> chosen;
};
} // namespace

Outcome legalize_opset::checkSchema(Context &c) {
  Operation *op = c.op;
  StringRef name = Onnx::getOpType(op);
  auto custom = dyn_cast<Onnx::CustomOp>(op);
  const Onnx::OpSchema *schema = Onnx::lookupSchema(name, c.target);
  const Onnx::OpSchema *current = Onnx::lookupSchema(name);
  if (!schema)
    return c.refuse(Onnx::firstOpset(name).value_or(Onnx::kDialectOpset));

  // Operands and results that the target does not have.
  auto refuseNewer = [&](StringRef kind, StringRef what) {
    int needed = c.target + 1;
    auto has = [&](const Onnx::OpSchema *s) {
      if (!s)
        return false;
      if (kind == "attribute")
        return s->findAttribute(what) != nullptr;
      ArrayRef<Onnx::ParameterSchema> all =
          kind == "operand" ? s->inputs : s->outputs;
      return llvm::any_of(all, [&](const auto &p) { return p.name == what; });
    };
    while (needed < Onnx::kDialectOpset &&
           !has(Onnx::lookupSchema(name, needed)))
      ++needed;
    return c.refuse(needed, "with the " + kind + " '" + what + "'");
  };
  for (auto [i, operand] : llvm::enumerate(op->getOperands()))
    if (!Onnx::isNone(operand) && !getParameter(schema->inputs, i))
      return refuseNewer("operand", current && i < current->inputs.size()
                                        ? StringRef(current->inputs[i].name)
                                        : StringRef("?"));
  for (auto [i, result] : llvm::enumerate(op->getResults()))
    if (!Onnx::isNone(result) && !result.use_empty() &&
        !getParameter(schema->outputs, i))
      return refuseNewer("result", current && i < current->outputs.size()
                                       ? StringRef(current->outputs[i].name)
                                       : StringRef("?"));

  // Attributes.
  SmallVector<StringAttr> dropped;
  DictionaryAttr attributes =
      custom ? custom.getOpAttributes() : op->getAttrDictionary();
  for (NamedAttribute attribute : attributes) {
    StringRef attributeName = attribute.getName().getValue();
    if (schema->findAttribute(attributeName))
      continue;
    const Onnx::AttributeSchema *newer =
        current ? current->findAttribute(attributeName) : nullptr;
    if (!newer)
      continue;
    if (!isDefault(attribute.getValue(), *newer))
      return refuseNewer("attribute", attributeName);
    dropped.push_back(attribute.getName());
  }
  if (!custom)
    for (StringAttr attribute : dropped)
      op->removeAttr(attribute);

  // Types.
  TypeFitter types(op, *schema);
  std::optional<std::pair<bool, size_t>> misfit = types.findMisfit();
  if (!misfit)
    return Outcome::Unchanged;
  if (op->getNumRegions() || !worksInWiderType(name) || !types.choose()) {
    auto [isResult, index] = *misfit;
    Type type = isResult ? op->getResult(index).getType()
                         : op->getOperand(index).getType();
    std::optional<Onnx::TypeCode> code = Onnx::getTypeCode(type);
    return c.refuse(code
                        ? getOpsetOfType(name, isResult, index, *code, c.target)
                        : Onnx::kDialectOpset,
                    "on " + Onnx::getTypeString(type));
  }
  SmallVector<Value> operands;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    Type type = types.getChosen(schema->inputs, i);
    operands.push_back(type && !Onnx::isNone(operand) ? c.b.cast(operand, type)
                                                      : operand);
  }
  SmallVector<Type> resultTypes;
  for (auto [i, result] : llvm::enumerate(op->getResultTypes())) {
    Type type = types.getChosen(schema->outputs, i);
    resultTypes.push_back(type && isa<TensorType>(result)
                              ? OnnxBuilder::withElementType(result, type)
                              : result);
  }
  OperationState state(op->getLoc(), op->getName(), operands, resultTypes,
                       op->getAttrs());
  Operation *wide = c.rewriter.create(state);
  SmallVector<Value> results;
  for (auto [was, is] : llvm::zip(op->getResults(), wide->getResults())) {
    auto type = dyn_cast<TensorType>(was.getType());
    results.push_back(type ? c.b.cast(is, type.getElementType()) : Value(is));
  }
  return c.replace(results);
}
