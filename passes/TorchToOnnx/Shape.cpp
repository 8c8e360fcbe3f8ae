//===- Shape.cpp - Views, joining and splitting ---------------------------===//

#include "dialects/Torch/ShapeOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

// The first operand in the result's dtype.
static Value input(Operation *op, ConversionContext &c) {
  return c.tensorAs(op->getOperand(0), c.dtype(op->getResult(0)));
}

static LogicalResult convertIdentity(Operation *op, ConversionContext &c) {
  return c.replace(op, input(op, c));
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

static LogicalResult reshape(Operation *op, Value sizes, ConversionContext &c) {
  Value y = c.reshapeTo(input(op, c), op->getResult(0), sizes);
  if (!y)
    return c.fail(op, "more than one dimension of its result is unknown");
  return c.replace(op, y);
}

// view, reshape: the second operand is the shape.
static LogicalResult convertReshape(Operation *op, ConversionContext &c) {
  return reshape(op, op->getOperand(1), c);
}

static LogicalResult convertReshapeAs(Operation *op, ConversionContext &c) {
  if (Value y = c.reshapeTo(input(op, c), op->getResult(0)))
    return c.replace(op, y);
  return c.replace(op,
                   c.builder.reshape(input(op, c), c.onnxType(op->getResult(0)),
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
// Repetition
//===----------------------------------------------------------------------===//

static LogicalResult convertExpand(Operation *op, ConversionContext &c) {
  if (Value y = c.expandTo(input(op, c), op->getResult(0), op->getOperand(1)))
    return c.replace(op, y);
  return c.fail(op, "its sizes are unknown");
}

static LogicalResult convertExpandAs(Operation *op, ConversionContext &c) {
  if (Value y = c.expandTo(input(op, c), op->getResult(0)))
    return c.replace(op, y);
  return c.replace(op,
                   c.builder.expand(input(op, c), c.shapeOf(op->getOperand(1)),
                                    c.onnxType(op->getResult(0))));
}

// Tile; axes that the repeats have beyond those of the input are new.
static LogicalResult convertRepeat(Operation *op, ConversionContext &c) {
  auto repeats = c.listElements(op->getOperand(1));
  Value counts = repeats ? c.intListTensor(op->getOperand(1)) : Value();
  if (!counts)
    return c.fail(op, "its repeats are unknown");
  Value x = c.tensor(op->getOperand(0));
  int64_t rank = OnnxBuilder::rank(x), added = repeats->size() - rank;
  if (added > 0)
    x = c.builder.unsqueeze(x, llvm::to_vector(llvm::seq<int64_t>(0, added)));
  else if (added < 0)
    counts = c.builder.concat(
        {c.builder.ints(SmallVector<int64_t>(-added, 1)), counts}, 0);
  auto numbers = OnnxBuilder::matchInts(counts);
  if (numbers && llvm::all_of(*numbers, [](int64_t n) { return n == 1; }))
    return c.replace(op, x);
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Tile", type);
  return c.replace(op, c.builder.create<Onnx::TileOp>(
                           OnnxBuilder::withElementType(
                               c.onnxType(op->getResult(0)), kernel),
                           {c.builder.cast(x, kernel), counts}));
}

// meshgrid: each vector along an axis of its own, repeated over all others.
static LogicalResult convertMeshgrid(Operation *op, ConversionContext &c) {
  auto vectors = c.listElements(op->getOperand(0));
  if (!vectors)
    return c.fail(op, "the length of its list is unknown");
  bool isXy = false;
  if (op->getNumOperands() > 1) {
    auto indexing = c.constStr(op->getOperand(1));
    if (!indexing)
      return c.fail(op, "its indexing is not constant");
    isXy = *indexing == "xy" && vectors->size() > 1;
  }
  size_t rank = vectors->size();
  auto axisOf = [&](size_t i) { return isXy && i < 2 ? 1 - i : i; };
  SmallVector<Value> sizes(rank);
  SmallVector<DimAttr> shape(rank);
  for (size_t i = 0; i < rank; ++i) {
    Value vector = (*vectors)[i];
    bool isScalar = c.rank(vector) == 0;
    sizes[axisOf(i)] = isScalar ? c.builder.ints({1}) : c.size(vector, 0);
    shape[axisOf(i)] = isScalar ? c.builder.dim(1) : c.dims(vector)[0];
  }
  Value target = c.shapeTensor(shape);
  if (!target)
    target = c.builder.concat(sizes, 0);
  SmallVector<Value> grids;
  for (size_t i = 0; i < rank; ++i) {
    SmallVector<int64_t> column(rank, 1);
    column[axisOf(i)] = -1;
    Value x = c.builder.reshape(c.tensor((*vectors)[i]), column);
    grids.push_back(c.builder.expand(
        x, target,
        OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x))));
  }
  c.mapList(op->getResult(0), grids);
  return success();
}

// broadcast_tensors: each in the shape of them all
static LogicalResult convertBroadcast(AtenBroadcastTensorsOp op,
                                      ConversionContext &c) {
  auto tensors = c.tensorList(op.getTensors());
  if (!tensors || tensors->empty())
    return c.fail(op, "the length of its list is unknown");
  auto common = cast<RankedTensorType>(
      c.builder.broadcastType(*tensors, c.builder.getBuilder().getI1Type()));
  SmallVector<DimAttr> shape = Symbolic::getDims(common);
  Value target;
  for (Value &tensor : *tensors) {
    if (OnnxBuilder::dims(tensor) == shape)
      continue;
    if (!target)
      target = c.shapeTensor(shape);
    if (!target)
      return c.fail(op, "the shape that its tensors have together is unknown");
    tensor = c.builder.expand(
        tensor, target,
        OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(tensor)));
  }
  c.mapList(op.getResult(), *tensors);
  return success();
}

//===----------------------------------------------------------------------===//
// Joining
//===----------------------------------------------------------------------===//

// The tensors of a list in the result's dtype. Vectors without elements are
// left out where others have dimensions, as PyTorch does.
static std::optional<SmallVector<Value>> joinable(Operation *op,
                                                  ConversionContext &c) {
  auto elements = c.listElements(op->getOperand(0));
  Type type = c.dtype(op->getResult(0));
  SmallVector<Value> result;
  if (!elements) {
    auto tensors = c.tensorList(op->getOperand(0));
    if (!tensors)
      return std::nullopt;
    for (Value tensor : *tensors)
      result.push_back(c.builder.cast(tensor, type));
    return result;
  }
  int64_t rank = c.rank(op->getResult(0));
  for (Value element : *elements)
    if (c.rank(element) != 1 || rank == 1 || c.staticDim(element, 0) != 0)
      result.push_back(c.tensorAs(element, type));
  return result;
}

static LogicalResult convertCat(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  auto dim = c.constInt(op->getOperand(1));
  if (!tensors || tensors->empty() || !dim)
    return c.fail(op, "the length of its list, or its dim, is unknown");
  int64_t axis = c.normalizeAxis(*dim, OnnxBuilder::rank(tensors->front()));
  return c.replace(op, c.builder.concat(*tensors, axis));
}

static LogicalResult convertStack(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  auto dim = c.constInt(op->getOperand(1));
  if (!tensors || tensors->empty() || !dim)
    return c.fail(op, "the length of its list, or its dim, is unknown");
  int64_t axis = c.normalizeAxis(*dim, c.rank(op->getResult(0)));
  for (Value &tensor : *tensors)
    tensor = c.builder.unsqueeze(tensor, {axis});
  return c.replace(op, c.builder.concat(*tensors, axis));
}

// Adds dimensions of size 1, as atleast_1d, _2d and _3d do.
static Value atLeast(ConversionContext &c, Value x, int64_t rank) {
  int64_t have = OnnxBuilder::rank(x);
  if (have >= rank)
    return x;
  if (rank == 3 && have == 2)
    return c.builder.unsqueeze(x, {2});
  if (rank == 3 && have == 1)
    return c.builder.unsqueeze(x, {0, 2});
  return c.builder.unsqueeze(
      x, llvm::to_vector(llvm::seq<int64_t>(0, rank - have)));
}

template <int Rank>
static LogicalResult convertAtLeast(Operation *op, ConversionContext &c) {
  return c.replace(op, atLeast(c, c.tensor(op->getOperand(0)), Rank));
}

// hstack, vstack, dstack: at least so many dimensions, joined along one.
static LogicalResult stackAlong(Operation *op, int64_t rank, int64_t axis,
                                ConversionContext &c) {
  auto tensors = joinable(op, c);
  if (!tensors || tensors->empty())
    return c.fail(op, "the length of its list is unknown");
  for (Value &tensor : *tensors)
    tensor = atLeast(c, tensor, rank);
  if (rank == 1 && OnnxBuilder::rank(tensors->front()) == 1)
    axis = 0;
  return c.replace(op, c.builder.concat(*tensors, axis));
}

static LogicalResult convertColumnStack(Operation *op, ConversionContext &c) {
  auto tensors = joinable(op, c);
  if (!tensors || tensors->empty())
    return c.fail(op, "the length of its list is unknown");
  for (Value &tensor : *tensors)
    if (OnnxBuilder::rank(tensor) < 2)
      tensor = c.builder.reshape(tensor, {-1, 1});
  return c.replace(op, c.builder.concat(*tensors, 1));
}

//===----------------------------------------------------------------------===//
// Splitting
//===----------------------------------------------------------------------===//

// How many elements the model takes a list to have.
static std::optional<size_t> unpackedLength(Value torchList) {
  for (Operation *user : torchList.getUsers())
    if (isa<PrimListUnpackOp>(user))
      return user->getNumResults();
  return std::nullopt;
}

// Splits into parts of the given sizes, of which each may be symbolic.
static LogicalResult splitInto(Operation *op, int64_t dim,
                               ArrayRef<DimAttr> sizes, ConversionContext &c) {
  Value x = c.tensor(op->getOperand(0)), list = op->getResult(0);
  if (sizes.size() == 1) {
    c.mapList(list, {x});
    return success();
  }
  Value lengths = c.shapeTensor(sizes);
  if (!lengths)
    return c.fail(op, "the sizes of its parts are unknown");
  int64_t axis = c.normalizeAxis(dim, OnnxBuilder::rank(x));
  SmallVector<Type> types;
  for (DimAttr size : sizes) {
    SmallVector<DimAttr> shape = OnnxBuilder::dims(x);
    shape[axis] = size;
    types.push_back(
        OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)));
  }
  ResultRange parts = c.builder.createMany<Onnx::SplitOp>(
      types, {x, lengths}, c.builder.intAttr("axis", axis));
  c.mapList(list, SmallVector<Value>(parts));
  return success();
}

