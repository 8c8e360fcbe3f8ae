//===- LinearAlgebra.cpp - Products of matrices and vectors ---------------===//

#include "dialects/Torch/LinearAlgebraOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;

// A matrix product, in a type that the runtime has it in.
static Value matmul(ConversionContext &c, Value a, Value b) {
  Type type = OnnxBuilder::elementType(a);
  Type kernel = c.kernelType("MatMul", type);
  Value y =
      c.builder.matmul(c.builder.cast(a, kernel), c.builder.cast(b, kernel));
  return c.builder.cast(y, type);
}

// value * x, which is x for a constant 1
static Value scale(ConversionContext &c, Value x, Value torchFactor) {
  if (c.constFloat(torchFactor) == 1.0)
    return x;
  return c.builder.mul(x, c.scalarAs(torchFactor, OnnxBuilder::elementType(x)));
}

// beta * self + alpha * product
static Value addScaled(ConversionContext &c, Operation *op, Value product) {
  Value beta = c.arg(op, "beta");
  Value y = scale(c, product, c.arg(op, "alpha"));
  if (c.constFloat(beta) == 0.0)
    return y;
  Value self = c.tensorAs(op->getOperand(0), OnnxBuilder::elementType(y));
  return c.builder.add(scale(c, self, beta), y);
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

// linear(x, w, b) = x w^T + b
static LogicalResult convertLinear(AtenLinearOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value x = c.tensorAs(op.getInput(), type),
        w = c.tensorAs(op.getWeight(), type);
  Value b = c.tensorAs(op.getBias(), type);
  if (OnnxBuilder::rank(x) == 2 && OnnxBuilder::rank(w) == 2 &&
      c.isFloat(type) && (!b || OnnxBuilder::rank(b) <= 1))
    return c.replace(op, c.builder.create<Onnx::GemmOp>(
                             c.onnxType(op.getResult()), {x, w, b},
                             {c.builder.intAttr("transB", 1)}));
  Value y =
      matmul(c, x, OnnxBuilder::rank(w) == 2 ? c.builder.swapAxes(w, 0, 1) : w);
  return c.replace(op, b ? c.builder.add(y, b) : y);
}

static LogicalResult convertMatmul(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  return c.replace(op, matmul(c, c.tensorAs(op->getOperand(0), type),
                              c.tensorAs(op->getOperand(1), type)));
}

// addmm(self, a, b) = beta self + alpha a b
static LogicalResult convertAddmm(AtenAddmmOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value a = c.tensorAs(op.getMat1(), type), b = c.tensorAs(op.getMat2(), type);
  auto alpha = op.getAlphaConst(), beta = op.getBetaConst();
  if (!c.isFloat(type) || !alpha || !beta)
    return c.replace(op, addScaled(c, op, matmul(c, a, b)));
  SmallVector<NamedAttribute> attributes;
  if (*alpha != 1)
    attributes.push_back(c.builder.realAttr("alpha", *alpha));
  if (*beta != 1 && *beta != 0)
    attributes.push_back(c.builder.realAttr("beta", *beta));
  Value self = *beta == 0 ? Value() : c.tensorAs(op.getSelf(), type);
  return c.replace(op,
                   c.builder.create<Onnx::GemmOp>(c.onnxType(op.getResult()),
                                                  {a, b, self}, attributes));
}

static LogicalResult convertAddmv(AtenAddmvOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value product =
      matmul(c, c.tensorAs(op.getMat(), type), c.tensorAs(op.getVec(), type));
  return c.replace(op, addScaled(c, op, product));
}

// addbmm(self, a, b) = beta self + alpha sum_i a_i b_i
static LogicalResult convertAddbmm(AtenAddbmmOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value product = matmul(c, c.tensorAs(op.getBatch1(), type),
                         c.tensorAs(op.getBatch2(), type));
  product = c.reduce<Onnx::ReduceSumOp>(product, {0}, false);
  return c.replace(op, addScaled(c, op, product));
}

static LogicalResult convertChain(Operation *op, ConversionContext &c) {
  auto matrices = c.tensorList(op->getOperand(0));
  if (!matrices || matrices->empty())
    return c.fail(op, "the length of its list is unknown");
  Value product = matrices->front();
  for (Value matrix : ArrayRef(*matrices).drop_front())
    product = matmul(c, product, matrix);
  return c.replace(op, product);
}

// matrix_power(a, n) by repeated squaring
static LogicalResult convertMatrixPower(Operation *op, ConversionContext &c) {
  auto exponent = c.constInt(op->getOperand(1));
  if (!exponent || *exponent < 1)
    return c.fail(op, "only constant exponents from 1 on have an ONNX form");
  Value square = c.tensor(op->getOperand(0)), product;
  for (int64_t n = *exponent; n; n >>= 1) {
    if (n & 1)
      product = product ? matmul(c, product, square) : square;
    if (n > 1)
      square = matmul(c, square, square);
  }
  return c.replace(op, product);
}

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

static Value outer(ConversionContext &c, Value a, Value b) {
  return c.builder.mul(c.builder.unsqueeze(a, {1}), b);
}

static LogicalResult convertOuter(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  return c.replace(op, outer(c, c.tensorAs(op->getOperand(0), type),
                             c.tensorAs(op->getOperand(1), type)));
}

static LogicalResult convertAddr(AtenAddrOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value product =
      outer(c, c.tensorAs(op.getVec1(), type), c.tensorAs(op.getVec2(), type));
  return c.replace(op, addScaled(c, op, product));
}

// kron(a, b): [a0, 1, a1, 1] * [1, b0, 1, b1] -> [a0 b0, a1 b1]
static LogicalResult convertKron(AtenKronOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value a = c.tensorAs(op.getSelf(), type), b = c.tensorAs(op.getOther(), type);
  int64_t rank = std::max(OnnxBuilder::rank(a), OnnxBuilder::rank(b));
  auto widen = [&](Value x, bool isFirst) {
    int64_t missing = rank - OnnxBuilder::rank(x);
    SmallVector<int64_t> axes;
    for (int64_t i = 0; i < rank; ++i) {
      axes.push_back(2 * i + (isFirst ? 1 : 0));
      if (i < missing)
        axes.push_back(2 * i + (isFirst ? 0 : 1));
    }
    llvm::sort(axes);
    return c.builder.unsqueeze(x, axes);
  };
  Value y = c.reshapeTo(c.builder.mul(widen(a, true), widen(b, false)),
                        op.getResult());
  return y ? c.replace(op, y) : c.fail(op, "its size is unknown");
}

// a x b = a[1,2,0] * b[2,0,1] - a[2,0,1] * b[1,2,0]
static LogicalResult cross(Operation *op, int64_t dim, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Value a = c.tensorAs(op->getOperand(0), type),
        b = c.tensorAs(op->getOperand(1), type);
  Value next = c.builder.ints({1, 2, 0}), last = c.builder.ints({2, 0, 1});
  auto take = [&](Value x, Value indices) {
    return c.builder.gather(x, indices, dim);
  };
  Value left = c.builder.mul(take(a, next), take(b, last));
  Value right = c.builder.mul(take(a, last), take(b, next));
  return c.replace(op, c.builder.sub(left, right));
}

static LogicalResult convertCross(Operation *op, ConversionContext &c) {
  Value dim = c.arg(op, "dim");
  if (auto axis = c.constInt(dim))
    return cross(op, *axis, c);
  // Without a dim it is the first of size 3; an open one before it may be 3.
  for (int64_t i = 0; c.isNone(dim) && i < c.rank(op->getOperand(0)); ++i) {
    auto size = c.staticDim(op->getOperand(0), i);
    if (size == 3)
      return cross(op, i, c);
    if (!size)
      break;
  }
  return c.fail(op, "its dim is unknown; give it the one of size 3");
}

//===----------------------------------------------------------------------===//
// Sums over products of elements
//===----------------------------------------------------------------------===//

static Value einsum(ConversionContext &c, StringRef equation,
                    ArrayRef<Value> operands, Operation *op) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Einsum", type);
  SmallVector<Value> inputs;
  for (Value operand : operands)
    inputs.push_back(c.builder.cast(operand, kernel));
  Type result =
      OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel);
  Value y = c.builder.create<Onnx::EinsumOp>(
      result, inputs, c.builder.stringAttr("equation", equation));
  return c.builder.cast(y, type);
}

