//===- Transposes.cpp - Transposes that cancel ----------------------------===//

#include "lib/Support/OnnxBuilder.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

/// The permutation, also where it is left out; nothing for an unknown rank.
std::optional<SmallVector<int64_t>> getPermutation(Onnx::TransposeOp op) {
  if (auto perm = op->getAttrOfType<DenseI64ArrayAttr>("perm"))
    return llvm::to_vector(perm.asArrayRef());
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  if (!type)
    return std::nullopt;
  return llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(0, type.getRank())));
}

/// First `inner`, then `outer`.
SmallVector<int64_t> compose(ArrayRef<int64_t> inner, ArrayRef<int64_t> outer) {
  SmallVector<int64_t> both;
  for (int64_t axis : outer)
    both.push_back(inner[axis]);
  return both;
}

bool isIdentity(ArrayRef<int64_t> perm) {
  return llvm::equal(perm, llvm::seq<int64_t>(0, perm.size()));
}

LogicalResult removeIdentityTranspose(Onnx::TransposeOp op,
                                      PatternRewriter &rewriter) {
  auto perm = getPermutation(op);
  if (!perm || !isIdentity(*perm))
    return failure();
  return replace(rewriter, op, op->getOperand(0));
}

LogicalResult mergeTransposes(Onnx::TransposeOp op, PatternRewriter &rewriter) {
  auto inner = op->getOperand(0).getDefiningOp<Onnx::TransposeOp>();
  if (!inner)
    return failure();
  auto outerPerm = getPermutation(op), innerPerm = getPermutation(inner);
  if (!outerPerm || !innerPerm)
    return rewriter.notifyMatchFailure(op, "the rank is not known");
  SmallVector<int64_t> perm = compose(*innerPerm, *outerPerm);
  if (isIdentity(perm))
    return replace(rewriter, op, inner->getOperand(0));
  rewriter.modifyOpInPlace(op, [&] {
    op->setOperand(0, inner->getOperand(0));
    op->setAttr("perm", rewriter.getDenseI64ArrayAttr(perm));
  });
  return success();
}

/// Where only dimensions of size 1 move, the elements keep their order.
LogicalResult transposeToReshape(Onnx::TransposeOp op,
                                 PatternRewriter &rewriter) {
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  auto resultType = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  auto perm = getPermutation(op);
  if (!type || !resultType || !perm)
    return failure();
  int64_t last = -1;
  for (int64_t axis : *perm) {
    if (type.getDimSize(axis) == 1)
      continue;
    if (axis < last)
      return failure();
    last = axis;
  }
  SmallVector<Symbolic::DimAttr> dims = Symbolic::getDims(resultType);
  if (type == resultType && llvm::is_contained(dims, Symbolic::DimAttr()))
    return failure();
  Value reshaped = OnnxBuilder(rewriter, op.getLoc())
                       .tryReshape(op->getOperand(0), resultType);
  if (!reshaped)
    return rewriter.notifyMatchFailure(op, "no constant target says the shape");
  return replace(rewriter, op, reshaped);
}

bool isUnaryElementwise(Operation *op) {
  return isa<Onnx::ReluOp, Onnx::SigmoidOp, Onnx::TanhOp, Onnx::CastOp,
             Onnx::NegOp, Onnx::AbsOp, Onnx::ExpOp, Onnx::LogOp, Onnx::SqrtOp,
             Onnx::ErfOp, Onnx::GeluOp, Onnx::LeakyReluOp, Onnx::EluOp,
             Onnx::HardSwishOp, Onnx::HardSigmoidOp, Onnx::SoftplusOp,
             Onnx::ReciprocalOp, Onnx::NotOp, Onnx::FloorOp, Onnx::CeilOp,
             Onnx::RoundOp, Onnx::SinOp, Onnx::CosOp, Onnx::MishOp,
             Onnx::SeluOp, Onnx::SoftsignOp, Onnx::ClipOp>(op);
}

bool isBinaryElementwise(Operation *op) {
  return isa<Onnx::AddOp, Onnx::SubOp, Onnx::MulOp, Onnx::DivOp, Onnx::PowOp,
             Onnx::PReluOp>(op);
}

/// `operand` of an operation on tensors with permuted axes: the same constant
/// with its axes permuted. Null for what is no constant, or a large one.
Value permuteConstant(Value operand, ArrayRef<int64_t> perm, OpBuilder &builder,
                      Location loc) {
  TypedAttr constant = getInitializer(operand);
  if (!constant)
    return {};
  auto type = optimize::getType(constant);
  if (type.getNumElements() == 1 && type.getRank() == 0)
    return operand;
  if (type.getRank() > int64_t(perm.size()) || getBytes(type) > 65536)
    return {};
  SmallVector<int64_t> shape(perm.size() - type.getRank(), 1), permuted;
  shape.append(type.getShape().begin(), type.getShape().end());
  for (int64_t axis : perm)
    permuted.push_back(shape[axis]);
  std::string error;
  TypedAttr value =
      evaluate("Transpose", {optimize::reshape(constant, shape)},
               builder.getDictionaryAttr(builder.getNamedAttr(
                   "perm", builder.getDenseI64ArrayAttr(perm))),
               RankedTensorType::get(permuted, type.getElementType()), error);
  return value ? makeInitializer(builder, loc, value) : Value();
}

