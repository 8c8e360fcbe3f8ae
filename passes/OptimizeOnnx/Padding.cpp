//===- Padding.cpp - Pads and clips into their neighbours -----------------===//

#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

/// The pads of the spatial axes (those after the first two) of a Pad that fills
/// with 0: all begins, then all ends.
std::optional<SmallVector<int64_t>> getSpatialPads(Onnx::PadOp op) {
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  auto pads = getInts(op->getOperand(1));
  if (!type || type.getRank() < 3 || !pads || op.getMode() != "constant")
    return std::nullopt;
  if (Value fill = op->getOperand(2); !Onnx::isNone(fill)) {
    std::optional<double> number = getReal(fill);
    if (!number || *number != 0)
      return std::nullopt;
  }
  int64_t rank = type.getRank();
  SmallVector<int64_t> axes;
  if (Value given = op->getOperand(3); !Onnx::isNone(given)) {
    auto values = getInts(given);
    if (!values)
      return std::nullopt;
    axes = *values;
  } else {
    axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  }
  SmallVector<int64_t> spatial(2 * (rank - 2), 0);
  if (pads->size() != 2 * axes.size())
    return std::nullopt;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    int64_t at = (axis < 0 ? axis + rank : axis) - 2;
    int64_t begin = (*pads)[i], end = (*pads)[i + axes.size()];
    if (begin < 0 || end < 0 || (at < 0 && (begin || end)))
      return std::nullopt;
    if (at < 0)
      continue;
    spatial[at] = begin;
    spatial[at + rank - 2] = end;
  }
  return spatial;
}

template <typename Op> LogicalResult fusePad(Op op, PatternRewriter &rewriter) {
  auto pad = op->getOperand(0).template getDefiningOp<Onnx::PadOp>();
  if (!pad)
    return failure();
  if (op.getAutoPad() != "NOTSET" && op.getAutoPad() != "VALID")
    return rewriter.notifyMatchFailure(op, "it computes its own padding");
  std::optional<SmallVector<int64_t>> pads = getSpatialPads(pad);
  if (!pads)
    return rewriter.notifyMatchFailure(
        op, "the Pad before it is not one with zeros of spatial dimensions");
  bool isPool = std::is_same_v<Op, Onnx::AveragePoolOp>;
  if (auto own = op->template getAttrOfType<DenseI64ArrayAttr>("pads"))
    for (auto [i, value] : llvm::enumerate(own.asArrayRef())) {
      if (isPool && value)
        return rewriter.notifyMatchFailure(op, "it has padding of its own");
      (*pads)[i] += value;
    }
  if constexpr (std::is_same_v<Op, Onnx::AveragePoolOp>) {
    if (op.getCeilMode())
      return rewriter.notifyMatchFailure(op, "it rounds its size up");
    // Padding may not be as wide as the window.
    ArrayRef<int64_t> window = op.getKernelShape();
    for (size_t i = 0; i < pads->size(); ++i)
      if ((*pads)[i] >= window[i % window.size()])
        return rewriter.notifyMatchFailure(op, "the Pad is wide");
  }
  rewriter.modifyOpInPlace(op, [&] {
    op->setOperand(0, pad->getOperand(0));
    op->setAttr("pads", rewriter.getDenseI64ArrayAttr(*pads));
    op->removeAttr("auto_pad");
    if (isPool)
      op->setAttr("count_include_pad", rewriter.getI64IntegerAttr(1));
  });
  return success();
}

//===----------------------------------------------------------------------===//
// Clips
//===----------------------------------------------------------------------===//

struct Bounds {
  // The constants; null for no bound.
  Value low, high;
  double lowNumber = -INFINITY, highNumber = INFINITY;
};

std::optional<Bounds> getBounds(Onnx::ClipOp op) {
  Bounds bounds;
  if (Value low = op->getOperand(1); !Onnx::isNone(low)) {
    auto number = getReal(low);
    if (!number || std::isnan(*number))
      return std::nullopt;
    bounds.low = low;
    bounds.lowNumber = *number;
  }
  if (Value high = op->getOperand(2); !Onnx::isNone(high)) {
    auto number = getReal(high);
    if (!number || std::isnan(*number))
      return std::nullopt;
    bounds.high = high;
    bounds.highNumber = *number;
  }
  return bounds;
}

/// A Clip of something clipped.
LogicalResult mergeClips(Onnx::ClipOp op, PatternRewriter &rewriter) {
  auto inner = op->getOperand(0).getDefiningOp<Onnx::ClipOp>();
  if (!inner)
    return failure();
  std::optional<Bounds> outer = getBounds(op), first = getBounds(inner);
  if (!outer || !first)
    return rewriter.notifyMatchFailure(op, "the bounds are not constant");
  if (first->lowNumber > outer->highNumber ||
      first->highNumber < outer->lowNumber ||
      first->lowNumber > first->highNumber ||
      outer->lowNumber > outer->highNumber)
    return rewriter.notifyMatchFailure(op, "the bounds cross");
  rewriter.modifyOpInPlace(op, [&] {
    op->setOperand(0, inner->getOperand(0));
    if (first->lowNumber > outer->lowNumber)
      op->setOperand(1, first->low);
    if (first->highNumber < outer->highNumber)
      op->setOperand(2, first->high);
  });
  return success();
}

/// A Clip of a Relu.
LogicalResult clipOfRelu(Onnx::ClipOp op, PatternRewriter &rewriter) {
  auto relu = op->getOperand(0).getDefiningOp<Onnx::ReluOp>();
  std::optional<Bounds> bounds = getBounds(op);
  if (!relu || !bounds || bounds->highNumber < 0)
    return failure();
  Value low = bounds->low;
  if (bounds->lowNumber < 0 || !low) {
    Type type =
        cast<TensorType>(relu->getOperand(0).getType()).getElementType();
    if (!isa<FloatType>(type))
      return failure();
    low = makeInitializer(rewriter, op.getLoc(), makeReal(0.0, type));
  }
  rewriter.modifyOpInPlace(op, [&] {
    op->setOperand(0, relu->getOperand(0));
    op->setOperand(1, low);
  });
  return success();
}

/// A Relu of a Relu, or of something clipped.
LogicalResult removeRelu(Onnx::ReluOp op, PatternRewriter &rewriter) {
  Value input = op->getOperand(0);
  if (input.getDefiningOp<Onnx::ReluOp>())
    return replace(rewriter, op, input);
  auto clip = input.getDefiningOp<Onnx::ClipOp>();
  if (!clip)
    return failure();
  std::optional<Bounds> bounds = getBounds(clip);
  if (!bounds || bounds->lowNumber < 0 || bounds->highNumber < 0)
    return rewriter.notifyMatchFailure(op, "the Clip lets negatives through");
  return replace(rewriter, op, input);
}

} // namespace

void optimize::populatePadding(RewritePatternSet &patterns) {
  add(patterns, "fuse-pad", fusePad<Onnx::ConvOp>);
  add(patterns, "fuse-pad", fusePad<Onnx::AveragePoolOp>);
  add(patterns, "merge-clips", mergeClips, 2);
  add(patterns, "clip-of-relu", clipOfRelu);
  add(patterns, "remove-relu", removeRelu);
}
