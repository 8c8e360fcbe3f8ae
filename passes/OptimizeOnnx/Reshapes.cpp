//===- Reshapes.cpp - Chains of operators that change the shape only ------===//

#include "lib/Support/OnnxBuilder.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

bool isReshape(Operation *op) {
  return isa_and_nonnull<Onnx::ReshapeOp, Onnx::FlattenOp, Onnx::SqueezeOp,
                         Onnx::UnsqueezeOp>(op);
}

SmallVector<Symbolic::DimAttr> getKnownDims(Value value, unsigned &unknown) {
  unknown = ~0u;
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return {};
  SmallVector<Symbolic::DimAttr> dims = Symbolic::getDims(type);
  unknown = llvm::count(dims, Symbolic::DimAttr());
  return dims;
}

/// A reshape that changes nothing.
template <typename Op>
LogicalResult removeSameReshape(Op op, PatternRewriter &rewriter) {
  unsigned unknownIn, unknownOut;
  Value input = op->getOperand(0), result = op->getResult(0);
  if (getKnownDims(input, unknownIn) != getKnownDims(result, unknownOut) ||
      unknownIn || unknownOut)
    return failure();
  return replace(rewriter, op, input);
}

/// `input` in the shape of `result`, with a constant target; null if there is
/// none that says it.
Value reshapeTo(Value input, Value result, PatternRewriter &rewriter,
                Location loc) {
  unsigned unknown;
  getKnownDims(result, unknown);
  auto type = dyn_cast<RankedTensorType>(result.getType());
  if (!type || unknown > 1 || (unknown && input.getType() == type))
    return {};
  return OnnxBuilder(rewriter, loc).tryReshape(input, type);
}

/// A reshape of something reshaped is one reshape.
template <typename Op>
LogicalResult mergeReshapes(Op op, PatternRewriter &rewriter) {
  Operation *inner = op->getOperand(0).getDefiningOp();
  if (!isReshape(inner))
    return failure();
  Value reshaped =
      reshapeTo(inner->getOperand(0), op->getResult(0), rewriter, op.getLoc());
  if (!reshaped)
    return rewriter.notifyMatchFailure(
        op, "the shape is not known well enough to say it from the operand");
  return replace(rewriter, op, reshaped);
}

/// A target that is computed, though 0 and -1 can say it.
LogicalResult makeTargetConstant(Onnx::ReshapeOp op,
                                 PatternRewriter &rewriter) {
  if (getInitializer(op->getOperand(1)))
    return failure();
  Value reshaped =
      reshapeTo(op->getOperand(0), op->getResult(0), rewriter, op.getLoc());
  if (!reshaped)
    return rewriter.notifyMatchFailure(
        op, "the target has two dimensions that only the data tells");
  return replace(rewriter, op, reshaped);
}

/// An expansion keeps what a target of 1 says, so that only the dimensions that
/// grow have to be known.
LogicalResult makeExpandConstant(Onnx::ExpandOp op, PatternRewriter &rewriter) {
  if (getInitializer(op->getOperand(1)))
    return failure();
  unsigned unknown;
  SmallVector<Symbolic::DimAttr> to = getKnownDims(op->getResult(0), unknown);
  SmallVector<Symbolic::DimAttr> from =
      getKnownDims(op->getOperand(0), unknown);
  if (to.empty() || unknown == ~0u)
    return failure();
  SmallVector<int64_t> target;
  for (auto [i, dim] : llvm::enumerate(to)) {
    size_t missing = to.size() - from.size();
    if (dim && i >= missing && from[i - missing] == dim)
      target.push_back(1);
    else if (dim && dim.isConstant())
      target.push_back(*dim.getConstantValue());
    else
      return rewriter.notifyMatchFailure(op, "a dimension grows to a size that "
                                             "only the data tells");
  }
  Value shape =
      makeInitializer(rewriter, op.getLoc(), makeInts(op.getContext(), target));
  rewriter.modifyOpInPlace(op, [&] { op->setOperand(1, shape); });
  return success();
}

/// A dimension of a shape, in one operator instead of a Gather, Slice and
/// Unsqueeze.
Value shapeRange(Onnx::ShapeOp shape, int64_t start, int64_t end,
                 PatternRewriter &rewriter, Location loc) {
  return OnnxBuilder(rewriter, loc).shape(shape->getOperand(0), start, end);
}

/// Where in the operand of a Shape operator its result begins and ends.
std::optional<std::pair<int64_t, int64_t>> getRange(Onnx::ShapeOp shape) {
  auto type = dyn_cast<RankedTensorType>(shape->getOperand(0).getType());
  if (!type)
    return std::nullopt;
  int64_t rank = type.getRank();
  auto clampTo = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  auto end = shape->getAttrOfType<IntegerAttr>("end");
  return std::make_pair(clampTo(shape.getStart()),
                        clampTo(end ? end.getInt() : rank));
}

