//===- Evaluator.cpp - Types, known values and decompositions -------------===//

#include "lib/Evaluate/Evaluator.h"
#include "lib/Evaluate/ScalarFolding.h"
#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace torchonnx;

Evaluator::Evaluator(func::FuncOp function, const EvaluatorOptions &options)
    : function(function), options(options), known(function.front()) {}

LogicalResult Evaluator::run() {
  evaluateBlock(function.front());
  eraseDeadOps();
  SmallVector<Type> results(
      function.front().getTerminator()->getOperandTypes());
  function.setFunctionType(FunctionType::get(
      function.getContext(), function.front().getArgumentTypes(), results));
  return failure(hasFailed);
}

LogicalResult torchonnx::evaluateModule(ModuleOp module,
                                        ArrayRef<std::string> files,
                                        EvaluatorOptions options) {
  DecompositionLibrary library(module.getContext());
  if (failed(library.addFiles(files)))
    return failure();
  options.library = &library;
  SizeRequirements sizeRequirements;
  // What replaces operators comes after types are known, and has nothing new to
  // tell.
  if (!options.decompose)
    options.sizeRequirements = &sizeRequirements;
  bool hasFailed = false;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal())
      hasFailed |= failed(Evaluator(function, options).run());
  return failure(hasFailed);
}

void Evaluator::evaluateBlock(Block &block) {
  // Operations that replace the current one are created before it, already
  // evaluated, so the walk never meets them.
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (op.hasTrait<OpTrait::IsTerminator>())
      continue;
    evaluateInPlace(&op);
  }
}

/// A unique constant is its own replacement.
static bool replacesItself(Operation *op, ValueRange replacement) {
  return op->getNumResults() && llvm::equal(replacement, op->getResults());
}

void Evaluator::evaluateInPlace(Operation *op) {
  Replacement replacement = evaluate(op);
  if (!replacement || (hasDeclined && !active.empty()))
    return;
  if (replacesItself(op, *replacement))
    return;
  op->replaceAllUsesWith(*replacement);
  erase(op);
}

/// Results that the context has values for all of.
static std::optional<SmallVector<Value>>
getForwarded(const InferenceContext &context) {
  ArrayRef<Value> values = context.getForwarded();
  if (values.empty() || llvm::is_contained(values, Value()))
    return std::nullopt;
  return llvm::to_vector(values);
}

