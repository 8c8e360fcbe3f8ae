//===- Pooling.cpp - Shape functions: pooling -----------------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// How many spatial dimensions the operator's name says: "max_pool2d" has 2.
static size_t getSpatialRank(Operation *op) {
  StringRef key = Torch::getSchemaKey(op);
  size_t position = key.find("pool");
  return key[position + 4] - '0';
}

static FailureOr<OptionalDims> getPooledDims(Operation *op,
                                             InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  size_t spatial = getSpatialRank(op);
  std::optional<SmallVector<int64_t>> kernel =
      context.getIntList("kernel_size");
  std::optional<SmallVector<int64_t>> stride = context.getIntList("stride");
  std::optional<SmallVector<int64_t>> padding = context.getIntList("padding");
  std::optional<bool> ceilMode = context.getBool("ceil_mode");
  SmallVector<int64_t> dilation(spatial, 1);
  if (context.operand("dilation")) {
    std::optional<SmallVector<int64_t>> known = context.getIntList("dilation");
    if (!known)
      return OptionalDims();
    dilation = expandList(*known, spatial);
  }
  if (!type.hasRank() || !kernel || !stride || !padding || !ceilMode)
    return OptionalDims();
  *kernel = expandList(*kernel, spatial);
  *stride = stride->empty() ? *kernel : expandList(*stride, spatial);
  *padding = expandList(*padding, spatial);
  if (type.getRank() < static_cast<int64_t>(spatial) + 1)
    return context.error("an input of " + Twine(type.getRank()) +
                         " dimensions has too few to pool over " +
                         Twine(spatial));
  Dims dims(type.getDims());
  size_t first = dims.size() - spatial;
  for (size_t i = 0; i < spatial; ++i) {
    DimAttr &dim = dims[first + i];
    dim = windowedSize(dim, context.constant((*kernel)[i]), (*stride)[i],
                       (*padding)[i], dilation[i], *ceilMode);
    if (std::optional<int64_t> high = Symbolic::getUpperBound(dim);
        high && *high <= 0)
      return context.error("the window is larger than the padded input");
  }
  return OptionalDims(std::move(dims));
}

/// Result 0 is pooled; the operators that also return indices have result 1.
static LogicalResult setPooled(Operation *op, InferenceContext &context,
                               const OptionalDims &dims) {
  context.setTensor(0, dims, context.tensor(op->getOperand(0)).getDtype());
  if (op->getNumResults() == 2)
    context.setTensor(1, dims, IntegerType::get(op->getContext(), 64));
  return success();
}

static LogicalResult inferPool(Operation *op, InferenceContext &context) {
  FailureOr<OptionalDims> dims = getPooledDims(op, context);
  if (failed(dims))
    return failure();
  return setPooled(op, context, *dims);
}

static LogicalResult inferAdaptivePool(Operation *op,
                                       InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  OptionalDims sizes = getSizes(context, context.operand("output_size"));
  size_t spatial = getSpatialRank(op);
  if (!dims || !sizes || dims->size() < spatial + 1)
    return setPooled(op, context, std::nullopt);
  if (sizes->size() == 1)
    *sizes = Dims(spatial, sizes->front());
  llvm::copy(*sizes, dims->end() - spatial);
  return setPooled(op, context, dims);
}

void torchonnx::registerPoolingShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.max_pool1d", "aten.max_pool2d", "aten.max_pool3d",
                "aten.max_pool1d_with_indices", "aten.max_pool2d_with_indices",
                "aten.max_pool3d_with_indices", "aten.avg_pool1d",
                "aten.avg_pool2d", "aten.avg_pool3d"},
               inferPool);
  registry.add({"aten.adaptive_avg_pool1d", "aten.adaptive_avg_pool2d",
                "aten.adaptive_avg_pool3d", "aten._adaptive_avg_pool2d",
                "aten._adaptive_avg_pool3d", "aten.adaptive_max_pool1d",
                "aten.adaptive_max_pool2d", "aten.adaptive_max_pool3d"},
               inferAdaptivePool);
}
