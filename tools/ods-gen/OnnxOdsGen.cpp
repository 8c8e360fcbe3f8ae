// onnx-ods-gen: writes the ODS definitions of the ai.onnx operators of one
// opset from onnx's own schema registry.
//
//   onnx-ods-gen --opset=26 --first=A --last=F > OpsAtoF.td
//
// Everything that the registry says about an operator as data and that ODS does
// not need (type constraints, required attributes) is not repeated here: the
// dialect's verifier reads it from the registry at run time.

#include "onnx/defs/schema.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>

using onnx::AttributeProto;
using onnx::OpSchema;

// Two evaluations of these give different values.
static const std::set<std::string> kRandomOps = {
    "Bernoulli",        "Dropout",       "Multinomial",      "RandomNormal",
    "RandomNormalLike", "RandomUniform", "RandomUniformLike"};

// Text that may stand in a TableGen [{...}] block.
static std::string codeBlock(std::string text) {
  for (size_t at = 0; (at = text.find("}]", at)) != std::string::npos; at += 3)
    text.insert(at + 1, " ");
  return "[{" + text + "}]";
}

static std::string trimmed(const std::string &text) {
  size_t begin = text.find_first_not_of(" \t\r\n");
  size_t end = text.find_last_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

static std::string firstSentence(const std::string &text) {
  std::string line;
  for (char c : trimmed(text)) {
    if (c == '\n' && !line.empty() && line.back() == '\n')
      break;
    line += c == '\n' ? ' ' : c;
    if (c == '.' || line.size() > 160)
      break;
  }
  std::string out;
  for (char c : line) {
    if (c == '"' || c == '\\')
      c = '\'';
    out += c;
  }
  return trimmed(out);
}

static std::string floatLiteral(float value) {
  std::ostringstream out;
  out.precision(9);
  out << value;
  std::string text = out.str();
  if (text.find_first_of(".e") == std::string::npos)
    text += ".0";
  return text + "f";
}

// The ODS constraint of an attribute. Lists and tensors have no defaults: an
// accessor returns an empty list or a null attribute where none was set.
static std::string attributeConstraint(const OpSchema::Attribute &attribute) {
  const AttributeProto &value = attribute.default_value;
  std::string base, fallback;
  switch (attribute.type) {
  case AttributeProto::INT:
    base = "Onnx_IntAttr";
    if (value.has_i())
      fallback = std::to_string(value.i());
    break;
  case AttributeProto::FLOAT:
    base = "Onnx_FloatAttr";
    if (value.has_f())
      fallback = floatLiteral(value.f());
    break;
  case AttributeProto::STRING:
    base = "Onnx_StringAttr";
    if (value.has_s())
      fallback = "\\\"" + value.s() + "\\\"";
    break;
  case AttributeProto::INTS:
    base = "Onnx_IntsAttr";
    break;
  case AttributeProto::FLOATS:
    base = "Onnx_FloatsAttr";
    break;
  case AttributeProto::STRINGS:
    base = "Onnx_StringsAttr";
    break;
  case AttributeProto::TENSOR:
    base = "Onnx_TensorAttr";
    break;
  default:
    base = "Onnx_AnyAttr";
    break;
  }
  if (attribute.required)
    return base;
  if (fallback.empty())
    return "OptionalAttr<" + base + ">";
  return "DefaultValuedOptionalAttr<" + base + ", \"" + fallback + "\">";
}

// The C++ methods of a formal parameter come from its name; a few names of the
// registry are no good ones for that.
static std::string parameterName(const std::string &name) {
  if (name == "type" || name == "operands" || name == "results")
    return "onnx_" + name;
  return name;
}

static std::string
parameters(const std::vector<OpSchema::FormalParameter> &formals,
           std::set<std::string> &taken) {
  std::string out;
  for (const auto &formal : formals) {
    std::string name = parameterName(formal.GetName());
    if (!taken.insert(name).second)
      name += "_out", taken.insert(name);
    if (!out.empty())
      out += ", ";
    out += formal.GetOption() == OpSchema::Variadic ? "Variadic<AnyType>"
                                                    : "AnyType";
    out += ":$" + name;
  }
  return out;
}

static void emit(const OpSchema &schema, std::ostream &os) {
  std::vector<std::string> traits = {"Onnx_SchemaOp"};
  // The regions are in the order of their names.
  std::set<std::string> graphs;
  std::string attributes;
  for (const auto &[name, attribute] : schema.attributes()) {
    if (attribute.type == AttributeProto::GRAPH) {
      graphs.insert(name);
      continue;
    }
    attributes += (attributes.empty() ? "" : ", ") +
                  attributeConstraint(attribute) + ":$" + parameterName(name);
  }
  std::string regions;
  for (const std::string &name : graphs)
    regions +=
        (regions.empty() ? "" : ", ") + std::string("SizedRegion<1>:$") + name;
  if (!regions.empty()) {
    traits.push_back("SingleBlock");
    traits.push_back("RecursiveMemoryEffects");
  } else if (kRandomOps.count(schema.Name())) {
    traits.push_back("Onnx_RandomOp");
  } else {
    traits.push_back("Pure");
  }

  std::set<std::string> taken;
  std::string operands = parameters(schema.inputs(), taken);
  std::string results = parameters(schema.outputs(), taken);
  std::string doc = schema.doc() ? schema.doc() : "";

  os << "def Onnx_" << schema.Name() << "Op : Onnx_Op<\"" << schema.Name()
     << "\", [";
  for (size_t i = 0; i < traits.size(); ++i)
    os << (i ? ", " : "") << traits[i];
  os << "], " << graphs.size() << "> {\n";
  os << "  let summary = \"" << firstSentence(doc) << "\";\n";
  os << "  let description = " << codeBlock("\n" + trimmed(doc) + "\n")
     << ";\n";
  os << "  let arguments = (ins " << operands
     << (operands.empty() || attributes.empty() ? "" : ", ") << attributes
     << ");\n";
  if (!results.empty())
    os << "  let results = (outs " << results << ");\n";
  if (!regions.empty())
    os << "  let regions = (region " << regions << ");\n";
  os << "}\n\n";
}

static std::string option(int argc, char **argv, const std::string &name) {
  for (int i = 1; i < argc; ++i)
    if (std::string(argv[i]).rfind("--" + name + "=", 0) == 0)
      return std::string(argv[i]).substr(name.size() + 3);
  std::cerr << "onnx-ods-gen: missing --" << name << "=\n";
  std::exit(1);
}

int main(int argc, char **argv) {
  int opset = std::atoi(option(argc, argv, "opset").c_str());
  char first = option(argc, argv, "first")[0];
  char last = option(argc, argv, "last")[0];

  std::map<std::string, OpSchema> schemas;
  for (OpSchema &schema :
       onnx::OpSchemaRegistry::get_all_schemas_with_history())
    if (schema.domain().empty() && schema.since_version() <= opset) {
      auto [it, inserted] = schemas.try_emplace(schema.Name(), schema);
      if (!inserted && it->second.since_version() < schema.since_version())
        it->second = schema;
    }

  std::cout << "// ai.onnx operators of opset " << opset << ", " << first
            << " to " << last << ". Generated by onnx-ods-gen.\n\n"
            << "include \"dialects/Onnx/OnnxBase.td\"\n\n";
  for (const auto &[name, schema] : schemas) {
    char initial = std::toupper(static_cast<unsigned char>(name[0]));
    if (initial < first || initial > last || schema.deprecated())
      continue;
    emit(schema, std::cout);
  }
  return std::cout.flush() ? 0 : 1;
}
