//===- Vision.cpp - Interpolation and sampling ----------------------------===//

#include "dialects/Torch/VisionOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

//===----------------------------------------------------------------------===//
// Interpolation
//===----------------------------------------------------------------------===//

namespace {
struct Interpolation {
  const char *mode;
  bool isExact = false;
  bool antialias = false;
};
} // namespace

// How a position in the result becomes one in the input.
static SmallVector<NamedAttribute>
attributes(OnnxBuilder &b, const Interpolation &kind, bool alignCorners) {
  SmallVector<NamedAttribute> result = {b.stringAttr("mode", kind.mode)};
  StringRef mode = kind.mode;
  StringRef transform = alignCorners ? "align_corners" : "half_pixel";
  if (mode == "nearest") {
    // floor(i * in / out), or with centres of pixels floor((i + 1/2) * in /
    // out)
    transform = kind.isExact ? "half_pixel" : "asymmetric";
    result.push_back(b.stringAttr(
        "nearest_mode", kind.isExact ? "round_prefer_ceil" : "floor"));
  }
  result.push_back(b.stringAttr("coordinate_transformation_mode", transform));
  if (mode == "cubic")
    result.push_back(
        b.realAttr("cubic_coeff_a", kind.antialias ? -0.5 : -0.75));
  // The weights of a filter are those of the pixels that there are.
  if (kind.antialias) {
    result.push_back(b.intAttr("antialias", 1));
    result.push_back(b.intAttr("exclude_outside", 1));
  }
  return result;
}

// The factors of the spatial axes: one list, or an operand for each axis.
// Empty if there are none; nullopt if they are not constant.
static std::optional<SmallVector<double>> readScales(Operation *op,
                                                     ConversionContext &c) {
  if (Value list = c.arg(op, "scale_factors")) {
    if (c.isNone(list))
      return SmallVector<double>();
    return matchConstantFloatList(list);
  }
  SmallVector<double> scales;
  for (StringRef name : {"scales", "scales_d", "scales_h", "scales_w"}) {
    Value scale = c.arg(op, name);
    if (!scale || c.isNone(scale))
      continue;
    auto number = c.constFloat(scale);
    if (!number)
      return std::nullopt;
    scales.push_back(*number);
  }
  return scales;
}

static LogicalResult interpolate(Operation *op, const Interpolation &kind,
                                 ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Resize", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  int64_t rank = OnnxBuilder::rank(x), spatial = rank - 2;
  bool alignCorners = false;
  if (Value align = c.arg(op, "align_corners")) {
    auto flag = c.constBool(align);
    if (!flag)
      return c.fail(op, "its align_corners is not constant");
    alignCorners = *flag;
  }
  auto factors = readScales(op, c);
  if (!factors)
    return c.fail(op, "its factors are not constant");
  SmallVector<NamedAttribute> attrs = attributes(c.builder, kind, alignCorners);
  Type result =
      OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel);
  Type f32 = c.builder.getBuilder().getF32Type();
  if (int64_t(factors->size()) == spatial) {
    SmallVector<double> scales(2, 1.0);
    llvm::append_range(scales, *factors);
    return c.replace(
        op, c.builder.create<Onnx::ResizeOp>(
                result, {x, Value(), c.builder.reals(scales, f32), Value()},
                attrs));
  }
  // Sizes: of the spatial axes alone where the opset has that.
  ArrayRef<DimAttr> shape = c.dims(op->getResult(0));
  Value sizeList = c.arg(op, "output_size");
  Value sizes = c.shapeTensor(shape.drop_front(2));
  if (!sizes && sizeList)
    sizes = c.intListTensor(sizeList);
  if (!sizes)
    return c.fail(op, "the size of its result is unknown");
  if (c.getTargetOpset() >= 18 &&
      !c.onnxType(op->getResult(0)).hasStaticShape())
    attrs.push_back(c.builder.intsAttr(
        "axes", llvm::to_vector(llvm::seq<int64_t>(2, rank))));
  else if (Value all = c.shapeTensor(shape))
    sizes = all;
  else
    sizes = c.builder.concat({c.builder.shape(x, 0, 2), sizes}, 0);
  return c.replace(op, c.builder.create<Onnx::ResizeOp>(
                           result, {x, Value(), Value(), sizes}, attrs));
}