// Parts of `size` each; the last one has what is left.
static LogicalResult splitEvery(Operation *op, int64_t dim, DimAttr size,
                                ConversionContext &c) {
  DimAttr total = c.dims(
      op->getOperand(0))[c.normalizeAxis(dim, c.rank(op->getOperand(0)))];
  if (!total || !size)
    return c.fail(op, "the size of the dimension that it splits is unknown");
  auto totalSize = total.getConstantValue(), partSize = size.getConstantValue();
  size_t count;
  if (totalSize && partSize)
    count = std::max<int64_t>(
        1, *partSize ? (*totalSize + *partSize - 1) / *partSize : 1);
  else if (auto length = unpackedLength(op->getResult(0)))
    count = *length;
  else
    return c.fail(op, "the number of its parts is unknown");
  SmallVector<DimAttr> sizes(count - 1, size);
  sizes.push_back(
      Symbolic::sub(total, Symbolic::mul(size, int64_t(count) - 1)));
  return splitInto(op, dim, sizes, c);
}

static LogicalResult convertSplit(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(2));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  return splitEvery(op, *dim, c.intDim(op->getOperand(1)), c);
}

static LogicalResult convertSplitSizes(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(2));
  auto elements = c.listElements(op->getOperand(1));
  if (!dim || !elements)
    return c.fail(op, "its dim or its sizes are not constant");
  SmallVector<DimAttr> sizes;
  for (Value element : *elements)
    sizes.push_back(c.intDim(element));
  return splitInto(op, *dim, sizes, c);
}