/// A 1-D piece of a shape: `Gather(Shape(x), [i])`.
LogicalResult gatherOfShape(Onnx::GatherOp op, PatternRewriter &rewriter) {
  auto shape = op->getOperand(0).getDefiningOp<Onnx::ShapeOp>();
  auto indices = getInts(op->getOperand(1));
  if (!shape || !indices || indices->empty())
    return failure();
  auto range = getRange(shape);
  auto type = dyn_cast<RankedTensorType>(op->getOperand(1).getType());
  if (!range || type.getRank() != 1)
    return failure();
  int64_t length = range->second - range->first;
  int64_t first = indices->front() + (indices->front() < 0 ? length : 0);
  for (auto [i, index] : llvm::enumerate(*indices))
    if (index + (index < 0 ? length : 0) != first + int64_t(i))
      return rewriter.notifyMatchFailure(op, "the indices are not adjacent");
  return replace(rewriter, op,
                 shapeRange(shape, range->first + first,
                            range->first + first + indices->size(), rewriter,
                            op.getLoc()));
}

/// `Unsqueeze(Gather(Shape(x), i), 0)`.
LogicalResult unsqueezeOfGather(Onnx::UnsqueezeOp op,
                                PatternRewriter &rewriter) {
  auto gather = op->getOperand(0).getDefiningOp<Onnx::GatherOp>();
  auto shape = gather ? gather->getOperand(0).getDefiningOp<Onnx::ShapeOp>()
                      : Onnx::ShapeOp();
  if (!shape)
    return failure();
  auto type = dyn_cast<RankedTensorType>(gather->getResult(0).getType());
  auto index = getInt(gather->getOperand(1));
  auto range = getRange(shape);
  auto resultType = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || type.getRank() != 0 || !index || !range || !resultType ||
      resultType.getRank() != 1)
    return failure();
  int64_t at = *index + (*index < 0 ? range->second : range->first);
  return replace(rewriter, op,
                 shapeRange(shape, at, at + 1, rewriter, op.getLoc()));
}

LogicalResult sliceOfShape(Onnx::SliceOp op, PatternRewriter &rewriter) {
  auto shape = op->getOperand(0).getDefiningOp<Onnx::ShapeOp>();
  auto start = getInt(op->getOperand(1)), end = getInt(op->getOperand(2));
  if (!shape || !start || !end)
    return failure();
  auto range = getRange(shape);
  if (!range ||
      (!Onnx::isNone(op->getOperand(4)) && getInt(op->getOperand(4)) != 1))
    return failure();
  int64_t length = range->second - range->first;
  auto clampTo = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + length : at, 0, length);
  };
  int64_t first = clampTo(*start), last = std::max(first, clampTo(*end));
  return replace(rewriter, op,
                 shapeRange(shape, range->first + first, range->first + last,
                            rewriter, op.getLoc()));
}

/// Adjacent pieces of one shape in a concatenation are one piece.
LogicalResult mergeShapePieces(Onnx::ConcatOp op, PatternRewriter &rewriter) {
  SmallVector<Value> operands;
  bool changed = false;
  for (Value operand : op->getOperands()) {
    auto shape = operand.getDefiningOp<Onnx::ShapeOp>();
    auto previous = operands.empty()
                        ? Onnx::ShapeOp()
                        : operands.back().getDefiningOp<Onnx::ShapeOp>();
    if (shape && previous && shape->getOperand(0) == previous->getOperand(0)) {
      auto range = getRange(shape), before = getRange(previous);
      if (range && before && before->second == range->first) {
        operands.back() = shapeRange(shape, before->first, range->second,
                                     rewriter, op.getLoc());
        changed = true;
        continue;
      }
    }
    operands.push_back(operand);
  }
  if (!changed)
    return failure();
  rewriter.modifyOpInPlace(op, [&] { op->setOperands(operands); });
  return success();
}

} // namespace

void optimize::populateReshapes(RewritePatternSet &patterns,
                                bool shapeHasRange) {
  add(patterns, "remove-same-reshape", removeSameReshape<Onnx::ReshapeOp>, 3);
  add(patterns, "remove-same-flatten", removeSameReshape<Onnx::FlattenOp>, 3);
  add(patterns, "remove-same-squeeze", removeSameReshape<Onnx::SqueezeOp>, 3);
  add(patterns, "merge-reshapes", mergeReshapes<Onnx::ReshapeOp>);
  add(patterns, "merge-flatten", mergeReshapes<Onnx::FlattenOp>);
  add(patterns, "merge-squeeze", mergeReshapes<Onnx::SqueezeOp>);
  add(patterns, "merge-unsqueeze", mergeReshapes<Onnx::UnsqueezeOp>);
  add(patterns, "make-reshape-target-constant", makeTargetConstant, 2);
  add(patterns, "make-expand-target-constant", makeExpandConstant, 2);
  if (!shapeHasRange)
    return;
  add(patterns, "unsqueeze-of-gather", unsqueezeOfGather, 3);
  add(patterns, "gather-of-shape", gatherOfShape);
  add(patterns, "slice-of-shape", sliceOfShape);
  add(patterns, "merge-shape-pieces", mergeShapePieces);
}
