//===- Mask.cpp - Elements where a condition holds ------------------------===//

#include "dialects/Torch/IndexingOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

// The elements of one operand where a condition holds, else of another.
static LogicalResult select(Operation *op, Value condition, Value ifTrue,
                            Value ifFalse, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  return c.replace(op, c.where(c.tensorAs(condition, c.i1()),
                               c.tensorAs(ifTrue, type),
                               c.tensorAs(ifFalse, type)));
}

static LogicalResult convertMaskedFill(Operation *op, ConversionContext &c) {
  return select(op, op->getOperand(1), op->getOperand(2), op->getOperand(0), c);
}

static LogicalResult convertWhere(Operation *op, ConversionContext &c) {
  return select(op, op->getOperand(0), op->getOperand(1), op->getOperand(2), c);
}

// The positions of elements that are not 0, one a column.
static Value nonZero(ConversionContext &c, Value x) {
  Type i1 = c.i1();
  Value flags = c.builder.cast(x, i1);
  return c.builder.create<Onnx::NonZeroOp>(
      OnnxBuilder::tensorType({c.builder.dim(OnnxBuilder::rank(x)), DimAttr()},
                              c.i64()),
      flags);
}

static LogicalResult convertNonzero(Operation *op, ConversionContext &c) {
  return c.replace(
      op, c.builder.swapAxes(nonZero(c, c.tensor(op->getOperand(0))), 0, 1));
}

static LogicalResult convertMaskedSelect(AtenMaskedSelectOp op,
                                         ConversionContext &c) {
  Value x = c.tensor(op.getSelf());
  Value mask = c.tensorAs(op.getMask(), c.i1());
  if (OnnxBuilder::dims(x) != OnnxBuilder::dims(mask)) {
    // Both in their common shape.
    Value shape =
        c.builder.shape(c.builder.logicalOr(mask, c.builder.equal(x, x)));
    Type type = c.builder.broadcastType({x, mask}, OnnxBuilder::elementType(x));
    mask = c.builder.expand(
        mask, shape,
        OnnxBuilder::withElementType(type, OnnxBuilder::elementType(mask)));
    x = c.builder.expand(x, shape, type);
  }
  return c.replace(op, c.builder.create<Onnx::GatherNDOp>(
                           c.onnxType(op.getResult()),
                           {x, c.builder.swapAxes(nonZero(c, mask), 0, 1)}));
}

// The elements of the source, in order, where the mask is true.
static LogicalResult convertMaskedScatter(AtenMaskedScatterOp op,
                                          ConversionContext &c) {
  Value x = c.tensor(op.getSelf());
  Value mask = c.tensorAs(op.getMask(), c.i1());
  Value source = c.tensorAs(op.getSource(), OnnxBuilder::elementType(x));
  mask = c.expandTo(mask, op.getResult());
  if (!mask)
    return c.fail(op, "its size is unknown");
  // Each true position takes the element of its number.
  Value flags = c.builder.cast(c.builder.reshape(mask, {-1}), c.i64());
  Value count = c.builder.create<Onnx::CumSumOp>(
      flags.getType(), {flags, c.builder.scalar(0, c.i64())});
  Value number =
      c.builder.max(c.builder.sub(count, c.builder.scalar(1, c.i64())),
                    c.builder.scalar(0, c.i64()));
  Value taken = c.builder.gather(c.builder.reshape(source, {-1}), number, 0);
  taken = c.reshapeTo(taken, op.getResult());
  if (!taken)
    return c.fail(op, "its size is unknown");
  return c.replace(op, c.where(mask, taken, x));
}

void torchonnx::registerMaskConversions(ConversionRegistry &r) {
  r.addAll<AtenMaskedFillScalarOp, AtenMaskedFillTensorOp>(convertMaskedFill);
  r.addAll<AtenWhereSelfOp, AtenWhereScalarOp, AtenWhereScalarSelfOp,
           AtenWhereScalarOtherOp>(convertWhere);
  r.addAll<AtenNonzeroOp, AtenArgwhereOp>(convertNonzero);
  r.add<AtenMaskedSelectOp>(convertMaskedSelect);
  r.add<AtenMaskedScatterOp>(convertMaskedScatter);
}
