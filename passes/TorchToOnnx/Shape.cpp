//===- Shape.cpp - Views and the order of elements ------------------------===//

#include "dialects/Torch/ShapeOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

#include <limits>

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

static LogicalResult convertIdentity(Operation *op, ConversionContext &c) {
  return c.replace(op, c.operand(op));
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

static LogicalResult reshape(Operation *op, Value sizes, ConversionContext &c) {
  Value y = c.reshapeTo(c.operand(op), op->getResult(0), sizes);
  if (!y)
    return c.fail(op, "more than one dimension of its result is unknown");
  return c.replace(op, y);
}

// view, reshape: the second operand is the shape.
static LogicalResult convertReshape(Operation *op, ConversionContext &c) {
  return reshape(op, op->getOperand(1), c);
}

static LogicalResult convertReshapeAs(Operation *op, ConversionContext &c) {
  if (Value y = c.reshapeTo(c.operand(op), op->getResult(0)))
    return c.replace(op, y);
  return c.replace(op, c.builder.reshape(c.operand(op),
                                         c.onnxType(op->getResult(0)),
                                         c.shapeOf(op->getOperand(1))));
}

static LogicalResult convertToShape(Operation *op, ConversionContext &c) {
  return reshape(op, {}, c);
}

static LogicalResult convertFlatten(AtenFlattenUsingIntsOp op,
                                    ConversionContext &c) {
  Value x = c.tensor(op.getSelf());
  auto start = op.getStartDimConst(), end = op.getEndDimConst();
  if (!start || !end)
    return c.fail(op, "its dims are not constant");
  int64_t rank = OnnxBuilder::rank(x);
  int64_t first = c.normalizeAxis(*start, rank),
          last = c.normalizeAxis(*end, rank);
  if (rank && first == last)
    return c.replace(op, x);
  // [0, .., 0, -1]: the dimensions before stay, whatever they are.
  bool fits = rank > 0 && last == rank - 1 &&
              !llvm::any_of(c.dims(op.getSelf()), [](DimAttr dim) {
                return dim && dim.getConstantValue() == 0;
              });
  if (!fits || c.onnxType(op.getResult()).hasStaticShape())
    return reshape(op, {}, c);
  SmallVector<int64_t> target(first, 0);
  target.push_back(-1);
  return c.replace(op, c.builder.reshape(x, c.onnxType(op.getResult()),
                                         c.builder.ints(target)));
}

static LogicalResult convertUnflatten(AtenUnflattenIntOp op,
                                      ConversionContext &c) {
  return reshape(op, {}, c);
}

//===----------------------------------------------------------------------===//
// Transpose
//===----------------------------------------------------------------------===//

static LogicalResult convertPermute(AtenPermuteOp op, ConversionContext &c) {
  auto dims = op.getDimsConst();
  if (!dims)
    return c.fail(op, "its dims are not constant");
  for (int64_t &dim : *dims)
    dim = c.normalizeAxis(dim, dims->size());
  return c.replace(op, c.builder.transpose(c.tensor(op.getSelf()), *dims));
}

static LogicalResult convertSwap(Operation *op, ConversionContext &c) {
  auto a = c.constInt(op->getOperand(1)), b = c.constInt(op->getOperand(2));
  if (!a || !b)
    return c.fail(op, "its dims are not constant");
  return c.replace(op, c.builder.swapAxes(c.tensor(op->getOperand(0)), *a, *b));
}

static LogicalResult convertTransposeLast(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  if (OnnxBuilder::rank(x) < 2)
    return c.replace(op, x);
  return c.replace(op, c.builder.swapAxes(x, -1, -2));
}

static LogicalResult convertReverseAxes(Operation *op, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  SmallVector<int64_t> permutation;
  for (int64_t i = OnnxBuilder::rank(x); i > 0; --i)
    permutation.push_back(i - 1);
  return c.replace(op, c.builder.transpose(x, permutation));
}

//===----------------------------------------------------------------------===//
// Dimensions of size 1
//===----------------------------------------------------------------------===//

// Removes those of `axes` whose size is 1.
static LogicalResult squeeze(Operation *op, ArrayRef<int64_t> axes,
                             ConversionContext &c) {
  ArrayRef<DimAttr> shape = c.dims(op->getOperand(0));
  SmallVector<int64_t> removed;
  for (int64_t axis : axes) {
    int64_t at = c.normalizeAxis(axis, shape.size());
    if (at < int64_t(shape.size()) && shape[at] &&
        shape[at].getConstantValue() == 1)
      removed.push_back(at);
  }
  size_t rank = c.rank(op->getResult(0));
  if (shape.size() - removed.size() != rank)
    // The caller knows that the others are of size 1.
    removed.assign(axes.begin(), axes.end());
  if (shape.size() - removed.size() != rank)
    return c.fail(op, "it depends on sizes that are unknown which dimensions "
                      "are squeezed; name them");
  return c.replace(op, c.builder.squeeze(c.tensor(op->getOperand(0)), removed));
}

static LogicalResult convertSqueeze(AtenSqueezeOp op, ConversionContext &c) {
  return squeeze(
      op, llvm::to_vector(llvm::seq<int64_t>(0, c.rank(op.getSelf()))), c);
}

static LogicalResult convertSqueezeDims(Operation *op, ConversionContext &c) {
  SmallVector<int64_t> axes;
  if (auto axis = c.constInt(op->getOperand(1)))
    axes = {*axis};
  else if (auto list = c.constInts(op->getOperand(1)))
    axes = *list;
  else
    return c.fail(op, "its dim is not constant");
  if (c.rank(op->getOperand(0)) == 0)
    return convertIdentity(op, c);
  return squeeze(op, axes, c);
}

static LogicalResult convertUnsqueeze(AtenUnsqueezeOp op,
                                      ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf());
  return c.replace(op,
                   c.builder.unsqueeze(
                       x, {c.normalizeAxis(*dim, OnnxBuilder::rank(x) + 1)}));
}

