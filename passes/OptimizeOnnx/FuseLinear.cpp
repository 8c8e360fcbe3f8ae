//===- FuseLinear.cpp - MatMul, Add and Transpose into Gemm ---------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

#include "lib/Support/OnnxBuilder.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

bool isMatrix(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getRank() == 2;
}

/// Gemm has fewer types than MatMul and Add.
bool isGemmType(Value value) {
  Type type = cast<TensorType>(value.getType()).getElementType();
  return type.isF32() || type.isF64() || type.isF16() || type.isBF16();
}

/// `bias` broadcasts to `result`, a matrix, and not the other way round.
bool broadcastsTo(Value bias, Value result) {
  auto type = dyn_cast<RankedTensorType>(bias.getType());
  auto resultType = dyn_cast<RankedTensorType>(result.getType());
  if (!type || !resultType || type.getRank() > 2)
    return false;
  SmallVector<Symbolic::DimAttr> from = Symbolic::getDims(type),
                                 to = Symbolic::getDims(resultType);
  for (size_t i = 0; i < from.size(); ++i) {
    Symbolic::DimAttr dim = from[i], against = to[to.size() - from.size() + i];
    if (!dim || (dim != against && dim.getConstantValue() != 1))
      return false;
  }
  return true;
}

Value createGemm(PatternRewriter &rewriter, Location loc, Type type, Value a,
                 Value b, Value c, ArrayRef<NamedAttribute> attributes) {
  return rewriter
      .create<Onnx::GemmOp>(loc, TypeRange(type), ValueRange{a, b, c},
                            attributes)
      ->getResult(0);
}

/// A bias onto a product, or onto a Gemm that has none.
LogicalResult addToGemm(Onnx::AddOp op, PatternRewriter &rewriter) {
  for (int at : {0, 1}) {
    Value product = op->getOperand(at), bias = op->getOperand(1 - at);
    Operation *producer = product.getDefiningOp();
    if (!isa_and_nonnull<Onnx::MatMulOp, Onnx::GemmOp>(producer) ||
        !product.hasOneUse())
      continue;
    if (!isMatrix(product) || !isMatrix(producer->getOperand(0)) ||
        !isMatrix(producer->getOperand(1)) || !isGemmType(product))
      continue;
    if (isa<Onnx::GemmOp>(producer) && !Onnx::isNone(producer->getOperand(2)))
      continue;
    if (!broadcastsTo(bias, product)) {
      (void)rewriter.notifyMatchFailure(
          op, "the addend does not broadcast to the product for certain");
      continue;
    }
    // Where the factor alone was in use, the Gemm's default is 1.
    SmallVector<NamedAttribute> attributes;
    if (isa<Onnx::GemmOp>(producer))
      for (NamedAttribute attribute : producer->getAttrs())
        if (attribute.getName() != "beta")
          attributes.push_back(attribute);
    Location loc = producer->getLoc();
    Value gemm = createGemm(rewriter, loc, op->getResult(0).getType(),
                            producer->getOperand(0), producer->getOperand(1),
                            bias, attributes);
    return replace(rewriter, op, gemm);
  }
  return failure();
}

Onnx::TransposeOp getMatrixTranspose(Value value) {
  auto transpose = value.getDefiningOp<Onnx::TransposeOp>();
  if (!transpose || !isMatrix(transpose->getOperand(0)))
    return {};
  auto perm = transpose->getAttrOfType<DenseI64ArrayAttr>("perm");
  if (perm && perm.asArrayRef() != ArrayRef<int64_t>{1, 0})
    return {};
  return transpose;
}

LogicalResult transposeIntoGemm(Onnx::GemmOp op, PatternRewriter &rewriter) {
  for (int at : {0, 1}) {
    Onnx::TransposeOp transpose = getMatrixTranspose(op->getOperand(at));
    if (!transpose)
      continue;
    StringRef name = at == 0 ? "transA" : "transB";
    int64_t flag = at == 0 ? op.getTransA() : op.getTransB();
    rewriter.modifyOpInPlace(op, [&] {
      op->setOperand(at, transpose->getOperand(0));
      op->setAttr(name, rewriter.getI64IntegerAttr(!flag));
    });
    return success();
  }
  return failure();
}

LogicalResult transposeIntoMatMul(Onnx::MatMulOp op,
                                  PatternRewriter &rewriter) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (!isMatrix(lhs) || !isMatrix(rhs) || !isGemmType(lhs))
    return failure();
  Onnx::TransposeOp lhsTranspose = getMatrixTranspose(lhs);
  Onnx::TransposeOp rhsTranspose = getMatrixTranspose(rhs);
  if (!lhsTranspose && !rhsTranspose)
    return failure();
  SmallVector<NamedAttribute> attributes;
  auto flag = [&](StringRef name) {
    attributes.push_back(
        rewriter.getNamedAttr(name, rewriter.getI64IntegerAttr(1)));
  };
  if (lhsTranspose) {
    lhs = lhsTranspose->getOperand(0);
    flag("transA");
  }
  if (rhsTranspose) {
    rhs = rhsTranspose->getOperand(0);
    flag("transB");
  }
  OnnxBuilder b(rewriter, op.getLoc());
  return replace(rewriter, op,
                 createGemm(rewriter, op.getLoc(), op->getResult(0).getType(),
                            lhs, rhs, b.none(), attributes));
}

} // namespace

void optimize::populateFuseLinear(RewritePatternSet &patterns) {
  add(patterns, "add-to-gemm", addToGemm);
  add(patterns, "transpose-into-gemm", transposeIntoGemm);
  add(patterns, "transpose-into-matmul", transposeIntoMatMul);
}