static auto convertInterpolation(Interpolation kind) {
  return [kind](Operation *op, ConversionContext &c) {
    return interpolate(op, kind, c);
  };
}

//===----------------------------------------------------------------------===//
// Sampling
//===----------------------------------------------------------------------===//

static LogicalResult convertGridSampler(Operation *op, ConversionContext &c) {
  static const char *const modes[] = {"linear", "nearest", "cubic"};
  static const char *const paddings[] = {"zeros", "border", "reflection"};
  auto mode = c.constInt(op->getOperand(2)),
       padding = c.constInt(op->getOperand(3));
  auto align = c.constBool(op->getOperand(4));
  if (!mode || !padding || !align || *mode < 0 || *mode > 2 || *padding < 0 ||
      *padding > 2)
    return c.fail(op, "its modes are not constant");
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("GridSample", type);
  return c.replace(
      op,
      c.builder.create<Onnx::GridSampleOp>(
          OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
          {c.tensorAs(op->getOperand(0), kernel),
           c.tensorAs(op->getOperand(1), kernel)},
          {c.builder.intAttr("align_corners", *align),
           c.builder.stringAttr("mode", modes[*mode]),
           c.builder.stringAttr("padding_mode", paddings[*padding])}));
}

static LogicalResult convertAffineGrid(AtenAffineGridGeneratorOp op,
                                       ConversionContext &c) {
  auto align = op.getAlignCornersConst();
  Value size = c.intListTensor(op.getSize());
  if (!align || !size)
    return c.fail(op, "its arguments are not constant");
  return c.replace(op, c.builder.create<Onnx::AffineGridOp>(
                           c.onnxType(op.getResult()),
                           {c.tensor(op.getTheta()), size},
                           c.builder.intAttr("align_corners", *align)));
}

void torchonnx::registerVisionConversions(ConversionRegistry &r) {
  r.addAll<AtenUpsampleNearest1dOp, AtenUpsampleNearest1dVecOp,
           AtenUpsampleNearest2dOp, AtenUpsampleNearest2dVecOp,
           AtenUpsampleNearest3dOp, AtenUpsampleNearest3dVecOp>(
      convertInterpolation({"nearest"}));
  r.addAll<Aten_UpsampleNearestExact1dOp, Aten_UpsampleNearestExact1dVecOp,
           Aten_UpsampleNearestExact2dOp, Aten_UpsampleNearestExact2dVecOp,
           Aten_UpsampleNearestExact3dOp, Aten_UpsampleNearestExact3dVecOp>(
      convertInterpolation({"nearest", true}));
  r.addAll<AtenUpsampleLinear1dOp, AtenUpsampleLinear1dVecOp,
           AtenUpsampleBilinear2dOp, AtenUpsampleBilinear2dVecOp,
           AtenUpsampleTrilinear3dOp, AtenUpsampleTrilinear3dVecOp>(
      convertInterpolation({"linear"}));
  r.addAll<AtenUpsampleBicubic2dOp, AtenUpsampleBicubic2dVecOp>(
      convertInterpolation({"cubic"}));
  r.addAll<Aten_UpsampleBilinear2dAaOp, Aten_UpsampleBilinear2dAaVecOp>(
      convertInterpolation({"linear", false, true}));
  r.addAll<Aten_UpsampleBicubic2dAaOp, Aten_UpsampleBicubic2dAaVecOp>(
      convertInterpolation({"cubic", false, true}));
  r.addAll<AtenGridSamplerOp, AtenGridSampler2dOp, AtenGridSampler3dOp>(
      convertGridSampler);
  r.add<AtenAffineGridGeneratorOp>(convertAffineGrid);
}
