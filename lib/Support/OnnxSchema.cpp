//===- OnnxSchema.cpp - The operators of ONNX, at every opset -------------===//

#include "lib/Support/OnnxSchema.h"

#include "onnx/defs/schema.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>

using namespace torchonnx::Onnx;
using llvm::ArrayRef;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Types as text
//===----------------------------------------------------------------------===//

// In the order of TensorProto.DataType.
static constexpr const char *kDataTypeNames[] = {
    nullptr,          "float",      "uint8",
    "int8",           "uint16",     "int16",
    "int32",          "int64",      "string",
    "bool",           "float16",    "double",
    "uint32",         "uint64",     "complex64",
    "complex128",     "bfloat16",   "float8e4m3fn",
    "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz",
    "uint4",          "int4",       "float4e2m1",
    "float8e8m0",     "uint2",      "int2"};

std::string torchonnx::Onnx::getTypeString(TypeCode type) {
  std::string tensor =
      "tensor(" + std::string(kDataTypeNames[type.dataType]) + ")";
  switch (type.kind) {
  case TypeKind::Tensor:
    return tensor;
  case TypeKind::Sequence:
    return "seq(" + tensor + ")";
  case TypeKind::Optional:
    return "optional(" + tensor + ")";
  case TypeKind::OptionalSequence:
    return "optional(seq(" + tensor + "))";
  }
  return "";
}

std::optional<TypeCode> torchonnx::Onnx::parseTypeString(StringRef text) {
  bool optional = false, sequence = false;
  if (text.consume_front("optional("))
    optional = text.consume_back(")");
  if (text.consume_front("seq("))
    sequence = text.consume_back(")");
  if (!text.consume_front("tensor(") || !text.consume_back(")"))
    return std::nullopt;
  for (auto [code, name] : llvm::enumerate(kDataTypeNames))
    if (name && text == name)
      return TypeCode{optional   ? sequence ? TypeKind::OptionalSequence
                                            : TypeKind::Optional
                      : sequence ? TypeKind::Sequence
                                 : TypeKind::Tensor,
                      uint8_t(code)};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The registry
//===----------------------------------------------------------------------===//

static ParameterSchema
convertParameter(const onnx::OpSchema &schema,
                 const onnx::OpSchema::FormalParameter &formal) {
  ParameterSchema parameter;
  parameter.name = formal.GetName();
  parameter.arity =
      formal.GetOption() == onnx::OpSchema::Variadic   ? Arity::Variadic
      : formal.GetOption() == onnx::OpSchema::Optional ? Arity::Optional
                                                       : Arity::Single;
  parameter.homogeneous = formal.GetIsHomogeneous();
  parameter.minArity = formal.GetMinArity();
  parameter.typeName = formal.GetTypeStr();
  parameter.typeVariable = -1;
  const auto &variables = schema.typeConstraintParams();
  for (size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].type_param_str != parameter.typeName)
      continue;
    parameter.typeVariable = i;
    parameter.typeStrings = variables[i].allowed_type_strs;
  }
  if (parameter.typeVariable < 0)
    parameter.typeStrings = {parameter.typeName};
  for (const std::string &text : parameter.typeStrings)
    if (std::optional<TypeCode> type = parseTypeString(text))
      parameter.types.insert(*type);
  return parameter;
}

static OpSchema convertSchema(const onnx::OpSchema &schema) {
  OpSchema op;
  op.name = schema.Name();
  op.sinceVersion = schema.since_version();
  op.deprecated = schema.deprecated();
  for (const auto &formal : schema.inputs())
    op.inputs.push_back(convertParameter(schema, formal));
  for (const auto &formal : schema.outputs())
    op.outputs.push_back(convertParameter(schema, formal));
  for (const auto &[name, attribute] : schema.attributes()) {
    AttributeSchema converted;
    converted.name = name;
    converted.kind = static_cast<AttributeKind>(attribute.type);
    converted.required = attribute.required;
    const onnx::AttributeProto &value = attribute.default_value;
    if (value.type() == onnx::AttributeProto::INT)
      converted.defaultInt = value.i();
    else if (value.type() == onnx::AttributeProto::FLOAT)
      converted.defaultFloat = value.f();
    else if (value.type() == onnx::AttributeProto::STRING)
      converted.defaultString = value.s();
    op.attributes.push_back(std::move(converted));
  }
  llvm::sort(op.attributes,
             [](const auto &a, const auto &b) { return a.name < b.name; });
  op.minInputs = schema.min_input();
  op.maxInputs = schema.max_input();
  op.minOutputs = schema.min_output();
  op.maxOutputs = schema.max_output();
  for (const auto &variable : schema.typeConstraintParams())
    op.typeVariables.push_back(variable.type_param_str);
  op.hasFunctionBody = schema.HasFunction();
  op.hasContextDependentFunctionBody = schema.HasContextDependentFunction();
  return op;
}

namespace {
// The versions of each operator of the ai.onnx domain, ascending.
struct Registry {
  llvm::StringMap<std::vector<OpSchema>> versions;