//===----------------------------------------------------------------------===//
// Order
//===----------------------------------------------------------------------===//

// x[::-1] along the axes
static Value flip(ConversionContext &c, Value x, ArrayRef<int64_t> axes) {
  if (axes.empty() || OnnxBuilder::rank(x) == 0)
    return x;
  SmallVector<int64_t> minusOne(axes.size(), -1);
  SmallVector<int64_t> ends(axes.size(), std::numeric_limits<int64_t>::min());
  return c.builder.slice(x, minusOne, ends, axes, minusOne);
}

static LogicalResult convertFlip(AtenFlipOp op, ConversionContext &c) {
  auto dims = op.getDimsConst();
  if (!dims)
    return c.fail(op, "its dims are not constant");
  return c.replace(op, flip(c, c.tensor(op.getSelf()), *dims));
}

// Rotates by k quarters in the plane of two axes.
static LogicalResult convertRot90(AtenRot90Op op, ConversionContext &c) {
  auto k = op.getKConst();
  auto dims = op.getDimsConst();
  if (!k || !dims || dims->size() != 2)
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op.getSelf());
  int64_t a = (*dims)[0], b = (*dims)[1];
  switch (((*k % 4) + 4) % 4) {
  case 1:
    return c.replace(op, c.builder.swapAxes(flip(c, x, {b}), a, b));
  case 2:
    return c.replace(op, flip(c, x, {a, b}));
  case 3:
    return c.replace(op, c.builder.swapAxes(flip(c, x, {a}), a, b));
  default:
    return c.replace(op, x);
  }
}

//===----------------------------------------------------------------------===//
// Channels
//===----------------------------------------------------------------------===//

// [.., C r^2, H, W] -> [.., C, H r, W r]
static LogicalResult convertPixelShuffle(AtenPixelShuffleOp op,
                                         ConversionContext &c) {
  auto factor = op.getUpscaleFactorConst();
  if (!factor)
    return c.fail(op, "its factor is not constant");
  Type type = c.dtype(op.getResult());
  Value x = c.tensor(op.getSelf());
  if (OnnxBuilder::rank(x) == 4 && c.hasKernel("DepthToSpace", type))
    return c.replace(op, c.builder.create<Onnx::DepthToSpaceOp>(
                             c.onnxType(op.getResult()), x,
                             {c.builder.intAttr("blocksize", *factor),
                              c.builder.stringAttr("mode", "CRD")}));
  ArrayRef<DimAttr> shape = c.dims(op.getSelf());
  size_t rank = shape.size();
  DimAttr r = c.builder.dim(*factor);
  DimAttr batch = Symbolic::product(op.getContext(), shape.drop_back(3));
  DimAttr channels = Symbolic::floorDiv(shape[rank - 3], *factor * *factor);
  auto reshape = [&](Value value, ArrayRef<DimAttr> dims) {
    return c.builder.tryReshape(value, OnnxBuilder::tensorType(dims, type));
  };
  Value y =
      reshape(x, {batch, channels, r, r, shape[rank - 2], shape[rank - 1]});
  if (!y)
    return c.fail(op, "more than one of its sizes is unknown");
  // [N, C, r, r, H, W] -> [N, C, H, r, W, r]
  y = c.builder.transpose(y, {0, 1, 4, 2, 5, 3});
  y = c.reshapeTo(y, op.getResult());
  if (!y)
    return c.fail(op, "more than one of its sizes is unknown");
  return c.replace(op, y);
}