// chunk: parts of ceil(size / chunks)
static LogicalResult convertChunk(Operation *op, ConversionContext &c) {
  auto chunks = c.constInt(op->getOperand(1)),
       dim = c.constInt(op->getOperand(2));
  if (!dim || !chunks || *chunks < 1)
    return c.fail(op, "its dim or its number of chunks is not constant");
  int64_t axis = c.normalizeAxis(*dim, c.rank(op->getOperand(0)));
  DimAttr total = c.dims(op->getOperand(0))[axis];
  DimAttr size =
      total ? Symbolic::ceilDiv(total, c.builder.dim(*chunks)) : DimAttr();
  return splitEvery(op, axis, size, c);
}

// The first (size mod n) of n parts are longer by one.
static LogicalResult splitSections(Operation *op, int64_t sections, int64_t dim,
                                   ConversionContext &c) {
  auto total = c.staticDim(op->getOperand(0), dim);
  if (!total)
    return c.fail(op, "the size of the dimension that it splits is unknown");
  SmallVector<DimAttr> sizes;
  for (int64_t i = 0; i < sections; ++i)
    sizes.push_back(c.builder.dim(*total / sections + (i < *total % sections)));
  return splitInto(op, dim, sizes, c);
}

static LogicalResult convertTensorSplit(Operation *op, ConversionContext &c) {
  auto sections = c.constInt(op->getOperand(1)),
       dim = c.constInt(op->getOperand(2));
  if (!sections || !dim)
    return c.fail(op, "its dim or its number of sections is not constant");
  return splitSections(op, *sections, *dim, c);
}

