//===- Convolution.cpp - Shape functions: convolutions --------------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

namespace {
/// The arguments that every form of convolution has.
struct Convolution {
  Torch::TensorType input, weight;
  SmallVector<int64_t> stride, padding, dilation, outputPadding;
  int64_t groups = 1;
  bool isTransposed = false;
};
} // namespace

/// Sizes of the result: (batch, channels, spatial...). The batch may be absent.
static LogicalResult setConvolution(InferenceContext &context,
                                    const Convolution &conv) {
  Type dtype = conv.input.getDtype();
  if (!conv.weight.hasRank() || !conv.input.hasRank()) {
    context.setTensor(0, std::nullopt, dtype);
    return success();
  }
  size_t spatial = conv.weight.getRank() - 2;
  size_t rank = conv.input.getRank();
  if (rank != spatial + 2 && rank != spatial + 1)
    return context.error(
        "a weight of " + Twine(spatial + 2) +
        " dimensions needs an input of as many, the input has " + Twine(rank));
  bool hasBatch = rank == spatial + 2;
  ArrayRef<DimAttr> input = conv.input.getDims();
  ArrayRef<DimAttr> weight = conv.weight.getDims();
  DimAttr channels = input[hasBatch];
  DimAttr expected =
      conv.isTransposed ? weight[0] : Symbolic::mul(weight[1], conv.groups);
  if (Symbolic::neverEqual(channels, expected))
    return context.error("the input has " + channels.str() +
                         " channels, the weight is for " + expected.str());
  context.requireEqual(channels, expected);
  SmallVector<int64_t> stride = expandList(conv.stride, spatial);
  SmallVector<int64_t> padding = expandList(conv.padding, spatial);
  SmallVector<int64_t> dilation = expandList(conv.dilation, spatial);
  SmallVector<int64_t> outputPadding = expandList(conv.outputPadding, spatial);
  if (stride.empty())
    stride.assign(spatial, 1);
  if (outputPadding.empty())
    outputPadding.assign(spatial, 0);
  if (stride.size() != spatial || padding.size() != spatial ||
      dilation.size() != spatial || outputPadding.size() != spatial)
    return context.error("stride, padding and dilation need " + Twine(spatial) +
                         " values");
  Dims dims;
  if (hasBatch)
    dims.push_back(input[0]);
  dims.push_back(conv.isTransposed ? Symbolic::mul(weight[1], conv.groups)
                                   : weight[0]);
  for (size_t i = 0; i < spatial; ++i) {
    DimAttr size = input[hasBatch + 1 + i], kernel = weight[2 + i];
    if (!conv.isTransposed) {
      dims.push_back(
          windowedSize(size, kernel, stride[i], padding[i], dilation[i]));
      continue;
    }
    // (size - 1) * stride - 2 * padding + dilation * (kernel - 1) +
    // output_padding + 1
    DimAttr grown = Symbolic::mul(Symbolic::add(size, -1), stride[i]);
    grown = Symbolic::add(
        grown, Symbolic::mul(Symbolic::add(kernel, -1), dilation[i]));
    dims.push_back(Symbolic::add(grown, outputPadding[i] + 1 - 2 * padding[i]));
  }
  for (DimAttr dim : dims)
    if (std::optional<int64_t> high = Symbolic::getUpperBound(dim);
        high && *high < 0)
      return context.error("the kernel is larger than the padded input");
  context.setTensor(0, dims, dtype);
  return success();
}

static LogicalResult inferConvolution(Operation *op,
                                      InferenceContext &context) {
  Convolution conv;
  conv.input = context.tensor(op->getOperand(0));
  conv.weight = context.tensor(op->getOperand(1));
  StringRef key = Torch::getSchemaKey(op);
  conv.isTransposed = key.starts_with("aten.conv_transpose");
  if (Value transposed = context.operand("transposed")) {
    std::optional<bool> known = context.getKnown().getBool(transposed);
    if (!known) {
      context.setTensor(0, std::nullopt, conv.input.getDtype());
      return success();
    }
    conv.isTransposed = *known;
  }
  std::optional<SmallVector<int64_t>> stride = context.getIntList("stride");
  std::optional<SmallVector<int64_t>> padding = context.getIntList("padding");
  std::optional<SmallVector<int64_t>> dilation = context.getIntList("dilation");
  std::optional<int64_t> groups = context.getInt("groups");
  SmallVector<int64_t> outputPadding;
  if (context.operand("output_padding"))
    outputPadding =
        context.getIntList("output_padding").value_or(outputPadding);
  if (!stride || !padding || !dilation || !groups) {
    context.setTensor(0, std::nullopt, conv.input.getDtype());
    return success();
  }
  conv.stride = *stride;
  conv.padding = *padding;
  conv.dilation = *dilation;
  conv.outputPadding = outputPadding;
  conv.groups = *groups;
  return setConvolution(context, conv);
}

