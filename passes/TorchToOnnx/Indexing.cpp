//===- Indexing.cpp - Gathers, diagonals and searches ---------------------===//

#include "dialects/Torch/IndexingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"
#include "passes/TorchToOnnx/IndexTensors.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

static Value indices(ConversionContext &c, Value torchIndices) {
  Type type = c.dtype(torchIndices);
  return type.isInteger(32) ? c.tensor(torchIndices)
                            : c.tensorAs(torchIndices, c.i64());
}

static LogicalResult convertEmbedding(AtenEmbeddingOp op,
                                      ConversionContext &c) {
  return c.replace(op, c.builder.gather(c.tensor(op.getWeight()),
                                        indices(c, op.getIndices()), 0));
}

static LogicalResult convertIndexSelect(AtenIndexSelectOp op,
                                        ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op.getSelf()), index = indices(c, op.getIndex());
  if (OnnxBuilder::rank(x) == 0)
    return c.replace(op, x);
  if (OnnxBuilder::rank(index) == 0)
    index = c.builder.unsqueeze(index, {0});
  return c.replace(
      op,
      c.builder.gather(x, index, c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
}

static LogicalResult convertGather(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  Value x = c.tensor(op->getOperand(0)), index = indices(c, op->getOperand(2));
  if (OnnxBuilder::rank(x) == 0)
    return c.replace(op, c.builder.expand(x, c.builder.shape(index),
                                          c.onnxType(op->getResult(0))));
  bool isScalar = OnnxBuilder::rank(index) == 0;
  if (isScalar)
    index = c.builder.unsqueeze(index, {0});
  Value y = c.builder.create<Onnx::GatherElementsOp>(
      OnnxBuilder::withElementType(index.getType(),
                                   OnnxBuilder::elementType(x)),
      {x, index},
      c.builder.intAttr("axis", c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
  return c.replace(op, isScalar ? c.builder.squeeze(y, {0}) : y);
}

// take_along_dim without broadcasting is gather.
static LogicalResult convertTakeAlongDim(AtenTakeAlongDimOp op,
                                         ConversionContext &c) {
  auto dim = op.getDimConst();
  Value x = c.tensor(op.getSelf()), index = indices(c, op.getIndices());
  if (c.isNone(op.getDim())) {
    x = c.builder.reshape(x, {-1});
    index = c.builder.reshape(index, {-1});
    dim = 0;
  }
  if (!dim)
    return c.fail(op, "its dim is not constant");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  for (auto [i, sizes] : llvm::enumerate(
           llvm::zip(OnnxBuilder::dims(x), OnnxBuilder::dims(index))))
    if (int64_t(i) != axis && std::get<0>(sizes) != std::get<1>(sizes))
      return c.fail(op, "its indices are broadcast; expand them first");
  return c.replace(op, c.builder.create<Onnx::GatherElementsOp>(
                           OnnxBuilder::withElementType(
                               index.getType(), OnnxBuilder::elementType(x)),
                           {x, index}, c.builder.intAttr("axis", axis)));
}

static LogicalResult convertTake(AtenTakeOp op, ConversionContext &c) {
  Value flat = c.builder.reshape(c.tensor(op.getSelf()), {-1});
  return c.replace(op, c.builder.gather(flat, indices(c, op.getIndex()), 0));
}

static LogicalResult convertIndex(Operation *op, ConversionContext &c) {
  IndexTensors index;
  if (failed(readIndexTensors(op, op->getOperand(1), index, c)))
    return failure();
  Value x = c.tensor(op->getOperand(0));
  if (index.axes.empty())
    return c.replace(op, x);
  if (index.axes.size() == 1)
    return c.replace(op, c.builder.gather(x, index.tensors[0], index.axes[0]));
  return c.replace(op, gatherPositions(c, x, index));
}

//===----------------------------------------------------------------------===//
// Diagonals
//===----------------------------------------------------------------------===//

static LogicalResult convertTriangle(Operation *op, bool upper,
                                     ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Trilu", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value diagonal = c.constInt(op->getOperand(1)) == 0
                       ? Value()
                       : c.scalarAs(op->getOperand(1), c.i64());
  return c.replace(
      op, c.builder.create<Onnx::TriluOp>(x.getType(), {x, diagonal},
                                          c.builder.intAttr("upper", upper)));
}

// The diagonal of two axes becomes the last axis.
static LogicalResult diagonal(Operation *op, int64_t offset, int64_t dim1,
                              int64_t dim2, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0));
  int64_t rank = OnnxBuilder::rank(x);
  int64_t a = c.normalizeAxis(dim1, rank), b = c.normalizeAxis(dim2, rank);
  auto rows = c.staticDim(op->getOperand(0), a),
       columns = c.staticDim(op->getOperand(0), b);
  if (!rows || !columns)
    return c.fail(op, "the sizes of its dimensions are unknown");
  SmallVector<int64_t> permutation, positions;
  for (int64_t i = 0; i < rank; ++i)
    if (i != a && i != b)
      permutation.push_back(i);
  permutation.append({a, b});
  for (int64_t i = std::max<int64_t>(0, -offset);
       i < *rows && i + offset < *columns; ++i)
    positions.push_back(i * *columns + i + offset);
  Value y = c.builder.transpose(x, permutation);
  SmallVector<int64_t> target(rank - 2, 0);
  target.push_back(*rows * *columns);
  y = c.builder.reshape(y, target);
  return c.replace(op,
                   c.builder.gather(y, c.builder.ints(positions), rank - 2));
}

static LogicalResult convertDiagonal(AtenDiagonalOp op, ConversionContext &c) {
  auto offset = op.getOffsetConst(), a = op.getDim1Const(),
       b = op.getDim2Const();
  if (!offset || !a || !b)
    return c.fail(op, "its arguments are not constant");
  return diagonal(op, *offset, *a, *b, c);
}

// Where column = row + offset in square matrices for a diagonal like the last
// axis of `torchDiagonal`; `dim` is their size.
static Value diagonalMask(ConversionContext &c, int64_t offset, DimAttr dim,
                          Value torchDiagonal) {
  std::optional<int64_t> known = dim ? dim.getConstantValue() : std::nullopt;
  if (known) {
    SmallVector<bool> flags;
    for (int64_t i = 0; i < *known * *known; ++i)
      flags.push_back(i % *known - i / *known == offset);
    return c.builder.initializer(
        DenseElementsAttr::get(RankedTensorType::get({*known, *known}, c.i1()),
                               ArrayRef<bool>(flags)));
  }
  Value length = c.size(torchDiagonal, c.rank(torchDiagonal) - 1);
  Value size = c.builder.add(length, c.builder.ints({std::abs(offset)}));
  Value columns = c.builder.create<Onnx::RangeOp>(
      OnnxBuilder::tensorType({dim}, c.i64()),
      {c.builder.scalar(0, c.i64()), c.builder.squeeze(size, {0}),
       c.builder.scalar(1, c.i64())});
  Value rows = c.builder.unsqueeze(columns, {1});
  return c.builder.equal(c.builder.sub(columns, rows),
                         c.builder.scalar(offset, c.i64()));
}

// Matrices of two axes with the last axis of x on a diagonal, 0 elsewhere.
static LogicalResult embedDiagonal(Operation *op, int64_t offset,
                                   int64_t rowAxis, int64_t columnAxis,
                                   ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Value x = c.tensor(op->getOperand(0));
  int64_t rank = OnnxBuilder::rank(x);
  DimAttr dim = c.dims(op->getResult(0))[rowAxis];
  if (offset) {
    // An element for each row.
    SmallVector<int64_t> amounts(2 * rank, 0);
    amounts[offset < 0 ? rank - 1 : 2 * rank - 1] = std::abs(offset);
    SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
    shape.back() = dim;
    Type kernel = c.kernelType("Pad", type);
    x = c.builder.create<Onnx::PadOp>(
        OnnxBuilder::tensorType(shape, kernel),
        {c.builder.cast(x, kernel), c.builder.ints(amounts), Value()},
        c.builder.stringAttr("mode", "constant"));
    x = c.builder.cast(x, type);
  }
  Value y = c.where(diagonalMask(c, offset, dim, op->getOperand(0)),
                    c.builder.unsqueeze(x, {rank}), c.builder.scalar(0, type));
  SmallVector<int64_t> permutation;
  for (int64_t i = 0, batch = 0; i <= rank; ++i)
    permutation.push_back(i == rowAxis      ? rank - 1
                          : i == columnAxis ? rank
                                            : batch++);
  return c.replace(op, c.builder.transpose(y, permutation));
}

static LogicalResult convertDiag(AtenDiagOp op, ConversionContext &c) {
  auto offset = op.getDiagonalConst();
  if (!offset)
    return c.fail(op, "its diagonal is not constant");
  return c.rank(op.getSelf()) == 1 ? embedDiagonal(op, *offset, 0, 1, c)
                                   : diagonal(op, *offset, 0, 1, c);
}

static LogicalResult convertDiagEmbed(AtenDiagEmbedOp op,
                                      ConversionContext &c) {
  auto offset = op.getOffsetConst(), a = op.getDim1Const(),
       b = op.getDim2Const();
  if (!offset || !a || !b)
    return c.fail(op, "its arguments are not constant");
  int64_t rank = c.rank(op.getResult());
  return embedDiagonal(op, *offset, c.normalizeAxis(*a, rank),
                       c.normalizeAxis(*b, rank), c);
}

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

static LogicalResult convertOneHot(AtenOneHotOp op, ConversionContext &c) {
  Value x = c.tensorAs(op.getSelf(), c.i64());
  Value depth;
  if (op.getNumClassesConst() == -1)
    // Without a number of classes the largest index tells.
    depth = c.builder.add(c.builder.reduceMax(x, {}, false),
                          c.builder.scalar(1, c.i64()));
  else
    depth = c.scalarAs(op.getNumClasses(), c.i64());
  return c.replace(
      op, c.builder.create<Onnx::OneHotOp>(c.onnxType(op.getResult()),
                                           {x, depth, c.builder.ints({0, 1})}));
}

static LogicalResult convertRepeatInterleave(AtenRepeatInterleaveSelfIntOp op,
                                             ConversionContext &c) {
  auto repeats = op.getRepeatsConst();
  auto dim = op.getDimConst();
  bool isFlat = c.isNone(op.getDim());
  if (!repeats || (!dim && !isFlat))
    return c.fail(op, "its arguments are not constant");
  Value x = c.tensor(op.getSelf());
  if (isFlat || OnnxBuilder::rank(x) == 0) {
    x = c.builder.reshape(x, {-1});
    dim = 0;
  }
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(x));
  SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
  auto size = shape[axis] ? shape[axis].getConstantValue() : std::nullopt;
  if (size && *size * *repeats <= 65536) {
    SmallVector<int64_t> table;
    for (int64_t i = 0; i < *size * *repeats; ++i)
      table.push_back(i / *repeats);
    return c.replace(op, c.builder.gather(x, c.builder.ints(table), axis));
  }
  Value wide = c.builder.unsqueeze(x, {axis + 1});
  SmallVector<int64_t> target(shape.size() + 1, 1);
  target[axis + 1] = *repeats;
  shape.insert(shape.begin() + axis + 1, c.builder.dim(*repeats));
  wide = c.builder.expand(
      wide, c.builder.ints(target),
      OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)));
  Value y = c.reshapeTo(wide, op.getResult());
  return y ? c.replace(op, y) : c.fail(op, "its sizes are unknown");
}

