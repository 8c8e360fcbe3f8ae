//===- ConstantFolding.cpp - Operators on constants -----------------------===//

#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

#include "lib/Evaluate/OnnxFolder.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

/// Bytes that disappear with the operands once `op` has no use for them.
int64_t getReleasedBytes(Operation *op) {
  int64_t bytes = 0;
  for (Value operand : op->getOperands())
    if (TypedAttr constant = getInitializer(operand))
      if (operand.hasOneUse())
        bytes += getBytes(constant.getType());
  return bytes;
}

bool isReshape(StringRef op) {
  return op == "Reshape" || op == "Flatten" || op == "Squeeze" ||
         op == "Unsqueeze" || op == "Identity";
}

/// The operator's attributes, without notes on the operation, which have a dot.
DictionaryAttr getOwnAttributes(Operation *op) {
  SmallVector<NamedAttribute> own;
  for (NamedAttribute attribute : op->getAttrs())
    if (!attribute.getName().getValue().contains('.'))
      own.push_back(attribute);
  return DictionaryAttr::get(op->getContext(), own);
}

struct FoldConstants : RewritePattern {
  FoldConstants(MLIRContext *context, int64_t maxGrowth)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/10, context),
        maxGrowth(maxGrowth) {
    setDebugName("fold-constants");
  }

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!op->hasTrait<Onnx::SchemaOp>() || op->getNumRegions() ||
        op->getNumResults() == 0 || op->getNumOperands() == 0)
      return failure();
    StringRef name = op->getName().stripDialect();
    SmallVector<TypedAttr> operands;
    for (Value operand : op->getOperands()) {
      TypedAttr constant = getInitializer(operand);
      if (!constant && !Onnx::isNone(operand))
        return failure();
      operands.push_back(constant);
    }
    if (name == "Split")
      return foldSplit(cast<Onnx::SplitOp>(op), operands.front(), rewriter);
    if (!canEvaluateOnnx(name) || !isMemoryEffectFree(op))
      return rewriter.notifyMatchFailure(
          op, "the operands are constant, but the operator is not evaluated");
    if (op->getNumResults() != 1)
      return failure();

    auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
    if (type && !type.hasStaticShape())
      type = {};
    if (type && getBytes(type) - getReleasedBytes(op) > maxGrowth)
      return rewriter.notifyMatchFailure(
          op, "the constant would make the file larger");

    TypedAttr value;
    std::string error;
    if (type && isReshape(name))
      value = reshape(operands.front(), type.getShape());
    else if (!type && isCreation(name))
      return rewriter.notifyMatchFailure(op, "the result's size is not known");
    else
      value = evaluate(name, operands, getOwnAttributes(op), type, error);
    if (!value)
      return rewriter.notifyMatchFailure(
          op, [&](Diagnostic &diag) { diag << error; });
    // A constant that has the elements of another keeps its name.
    StringAttr valueName;
    if (isReshape(name) && op->getOperand(0).hasOneUse())
      valueName = getInitializerName(op->getOperand(0));
    else if (name == "Transpose" || name == "Cast")
      valueName = deriveName(op->getOperand(0), name.lower());
    return replace(rewriter, op,
                   makeInitializer(rewriter, op->getLoc(), value, valueName));
  }

private:
  /// Operators whose result may be much larger than their operands.
  static bool isCreation(StringRef op) {
    return op == "Expand" || op == "Tile" || op == "ConstantOfShape" ||
           op == "Range" || op == "Pad";
  }

  /// A part of a constant is a slice of it.
  LogicalResult foldSplit(Onnx::SplitOp op, TypedAttr input,
                          PatternRewriter &rewriter) const {
    auto inputType = optimize::getType(input);
    int64_t axis = op.getAxis();
    if (axis < 0)
      axis += inputType.getRank();
    if (getBytes(inputType) - getReleasedBytes(op) > maxGrowth)
      return rewriter.notifyMatchFailure(
          op, "the constants would make the file larger");
    Builder b(op.getContext());
    SmallVector<TypedAttr> parts;
    int64_t start = 0;
    for (Value result : op->getResults()) {
      auto type = dyn_cast<RankedTensorType>(result.getType());
      if (!type || !type.hasStaticShape())
        return rewriter.notifyMatchFailure(op, "a result's size is not known");
      int64_t end = start + type.getDimSize(axis);
      std::string error;
      TypedAttr part = evaluate("Slice",
                                {input, makeInts(op.getContext(), start),
                                 makeInts(op.getContext(), end),
                                 makeInts(op.getContext(), axis)},
                                b.getDictionaryAttr({}), type, error);
      if (!part)
        return rewriter.notifyMatchFailure(
            op, [&](Diagnostic &diag) { diag << error; });
      parts.push_back(part);
      start = end;
    }
    SmallVector<Value> values;
    for (TypedAttr part : parts)
      values.push_back(makeInitializer(rewriter, op.getLoc(), part));
    rewriter.replaceOp(op, values);
    return success();
  }

  int64_t maxGrowth;
};

/// `onnx.Constant` is how a file may spell what `onnx.initializer` is here.
LogicalResult constantToInitializer(Onnx::ConstantOp op,
                                    PatternRewriter &rewriter) {
  MLIRContext *context = op.getContext();
  TypedAttr value;
  Builder b(context);
  if (auto tensor = op->getAttrOfType<ElementsAttr>("value"))
    value = cast<TypedAttr>(tensor);
  else if (auto integer = op->getAttrOfType<IntegerAttr>("value_int"))
    value = DenseElementsAttr::get(RankedTensorType::get({}, b.getI64Type()),
                                   integer.getInt());
  else if (auto real = op->getAttrOfType<FloatAttr>("value_float"))
    value = makeReal(real.getValueAsDouble(), b.getF32Type());
  else if (auto integers = op->getAttrOfType<DenseI64ArrayAttr>("value_ints"))
    value = makeInts(context, integers.asArrayRef());
  else if (auto reals = op->getAttrOfType<DenseF32ArrayAttr>("value_floats"))
    value = DenseElementsAttr::get(
        RankedTensorType::get(reals.size(), b.getF32Type()),
        reals.asArrayRef());
  else
    return rewriter.notifyMatchFailure(op, "a constant of strings or sparse");
  return replace(rewriter, op, makeInitializer(rewriter, op.getLoc(), value));
}

} // namespace

void optimize::populateConstantFolding(RewritePatternSet &patterns,
                                       int64_t maxGrowth) {
  patterns.add(
      std::make_unique<FoldConstants>(patterns.getContext(), maxGrowth));
  add(patterns, "constant-to-initializer", constantToInitializer);
}
