//===- Indexing.cpp - Shape functions: gather, scatter, slices ------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

static LogicalResult setUnknown(Operation *op, InferenceContext &context) {
  context.setTensor(0, std::nullopt,
                    context.tensor(op->getOperand(0)).getDtype());
  return success();
}

/// select: the dimension goes.
static LogicalResult inferSelect(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<std::optional<int64_t>> dim = getAxis(op, context);
  if (failed(dim))
    return failure();
  if (!*dim)
    return setUnknown(op, context);
  int64_t axis = **dim;
  DimAttr size = type.getDims()[axis];
  std::optional<int64_t> index = context.getInt("index");
  std::optional<int64_t> constant =
      size ? size.getConstantValue() : std::nullopt;
  if (index && constant && (*index >= *constant || *index < -*constant))
    return context.error("index " + Twine(*index) +
                         " is out of range for a size of " + Twine(*constant));
  Dims dims(type.getDims());
  dims.erase(dims.begin() + axis);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// The position a slice's bound means in a dimension of `size`; null if
/// unknown.
static DimAttr clampBound(DimAttr bound, DimAttr size,
                          InferenceContext &context) {
  if (!bound)
    return {};
  if (std::optional<int64_t> constant = bound.getConstantValue()) {
    if (*constant == INT64_MAX)
      return size;
    if (*constant == 0)
      return bound;
  }
  if (!size)
    return {};
  DimAttr zero = context.constant(0);
  std::optional<int64_t> high = Symbolic::getUpperBound(bound);
  std::optional<int64_t> low = Symbolic::getLowerBound(bound);
  if (high && *high < 0)
    return Symbolic::max(Symbolic::add(size, bound), zero);
  if (low && *low >= 0)
    return Symbolic::min(bound, size);
  return {};
}

/// slice(self, dim, start?, end?, step): sizes follow Python's rules.
static LogicalResult inferSlice(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<std::optional<int64_t>> dim = getAxis(op, context);
  if (failed(dim))
    return failure();
  if (!*dim)
    return setUnknown(op, context);
  int64_t axis = **dim;
  std::optional<int64_t> step = context.getInt("step");
  Dims dims(type.getDims());
  DimAttr size = dims[axis];
  KnownValues &known = context.getKnown();
  Value startValue = context.operand("start"),
        endValue = context.operand("end");
  DimAttr start = context.isNone(startValue)
                      ? context.constant(0)
                      : clampBound(known.getDim(startValue), size, context);
  DimAttr end = context.isNone(endValue)
                    ? size
                    : clampBound(known.getDim(endValue), size, context);
  DimAttr &length = dims[axis];
  length = DimAttr();
  if (start && end && step && *step > 0) {
    DimAttr span =
        Symbolic::max(Symbolic::sub(end, start), context.constant(0));
    length = Symbolic::ceilDiv(span, context.constant(*step));
  }
  context.setTensor(0, dims, type.getDtype());
  bool isWhole =
      start && start.getConstantValue() == 0 && end && end == size && step == 1;
  bool isOpenEnd =
      context.isNone(endValue) || known.getInt(endValue) == INT64_MAX;
  if (isWhole ||
      (start && start.getConstantValue() == 0 && isOpenEnd && step == 1))
    context.forward(0, op->getOperand(0));
  return success();
}

static LogicalResult inferNarrow(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<std::optional<int64_t>> dim = getAxis(op, context);
  if (failed(dim))
    return failure();
  if (!*dim)
    return setUnknown(op, context);
  int64_t axis = **dim;
  Dims dims(type.getDims());
  dims[axis] = context.getKnown().getDim(context.operand("length"));
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// gather, take_along_dim: the shape of the indices.
static LogicalResult inferGather(Operation *op, InferenceContext &context) {
  context.setTensor(0, getDims(context.tensor(context.operand("index"))),
                    context.tensor(op->getOperand(0)).getDtype());
  return success();
}

/// take_along_dim(self, indices, dim): both broadcast except along `dim`;
/// without it, self is flat.
static LogicalResult inferTakeAlongDim(Operation *op,
                                       InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Torch::TensorType index = context.tensor(op->getOperand(1));
  if (context.isNone(context.operand("dim"))) {
    DimAttr total = index.hasRank()
                        ? Symbolic::product(op->getContext(), index.getDims())
                        : DimAttr();
    context.setTensor(0, Dims{total}, type.getDtype());
    return success();
  }
  std::optional<int64_t> dim = context.getInt("dim");
  if (!type.hasRank() || !index.hasRank() || !dim ||
      type.getRank() != index.getRank())
    return setUnknown(op, context);
  FailureOr<int64_t> axis = context.wrapDim(*dim, type.getRank());
  if (failed(axis))
    return failure();
  Dims dims(index.getDims());
  for (auto [position, size] : llvm::enumerate(type.getDims()))
    if (static_cast<int64_t>(position) != *axis)
      dims[position] = Symbolic::broadcast(dims[position], size);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// diag(self, diagonal): a matrix of a vector, or the diagonal of a matrix.
static LogicalResult inferDiag(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> offset = context.getInt("diagonal");
  if (!type.hasRank() || !offset)
    return setUnknown(op, context);
  if (type.getRank() == 1) {
    DimAttr size = Symbolic::add(type.getDims()[0], std::abs(*offset));
    context.setTensor(0, Dims{size, size}, type.getDtype());
    return success();
  }
  if (type.getRank() != 2)
    return context.error("diag takes 1 or 2 dimensions, the tensor has " +
                         Twine(type.getRank()));
  DimAttr rows = type.getDims()[0], columns = type.getDims()[1];
  if (*offset >= 0)
    columns = Symbolic::add(columns, -*offset);
  else
    rows = Symbolic::add(rows, *offset);
  context.setTensor(
      0, Dims{Symbolic::max(Symbolic::min(rows, columns), context.constant(0))},
      type.getDtype());
  return success();
}

/// diag_embed(offset, dim1, dim2): the last dimension becomes the diagonal of
/// matrices in two dimensions of the result.
static LogicalResult inferDiagEmbed(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> offset = context.getInt("offset");
  std::optional<int64_t> dim1 = context.getInt("dim1");
  std::optional<int64_t> dim2 = context.getInt("dim2");
  if (!type.hasRank() || type.getRank() == 0 || !offset || !dim1 || !dim2)
    return setUnknown(op, context);
  int64_t rank = type.getRank() + 1;
  FailureOr<int64_t> a = context.wrapDim(*dim1, rank);
  FailureOr<int64_t> b = context.wrapDim(*dim2, rank);
  if (failed(a) || failed(b))
    return failure();
  if (*a == *b)
    return context.error("dim1 and dim2 are the same");
  Dims dims(type.getDims().drop_back());
  DimAttr size = Symbolic::add(type.getDims().back(), std::abs(*offset));
  dims.insert(dims.begin() + std::min(*a, *b), size);
  dims.insert(dims.begin() + std::max(*a, *b), size);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

static LogicalResult inferTake(Operation *op, InferenceContext &context) {
  context.setTensor(0, getDims(context.tensor(op->getOperand(1))),
                    context.tensor(op->getOperand(0)).getDtype());
  return success();
}

static LogicalResult inferIndexSelect(Operation *op,
                                      InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Torch::TensorType index = context.tensor(context.operand("index"));
  std::optional<int64_t> dim = context.getInt("dim");
  if (!type.hasRank() || !dim)
    return setUnknown(op, context);
  FailureOr<int64_t> axis = context.wrapDim(*dim, type.getRank());
  if (failed(axis))
    return failure();
  Dims dims(type.getDims());
  if (!dims.empty())
    dims[*axis] = !index.hasRank()       ? DimAttr()
                  : index.getRank() == 0 ? context.constant(1)
                                         : index.getDims()[0];
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// self[indices]: indices broadcast; where they are adjacent the result takes
/// their place, otherwise it comes first. A bool mask counts for as many
/// dimensions as it has, and how many it selects is known at run time.
static LogicalResult inferIndex(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<SmallVector<Value>> indices =
      context.getKnown().getList(op->getOperand(1));
  if (!type.hasRank() || !indices)
    return setUnknown(op, context);
  SmallVector<Torch::TensorType> shapes;
  Dims kept;
  std::optional<size_t> first;
  size_t position = 0, keptBefore = 0;
  bool isAdjacent = true, hasEnded = false;
  ArrayRef<DimAttr> dims = type.getDims();
  for (Value index : *indices) {
    if (context.isNone(index)) {
      if (position >= dims.size())
        return context.error("too many indices");
      kept.push_back(dims[position++]);
      hasEnded = first.has_value();
      continue;
    }
    Torch::TensorType indexType = context.tensor(index);
    if (!indexType.hasRank() || !indexType.getDtype())
      return setUnknown(op, context);
    if (!first) {
      first = position;
      keptBefore = kept.size();
    } else if (hasEnded) {
      isAdjacent = false;
    }
    bool isMask = isBoolDtype(indexType.getDtype()) ||
                  indexType.getDtype().isUnsignedInteger(8);
    if (isMask) {
      position += indexType.getRank();
      shapes.push_back(Torch::TensorType::get(
          op->getContext(), ArrayRef<DimAttr>(DimAttr()), Type()));
    } else {
      ++position;
      shapes.push_back(indexType);
    }
    if (position > dims.size())
      return context.error("too many indices for a tensor of " +
                           Twine(dims.size()) + " dimensions");
  }
  llvm::append_range(kept, dims.drop_front(position));
  FailureOr<OptionalDims> selected = broadcastDims(shapes, context);
  if (failed(selected))
    return failure();
  kept.insert(kept.begin() + (isAdjacent ? keptBefore : 0),
              (*selected)->begin(), (*selected)->end());
  context.setTensor(0, kept, type.getDtype());
  return success();
}

/// embedding(weight, indices): the indices' shape and the rows' size.
static LogicalResult inferEmbedding(Operation *op, InferenceContext &context) {
  Torch::TensorType weight = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(context.tensor(op->getOperand(1)));
  if (dims)
    dims->push_back(weight.hasRank() && weight.getRank() == 2
                        ? weight.getDims()[1]
                        : DimAttr());
  context.setTensor(0, dims, weight.getDtype());
  return success();
}

/// where(condition, self, other); scalars and 0-dim tensors promote.
static LogicalResult inferWhere(Operation *op, InferenceContext &context) {
  SmallVector<Torch::TensorType> tensors;
  SmallVector<Type> values;
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    if (auto tensor = dyn_cast<Torch::TensorType>(operand.getType()))
      tensors.push_back(tensor);
    if (index)
      values.push_back(operand.getType());
  }
  FailureOr<OptionalDims> dims = broadcastDims(tensors, context);
  if (failed(dims))
    return failure();
  context.setTensor(0, *dims, getResultDtype(values));
  return success();
}

/// masked_fill: self broadcasts with the mask and keeps its dtype.
static LogicalResult inferMaskedFill(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  FailureOr<OptionalDims> dims =
      broadcastDims({type, context.tensor(op->getOperand(1))}, context);
  if (failed(dims))
    return failure();
  context.setTensor(0, *dims, type.getDtype());
  return success();
}

static LogicalResult inferMaskedSelect(Operation *op,
                                       InferenceContext &context) {
  context.setTensor(0, Dims{DimAttr()},
                    context.tensor(op->getOperand(0)).getDtype());
  return success();
}

/// nonzero: (n, rank), where n is known at run time.
static LogicalResult inferNonzero(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  DimAttr rank = type.hasRank() ? context.constant(type.getRank()) : DimAttr();
  context.setTensor(0, Dims{DimAttr(), rank},
                    IntegerType::get(op->getContext(), 64));
  return success();
}

static LogicalResult inferOneHot(Operation *op, InferenceContext &context) {
  OptionalDims dims = getDims(context.tensor(op->getOperand(0)));
  if (dims) {
    DimAttr classes = context.getKnown().getDim(context.operand("num_classes"));
    if (classes && classes.getConstantValue() == -1)
      classes = DimAttr();
    dims->push_back(classes);
  }
  context.setTensor(0, dims, IntegerType::get(op->getContext(), 64));
  return success();
}

/// diagonal(offset, dim1, dim2): the two dimensions go, the diagonal's length
/// comes last.
static LogicalResult inferDiagonal(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> offset = context.getInt("offset");
  std::optional<int64_t> dim1 = context.getInt("dim1");
  std::optional<int64_t> dim2 = context.getInt("dim2");
  if (!type.hasRank() || type.getRank() < 2 || !offset || !dim1 || !dim2)
    return setUnknown(op, context);
  FailureOr<int64_t> a = context.wrapDim(*dim1, type.getRank());
  FailureOr<int64_t> b = context.wrapDim(*dim2, type.getRank());
  if (failed(a) || failed(b))
    return failure();
  Dims dims = reduceDims(type.getDims(), {*a, *b}, false, context);
  DimAttr rows = type.getDims()[*a], columns = type.getDims()[*b];
  if (*offset >= 0)
    columns = Symbolic::add(columns, -*offset);
  else
    rows = Symbolic::add(rows, *offset);
  dims.push_back(
      Symbolic::max(Symbolic::min(rows, columns), context.constant(0)));
  context.setTensor(0, dims, type.getDtype());
  return success();
}

static LogicalResult inferRepeatInterleave(Operation *op,
                                           InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  DimAttr repeats = context.getKnown().getDim(op->getOperand(1));
  Value dimValue = context.operand("dim");
  if (!type.hasRank())
    return setUnknown(op, context);
  if (context.isNone(dimValue)) {
    DimAttr total = Symbolic::product(op->getContext(), type.getDims());
    context.setTensor(0, Dims{Symbolic::mul(total, repeats)}, type.getDtype());
    return success();
  }
  FailureOr<std::optional<int64_t>> axis = getAxis(op, context);
  if (failed(axis))
    return failure();
  if (!*axis)
    return setUnknown(op, context);
  Dims dims(type.getDims());
  dims[**axis] = Symbolic::mul(dims[**axis], repeats);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// searchsorted, bucketize: the shape of the values, i64 or i32.
static LogicalResult inferBucketize(Operation *op, InferenceContext &context) {
  bool isBucketize = Torch::getSchemaKey(op).starts_with("aten.bucketize");
  std::optional<bool> isInt32 = context.getBool("out_int32");
  Type dtype =
      isInt32 ? IntegerType::get(op->getContext(), *isInt32 ? 32 : 64) : Type();
  context.setTensor(
      0, getDims(context.tensor(op->getOperand(isBucketize ? 0 : 1))), dtype);
  return success();
}

/// histc: a count for each bin.
static LogicalResult inferHistc(Operation *op, InferenceContext &context) {
  if (std::optional<int64_t> bins = context.getInt("bins"); bins && *bins <= 0)
    return context.error("bins is " + Twine(*bins) + ", at least 1 is needed");
  context.setTensor(0, Dims{context.getKnown().getDim(context.operand("bins"))},
                    context.tensor(op->getOperand(0)).getDtype());
  return success();
}

void torchonnx::registerIndexingShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.select.int"}, inferSelect);
  registry.add({"aten.slice.Tensor"}, inferSlice);
  registry.add({"aten.narrow", "aten.narrow.Tensor"}, inferNarrow);
  registry.add({"aten.gather"}, inferGather);
  registry.add({"aten.take"}, inferTake);
  registry.add({"aten.index_select"}, inferIndexSelect);
  registry.add({"aten.index.Tensor", "aten._unsafe_index.Tensor",
                "aten.index.Tensor_hacked_twin"},
               inferIndex);
  registry.add({"aten.embedding"}, inferEmbedding);
  registry.add({"aten.where.self", "aten.where.Scalar", "aten.where.ScalarSelf",
                "aten.where.ScalarOther"},
               inferWhere);
  registry.add({"aten.masked_fill.Scalar", "aten.masked_fill.Tensor"},
               inferMaskedFill);
  registry.add({"aten.masked_select"}, inferMaskedSelect);
  registry.add({"aten.nonzero", "aten.argwhere"}, inferNonzero);
  registry.add({"aten.one_hot"}, inferOneHot);
  registry.add({"aten.diagonal"}, inferDiagonal);
  registry.add({"aten.diag"}, inferDiag);
  registry.add({"aten.diag_embed"}, inferDiagEmbed);
  registry.add({"aten.isin.Tensor_Tensor", "aten.isin.Tensor_Scalar"},
               inferBoolType);
  registry.add({"aten.take_along_dim"}, inferTakeAlongDim);
  registry.add({"aten.repeat_interleave.self_int"}, inferRepeatInterleave);
  registry.add({"aten.searchsorted.Tensor", "aten.bucketize.Tensor"},
               inferBucketize);
  registry.add({"aten.histc"}, inferHistc);
  registry.add({"aten.index_put",
                "aten.index_put.hacked_twin",
                "aten._index_put_impl",
                "aten._unsafe_index_put",
                "aten.index_add",
                "aten.index_fill.int_Scalar",
                "aten.index_fill.int_Tensor",
                "aten.index_copy",
                "aten.select_scatter",
                "aten.slice_scatter",
                "aten.diagonal_scatter",
                "aten.scatter.src",
                "aten.scatter.value",
                "aten.scatter.reduce",
                "aten.scatter.value_reduce",
                "aten.scatter_add",
                "aten.scatter_reduce.two",
                "aten.masked_scatter",
                "aten.put",
                "aten.tril",
                "aten.triu"},
               inferSameType);
}
