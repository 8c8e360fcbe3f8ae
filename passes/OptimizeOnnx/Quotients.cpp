//===- Quotients.cpp - Products that are quotients ------------------------===//

#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

/// x * (1 / sqrt(y)), as rsqrt is written, is x / sqrt(y). The reciprocal of
/// another number may overflow where the quotient does not; that of a root
/// cannot.
LogicalResult reciprocalToQuotient(Onnx::MulOp op, PatternRewriter &rewriter) {
  for (int at : {1, 0}) {
    Value factor = op->getOperand(at);
    auto reciprocal = factor.getDefiningOp<Onnx::ReciprocalOp>();
    if (!reciprocal || !factor.hasOneUse() ||
        !reciprocal->getOperand(0).getDefiningOp<Onnx::SqrtOp>())
      continue;
    rewriter.replaceOpWithNewOp<Onnx::DivOp>(
        op, op->getResultTypes(),
        ValueRange{op->getOperand(1 - at), reciprocal->getOperand(0)});
    return success();
  }
  return failure();
}

} // namespace

void optimize::populateQuotients(RewritePatternSet &patterns) {
  add(patterns, "reciprocal-to-quotient", reciprocalToQuotient);
}