  Registry() {
    for (const onnx::OpSchema &schema :
         onnx::OpSchemaRegistry::get_all_schemas_with_history())
      if (schema.domain().empty())
        versions[schema.Name()].push_back(convertSchema(schema));
    for (auto &entry : versions)
      llvm::sort(entry.second, [](const OpSchema &a, const OpSchema &b) {
        return a.sinceVersion < b.sinceVersion;
      });
  }
};
} // namespace

static const Registry &getRegistry() {
  static const Registry registry;
  return registry;
}

static ArrayRef<OpSchema> getVersions(StringRef op) {
  const auto &versions = getRegistry().versions;
  auto it = versions.find(op);
  return it == versions.end() ? ArrayRef<OpSchema>()
                              : ArrayRef<OpSchema>(it->second);
}

//===----------------------------------------------------------------------===//
// Queries
//===----------------------------------------------------------------------===//

int torchonnx::Onnx::getIrVersion(int opset) {
  static constexpr std::pair<int, int> kFirstOpset[] = {
      {25, 13}, {24, 12}, {23, 11}, {21, 10}, {19, 9},
      {15, 8},  {12, 7},  {11, 6},  {10, 5},  {9, 4}};
  for (auto [first, ir] : kFirstOpset)
    if (opset >= first)
      return ir;
  return 3;
}

const AttributeSchema *OpSchema::findAttribute(StringRef name) const {
  auto it = llvm::lower_bound(
      attributes, name,
      [](const AttributeSchema &a, StringRef n) { return a.name < n; });
  return it != attributes.end() && it->name == name ? &*it : nullptr;
}

const OpSchema *torchonnx::Onnx::lookupSchema(StringRef op, int opset) {
  const OpSchema *found = nullptr;
  for (const OpSchema &version : getVersions(op))
    if (version.sinceVersion <= opset)
      found = &version;
  return found && !found->deprecated ? found : nullptr;
}

std::optional<int> torchonnx::Onnx::sinceVersionAt(StringRef op, int opset) {
  const OpSchema *schema = lookupSchema(op, opset);
  return schema ? std::optional<int>(schema->sinceVersion) : std::nullopt;
}

std::optional<int> torchonnx::Onnx::firstOpset(StringRef op) {
  ArrayRef<OpSchema> versions = getVersions(op);
  return versions.empty() ? std::nullopt
                          : std::optional<int>(versions.front().sinceVersion);
}

// The parameters of `older` begin `newer`, which may have more optional ones.
static bool areContained(ArrayRef<ParameterSchema> older,
                         ArrayRef<ParameterSchema> newer) {
  if (older.size() > newer.size())
    return false;
  for (auto [i, parameter] : llvm::enumerate(newer)) {
    if (i >= older.size()) {
      if (parameter.arity != Arity::Optional)
        return false;
    } else if (parameter.arity != older[i].arity &&
               (older[i].arity != Arity::Single ||
                parameter.arity != Arity::Optional)) {
      return false;
    }
  }
  return true;
}

bool torchonnx::Onnx::isContainedInDialect(StringRef op, int opset) {
  const OpSchema *older = lookupSchema(op, opset);
  const OpSchema *newer = lookupSchema(op);
  if (!older || !newer)
    return false;
  if (older->sinceVersion == newer->sinceVersion)
    return true;
  // What the schemas do not tell: the meaning of scale and bias changed, and a
  // new attribute's default is not what the operator did before.
  if ((op == "GroupNormalization" && older->sinceVersion < 21) ||
      (op == "RoiAlign" && older->sinceVersion < 16))
    return false;
  if (!areContained(older->inputs, newer->inputs) ||
      !areContained(older->outputs, newer->outputs))
    return false;
  for (const AttributeSchema &attribute : older->attributes) {
    const AttributeSchema *other = newer->findAttribute(attribute.name);
    if (!other || other->kind != attribute.kind ||
        (other->required && !attribute.required) ||
        other->defaultInt != attribute.defaultInt ||
        other->defaultFloat != attribute.defaultFloat ||
        other->defaultString != attribute.defaultString)
      return false;
  }
  return llvm::all_of(newer->attributes, [&](const AttributeSchema &attribute) {
    return !attribute.required || older->findAttribute(attribute.name);
  });
}

ArrayRef<std::string> torchonnx::Onnx::getAllowedTypes(StringRef op,
                                                       int operand, int opset) {
  const OpSchema *schema = lookupSchema(op, opset);
  if (!schema || schema->inputs.empty())
    return {};
  if (operand >= int(schema->inputs.size())) {
    operand = schema->inputs.size() - 1;
    if (schema->inputs[operand].arity != Arity::Variadic)
      return {};
  }
  return schema->inputs[operand].typeStrings;
}

bool torchonnx::Onnx::hasFunctionBody(StringRef op, int opset) {
  const OpSchema *schema = lookupSchema(op, opset);
  return schema &&
         (schema->hasFunctionBody || schema->hasContextDependentFunctionBody);
}

std::vector<StringRef> torchonnx::Onnx::getOperators(int opset) {
  std::vector<StringRef> names;
  for (const auto &entry : getRegistry().versions)
    if (lookupSchema(entry.getKey(), opset))
      names.push_back(entry.getKey());
  llvm::sort(names);
  return names;
}
