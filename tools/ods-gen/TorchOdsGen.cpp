//===- TorchOdsGen.cpp - The torch dialect's operations from LibTorch -----===//
//
// Reads a list of operator names and writes, from the schemas that LibTorch
// registers for them, the operations of one family: a class with named
// accessors each, and a table of what the schemas say.
//
//   torch-ods-gen --list=Elementwise.ops --family=Elementwise
//                 --classes=ElementwiseOps.h.inc --table=ElementwiseOps.cpp.inc
//
// `--all` prints every functional schema that LibTorch knows, to choose from
// when editing a list.
//
// The classes are written directly and not through mlir-tblgen: all that these
// operations do follows from the table, so a class needs no more than its
// accessors, and hundreds of operations compile in the time of ten from ODS.
//
//===----------------------------------------------------------------------===//

#include <torch/csrc/jit/runtime/operator.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using torch::jit::Operator;

struct Options {
  std::string list, family, classes, table;
  bool all = false;
};

/// One operand or result as the generated files spell it.
struct Field {
  std::string name;
  std::string kind;
  bool mutated;
};

/// `max_pool2d` -> `MaxPool2d`; underscores at either end stay.
std::string camelCase(const std::string &name) {
  size_t begin = name.find_first_not_of('_');
  if (begin == std::string::npos)
    return name;
  size_t end = name.find_last_not_of('_') + 1;
  std::string result = name.substr(0, begin);
  bool upper = true;
  for (char c : name.substr(begin, end - begin)) {
    if (c == '_') {
      upper = true;
      continue;
    }
    result += upper ? std::toupper(static_cast<unsigned char>(c)) : c;
    upper = false;
  }
  return result + name.substr(end);
}

/// The name of a field in its accessors: `norm_type` -> `NormType`.
std::string accessorName(const std::string &name) {
  std::string result(1, std::toupper(static_cast<unsigned char>(name[0])));
  for (size_t i = 1; i < name.size(); ++i) {
    if (name[i] == '_' && i + 1 < name.size() &&
        std::islower(static_cast<unsigned char>(name[i + 1])))
      result += std::toupper(static_cast<unsigned char>(name[++i]));
    else
      result += name[i];
  }
  return result;
}

/// A field name that is legal in C++ and hides no member of mlir::Op.
std::string safeName(const std::string &name) {
  static const std::set<std::string> reserved = {
      "new",       "type",     "result",  "results",    "operand", "operands",
      "from",      "operator", "default", "this",       "auto",    "name",
      "loc",       "context",  "attr",    "attrs",      "class",   "operation",
      "attribute", "region",   "regions", "properties", "body",    "template",
      "state",     "parser",   "builder", "block",      "for",     "if",
      "int",       "float",    "bool",    "double",     "typename"};
  return reserved.count(name) ? name + "_" : name;
}

/// A type as a prefix code, one character a node:
///   T tensor, i int, f float, b bool, s str, n number, d device,
///   g generator, N none, L<t> list, O<t> optional, D<k><v> dict,
///   P<count><t>... tuple, a anything else.
std::string kindOf(const c10::TypePtr &type) {
  using c10::TypeKind;
  switch (type->kind()) {
  case TypeKind::TensorType:
    return "T";
  case TypeKind::IntType:
  case TypeKind::SymIntType:
  case TypeKind::LayoutType:
  case TypeKind::ScalarTypeType:
  case TypeKind::MemoryFormatType:
    return "i";
  case TypeKind::FloatType:
  case TypeKind::SymFloatType:
    return "f";
  case TypeKind::BoolType:
  case TypeKind::SymBoolType:
    return "b";
  case TypeKind::StringType:
    return "s";
  case TypeKind::NumberType:
    return "n";
  case TypeKind::NoneType:
    return "N";
  case TypeKind::DeviceObjType:
    return "d";
  case TypeKind::GeneratorType:
    return "g";
  case TypeKind::ListType:
    return "L" + kindOf(type->expectRef<c10::ListType>().getElementType());
  case TypeKind::OptionalType:
    return "O" + kindOf(type->expectRef<c10::OptionalType>().getElementType());
  case TypeKind::DictType: {
    const auto &dict = type->expectRef<c10::DictType>();
    return "D" + kindOf(dict.getKeyType()) + kindOf(dict.getValueType());
  }
  case TypeKind::TupleType: {
    auto elements = type->expectRef<c10::TupleType>().elements();
    std::string result = "P" + std::to_string(elements.size());
    for (const c10::TypePtr &element : elements)
      result += kindOf(element);
    return result;
  }
  default:
    return "a";
  }
}

