//===- Reduction.cpp - Shape functions: reductions and sorts --------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

static bool keepsDim(InferenceContext &context) {
  return context.getBool("keepdim").value_or(false);
}

/// Dimensions after reducing over the operand `dim`; without that operand all
/// are reduced.
static FailureOr<OptionalDims> getReducedShape(Operation *op,
                                               InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Value dim = context.operand("dim");
  if (context.isNone(dim) && !keepsDim(context))
    return OptionalDims(Dims());
  if (!type.hasRank())
    return OptionalDims();
  FailureOr<std::optional<SmallVector<int64_t>>> reduced =
      getReducedDims(context, dim, type.getRank());
  if (failed(reduced))
    return failure();
  if (!*reduced)
    return OptionalDims();
  return OptionalDims(
      reduceDims(type.getDims(), **reduced, keepsDim(context), context));
}

static LogicalResult inferReduction(Operation *op, InferenceContext &context,
                                    function_ref<Type(Type)> getDtype) {
  FailureOr<OptionalDims> dims = getReducedShape(op, context);
  if (failed(dims))
    return failure();
  Type dtype = getDtype(context.tensor(op->getOperand(0)).getDtype());
  Value requested = context.operand("dtype");
  if (!context.isNone(requested))
    dtype = context.dtype(requested);
  context.setTensor(0, *dims, dtype);
  return success();
}

/// sum and prod of integers and bools are i64.
static Type accumulate(Type dtype) {
  if (dtype && isa<IntegerType>(dtype))
    return IntegerType::get(dtype.getContext(), 64);
  return dtype;
}

static LogicalResult inferSum(Operation *op, InferenceContext &context) {
  return inferReduction(op, context, accumulate);
}

static LogicalResult inferMean(Operation *op, InferenceContext &context) {
  return inferReduction(op, context, [](Type dtype) { return dtype; });
}

static LogicalResult inferFloatReduction(Operation *op,
                                         InferenceContext &context) {
  return inferReduction(op, context, toFloatDtype);
}

/// all and any: bool, but u8 stays u8.
static LogicalResult inferAll(Operation *op, InferenceContext &context) {
  return inferReduction(op, context, [&](Type dtype) -> Type {
    if (dtype && dtype.isUnsignedInteger(8))
      return dtype;
    return IntegerType::get(op->getContext(), 1);
  });
}

static LogicalResult inferIndices(Operation *op, InferenceContext &context) {
  return inferReduction(op, context, [&](Type) -> Type {
    return IntegerType::get(op->getContext(), 64);
  });
}

/// max.dim, min.dim, median.dim, mode, kthvalue: values and indices.
static LogicalResult inferValuesAndIndices(Operation *op,
                                           InferenceContext &context) {
  FailureOr<OptionalDims> dims = getReducedShape(op, context);
  if (failed(dims))
    return failure();
  context.setTensor(0, *dims, context.tensor(op->getOperand(0)).getDtype());
  context.setTensor(1, *dims, IntegerType::get(op->getContext(), 64));
  return success();
}

/// aminmax, var_mean, std_mean: two results of one shape.
static LogicalResult inferPair(Operation *op, InferenceContext &context) {
  if (failed(inferMean(op, context)))
    return failure();
  context.setResult(1, op->getResult(0).getType());
  return success();
}

/// Operators along one dimension that keep the shape.
static LogicalResult inferScan(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Value requested = context.operand("dtype");
  Type dtype = context.isNone(requested) ? accumulate(type.getDtype())
                                         : context.dtype(requested);
  if (std::optional<int64_t> dim = context.getInt("dim"); dim && type.hasRank())
    if (failed(context.wrapDim(*dim, type.getRank())))
      return failure();
  context.setTensor(0, getDims(type), dtype);
  return success();
}

static LogicalResult inferScanWithIndices(Operation *op,
                                          InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  context.setTensor(0, getDims(type), type.getDtype());
  context.setTensor(1, getDims(type), IntegerType::get(op->getContext(), 64));
  return success();
}