/// Padding given as a string: "valid" or "same".
static LogicalResult inferStringPadding(Operation *op,
                                        InferenceContext &context) {
  Convolution conv;
  conv.input = context.tensor(op->getOperand(0));
  conv.weight = context.tensor(op->getOperand(1));
  std::optional<SmallVector<int64_t>> stride = context.getIntList("stride");
  std::optional<SmallVector<int64_t>> dilation = context.getIntList("dilation");
  std::optional<int64_t> groups = context.getInt("groups");
  Value padding = context.operand("padding");
  std::optional<StringRef> mode = context.getKnown().getString(padding);
  if (!stride || !dilation || !groups || !mode || !conv.weight.hasRank()) {
    context.setTensor(0, std::nullopt, conv.input.getDtype());
    return success();
  }
  conv.stride = *stride;
  conv.dilation = *dilation;
  conv.groups = *groups;
  conv.padding = {0};
  if (failed(setConvolution(context, conv)))
    return failure();
  if (*mode == "valid" || !conv.input.hasRank())
    return success();
  auto result = cast<Torch::TensorType>(op->getResult(0).getType());
  Dims dims(result.getDims());
  size_t spatial = conv.weight.getRank() - 2;
  for (size_t i = dims.size() - spatial; i < dims.size(); ++i)
    dims[i] = conv.input.getDims()[i];
  context.setTensor(0, dims, result.getDtype());
  return success();
}

/// im2col(self, kernel_size, dilation, padding, stride): (N, C, H, W) ->
/// (N, C * kernel, windows).
static LogicalResult inferIm2col(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<SmallVector<int64_t>> kernel =
      context.getIntList("kernel_size");
  std::optional<SmallVector<int64_t>> dilation = context.getIntList("dilation");
  std::optional<SmallVector<int64_t>> padding = context.getIntList("padding");
  std::optional<SmallVector<int64_t>> stride = context.getIntList("stride");
  if (!type.hasRank() || type.getRank() < 3 || !kernel || !dilation ||
      !padding || !stride) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  size_t channels = type.getRank() - 3;
  Dims dims(type.getDims().take_front(channels));
  DimAttr windows = context.constant(1);
  int64_t area = 1;
  for (size_t i = 0; i < 2; ++i) {
    area *= (*kernel)[i];
    windows = Symbolic::mul(
        windows, windowedSize(type.getDims()[channels + 1 + i],
                              context.constant((*kernel)[i]), (*stride)[i],
                              (*padding)[i], (*dilation)[i]));
  }
  dims.push_back(Symbolic::mul(type.getDims()[channels], area));
  dims.push_back(windows);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

/// col2im(self, output_size, kernel_size, ...): (N, C * kernel, windows) ->
/// (N, C, H, W).
static LogicalResult inferCol2im(Operation *op, InferenceContext &context) {
  Torch::TensorType type = context.tensor(op->getOperand(0));
  std::optional<SmallVector<int64_t>> kernel =
      context.getIntList("kernel_size");
  OptionalDims sizes = getSizes(context, context.operand("output_size"));
  if (!type.hasRank() || type.getRank() < 2 || !kernel || !sizes) {
    context.setTensor(0, std::nullopt, type.getDtype());
    return success();
  }
  int64_t area = 1;
  for (int64_t size : *kernel)
    area *= size;
  Dims dims(type.getDims().drop_back(2));
  dims.push_back(Symbolic::floorDiv(type.getDims()[type.getRank() - 2], area));
  llvm::append_range(dims, *sizes);
  context.setTensor(0, dims, type.getDtype());
  return success();
}

void torchonnx::registerConvolutionShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.conv1d", "aten.conv2d", "aten.conv3d",
                "aten.conv_transpose1d", "aten.conv_transpose2d.input",
                "aten.conv_transpose3d.input", "aten.convolution",
                "aten._convolution", "aten._convolution.deprecated"},
               inferConvolution);
  registry.add({"aten.im2col"}, inferIm2col);
  registry.add({"aten.col2im"}, inferCol2im);
  registry.add({"aten.conv1d.padding", "aten.conv2d.padding",
                "aten.conv3d.padding", "aten._convolution_mode"},
               inferStringPadding);
}
