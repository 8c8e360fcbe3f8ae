//===- Casts.cpp - Casts that cancel --------------------------------------===//

#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

static Type getElementType(Value value) {
  auto type = dyn_cast<TensorType>(value.getType());
  return type ? type.getElementType() : Type();
}

/// Every value of `from` is one of `to`, so that a cast there and further on is
/// the direct one.
static bool isExact(Type from, Type to) {
  if (from == to)
    return true;
  if (from.isInteger(1))
    return to.isIntOrFloat();
  auto fromInt = dyn_cast<IntegerType>(from);
  auto fromFloat = dyn_cast<FloatType>(from);
  if (auto toInt = dyn_cast<IntegerType>(to)) {
    if (!fromInt || toInt.isInteger(1))
      return false;
    if (fromInt.isUnsigned() == toInt.isUnsigned())
      return toInt.getWidth() >= fromInt.getWidth();
    return fromInt.isUnsigned() && toInt.getWidth() > fromInt.getWidth();
  }
  auto toFloat = dyn_cast<FloatType>(to);
  if (!toFloat)
    return false;
  if (fromInt)
    return fromInt.getWidth() - !fromInt.isUnsigned() <=
           toFloat.getFPMantissaWidth();
  return fromFloat && (from.isF16() || from.isBF16() || from.isF32()) &&
         (to.isF32() || to.isF64()) &&
         toFloat.getWidth() > fromFloat.getWidth();
}

static LogicalResult removeSameCast(Onnx::CastOp op,
                                    PatternRewriter &rewriter) {
  Value input = op->getOperand(0);
  if (getElementType(input) != getElementType(op->getResult(0)))
    return failure();
  return replace(rewriter, op, input);
}

static LogicalResult mergeCasts(Onnx::CastOp op, PatternRewriter &rewriter) {
  auto inner = op->getOperand(0).getDefiningOp<Onnx::CastOp>();
  if (!inner)
    return failure();
  Value source = inner->getOperand(0);
  if (!getElementType(source) ||
      !isExact(getElementType(source), getElementType(inner->getResult(0))))
    return rewriter.notifyMatchFailure(op, "the first cast loses information");
  if (getElementType(source) == getElementType(op->getResult(0)))
    return replace(rewriter, op, source);
  rewriter.modifyOpInPlace(op, [&] { op->setOperand(0, source); });
  return success();
}

static LogicalResult castLikeToCast(Onnx::CastLikeOp op,
                                    PatternRewriter &rewriter) {
  Type elementType = getElementType(op->getResult(0));
  std::optional<int> to =
      elementType ? Onnx::getDataType(elementType) : std::nullopt;
  if (!to)
    return failure();
  SmallVector<NamedAttribute> attributes(op->getAttrs());
  attributes.push_back(
      rewriter.getNamedAttr("to", rewriter.getI64IntegerAttr(*to)));
  rewriter.replaceOpWithNewOp<Onnx::CastOp>(op, op->getResultTypes(),
                                            op->getOperand(0), attributes);
  return success();
}

void optimize::populateCasts(RewritePatternSet &patterns) {
  add(patterns, "remove-same-cast", removeSameCast, 2);
  add(patterns, "merge-casts", mergeCasts);
  add(patterns, "cast-like-to-cast", castLikeToCast);
}
