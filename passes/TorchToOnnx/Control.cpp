//===- Control.cpp - Scalars and lists that are computed at run time ------===//
//
// Most of these are gone once shapes are known. What is left depends on data:
// a scalar is a tensor without dimensions.
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/ControlOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

// The type that the operation computes in: that of its result, or of its
// operands where the result tells nothing.
static Type computeType(Operation *op, ConversionContext &c) {
  if (Type type = c.dtype(op->getResult(0)))
    return type;
  return c.promote(op->getOperands());
}

static Value operand(Operation *op, unsigned index, Type type,
                     ConversionContext &c) {
  Value x = c.tensorAs(op->getOperand(index), type);
  if (OnnxBuilder::hasRank(x) && OnnxBuilder::rank(x) > 0)
    x = c.builder.reshape(x, RankedTensorType::get({}, type),
                          c.builder.ints({}));
  return x;
}

//===----------------------------------------------------------------------===//
// Between tensors and scalars
//===----------------------------------------------------------------------===//

// A tensor of one element as a scalar, and a scalar in another type.
static LogicalResult convertToScalar(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  if (!type)
    type = OnnxBuilder::elementType(c.tensor(op->getOperand(0)));
  return c.replace(op, operand(op, 0, type, c));
}

// The numbers in a list and in the lists in it; false if a length is unknown.
static bool flatten(Value list, SmallVectorImpl<Value> &numbers,
                    ConversionContext &c) {
  auto elements = c.listElements(list);
  if (!elements)
    return false;
  for (Value element : *elements)
    if (!isa<Torch::ListType>(element.getType()))
      numbers.push_back(element);
    else if (!flatten(element, numbers, c))
      return false;
  return true;
}

// A list of numbers as a tensor.
static LogicalResult convertListToTensor(Operation *op, ConversionContext &c) {
  SmallVector<Value> numbers;
  RankedTensorType type = c.onnxType(op->getResult(0));
  if (!flatten(op->getOperand(0), numbers, c) || !type.hasStaticShape())
    return c.fail(op, "the length of its list is unknown");
  if (numbers.empty())
    return c.replace(op, c.builder.initializer(DenseElementsAttr::get(
                             type, ArrayRef<Attribute>())));
  SmallVector<Value> parts;
  for (Value number : numbers) {
    Value part = c.tensorAs(number, type.getElementType());
    parts.push_back(c.builder.unsqueeze(part, {0}));
  }
  Value flat = c.builder.concat(parts, 0);
  if (type.getRank() == 1)
    return c.replace(op, flat);
  return c.replace(
      op, c.builder.reshape(flat, type, c.builder.ints(type.getShape())));
}

static LogicalResult convertGetItem(Operation *op, ConversionContext &c) {
  auto index = c.constInt(op->getOperand(1));
  auto elements = c.tensorList(op->getOperand(0));
  if (!index || !elements)
    return c.fail(op, "its list or its index is unknown");
  int64_t at = *index < 0 ? *index + int64_t(elements->size()) : *index;
  if (at < 0 || at >= int64_t(elements->size()))
    return c.fail(op, "its index is out of range");
  return c.replace(op, (*elements)[at]);
}

//===----------------------------------------------------------------------===//
// Sizes
//===----------------------------------------------------------------------===//

static LogicalResult convertSizeInt(Operation *op, ConversionContext &c) {
  auto dim = c.constInt(op->getOperand(1));
  if (!dim)
    return c.fail(op, "its dim is not constant");
  int64_t axis = c.normalizeAxis(*dim, c.rank(op->getOperand(0)));
  if (Value known = c.materializeScalar(c.dims(op->getOperand(0))[axis]))
    return c.replace(op, known);
  return c.replace(op, c.builder.squeeze(c.size(op->getOperand(0), axis), {0}));
}

static LogicalResult convertSize(AtenSizeOp op, ConversionContext &c) {
  SmallVector<Value> sizes;
  for (int64_t i = 0; i < c.rank(op.getSelf()); ++i)
    sizes.push_back(c.builder.squeeze(c.size(op.getSelf(), i), {0}));
  c.mapList(op.getResult(), sizes);
  return success();
}

static LogicalResult convertNumel(Operation *op, ConversionContext &c) {
  auto i64 = RankedTensorType::get({}, c.builder.getBuilder().getI64Type());
  return c.replace(
      op, c.builder.create<Onnx::SizeOp>(i64, c.tensor(op->getOperand(0))));
}

