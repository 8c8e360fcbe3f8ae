//===- TorchToOnnx.cpp - The pass torch-to-onnx ---------------------------===//
//
// Looks at all operations first, so that a model is converted entirely or not
// at all, and then writes every function anew.
//
//===----------------------------------------------------------------------===//

#include "passes/TorchToOnnx/ControlFlow.h"
#include "passes/TorchToOnnx/ConversionContext.h"
#include "passes/TorchToOnnx/DecompositionSignature.h"
#include "passes/TorchToOnnx/KernelTypes.h"
#include "passes/TorchToOnnx/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringSwitch.h"

namespace torchonnx {
#define GEN_PASS_DEF_TORCHTOONNX
#include "passes/TorchToOnnx/Passes.h.inc"
} // namespace torchonnx

using namespace mlir;
using namespace torchonnx;

//===----------------------------------------------------------------------===//
// What cannot be converted
//===----------------------------------------------------------------------===//

namespace {
/// Finds all that cannot be converted, before anything is changed.
class Survey {
public:
  explicit Survey(
      const llvm::StringMap<ConversionContext::CustomDomain> &domains)
      : customDomains(domains) {}

  LogicalResult run(ModuleOp module) {
    for (auto func : module.getOps<func::FuncOp>()) {
      for (BlockArgument argument : func.getArguments())
        checkArgument(func, argument);
      func.walk([&](Operation *op) { look(op); });
    }
    for (auto &[key, uses] : unsupported)
      reportUnsupported(key, uses);
    return success(unsupported.empty() && !failed);
  }

private:
  void look(Operation *op) {
    StringRef key = Torch::getSchemaKey(op);
    if (key.empty())
      return;
    if (!isKnown(op, key))
      unsupported[key].push_back(op);
    for (Value result : op->getResults())
      checkResult(op, result);
  }

  bool isKnown(Operation *op, StringRef key) {
    return isConvertedByWalk(op) || hasConversion(key) ||
           customDomains.contains(key.split('.').first);
  }

  static StringRef missingFact(Type type) {
    auto tensor = dyn_cast<Torch::TensorType>(type);
    if (!tensor || (tensor.hasRank() && tensor.hasDtype()))
      return {};
    return tensor.hasRank()    ? "dtype"
           : tensor.hasDtype() ? "rank"
                               : "rank and dtype";
  }

  static StringRef verb(StringRef missing) {
    return missing == "rank and dtype" ? " are" : " is";
  }

  void checkArgument(func::FuncOp func, BlockArgument argument) {
    StringRef missing = missingFact(argument.getType());
    if (missing.empty())
      return;
    failed = true;
    auto name =
        func.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "onnx.name");
    InFlightDiagnostic diagnostic =
        emitError(argument.getLoc())
        << "the " << missing << " of input "
        << (name ? "'" + name.str() + "'"
                 : std::to_string(argument.getArgNumber()))
        << verb(missing) << " unknown";
    diagnostic.attachNote()
        << "give " << (missing == "rank and dtype" ? "them" : "it")
        << " with --input, for example --input=" << (name ? name.str() : "x")
        << "=batch,3,224,224:f32, or save the model with example inputs";
  }

  // An unknown type spreads: only where it starts is it worth a message. One of
  // several results may be there for training only, and unused.
  void checkResult(Operation *op, Value result) {
    StringRef missing = missingFact(result.getType());
    if (missing.empty() || (op->getNumResults() > 1 && result.use_empty()) ||
        llvm::any_of(op->getOperandTypes(),
                     [](Type type) { return !missingFact(type).empty(); }))
      return;
    StringRef key = Torch::getSchemaKey(op);
    if (unsupported.contains(key) ||
        llvm::any_of(op->getOperands(), [&](Value operand) {
          Operation *producer = operand.getDefiningOp();
          return producer &&
                 unsupported.contains(Torch::getSchemaKey(producer));
        }))
      return;
    failed = true;
    InFlightDiagnostic diagnostic = emitError(op->getLoc())
                                    << "the " << missing << " of the result of "
                                    << key << verb(missing) << " unknown";
    if (customDomains.contains(key.split('.').first)) {
      diagnostic.attachNote()
          << "tell it with a function func.func @" << key
          << " that has the attribute torch.types_only, in a file for "
             "--decompositions (see docs/WritingADecomposition.md)";
      return;
    }
    diagnostic.attachNote()
        << "ONNX needs both to choose operators; infer-shapes "
           "finds them from the shapes of the inputs";
  }

