//===- Vision.cpp - Shape functions: resizing and sampling ----------------===//

#include "passes/InferShapes/ShapeHelpers.h"

#include <cmath>

using namespace mlir;
using namespace torchonnx;

/// upsample_*: sizes are given, or floor(size * scale) with `scale_factors`.
static LogicalResult inferUpsample(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  OptionalDims dims = getDims(type);
  if (!dims || dims->size() < 3) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  size_t spatial = dims->size() - 2;
  Value sizeValue = context.operand("output_size");
  if (!context.isNone(sizeValue)) {
    OptionalDims sizes = getSizes(context, sizeValue);
    for (size_t i = 0; i < spatial; ++i)
      (*dims)[2 + i] = sizes && i < sizes->size() ? (*sizes)[i] : DimAttr();
    context.setTensor(0, dims, type.getDtype());
    return success();
  }
  std::optional<SmallVector<Value>> factors;
  if (Value scaleFactors = context.operand("scale_factors"))
    factors = context.getKnown().getList(scaleFactors);
  for (size_t i = 0; i < spatial; ++i) {
    DimAttr &dim = (*dims)[2 + i];
    std::optional<double> scale;
    if (factors && i < factors->size())
      scale = context.getKnown().getFloat((*factors)[i]);
    std::optional<int64_t> size = dim ? dim.getConstantValue() : std::nullopt;
    if (scale && size)
      dim = context.constant(static_cast<int64_t>(
          std::floor(static_cast<double>(*size) * *scale)));
    else if (scale && *scale == std::floor(*scale))
      dim = Symbolic::mul(dim, static_cast<int64_t>(*scale));
    else
      dim = DimAttr();
  }
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// grid_sampler(input, grid): input's batch and channels, grid's sizes.
static LogicalResult inferGridSampler(Operation *op,
                                      InferenceContext &context) {
  Torch::TensorType input = context.tensor(op->getOperand(0));
  Torch::TensorType grid = context.tensor(op->getOperand(1));
  if (!input.hasRank() || !grid.hasRank() || input.getRank() < 2 ||
      grid.getRank() < 3) {
    context.setTensor(0, std::nullopt, input.getDtype());
    return success();
  }
  Dims dims(input.getDims().take_front(2));
  llvm::append_range(dims, grid.getDims().drop_front().drop_back());
  context.setTensor(0, dims, input.getDtype());
  return success();
}

/// affine_grid_generator(theta, size): (N, H, W, 2) or (N, D, H, W, 3).
static LogicalResult inferAffineGrid(Operation *op, InferenceContext &context) {
  Torch::TensorType theta = context.tensor(op->getOperand(0));
  OptionalDims sizes = getSizes(context, context.operand("size"));
  if (!sizes || sizes->size() < 3) {
    context.setTensor(0, std::nullopt, theta.getDtype());
    return success();
  }
  Dims dims{(*sizes)[0]};
  dims.append(sizes->begin() + 2, sizes->end());
  dims.push_back(context.constant(sizes->size() - 2));
  context.setTensor(0, dims, theta.getDtype());
  return success();
}

void torchonnx::registerVisionShapes(ShapeFunctionRegistry &registry) {
  registry.add(
      {"aten.upsample_nearest1d",        "aten.upsample_nearest1d.vec",
       "aten.upsample_nearest2d",        "aten.upsample_nearest2d.vec",
       "aten.upsample_nearest3d",        "aten.upsample_nearest3d.vec",
       "aten._upsample_nearest_exact1d", "aten._upsample_nearest_exact1d.vec",
       "aten._upsample_nearest_exact2d", "aten._upsample_nearest_exact2d.vec",
       "aten._upsample_nearest_exact3d", "aten._upsample_nearest_exact3d.vec",
       "aten.upsample_linear1d",         "aten.upsample_linear1d.vec",
       "aten.upsample_bilinear2d",       "aten.upsample_bilinear2d.vec",
       "aten.upsample_trilinear3d",      "aten.upsample_trilinear3d.vec",
       "aten.upsample_bicubic2d",        "aten.upsample_bicubic2d.vec",
       "aten._upsample_bilinear2d_aa",   "aten._upsample_bilinear2d_aa.vec",
       "aten._upsample_bicubic2d_aa",    "aten._upsample_bicubic2d_aa.vec"},
      inferUpsample);
  registry.add(
      {"aten.grid_sampler", "aten.grid_sampler_2d", "aten.grid_sampler_3d"},
      inferGridSampler);
  registry.add({"aten.affine_grid_generator"}, inferAffineGrid);
}
