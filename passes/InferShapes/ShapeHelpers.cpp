//===- ShapeHelpers.cpp - What shape functions have in common -------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

OptionalDims torchonnx::getDims(Torch::TensorType type) {
  if (!type.hasRank())
    return std::nullopt;
  return Dims(type.getDims());
}

FailureOr<OptionalDims>
torchonnx::broadcastDims(ArrayRef<Torch::TensorType> types,
                         InferenceContext &context) {
  size_t rank = 0;
  for (Torch::TensorType type : types) {
    if (!type.hasRank())
      return OptionalDims();
    rank = std::max<size_t>(rank, type.getRank());
  }
  Dims result(rank, context.constant(1));
  for (Torch::TensorType type : types) {
    size_t offset = rank - type.getRank();
    for (auto [index, dim] : llvm::enumerate(type.getDims())) {
      DimAttr &merged = result[offset + index];
      if (Symbolic::cannotBroadcast(merged, dim))
        return context.error("sizes " + merged.str() + " and " + dim.str() +
                             " of dimension " + Twine(offset + index) +
                             " don't broadcast");
      context.requireBroadcast(merged, dim);
      merged = Symbolic::broadcast(merged, dim);
    }
  }
  return OptionalDims(std::move(result));
}

LogicalResult torchonnx::inferSameType(Operation *op,
                                       InferenceContext &context) {
  context.setResult(0, context.tensor(op->getOperand(0)).withWrapped(false));
  return success();
}

LogicalResult torchonnx::inferFloatType(Operation *op,
                                        InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type), toFloatDtype(type.getDtype()));
  return success();
}

LogicalResult torchonnx::inferBoolType(Operation *op,
                                       InferenceContext &context) {
  context.setTensor(0, getDims(context.tensor(op->getOperand(0))),
                    IntegerType::get(op->getContext(), 1));
  return success();
}

OptionalDims torchonnx::getSizes(InferenceContext &context, Value list) {
  return context.getKnown().getDimList(list);
}

FailureOr<std::optional<int64_t>>
torchonnx::getAxis(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<int64_t> dim = context.getInt("dim");
  if (!type.hasRank() || !dim)
    return std::optional<int64_t>();
  if (type.getRank() == 0)
    return context.error("it needs a tensor of at least 1 dimension, this one "
                         "has none");
  FailureOr<int64_t> axis = context.wrapDim(*dim, type.getRank());
  if (failed(axis))
    return failure();
  return std::optional(*axis);
}

FailureOr<std::optional<SmallVector<int64_t>>>
torchonnx::getReducedDims(InferenceContext &context, Value dims, int64_t rank) {
  SmallVector<int64_t> wrapped;
  auto reduceAll = [&] {
    llvm::append_range(wrapped, llvm::seq<int64_t>(0, rank));
    return std::optional(wrapped);
  };
  if (context.isNone(dims))
    return reduceAll();
  std::optional<SmallVector<int64_t>> list;
  if (std::optional<int64_t> single = context.getKnown().getInt(dims))
    list = SmallVector<int64_t>{*single};
  else
    list = context.getKnown().getIntList(dims);
  if (!list)
    return std::optional<SmallVector<int64_t>>();
  if (list->empty())
    return reduceAll();
  for (int64_t dim : *list) {
    FailureOr<int64_t> index = context.wrapDim(dim, rank);
    if (failed(index))
      return failure();
    if (rank > 0)
      wrapped.push_back(*index);
  }
  return std::optional(wrapped);
}

Dims torchonnx::reduceDims(ArrayRef<DimAttr> dims, ArrayRef<int64_t> reduced,
                           bool keepDim, InferenceContext &context) {
  Dims result;
  for (auto [index, dim] : llvm::enumerate(dims)) {
    if (!llvm::is_contained(reduced, static_cast<int64_t>(index)))
      result.push_back(dim);
    else if (keepDim)
      result.push_back(context.constant(1));
  }
  return result;
}

DimAttr torchonnx::windowedSize(DimAttr size, DimAttr kernel, int64_t stride,
                                int64_t padding, int64_t dilation,
                                bool ceilMode) {
  if (!size || !kernel || stride <= 0)
    return {};
  // size + 2 * padding - dilation * (kernel - 1) - 1
  DimAttr span = Symbolic::add(
      Symbolic::sub(size, Symbolic::mul(Symbolic::add(kernel, -1), dilation)),
      2 * padding - 1);
  if (!ceilMode)
    return Symbolic::add(Symbolic::floorDiv(span, stride), 1);
  DimAttr windows = Symbolic::add(
      Symbolic::floorDiv(Symbolic::add(span, stride - 1), stride), 1);
  // The last window has to start inside the input or its left padding.
  DimAttr start = Symbolic::mul(Symbolic::add(windows, -1), stride);
  DimAttr excess = Symbolic::sub(start, Symbolic::add(size, padding));
  std::optional<int64_t> low = Symbolic::getLowerBound(excess);
  std::optional<int64_t> high = Symbolic::getUpperBound(excess);
  if (high && *high < 0)
    return windows;
  if (low && *low >= 0)
    return Symbolic::add(windows, -1);
  return {};
}

SmallVector<int64_t> torchonnx::expandList(ArrayRef<int64_t> list,
                                           size_t count) {
  if (list.size() == 1)
    return SmallVector<int64_t>(count, list[0]);
  return SmallVector<int64_t>(list);
}
