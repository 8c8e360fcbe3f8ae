//===- Attention.cpp - Shape functions: attention -------------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// scaled_dot_product_attention: (..., L, E), (..., S, E), (..., S, Ev) ->
/// (..., L, Ev). With enable_gqa the query's heads are the result's.
static LogicalResult inferAttention(Operation *op, InferenceContext &context) {
  Torch::TensorType query = context.tensor(op->getOperand(0));
  Torch::TensorType value = context.tensor(op->getOperand(2));
  if (!query.hasRank() || !value.hasRank() || query.getRank() < 2 ||
      value.getRank() < 2) {
    context.setTensor(0, std::nullopt, query.getDtype());
    return success();
  }
  Dims dims(query.getDims());
  dims.back() = value.getDims().back();
  if (context.getBool("enable_gqa") != true &&
      query.getRank() == value.getRank())
    for (int64_t i = 0; i + 2 < query.getRank(); ++i)
      dims[i] = Symbolic::broadcast(dims[i], value.getDims()[i]);
  context.setTensor(0, dims, query.getDtype());
  // Other results (the logsumexp, random state) serve training only.
  for (unsigned i = 1; i < op->getNumResults(); ++i)
    if (isa<Torch::TensorType>(op->getResult(i).getType()))
      context.setTensor(i, std::nullopt, Type());
  return success();
}

/// _native_multi_head_attention: [B, L, E] and, for need_weights, the weights
/// [B, L, S], or [B, H, L, S] if they are not averaged.
static LogicalResult inferNativeMultiHead(Operation *op,
                                          InferenceContext &context) {
  Torch::TensorType query = context.tensor(op->getOperand(0));
  Torch::TensorType key = context.tensor(op->getOperand(1));
  Type dtype = query.getDtype();
  context.setTensor(0, getDims(query), dtype);
  std::optional<bool> isAverage = context.getBool("average_attn_weights");
  std::optional<int64_t> heads = context.getInt("num_head");
  if (context.getBool("need_weights") != true || !isAverage || !heads ||
      !query.hasRank() || query.getRank() != 3 || !key.hasRank() ||
      key.getRank() != 3) {
    context.setTensor(1, std::nullopt, dtype);
    return success();
  }
  Dims dims{query.getDims()[0], query.getDims()[1], key.getDims()[1]};
  if (!*isAverage)
    dims.insert(dims.begin() + 1,
                DimAttr::getConstant(op->getContext(), *heads));
  context.setTensor(1, dims, dtype);
  return success();
}

void torchonnx::registerAttentionShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.scaled_dot_product_attention",
                "aten._scaled_dot_product_flash_attention_for_cpu",
                "aten._scaled_dot_product_efficient_attention",
                "aten._scaled_dot_product_attention_math"},
               inferAttention);
  registry.add({"aten._native_multi_head_attention"}, inferNativeMultiHead);
  registry.add({"aten._transformer_encoder_layer_fwd"}, inferSameType);
}