// [N, g c, ..] -> [N, c g, ..]
static LogicalResult convertChannelShuffle(Operation *op,
                                           ConversionContext &c) {
  auto groups = c.constInt(op->getOperand(1));
  auto channels = c.staticDim(op->getOperand(0), 1);
  if (!groups || !channels)
    return c.fail(op, "its number of groups or of channels is unknown");
  Value x = c.tensor(op->getOperand(0));
  Value y = c.builder.reshape(x, {0, *groups, *channels / *groups, -1});
  y = c.reshapeTo(c.builder.swapAxes(y, 1, 2), op->getResult(0));
  if (!y)
    return c.fail(op, "more than one of its sizes is unknown");
  return c.replace(op, y);
}

// Windows of an axis: their elements become the last axis.
static LogicalResult convertUnfold(AtenUnfoldOp op, ConversionContext &c) {
  auto dim = op.getDimensionConst(), size = op.getSizeConst(),
       step = op.getStepConst();
  if (!dim || !size || !step)
    return c.fail(op, "its arguments are not constant");
  int64_t rank = c.rank(op.getSelf()), axis = c.normalizeAxis(*dim, rank);
  auto length = rank ? c.staticDim(op.getSelf(), axis) : 1;
  if (!length)
    return c.fail(op, "the size of the dimension that it unfolds is unknown");
  int64_t count = (*length - *size) / *step + 1;
  SmallVector<int64_t> indices;
  for (int64_t i = 0; i < count; ++i)
    for (int64_t j = 0; j < *size; ++j)
      indices.push_back(i * *step + j);
  Value x = c.tensor(op.getSelf());
  if (rank == 0)
    return c.replace(op, c.builder.unsqueeze(x, {0}));
  Value table = c.builder.initializer(
      DenseElementsAttr::get(RankedTensorType::get({count, *size}, c.i64()),
                             ArrayRef<int64_t>(indices)));
  Value y = c.builder.gather(x, table, axis);
  SmallVector<int64_t> permutation;
  for (int64_t i = 0; i <= rank; ++i)
    if (i != axis + 1)
      permutation.push_back(i);
  permutation.push_back(axis + 1);
  return c.replace(op, c.builder.transpose(y, permutation));
}

void torchonnx::registerShapeConversions(ConversionRegistry &r) {
  r.addAll<AtenViewOp, AtenReshapeOp, Aten_UnsafeViewOp, Aten_ReshapeAliasOp>(
      convertReshape);
  r.addAll<AtenViewAsOp, AtenReshapeAsOp>(convertReshapeAs);
  r.add<AtenFlattenUsingIntsOp>(convertFlatten);
  r.add<AtenUnflattenIntOp>(convertUnflatten);
  r.add<AtenRavelOp>(convertToShape);
  r.add<AtenPermuteOp>(convertPermute);
  r.addAll<AtenTransposeIntOp, AtenSwapaxesOp, AtenSwapdimsOp>(convertSwap);
  r.addAll<AtenTOp, AtenMTOp, AtenAdjointOp>(convertTransposeLast);
  r.add<AtenNumpyTOp>(convertReverseAxes);
  r.add<AtenSqueezeOp>(convertSqueeze);
  r.addAll<AtenSqueezeDimOp, AtenSqueezeDimsOp>(convertSqueezeDims);
  r.add<AtenUnsqueezeOp>(convertUnsqueeze);
  r.addAll<AtenContiguousOp, AtenCloneOp, AtenDetachOp, AtenAliasOp, AtenLiftOp,
           AtenLiftFreshOp, AtenResolveConjOp, AtenResolveNegOp>(
      convertIdentity);
  r.add<AtenFlipOp>(convertFlip);
  r.add<AtenFliplrOp>([](Operation *op, ConversionContext &c) {
    return c.replace(op, flip(c, c.tensor(op->getOperand(0)), {1}));
  });
  r.add<AtenFlipudOp>([](Operation *op, ConversionContext &c) {
    return c.replace(op, flip(c, c.tensor(op->getOperand(0)), {0}));
  });
  r.add<AtenRot90Op>(convertRot90);
  r.add<AtenPixelShuffleOp>(convertPixelShuffle);
  r.addAll<AtenChannelShuffleOp, AtenNativeChannelShuffleOp>(
      convertChannelShuffle);
  r.add<AtenUnfoldOp>(convertUnfold);
  registerBroadcastConversions(r);
  registerPadConversions(r);
  registerSplitConversions(r);
}
