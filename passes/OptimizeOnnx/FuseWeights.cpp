//===- FuseWeights.cpp - Scales and biases into the weights before them ---===//
//
// A convolution or Gemm whose weights are constants, followed by something that
// scales and shifts each of its channels by constants: BatchNormalization, Mul,
// Div, Add or Sub. The new weight is a recipe on the old one; it is computed
// when the model is written.
//
//===----------------------------------------------------------------------===//

#include "lib/Support/OnnxBuilder.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

/// A producer of channels that has constant weights.
struct Producer {
  Operation *op = nullptr;
  TypedAttr weight;
  /// Null where there is none.
  TypedAttr bias;
  int64_t channels = 0;
  /// The shape of the weight with the channels in a dimension of their own, and
  /// the shape of the channels that broadcasts to it.
  SmallVector<int64_t> weightShape, channelShape;
};

Type getElementType(TypedAttr constant) {
  return optimize::getType(constant).getElementType();
}

/// What produces `value` alone, if its channels (dimension 1) can be scaled.
std::optional<Producer> getProducer(Value value, PatternRewriter &rewriter,
                                    Operation *consumer) {
  Producer p;
  p.op = value.getDefiningOp();
  if (!isa_and_nonnull<Onnx::ConvOp, Onnx::ConvTransposeOp, Onnx::GemmOp,
                       Onnx::MatMulOp>(p.op))
    return std::nullopt;
  auto decline = [&](StringRef reason) {
    (void)rewriter.notifyMatchFailure(consumer, reason);
    return std::nullopt;
  };
  if (!value.hasOneUse())
    return decline("its operand is used elsewhere");
  p.weight = getInitializer(p.op->getOperand(1));
  if (!p.weight)
    return decline("the weight before it is no constant");
  auto type = optimize::getType(p.weight);
  if (!isa<FloatType>(type.getElementType()))
    return decline("the weight before it is no floating point number");
  if (!p.op->getOperand(1).hasOneUse() && getBytes(type) > 65536)
    return decline("the weight before it is used elsewhere");
  if (p.op->getNumOperands() > 2 && !Onnx::isNone(p.op->getOperand(2))) {
    p.bias = getInitializer(p.op->getOperand(2));
    if (!p.bias)
      return decline("the bias before it is no constant");
  }

  p.weightShape = llvm::to_vector(type.getShape());
  if (isa<Onnx::ConvOp>(p.op)) {
    p.channels = type.getDimSize(0);
    p.channelShape.assign(type.getRank(), 1);
    p.channelShape[0] = p.channels;
  } else if (auto conv = dyn_cast<Onnx::ConvTransposeOp>(p.op)) {
    // [group * in, out, ...]: the channels are group * out.
    int64_t group = conv.getGroup(), out = type.getDimSize(1);
    p.channels = group * out;
    p.weightShape = {group, type.getDimSize(0) / group, out};
    p.channelShape = {group, 1, out};
    for (int64_t size : type.getShape().drop_front(2)) {
      p.weightShape.push_back(size);
      p.channelShape.push_back(1);
    }
  } else {
    auto inputType = dyn_cast<RankedTensorType>(p.op->getOperand(0).getType());
    auto gemm = dyn_cast<Onnx::GemmOp>(p.op);
    if (type.getRank() != 2 || !inputType || inputType.getRank() != 2)
      return decline("the product before it is not one of matrices");
    if (gemm && (gemm.getAlpha() != 1.0f || gemm.getBeta() != 1.0f))
      return decline("the Gemm before it has factors");
    bool channelsFirst = gemm && gemm.getTransB();
    p.channels = type.getDimSize(channelsFirst ? 0 : 1);
    p.channelShape = {1, 1};
    p.channelShape[channelsFirst ? 0 : 1] = p.channels;
  }
  if (p.bias && optimize::getType(p.bias).getShape() != ArrayRef(p.channels))
    return decline("the bias before it is not one for each channel");
  return p;
}