// How many boundaries lie below each element.
static LogicalResult countBelow(Operation *op, Value torchBoundaries,
                                Value torchValues, bool right,
                                ConversionContext &c) {
  Type type = c.promote({torchBoundaries, torchValues});
  Value boundaries = c.tensorAs(torchBoundaries, type);
  Value values = c.tensorAs(torchValues, type);
  if (OnnxBuilder::rank(boundaries) > 1)
    boundaries =
        c.builder.unsqueeze(boundaries, {OnnxBuilder::rank(boundaries) - 1});
  Value wide = c.builder.unsqueeze(values, {OnnxBuilder::rank(values)});
  Value below = right ? c.builder.lessOrEqual(boundaries, wide)
                      : c.builder.less(boundaries, wide);
  Value ones = c.builder.cast(below, c.i64());
  return c.replace(
      op, c.builder.reduceSum(ones, {OnnxBuilder::rank(ones) - 1}, false));
}

static LogicalResult convertBucketize(AtenBucketizeTensorOp op,
                                      ConversionContext &c) {
  auto right = op.getRightConst();
  if (!right)
    return c.fail(op, "its side is not constant");
  return countBelow(op, op.getBoundaries(), op.getSelf(), *right, c);
}

static LogicalResult convertSearchsorted(AtenSearchsortedTensorOp op,
                                         ConversionContext &c) {
  auto right = op.getRightConst();
  if (!right || !c.isNone(op.getSorter()))
    return c.fail(op, "its side is not constant, or it has a sorter");
  bool isRight = *right || op.getSideConst() == "right";
  return countBelow(op, op.getSortedSequence(), op.getSelf(), isRight, c);
}

