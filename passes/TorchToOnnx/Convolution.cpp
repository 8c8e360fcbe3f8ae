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
  // PyTorch's sums wrap around; those of f32 neither wrap nor stay exact.
  if (!c.isFloat(type))
    return c.fail(op, "ONNX has no convolution of integers; cast the input and "
                      "the weight to a float type first");
  Type kernel =
      c.kernelType(conv.isTransposed ? "ConvTranspose" : "Conv", type);
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
      c.builder.intAttr("group", conv.groups), c.builder.intsAttr("pads", pads),
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
  Value y = conv.isTransposed ? c.builder.create<Onnx::ConvTransposeOp>(
                                    result, {x, weight, bias}, attributes)
                              : c.builder.create<Onnx::ConvOp>(
                                    result, {x, weight, bias}, attributes);
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

//===----------------------------------------------------------------------===//
// Patches
//===----------------------------------------------------------------------===//

// The elements of every patch along one axis: [kernel, patches] positions.
static Value patchIndices(ConversionContext &c, int64_t size, int64_t kernel,
                          int64_t dilation, int64_t stride) {
  int64_t patches = (size - dilation * (kernel - 1) - 1) / stride + 1;
  SmallVector<int64_t> positions;
  for (int64_t k = 0; k < kernel; ++k)
    for (int64_t p = 0; p < patches; ++p)
      positions.push_back(p * stride + k * dilation);
  return c.builder.initializer(DenseElementsAttr::get(
      RankedTensorType::get({kernel, patches},
                            c.builder.getBuilder().getI64Type()),
      ArrayRef<int64_t>(positions)));
}

// im2col: [N, C, H, W] -> [N, C kh kw, patches]
static LogicalResult convertIm2col(AtenIm2colOp op, ConversionContext &c) {
  auto kernel = c.constInts(op.getKernelSize(), 2),
       dilation = c.constInts(op.getDilation(), 2),
       padding = c.constInts(op.getPadding(), 2),
       stride = c.constInts(op.getStride(), 2);
  if (!kernel || !dilation || !padding || !stride || c.rank(op.getSelf()) != 4)
    return c.fail(op, "its arguments are not constant, or it has no batch");
  auto height = c.staticDim(op.getSelf(), 2),
       width = c.staticDim(op.getSelf(), 3);
  if (!height || !width)
    return c.fail(op, "the size of its planes is unknown");
  int64_t h = *height + 2 * (*padding)[0], w = *width + 2 * (*padding)[1];
  Value x = c.tensor(op.getSelf());
  if ((*padding)[0] || (*padding)[1]) {
    SmallVector<Symbolic::DimAttr> shape = OnnxBuilder::dims(x);
    shape[2] = c.builder.dim(h);
    shape[3] = c.builder.dim(w);
    SmallVector<int64_t> pads = {0, 0, (*padding)[0], (*padding)[1],
                                 0, 0, (*padding)[0], (*padding)[1]};
    x = c.builder.create<Onnx::PadOp>(
        OnnxBuilder::tensorType(shape, OnnxBuilder::elementType(x)),
        {x, c.builder.ints(pads)});
  }
  x = c.builder.gather(
      x, patchIndices(c, h, (*kernel)[0], (*dilation)[0], (*stride)[0]), 2);
  x = c.builder.gather(
      x, patchIndices(c, w, (*kernel)[1], (*dilation)[1], (*stride)[1]), 4);
  // [N, C, kh, ph, kw, pw] -> [N, C, kh, kw, ph, pw]
  x = c.builder.transpose(x, {0, 1, 2, 4, 3, 5});
  Value y = c.reshapeTo(x, op.getResult());
  return y ? c.replace(op, y) : c.fail(op, "its size is unknown");
}

// col2im: sums the patches where they came from.
static LogicalResult convertCol2im(AtenCol2imOp op, ConversionContext &c) {
  auto size = c.constInts(op.getOutputSize(), 2),
       kernel = c.constInts(op.getKernelSize(), 2),
       dilation = c.constInts(op.getDilation(), 2),
       padding = c.constInts(op.getPadding(), 2),
       stride = c.constInts(op.getStride(), 2);
  if (!size || !kernel || !dilation || !padding || !stride ||
      c.rank(op.getSelf()) != 3)
    return c.fail(op, "its arguments are not constant, or it has no batch");
  SmallVector<int64_t> pads(*padding);
  llvm::append_range(pads, *padding);
  Type type = c.dtype(op.getResult());
  Type kernelType = c.kernelType("Col2Im", type);
  return c.replace(op, c.builder.create<Onnx::Col2ImOp>(
                           OnnxBuilder::withElementType(
                               c.onnxType(op.getResult()), kernelType),
                           {c.tensorAs(op.getSelf(), kernelType),
                            c.builder.ints(*size), c.builder.ints(*kernel)},
                           {c.builder.intsAttr("dilations", *dilation),
                            c.builder.intsAttr("pads", pads),
                            c.builder.intsAttr("strides", *stride)}));
}

void torchonnx::registerConvolutionConversions(ConversionRegistry &r) {
  r.addAll<AtenConv1dOp, AtenConv2dOp, AtenConv3dOp>(convertConv);
  r.addAll<AtenConvTranspose1dOp, AtenConvTranspose2dInputOp,
           AtenConvTranspose3dInputOp>(convertConvTranspose);
  r.addAll<AtenConvolutionOp, Aten_ConvolutionOp, Aten_ConvolutionDeprecatedOp>(
      convertAnyConv);
  r.add<AtenIm2colOp>(convertIm2col);
  r.add<AtenCol2imOp>(convertCol2im);
}