  void reportUnsupported(StringRef key, ArrayRef<Operation *> uses) {
    InFlightDiagnostic diagnostic = emitError(uses.front()->getLoc())
                                    << "unsupported operator " << key << " ("
                                    << uses.size()
                                    << (uses.size() == 1 ? " use)" : " uses)");
    attachOtherUses(diagnostic, llvm::map_to_vector(uses, [](Operation *op) {
                      return op->getLoc();
                    }));
    bool hasRemedy = false;
    if (auto reason =
            uses.front()->getAttrOfType<StringAttr>("torch.decline_reason")) {
      diagnostic.attachNote()
          << "its decomposition declined: " << reason.getValue();
      // "what is wrong; what to do"
      hasRemedy = reason.getValue().contains("; ");
    }
    if (isOfPackedSequence(key)) {
      diagnostic.attachNote()
          << "packed sequences are not supported; pass padded tensors to the "
             "network, without pack_padded_sequence, and mask what is beyond "
             "the length of each in the output";
      return;
    }
    if (hasRemedy)
      return;
    auto [domain, rest] = key.split('.');
    if (domain == "aten" || domain == "prim" || domain == "prims") {
      diagnostic.attachNote()
          << "write it in terms of other operators, "
          << getDecompositionSignature(key)
          << ", and pass the file with --decompositions=FILE (see "
             "docs/WritingADecomposition.md)";
      return;
    }
    diagnostic.attachNote()
        << "keep it as an operator of an ONNX domain of yours with "
           "--custom-domain="
        << domain << "=my.domain:1, or write it in terms of other operators, "
        << getDecompositionSignature(key)
        << ", and pass the file with --decompositions=FILE (see "
           "docs/WritingADecomposition.md)";
    if (isOfUnloadedLibrary(key, uses.front()))
      diagnostic.attachNote()
          << "no library that is loaded here registers it, so only its name is "
             "known; --load-torch-library=FILE loads one";
  }

  static bool isOfPackedSequence(StringRef key) {
    return llvm::StringSwitch<bool>(key)
        .Cases("aten._pack_padded_sequence", "aten._pad_packed_sequence", true)
        .Cases("aten.lstm.data", "aten.gru.data", "aten.rnn_tanh.data",
               "aten.rnn_relu.data", true)
        .Default(false);
  }

  /// The importer lists such operators.
  static bool isOfUnloadedLibrary(StringRef key, Operation *op) {
    auto names = op->getParentOfType<ModuleOp>()->getAttrOfType<ArrayAttr>(
        "torch.unknown_operators");
    return names && llvm::any_of(names.getAsRange<StringAttr>(),
                                 [&](StringAttr name) { return name == key; });
  }

  const llvm::StringMap<ConversionContext::CustomDomain> &customDomains;
  llvm::MapVector<StringRef, SmallVector<Operation *>> unsupported;
  bool failed = false;
};
} // namespace

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static bool hasOnnxForm(Type type) {
  if (auto tensor = dyn_cast<Torch::TensorType>(type))
    return tensor.hasRank() && tensor.hasDtype();
  return isa<Torch::IntType, Torch::FloatType, Torch::BoolType>(type);
}

// An ONNX output is the result of a node, and each output of another one.
static SmallVector<Value> distinctOutputs(ConversionContext &c,
                                          ValueRange outputs) {
  SmallVector<Value> result;
  for (Value value : outputs) {
    Operation *op = value.getDefiningOp();
    if (!op || isa<Onnx::InitializerOp>(op) ||
        llvm::is_contained(result, value))
      value = c.builder.identity(value);
    result.push_back(value);
  }
  return result;
}

// Tracing makes constants of the values that Python reads, and drops the input
// without a word.
static void warnOfUnusedInputs(func::FuncOp func) {
  for (BlockArgument argument : func.getArguments()) {
    auto name =
        func.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "onnx.name");
    if (name && argument.use_empty())
      emitWarning(argument.getLoc())
          << "no output depends on the values of input '" << name.getValue()
          << "'; if the model does, tracing has made a constant of what it "
             "read; script the function that reads it";
  }
}