static LogicalResult convertEinsum(AtenEinsumOp op, ConversionContext &c) {
  auto equation = op.getEquationConst();
  auto tensors = c.tensorList(op.getTensors());
  if (!equation || !tensors)
    return c.fail(op, "its equation is not constant");
  std::string text;
  for (char ch : *equation)
    if (ch != ' ')
      text += ch;
  return c.replace(op, einsum(c, text, *tensors, op));
}

static LogicalResult convertTensordot(AtenTensordotOp op,
                                      ConversionContext &c) {
  auto left = op.getDimsSelfConst(), right = op.getDimsOtherConst();
  int64_t leftRank = c.rank(op.getSelf()), rightRank = c.rank(op.getOther());
  if (!left || !right || left->size() != right->size() ||
      leftRank + rightRank > 26)
    return c.fail(op, "its dims are not constant");
  std::string a, b, result;
  for (int64_t i = 0; i < leftRank; ++i)
    a += char('a' + i);
  for (int64_t i = 0; i < rightRank; ++i)
    b += char('a' + leftRank + i);
  result = a + b;
  for (auto [i, j] : llvm::zip(*left, *right)) {
    char letter = a[c.normalizeAxis(i, leftRank)];
    char &other = b[c.normalizeAxis(j, rightRank)];
    llvm::erase(result, letter);
    llvm::erase(result, other);
    other = letter;
  }
  Type type = c.dtype(op.getResult());
  return c.replace(op, einsum(c, a + "," + b + "->" + result,
                              {c.tensorAs(op.getSelf(), type),
                               c.tensorAs(op.getOther(), type)},
                              op));
}