static LogicalResult convertLength(Operation *op, ConversionContext &c) {
  return c.replace(op, c.builder.squeeze(c.size(op->getOperand(0), 0), {0}));
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

template <class OnnxOp>
static LogicalResult convertBinary(Operation *op, ConversionContext &c) {
  Type type = computeType(op, c);
  return c.replace(
      op, c.binary<OnnxOp>(operand(op, 0, type, c), operand(op, 1, type, c)));
}

template <class OnnxOp>
static LogicalResult convertUnary(Operation *op, ConversionContext &c) {
  return c.replace(op, c.unary<OnnxOp>(operand(op, 0, computeType(op, c), c)));
}

// floor, ceil: computed in f64, whatever the result
template <class OnnxOp>
static LogicalResult convertRounding(Operation *op, ConversionContext &c) {
  Type f64 = c.builder.getBuilder().getF64Type();
  return c.replace(op, c.unary<OnnxOp>(operand(op, 0, f64, c)));
}

// remainder with the sign of the divisor
static Value remainder(ConversionContext &c, Value a, Value b) {
  Type type = OnnxBuilder::elementType(a);
  if (!c.isFloat(type))
    return c.builder.binary<Onnx::ModOp>(a, b);
  Value r = c.builder.binary<Onnx::ModOp>(a, b, c.builder.intAttr("fmod", 1));
  Value differs =
      c.builder.less(c.builder.mul(r, b), c.builder.scalar(0, type));
  return c.where(differs, c.builder.add(r, b), r);
}

static LogicalResult convertRemainder(Operation *op, ConversionContext &c) {
  Type type = computeType(op, c);
  return c.replace(
      op, remainder(c, operand(op, 0, type, c), operand(op, 1, type, c)));
}

// floor(a / b) = (a - (a mod b)) / b
static LogicalResult convertFloorDiv(Operation *op, ConversionContext &c) {
  Type type = computeType(op, c);
  Value a = operand(op, 0, type, c), b = operand(op, 1, type, c);
  return c.replace(op, c.builder.div(c.builder.sub(a, remainder(c, a, b)), b));
}

//===----------------------------------------------------------------------===//
// Comparison and logic
//===----------------------------------------------------------------------===//

template <class OnnxOp>
static LogicalResult convertCompare(Operation *op, ConversionContext &c) {
  Type type = c.promote(op->getOperands());
  // Scalars are compared in double precision.
  if (c.isFloat(type))
    type = c.builder.getBuilder().getF64Type();
  return c.replace(op, c.builder.compare<OnnxOp>(operand(op, 0, type, c),
                                                 operand(op, 1, type, c)));
}

static LogicalResult convertNotEqual(Operation *op, ConversionContext &c) {
  Type type = c.promote(op->getOperands());
  if (c.isFloat(type))
    type = c.builder.getBuilder().getF64Type();
  return c.replace(op, c.builder.logicalNot(c.builder.equal(
                           operand(op, 0, type, c), operand(op, 1, type, c))));
}

static LogicalResult convertNot(Operation *op, ConversionContext &c) {
  Type i1 = c.builder.getBuilder().getI1Type();
  return c.replace(op, c.builder.logicalNot(operand(op, 0, i1, c)));
}

// Facts about a tensor that are no tensors: whoever uses one fails.
static LogicalResult convertNothing(Operation *op, ConversionContext &c) {
  return success();
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static void registerArithmetic(ConversionRegistry &r) {
  r.addAll<AtenAddOp, AtenAddIntOp, AtenAddFloatOp, AtenAddIntFloatOp,
           AtenAddFloatIntOp>(convertBinary<Onnx::AddOp>);
  r.addAll<AtenSubOp, AtenSubIntOp, AtenSubFloatOp, AtenSubIntFloatOp,
           AtenSubFloatIntOp>(convertBinary<Onnx::SubOp>);
  r.addAll<AtenMulOp, AtenMulIntOp, AtenMulFloatOp, AtenMulIntFloatOp,
           AtenMulFloatIntOp>(convertBinary<Onnx::MulOp>);
  r.addAll<AtenDivOp, AtenDivIntOp, AtenDivFloatOp>(convertBinary<Onnx::DivOp>);
  r.addAll<AtenPowIntOp, AtenPowFloatOp, AtenPowIntToIntOp, AtenPowIntFloatOp,
           AtenPowFloatIntOp>(convertBinary<Onnx::PowOp>);
  r.addAll<PrimMinIntOp, PrimMinFloatOp>(convertBinary<Onnx::MinOp>);
  r.addAll<PrimMaxIntOp, PrimMaxFloatOp>(convertBinary<Onnx::MaxOp>);
  r.addAll<AtenFloordivOp, AtenFloordivIntOp>(convertFloorDiv);
  r.addAll<AtenRemainderOp, AtenRemainderIntOp, AtenRemainderFloatOp>(
      convertRemainder);
  r.addAll<AtenNegIntOp, AtenNegFloatOp, AtenNegScalarOp>(
      convertUnary<Onnx::NegOp>);
  r.addAll<PrimAbsIntOp, PrimAbsFloatOp>(convertUnary<Onnx::AbsOp>);
  r.addAll<AtenSqrtIntOp, AtenSqrtFloatOp>(convertUnary<Onnx::SqrtOp>);
  r.addAll<AtenFloorFloatOp, AtenFloorScalarOp>(convertRounding<Onnx::FloorOp>);
  r.addAll<AtenCeilFloatOp, AtenCeilScalarOp>(convertRounding<Onnx::CeilOp>);
  r.add<AtenRoundFloatOp>(convertRounding<Onnx::RoundOp>);
}

static void registerComparison(ConversionRegistry &r) {
  r.addAll<AtenEqOp, AtenEqIntOp, AtenEqFloatOp, AtenEqIntFloatOp,
           AtenEqFloatIntOp, AtenEqBoolOp>(convertCompare<Onnx::EqualOp>);
  r.addAll<AtenNeOp, AtenNeIntOp, AtenNeFloatOp, AtenNeIntFloatOp,
           AtenNeFloatIntOp, AtenNeBoolOp>(convertNotEqual);
  r.addAll<AtenLtOp, AtenLtIntOp, AtenLtFloatOp, AtenLtIntFloatOp,
           AtenLtFloatIntOp>(convertCompare<Onnx::LessOp>);
  r.addAll<AtenLeOp, AtenLeIntOp, AtenLeFloatOp, AtenLeIntFloatOp,
           AtenLeFloatIntOp>(convertCompare<Onnx::LessOrEqualOp>);
  r.addAll<AtenGtOp, AtenGtIntOp, AtenGtFloatOp, AtenGtIntFloatOp,
           AtenGtFloatIntOp>(convertCompare<Onnx::GreaterOp>);
  r.addAll<AtenGeOp, AtenGeIntOp, AtenGeFloatOp, AtenGeIntFloatOp,
           AtenGeFloatIntOp>(convertCompare<Onnx::GreaterOrEqualOp>);
  r.add<Aten__Not__Op>(convertNot);
  r.add<Aten__And__BoolOp>(convertCompare<Onnx::AndOp>);
  r.add<Aten__Or__BoolOp>(convertCompare<Onnx::OrOp>);
}

void torchonnx::registerControlConversions(ConversionRegistry &r) {
  r.addAll<AtenItemOp, AtenBoolTensorOp, AtenIntTensorOp, AtenFloatTensorOp,
           AtenIntImplicitOp, AtenFloatImplicitOp, AtenScalarImplicitOp,
           AtenIntFloatOp, AtenIntBoolOp, AtenIntScalarOp, AtenFloatIntOp,
           AtenFloatBoolOp, AtenFloatScalarOp, AtenBoolIntOp, AtenBoolFloatOp,
           AtenIsNonzeroOp, PrimNumToTensorScalarOp, PrimNumToTensorBoolOp,
           AtenTensorIntOp, AtenTensorFloatOp, AtenTensorBoolOp,
           AtenAsTensorIntOp, AtenAsTensorFloatOp>(convertToScalar);
  r.add<AtenAsTensorOp>([](Operation *op, ConversionContext &c) {
    return c.replace(op, c.operand(op));
  });
  r.addAll<AtenTensorOp, AtenAsTensorListOp>(convertListToTensor);
  r.add<Aten__Getitem__TOp>(convertGetItem);
  r.add<AtenSizeIntOp>(convertSizeInt);
  r.add<AtenSizeOp>(convertSize);
  r.add<AtenNumelOp>(convertNumel);
  r.add<AtenLenTensorOp>(convertLength);
  registerArithmetic(r);
  registerComparison(r);
  r.addAll<PrimDtypeOp, PrimDeviceOp, PrimLayoutOp, AtenWarnOp>(convertNothing);
}
