//===- DecompositionSignature.cpp - How a decomposition begins ------------===//

#include "passes/TorchToOnnx/DecompositionSignature.h"
#include "lib/Support/TorchSchemas.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace torchonnx;

/// The type of a value inside `!torch.list<...>` and `!torch.optional<...>`.
static llvm::StringRef getNestedType(SchemaTypeKind kind) {
  switch (kind) {
  case SchemaTypeKind::Tensor:
    return "tensor";
  case SchemaTypeKind::TensorList:
    return "list<tensor>";
  case SchemaTypeKind::OptionalTensorList:
    return "list<optional<tensor>>";
  case SchemaTypeKind::Int:
    return "int";
  case SchemaTypeKind::Float:
    return "float";
  case SchemaTypeKind::Bool:
    return "bool";
  case SchemaTypeKind::Str:
    return "str";
  case SchemaTypeKind::Number:
    return "number";
  case SchemaTypeKind::IntList:
    return "list<int>";
  case SchemaTypeKind::FloatList:
    return "list<float>";
  case SchemaTypeKind::BoolList:
    return "list<bool>";
  case SchemaTypeKind::StrList:
    return "list<str>";
  case SchemaTypeKind::NumberList:
    return "list<number>";
  case SchemaTypeKind::Device:
    return "device";
  case SchemaTypeKind::Generator:
    return "generator";
  case SchemaTypeKind::Other:
    return "any";
  }
  return "any";
}

static void printType(llvm::raw_ostream &os, const SchemaArgument &argument) {
  os << "!torch.";
  if (argument.isOptional)
    os << "optional<" << getNestedType(argument.kind) << '>';
  else
    os << getNestedType(argument.kind);
}

std::string torchonnx::getDecompositionSignature(llvm::StringRef key) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "func.func @" << key;
  std::optional<SchemaInfo> schema = lookupSchema(key);
  if (!schema || schema->isVararg || schema->isVarret)
    return text;
  os << '(';
  llvm::interleaveComma(schema->arguments, os,
                        [&](const SchemaArgument &argument) {
                          os << '%' << argument.name << ": ";
                          printType(os, argument);
                        });
  os << ") -> ";
  if (schema->results.size() != 1)
    os << '(';
  llvm::interleaveComma(schema->results, os, [&](const SchemaArgument &result) {
    printType(os, result);
  });
  if (schema->results.size() != 1)
    os << ')';
  return text;
}