// inner(a, b) sums over the last axis of both.
static LogicalResult convertInner(AtenInnerOp op, ConversionContext &c) {
  Value a = c.tensor(op.getSelf()), b = c.tensor(op.getOther());
  int64_t left = OnnxBuilder::rank(a), right = OnnxBuilder::rank(b);
  if (left == 0 || right == 0)
    return c.replace(op, c.builder.mul(a, b));
  if (right == 1)
    return c.replace(op, matmul(c, a, b));
  if (right == 2)
    return c.replace(op, matmul(c, a, c.builder.swapAxes(b, 0, 1)));
  std::string first, second;
  for (int64_t i = 0; i + 1 < left; ++i)
    first += char('a' + i);
  for (int64_t i = 0; i + 1 < right; ++i)
    second += char('a' + left + i);
  return c.replace(op, einsum(c, first + "z," + second + "z->" + first + second,
                              {a, b}, op));
}

// bilinear(x, y, w, b)_o = x_i w_oij y_j + b_o
static LogicalResult convertBilinear(AtenBilinearOp op, ConversionContext &c) {
  Type type = c.dtype(op.getResult());
  Value y = einsum(c, "...i,oij,...j->...o",
                   {c.tensorAs(op.getInput1(), type),
                    c.tensorAs(op.getWeight(), type),
                    c.tensorAs(op.getInput2(), type)},
                   op);
  Value bias = c.tensorAs(op.getBias(), type);
  return c.replace(op, bias ? c.builder.add(y, bias) : y);
}

static LogicalResult convertDet(Operation *op, ConversionContext &c) {
  Type type = c.dtype(op->getResult(0));
  Type kernel = c.kernelType("Det", type);
  Value y = c.builder.create<Onnx::DetOp>(
      OnnxBuilder::withElementType(c.onnxType(op->getResult(0)), kernel),
      c.tensorAs(op->getOperand(0), kernel));
  return c.replace(op, y);
}

void torchonnx::registerLinearAlgebraConversions(ConversionRegistry &r) {
  r.add<AtenLinearOp>(convertLinear);
  r.addAll<AtenMatmulOp, AtenMmOp, AtenBmmOp, AtenMvOp, AtenDotOp, AtenVdotOp>(
      convertMatmul);
  r.add<AtenAddmmOp>(convertAddmm);
  r.add<AtenAddmvOp>(convertAddmv);
  r.add<AtenAddbmmOp>(convertAddbmm);
  r.addAll<AtenChainMatmulOp, AtenLinalgMultiDotOp>(convertChain);
  r.addAll<AtenMatrixPowerOp, AtenLinalgMatrixPowerOp>(convertMatrixPower);
  r.addAll<AtenOuterOp, AtenGerOp>(convertOuter);
  r.add<AtenAddrOp>(convertAddr);
  r.add<AtenKronOp>(convertKron);
  r.addAll<AtenCrossOp, AtenLinalgCrossOp>(convertCross);
  r.add<AtenEinsumOp>(convertEinsum);
  r.add<AtenTensordotOp>(convertTensordot);
  r.add<AtenInnerOp>(convertInner);
  r.add<AtenBilinearOp>(convertBilinear);
  r.addAll<AtenDetOp, AtenLinalgDetOp>(convertDet);
}
