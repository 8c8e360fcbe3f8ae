//===- Convolution.cpp - Convolutions -------------------------------------===//

#include "dialects/Torch/ConvolutionOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

namespace {
// What the operators have in common, by the names of their schemas.
struct Convolution {
  Value input, weight, bias;
  SmallVector<int64_t> stride, padding, dilation, outputPadding;
  int64_t groups = 1;
  bool isTransposed = false;
};
} // namespace

static LogicalResult read(Operation *op, bool isTransposed, Convolution &conv,
                          ConversionContext &c) {
  conv.input = op->getOperand(0);
  conv.weight = op->getOperand(1);
  conv.bias = c.arg(op, "bias");
  conv.isTransposed = isTransposed;
  size_t spatial = c.rank(conv.weight) - 2;
  auto ints = [&](StringRef name, SmallVector<int64_t> &out, int64_t fallback) {
    Value list = c.arg(op, name);
    if (!list) {
      out.assign(spatial, fallback);
      return success();
    }
    auto numbers = c.constInts(list, spatial);
    if (!numbers)
      return c.fail(op, "its " + name + " is not constant");
    out = *numbers;
    return success();
  };
  if (failed(ints("stride", conv.stride, 1)) ||
      failed(ints("padding", conv.padding, 0)) ||
      failed(ints("dilation", conv.dilation, 1)) ||
      failed(ints("output_padding", conv.outputPadding, 0)))
    return failure();
  if (Value groups = c.arg(op, "groups")) {
    auto number = c.constInt(groups);
    if (!number)
      return c.fail(op, "its number of groups is not constant");
    conv.groups = *number;
  }
  return success();
}

static LogicalResult build(Operation *op, const Convolution &conv,
                           ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  if (isa<ComplexType>(type))
    return c.fail(op, "ONNX has no convolution of complex numbers");
  Type kernel = c.kernelType(conv.isTransposed ? "ConvTranspose" : "Conv", type);
  Value x = c.tensorAs(conv.input, kernel);
  Value weight = c.tensorAs(conv.weight, kernel);
  Value bias = conv.bias ? c.tensorAs(conv.bias, kernel) : Value();
  bool isBatched = OnnxBuilder::rank(x) == OnnxBuilder::rank(weight);
  if (!isBatched)
    x = c.builder.unsqueeze(x, {0});

  SmallVector<int64_t> pads(conv.padding);
  llvm::append_range(pads, conv.padding);
  SmallVector<NamedAttribute> attributes = {
      c.builder.intsAttr("dilations", conv.dilation),
      c.builder.intAttr("group", conv.groups),
      c.builder.intsAttr("pads", pads),
      c.builder.intsAttr("strides", conv.stride)};
  auto weightShape = cast<RankedTensorType>(weight.getType()).getShape();
  if (!ShapedType::isDynamicShape(weightShape))
    attributes.push_back(
        c.builder.intsAttr("kernel_shape", weightShape.drop_front(2)));
  if (conv.isTransposed &&
      llvm::any_of(conv.outputPadding, [](int64_t pad) { return pad != 0; }))
    attributes.push_back(
        c.builder.intsAttr("output_padding", conv.outputPadding));

  SmallVector<Symbolic::DimAttr> shape(c.dims(op->getResult(0)));
  if (!isBatched)
    shape.insert(shape.begin(), c.builder.dim(1));
  Type result = OnnxBuilder::tensorType(shape, kernel);
  Value y = conv.isTransposed
                ? c.builder.create<Onnx::ConvTransposeOp>(
                      result, {x, weight, bias}, attributes)
                : c.builder.create<Onnx::ConvOp>(result, {x, weight, bias},
                                                 attributes);
  return c.replace(op, isBatched ? y : c.builder.squeeze(y, {0}));
}

static LogicalResult convertConv(Operation *op, ConversionContext &c) {
  Convolution conv;
  if (failed(read(op, false, conv, c)))
    return failure();
  return build(op, conv, c);
}

static LogicalResult convertConvTranspose(Operation *op, ConversionContext &c) {
  Convolution conv;
  if (failed(read(op, true, conv, c)))
    return failure();
  return build(op, conv, c);
}

static LogicalResult convertAnyConv(Operation *op, ConversionContext &c) {
  auto isTransposed = c.constBool(c.arg(op, "transposed"));
  if (!isTransposed)
    return c.fail(op, "whether it is transposed is not constant");
  return *isTransposed ? convertConvTranspose(op, c) : convertConv(op, c);
}

void torchonnx::registerConvolutionConversions(ConversionRegistry &r) {
  r.addAll<AtenConv1dOp, AtenConv2dOp, AtenConv3dOp, AtenThnnConv2dOp>(
      convertConv);
  r.addAll<AtenConvTranspose1dOp, AtenConvTranspose2dInputOp,
           AtenConvTranspose3dInputOp>(convertConvTranspose);
  r.addAll<AtenConvolutionOp, Aten_ConvolutionOp, Aten_ConvolutionDeprecatedOp>(
      convertAnyConv);
}