/// The C++ type and the function of the constant accessor for fields of `kind`.
std::optional<std::pair<std::string, std::string>>
constAccessor(std::string kind) {
  if (!kind.empty() && kind[0] == 'O')
    kind = kind.substr(1);
  static const std::map<std::string, std::pair<std::string, std::string>>
      table = {
          {"i", {"int64_t", "matchConstantInt"}},
          {"f", {"double", "matchConstantFloat"}},
          {"n", {"double", "matchConstantFloat"}},
          {"b", {"bool", "matchConstantBool"}},
          {"s", {"::llvm::StringRef", "matchConstantStr"}},
          {"Li", {"::llvm::SmallVector<int64_t>", "matchConstantIntList"}},
          {"Lf", {"::llvm::SmallVector<double>", "matchConstantFloatList"}},
          {"Lb", {"::llvm::SmallVector<bool>", "matchConstantBoolList"}},
      };
  auto it = table.find(kind);
  if (it == table.end())
    return std::nullopt;
  return it->second;
}

bool isMutated(const c10::Argument &argument) {
  return argument.alias_info() && argument.alias_info()->isWrite();
}

bool isRandom(const Operator &op) {
  if (!op.isC10Op())
    return false;
  auto tags = op.getTags();
  return std::find(tags.begin(), tags.end(),
                   at::Tag::nondeterministic_seeded) != tags.end();
}

bool isInPlaceOrOut(const c10::FunctionSchema &schema) {
  for (const c10::Argument &argument : schema.arguments())
    if (isMutated(argument))
      return true;
  return false;
}

/// aten::add.Tensor -> aten.add.Tensor
std::string keyOf(const c10::FunctionSchema &schema) {
  std::string name = c10::toString(schema.operator_name());
  if (size_t at = name.find("::"); at != std::string::npos)
    name.replace(at, 2, ".");
  return name;
}

std::string escaped(const std::string &text) {
  std::string result;
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result;
}

/// Whether a schema leaves its tensors alone. List methods (append) count as
/// functional: they have no other form.
bool isFunctional(const c10::FunctionSchema &schema) {
  for (const c10::Argument &argument : schema.arguments())
    if (isMutated(argument) &&
        argument.type()->kind() == c10::TypeKind::TensorType)
      return false;
  return true;
}

class Generator {
public:
  Generator(const Options &options) : options(options) {
    for (const auto &op : torch::jit::getAllOperators())
      registry[c10::toString(op->schema().operator_name())] = op;
  }

  /// Prints the schemas of all functional operators.
  void printAll() {
    for (auto &[name, op] : registry)
      if (!isInPlaceOrOut(op->schema()))
        std::cout << op->schema() << "\n";
  }

  /// Generates from the list; false after an error was printed.
  bool run() {
    std::ifstream input(options.list);
    if (!input) {
      std::cerr << options.list << ": error: cannot be read\n";
      return false;
    }
    std::string line;
    while (std::getline(input, line)) {
      ++lineNumber;
      line = line.substr(0, line.find('#'));
      std::istringstream words(line);
      std::string name, rest;
      if (!(words >> name))
        continue;
      if (words >> rest)
        error("expected one operator name a line, but '" + rest +
              "' follows '" + name + "'");
      else
        generate(name);
    }
    return !failed && write();
  }

private:
  void error(const std::string &message) {
    failed = true;
    std::cerr << options.list << ":" << lineNumber << ": error: " << message
              << "\n";
  }

  void generate(const std::string &name) {
    auto it = registry.find(name);
    if (it == registry.end()) {
      std::string message =
          "LibTorch has no operator '" + name + "'" + overloadsOf(name);
      return error(message);
    }
    const Operator &op = *it->second;
    const c10::FunctionSchema &schema = op.schema();
    if (schema.is_vararg() || schema.is_varret())
      return error("'" + name +
                   "' takes or returns any number of values; such an operator "
                   "is written by hand in TorchOps.td");
    if (!isFunctional(schema))
      return error("'" + name +
                   "' writes to a tensor; list its functional form instead");
    if (!seen.insert(name).second)
      return error("'" + name + "' is listed twice");
    std::string cls = className(schema);
    if (auto [entry, isNew] = classes.insert({cls, name}); !isNew)
      return error("'" + name + "' and '" + entry->second +
                   "' would both be the class " + cls);

    std::set<std::string> used;
    std::vector<Field> operands, results;
    bool mutates = false, aliases = false;
    for (const c10::Argument &argument : schema.arguments()) {
      operands.push_back({unique(used, safeName(argument.name())),
                          kindOf(argument.type()), isMutated(argument)});
      mutates |= isMutated(argument);
    }
    unsigned index = 0, count = schema.returns().size();
    for (const c10::Argument &value : schema.returns()) {
      std::string field = safeName(value.name());
      if (value.name().empty())
        field = count == 1 ? "result" : "result" + std::to_string(index);
      results.push_back(
          {unique(used, field), kindOf(value.type()), isMutated(value)});
      aliases |= value.alias_info() != nullptr;
      ++index;
    }

    std::vector<std::string> flags;
    if (isRandom(op))
      flags.push_back("OpSchema::Random");
    else if (!mutates && count)
      flags.push_back("OpSchema::Pure");
    if (aliases && !mutates)
      flags.push_back("OpSchema::View");
    emitClass(cls, schema, operands, results);
    emitEntry(cls, schema, operands, results, flags);
  }