static LogicalResult
convertFunction(func::FuncOp func, int64_t opset,
                const llvm::StringMap<ConversionContext::CustomDomain> &domains,
                PrecisionLosses &losses) {
  if (func.isExternal())
    return success();
  auto returnOp = cast<func::ReturnOp>(func.front().getTerminator());
  for (auto [i, type] : llvm::enumerate(returnOp.getOperandTypes()))
    if (!hasOnnxForm(type))
      return emitError(returnOp.getLoc(), "output ")
             << i << " has the type " << type << ", which ONNX has no form of";
  for (BlockArgument argument : func.getArguments())
    if (!hasOnnxForm(argument.getType()))
      return emitError(argument.getLoc(), "input ")
             << argument.getArgNumber() << " has the type "
             << argument.getType() << ", which ONNX has no form of";

  for (auto [i, value] : llvm::enumerate(returnOp.getOperands()))
    if (ConversionContext::isComplex(value))
      return emitError(value.getLoc(), "output ")
             << i
             << " is complex, which ONNX Runtime does not compute with; "
                "return torch.view_as_real(y)";
  for (BlockArgument argument : func.getArguments())
    if (ConversionContext::isComplex(argument))
      return emitError(argument.getLoc(), "input ")
             << argument.getArgNumber()
             << " is complex, which ONNX Runtime does not compute with; pass "
                "torch.view_as_real(x) and begin with torch.view_as_complex";

  Region body;
  Block *entry = &body.emplaceBlock();
  for (BlockArgument argument : func.getArguments())
    entry->addArgument(ConversionContext::onnxType(argument),
                       argument.getLoc());
  // Operations are created in a region that hangs on no function until all are
  // there, so that a failure leaves the function as it was.
  OpBuilder opBuilder(func.getContext());
  opBuilder.setInsertionPointToEnd(entry);
  ConversionContext context(opBuilder, entry, func.getArguments(), opset);
  context.customDomains = &domains;
  context.losses = &losses;
  LogicalResult status = context.convertBlock(func.front());
  SmallVector<Value> outputs;
  if (succeeded(status)) {
    context.builder.setLoc(returnOp.getLoc());
    for (Value value : returnOp.getOperands())
      outputs.push_back(context.tensor(value));
    outputs = distinctOutputs(context, outputs);
  }
  if (failed(status) || context.hasFailed()) {
    body.dropAllReferences();
    return failure();
  }
  opBuilder.create<func::ReturnOp>(returnOp.getLoc(), outputs);
  func.getBody().dropAllReferences();
  func.getBody().getBlocks().clear();
  func.getBody().takeBody(body);
  func.setType(FunctionType::get(func.getContext(), entry->getArgumentTypes(),
                                 ValueRange(outputs).getTypes()));
  warnOfUnusedInputs(func);
  return success();
}

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {
struct TorchToOnnxPass : torchonnx::impl::TorchToOnnxBase<TorchToOnnxPass> {
  using TorchToOnnxBase::TorchToOnnxBase;

  void runOnOperation() override {
    llvm::StringMap<ConversionContext::CustomDomain> domains;
    if (failed(parseDomains(domains)))
      return signalPassFailure();
    ModuleOp module = getOperation();
    if (failed(Survey(domains).run(module)))
      return signalPassFailure();
    auto opset = module->getAttrOfType<IntegerAttr>("onnx.opset");
    LogicalResult status = success();
    PrecisionLosses losses;
    for (auto func : module.getOps<func::FuncOp>()) {
      func.walk([&](Operation *) { ++convertedOps; });
      if (failed(convertFunction(func,
                                 opset ? opset.getInt() : Onnx::kDialectOpset,
                                 domains, losses)))
        status = failure();
    }
    if (failed(status))
      return signalPassFailure();
    losses.warn();
    warnOfMissingBf16Kernels(module);
    declareDomains(module, domains);
  }

  // library=domain:version
  LogicalResult
  parseDomains(llvm::StringMap<ConversionContext::CustomDomain> &domains) {
    for (const std::string &text : customDomains) {
      auto [library, rest] = StringRef(text).split('=');
      auto [domain, version] = rest.rsplit(':');
      int64_t number = 1;
      if (library.empty() || domain.empty() ||
          (!version.empty() && version.getAsInteger(10, number)))
        return emitError(UnknownLoc::get(&getContext()), "custom domain '")
               << text << "' is not of the form library=domain:version";
      domains[library] = {domain.str(), number};
    }
    return success();
  }

  // The versions of the domains that the model uses.
  void declareDomains(
      ModuleOp module,
      const llvm::StringMap<ConversionContext::CustomDomain> &domains) {
    Builder b(&getContext());
    NamedAttrList imports;
    if (auto old = module->getAttrOfType<DictionaryAttr>("onnx.opset_imports"))
      imports = NamedAttrList(old);
    module.walk([&](Onnx::CustomOp op) {
      for (const auto &domain : domains)
        if (domain.second.domain == op.getDomain())
          imports.set(op.getDomain(),
                      b.getI64IntegerAttr(domain.second.version));
    });
    if (!imports.empty())
      module->setAttr("onnx.opset_imports",
                      imports.getDictionary(&getContext()));
  }
};
} // namespace
