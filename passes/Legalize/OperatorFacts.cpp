//===- OperatorFacts.cpp - What operators write to and alias --------------===//

#include "passes/Legalize/OperatorFacts.h"

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

namespace {

/// "aten.add_.Tensor" -> {"aten.add_", "Tensor"}.
std::pair<StringRef, StringRef> splitKey(StringRef key) {
  size_t dot = key.find('.', key.find('.') + 1);
  if (dot == StringRef::npos)
    return {key, ""};
  return {key.take_front(dot), key.drop_front(dot + 1)};
}

bool shareSet(const SchemaArgument &argument, const SchemaArgument &result) {
  auto contains = [](const std::vector<std::string> &sets, StringRef set) {
    return llvm::is_contained(sets, set);
  };
  for (const std::string &set : argument.aliasSets)
    if (contains(result.aliasSets, set) ||
        contains(result.elementAliasSets, set))
      return true;
  return false;
}

/// Operators whose relation is more special than their schema tells, or which
/// alias without saying so.
std::optional<Sharing> knownSharing(StringRef key) {
  return llvm::StringSwitch<std::optional<Sharing>>(splitKey(key).first)
      .Cases("aten.detach", "aten.alias", "aten.lift_fresh", "aten.lift",
             "aten.positive", "aten.resolve_conj", "aten.resolve_neg",
             "aten.cpu", "aten.cuda", Sharing::Same)
      .Cases("aten.pin_memory", "aten._fw_primal", "aten._unwrap_optional",
             "aten.requires_grad_", "prim.data", "prim.unchecked_cast",
             Sharing::Same)
      .Cases("aten.clone", "aten.lift_fresh_copy", "aten.detach_copy",
             "aten.alias_copy", Sharing::Copy)
      .Cases("aten.reshape", "aten.reshape_as", "aten.flatten", "aten.ravel",
             Sharing::ViewIfContiguous)
      .Case("aten.contiguous", Sharing::SameIfContiguous)
      .Cases("aten.to", "aten.type_as", Sharing::Conversion)
      .Default(std::nullopt);
}

/// The functional operator that an in-place name stands for, without overload.
std::string functionalName(StringRef name) {
  auto [ns, base] = name.split('.');
  StringRef special = llvm::StringSwitch<StringRef>(base)
                          .Case("__iand__", "bitwise_and")
                          .Case("__ior__", "bitwise_or")
                          .Case("__ixor__", "bitwise_xor")
                          .Case("__ilshift__", "__lshift__")
                          .Case("__irshift__", "__rshift__")
                          .Default("");
  if (!special.empty())
    return (ns + "." + special).str();
  if (base.ends_with("_") && !base.ends_with("__"))
    base = base.drop_back();
  return (ns + "." + base).str();
}

/// Whether `candidate` takes the arguments of `schema` that aren't `out`, and
/// writes to nothing.
bool isFunctionalForm(const SchemaInfo &candidate, const SchemaInfo &schema) {
  if (candidate.isMutable)
    return false;
  size_t next = 0;
  for (const SchemaArgument &argument : schema.arguments) {
    if (argument.isOut)
      continue;
    if (next >= candidate.arguments.size())
      return false;
    const SchemaArgument &other = candidate.arguments[next++];
    if (other.kind != argument.kind || other.isOptional != argument.isOptional)
      return false;
  }
  return next == candidate.arguments.size();
}

std::string findFunctionalForm(const SchemaInfo &schema) {
  auto [name, overload] = splitKey(schema.key);
  std::string base = functionalName(name);
  std::string found;
  for (const std::string &candidateName : {base, base + "_functional"}) {
    for (const std::string &key : lookupOverloads(candidateName)) {
      std::optional<SchemaInfo> candidate = lookupSchema(key);
      if (!candidate || !isFunctionalForm(*candidate, schema))
        continue;
      // The overload of the same name is the closest.
      if (found.empty() || splitKey(key).second == overload)
        found = key;
    }
  }
  return found;
}

std::unique_ptr<OperatorFacts> makeFacts(StringRef key) {
  auto facts = std::make_unique<OperatorFacts>();
  if (std::optional<Sharing> known = knownSharing(key))
    facts->sharing = *known;
  facts->schema = lookupSchema(key);
  if (!facts->schema)
    return facts;
  const SchemaInfo &schema = *facts->schema;
  if (knownSharing(key))
    return facts;
  for (auto [index, argument] : llvm::enumerate(schema.arguments))
    if (argument.isWrite)
      facts->writes.push_back(index);
  if (facts->isMutable()) {
    facts->functional = findFunctionalForm(schema);
    return facts;
  }
  if (schema.results.size() != 1)
    return facts;
  const SchemaArgument &result = schema.results.front();
  if (schema.arguments.empty() ||
      schema.arguments.front().kind != SchemaTypeKind::Tensor ||
      !shareSet(schema.arguments.front(), result))
    return facts;
  if (result.kind == SchemaTypeKind::Tensor)
    facts->sharing = Sharing::View;
  else if (result.kind == SchemaTypeKind::TensorList)
    facts->sharing = Sharing::ViewList;
  return facts;
}

} // namespace

const OperatorFacts &OperatorFactsTable::get(StringRef key) {
  std::unique_ptr<OperatorFacts> &entry = table[key];
  if (!entry)
    entry = makeFacts(key);
  return *entry;
}

const OperatorFacts &OperatorFactsTable::get(Operation *operation) {
  return get(Torch::getSchemaKey(operation));
}

Operation *createOperator(OpBuilder &builder, Location loc, StringRef key,
                          ValueRange operands, TypeRange types) {
  std::string name = ("torch." + key).str();
  if (RegisteredOperationName::lookup(name, builder.getContext())) {
    OperationState state(loc, name, operands, types);
    return builder.create(state);
  }
  OperationState state(loc, Torch::OperatorOp::getOperationName(), operands,
                       types);
  state.addAttribute("name", builder.getStringAttr(key));
  return builder.create(state);
}

} // namespace torchonnx