/// The weight multiplied by `scale`, one for each channel, in `scale`'s type.
TypedAttr scaleWeight(const Producer &p, TypedAttr scale) {
  TypedAttr weight =
      castTo(optimize::reshape(p.weight, p.weightShape), getElementType(scale));
  TypedAttr scaled =
      combine("Mul", weight, optimize::reshape(scale, p.channelShape));
  if (!scaled)
    return {};
  return optimize::reshape(castTo(scaled, getElementType(p.weight)),
                           optimize::getType(p.weight).getShape());
}

/// The producer with other weights, in place of `consumer`.
LogicalResult rebuild(const Producer &p, Operation *consumer, TypedAttr weight,
                      TypedAttr bias, PatternRewriter &rewriter) {
  if (!weight || (p.bias && !bias))
    return rewriter.notifyMatchFailure(consumer,
                                       "the new weights cannot be computed");
  Location loc = p.op->getLoc();
  Value weightValue = p.op->getOperand(1), biasValue;
  if (weight != p.weight)
    weightValue = makeInitializer(rewriter, loc, weight,
                                  deriveName(weightValue, "fused"));
  if (p.op->getNumOperands() > 2)
    biasValue = p.op->getOperand(2);
  if (bias && bias != p.bias) {
    StringAttr name;
    if (biasValue)
      name = deriveName(biasValue, "fused");
    biasValue = makeInitializer(rewriter, loc, bias, name);
  }
  OperationName opName = p.op->getName();
  // A product gets a bias as a Gemm only.
  if (isa<Onnx::MatMulOp>(p.op) && bias)
    opName =
        OperationName(Onnx::GemmOp::getOperationName(), consumer->getContext());
  SmallVector<Value> operands{p.op->getOperand(0), weightValue};
  if (biasValue)
    operands.push_back(biasValue);
  OperationState state(loc, opName, operands, consumer->getResult(0).getType(),
                       p.op->getAttrs());
  return replace(rewriter, consumer, rewriter.create(state)->getResult(0));
}

LogicalResult fuseBatchNorm(Onnx::BatchNormalizationOp op,
                            PatternRewriter &rewriter) {
  if (op.getTrainingMode())
    return rewriter.notifyMatchFailure(op, "it is training");
  std::optional<Producer> p = getProducer(op->getOperand(0), rewriter, op);
  if (!p)
    return failure();
  TypedAttr scale = getInitializer(op->getOperand(1)),
            shift = getInitializer(op->getOperand(2)),
            mean = getInitializer(op->getOperand(3)),
            variance = getInitializer(op->getOperand(4));
  if (!scale || !shift || !mean || !variance)
    return rewriter.notifyMatchFailure(op, "its statistics are no constants");
  // The statistics are small: computing with them in double costs nothing and
  // leaves the rounding of one product.
  Type f64 = rewriter.getF64Type();
  scale = castTo(scale, f64);
  shift = castTo(shift, f64);
  mean = castTo(mean, f64);
  variance = castTo(variance, f64);
  if (!scale || !shift || !mean || !variance)
    return failure();
  std::string error;
  TypedAttr deviation = evaluate(
      "Sqrt", {combine("Add", variance, makeReal(op.getEpsilon(), f64))},
      rewriter.getDictionaryAttr({}), optimize::getType(variance), error);
  TypedAttr factor = combine("Div", scale, deviation);
  if (!factor)
    return rewriter.notifyMatchFailure(op, "its statistics don't fit");
  TypedAttr bias = mean;
  if (p->bias)
    bias = combine("Sub", castTo(p->bias, f64), mean);
  else
    bias = combine("Mul", mean, makeReal(-1.0, f64));
  bias = combine("Add", combine("Mul", bias, factor), shift);
  Type elementType = getElementType(p->weight);
  if (!bias || optimize::getType(bias).getNumElements() != p->channels)
    return rewriter.notifyMatchFailure(op, "its statistics don't fit");
  // A large weight is multiplied in its own precision, or in single for halves.
  Type computeType = elementType.getIntOrFloatBitWidth() < 32
                         ? rewriter.getF32Type()
                         : elementType;
  return rebuild(*p, op, scaleWeight(*p, castTo(factor, computeType)),
                 castTo(bias, elementType), rewriter);
}

