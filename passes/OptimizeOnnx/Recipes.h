//===- Recipes.h - Constants of the optimizer -------------------*- C++ -*-===//
//
// What rewrites ask of constants, and how they make new ones from them.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_PASSES_OPTIMIZEONNX_RECIPES_H
#define TORCHONNX_PASSES_OPTIMIZEONNX_RECIPES_H

#include "dialects/Onnx/OnnxOps.h"

#include "mlir/IR/PatternMatch.h"

namespace torchonnx::optimize {

/// The value of the onnx.initializer that defines `value`, else null.
mlir::TypedAttr getInitializer(mlir::Value value);
/// The name of the onnx.initializer that defines `value`, else null.
mlir::StringAttr getInitializerName(mlir::Value value);

/// The elements of a constant of at most `limit` integers (or booleans), in row
/// major order.
std::optional<llvm::SmallVector<int64_t>> getInts(mlir::Value value,
                                                  int64_t limit = 64);
/// The only element of a constant of integers.
std::optional<int64_t> getInt(mlir::Value value);
/// The only element of a constant of any real type.
std::optional<double> getReal(mlir::Value value);
/// The number that all the elements of a constant of a real type are.
std::optional<double> getUniformReal(mlir::Value value);

/// The static type of a constant.
mlir::RankedTensorType getType(mlir::TypedAttr constant);
/// The bytes that a constant of this type takes in a file.
int64_t getBytes(mlir::Type type);

/// The constant that the operator `op` gives for constant operands (null for an
/// absent one), of the type `type`: computed now if it is small, else as a
/// `#onnx.fold`. A `type` that is null or dynamic takes the operator's word for
/// it, which only a small constant can. Null if it cannot be computed; `error`
/// says why.
mlir::TypedAttr evaluate(llvm::StringRef op,
                         llvm::ArrayRef<mlir::TypedAttr> operands,
                         mlir::DictionaryAttr attributes,
                         mlir::RankedTensorType type, std::string &error);

/// The same elements in another shape.
mlir::TypedAttr reshape(mlir::TypedAttr constant,
                        llvm::ArrayRef<int64_t> shape);
/// The elements in another element type.
mlir::TypedAttr castTo(mlir::TypedAttr constant, mlir::Type elementType);
/// `lhs op rhs` with broadcasting; `op` is "Add", "Sub", "Mul" or "Div". Null
/// if an operand is, or if the shapes don't broadcast.
mlir::TypedAttr combine(llvm::StringRef op, mlir::TypedAttr lhs,
                        mlir::TypedAttr rhs);

/// A 1-D tensor of i64.
mlir::TypedAttr makeInts(mlir::MLIRContext *context,
                         llvm::ArrayRef<int64_t> values);
/// One real number, as a tensor of rank 0.
mlir::TypedAttr makeReal(double value, mlir::Type elementType);

/// The onnx.initializer of a constant.
mlir::Value makeInitializer(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::TypedAttr value, mlir::StringAttr name = {});

/// The name of a constant computed from the one that defines `value`:
/// `fc.weight` gives `fc.weight.<suffix>`; null if it has none.
mlir::StringAttr deriveName(mlir::Value value, llvm::StringRef suffix);

/// The operands of an operation of another dialect (a return) have types that
/// must not change. True if `value` may stand for `result` at all its uses.
bool canReplace(mlir::Value result, mlir::Value value);

/// Replaces the only result that is used, unless canReplace says no.
llvm::LogicalResult replace(mlir::PatternRewriter &rewriter,
                            mlir::Operation *op, mlir::Value value);

/// A pattern on one operation that has a name for `--explain`.
template <typename Op> struct Rewrite : mlir::OpRewritePattern<Op> {
  Rewrite(mlir::MLIRContext *context, llvm::StringRef name,
          llvm::LogicalResult (*function)(Op, mlir::PatternRewriter &),
          mlir::PatternBenefit benefit = 1)
      : mlir::OpRewritePattern<Op>(context, benefit), function(function) {
    this->setDebugName(name);
  }
  llvm::LogicalResult
  matchAndRewrite(Op op, mlir::PatternRewriter &rewriter) const override {
    return function(op, rewriter);
  }

private:
  llvm::LogicalResult (*function)(Op, mlir::PatternRewriter &);
};

/// Adds the function `rewrite(Op, PatternRewriter &)` under a name.
template <typename Op>
void add(mlir::RewritePatternSet &patterns, llvm::StringRef name,
         llvm::LogicalResult (*rewrite)(Op, mlir::PatternRewriter &),
         mlir::PatternBenefit benefit = 1) {
  patterns.add(std::make_unique<Rewrite<Op>>(patterns.getContext(), name,
                                             rewrite, benefit));
}

} // namespace torchonnx::optimize

#endif // TORCHONNX_PASSES_OPTIMIZEONNX_RECIPES_H
