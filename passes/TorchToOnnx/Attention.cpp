//===- Attention.cpp - Attention ------------------------------------------===//

#include "dialects/Torch/AttentionOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

namespace {
// The operands of scaled dot product attention: [.., L, E], [.., S, E] and
// [.., S, Ev].
struct Attention {
  Value query, key, value;
  // Bool (true takes part) or added to the scores; null for none.
  Value mask;
  bool isCausal = false;
  // 1 / sqrt(E), if it is a number, else a tensor.
  std::optional<double> scale;
  Value scaleTensor;
};
} // namespace

static Value product(ConversionContext &c, Value a, Value b) {
  Type type = OnnxBuilder::elementType(a);
  return c.builder.cast(c.builder.matmul(a, b), type);
}

// 0 where a position may look, -inf where it would look ahead: [L, S]
static Value causalBias(ConversionContext &c, Value query, Value key) {
  Type type = OnnxBuilder::elementType(query);
  DimAttr rows = OnnxBuilder::dims(query).end()[-2],
          columns = OnnxBuilder::dims(key).end()[-2];
  Value shape = c.shapeTensor({rows, columns});
  if (!shape)
    shape = c.builder.concat(
        {c.builder.shape(query, -2, -1), c.builder.shape(key, -2, -1)}, 0);
  Type result = OnnxBuilder::tensorType({rows, columns}, type);
  Value all = c.builder.create<Onnx::ConstantOfShapeOp>(
      result, shape,
      c.builder.tensorAttr("value", c.builder.splat({1}, -INFINITY, type)));
  return c.builder.create<Onnx::TriluOp>(
      result, {all, c.builder.scalar(1, c.builder.getBuilder().getI64Type())},
      c.builder.intAttr("upper", 1));
}

// Rows of an added mask that let no position take part: [.., L, 1]
static Value emptyRows(ConversionContext &c, Value mask) {
  Type type = OnnxBuilder::elementType(mask);
  Value top =
      c.reduce<Onnx::ReduceMaxOp>(mask, {OnnxBuilder::rank(mask) - 1}, true);
  return c.builder.equal(top, c.builder.scalar(-INFINITY, type));
}

// softmax(q k^T * scale + mask) v; rows without a position to look at are 0.
// `weightsOut` gets the softmax.
static Value attend(ConversionContext &c, const Attention &a,
                    Value *weightsOut = nullptr) {
  Type type = OnnxBuilder::elementType(a.query);
  Value scores = product(c, a.query, c.builder.swapAxes(a.key, -1, -2));
  if (a.scaleTensor || *a.scale != 1)
    scores =
        c.builder.mul(scores, a.scaleTensor ? a.scaleTensor
                                            : c.builder.scalar(*a.scale, type));
  if (a.isCausal)
    scores = c.builder.add(scores, causalBias(c, a.query, a.key));
  bool isBool = a.mask && c.isBool(OnnxBuilder::elementType(a.mask));
  if (isBool)
    scores = c.where(a.mask, scores, c.builder.scalar(-INFINITY, type));
  else if (a.mask)
    scores = c.builder.add(scores, a.mask);
  Value weights =
      c.unary<Onnx::SoftmaxOp>(scores, c.builder.intAttr("axis", -1));
  // What is masked has no weight, also where softmax had nothing to divide by.
  if (isBool)
    weights = c.where(a.mask, weights, c.builder.scalar(0, type));
  if (weightsOut)
    *weightsOut = weights;
  Value y = product(c, weights, a.value);
  if (a.mask && !isBool)
    y = c.where(emptyRows(c, a.mask), c.builder.scalar(0, type), y);
  return y;
}

// Repeats the heads of a key or value so that there are as many as of queries.
static Value repeatHeads(ConversionContext &c, Value x, int64_t times) {
  if (times == 1)
    return x;
  int64_t rank = OnnxBuilder::rank(x);
  SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
  Value wide = c.builder.unsqueeze(x, {rank - 2});
  SmallVector<int64_t> target(rank + 1, 1);
  target[rank - 2] = times;
  SmallVector<DimAttr> wideShape = OnnxBuilder::dims(wide);
  wideShape[rank - 2] = c.builder.dim(times);
  Type type = OnnxBuilder::elementType(x);
  wide = c.builder.expand(wide, c.builder.ints(target),
                          OnnxBuilder::tensorType(wideShape, type));
  // [B, H, n, S, E] -> [B, H n, S, E]
  shape[rank - 3] = Symbolic::mul(shape[rank - 3], times);
  RankedTensorType result = OnnxBuilder::tensorType(shape, type);
  std::optional<int64_t> heads =
      shape[rank - 3] ? shape[rank - 3].getConstantValue() : std::nullopt;
  SmallVector<Value> parts;
  if (rank > 3)
    parts.push_back(c.builder.shape(x, 0, rank - 3));
  parts.push_back(c.builder.ints({heads.value_or(-1)}));
  parts.push_back(c.builder.shape(x, rank - 2));
  if (Value simple = c.builder.tryReshape(wide, result))
    return simple;
  return c.builder.reshape(wide, result, c.builder.concat(parts, 0));
}

