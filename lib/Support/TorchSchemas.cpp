//===- TorchSchemas.cpp - LibTorch's operator registry --------------------===//

#include "lib/Support/LibTorch.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>
#include <torch/csrc/jit/runtime/operator.h>

#include "lib/Support/TorchSchemas.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/DynamicLibrary.h"

#include <dlfcn.h>
#include <memory>
#include <mutex>

using namespace mlir;

namespace torchonnx {

bool guardTorch(std::string &error, llvm::function_ref<void()> action) {
  try {
    action();
    return true;
  } catch (const c10::Error &e) {
    error = e.what_without_backtrace();
  } catch (const std::exception &e) {
    error = e.what();
  } catch (...) {
    error = "unknown exception";
  }
  // The first paragraphs say what is wrong; stack frames and the interpreter's
  // traceback which may follow speak of LibTorch's sources.
  size_t frames = error.find("\nException raised from");
  if (frames != std::string::npos)
    error.resize(frames);
  constexpr size_t kLongestText = 1000;
  if (error.size() > kLongestText)
    error.replace(kLongestText, std::string::npos, "...");
  while (!error.empty() && isspace(static_cast<unsigned char>(error.back())))
    error.pop_back();
  // A damaged file's bytes may be quoted.
  for (char &c : error)
    if (!llvm::isPrint(c) && c != '\n' && c != '\t')
      c = '?';
  return false;
}

namespace {

struct Entry {
  std::string key;
  std::string text;
  std::vector<SchemaArgument> arguments;
  std::vector<SchemaArgument> results;
  bool isMutable, isVararg, isVarret, isNondeterministic;
};

SchemaTypeKind listKind(const c10::TypePtr &element) {
  switch (element->kind()) {
  case c10::TypeKind::TensorType:
    return SchemaTypeKind::TensorList;
  case c10::TypeKind::IntType:
  case c10::TypeKind::SymIntType:
    return SchemaTypeKind::IntList;
  case c10::TypeKind::FloatType:
    return SchemaTypeKind::FloatList;
  case c10::TypeKind::BoolType:
    return SchemaTypeKind::BoolList;
  case c10::TypeKind::StringType:
    return SchemaTypeKind::StrList;
  case c10::TypeKind::NumberType:
    return SchemaTypeKind::NumberList;
  case c10::TypeKind::OptionalType:
    return element->castRaw<c10::OptionalType>()->getElementType()->kind() ==
                   c10::TypeKind::TensorType
               ? SchemaTypeKind::OptionalTensorList
               : SchemaTypeKind::Other;
  default:
    return SchemaTypeKind::Other;
  }
}

SchemaTypeKind typeKind(const c10::TypePtr &type) {
  switch (type->kind()) {
  case c10::TypeKind::TensorType:
    return SchemaTypeKind::Tensor;
  case c10::TypeKind::IntType:
  case c10::TypeKind::SymIntType:
  case c10::TypeKind::ScalarTypeType:
  case c10::TypeKind::LayoutType:
  case c10::TypeKind::MemoryFormatType:
    return SchemaTypeKind::Int;
  case c10::TypeKind::FloatType:
  case c10::TypeKind::SymFloatType:
    return SchemaTypeKind::Float;
  case c10::TypeKind::BoolType:
  case c10::TypeKind::SymBoolType:
    return SchemaTypeKind::Bool;
  case c10::TypeKind::StringType:
    return SchemaTypeKind::Str;
  case c10::TypeKind::NumberType:
    return SchemaTypeKind::Number;
  case c10::TypeKind::DeviceObjType:
    return SchemaTypeKind::Device;
  case c10::TypeKind::GeneratorType:
    return SchemaTypeKind::Generator;
  case c10::TypeKind::ListType:
    return listKind(type->castRaw<c10::ListType>()->getElementType());
  default:
    return SchemaTypeKind::Other;
  }
}

/// Nothing if the default is of a kind that no operator we model has.
std::optional<SchemaDefault> convertDefault(const c10::IValue &value) {
  if (value.isNone())
    return SchemaDefault(std::monostate());
  if (value.isInt())
    return SchemaDefault(value.toInt());
  if (value.isDouble())
    return SchemaDefault(value.toDouble());
  if (value.isBool())
    return SchemaDefault(value.toBool());
  if (value.isString())
    return SchemaDefault(value.toStringRef());
  if (value.isDevice())
    return SchemaDefault(value.toDevice().str());
  if (value.isIntList())
    return SchemaDefault(value.toIntVector());
  if (value.isDoubleList())
    return SchemaDefault(value.toDoubleVector());
  if (value.isBoolList()) {
    std::vector<bool> elements;
    for (bool element : value.toBoolList())
      elements.push_back(element);
    return SchemaDefault(elements);
  }
  if (value.isList() && value.toListRef().empty())
    return SchemaDefault(std::vector<int64_t>());
  return std::nullopt;
}

SchemaArgument convertArgument(const c10::Argument &argument) {
  SchemaArgument result;
  result.name = argument.name();
  result.type = argument.type()->str();
  c10::TypePtr type = argument.type();
  if (auto optional = type->cast<c10::OptionalType>()) {
    result.isOptional = true;
    type = optional->getElementType();
  }
  result.kind = typeKind(type);
  result.isKeywordOnly = argument.kwarg_only();
  result.isOut = argument.is_out();
  if (const c10::AliasInfo *alias = argument.alias_info()) {
    result.isWrite = alias->isWrite();
    for (c10::Symbol set : alias->beforeSets())
      result.aliasSets.push_back(set.toUnqualString());
    for (const c10::AliasInfo &contained : alias->containedTypes())
      for (c10::Symbol set : contained.beforeSets())
        result.elementAliasSets.push_back(set.toUnqualString());
  }
  if (argument.default_value())
    result.defaultValue = convertDefault(*argument.default_value());
  return result;
}

c10::Symbol symbolOf(StringRef qualified) {
  auto [ns, name] = qualified.split('.');
  return c10::Symbol::fromQualString((ns + "::" + name).str());
}

const c10::FunctionSchema *findSchema(StringRef key) {
  // "aten.add_.Tensor": namespace, name, overload. Neither has dots.
  auto [ns, rest] = key.split('.');
  auto [name, overload] = rest.split('.');
  if (ns.empty() || name.empty())
    return nullptr;
  auto symbol = c10::Symbol::fromQualString((ns + "::" + name).str());
  for (const auto &op : torch::jit::getAllOperatorsFor(symbol))
    if (op->schema().overload_name() == overload.str())
      return &op->schema();
  return nullptr;
}

std::unique_ptr<Entry> makeEntry(StringRef key) {
  const c10::FunctionSchema *schema = findSchema(key);
  if (!schema)
    return nullptr;
  auto entry = std::make_unique<Entry>();
  entry->key = key.str();
  entry->text = c10::toString(*schema);
  for (const c10::Argument &argument : schema->arguments())
    entry->arguments.push_back(convertArgument(argument));
  for (const c10::Argument &result : schema->returns())
    entry->results.push_back(convertArgument(result));
  entry->isMutable = schema->is_mutable();
  entry->isVararg = schema->is_vararg();
  entry->isVarret = schema->is_varret();
  entry->isNondeterministic = false;
  if (auto handle =
          c10::Dispatcher::singleton().findSchema(schema->operator_name()))
    entry->isNondeterministic =
        handle->hasTag(at::Tag::nondeterministic_seeded);
  return entry;
}

} // namespace

int SchemaInfo::findArgument(StringRef name) const {
  for (size_t i = 0; i < arguments.size(); ++i)
    if (arguments[i].name == name)
      return static_cast<int>(i);
  return -1;
}

std::optional<SchemaInfo> lookupSchema(StringRef key) {
  static std::mutex mutex;
  static auto *cache = new llvm::StringMap<std::unique_ptr<Entry>>();
  std::lock_guard<std::mutex> lock(mutex);
  std::unique_ptr<Entry> &entry = (*cache)[key];
  if (!entry) {
    // A miss is not remembered: an operator library may be loaded later.
    std::string error;
    guardTorch(error, [&] { entry = makeEntry(key); });
    if (!entry)
      return std::nullopt;
  }
  SchemaInfo info;
  info.key = entry->key;
  info.text = entry->text;
  info.arguments = entry->arguments;
  info.results = entry->results;
  info.isMutable = entry->isMutable;
  info.isVararg = entry->isVararg;
  info.isVarret = entry->isVarret;
  info.isNondeterministic = entry->isNondeterministic;
  return info;
}

std::vector<std::string> lookupOverloads(StringRef name) {
  std::vector<std::string> keys;
  std::string error;
  guardTorch(error, [&] {
    for (const auto &op : torch::jit::getAllOperatorsFor(symbolOf(name))) {
      const std::string &overload = op->schema().overload_name();
      keys.push_back(overload.empty() ? name.str()
                                      : (name + "." + overload).str());
    }
  });
  return keys;
}

Attribute getDefaultAttr(MLIRContext *context, const SchemaDefault &value) {
  Builder builder(context);
  if (std::holds_alternative<std::monostate>(value))
    return builder.getUnitAttr();
  if (auto *integer = std::get_if<int64_t>(&value))
    return builder.getI64IntegerAttr(*integer);
  if (auto *real = std::get_if<double>(&value))
    return builder.getF64FloatAttr(*real);
  if (auto *boolean = std::get_if<bool>(&value))
    return builder.getBoolAttr(*boolean);
  if (auto *text = std::get_if<std::string>(&value))
    return builder.getStringAttr(*text);
  if (auto *integers = std::get_if<std::vector<int64_t>>(&value))
    return builder.getDenseI64ArrayAttr(*integers);
  if (auto *reals = std::get_if<std::vector<double>>(&value))
    return builder.getDenseF64ArrayAttr(*reals);
  const auto &booleans = std::get<std::vector<bool>>(value);
  SmallVector<bool> flags(booleans.begin(), booleans.end());
  return builder.getDenseBoolArrayAttr(flags);
}

std::string loadTorchLibrary(StringRef path) {
  std::string error;
  if (guardTorch(error, [&] {
        if (!dlopen(path.str().c_str(), RTLD_NOW | RTLD_GLOBAL))
          throw std::runtime_error(dlerror());
      }))
    return "";
  return error;
}

} // namespace torchonnx