template <int Dim>
static LogicalResult convertDimSplit(Operation *op, ConversionContext &c) {
  auto sections = c.constInt(op->getOperand(1));
  if (!sections)
    return c.fail(op, "its number of sections is not constant");
  int64_t dim = c.rank(op->getOperand(0)) == 1 ? 0 : Dim;
  return splitSections(op, *sections, dim, c);
}

static LogicalResult convertTensorSplitIndices(AtenTensorSplitIndicesOp op,
                                               ConversionContext &c) {
  auto indices = op.getIndicesConst();
  auto dim = op.getDimConst();
  auto total = dim ? c.staticDim(op.getSelf(), *dim) : std::nullopt;
  if (!indices || !total)
    return c.fail(op, "its indices, or the size that it splits, are unknown");
  SmallVector<DimAttr> sizes;
  int64_t begin = 0;
  indices->push_back(*total);
  for (int64_t index : *indices) {
    int64_t end =
        std::clamp<int64_t>(index < 0 ? index + *total : index, 0, *total);
    sizes.push_back(c.builder.dim(std::max<int64_t>(0, end - begin)));
    begin = end;
  }
  return splitInto(op, *dim, sizes, c);
}

static LogicalResult convertUnbind(AtenUnbindIntOp op, ConversionContext &c) {
  auto dim = op.getDimConst();
  if (!dim)
    return c.fail(op, "its dim is not constant");
  std::optional<int64_t> count = c.staticDim(op.getSelf(), *dim);
  if (!count)
    count = unpackedLength(op.getResult());
  if (!count)
    return c.fail(op, "the size of the dimension that it unbinds is unknown");
  Value x = c.tensor(op.getSelf());
  Type i64 = c.builder.getBuilder().getI64Type();
  SmallVector<Value> parts;
  for (int64_t i = 0; i < *count; ++i)
    parts.push_back(
        c.builder.gather(x, c.builder.scalar(i, i64),
                         c.normalizeAxis(*dim, OnnxBuilder::rank(x))));
  c.mapList(op.getResult(), parts);
  return success();
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
// Padding
//===----------------------------------------------------------------------===//

// PyTorch lists pairs from the last axis on, ONNX all starts and then all ends.
static Value padAmounts(ConversionContext &c, Value list, int64_t rank) {
  auto elements = c.listElements(list);
  if (!elements || elements->size() % 2 || int64_t(elements->size()) > 2 * rank)
    return {};
  int64_t padded = elements->size() / 2;
  if (auto numbers = c.constInts(list)) {
    SmallVector<int64_t> amounts(2 * rank, 0);
    for (int64_t i = 0; i < padded; ++i) {
      amounts[rank - 1 - i] = (*numbers)[2 * i];
      amounts[2 * rank - 1 - i] = (*numbers)[2 * i + 1];
    }
    return c.builder.ints(amounts);
  }
  SmallVector<Value> parts;
  for (int64_t end = 0; end < 2; ++end) {
    if (rank > padded)
      parts.push_back(c.builder.ints(SmallVector<int64_t>(rank - padded, 0)));
    for (int64_t i = padded - 1; i >= 0; --i) {
      parts.push_back(c.intTensor((*elements)[2 * i + end]));
      if (!parts.back())
        return {};
    }
  }
  return c.builder.concat(parts, 0);
}

static LogicalResult pad(Operation *op, StringRef mode, Value torchValue,
                         ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Pad", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value amounts = padAmounts(c, op->getOperand(1), OnnxBuilder::rank(x));
  if (!amounts)
    return c.fail(op, "its amounts of padding are unknown");
  Value value;
  if (mode == "constant" && torchValue && !c.isNone(torchValue) &&
      c.constFloat(torchValue) != 0.0)
    value = c.scalarAs(torchValue, kernel);
  return c.replace(
      op,
      c.builder.create<Onnx::PadOp>(
          OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
          {x, amounts, value}, c.builder.stringAttr("mode", mode)));
}

static LogicalResult convertPad(AtenPadOp op, ConversionContext &c) {
  auto mode = op.getModeConst();
  if (mode == "constant" || mode == "reflect")
    return pad(op, *mode, op.getValue(), c);
  if (mode == "replicate")
    return pad(op, "edge", {}, c);
  if (mode == "circular")
    return pad(op, "wrap", {}, c);
  return c.fail(op, "its mode is not constant");
}

static LogicalResult convertPadEnum(Aten_PadEnumOp op, ConversionContext &c) {
  // The order of PyTorch's padding_mode.
  static const char *const modes[] = {"reflect", "edge", "wrap", "constant"};
  auto mode = op.getModeConst();
  if (!mode || *mode < 0 || *mode > 3)
    return c.fail(op, "its mode is not constant");
  return pad(op, modes[*mode], op.getValue(), c);
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
  Value table = c.builder.initializer(DenseElementsAttr::get(
      RankedTensorType::get({count, *size},
                            c.builder.getBuilder().getI64Type()),
      ArrayRef<int64_t>(indices)));
  Value y = c.builder.gather(x, table, axis);
  SmallVector<int64_t> permutation;
  for (int64_t i = 0; i <= rank; ++i)
    if (i != axis + 1)
      permutation.push_back(i);
  permutation.push_back(axis + 1);
  return c.replace(op, c.builder.transpose(y, permutation));
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static LogicalResult convertViewDtype(AtenViewDtypeOp op,
                                      ConversionContext &c) {
  if (c.dtype(op.getSelf()) == c.dtype(op.getResult()))
    return convertIdentity(op, c);
  return c.fail(op, "ONNX cannot read the bytes of one dtype as another's");
}

static void registerViews(ConversionRegistry &r) {
  r.addAll<AtenViewOp, AtenReshapeOp, Aten_UnsafeViewOp, Aten_ReshapeAliasOp>(
      convertReshape);
  r.addAll<AtenViewAsOp, AtenReshapeAsOp>(convertReshapeAs);
  r.add<AtenViewDtypeOp>(convertViewDtype);
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
  r.addAll<AtenExpandOp, AtenBroadcastToOp>(convertExpand);
  r.add<AtenExpandAsOp>(convertExpandAs);
  r.addAll<AtenRepeatOp, AtenTileOp>(convertRepeat);
  r.addAll<AtenMeshgridOp, AtenMeshgridIndexingOp>(convertMeshgrid);
  r.add<AtenBroadcastTensorsOp>(convertBroadcast);
  r.addAll<AtenContiguousOp, AtenCloneOp, AtenDetachOp, AtenAliasOp, AtenLiftOp,
           AtenLiftFreshOp, AtenRealOp, AtenConjOp, AtenResolveConjOp,
           AtenResolveNegOp>(convertIdentity);
}

static void registerJoins(ConversionRegistry &r) {
  r.addAll<AtenCatOp, AtenConcatOp, AtenConcatenateOp>(convertCat);
  r.add<AtenStackOp>(convertStack);
  r.add<AtenHstackOp>([](Operation *op, ConversionContext &c) {
    return stackAlong(op, 1, 1, c);
  });
  r.addAll<AtenVstackOp, AtenRowStackOp>(
      [](Operation *op, ConversionContext &c) {
        return stackAlong(op, 2, 0, c);
      });
  r.add<AtenDstackOp>([](Operation *op, ConversionContext &c) {
    return stackAlong(op, 3, 2, c);
  });
  r.add<AtenColumnStackOp>(convertColumnStack);
  r.add<AtenAtleast1dOp>(convertAtLeast<1>);
  r.add<AtenAtleast2dOp>(convertAtLeast<2>);
  r.add<AtenAtleast3dOp>(convertAtLeast<3>);
}

static void registerSplits(ConversionRegistry &r) {
  r.addAll<AtenSplitTensorOp, AtenUnsafeSplitTensorOp>(convertSplit);
  r.addAll<AtenSplitSizesOp, AtenSplitWithSizesOp, AtenUnsafeSplitWithSizesOp>(
      convertSplitSizes);
  r.addAll<AtenChunkOp, AtenUnsafeChunkOp>(convertChunk);
  r.add<AtenTensorSplitSectionsOp>(convertTensorSplit);
  r.add<AtenTensorSplitIndicesOp>(convertTensorSplitIndices);
  r.add<AtenUnbindIntOp>(convertUnbind);
  r.add<AtenHsplitIntOp>(convertDimSplit<1>);
  r.add<AtenVsplitIntOp>(convertDimSplit<0>);
  r.add<AtenDsplitIntOp>(convertDimSplit<2>);
}

static void registerOrder(ConversionRegistry &r) {
  r.add<AtenFlipOp>(convertFlip);
  r.add<AtenFliplrOp>([](Operation *op, ConversionContext &c) {
    return c.replace(op, flip(c, c.tensor(op->getOperand(0)), {1}));
  });
  r.add<AtenFlipudOp>([](Operation *op, ConversionContext &c) {
    return c.replace(op, flip(c, c.tensor(op->getOperand(0)), {0}));
  });
  r.add<AtenRot90Op>(convertRot90);
  r.add<AtenPadOp>(convertPad);
  r.add<Aten_PadEnumOp>(convertPadEnum);
  r.add<AtenConstantPadNdOp>([](AtenConstantPadNdOp op, ConversionContext &c) {
    return pad(op, "constant", op.getValue(), c);
  });
  r.addAll<AtenReflectionPad1dOp, AtenReflectionPad2dOp, AtenReflectionPad3dOp>(
      [](Operation *op, ConversionContext &c) {
        return pad(op, "reflect", {}, c);
      });
  r.addAll<AtenReplicationPad1dOp, AtenReplicationPad2dOp,
           AtenReplicationPad3dOp>([](Operation *op, ConversionContext &c) {
    return pad(op, "edge", {}, c);
  });
  r.add<Aten_PadCircularOp>([](Operation *op, ConversionContext &c) {
    return pad(op, "wrap", {}, c);
  });
  r.add<AtenPixelShuffleOp>(convertPixelShuffle);
  r.addAll<AtenChannelShuffleOp, AtenNativeChannelShuffleOp>(
      convertChannelShuffle);
  r.add<AtenUnfoldOp>(convertUnfold);
}

void torchonnx::registerShapeConversions(ConversionRegistry &registry) {
  registerViews(registry);
  registerJoins(registry);
  registerSplits(registry);
  registerOrder(registry);
}
