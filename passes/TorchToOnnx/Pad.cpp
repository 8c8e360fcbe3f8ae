//===- Pad.cpp - Padding --------------------------------------------------===//

#include "dialects/Torch/ShapeOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

// PyTorch lists pairs from the last axis on, ONNX all starts and then all ends.
static Value padAmounts(ConversionContext &c, Value list, int64_t rank) {
  auto elements = c.listElements(list);
  if (!elements || elements->size() % 2 || int64_t(elements->size()) > 2 * rank)
    return {};
  int64_t padded = elements->size() / 2;
  if (auto numbers = c.constInts(list)) {
    SmallVector<int64_t> amounts(2 * rank, 0);
    for (int64_t i = 0; i < padded; ++i) {
      amounts[rank - 1 - i] = (*numbers)[2 * i];
      amounts[2 * rank - 1 - i] = (*numbers)[2 * i + 1];
    }
    return c.builder.ints(amounts);
  }
  SmallVector<Value> parts;
  for (int64_t end = 0; end < 2; ++end) {
    if (rank > padded)
      parts.push_back(c.builder.ints(SmallVector<int64_t>(rank - padded, 0)));
    for (int64_t i = padded - 1; i >= 0; --i) {
      parts.push_back(c.intTensor((*elements)[2 * i + end]));
      if (!parts.back())
        return {};
    }
  }
  return c.builder.concat(parts, 0);
}

static LogicalResult pad(Operation *op, StringRef mode, Value torchValue,
                         ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Pad", type);
  Value x = c.tensorAs(op->getOperand(0), kernel);
  Value amounts = padAmounts(c, op->getOperand(1), OnnxBuilder::rank(x));
  if (!amounts)
    return c.fail(op, "its amounts of padding are unknown");
  Value value;
  if (mode == "constant" && torchValue && !c.isNone(torchValue) &&
      c.constFloat(torchValue) != 0.0)
    value = c.scalarAs(torchValue, kernel);
  return c.replace(
      op,
      c.builder.create<Onnx::PadOp>(
          OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
          {x, amounts, value}, c.builder.stringAttr("mode", mode)));
}

static LogicalResult convertPad(AtenPadOp op, ConversionContext &c) {
  auto mode = op.getModeConst();
  if (mode == "constant" || mode == "reflect")
    return pad(op, *mode, op.getValue(), c);
  if (mode == "replicate")
    return pad(op, "edge", {}, c);
  if (mode == "circular")
    return pad(op, "wrap", {}, c);
  return c.fail(op, "its mode is not constant");
}

static LogicalResult convertPadEnum(Aten_PadEnumOp op, ConversionContext &c) {
  // The order of PyTorch's padding_mode.
  static const char *const modes[] = {"reflect", "edge", "wrap", "constant"};
  auto mode = op.getModeConst();
  if (!mode || *mode < 0 || *mode > 3)
    return c.fail(op, "its mode is not constant");
  return pad(op, modes[*mode], op.getValue(), c);
}

void torchonnx::registerPadConversions(ConversionRegistry &r) {
  r.add<AtenPadOp>(convertPad);
  r.add<Aten_PadEnumOp>(convertPadEnum);
  r.add<AtenConstantPadNdOp>([](AtenConstantPadNdOp op, ConversionContext &c) {
    return pad(op, "constant", op.getValue(), c);
  });
  r.addAll<AtenReflectionPad1dOp, AtenReflectionPad2dOp, AtenReflectionPad3dOp>(
      [](Operation *op, ConversionContext &c) {
        return pad(op, "reflect", {}, c);
      });
  r.addAll<AtenReplicationPad1dOp, AtenReplicationPad2dOp,
           AtenReplicationPad3dOp>([](Operation *op, ConversionContext &c) {
    return pad(op, "edge", {}, c);
  });
  r.add<Aten_PadCircularOp>([](Operation *op, ConversionContext &c) {
    return pad(op, "wrap", {}, c);
  });
}
