//===- ExpandNormalization.cpp - Normalizations by older operators --------===//

#include "passes/LegalizeOpset/Rewrites.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

/// The type that a normalization computes in (`stash_type`).
static Type getComputeType(Context &c) {
  Type type =
      Onnx::getElementType(c.op->getContext(), int(c.getInt("stash_type", 1)));
  Type own = OnnxBuilder::elementType(c.operand(0));
  // Never less than the data has.
  return type && type.getIntOrFloatBitWidth() > own.getIntOrFloatBitWidth()
             ? type
             : own;
}

/// The axes from `axis` to the last.
static std::optional<SmallVector<int64_t>> getLastAxes(Context &c) {
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  int64_t axis = c.getInt("axis", -1);
  // Counted from the end, no rank is needed.
  if (!type && axis >= 0)
    return std::nullopt;
  int64_t rank = type ? type.getRank() : 0;
  if (axis >= 0)
    axis -= rank;
  return llvm::to_vector(llvm::seq<int64_t>(axis, 0));
}

static Outcome expandLayerNorm(Context &c) {
  std::optional<SmallVector<int64_t>> axes = getLastAxes(c);
  if (!axes || !isa<RankedTensorType>(c.operand(0).getType()))
    return c.refuse(17, "on a tensor of unknown rank");
  Type type = OnnxBuilder::elementType(c.operand(0));
  Type computeType = getComputeType(c);
  Value x = c.b.cast(c.operand(0), computeType);
  Value mean = c.b.reduceMean(x, *axes, true);
  Value centered = c.b.sub(x, mean);
  Value variance = c.b.reduceMean(
      c.b.pow(centered, c.b.scalar(2.0, computeType)), *axes, true);
  Value deviation = c.b.sqrt(
      c.b.add(variance, c.b.scalar(c.getReal("epsilon", 1e-5), computeType)));
  Value y = c.b.cast(c.b.div(centered, deviation), type);
  y = c.b.mul(y, c.operand(1));
  if (c.operand(2))
    y = c.b.add(y, c.operand(2));
  SmallVector<Value> results{y, Value(), Value()};
  if (c.isUsed(1))
    results[1] = mean;
  if (c.isUsed(2))
    results[2] = c.b.unary<Onnx::ReciprocalOp>(deviation);
  return c.replace(results);
}

static Outcome expandRmsNorm(Context &c) {
  std::optional<SmallVector<int64_t>> axes = getLastAxes(c);
  if (!axes || !isa<RankedTensorType>(c.operand(0).getType()))
    return c.refuse(23, "on a tensor of unknown rank");
  Type type = OnnxBuilder::elementType(c.operand(0));
  Type computeType = getComputeType(c);
  Value x = c.b.cast(c.operand(0), computeType);
  Value meanSquare = c.b.reduceMean(c.b.mul(x, x), *axes, true);
  Value root = c.b.sqrt(
      c.b.add(meanSquare, c.b.scalar(c.getReal("epsilon", 1e-5), computeType)));
  Value y = c.b.cast(c.b.div(x, root), type);
  return c.replace(c.b.mul(y, c.operand(1)));
}

/// One group is one channel of an InstanceNormalization.
static Outcome expandGroupNorm(Context &c) {
  Value x = c.operand(0);
  auto inputType = dyn_cast<RankedTensorType>(x.getType());
  if (!inputType || inputType.getRank() < 2)
    return c.refuse(21, "on a tensor of unknown rank");
  Type type = inputType.getElementType(), computeType = getComputeType(c);
  int64_t groups = c.getInt("num_groups", 1);
  SmallVector<Symbolic::DimAttr> dims = OnnxBuilder::dims(x);
  // The elements of a group, whatever their number: [N, groups, -1].
  Symbolic::DimAttr rest = Symbolic::floorDiv(
      Symbolic::product(c.op->getContext(), ArrayRef(dims).drop_front()),
      groups);
  RankedTensorType groupedType =
      OnnxBuilder::tensorType({dims[0], c.b.dim(groups), rest}, computeType);
  Value grouped = c.b.reshape(c.b.cast(x, computeType), groupedType,
                              c.b.ints({0, groups, -1}));
  Value normal = c.b.create<Onnx::InstanceNormalizationOp>(
      groupedType,
      {grouped, c.b.filled(groups, 1.0, computeType),
       c.b.filled(groups, 0.0, computeType)},
      {c.b.realAttr("epsilon", c.getReal("epsilon", 1e-5))});
  auto resultType = cast<RankedTensorType>(
      OnnxBuilder::withElementType(inputType, computeType));
  // Of [N, C, H, W] all but the batch and one more may be told.
  SmallVector<int64_t> target{0};
  int unknown = 0;
  for (int64_t size : inputType.getShape().drop_front()) {
    unknown += ShapedType::isDynamic(size);
    target.push_back(ShapedType::isDynamic(size) ? -1 : size);
  }
  Value y = unknown <= 1 ? c.b.reshape(normal, resultType, c.b.ints(target))
                         : c.b.reshape(normal, resultType, c.b.shape(x));
  y = c.b.cast(y, type);
  // One scale and bias for each channel.
  SmallVector<int64_t> channelAxes =
      llvm::to_vector(llvm::seq<int64_t>(1, inputType.getRank() - 1));
  y = c.b.mul(y, c.b.unsqueeze(c.operand(1), channelAxes));
  return c.replace(c.b.add(y, c.b.unsqueeze(c.operand(2), channelAxes)));
}

void legalize_opset::registerNormalization(Table &table) {
  table.expand("LayerNormalization", 17, expandLayerNorm);
  table.expand("RMSNormalization", 23, expandRmsNorm);
  table.expand("GroupNormalization", 21, expandGroupNorm);
}
