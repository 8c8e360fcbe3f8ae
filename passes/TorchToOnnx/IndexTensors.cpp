//===- IndexTensors.cpp - Indexing with tensors ---------------------------===//

#include "passes/TorchToOnnx/IndexTensors.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

// The positions where a mask is true, one vector for each of its axes.
static void addMask(ConversionContext &c, Value mask, int64_t axis,
                    IndexTensors &index) {
  int64_t rank = OnnxBuilder::rank(mask);
  Value positions = c.builder.create<Onnx::NonZeroOp>(
      OnnxBuilder::tensorType({c.builder.dim(rank), DimAttr()}, c.i64()), mask);
  for (int64_t i = 0; i < rank; ++i) {
    index.axes.push_back(axis + i);
    index.tensors.push_back(
        rank == 1
            ? c.builder.squeeze(positions, {0})
            : c.builder.gather(positions, c.builder.scalar(i, c.i64()), 0));
  }
}

LogicalResult torchonnx::readIndexTensors(Operation *op, Value torchList,
                                          IndexTensors &index,
                                          ConversionContext &c) {
  auto elements = c.listElements(torchList);
  if (!elements)
    return c.fail(op, "the number of its indices is unknown");
  int64_t axis = 0;
  for (Value element : *elements) {
    if (c.isNone(element)) {
      ++axis;
      continue;
    }
    // A mask of ui8 is an old form of bool.
    bool isMask =
        c.isBool(c.dtype(element)) || c.dtype(element).isUnsignedInteger(8);
    if (isMask) {
      if (c.rank(element) == 0)
        return c.fail(op, "an index is a mask without dimensions");
      addMask(c, c.tensorAs(element, c.builder.getBuilder().getI1Type()), axis,
              index);
      axis += c.rank(element);
      continue;
    }
    index.axes.push_back(axis++);
    index.tensors.push_back(c.tensorAs(element, c.i64()));
  }
  return success();
}

// The common shape of the indices.
static SmallVector<DimAttr> commonShape(ConversionContext &c,
                                        const IndexTensors &index) {
  auto type =
      cast<RankedTensorType>(c.builder.broadcastType(index.tensors, c.i64()));
  SmallVector<DimAttr> shape = Symbolic::getDims(type);
  // The positions of one mask have one length, which is not known.
  if (index.tensors.size() > 0 && shape.size() == 1 && !shape[0])
    return {DimAttr()};
  return shape;
}

// All indices in their common shape, side by side: [common.., k]
static Value stackIndices(ConversionContext &c, const IndexTensors &index) {
  SmallVector<DimAttr> shape = commonShape(c, index);
  Value target;
  SmallVector<Value> columns;
  for (Value tensor : index.tensors) {
    bool isMaskColumn = shape.size() == 1 && OnnxBuilder::rank(tensor) == 1 &&
                        !OnnxBuilder::dims(tensor)[0];
    if (OnnxBuilder::dims(tensor) != shape && !isMaskColumn) {
      if (!target)
        target = c.shapeTensor(shape);
      if (target) {
        tensor = c.builder.expand(tensor, target,
                                  OnnxBuilder::tensorType(shape, c.i64()));
      } else {
        // Sums broadcast, too.
        Value zero = c.builder.scalar(0, c.i64());
        for (Value other : index.tensors)
          tensor = c.builder.add(tensor, c.builder.mul(other, zero));
      }
    }
    columns.push_back(c.builder.unsqueeze(tensor, {OnnxBuilder::rank(tensor)}));
  }
  return c.builder.concat(columns, OnnxBuilder::rank(columns.front()) - 1);
}

// The permutation that brings the indexed axes to the front.
static SmallVector<int64_t> axesToFront(const IndexTensors &index,
                                        int64_t rank) {
  SmallVector<int64_t> permutation(index.axes);
  for (int64_t i = 0; i < rank; ++i)
    if (!llvm::is_contained(index.axes, i))
      permutation.push_back(i);
  return permutation;
}

static SmallVector<int64_t> inverse(ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> result(permutation.size());
  for (auto [i, axis] : llvm::enumerate(permutation))
    result[axis] = i;
  return result;
}

// Where the axes [common.., rest..] belong in x[index].
static SmallVector<int64_t> resultOrder(const IndexTensors &index,
                                        int64_t commonRank, int64_t restRank) {
  int64_t before = index.areAdjacent() ? index.axes.front() : 0;
  SmallVector<int64_t> order;
  for (int64_t i = 0; i < before; ++i)
    order.push_back(commonRank + i);
  for (int64_t i = 0; i < commonRank; ++i)
    order.push_back(i);
  for (int64_t i = before; i < restRank; ++i)
    order.push_back(commonRank + i);
  return order;
}

Value torchonnx::gatherPositions(ConversionContext &c, Value x,
                                 const IndexTensors &index) {
  int64_t rank = OnnxBuilder::rank(x);
  Value positions = stackIndices(c, index);
  Value data = c.builder.transpose(x, axesToFront(index, rank));
  SmallVector<DimAttr> shape = OnnxBuilder::dims(positions);
  shape.pop_back();
  int64_t commonRank = shape.size(), restRank = rank - index.axes.size();
  llvm::append_range(shape,
                     ArrayRef(OnnxBuilder::dims(data)).take_back(restRank));
  Value y = c.builder.create<Onnx::GatherNDOp>(
      OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)),
      {data, positions});
  return c.builder.transpose(y, resultOrder(index, commonRank, restRank));
}

Value torchonnx::scatterPositions(ConversionContext &c, Value x,
                                  const IndexTensors &index, Value values,
                                  bool accumulate) {
  int64_t rank = OnnxBuilder::rank(x);
  SmallVector<int64_t> toFront = axesToFront(index, rank);
  Value positions = stackIndices(c, index);
  Value data = c.builder.transpose(x, toFront);
  int64_t commonRank = OnnxBuilder::rank(positions) - 1,
          restRank = rank - index.axes.size();
  SmallVector<int64_t> order = resultOrder(index, commonRank, restRank);

  // The shape of x[index], in its order.
  SmallVector<DimAttr> scattered = OnnxBuilder::dims(positions), shape;
  scattered.pop_back();
  llvm::append_range(scattered,
                     ArrayRef(OnnxBuilder::dims(data)).take_back(restRank));
  for (int64_t axis : order)
    shape.push_back(scattered[axis]);
  Type type = OnnxBuilder::elementType(x);
  if (OnnxBuilder::dims(values) != shape ||
      llvm::is_contained(shape, DimAttr())) {
    Value target = c.shapeTensor(shape);
    bool isLeading = index.areAdjacent() && index.axes.front() == 0;
    if (!target && isLeading) {
      SmallVector<Value> parts = {c.builder.shape(positions, 0, -1)};
      if (restRank)
        parts.push_back(c.builder.shape(data, index.axes.size()));
      target = c.builder.concat(parts, 0);
    }
    if (!target)
      return {};
    values =
        c.builder.expand(values, target, OnnxBuilder::tensorType(shape, type));
  }
  values = c.builder.transpose(values, inverse(order));
  SmallVector<NamedAttribute> attributes;
  if (accumulate)
    attributes.push_back(c.builder.stringAttr("reduction", "add"));
  Value y = c.builder.create<Onnx::ScatterNDOp>(
      data.getType(), {data, positions, values}, attributes);
  return c.builder.transpose(y, inverse(toFront));
}
