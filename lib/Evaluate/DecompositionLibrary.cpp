//===- DecompositionLibrary.cpp - Decompositions as data ------------------===//

#include "lib/Evaluate/DecompositionLibrary.h"
#include "dialects/Torch/TorchOps.h"
#include "lib/Support/TorchSchemas.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace torchonnx;

/// Marks functions that only tell types.
static constexpr llvm::StringLiteral kTypesOnlyAttr = "torch.types_only";

/// Functions that are no operator's, but what several decompositions share.
static constexpr llvm::StringLiteral kSharedPrefix = "torchonnx.";

/// Checks that `function` can stand for the operator it is named after.
static LogicalResult checkAgainstSchema(func::FuncOp function) {
  StringRef key = function.getSymName();
  if (function.isExternal())
    return function.emitError()
           << "the decomposition of " << key << " has no body";
  std::optional<SchemaInfo> schema = lookupSchema(key);
  if (!schema) {
    if (!key.starts_with("aten.") && !key.starts_with("prim."))
      return success();
    InFlightDiagnostic diagnostic = function.emitError()
                                    << "there is no operator " << key;
    std::vector<std::string> overloads =
        lookupOverloads(key.split('.').first.str() + "." +
                        key.split('.').second.split('.').first.str());
    if (!overloads.empty()) {
      Diagnostic &note = diagnostic.attachNote();
      note << "overloads of this name:";
      for (const std::string &overload : overloads)
        note << " " << overload;
    }
    return diagnostic;
  }
  if (function.getNumArguments() != schema->arguments.size() &&
      !schema->isVararg) {
    InFlightDiagnostic diagnostic = function.emitError()
                                    << "the decomposition of " << key
                                    << " takes " << function.getNumArguments()
                                    << " operands, the operator takes "
                                    << schema->arguments.size();
    diagnostic.attachNote() << "its schema is " << schema->text;
    return diagnostic;
  }
  if (function.getNumResults() != schema->results.size() && !schema->isVarret) {
    InFlightDiagnostic diagnostic = function.emitError()
                                    << "the decomposition of " << key
                                    << " returns " << function.getNumResults()
                                    << " results, the operator returns "
                                    << schema->results.size();
    diagnostic.attachNote() << "its schema is " << schema->text;
    return diagnostic;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The built-in library
//===----------------------------------------------------------------------===//

namespace {
/// A function of the built-in library, as text.
struct BuiltinFunction {
  StringRef file;
  StringRef text;
};
} // namespace

/// The functions of the built-in files by name. A function begins with
/// `func.func @` and ends with `}`, both at the start of a line.
static const llvm::StringMap<BuiltinFunction> &getBuiltinFunctions() {
  static const llvm::StringMap<BuiltinFunction> functions = [] {
    constexpr StringRef begin = "func.func @", end = "\n}\n";
    llvm::StringMap<BuiltinFunction> result;
    for (const BuiltinDecompositionFile &file :
         getBuiltinDecompositionFiles()) {
      StringRef text = file.text;
      for (size_t at = text.find(begin); at != StringRef::npos;
           at = text.find(begin, at)) {
        size_t last = text.find(end, at);
        StringRef function =
            text.slice(at, last == StringRef::npos ? last : last + end.size());
        StringRef name = function.drop_front(begin.size()).split('(').first;
        result[name] = {file.name, function};
        at += function.size();
      }
    }
    return result;
  }();
  return functions;
}

void DecompositionLibrary::forEachBuiltin(
    function_ref<void(StringRef, StringRef)> visit) {
  for (const auto &entry : getBuiltinFunctions())
    if (!entry.getKey().starts_with(kSharedPrefix))
      visit(entry.getKey(), entry.getValue().file);
}

DecompositionLibrary::DecompositionLibrary(MLIRContext *context)
    : context(context) {}

const Decomposition *DecompositionLibrary::lookup(StringRef key) const {
  auto known = decompositions.find(key);
  if (known != decompositions.end())
    return &known->second;
  const llvm::StringMap<BuiltinFunction> &builtins = getBuiltinFunctions();
  auto builtin = builtins.find(key);
  if (builtin == builtins.end())
    return nullptr;
  const BuiltinFunction &source = builtin->second;
  // MLIR's lexer stops at a terminating null only, so it gets a copy.
  std::string text = source.text.str();
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
      text, ParserConfig(context, /*verifyAfterParse=*/false), source.file);
  if (!module)
    llvm::report_fatal_error("the built-in decomposition of " + Twine(key) +
                             " does not parse");
  auto function = *module->getOps<func::FuncOp>().begin();
  modules.push_back(std::move(module));
  return &(decompositions[key] =
               Decomposition{function, source.file.str(), /*isBuiltin=*/true,
                             function->hasAttr(kTypesOnlyAttr)});
}

//===----------------------------------------------------------------------===//
// Files of the user
//===----------------------------------------------------------------------===//

LogicalResult DecompositionLibrary::addModule(OwningOpRef<ModuleOp> module,
                                              StringRef file) {
  bool hasFailed = false;
  for (Operation &op : *module->getBody()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function) {
      hasFailed = true;
      op.emitError() << "a decomposition file holds functions only (func.func)";
      continue;
    }
    if (failed(checkAgainstSchema(function))) {
      hasFailed = true;
      continue;
    }
    if (!llvm::hasSingleElement(function.getBody())) {
      hasFailed = true;
      function.emitError()
          << "a decomposition has one block; use torch.prim.If "
             "to decide between alternatives";
      continue;
    }
    decompositions[function.getSymName()] =
        Decomposition{function, file.str(), /*isBuiltin=*/false,
                      function->hasAttr(kTypesOnlyAttr)};
  }
  modules.push_back(std::move(module));
  return failure(hasFailed);
}