Evaluator::Replacement Evaluator::evaluate(Operation *op) {
  if (isa<Torch::ConstantOp, Torch::SymbolicIntOp>(op))
    return Values{known.getUnique(op)};
  if (auto branch = dyn_cast<Torch::PrimIfOp>(op))
    return evaluateIf(branch);
  if (auto loop = dyn_cast<Torch::PrimLoopOp>(op))
    return evaluateLoop(loop);
  StringRef key = Torch::getSchemaKey(op);
  if (key.empty() || isa<Torch::TensorConstantOp>(op))
    return std::nullopt;
  if (key == "prim.RaiseException") {
    if (active.empty())
      return std::nullopt;
    std::optional<StringRef> message = known.getString(op->getOperand(0));
    decline(message ? *message : "it raises an exception");
    return std::nullopt;
  }

  InferenceContext context(op, known);
  if (foldScalar(op, context))
    return getForwarded(context);

  const Decomposition *decomposition =
      options.library ? options.library->lookup(key) : nullptr;
  bool isUserDecomposition = decomposition && !decomposition->isBuiltin;
  bool isTyped = false;
  bool canReplace =
      decomposition && options.decompose && !decomposition->isTypesOnly;
  if (isUserDecomposition && canReplace) {
    if (Replacement replacement = decompose(op, *decomposition))
      return replacement;
  } else if (isUserDecomposition) {
    isTyped = inferFromDecomposition(op, *decomposition);
  }
  if (hasDeclined && !active.empty())
    return std::nullopt;

  const ShapeFunction *shapeFunction = ShapeFunctionRegistry::get().lookup(key);
  if (shapeFunction && !isTyped) {
    if (failed((*shapeFunction)(op, context))) {
      std::string message = context.getErrorMessage().str();
      if (!active.empty()) {
        decline(message);
      } else if (!isTrial) {
        emitError(op->getLoc()) << message;
        hasFailed = true;
      }
      return std::nullopt;
    }
    addRequirements(op, context);
    if (Replacement forwarded = getForwarded(context))
      return forwarded;
  }
  if (canReplace && !isUserDecomposition &&
      !(options.hasConversion && options.hasConversion(key)))
    return decompose(op, *decomposition);
  if (decomposition && !shapeFunction && !isTyped &&
      !(isUserDecomposition && canReplace))
    inferFromDecomposition(op, *decomposition);
  if (Attribute value = foldScalarTensor(op, context))
    context.setTensorValue(0, value);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Decompositions
//===----------------------------------------------------------------------===//

void Evaluator::addRequirements(Operation *op,
                                const InferenceContext &context) {
  if (!options.sizeRequirements || isTrial ||
      op->getBlock() != &function.front())
    return;
  StringRef key = active.empty() ? Torch::getSchemaKey(op) : active.front();
  for (const SizeRequirement &requirement : context.getRequirements())
    pending.push_back({op->getLoc(), key, requirement});
  if (active.empty())
    reportRequirements();
}

void Evaluator::reportRequirements() {
  for (const PendingRequirement &entry : pending)
    options.sizeRequirements->report(entry.location, entry.key,
                                     entry.requirement);
  pending.clear();
}

void Evaluator::decline(const Twine &reason) {
  // The first reason is the cause.
  if (hasDeclined)
    return;
  hasDeclined = true;
  declineReason = reason.str();
}

void Evaluator::erase(Operation *op) {
  known.forget(op);
  op->erase();
}

void Evaluator::eraseBetween(Operation *first, Operation *last) {
  // Constants that were made on the way stand at the start of the function and
  // may serve others; eraseDeadOps removes those that don't.
  Block *block = last->getBlock();
  Operation *end = first ? first : nullptr;
  for (Operation *op = last->getPrevNode(); op && op != end;) {
    Operation *previous = op->getPrevNode();
    bool isSharedConstant = block == &function.front() &&
                            isa<Torch::ConstantOp, Torch::SymbolicIntOp>(op);
    if (!isSharedConstant)
      erase(op);
    op = previous;
  }
}

std::optional<Evaluator::Values>
Evaluator::cloneBody(Block &block, IRMapping &mapping, Operation *before) {
  OpBuilder builder(before);
  for (Operation &op : block.without_terminator()) {
    Operation *clone = builder.clone(op, mapping);
    // What a decomposition computes, it computes for the user's line.
    if (!active.empty())
      clone->walk([&](Operation *nested) { nested->setLoc(before->getLoc()); });
    Replacement replacement = evaluate(clone);
    if (hasDeclined && !active.empty())
      return std::nullopt;
    if (replacement) {
      mapping.map(op.getResults(), *replacement);
      if (!replacesItself(clone, *replacement))
        erase(clone);
    }
  }
  return llvm::map_to_vector(
      block.getTerminator()->getOperands(),
      [&](Value value) { return mapping.lookupOrDefault(value); });
}

Evaluator::Replacement
Evaluator::decompose(Operation *op, const Decomposition &decomposition) {
  StringRef key = Torch::getSchemaKey(op);
  func::FuncOp body = decomposition.function;
  bool isOutermost = active.empty();
  std::optional<Values> results;
  Operation *first = op->getPrevNode();
  if (llvm::is_contained(active, key)) {
    decline("the decomposition of " + key + " leads back to itself");
  } else if (body.getNumArguments() != op->getNumOperands() ||
             body.getNumResults() != op->getNumResults()) {
    decline("the decomposition of " + key + " takes " +
            Twine(body.getNumArguments()) + " operands and returns " +
            Twine(body.getNumResults()) + " results, the operator has " +
            Twine(op->getNumOperands()) + " and " + Twine(op->getNumResults()));
  } else {
    active.push_back(key);
    IRMapping mapping;
    mapping.map(body.getArguments(), op->getOperands());
    results = cloneBody(body.front(), mapping, op);
    active.pop_back();
  }
  if (results) {
    if (isOutermost)
      reportRequirements();
    if (options.explain && !isTrial)
      options.explain(op->getLoc(),
                      (key + " is decomposed by " + decomposition.file).str());
    return results;
  }
  eraseBetween(first, op);
  if (!isOutermost)
    return std::nullopt;
  pending.clear();
  if (options.explain && !isTrial)
    options.explain(op->getLoc(),
                    (key + " keeps its form, its decomposition in " +
                     decomposition.file + " declined: " + declineReason)
                        .str());
  op->setAttr(kDeclineReasonAttr,
              StringAttr::get(op->getContext(), declineReason));
  hasDeclined = false;
  return std::nullopt;
}

bool Evaluator::inferFromDecomposition(Operation *op,
                                       const Decomposition &decomposition) {
  func::FuncOp body = decomposition.function;
  StringRef key = Torch::getSchemaKey(op);
  if (body.getNumArguments() != op->getNumOperands() ||
      body.getNumResults() != op->getNumResults() ||
      llvm::is_contained(active, key))
    return false;
  bool isOutermost = active.empty();
  Operation *first = op->getPrevNode();
  IRMapping mapping;
  mapping.map(body.getArguments(), op->getOperands());
  active.push_back(key);
  std::optional<Values> values = cloneBody(body.front(), mapping, op);
  active.pop_back();
  if (values)
    for (auto [result, value] : llvm::zip(op->getResults(), *values))
      if (isa<Torch::TensorType>(result.getType()))
        result.setType(value.getType());
  eraseBetween(first, op);
  if (isOutermost) {
    hasDeclined = false;
    if (!values)
      pending.clear();
    reportRequirements();
  }
  return values.has_value();
}

//===----------------------------------------------------------------------===//
// Dead code
//===----------------------------------------------------------------------===//

void Evaluator::eraseDeadOps() {
  // Uses come after definitions, so one walk backwards finds all of it.
  function->walk<WalkOrder::PostOrder, ReverseIterator>([&](Operation *op) {
    if (isOpTriviallyDead(op))
      erase(op);
  });
}
