//===- LegalizeOpset.cpp - The pass `legalize-opset` ----------------------===//

#include "passes/LegalizeOpset/Passes.h"

#include "lib/Export/FunctionBodies.h"
#include "passes/LegalizeOpset/Rewrites.h"
#include "passes/OptimizeOnnx/Passes.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"

namespace torchonnx {
#define GEN_PASS_DEF_LEGALIZEOPSET
#include "passes/LegalizeOpset/Passes.h.inc"
} // namespace torchonnx

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

static constexpr int kDefaultOpset = 20;

static const Table &getTable() {
  static const Table table = [] {
    Table table;
    registerActivations(table);
    registerAttention(table);
    registerEinsum(table);
    registerNormalization(table);
    registerOperands(table);
    registerShapes(table);
    registerVision(table);
    return table;
  }();
  return table;
}

namespace {

/// Rewrites all operations of a module, and those that rewrites make, once.
class Legalizer : public RewriterBase::Listener {
public:
  Legalizer(ModuleOp module, int target)
      : module(module), target(target), rewriter(module.getContext(), this) {}

  /// Without `spells`, only rewrites whose result is of the dialect. Returns
  /// true if there were any.
  bool run(bool spells, Problems &problems) {
    worklist.clear();
    module.walk([&](Operation *op) { worklist.push_back(op); });
    std::reverse(worklist.begin(), worklist.end());
    bool changed = false;
    while (!worklist.empty()) {
      Operation *op = worklist.pop_back_val();
      changed |= legalize(op, spells, problems) == Outcome::Replaced;
    }
    return changed;
  }

private:
  void notifyOperationInserted(Operation *op,
                               OpBuilder::InsertPoint previous) override {
    worklist.push_back(op);
  }

  Outcome legalize(Operation *op, bool spells, Problems &problems) {
    auto custom = dyn_cast<Onnx::CustomOp>(op);
    if (custom && !custom.getDomain().empty())
      return Outcome::Unchanged;
    if (!custom && !op->hasTrait<Onnx::SchemaOp>())
      return Outcome::Unchanged;
    StringRef name = Onnx::getOpType(op);
    const Onnx::OpSchema *schema = Onnx::lookupSchema(name, target);
    if (!custom && schema && schema == Onnx::getSchema(op))
      return Outcome::Unchanged;

    Context c(rewriter, op, target, problems);
    if (!custom)
      for (const Table::Entry &entry : getTable().lookup(name))
        if (target < entry.below && (spells || entry.expands))
          if (Outcome outcome = entry.function(c);
              outcome != Outcome::Unchanged)
            return outcome;
    if (!schema && !custom) {
      SmallVector<Value> values;
      if (succeeded(
              expandFunctionBody(rewriter, op, Onnx::kDialectOpset, values)))
        return c.replace(values);
    }
    // What is going to be spelled otherwise is not to be checked as it is.
    if (!spells)
      return Outcome::Unchanged;
    return checkSchema(c);
  }

  ModuleOp module;
  int target;
  IRRewriter rewriter;
  SmallVector<Operation *> worklist;
};

struct LegalizeOpsetPass
    : torchonnx::impl::LegalizeOpsetBase<LegalizeOpsetPass> {
  using LegalizeOpsetBase::LegalizeOpsetBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto attribute = module->getAttrOfType<IntegerAttr>("onnx.opset");
    if (!attribute)
      module->setAttr(
          "onnx.opset",
          attribute =
              Builder(module.getContext()).getI64IntegerAttr(kDefaultOpset));
    int64_t target = attribute.getInt();
    if (target < Onnx::kMinOpset || target > Onnx::kMaxOpset) {
      module.emitError() << "opset " << target
                         << " is not supported; the opsets from "
                         << Onnx::kMinOpset << " to " << Onnx::kMaxOpset
                         << " are";
      return signalPassFailure();
    }
    if (target == Onnx::kDialectOpset)
      return;
    Legalizer legalizer(module, target);
    // What the first run refuses, the second one refuses again, with the rest.
    Problems problems, ignored;
    if (legalizer.run(/*spells=*/false, ignored) && ignored.empty() &&
        failed(optimizeOnnx(module)))
      return signalPassFailure();
    if (legalizer.run(/*spells=*/true, problems)) {
      IRRewriter rewriter(module.getContext());
      DominanceInfo dominance(module);
      eliminateCommonSubExpressions(rewriter, dominance, module);
    }
    if (problems.empty())
      return;
    problems.report();
    signalPassFailure();
  }
};

} // namespace