  /// Names the overloads of an unknown name's operator, if it has any.
  std::string overloadsOf(const std::string &name) {
    std::string base = name.substr(0, name.find('.'));
    std::string found;
    for (auto &[candidate, op] : registry)
      if (candidate.substr(0, candidate.find('.')) == base &&
          isFunctional(op->schema()))
        found += (found.empty() ? "" : ", ") + candidate;
    return found.empty() ? "" : "; it has " + found;
  }

  static std::string unique(std::set<std::string> &used, std::string name) {
    while (!used.insert(name).second)
      name += "_";
    return name;
  }

  /// aten::add.Tensor -> AtenAddTensorOp
  static std::string className(const c10::FunctionSchema &schema) {
    std::string name = schema.name();
    size_t at = name.find("::");
    return camelCase(name.substr(0, at)) + camelCase(name.substr(at + 2)) +
           camelCase(schema.overload_name()) + "Op";
  }

  void emitClass(const std::string &cls, const c10::FunctionSchema &schema,
                 const std::vector<Field> &operands,
                 const std::vector<Field> &results) {
    // The result of a single-result operation is its getResult() already.
    const char *arity = results.empty()       ? "NoResult"
                        : results.size() == 1 ? "OneResult"
                                              : "ManyResults";
    header << "/// " << schema << "\nclass " << cls << " : public SchemaOp"
           << arity << "<" << cls << "> {\npublic:\n"
           << "  using SchemaOp" << arity << "::SchemaOp" << arity << ";\n"
           << "  static constexpr llvm::StringLiteral getOperationName() {\n"
           << "    return llvm::StringLiteral(\"torch." << keyOf(schema)
           << "\");\n  }\n";
    for (size_t i = 0; i < operands.size(); ++i) {
      std::string suffix = accessorName(operands[i].name);
      header << "  mlir::Value get" << suffix << "() { return operandAt(" << i
             << "); }\n";
      if (auto accessor = constAccessor(operands[i].kind))
        header << "  std::optional<" << accessor->first << "> get" << suffix
               << "Const() { return " << accessor->second << "(operandAt(" << i
               << ")); }\n";
    }
    for (size_t i = 0; i < results.size(); ++i)
      if (results[i].name != "result")
        header << "  mlir::Value get" << accessorName(results[i].name)
               << "() { return resultAt(" << i << "); }\n";
    header << "};\n";
    typeIds += "TORCH_OP(" + cls + ")\n";
  }

  void emitEntry(const std::string &cls, const c10::FunctionSchema &schema,
                 const std::vector<Field> &operands,
                 const std::vector<Field> &results,
                 const std::vector<std::string> &flags) {
    auto joined = [](const std::vector<Field> &fields) {
      std::string result;
      for (const Field &field : fields)
        result += (result.empty() ? "" : ",") + field.name + " " + field.kind +
                  (field.mutated ? "!" : "");
      return result;
    };
    std::ostringstream text;
    text << schema;
    table << "{\"" << keyOf(schema) << "\", \"" << escaped(text.str())
          << "\", \"" << joined(operands) << "\", \"" << joined(results)
          << "\", ";
    for (const std::string &flag : flags)
      table << flag << (&flag == &flags.back() ? "" : " | ");
    table << (flags.empty() ? "0" : "") << ", mlir::TypeID::get<" << cls
          << ">()},\n";
  }

  bool write() {
    const std::string comment = "// " + options.family +
                                " operators, generated from LibTorch's "
                                "schema registry.\n\n";
    return writeFile(options.classes,
                     comment +
                         "#ifdef GET_OP_CLASSES\n#undef GET_OP_CLASSES\n"
                         "namespace torchonnx::Torch {\n\n" +
                         header.str() +
                         "\n} // namespace torchonnx::Torch\n#endif\n\n"
                         "#ifdef TORCH_OP\n" +
                         typeIds + "#undef TORCH_OP\n#endif\n") &&
           writeFile(options.table, comment + table.str());
  }

  static bool writeFile(const std::string &path, const std::string &text) {
    std::ofstream output(path);
    output << text;
    output.close();
    if (!output)
      std::cerr << path << ": error: cannot be written\n";
    return static_cast<bool>(output);
  }

  const Options &options;
  std::map<std::string, std::shared_ptr<Operator>> registry;
  std::set<std::string> seen;
  std::map<std::string, std::string> classes;
  std::ostringstream header, table;
  std::string typeIds;
  unsigned lineNumber = 0;
  bool failed = false;
};

bool parseOption(const std::string &argument, const std::string &flag,
                 std::string &value) {
  if (argument.rfind(flag + "=", 0) != 0)
    return false;
  value = argument.substr(flag.size() + 1);
  return true;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--all")
      options.all = true;
    else if (!parseOption(argument, "--list", options.list) &&
             !parseOption(argument, "--family", options.family) &&
             !parseOption(argument, "--classes", options.classes) &&
             !parseOption(argument, "--table", options.table)) {
      std::cerr << "usage: torch-ods-gen --list=FILE --family=NAME "
                   "--classes=FILE --table=FILE | --all\n";
      return 1;
    }
  }
  Generator generator(options);
  if (options.all) {
    generator.printAll();
    return 0;
  }
  return generator.run() ? 0 : 1;
}
