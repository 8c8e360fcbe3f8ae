//===- Normalization.cpp - Shape functions: normalization -----------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// The operand called `name` has as many elements as there are channels.
static void requireChannels(InferenceContext &context, DimAttr channels,
                            StringRef name) {
  Value value = context.operand(name);
  if (context.isNone(value))
    return;
  Torch::TensorType type = context.tensor(value);
  if (type.hasRank() && type.getRank() == 1)
    context.requireEqual(channels, type.getDims()[0]);
}

/// Normalizations of channels: the input's type, and a weight for each channel.
static LogicalResult inferChannelNorm(Operation *op,
                                      InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  if (type.hasRank() && type.getRank() >= 2)
    for (StringRef name : {"weight", "running_mean"})
      requireChannels(context, type.getDims()[1], name);
  return inferSameType(op, context);
}

/// Normalizations of the last dimensions, whose sizes are given.
static LogicalResult inferLastDimsNorm(Operation *op,
                                       InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims shape = getSizes(context, context.operand("normalized_shape"));
  if (type.hasRank() && shape && shape->size() <= size_t(type.getRank()))
    for (auto [size, expected] :
         llvm::zip(type.getDims().take_back(shape->size()), *shape))
      context.requireEqual(size, expected);
  return inferSameType(op, context);
}

/// native_batch_norm and its kin: the output, and two vectors that only
/// training uses.
static LogicalResult inferNativeBatchNorm(Operation *op,
                                          InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type), type.getDtype());
  for (unsigned i = 1; i < op->getNumResults(); ++i)
    context.setTensor(i, std::nullopt, type.getDtype());
  return success();
}

/// native_layer_norm: output, and the statistics with sizes 1 where normalized.
static LogicalResult inferNativeLayerNorm(Operation *op,
                                          InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type), type.getDtype());
  OptionalDims statistics = getDims(type);
  std::optional<SmallVector<Value>> shape =
      context.getKnown().getList(context.operand("normalized_shape"));
  if (statistics && shape && shape->size() <= statistics->size())
    std::fill(statistics->end() - shape->size(), statistics->end(),
              context.constant(1));
  else
    statistics = std::nullopt;
  for (unsigned i = 1; i < op->getNumResults(); ++i)
    context.setTensor(i, statistics, type.getDtype());
  return success();
}

/// _weight_norm_interface(v, g, dim): the weight like v, its norms like g.
static LogicalResult inferWeightNorm(Operation *op, InferenceContext &context) {
  for (unsigned i = 0; i < 2; ++i)
    context.setResult(i, context.tensor(op->getOperand(i)));
  return success();
}

void torchonnx::registerNormalizationShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.batch_norm", "aten.group_norm", "aten.instance_norm"},
               inferChannelNorm);
  registry.add({"aten.layer_norm", "aten.rms_norm"}, inferLastDimsNorm);
  registry.add({"aten.renorm", "aten._weight_norm"}, inferSameType);
  registry.add({"aten._weight_norm_interface"}, inferWeightNorm);
  registry.add({"aten.native_batch_norm",
                "aten._native_batch_norm_legit_no_training",
                "aten._native_batch_norm_legit_functional",
                "aten._native_batch_norm_legit.no_stats",
                "aten._batch_norm_impl_index", "aten.native_group_norm"},
               inferNativeBatchNorm);
  registry.add({"aten.native_layer_norm", "aten._fused_rms_norm"},
               inferNativeLayerNorm);
}
