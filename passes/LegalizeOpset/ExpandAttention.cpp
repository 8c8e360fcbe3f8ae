//===- ExpandAttention.cpp - Attention by matrix products -----------------===//

#include "passes/LegalizeOpset/Rewrites.h"

#include "lib/Support/Constants.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;
using Symbolic::DimAttr;

namespace {

/// The size of an axis as a 0-d i64 tensor.
Value sizeOf(Context &c, Value value, int64_t axis) {
  Type i64 = c.b.getBuilder().getI64Type();
  DimAttr size = OnnxBuilder::dims(value)[axis];
  if (size && size.isConstant())
    return c.b.scalar(*size.getConstantValue(), i64);
  return c.b.squeeze(c.b.shape(value, axis, axis + 1), int64_t(0));
}

/// [B, S, H * D] to [B, H, S, D], or with the last two axes exchanged.
Value splitHeads(Context &c, Value value, int64_t heads, bool transposed) {
  SmallVector<DimAttr> dims = OnnxBuilder::dims(value);
  DimAttr size = Symbolic::floorDiv(dims[2], heads);
  int64_t last = size && size.isConstant() ? *size.getConstantValue() : -1;
  RankedTensorType type =
      OnnxBuilder::tensorType({dims[0], dims[1], c.b.dim(heads), size},
                              OnnxBuilder::elementType(value));
  Value split = c.b.reshape(value, type, c.b.ints({0, 0, heads, last}));
  if (transposed)
    return c.b.transpose(split, {0, 2, 3, 1});
  return c.b.transpose(split, {0, 2, 1, 3});
}

/// [B, H, A, B] to [B, H * times, A, B], each head `times` times in a row.
Value repeatHeads(Context &c, Value value, int64_t times) {
  if (times == 1)
    return value;
  SmallVector<DimAttr> dims = OnnxBuilder::dims(value);
  Type elementType = OnnxBuilder::elementType(value);
  Value wide = c.b.unsqueeze(value, int64_t(2));
  wide = c.b.expand(
      wide, c.b.ints({1, 1, times, 1, 1}),
      OnnxBuilder::tensorType(
          {dims[0], dims[1], c.b.dim(times), dims[2], dims[3]}, elementType));
  RankedTensorType type = OnnxBuilder::tensorType(
      {dims[0], Symbolic::mul(dims[1], times), dims[2], dims[3]}, elementType);
  if (Value result = c.b.tryReshape(wide, type))
    return result;
  Value target = c.b.concat({c.b.shape(value, 0, 1),
                             c.b.mul(c.b.shape(value, 1, 2), c.b.ints(times)),
                             c.b.shape(value, 2, 4)},
                            0);
  return c.b.reshape(wide, type, target);
}

/// True where a query may look at a key: column <= row + offset. `past` is the
/// number of keys before the first query, null for none.
Value causalMask(Context &c, Value scores, Value past) {
  Type i64 = c.b.getBuilder().getI64Type();
  DimAttr rowCount = OnnxBuilder::dims(scores)[2],
          columnCount = OnnxBuilder::dims(scores)[3];
  Value zero = c.b.scalar(int64_t(0), i64), one = c.b.scalar(int64_t(1), i64);
  auto count = [&](int64_t axis, DimAttr size) {
    return c.b.create<Onnx::RangeOp>(OnnxBuilder::tensorType(size, i64),
                                     {zero, sizeOf(c, scores, axis), one});
  };
  Value rows = c.b.unsqueeze(count(2, rowCount), int64_t(1));
  if (past)
    rows = c.b.add(rows, past);
  return c.b.lessOrEqual(c.b.unsqueeze(count(3, columnCount), int64_t(0)),
                         rows);
}

/// A tensor of real numbers none of which is infinite, as far as the operations
/// that make it tell. Masks are built from constants.
bool isFinite(Value value, int depth = 8) {
  if (Attribute constant = getConstant(value)) {
    auto type = dyn_cast<ShapedType>(value.getType());
    if (!type || !type.hasStaticShape() || type.getNumElements() > 65536)
      return false;
    if (isa<IntegerType>(type.getElementType()))
      return true;
    std::optional<SmallVector<double>> numbers = readFloats(constant);
    return numbers && llvm::all_of(*numbers, [](double number) {
             return std::isfinite(number);
           });
  }
  Operation *op = value.getDefiningOp();
  if (!op || depth == 0)
    return false;
  if (isa<Onnx::WhereOp>(op))
    return isFinite(op->getOperand(1), depth - 1) &&
           isFinite(op->getOperand(2), depth - 1);
  if (isa<Onnx::UnsqueezeOp, Onnx::SqueezeOp, Onnx::ReshapeOp, Onnx::ExpandOp,
          Onnx::SliceOp, Onnx::TransposeOp, Onnx::GatherOp, Onnx::IdentityOp,
          Onnx::FlattenOp>(op))
    return isFinite(op->getOperand(0), depth - 1);
  // From integers and booleans.
  if (isa<Onnx::CastOp>(op)) {
    Type from = OnnxBuilder::elementType(op->getOperand(0));
    return isa<IntegerType>(from);
  }
  // Of a difference or product of a few small numbers.
  if (isa<Onnx::SubOp, Onnx::MulOp>(op)) {
    auto isSmall = [&](Value operand) {
      auto cast = operand.getDefiningOp<Onnx::CastOp>();
      return cast && OnnxBuilder::elementType(cast->getOperand(0)).isInteger(1);
    };
    bool lhs = isFinite(op->getOperand(0), depth - 1),
         rhs = isFinite(op->getOperand(1), depth - 1);
    if (isa<Onnx::SubOp>(op))
      return lhs && rhs &&
             (isSmall(op->getOperand(0)) || isSmall(op->getOperand(1)));
    // One factor is at most 1 away from a boolean.
    auto isFlag = [&](Value operand) {
      auto sub = operand.getDefiningOp<Onnx::SubOp>();
      return isSmall(operand) || (sub && (isSmall(sub->getOperand(0)) ||
                                          isSmall(sub->getOperand(1))));
    };
    return lhs && rhs &&
           (isFlag(op->getOperand(0)) || isFlag(op->getOperand(1)));
  }
  return false;
}

Outcome expandAttention(Context &c) {
  if (c.op->getNumOperands() > 6 && c.operand(6))
    return Outcome::Unchanged;
  if (c.getInt("left_window_size", -1) != -1 ||
      c.getInt("right_window_size", -1) != -1)
    return Outcome::Unchanged;
  Value q = c.operand(0), k = c.operand(1), v = c.operand(2);
  for (Value value : {q, k, v}) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || (type.getRank() != 3 && type.getRank() != 4))
      return Outcome::Unchanged;
  }
  Type type = OnnxBuilder::elementType(q);
  Type softmaxType = type;
  if (int64_t precision = c.getInt("softmax_precision", 0))
    softmaxType = Onnx::getElementType(c.op->getContext(), int(precision));
  if (!softmaxType)
    return Outcome::Unchanged;
  bool joined = OnnxBuilder::rank(q) == 3;
  int64_t queryHeads = c.getInt("q_num_heads", 0),
          keyHeads = c.getInt("kv_num_heads", 0);
  Value pastKey = c.operand(4), pastValue = c.operand(5);
  bool keepsKey = pastKey || c.isUsed(1);

  // Queries, keys with their last axes exchanged, values.
  if (joined) {
    if (queryHeads <= 0 || keyHeads <= 0)
      return Outcome::Unchanged;
    q = splitHeads(c, q, queryHeads, false);
    k = splitHeads(c, k, keyHeads, /*transposed=*/!keepsKey);
    v = splitHeads(c, v, keyHeads, false);
  } else {
    auto heads = [](Value value) {
      DimAttr size = OnnxBuilder::dims(value)[1];
      return size ? size.getConstantValue().value_or(0) : 0;
    };
    queryHeads = heads(q);
    keyHeads = heads(k);
    if (OnnxBuilder::dims(q)[1] == OnnxBuilder::dims(k)[1] &&
        OnnxBuilder::dims(q)[1])
      queryHeads = keyHeads = 1;
    else if (queryHeads <= 0 || keyHeads <= 0)
      return Outcome::Unchanged;
  }
  if (queryHeads % keyHeads)
    return Outcome::Unchanged;
  Value past;
  if (pastKey) {
    if (OnnxBuilder::rank(pastKey) != 4 || !pastValue)
      return Outcome::Unchanged;
    past = sizeOf(c, pastKey, 2);
    k = c.b.concat({pastKey, k}, 2);
    v = c.b.concat({pastValue, v}, 2);
  }
  Value presentKey = k, presentValue = v;
  if (!joined || keepsKey)
    k = c.b.transpose(k, {0, 1, 3, 2});
  k = repeatHeads(c, k, queryHeads / keyHeads);
  v = repeatHeads(c, v, queryHeads / keyHeads);

  // The scale goes to whatever is smaller: a query has fewer elements than a
  // row of scores.
  double scale = c.getReal("scale", 0.0);
  DimAttr headSize = OnnxBuilder::dims(q)[3];
  if (c.op->hasAttr("scale")) {
    if (scale != 1.0)
      q = c.b.mul(q, c.b.scalar(scale, type));
  } else if (headSize && headSize.isConstant()) {
    q = c.b.mul(
        q, c.b.scalar(1.0 / std::sqrt(double(*headSize.getConstantValue())),
                      type));
  } else {
    q = c.b.div(q, c.b.sqrt(c.b.cast(sizeOf(c, q, 3), type)));
  }
  Value scores = c.b.matmul(q, k);
  int64_t mode = c.getInt("qk_matmul_output_mode", 0);
  Value shown = mode == 0 ? scores : Value();
  if (double softcap = c.getReal("softcap", 0.0)) {
    Value cap = c.b.scalar(softcap, type);
    scores = c.b.mul(c.b.tanh(c.b.div(scores, cap)), cap);
  }
  if (mode == 1)
    shown = scores;
  Type scoresType = scores.getType();

  // What may be looked at (a boolean mask, causality), and what is added. A row
  // that may look at nothing has a result of 0.
  Value mask = c.operand(3), allowed;
  bool mayBeEmpty = false;
  if (c.getInt("is_causal", 0))
    allowed = causalMask(c, scores, past);
  if (mask && OnnxBuilder::elementType(mask).isInteger(1)) {
    allowed = allowed ? c.b.logicalAnd(allowed, mask) : mask;
    mayBeEmpty = true;
  }
  bool mayBeNaN = false;
  if (mask && !OnnxBuilder::elementType(mask).isInteger(1)) {
    scores = c.b.create<Onnx::AddOp>(scoresType, {scores, mask});
    mayBeNaN = !isFinite(mask);
  }
  if (allowed)
    // With -inf a row of nothing else would be NaN; the lowest number gives the
    // same probabilities to all others.
    scores = c.b.create<Onnx::WhereOp>(
        scoresType,
        {allowed, scores,
         c.b.scalar(mode == 2 || mayBeNaN ? -INFINITY
                    : type.isF16()        ? -65504.0
                    : type.isF64()  ? std::numeric_limits<double>::lowest()
                    : type.isBF16() ? -3.3895313892515355e38
                                    : std::numeric_limits<float>::lowest(),
                    type)});
  if (mode == 2) {
    shown = scores;
    mayBeNaN |= bool(allowed);
  }
  Value weights = c.b.softmax(c.b.cast(scores, softmaxType), 3);
  if (mayBeNaN) {
    Value isNaN = c.b.create<Onnx::IsNaNOp>(
        OnnxBuilder::withElementType(scoresType, c.b.getBuilder().getI1Type()),
        weights);
    weights = c.b.create<Onnx::WhereOp>(
        weights.getType(), {isNaN, c.b.scalar(0.0, softmaxType), weights});
  } else if (mayBeEmpty) {
    weights = c.b.create<Onnx::WhereOp>(
        weights.getType(), {allowed, weights, c.b.scalar(0.0, softmaxType)});
  }
  weights = c.b.cast(weights, type);
  if (mode == 3)
    shown = weights;
  Value y = c.b.matmul(weights, c.b.cast(v, type));
  y = c.b.cast(y, OnnxBuilder::elementType(c.op->getResult(0)));
  if (joined) {
    y = c.b.transpose(y, {0, 2, 1, 3});
    SmallVector<DimAttr> dims = OnnxBuilder::dims(y);
    DimAttr width = Symbolic::mul(dims[2], dims[3]);
    int64_t last = width && width.isConstant() ? *width.getConstantValue() : -1;
    y = c.b.reshape(y,
                    OnnxBuilder::tensorType({dims[0], dims[1], width},
                                            OnnxBuilder::elementType(y)),
                    c.b.ints({0, 0, last}));
  }
  return c.replace({y, c.isUsed(1) ? presentKey : Value(),
                    c.isUsed(2) ? presentValue : Value(),
                    c.isUsed(3) ? shown : Value()});
}

} // namespace

void legalize_opset::registerAttention(Table &table) {
  table.expand("Attention", 23, expandAttention);
}