static Location getLocation(const Decomposition &decomposition) {
  func::FuncOp function = decomposition.function;
  return function.getLoc();
}

LogicalResult DecompositionLibrary::checkAcyclic() const {
  enum class State { Active, Done };
  llvm::StringMap<State> states;
  SmallVector<StringRef> path;
  std::function<LogicalResult(StringRef)> visit =
      [&](StringRef key) -> LogicalResult {
    const Decomposition *decomposition = lookup(key);
    if (!decomposition)
      return success();
    auto [state, isNew] = states.try_emplace(key, State::Active);
    if (!isNew) {
      if (state->second == State::Done)
        return success();
      InFlightDiagnostic diagnostic = emitError(getLocation(*decomposition))
                                      << "the decomposition of " << key
                                      << " leads back to itself";
      for (StringRef step : ArrayRef(path).drop_while(
               [&](StringRef step) { return step != key; }))
        if (step != key)
          diagnostic.attachNote(getLocation(*lookup(step)))
              << "through " << step;
      return diagnostic;
    }
    path.push_back(key);
    llvm::StringSet<> used;
    func::FuncOp function = decomposition->function;
    function->walk(
        [&](Operation *op) { used.insert(Torch::getSchemaKey(op)); });
    for (StringRef callee : used.keys())
      if (failed(visit(callee)))
        return failure();
    path.pop_back();
    states[key] = State::Done;
    return success();
  };
  // Looking up parses built-in functions, which adds to the table.
  for (const std::string &key : llvm::map_to_vector(
           decompositions.keys(), [](StringRef key) { return key.str(); }))
    if (failed(visit(key)))
      return failure();
  return success();
}

LogicalResult DecompositionLibrary::addFiles(ArrayRef<std::string> paths) {
  for (const std::string &path : paths)
    if (failed(addFile(path)))
      return failure();
  return success();
}

LogicalResult DecompositionLibrary::addFile(StringRef path) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return emitError(UnknownLoc::get(context))
           << "can't read the decomposition file '" << path
           << "': " << buffer.getError().message();
  auto sourceMgr = std::make_shared<llvm::SourceMgr>();
  sourceMgr->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(sourceMgr, ParserConfig(context));
  if (!module)
    return failure();
  if (module->getBody()->empty())
    return emitError(UnknownLoc::get(context))
           << "the decomposition file '" << path << "' holds no function";
  if (failed(addModule(std::move(module), path)))
    return failure();
  return checkAcyclic();
}
