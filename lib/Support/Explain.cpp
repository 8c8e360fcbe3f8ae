//===- Explain.cpp - Which rewrite fired, and why not ---------------------===//

#include "lib/Support/Explain.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace torchonnx;

void ExplainListener::notifyPatternBegin(const Pattern &pattern,
                                         Operation *op) {
  operation = op->getName().getStringRef().str();
  location = op->getLoc();
  reason.clear();
}

void ExplainListener::notifyMatchFailure(
    Location loc, function_ref<void(Diagnostic &)> reasonCallback) {
  Diagnostic diagnostic(loc, DiagnosticSeverity::Remark);
  reasonCallback(diagnostic);
  reason = diagnostic.str();
}

void ExplainListener::notifyPatternEnd(const Pattern &pattern,
                                       LogicalResult status) {
  if (!location)
    return;
  if (succeeded(status))
    say(operation + " is rewritten by " + pattern.getDebugName());
  else if (!reason.empty())
    say(operation + " keeps its form, " + pattern.getDebugName() +
        " declined: " + reason);
}

void ExplainListener::say(const Twine &message) {
  if (said.emplace(location->getAsOpaquePointer(), message.str()).second)
    emitRemark(*location) << message;
}