// Reads the arguments; `groups` is whether heads may be shared.
static LogicalResult readAttention(Operation *op, Attention &a,
                                   ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  a.query = c.tensorAs(op->getOperand(0), type);
  a.key = c.tensorAs(op->getOperand(1), type);
  a.value = c.tensorAs(op->getOperand(2), type);
  Value mask = c.arg(op, "attn_mask");
  if (!mask)
    mask = c.arg(op, "attn_bias");
  if (mask && !c.isNone(mask))
    a.mask = c.isBool(c.dtype(mask)) ? c.tensor(mask) : c.tensorAs(mask, type);
  auto causal = c.constBool(c.arg(op, "is_causal"));
  auto dropout = c.constFloat(c.arg(op, "dropout_p"));
  if (!causal || !dropout)
    return c.fail(op, "its arguments are not constant");
  if (*dropout != 0)
    return c.fail(op, "it drops out at random; export the model after "
                      "model.eval()");
  a.isCausal = *causal;
  Value scale = c.arg(op, "scale");
  if (scale && !c.isNone(scale)) {
    a.scale = c.constFloat(scale);
    if (!a.scale)
      a.scaleTensor = c.scalarAs(scale, type);
  } else if (auto width = c.staticDim(op->getOperand(0), -1)) {
    a.scale = 1 / std::sqrt(double(*width));
  } else {
    int64_t rank = c.rank(op->getOperand(0));
    Value headSize = c.builder.cast(c.size(op->getOperand(0), rank - 1), type);
    a.scaleTensor =
        c.unary<Onnx::ReciprocalOp>(c.unary<Onnx::SqrtOp>(headSize));
  }
  Value shared = c.arg(op, "enable_gqa");
  if (!shared || c.constBool(shared) == false)
    return success();
  auto heads = c.staticDim(op->getOperand(0), -3),
       keyHeads = c.staticDim(op->getOperand(1), -3),
       valueHeads = c.staticDim(op->getOperand(2), -3);
  if (!heads || !keyHeads || !valueHeads || !*keyHeads || !*valueHeads)
    return c.fail(op, "the number of heads is unknown");
  a.key = repeatHeads(c, a.key, *heads / *keyHeads);
  a.value = repeatHeads(c, a.value, *heads / *valueHeads);
  return success();
}

static LogicalResult convertAttention(Operation *op, ConversionContext &c) {
  for (Value result : op->getResults().drop_front())
    if (!result.use_empty())
      return c.fail(op, "only its first result has an ONNX form");
  Attention a;
  if (failed(readAttention(op, a, c)))
    return failure();
  SmallVector<Value> results(op->getNumResults());
  results[0] = attend(c, a);
  return c.replace(op, results);
}

//===----------------------------------------------------------------------===//
// Layers that PyTorch computes in one step
//===----------------------------------------------------------------------===//

// x w^T + b
static Value linear(ConversionContext &c, Value x, Value weight, Value bias) {
  Value y = product(c, x, c.builder.swapAxes(weight, 0, 1));
  return bias ? c.builder.add(y, bias) : y;
}

static Value layerNorm(ConversionContext &c, Value x, Value weight, Value bias,
                       double eps) {
  return c.builder.create<Onnx::LayerNormalizationOp>(
      x.getType(), {x, weight, bias},
      {c.builder.intAttr("axis", -1), c.builder.realAttr("epsilon", eps)});
}

// A mask of PyTorch's fused layers: true is left out. Kinds: 0 [L, L],
// 1 [B, L], 2 ready to be used. Returns what takes part, for [B, H, L, L].
static Value fusedMask(ConversionContext &c, Value torchMask, int64_t kind) {
  Value mask = c.tensorAs(torchMask, c.builder.getBuilder().getI1Type());
  Value keep = c.builder.logicalNot(mask);
  if (kind == 1 && OnnxBuilder::rank(keep) == 2)
    keep = c.builder.unsqueeze(keep, {1, 2});
  return keep;
}

// Self attention with the projections of all three in one matrix.
static Value selfAttention(ConversionContext &c, Value x, int64_t heads,
                           int64_t width, Value qkvWeight, Value qkvBias,
                           Value projWeight, Value projBias, Value keep,
                           Value *weights = nullptr) {
  Value qkv = linear(c, x, qkvWeight, qkvBias);
  // [B, L, 3 H D] -> [3, B, H, L, D]
  qkv = c.builder.reshape(qkv, {0, 0, 3, heads, width / heads});
  qkv = c.builder.transpose(qkv, {2, 0, 3, 1, 4});
  Type i64 = c.builder.getBuilder().getI64Type();
  auto part = [&](int64_t i) {
    return c.builder.gather(qkv, c.builder.scalar(i, i64), 0);
  };
  Attention a;
  a.query = part(0);
  a.key = part(1);
  a.value = part(2);
  a.mask = keep;
  a.scale = 1 / std::sqrt(double(width) / double(heads));
  Value y = c.builder.transpose(attend(c, a, weights), {0, 2, 1, 3});
  y = c.builder.reshape(y, {0, 0, width});
  return linear(c, y, projWeight, projBias);
}