// Whether each element equals any of the others.
static LogicalResult convertIsin(Operation *op, ConversionContext &c) {
  auto invert = c.constBool(c.arg(op, "invert"));
  if (!invert)
    return c.fail(op, "its invert is not constant");
  Type type = c.promote(op->getOperands().take_front(2));
  Value elements = c.tensorAs(op->getOperand(0), type);
  Value others = c.tensorAs(op->getOperand(1), type);
  Value found;
  if (OnnxBuilder::rank(others) == 0) {
    found = c.builder.equal(elements, others);
  } else {
    if (OnnxBuilder::rank(others) > 1)
      others = c.builder.reshape(others, {-1});
    int64_t rank = OnnxBuilder::rank(elements);
    Value same = c.builder.equal(c.builder.unsqueeze(elements, {rank}), others);
    // The maximum of nothing would be an error, the sum is 0.
    Value ones = c.builder.cast(same, c.builder.getBuilder().getI32Type());
    found = c.builder.cast(c.builder.reduceSum(ones, {rank}, false), c.i1());
  }
  return c.replace(op, *invert ? c.builder.logicalNot(found) : found);
}

void torchonnx::registerIndexingConversions(ConversionRegistry &r) {
  r.add<AtenEmbeddingOp>(convertEmbedding);
  r.add<AtenIndexSelectOp>(convertIndexSelect);
  r.add<AtenGatherOp>(convertGather);
  r.add<AtenTakeAlongDimOp>(convertTakeAlongDim);
  r.add<AtenTakeOp>(convertTake);
  r.addAll<AtenIndexTensorOp, AtenIndexTensorHackedTwinOp,
           Aten_UnsafeIndexTensorOp>(convertIndex);
  r.add<AtenTrilOp>([](Operation *op, ConversionContext &c) {
    return convertTriangle(op, false, c);
  });
  r.add<AtenTriuOp>([](Operation *op, ConversionContext &c) {
    return convertTriangle(op, true, c);
  });
  r.add<AtenDiagonalOp>(convertDiagonal);
  r.add<AtenDiagOp>(convertDiag);
  r.add<AtenDiagEmbedOp>(convertDiagEmbed);
  r.add<AtenOneHotOp>(convertOneHot);
  r.add<AtenRepeatInterleaveSelfIntOp>(convertRepeatInterleave);
  r.add<AtenBucketizeTensorOp>(convertBucketize);
  r.add<AtenSearchsortedTensorOp>(convertSearchsorted);
  r.addAll<AtenIsinTensorTensorOp, AtenIsinTensorScalarOp>(convertIsin);
  registerMaskConversions(r);
  registerScatterConversions(r);
  registerSliceConversions(r);
}