/// The operand of an element-wise operation that is no constant.
std::optional<unsigned> getDataOperand(Operation *op) {
  if (isUnaryElementwise(op))
    return 0;
  if (isBinaryElementwise(op))
    return getInitializer(op->getOperand(0)) ? 1 : 0;
  return std::nullopt;
}

/// A transpose after element-wise operations on something transposed: both
/// transposes meet before the operations.
LogicalResult sinkTranspose(Onnx::TransposeOp op, PatternRewriter &rewriter) {
  // From the last operation up to the first.
  constexpr size_t kMaxChain = 8;
  SmallVector<Operation *> chain;
  Value input = op->getOperand(0);
  Onnx::TransposeOp first;
  while (chain.size() < kMaxChain) {
    Operation *producer = input.getDefiningOp();
    if (!producer)
      return failure();
    if ((first = dyn_cast<Onnx::TransposeOp>(producer)))
      break;
    std::optional<unsigned> at = getDataOperand(producer);
    if (!at || !input.hasOneUse() || !isa<RankedTensorType>(input.getType()))
      return failure();
    chain.push_back(producer);
    input = producer->getOperand(*at);
  }
  if (!first || chain.empty())
    return failure();
  auto firstPerm = getPermutation(first), secondPerm = getPermutation(op);
  if (!firstPerm || !secondPerm || firstPerm->size() != secondPerm->size() ||
      !isa<RankedTensorType>(first->getOperand(0).getType()))
    return failure();
  SmallVector<int64_t> both = compose(*firstPerm, *secondPerm);
  if (!first->getResult(0).hasOneUse() && !isIdentity(both))
    return rewriter.notifyMatchFailure(
        op, "the first transpose is needed in any case");
  for (Operation *producer : chain)
    if (cast<RankedTensorType>(producer->getResult(0).getType()).getRank() !=
        int64_t(both.size()))
      return failure();

  SmallVector<Value> constants;
  for (Operation *producer : chain) {
    constants.push_back({});
    if (!isBinaryElementwise(producer))
      continue;
    Value other = producer->getOperand(1 - *getDataOperand(producer));
    constants.back() =
        permuteConstant(other, *secondPerm, rewriter, op.getLoc());
    if (!constants.back())
      return rewriter.notifyMatchFailure(
          op, "another operand is no constant, or large");
  }
  Value value = OnnxBuilder(rewriter, first.getLoc())
                    .transpose(first->getOperand(0), both);
  for (size_t i = chain.size(); i-- > 0;) {
    Operation *producer = chain[i];
    auto type = cast<RankedTensorType>(producer->getResult(0).getType());
    SmallVector<Symbolic::DimAttr> dims = Symbolic::getDims(type), permuted;
    for (int64_t axis : *secondPerm)
      permuted.push_back(dims[axis]);
    SmallVector<Value> operands(producer->getOperands());
    unsigned at = *getDataOperand(producer);
    operands[at] = value;
    if (constants[i])
      operands[1 - at] = constants[i];
    OperationState state(
        producer->getLoc(), producer->getName(), operands,
        Symbolic::makeTensorType(permuted, type.getElementType()),
        producer->getAttrs());
    value = rewriter.create(state)->getResult(0);
  }
  return replace(rewriter, op, value);
}

/// Two tensors transposed alike are transposed after the operation on them.
struct TransposeAfter : RewritePattern {
  TransposeAfter(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {
    setDebugName("transpose-after-elementwise");
  }
  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isBinaryElementwise(op))
      return failure();
    auto lhs = op->getOperand(0).getDefiningOp<Onnx::TransposeOp>();
    auto rhs = op->getOperand(1).getDefiningOp<Onnx::TransposeOp>();
    if (!lhs || !rhs || lhs == rhs || !lhs->hasOneUse() || !rhs->hasOneUse())
      return failure();
    auto lhsPerm = getPermutation(lhs), rhsPerm = getPermutation(rhs);
    if (!lhsPerm || lhsPerm != rhsPerm ||
        !isa<RankedTensorType>(lhs->getOperand(0).getType()) ||
        !isa<RankedTensorType>(rhs->getOperand(0).getType()))
      return failure();
    OnnxBuilder b(rewriter, op->getLoc());
    Type elementType =
        cast<TensorType>(op->getResult(0).getType()).getElementType();
    SmallVector<Value> operands{lhs->getOperand(0), rhs->getOperand(0)};
    OperationState state(op->getLoc(), op->getName(), operands,
                         b.broadcastType(operands, elementType),
                         op->getAttrs());
    Value result = rewriter.create(state)->getResult(0);
    return replace(rewriter, op, b.transpose(result, *lhsPerm));
  }
};

} // namespace

void optimize::populateTransposes(RewritePatternSet &patterns) {
  add(patterns, "remove-identity-transpose", removeIdentityTranspose, 3);
  add(patterns, "merge-transposes", mergeTransposes, 2);
  add(patterns, "transpose-to-reshape", transposeToReshape);
  add(patterns, "sink-transpose", sinkTranspose);
  patterns.add(std::make_unique<TransposeAfter>(patterns.getContext()));
}
