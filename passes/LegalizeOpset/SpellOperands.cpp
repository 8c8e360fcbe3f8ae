//===- SpellOperands.cpp - Operands that were attributes ------------------===//

#include "passes/LegalizeOpset/Rewrites.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

/// The integers of the operand `index`, if it is there; refuses what is no
/// constant.
static FailureOr<std::optional<SmallVector<int64_t>>>
getOperandInts(Context &c, unsigned index, int needed, StringRef name) {
  Value value = c.operand(index);
  if (!value)
    return std::optional<SmallVector<int64_t>>();
  std::optional<SmallVector<int64_t>> ints = c.ints(value);
  if (!ints) {
    c.refuse(needed, "with '" + name + "' that are computed");
    return failure();
  }
  return ints;
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

template <int needed> static Outcome spellReduction(Context &c) {
  auto axes = getOperandInts(c, 1, needed, "axes");
  if (failed(axes))
    return Outcome::Refused;
  StringRef name = Onnx::getOpType(c.op);
  Value data = c.operand(0);
  bool none = !*axes || (*axes)->empty();
  if (none && c.getInt("noop_with_empty_axes", 0)) {
    // What the operator does to each element of a reduction of one element.
    if (name == "ReduceL1" || name == "ReduceL2")
      return c.replace(c.b.abs(data));
    if (name == "ReduceSumSquare")
      return c.replace(c.b.mul(data, data));
    if (name == "ReduceLogSum")
      return c.replace(c.b.log(data));
    return c.replace(data);
  }
  SmallVector<NamedAttribute> attributes =
      c.attributesWithout({"noop_with_empty_axes"});
  if (!none)
    attributes.push_back(c.b.intsAttr("axes", **axes));
  return c.respell(name, data, attributes);
}

//===----------------------------------------------------------------------===//
// Squeeze, Unsqueeze, Split
//===----------------------------------------------------------------------===//

static Outcome spellAxes(Context &c) {
  auto axes = getOperandInts(c, 1, 13, "axes");
  if (failed(axes))
    return Outcome::Refused;
  SmallVector<NamedAttribute> attributes(c.op->getAttrs());
  if (*axes)
    attributes.push_back(c.b.intsAttr("axes", **axes));
  return c.respell(Onnx::getOpType(c.op), c.operand(0), attributes);
}

/// The sizes of equal parts of a dimension that only the data tells: all but
/// the last are size / parts, rounded up.
static Value computePartSizes(Context &c, int64_t axis, int64_t parts) {
  Type i64 = c.b.getBuilder().getI64Type();
  Type one = RankedTensorType::get(1, i64);
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  Value shape = c.b.create<Onnx::ShapeOp>(
      RankedTensorType::get(type ? type.getRank() : ShapedType::kDynamic, i64),
      c.operand(0));
  Value size = c.b.create<Onnx::GatherOp>(one, {shape, c.b.ints(axis)},
                                          {c.b.intAttr("axis", 0)});
  Value each = c.b.div(c.b.add(size, c.b.ints(parts - 1)), c.b.ints(parts));
  SmallVector<Value> sizes(parts - 1, each);
  sizes.push_back(c.b.sub(size, c.b.mul(each, c.b.ints(parts - 1))));
  return c.b.concat(sizes, 0);
}

static Outcome spellSplit(Context &c) {
  Value sizesValue = c.operand(1);
  std::optional<SmallVector<int64_t>> known = c.ints(sizesValue);
  if (sizesValue && !known && c.target < 13)
    return c.refuse(13, "with 'split' that is computed");
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  int64_t parts = c.op->getNumResults();
  if (!sizesValue) {
    // Equal parts are the default, but there is no smaller last one.
    int64_t axis = c.getInt("axis", 0);
    Symbolic::DimAttr size;
    if (type)
      size = OnnxBuilder::dims(
          c.operand(0))[axis < 0 ? axis + type.getRank() : axis];
    Symbolic::DimAttr rest = Symbolic::mod(size, c.b.dim(parts));
    bool divides = rest && rest.getConstantValue() == 0;
    bool isConstant = size && size.isConstant();
    // Of an unknown rank (in onnx's own function bodies) the parts are equal,
    // or the model says so when it runs.
    if (!divides && !isConstant && type && c.target < 13)
      return c.refuse(13, "of a dimension whose size is not known into parts "
                          "of equal size");
    if (!divides && !isConstant && c.target >= 13)
      sizesValue = computePartSizes(c, axis, parts);
    if (!divides && isConstant) {
      int64_t total = *size.getConstantValue();
      int64_t each = (total + parts - 1) / parts;
      known.emplace();
      for (int64_t i = 0; i < parts; ++i)
        known->push_back(
            std::max<int64_t>(0, std::min(each, total - i * each)));
      sizesValue = c.b.ints(*known);
    }
  }
  SmallVector<NamedAttribute> attributes = c.attributesWithout({"num_outputs"});
  if (c.target >= 13)
    return c.respell("Split", {c.operand(0), sizesValue}, attributes);
  if (known)
    attributes.push_back(c.b.intsAttr("split", *known));
  return c.respell("Split", c.operand(0), attributes);
}

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

static Outcome spellDropout(Context &c) {
  Value training = c.operand(2);
  std::optional<SmallVector<int64_t>> flag = c.ints(training);
  if (training && (!flag || flag->empty() || flag->front()))
    return c.refuse(12, "that may be training");
  if (c.isUsed(1))
    return c.refuse(12, "whose mask is used");
  return c.replace({c.operand(0), Value()});
}

/// The axis of a Fourier transform.
static Outcome spellDft(Context &c) {
  auto axis = getOperandInts(c, 2, 20, "axis");
  if (failed(axis))
    return Outcome::Refused;
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  // The default is the axis before the last; it was the second one.
  int64_t value = *axis && !(*axis)->empty() ? (*axis)->front() : -2;
  if (value < 0) {
    if (!type)
      return c.refuse(20, "on a tensor of unknown rank");
    value += type.getRank();
  }
  SmallVector<NamedAttribute> attributes(c.op->getAttrs());
  attributes.push_back(c.b.intAttr("axis", value));
  return c.respell("DFT", {c.operand(0), c.operand(1)}, attributes);
}

static Outcome spellGridSample(Context &c) {
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  if (c.target < 16)
    return c.refuse(16);
  if (!type || type.getRank() != 4)
    return c.refuse(20, "on other tensors than images");
  StringRef mode = c.getString("mode", "linear");
  SmallVector<NamedAttribute> attributes = c.attributesWithout({"mode"});
  attributes.push_back(c.b.stringAttr("mode", mode == "linear"  ? "bilinear"
                                              : mode == "cubic" ? "bicubic"
                                                                : mode));
  return c.respell("GridSample", {c.operand(0), c.operand(1)}, attributes);
}

/// A recurrent layer whose tensors have the batch first.
static Outcome spellLayout(Context &c) {
  if (c.getInt("layout", 0) != 0)
    return c.refuse(14, "with 'layout'");
  return Outcome::Unchanged;
}

/// Values of another type than the exponent's.
static Outcome expandPow(Context &c) {
  Value base = c.operand(0), exponent = c.operand(1);
  Type type = OnnxBuilder::elementType(base);
  if (type == OnnxBuilder::elementType(exponent))
    return Outcome::Unchanged;
  if (!isa<FloatType>(type))
    return c.refuse(12, "on integers with an exponent of another type");
  return c.replace(c.b.pow(base, c.b.cast(exponent, type)));
}

static Outcome expandCastLike(Context &c) {
  return c.replace(
      c.b.cast(c.operand(0), OnnxBuilder::elementType(c.op->getResult(0))));
}

/// The statistics of a normalization had the type of the data.
static Outcome expandBatchNorm(Context &c) {
  if (c.getInt("training_mode", 0))
    return c.refuse(14, "with 'training_mode'");
  Type type = OnnxBuilder::elementType(c.operand(0)), widest = type;
  for (unsigned i = 1; i < 5; ++i)
    if (OnnxBuilder::elementType(c.operand(i)).getIntOrFloatBitWidth() >
        widest.getIntOrFloatBitWidth())
      widest = OnnxBuilder::elementType(c.operand(i));
  SmallVector<Value> operands;
  bool changed = false;
  for (unsigned i = 0; i < 5; ++i) {
    operands.push_back(c.b.cast(c.operand(i), widest));
    changed |= operands.back() != c.operand(i);
  }
  if (!changed)
    return Outcome::Unchanged;
  Value result = c.b.create<Onnx::BatchNormalizationOp>(
      OnnxBuilder::withElementType(c.op->getResult(0).getType(), widest),
      operands, llvm::to_vector(c.op->getAttrs()));
  return c.replace({c.b.cast(result, type), Value(), Value()});
}

/// The axis of quantization plays no part for one scale.
static Outcome spellQuantization(Context &c) {
  auto type = dyn_cast<RankedTensorType>(c.operand(1).getType());
  if (c.getInt("axis", 1) != 1 && (!type || type.getRank() != 0))
    return c.refuse(13, "with 'axis'");
  c.op->removeAttr("axis");
  return Outcome::Unchanged;
}

void legalize_opset::registerOperands(Table &table) {
  for (StringRef op :
       {"ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax",
        "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSumSquare"})
    table.spell(op, 18, spellReduction<18>);
  table.spell("ReduceSum", 13, spellReduction<13>);
  table.spell("Squeeze", 13, spellAxes);
  table.spell("Unsqueeze", 13, spellAxes);
  table.spell("Split", 18, spellSplit);
  table.spell("Dropout", 12, spellDropout);
  table.spell("DFT", 20, spellDft);
  table.spell("GridSample", 20, spellGridSample);
  table.spell("LSTM", 14, spellLayout);
  table.spell("GRU", 14, spellLayout);
  table.spell("RNN", 14, spellLayout);
  table.spell("QuantizeLinear", 13, spellQuantization);
  table.spell("DequantizeLinear", 13, spellQuantization);
  table.expand("Pow", 12, expandPow);
  table.expand("CastLike", 15, expandCastLike);
  table.expand("BatchNormalization", 15, expandBatchNorm);
}
