//===- Explain.h - Which rewrite fired, and why not -------------*- C++ -*-===//

#ifndef TORCHONNX_LIB_SUPPORT_EXPLAIN_H
#define TORCHONNX_LIB_SUPPORT_EXPLAIN_H

#include "mlir/IR/PatternMatch.h"

#include <set>
#include <string>

namespace torchonnx {

/// Reports, as remarks at the user's line, each pattern that was applied, and
/// each that gave a reason for declining. A pattern is called by its debug
/// name. A driver tries patterns again when something changed nearby; what was
/// said of a line is not repeated.
class ExplainListener : public mlir::RewriterBase::Listener {
public:
  void notifyPatternBegin(const mlir::Pattern &pattern,
                          mlir::Operation *op) override;
  void notifyPatternEnd(const mlir::Pattern &pattern,
                        llvm::LogicalResult status) override;
  void notifyMatchFailure(
      mlir::Location loc,
      llvm::function_ref<void(mlir::Diagnostic &)> reasonCallback) override;

private:
  void say(const llvm::Twine &message);

  std::set<std::pair<const void *, std::string>> said;
  /// The operation that the pattern is tried on; it may be gone afterwards.
  std::string operation;
  std::optional<mlir::Location> location;
  std::string reason;
};

} // namespace torchonnx

#endif // TORCHONNX_LIB_SUPPORT_EXPLAIN_H