static LogicalResult convertEncoderLayer(Aten_TransformerEncoderLayerFwdOp op,
                                         ConversionContext &c) {
  auto width = op.getEmbedDimConst(), heads = op.getNumHeadsConst();
  auto eps = op.getEpsConst();
  auto isGelu = op.getUseGeluConst(), normFirst = op.getNormFirstConst();
  bool hasMask = !c.isNone(op.getMask());
  auto kind = hasMask ? op.getMaskTypeConst() : std::optional<int64_t>(0);
  if (!width || !heads || !eps || !isGelu || !normFirst || !kind)
    return c.fail(op, "its arguments are not constant");
  if (c.rank(op.getSrc()) != 3)
    return c.fail(op, "its input is not of the form [batch, sequence, width]");
  Value keep = hasMask ? fusedMask(c, op.getMask(), *kind) : Value();
  auto attention = [&](Value x) {
    return selfAttention(c, x, *heads, *width, c.tensor(op.getQkvWeight()),
                         c.tensor(op.getQkvBias()),
                         c.tensor(op.getProjWeight()),
                         c.tensor(op.getProjBias()), keep);
  };
  auto norm1 = [&](Value x) {
    return layerNorm(c, x, c.tensor(op.getNormWeight_1()),
                     c.tensor(op.getNormBias_1()), *eps);
  };
  auto norm2 = [&](Value x) {
    return layerNorm(c, x, c.tensor(op.getNormWeight_2()),
                     c.tensor(op.getNormBias_2()), *eps);
  };
  auto feedForward = [&](Value x) {
    Value y = linear(c, x, c.tensor(op.getFfnWeight_1()),
                     c.tensor(op.getFfnBias_1()));
    y = *isGelu ? c.unary<Onnx::GeluOp>(y) : c.unary<Onnx::ReluOp>(y);
    return linear(c, y, c.tensor(op.getFfnWeight_2()),
                  c.tensor(op.getFfnBias_2()));
  };
  Value x = c.tensor(op.getSrc());
  if (*normFirst) {
    x = c.builder.add(attention(norm1(x)), x);
    x = c.builder.add(feedForward(norm2(x)), x);
  } else {
    x = norm1(c.builder.add(attention(x), x));
    x = norm2(c.builder.add(feedForward(x), x));
  }
  return c.replace(op, x);
}

static LogicalResult convertNativeMultiHead(Aten_NativeMultiHeadAttentionOp op,
                                            ConversionContext &c) {
  auto width = op.getEmbedDimConst(), heads = op.getNumHeadConst();
  bool hasMask = !c.isNone(op.getMask());
  auto kind = hasMask ? op.getMaskTypeConst() : std::optional<int64_t>(0);
  if (!width || !heads || !kind)
    return c.fail(op, "its arguments are not constant");
  if (op.getQuery() != op.getKey() || op.getKey() != op.getValue() ||
      c.rank(op.getQuery()) != 3)
    return c.fail(op, "it has an ONNX form only for self attention");
  auto isAverage = op.getAverageAttnWeightsConst();
  if (!isAverage)
    return c.fail(op, "its arguments are not constant");
  if (!op->getResult(1).use_empty() && op.getNeedWeightsConst() != true)
    return c.fail(op, "its weights are used, but need_weights is not True");
  Value keep = hasMask ? fusedMask(c, op.getMask(), *kind) : Value();
  Value weights;
  Value y = selfAttention(
      c, c.tensor(op.getQuery()), *heads, *width, c.tensor(op.getQkvWeight()),
      c.tensor(op.getQkvBias()), c.tensor(op.getProjWeight()),
      c.tensor(op.getProjBias()), keep, &weights);
  if (op->getResult(1).use_empty())
    weights = {};
  else if (*isAverage)
    weights = c.reduce<Onnx::ReduceMeanOp>(weights, {1}, false);
  return c.replace(op, {y, weights});
}

void torchonnx::registerAttentionConversions(ConversionRegistry &r) {
  r.addAll<AtenScaledDotProductAttentionOp,
           Aten_ScaledDotProductAttentionMathOp,
           Aten_ScaledDotProductFlashAttentionForCpuOp,
           Aten_ScaledDotProductEfficientAttentionOp>(convertAttention);
  r.add<Aten_TransformerEncoderLayerFwdOp>(convertEncoderLayer);
  r.add<Aten_NativeMultiHeadAttentionOp>(convertNativeMultiHead);
}
