//===- Slices.cpp - Slices of one tensor ----------------------------------===//

#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

struct SliceParts {
  SmallVector<int64_t> starts, ends, axes, steps;
};

std::optional<SliceParts> getParts(Onnx::SliceOp op) {
  auto starts = getInts(op->getOperand(1)), ends = getInts(op->getOperand(2));
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  if (!starts || !ends || !type)
    return std::nullopt;
  SliceParts parts{*starts, *ends, {}, SmallVector<int64_t>(starts->size(), 1)};
  if (Onnx::isNone(op->getOperand(3)))
    parts.axes.assign(llvm::seq<int64_t>(0, starts->size()).begin(),
                      llvm::seq<int64_t>(0, starts->size()).end());
  else if (auto axes = getInts(op->getOperand(3)))
    parts.axes = *axes;
  else
    return std::nullopt;
  if (!Onnx::isNone(op->getOperand(4))) {
    auto steps = getInts(op->getOperand(4));
    if (!steps)
      return std::nullopt;
    parts.steps = *steps;
  }
  for (int64_t &axis : parts.axes)
    if (axis < 0)
      axis += type.getRank();
  return parts;
}

/// Slices of different axes are one slice.
LogicalResult mergeSlices(Onnx::SliceOp op, PatternRewriter &rewriter) {
  auto inner = op->getOperand(0).getDefiningOp<Onnx::SliceOp>();
  if (!inner)
    return failure();
  std::optional<SliceParts> outerParts = getParts(op), parts = getParts(inner);
  if (!outerParts || !parts)
    return rewriter.notifyMatchFailure(op, "the bounds are not constant");
  for (int64_t axis : outerParts->axes)
    if (llvm::is_contained(parts->axes, axis))
      return rewriter.notifyMatchFailure(op, "both slice one axis");
  parts->starts.append(outerParts->starts);
  parts->ends.append(outerParts->ends);
  parts->axes.append(outerParts->axes);
  parts->steps.append(outerParts->steps);
  SmallVector<Value> operands{inner->getOperand(0)};
  for (ArrayRef<int64_t> values :
       {ArrayRef<int64_t>(parts->starts), ArrayRef<int64_t>(parts->ends),
        ArrayRef<int64_t>(parts->axes), ArrayRef<int64_t>(parts->steps)})
    operands.push_back(makeInitializer(rewriter, op.getLoc(),
                                       makeInts(op.getContext(), values)));
  rewriter.replaceOpWithNewOp<Onnx::SliceOp>(op, op->getResultTypes(),
                                             operands);
  return success();
}

/// A slice of one axis of known size, without gaps.
struct Piece {
  Onnx::SliceOp op;
  int64_t axis, start, end;
};

std::optional<Piece> getPiece(Onnx::SliceOp op) {
  std::optional<SliceParts> parts = getParts(op);
  if (!parts || parts->axes.size() != 1 || parts->steps.front() != 1)
    return std::nullopt;
  auto type = cast<RankedTensorType>(op->getOperand(0).getType());
  int64_t axis = parts->axes.front();
  if (axis < 0 || axis >= type.getRank() || type.isDynamicDim(axis))
    return std::nullopt;
  int64_t size = type.getDimSize(axis);
  auto clampTo = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size);
  };
  Piece piece{op, axis, clampTo(parts->starts.front()),
              clampTo(parts->ends.front())};
  return piece.start < piece.end ? std::optional(piece) : std::nullopt;
}

/// Slices that take an axis apart, looked at from the first of them.
LogicalResult slicesToSplit(Onnx::SliceOp op, PatternRewriter &rewriter) {
  std::optional<Piece> first = getPiece(op);
  Value data = op->getOperand(0);
  if (!first || first->start != 0 || data.getParentBlock() != op->getBlock())
    return failure();
  llvm::DenseMap<int64_t, Piece> pieces;
  for (Operation *user : data.getUsers())
    if (auto slice = dyn_cast<Onnx::SliceOp>(user);
        slice && slice->getBlock() == op->getBlock())
      if (std::optional<Piece> piece = getPiece(slice);
          piece && piece->axis == first->axis &&
          (piece->start != 0 || slice == op))
        pieces.try_emplace(piece->start, *piece);
  auto type = cast<RankedTensorType>(data.getType());
  SmallVector<Onnx::SliceOp> slices;
  SmallVector<int64_t> sizes;
  SmallVector<Type> types;
  int64_t size = type.getDimSize(first->axis);
  for (int64_t at = 0; at < size;) {
    auto it = pieces.find(at);
    if (it == pieces.end())
      return rewriter.notifyMatchFailure(op, "slices do not cover the axis");
    slices.push_back(it->second.op);
    sizes.push_back(it->second.end - at);
    types.push_back(it->second.op->getResult(0).getType());
    at = it->second.end;
  }
  if (slices.size() < 2)
    return failure();
  rewriter.setInsertionPointAfterValue(data);
  Value lengths =
      makeInitializer(rewriter, op.getLoc(), makeInts(op.getContext(), sizes));
  auto split = rewriter.create<Onnx::SplitOp>(
      op.getLoc(), types, ValueRange{data, lengths},
      rewriter.getNamedAttr("axis", rewriter.getI64IntegerAttr(first->axis)));
  for (auto [slice, result] : llvm::zip_equal(slices, split->getResults()))
    rewriter.replaceOp(slice, result);
  return success();
}

} // namespace

void optimize::populateSlices(RewritePatternSet &patterns, bool splitHasSizes) {
  add(patterns, "merge-slices", mergeSlices);
  if (splitHasSizes)
    add(patterns, "slices-to-split", slicesToSplit);
}