/// The constant at one side of `op` with an element for each channel; null if
/// it has another shape.
TypedAttr getChannels(Operation *op, int at, const Producer &p,
                      PatternRewriter &rewriter) {
  auto resultType = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  TypedAttr constant = getInitializer(op->getOperand(at));
  if (!constant || !resultType)
    return {};
  ArrayRef<int64_t> shape = optimize::getType(constant).getShape();
  int64_t rank = resultType.getRank(), missing = rank - shape.size();
  if (missing < 0 || getElementType(constant) != getElementType(p.weight))
    return {};
  for (auto [i, size] : llvm::enumerate(shape))
    if (size != 1 && !(missing + int64_t(i) == 1 && size == p.channels))
      return {};
  if (optimize::getType(constant).getNumElements() == p.channels)
    return optimize::reshape(constant, p.channels);
  // One number for all channels.
  std::string error;
  return evaluate(
      "Expand",
      {optimize::reshape(constant, 1), makeInts(op->getContext(), p.channels)},
      rewriter.getDictionaryAttr({}),
      RankedTensorType::get(p.channels, getElementType(constant)), error);
}

/// A convolution and, in its element type, one number for each of its channels.
struct ConvolutionAndChannels {
  Producer convolution;
  TypedAttr channels;
};

/// The operands of `op` as a convolution and a constant; either may come first
/// where `op` commutes.
FailureOr<ConvolutionAndChannels> matchConvolution(Operation *op, bool commutes,
                                                   StringRef otherShape,
                                                   PatternRewriter &rewriter) {
  for (int at = 0; at < (commutes ? 2 : 1); ++at) {
    if (!getInitializer(op->getOperand(1 - at)))
      continue;
    std::optional<Producer> p = getProducer(op->getOperand(at), rewriter, op);
    if (!p || !isa<Onnx::ConvOp, Onnx::ConvTransposeOp>(p->op))
      continue;
    TypedAttr channels = getChannels(op, 1 - at, *p, rewriter);
    if (!channels)
      return rewriter.notifyMatchFailure(op, otherShape);
    return ConvolutionAndChannels{std::move(*p), channels};
  }
  return failure();
}

/// `Conv(x) * c` and `Conv(x) / c`.
template <typename Op>
LogicalResult fuseScale(Op op, PatternRewriter &rewriter) {
  constexpr bool isMul = std::is_same_v<Op, Onnx::MulOp>;
  auto match = matchConvolution(op, /*commutes=*/isMul,
                                "not one factor for a channel", rewriter);
  if (failed(match))
    return failure();
  auto &[p, factor] = *match;
  if (!isMul)
    factor = combine("Div", makeReal(1.0, getElementType(factor)), factor);
  TypedAttr bias = p.bias ? combine("Mul", p.bias, factor) : TypedAttr();
  return rebuild(p, op, scaleWeight(p, factor), bias, rewriter);
}

/// `Conv(x) + c` and `Conv(x) - c`.
template <typename Op>
LogicalResult fuseShift(Op op, PatternRewriter &rewriter) {
  constexpr bool isAdd = std::is_same_v<Op, Onnx::AddOp>;
  auto match = matchConvolution(op, /*commutes=*/isAdd,
                                "not one addend for a channel", rewriter);
  if (failed(match))
    return failure();
  auto &[p, shift] = *match;
  if (!isAdd)
    shift = combine("Mul", shift, makeReal(-1.0, getElementType(shift)));
  if (p.bias)
    shift = combine("Add", p.bias, shift);
  if (!shift)
    return failure();
  return rebuild(p, op, p.weight, shift, rewriter);
}

} // namespace

void optimize::populateFuseWeights(RewritePatternSet &patterns) {
  add(patterns, "fuse-batch-norm", fuseBatchNorm, 2);
  add(patterns, "fuse-scale", fuseScale<Onnx::MulOp>);
  add(patterns, "fuse-scale", fuseScale<Onnx::DivOp>);
  add(patterns, "fuse-shift", fuseShift<Onnx::AddOp>);
  add(patterns, "fuse-shift", fuseShift<Onnx::SubOp>);
}
