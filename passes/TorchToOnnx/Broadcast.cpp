//===- Broadcast.cpp - Repetition, and tensors brought to one shape -------===//

#include "dialects/Torch/ShapeOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

static LogicalResult convertExpand(Operation *op, ConversionContext &c) {
  if (Value y = c.expandTo(c.operand(op), op->getResult(0), op->getOperand(1)))
    return c.replace(op, y);
  return c.fail(op, "its sizes are unknown");
}

static LogicalResult convertExpandAs(Operation *op, ConversionContext &c) {
  if (Value y = c.expandTo(c.operand(op), op->getResult(0)))
    return c.replace(op, y);
  return c.replace(op,
                   c.builder.expand(c.operand(op), c.shapeOf(op->getOperand(1)),
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
  auto common =
      cast<RankedTensorType>(c.builder.broadcastType(*tensors, c.i1()));
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

void torchonnx::registerBroadcastConversions(ConversionRegistry &r) {
  r.addAll<AtenExpandOp, AtenBroadcastToOp>(convertExpand);
  r.add<AtenExpandAsOp>(convertExpandAs);
  r.addAll<AtenRepeatOp, AtenTileOp>(convertRepeat);
  r.addAll<AtenMeshgridOp, AtenMeshgridIndexingOp>(convertMeshgrid);
  r.add<AtenBroadcastTensorsOp>(convertBroadcast);
}
