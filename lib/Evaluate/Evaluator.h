//===- Evaluator.h - Types, known values and decompositions -----*- C++ -*-===//
//
// One walk that gives every value its type, folds scalar arithmetic, prunes
// branches on known conditions and, if asked to, replaces operators by their
// decompositions. Operations that appear on the way are typed there and then:
// nothing is visited twice.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_LIB_EVALUATE_EVALUATOR_H
#define TORCHONNX_LIB_EVALUATE_EVALUATOR_H

#include "lib/Evaluate/DecompositionLibrary.h"
#include "lib/Evaluate/ShapeFunctionRegistry.h"
#include "mlir/IR/IRMapping.h"

namespace torchonnx {

struct EvaluatorOptions {
  /// Where the types of operators without a shape function come from, and what
  /// replaces operators when `decompose` is set. May be null.
  const DecompositionLibrary *library = nullptr;
  /// Replace operators by their decompositions.
  bool decompose = false;
  /// Whether an operator needs no built-in decomposition. Null: none does.
  std::function<bool(llvm::StringRef key)> hasConversion;
  /// Told which decompositions were used or declined, and why.
  std::function<void(mlir::Location, llvm::StringRef message)> explain;
  /// Told of symbolic sizes that the operators leave no choice of. May be null.
  SizeRequirements *sizeRequirements = nullptr;
};

/// Evaluates one function. Operations whose decomposition declined carry the
/// reason in the attribute `kDeclineReasonAttr`.
class Evaluator {
public:
  static constexpr llvm::StringLiteral kDeclineReasonAttr =
      "torch.decline_reason";

  Evaluator(mlir::func::FuncOp function, const EvaluatorOptions &options);

  /// Types the whole function and its signature. Fails, after reporting every
  /// place, if operands don't fit.
  llvm::LogicalResult run();

private:
  using Values = llvm::SmallVector<mlir::Value>;
  /// Values that replace the results of an operation, none if it stays.
  using Replacement = std::optional<Values>;

  void evaluateBlock(mlir::Block &block);
  Replacement evaluate(mlir::Operation *op);
  /// Evaluates `op` and puts the replacement in its place.
  void evaluateInPlace(mlir::Operation *op);

  Replacement evaluateIf(Torch::PrimIfOp op);
  Replacement evaluateLoop(Torch::PrimLoopOp op);
  Values inlineBranch(mlir::Block &block, mlir::Operation *before);
  Values unrollLoop(Torch::PrimLoopOp op, int64_t tripCount);

  Replacement decompose(mlir::Operation *op,
                        const Decomposition &decomposition);
  /// Types the results as the decomposition would; false if it declines.
  bool inferFromDecomposition(mlir::Operation *op,
                              const Decomposition &decomposition);
  /// Clones the operations of `block` before `before`, evaluating each;
  /// nullopt, with everything undone, if one of them declines.
  std::optional<Values> cloneBody(mlir::Block &block, mlir::IRMapping &mapping,
                                  mlir::Operation *before);

  /// Keeps the requirements of an operation that is executed for certain.
  void addRequirements(mlir::Operation *op, const InferenceContext &context);
  /// Reports them, unless a decomposition is going on that may yet decline.
  void reportRequirements();
  void decline(const llvm::Twine &reason);
  void erase(mlir::Operation *op);
  void eraseBetween(mlir::Operation *first, mlir::Operation *last);
  void eraseDeadOps();

  mlir::func::FuncOp function;
  const EvaluatorOptions &options;
  KnownValues known;
  /// Operators whose decompositions are being inlined, outermost first.
  llvm::SmallVector<llvm::StringRef> active;
  struct PendingRequirement {
    mlir::Location location;
    llvm::StringRef key;
    SizeRequirement requirement;
  };
  std::vector<PendingRequirement> pending;
  std::string declineReason;
  /// Set while the types of a loop's body are tried out.
  bool isTrial = false;
  bool hasDeclined = false;
  bool hasFailed = false;
};

/// Evaluates all functions of a module with the built-in decompositions and
/// those in `files`; `options.library` is set here. Fails after reporting a
/// file that can't serve, or every place where operands don't fit.
llvm::LogicalResult evaluateModule(mlir::ModuleOp module,
                                   llvm::ArrayRef<std::string> files,
                                   EvaluatorOptions options);

} // namespace torchonnx

#endif // TORCHONNX_LIB_EVALUATE_EVALUATOR_H
