//===- Pad.cpp - Shape functions: padding, repetition, copies -------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// pad: pairs of sizes added before and after, from the last dimension on.
static LogicalResult inferPad(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  OptionalDims pads = getSizes(context, op->getOperand(1));
  if (dims && pads) {
    if (pads->size() % 2 || pads->size() / 2 > dims->size())
      return context.error(Twine(pads->size()) +
                           " padding sizes for a tensor of " +
                           Twine(dims->size()) + " dimensions");
    for (size_t i = 0; i < pads->size(); i += 2) {
      DimAttr &dim = (*dims)[dims->size() - 1 - i / 2];
      dim = Symbolic::add(dim, Symbolic::add((*pads)[i], (*pads)[i + 1]));
    }
  } else {
    dims = std::nullopt;
  }
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// repeat and tile: each size times its count; repeat needs a count for each
/// dimension, tile fills up with ones.
static LogicalResult inferRepeat(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims counts = getSizes(context, op->getOperand(1));
  if (!type.hasRank() || !counts) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  Dims dims(type.getDims());
  if (counts->size() < dims.size() && Torch::getSchemaKey(op) == "aten.repeat")
    return context.error(Twine(counts->size()) + " counts for a tensor of " +
                         Twine(dims.size()) + " dimensions");
  while (dims.size() < counts->size())
    dims.insert(dims.begin(), context.constant(1));
  while (counts->size() < dims.size())
    counts->insert(counts->begin(), context.constant(1));
  for (auto [dim, count] : llvm::zip(dims, *counts))
    dim = Symbolic::mul(dim, count);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// Operators that copy, or whose result is another view of the same values.
static LogicalResult inferCopy(Operation *op, InferenceContext &context) {
  context.setResult(0, context.tensor(op->getOperand(0)));
  context.forward(0, op->getOperand(0));
  return success();
}

/// pixel_shuffle(r): (*, C * r^2, H, W) -> (*, C, H * r, W * r).
static LogicalResult inferPixelShuffle(Operation *op,
                                       InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  std::optional<int64_t> factor = context.getKnown().getInt(op->getOperand(1));
  if (!dims || dims->size() < 3 || !factor || *factor <= 0) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  bool isUnshuffle = Torch::getSchemaKey(op) == "aten.pixel_unshuffle";
  DimAttr &channels = (*dims)[dims->size() - 3];
  DimAttr &height = (*dims)[dims->size() - 2];
  DimAttr &width = (*dims)[dims->size() - 1];
  if (isUnshuffle) {
    channels = Symbolic::mul(channels, *factor * *factor);
    height = Symbolic::floorDiv(height, *factor);
    width = Symbolic::floorDiv(width, *factor);
  } else {
    channels = Symbolic::floorDiv(channels, *factor * *factor);
    height = Symbolic::mul(height, *factor);
    width = Symbolic::mul(width, *factor);
  }
  context.setTensor(0, *dims, type.getDtype());
  return success();
}

/// unfold(dimension, size, step): windows of `size` become a last dimension.
static LogicalResult inferUnfold(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  std::optional<int64_t> dim = context.getInt("dimension");
  std::optional<int64_t> size = context.getInt("size");
  std::optional<int64_t> step = context.getInt("step");
  if (!dims || dims->empty() || !dim || !size || !step) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  FailureOr<int64_t> index = context.wrapDim(*dim, dims->size());
  if (failed(index))
    return failure();
  (*dims)[*index] =
      windowedSize((*dims)[*index], context.constant(*size), *step, 0, 1);
  dims->push_back(context.constant(*size));
  context.setTensor(0, *dims, type.getDtype());
  return success();
}

void torchonnx::registerPadShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.pad", "aten.constant_pad_nd", "aten.reflection_pad1d",
                "aten.reflection_pad2d", "aten.reflection_pad3d",
                "aten.replication_pad1d", "aten.replication_pad2d",
                "aten.replication_pad3d", "aten._pad_enum",
                "aten._pad_circular"},
               inferPad);
  registry.add({"aten.repeat", "aten.tile"}, inferRepeat);
  registry.add({"aten.contiguous", "aten.clone", "aten.detach", "aten.alias",
                "aten.lift", "aten.lift_fresh", "aten.lift_fresh_copy",
                "aten.resolve_conj", "aten.resolve_neg"},
               inferCopy);
  registry.add({"aten.flip", "aten.fliplr", "aten.flipud", "aten.roll"},
               inferSameType);
  registry.add({"aten.pixel_shuffle", "aten.pixel_unshuffle"},
               inferPixelShuffle);
  registry.add({"aten.channel_shuffle", "aten.native_channel_shuffle"},
               inferSameType);
  registry.add({"aten.unfold"}, inferUnfold);
}