static LogicalResult inferArgsort(Operation *op, InferenceContext &context) {
  context.setTensor(0, getDims(context.tensor(op->getOperand(0))),
                    IntegerType::get(op->getContext(), 64));
  return success();
}

static LogicalResult inferTopk(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  std::optional<int64_t> dim = context.getInt("dim");
  if (dims && dim) {
    FailureOr<int64_t> index = context.wrapDim(*dim, dims->size());
    if (failed(index))
      return failure();
    if (!dims->empty())
      (*dims)[*index] = context.getKnown().getDim(context.operand("k"));
  } else {
    dims = std::nullopt;
  }
  context.setTensor(0, dims, type.getDtype());
  context.setTensor(1, dims, IntegerType::get(op->getContext(), 64));
  return success();
}

/// unique: how many values there are is known at run time. Where each element
/// (or slice along `dim`) went, and how often each value occurs, are i64.
static LogicalResult inferUnique(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  Type i64 = IntegerType::get(op->getContext(), 64);
  context.setTensor(2, Dims{DimAttr()}, i64);
  if (!context.operand("dim")) {
    context.setTensor(0, Dims{DimAttr()}, type.getDtype());
    context.setTensor(1, getDims(type), i64);
    return success();
  }
  FailureOr<std::optional<int64_t>> axis = getAxis(op, context);
  if (failed(axis))
    return failure();
  OptionalDims dims = getDims(type);
  DimAttr size;
  if (dims && *axis)
    std::swap(size, (*dims)[**axis]);
  else if (dims)
    dims->assign(dims->size(), DimAttr());
  context.setTensor(0, dims, type.getDtype());
  context.setTensor(1, Dims{size}, i64);
  return success();
}

void torchonnx::registerReductionShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.sum", "aten.sum.dim_IntList", "aten.prod",
                "aten.prod.dim_int", "aten.nansum"},
               inferSum);
  registry.add({"aten.mean",
                "aten.mean.dim",
                "aten.nanmean",
                "aten.max",
                "aten.min",
                "aten.amax",
                "aten.amin",
                "aten.var",
                "aten.var.dim",
                "aten.var.correction",
                "aten.std",
                "aten.std.dim",
                "aten.std.correction",
                "aten.norm.Scalar",
                "aten.norm.ScalarOpt_dim",
                "aten.norm.ScalarOpt_dim_dtype",
                "aten.norm.ScalarOpt_dtype",
                "aten.frobenius_norm.dim",
                "aten.linalg_vector_norm",
                "aten.median"},
               inferMean);
  registry.add({"aten.logsumexp"}, inferFloatReduction);
  registry.add({"aten.all", "aten.all.dim", "aten.all.dims", "aten.any",
                "aten.any.dim", "aten.any.dims"},
               inferAll);
  registry.add({"aten.argmax", "aten.argmin", "aten.count_nonzero",
                "aten.count_nonzero.dim_IntList"},
               inferIndices);
  registry.add({"aten.max.dim", "aten.min.dim", "aten.median.dim", "aten.mode",
                "aten.kthvalue"},
               inferValuesAndIndices);
  registry.add({"aten.aminmax", "aten.var_mean", "aten.var_mean.dim",
                "aten.var_mean.correction", "aten.std_mean",
                "aten.std_mean.dim", "aten.std_mean.correction"},
               inferPair);
  registry.add({"aten.cumsum", "aten.cumprod"}, inferScan);
  registry.add({"aten.logcumsumexp"}, inferSameType);
  registry.add({"aten.cummax", "aten.cummin", "aten.sort", "aten.sort.stable"},
               inferScanWithIndices);
  registry.add({"aten.argsort", "aten.argsort.stable"}, inferArgsort);
  registry.add({"aten.topk"}, inferTopk);
  registry.add({"aten._unique2", "aten.unique_dim"}, inferUnique);
}
