//===- VerifyLegalized.cpp - What holds after legalize --------------------===//

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "passes/Legalize/OperatorFacts.h"
#include "passes/Legalize/Passes.h"

using namespace mlir;

namespace torchonnx {

#define GEN_PASS_DEF_VERIFYLEGALIZED
#include "passes/Legalize/Passes.h.inc"

LogicalResult verifyLegalized(Operation *root) {
  OperatorFactsTable facts;
  bool failed = false;
  root->walk([&](Operation *op) {
    StringRef key = Torch::getSchemaKey(op);
    if (key.empty())
      return;
    if (facts.get(key).isMutable()) {
      op->emitError() << "'" << key << "' writes to an operand";
      failed = true;
    } else if (isa<Torch::PrimTupleConstructOp, Torch::PrimTupleUnpackOp>(op) ||
               key == "prim.TupleIndex") {
      op->emitError() << "'" << key << "' is left: the tuple is not known";
      failed = true;
    }
  });
  return failure(failed);
}

namespace {
struct VerifyLegalizedPass : impl::VerifyLegalizedBase<VerifyLegalizedPass> {
  void runOnOperation() override {
    if (failed(verifyLegalized(getOperation())))
      signalPassFailure();
  }
};
} // namespace

} // namespace torchonnx
