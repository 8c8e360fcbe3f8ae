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
    InFlightDiagnostic diagnostic =
        function.emitError() << "there is no operator " << key;
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
    InFlightDiagnostic diagnostic =
        function.emitError()
        << "the decomposition of " << key << " takes "
        << function.getNumArguments() << " operands, the operator takes "
        << schema->arguments.size();
    diagnostic.attachNote() << "its schema is " << schema->text;
    return diagnostic;
  }
  if (function.getNumResults() != schema->results.size() &&
      !schema->isVarret) {
    InFlightDiagnostic diagnostic =
        function.emitError()
        << "the decomposition of " << key << " returns "
        << function.getNumResults() << " results, the operator returns "
        << schema->results.size();
    diagnostic.attachNote() << "its schema is " << schema->text;
    return diagnostic;
  }
  return success();
}

LogicalResult
DecompositionLibrary::addModule(OwningOpRef<ModuleOp> module, StringRef file,
                                bool isBuiltin) {
  bool hasFailed = false;
  for (Operation &op : *module->getBody()) {
    auto function = dyn_cast<func::FuncOp>(op);
    if (!function) {
      hasFailed = true;
      op.emitError() << "a decomposition file holds functions only (func.func)";
      continue;
    }
    if (!isBuiltin && failed(checkAgainstSchema(function))) {
      hasFailed = true;
      continue;
    }
    if (!llvm::hasSingleElement(function.getBody())) {
      hasFailed = true;
      function.emitError() << "a decomposition has one block; use torch.prim.If "
                              "to decide between alternatives";
      continue;
    }
    decompositions[function.getSymName()] =
        Decomposition{function, file.str(), isBuiltin,
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
      InFlightDiagnostic diagnostic =
          emitError(getLocation(*decomposition))
          << "the decomposition of " << key << " leads back to itself";
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
    function->walk([&](Operation *op) { used.insert(Torch::getSchemaKey(op)); });
    for (StringRef callee : used.keys())
      if (failed(visit(callee)))
        return failure();
    path.pop_back();
    states[key] = State::Done;
    return success();
  };
  for (StringRef key : decompositions.keys())
    if (failed(visit(key)))
      return failure();
  return success();
}

LogicalResult DecompositionLibrary::addBuiltins(MLIRContext *context) {
  for (const BuiltinDecompositionFile &file : getBuiltinDecompositionFiles()) {
    OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(
        file.text, ParserConfig(context, /*verifyAfterParse=*/false),
        file.name);
    if (!module || failed(addModule(std::move(module), file.name, true)))
      return failure();
  }
  return success();
}

LogicalResult DecompositionLibrary::addFile(StringRef path,
                                            MLIRContext *context) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
  if (!buffer)
    return emitError(UnknownLoc::get(context))
           << "can't read the decomposition file '" << path
           << "': " << buffer.getError().message();
  auto sourceMgr = std::make_shared<llvm::SourceMgr>();
  sourceMgr->AddNewSourceBuffer(std::move(*buffer), llvm::SMLoc());
  SourceMgrDiagnosticHandler handler(*sourceMgr, context);
  OwningOpRef<ModuleOp> module =
      parseSourceFile<ModuleOp>(sourceMgr, ParserConfig(context));
  if (!module)
    return failure();
  if (module->getBody()->empty())
    return emitError(UnknownLoc::get(context))
           << "the decomposition file '" << path << "' holds no function";
  if (failed(addModule(std::move(module), path, /*isBuiltin=*/false)))
    return failure();
  return checkAcyclic();
}
