//===- SpellShapes.cpp - Shape, Reshape, Pad, Resize, Softmax -------------===//

#include "passes/LegalizeOpset/Rewrites.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::legalize_opset;

/// A part of a shape.
static Outcome expandShape(Context &c) {
  if (!c.op->hasAttr("start") && !c.op->hasAttr("end"))
    return Outcome::Unchanged;
  Value data = c.operand(0);
  auto type = dyn_cast<RankedTensorType>(data.getType());
  int64_t start = c.getInt("start", 0);
  int64_t end = c.getInt("end", std::numeric_limits<int64_t>::max());
  Value whole = c.b.shape(data);
  if (type) {
    int64_t rank = type.getRank();
    auto clampTo = [&](int64_t at) {
      return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
    };
    start = clampTo(start);
    end = std::max(start, clampTo(end));
    if (start == 0 && end == rank)
      return c.replace(whole);
  }
  // The type is that of the operator: without a rank nothing else says it.
  Value part = c.b.create<Onnx::SliceOp>(
      c.op->getResult(0).getType(),
      {whole, c.b.ints(start), c.b.ints(end), c.b.ints(0)});
  return c.replace(part);
}

static Outcome spellReshape(Context &c) {
  if (!c.getInt("allowzero", 0))
    return Outcome::Unchanged;
  std::optional<SmallVector<int64_t>> target = c.ints(c.operand(1));
  auto type = dyn_cast<RankedTensorType>(c.op->getResult(0).getType());
  bool hasNoZero = target && !llvm::is_contained(*target, 0);
  if (!target && type)
    hasNoZero = type.hasStaticShape() && type.getNumElements() != 0;
  if (!hasNoZero)
    return c.refuse(14, "with 'allowzero'");
  c.op->removeAttr("allowzero");
  return Outcome::Unchanged;
}

/// Pads of some axes as pads of all.
static Outcome expandPad(Context &c) {
  Value axesValue = c.operand(3);
  if (!axesValue)
    return Outcome::Unchanged;
  std::optional<SmallVector<int64_t>> axes = c.ints(axesValue),
                                      pads = c.ints(c.operand(1));
  auto type = dyn_cast<RankedTensorType>(c.operand(0).getType());
  if (!axes || !pads || !type || pads->size() != 2 * axes->size())
    return c.refuse(18, "with 'axes' or 'pads' that are computed");
  SmallVector<int64_t> all(2 * type.getRank(), 0);
  for (auto [i, axis] : llvm::enumerate(*axes)) {
    int64_t at = axis < 0 ? axis + type.getRank() : axis;
    all[at] = (*pads)[i];
    all[at + type.getRank()] = (*pads)[i + axes->size()];
  }
  return c.replace(c.b.create<Onnx::PadOp>(
      c.op->getResult(0).getType(), {c.operand(0), c.b.ints(all), c.operand(2)},
      llvm::to_vector(c.op->getAttrs())));
}

/// Modes that later opsets brought.
static Outcome checkPadMode(Context &c) {
  if (c.getString("mode", "constant") == "wrap")
    return c.refuse(19, "with the mode 'wrap'");
  return Outcome::Unchanged;
}

static Outcome spellResize(Context &c) {
  StringRef coordinates =
      c.getString("coordinate_transformation_mode", "half_pixel");
  if (coordinates == "half_pixel_symmetric")
    return c.refuse(19, "with 'half_pixel_symmetric'");
  StringRef aspect = c.getString("keep_aspect_ratio_policy", "stretch");
  if (c.target >= 18)
    return Outcome::Unchanged;
  if (c.getInt("antialias", 0))
    return c.refuse(18, "with 'antialias'");
  if (aspect != "stretch")
    return c.refuse(18, "with 'keep_aspect_ratio_policy'");
  Value data = c.operand(0), roi = c.operand(1), scales = c.operand(2),
        sizes = c.operand(3);
  auto type = dyn_cast<RankedTensorType>(data.getType());
  SmallVector<NamedAttribute> attributes =
      c.attributesWithout({"antialias", "keep_aspect_ratio_policy", "axes"});

  auto given = c.op->getAttrOfType<DenseI64ArrayAttr>("axes");
  if (given) {
    if (!type)
      return c.refuse(18, "with 'axes' on a tensor of unknown rank");
    int64_t rank = type.getRank();
    SmallVector<int64_t> axes(given.asArrayRef());
    for (int64_t &axis : axes)
      axis += axis < 0 ? rank : 0;
    if (roi)
      return c.refuse(18, "with 'axes' and 'roi'");
    // One number for each dimension: its own for those that are given.
    SmallVector<Value> pieces;
    for (int64_t i = 0; i < rank; ++i) {
      auto *at = llvm::find(axes, i);
      int64_t place = at - axes.begin();
      if (at == axes.end())
        pieces.push_back(scales ? c.b.reals(1.0, c.b.getBuilder().getF32Type())
                                : c.b.shape(data, i, i + 1));
      else
        pieces.push_back(
            c.b.slice(scales ? scales : sizes, place, place + 1, int64_t(0)));
    }
    (scales ? scales : sizes) = c.b.concat(pieces, 0);
  }
  if (c.target < 13) {
    Type f32 = c.b.getBuilder().getF32Type();
    if (!roi)
      roi = c.b.reals(ArrayRef<double>(), f32);
    if (!scales)
      scales = c.b.reals(ArrayRef<double>(), f32);
  }
  return c.respell("Resize", {data, roi, scales, sizes}, attributes);
}

/// Up to opset 12 these operators normalized all dimensions from the axis on.
static Outcome spellSoftmax(Context &c) {
  Value data = c.operand(0);
  auto type = dyn_cast<RankedTensorType>(data.getType());
  StringRef name = Onnx::getOpType(c.op);
  int64_t axis = c.getInt("axis", -1);
  if (!type)
    return c.refuse(13, "on a tensor of unknown rank");
  int64_t rank = type.getRank();
  if (axis < 0)
    axis += rank;
  if (rank == 0)
    axis = 0;
  bool isLast =
      llvm::all_of(type.getShape().drop_front(std::min(axis + 1, rank)),
                   [](int64_t size) { return size == 1; });
  if (isLast)
    return c.respell(name, data, c.b.intAttr("axis", axis));
  Value swapped = c.b.swapAxes(data, axis, rank - 1);
  Value result =
      c.spell(swapped.getType(), name, swapped, c.b.intAttr("axis", rank - 1));
  return c.replace(c.b.swapAxes(result, axis, rank - 1));
}

static Outcome checkScatter(Context &c) {
  StringRef reduction = c.getString("reduction", "none");
  if (reduction == "max" || reduction == "min")
    return c.refuse(18, "with the reduction '" + reduction + "'");
  return Outcome::Unchanged;
}

void legalize_opset::registerShapes(Table &table) {
  table.spell("Shape", 15, expandShape);
  table.spell("Reshape", 14, spellReshape);
  table.expand("Pad", 18, expandPad);
  table.spell("Pad", 19, checkPadMode);
  table.spell("Resize", 19, spellResize);
  for (StringRef op : {"Softmax", "LogSoftmax", "Hardmax"})
    table.spell(op, 13, spellSoftmax);
  table.spell("ScatterND", 18, checkScatter);
  table.spell("ScatterElements", 18, checkScatter);
}
