//===- Legalize.cpp - TorchScript-isms to value semantics -----------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "passes/Legalize/Passes.h"

using namespace mlir;

namespace torchonnx {

#define GEN_PASS_DEF_LEGALIZE
#include "passes/Legalize/Passes.h.inc"

bool isTensorLike(Type type) {
  if (auto optional = dyn_cast<Torch::OptionalType>(type))
    type = optional.getElementType();
  return isa<Torch::TensorType>(type);
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

Value Legalizer::resolve(Value value) const {
  for (;;) {
    Value next = names.lookup(value);
    if (!next)
      return value;
    value = next;
  }
}

Value Legalizer::read(Value original, Operation *reader) {
  Value value = resolve(original);
  if (isTensorLike(value.getType())) {
    Tensor *tensor = state.lookup(value);
    return tensor ? state.read(tensor, builder, reader) : value;
  }
  if (ViewList *views = state.lookupViewList(value))
    return state.readList(views, builder, reader);
  if (List *list = lists.lookup(value))
    return readList(*list, reader);
  if (auto found = dicts.find(value); found != dicts.end())
    return readDict(value, found->second, reader);
  return value;
}

void Legalizer::readOperands(Operation *op) {
  for (OpOperand &operand : op->getOpOperands()) {
    Value value = read(operand.get(), op);
    if (value != operand.get())
      operand.set(value);
  }
}

unsigned Legalizer::getDepth(Value value) const {
  unsigned result = 0;
  Operation *parent = value.getParentRegion()->getParentOp();
  for (; parent != function; parent = parent->getParentOp())
    ++result;
  return result;
}

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

InFlightDiagnostic Legalizer::error(Operation *op) {
  failed = true;
  return op->emitError();
}

std::string Legalizer::quoted(Operation *op) {
  return ("'" + Torch::getSchemaKey(op) + "'").str();
}

void Legalizer::reportDoubt(Operation *reader, Storage &storage) {
  InFlightDiagnostic diagnostic =
      error(reader)
      << quoted(reader)
      << " reads a tensor that may share memory with one that is written to "
         "before; whether it does depends on the strides or the dtype. "
         "clone() the tensor before the write to make it independent";
  diagnostic.attachNote(storage.doubt->getLoc())
      << quoted(storage.doubt) << " writes here";
}

void Legalizer::warnOfInput(Value owner, Operation *writer) {
  if (warned)
    return;
  std::string what;
  if (auto argument = dyn_cast<BlockArgument>(owner)) {
    if (argument.getOwner() != &function.getBody().front())
      return;
    auto name = function.getArgAttrOfType<StringAttr>(argument.getArgNumber(),
                                                      "onnx.name");
    what = name ? ("the input '" + name.getValue() + "'").str() : "an input";
  } else if (auto constant = owner.getDefiningOp<Torch::TensorConstantOp>()) {
    if (!constant.getName() || constant.getName()->empty())
      return;
    what = ("'" + *constant.getName() + "'").str();
  } else {
    return;
  }
  warned = true;
  writer->emitWarning()
      << quoted(writer) << " writes to " << what
      << "; the model computes with the new values, but outside of it the "
         "tensor stays as it was";
}

//===----------------------------------------------------------------------===//
// Walk
//===----------------------------------------------------------------------===//

LogicalResult Legalizer::run() {
  visitBlock(function.getBody().front());
  if (failed)
    return failure();
  for (Operation *op : dead)
    op->dropAllReferences();
  for (Operation *op : dead)
    op->erase();
  eraseUnused(function.getBody());
  return success();
}

void Legalizer::visitBlock(Block &block) {
  for (Operation *op = &block.front(); op;) {
    builder.setInsertionPoint(op);
    op = visit(op);
  }
}

/// The operators of the profiler mark ranges of time for it, as nn.DataParallel
/// does; no tensor depends on them.
static bool isProfilerMark(Operation *op, StringRef key) {
  return key.starts_with("profiler.") &&
         llvm::all_of(op->getUsers(), [](Operation *user) {
           return Torch::getSchemaKey(user).starts_with("profiler.");
         });
}

Operation *Legalizer::visit(Operation *op) {
  if (auto branch = dyn_cast<Torch::PrimIfOp>(op))
    return visitIf(branch);
  Operation *next = op->getNextNode();
  if (op->getNumOperands() == 0 && op->getNumRegions() == 0 &&
      !isa<Torch::PrimListConstructOp, Torch::PrimTupleConstructOp,
           Torch::PrimDictConstructOp>(op))
    return next;
  if (auto loop = dyn_cast<Torch::PrimLoopOp>(op)) {
    if (std::optional<int64_t> rounds = getRoundsToUnroll(loop))
      return unroll(loop, *rounds);
    visitLoop(loop);
    return next;
  }
  if (isa<Torch::PrimYieldOp, Torch::PrimLoopConditionOp>(op))
    return next; // With the operation around it.
  StringRef key = Torch::getSchemaKey(op);
  if (isProfilerMark(op, key)) {
    dead.push_back(op);
    return next;
  }
  if (visitContainer(op, key) || visitListMethod(op, key))
    return next;
  if (key == "prim.RaiseException" && depth == 0) {
    auto text = Torch::matchConstantStr(resolve(op->getOperand(0)));
    error(op) << "the model always raises an exception"
              << (text ? ": " + text->str() : "");
    return next;
  }
  const OperatorFacts &fact = facts.get(key);
  if (fact.isMutable())
    visitMutation(op, key, fact);
  else
    visitFunctional(op, key, fact);
  return next;
}

//===----------------------------------------------------------------------===//
// Unused operations
//===----------------------------------------------------------------------===//

void Legalizer::eraseUnused(Region &region) {
  for (Block &block : region)
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(block.getOperations()))) {
      if (op.use_empty() && op.getNumResults() && isErasable(&op)) {
        op.erase();
        continue;
      }
      for (Region &inner : op.getRegions())
        eraseUnused(inner);
    }
}

bool Legalizer::isErasable(Operation *op) {
  if (isOpTriviallyDead(op))
    return true;
  StringRef key = Torch::getSchemaKey(op);
  return !key.empty() && op->getNumRegions() == 0 && facts.get(key).schema;
}

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {

struct LegalizePass : impl::LegalizeBase<LegalizePass> {
  /// A value that replaced a result may have a type that says more.
  static void updateSignature(func::FuncOp function) {
    Block &body = function.front();
    function.setFunctionType(
        FunctionType::get(function.getContext(), body.getArgumentTypes(),
                          body.getTerminator()->getOperandTypes()));
  }

  void runOnOperation() override {
    OperatorFactsTable facts;
    bool failed = false;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal()) {
        failed |= mlir::failed(Legalizer(function, facts).run());
        updateSignature(function);
      }
    if (failed || mlir::failed(verifyLegalized(getOperation())))
      signalPassFailure();
  }
};

} // namespace

} // namespace torchonnx
