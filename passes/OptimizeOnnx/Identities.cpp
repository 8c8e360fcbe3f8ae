//===- Identities.cpp - Operators that give back their operand ------------===//

#include "dialects/Symbolic/SymbolicDialect.h"
#include "passes/OptimizeOnnx/Patterns.h"
#include "passes/OptimizeOnnx/Recipes.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::optimize;

namespace {

SmallVector<Symbolic::DimAttr> getDims(Value value, bool &known) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  known = bool(type);
  if (!known)
    return {};
  SmallVector<Symbolic::DimAttr> dims = Symbolic::getDims(type);
  known = !llvm::is_contained(dims, Symbolic::DimAttr());
  return dims;
}

/// Both have the same shape, whatever the symbols stand for.
bool haveSameShape(Value a, Value b) {
  bool knownA, knownB;
  SmallVector<Symbolic::DimAttr> dimsA = getDims(a, knownA);
  SmallVector<Symbolic::DimAttr> dimsB = getDims(b, knownB);
  return knownA && knownB && dimsA == dimsB;
}

/// An operand of one element, whose rank does not raise that of `data`.
bool isScalarFor(Value scalar, Value data) {
  auto type = dyn_cast<RankedTensorType>(scalar.getType());
  auto dataType = dyn_cast<RankedTensorType>(data.getType());
  return type && type.hasStaticShape() && type.getNumElements() == 1 &&
         (type.getRank() == 0 ||
          (dataType && type.getRank() <= dataType.getRank()));
}

bool isFloat(Value value) {
  auto type = dyn_cast<TensorType>(value.getType());
  return type && isa<FloatType>(type.getElementType());
}

LogicalResult removeIdentity(Onnx::IdentityOp op, PatternRewriter &rewriter) {
  return replace(rewriter, op, op->getOperand(0));
}

LogicalResult removeDropout(Onnx::DropoutOp op, PatternRewriter &rewriter) {
  Value training = op->getOperand(2);
  if (!Onnx::isNone(training) && getInt(training) != 0)
    return rewriter.notifyMatchFailure(op, "it may be training");
  return replace(rewriter, op, op->getOperand(0));
}

/// Of a sum of products that is 0 nobody says what sign it has.
bool isSumOfProducts(Operation *op) {
  return isa_and_nonnull<Onnx::MatMulOp, Onnx::GemmOp, Onnx::ConvOp,
                         Onnx::ConvTransposeOp>(op);
}

/// `x op c` with a neutral `c`. Adding +0.0 is not, because of -0.0, unless the
/// sign of a 0 means nothing: a sum of products gives it, or all it goes to are
/// such sums.
template <typename Op>
LogicalResult removeNeutral(Op op, PatternRewriter &rewriter) {
  constexpr bool isAdd = std::is_same_v<Op, Onnx::AddOp>;
  constexpr bool isSub = std::is_same_v<Op, Onnx::SubOp>;
  constexpr bool commutes = isAdd || std::is_same_v<Op, Onnx::MulOp>;
  for (int at : {1, 0}) {
    if (at == 0 && !commutes)
      break;
    Value constant = op->getOperand(at), data = op->getOperand(1 - at);
    if (!getInitializer(constant) ||
        !(isScalarFor(constant, data) || haveSameShape(data, op->getResult(0))))
      continue;
    std::optional<double> number = getUniformReal(constant);
    if (!number)
      continue;
    bool neutral = *number == (isAdd || isSub ? 0.0 : 1.0);
    if (neutral && *number == 0.0 && isFloat(data))
      neutral = std::signbit(*number) == isAdd ||
                isSumOfProducts(data.getDefiningOp()) ||
                llvm::all_of(op->getUsers(), isSumOfProducts);
    if (neutral)
      return replace(rewriter, op, data);
  }
  return failure();
}

/// Operators that only repeat elements, and repeat none.
template <typename Op>
LogicalResult removeSameShape(Op op, PatternRewriter &rewriter) {
  if (!haveSameShape(op->getOperand(0), op->getResult(0)))
    return failure();
  return replace(rewriter, op, op->getOperand(0));
}

LogicalResult removeFullSlice(Onnx::SliceOp op, PatternRewriter &rewriter) {
  if (!haveSameShape(op->getOperand(0), op->getResult(0)))
    return failure();
  if (Value steps = op->getOperand(4); !Onnx::isNone(steps)) {
    std::optional<SmallVector<int64_t>> values = getInts(steps);
    if (!values || llvm::any_of(*values, [](int64_t s) { return s < 0; }))
      return rewriter.notifyMatchFailure(op, "it may reverse an axis");
  }
  return replace(rewriter, op, op->getOperand(0));
}

LogicalResult removeZeroPad(Onnx::PadOp op, PatternRewriter &rewriter) {
  std::optional<SmallVector<int64_t>> pads = getInts(op->getOperand(1));
  if (!pads || llvm::any_of(*pads, [](int64_t pad) { return pad != 0; }))
    return failure();
  return replace(rewriter, op, op->getOperand(0));
}

/// A concatenation of one tensor; of a concatenation that nobody else uses; of
/// all parts of a split.
LogicalResult simplifyConcat(Onnx::ConcatOp op, PatternRewriter &rewriter) {
  if (op->getNumOperands() == 1)
    return replace(rewriter, op, op->getOperand(0));
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  auto normalize = [&](int64_t axis) {
    return axis < 0 && type ? axis + type.getRank() : axis;
  };
  int64_t axis = normalize(op.getAxis());

  if (auto split = op->getOperand(0).getDefiningOp<Onnx::SplitOp>())
    if (normalize(split.getAxis()) == axis &&
        llvm::equal(split->getResults(), op->getOperands()))
      return replace(rewriter, op, split->getOperand(0));

  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    auto inner = operand.getDefiningOp<Onnx::ConcatOp>();
    if (inner && operand.hasOneUse() && normalize(inner.getAxis()) == axis)
      operands.append(inner->operand_begin(), inner->operand_end());
    else
      operands.push_back(operand);
  }
  if (operands.size() == op->getNumOperands())
    return failure();
  rewriter.modifyOpInPlace(op, [&] { op->setOperands(operands); });
  return success();
}

/// A split into one part; the parts that were just concatenated.
LogicalResult simplifySplit(Onnx::SplitOp op, PatternRewriter &rewriter) {
  if (op->getNumResults() == 1)
    return replace(rewriter, op, op->getOperand(0));
  auto concat = op->getOperand(0).getDefiningOp<Onnx::ConcatOp>();
  auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  if (!concat || !type || concat->getNumOperands() != op->getNumResults())
    return failure();
  auto normalize = [&](int64_t axis) {
    return axis < 0 ? axis + type.getRank() : axis;
  };
  if (normalize(concat.getAxis()) != normalize(op.getAxis()))
    return failure();
  for (auto [part, result] : llvm::zip(concat->getOperands(), op->getResults()))
    if (!haveSameShape(part, result) || !canReplace(result, part))
      return rewriter.notifyMatchFailure(op, "it splits at other places");
  rewriter.replaceOp(op, concat->getOperands());
  return success();
}

LogicalResult removeDoubleNot(Onnx::NotOp op, PatternRewriter &rewriter) {
  auto inner = op->getOperand(0).getDefiningOp<Onnx::NotOp>();
  if (!inner)
    return failure();
  return replace(rewriter, op, inner->getOperand(0));
}

/// `x and true`, `x or false`, and their opposites if the shape stays.
template <typename Op>
LogicalResult simplifyLogical(Op op, PatternRewriter &rewriter) {
  constexpr bool neutral = std::is_same_v<Op, Onnx::AndOp>;
  for (int at : {1, 0}) {
    Value data = op->getOperand(1 - at);
    TypedAttr constant = getInitializer(op->getOperand(at));
    auto dense = dyn_cast_or_null<DenseElementsAttr>(constant);
    if (!dense || !dense.isSplat())
      continue;
    bool value = dense.getSplatValue<bool>();
    if (value == neutral && haveSameShape(data, op->getResult(0)))
      return replace(rewriter, op, data);
    if (value != neutral && haveSameShape(op->getOperand(at), op->getResult(0)))
      return replace(rewriter, op, op->getOperand(at));
  }
  return failure();
}

/// A selection whose condition is a constant that is the same everywhere.
LogicalResult simplifyWhere(Onnx::WhereOp op, PatternRewriter &rewriter) {
  auto dense =
      dyn_cast_or_null<DenseElementsAttr>(getInitializer(op->getOperand(0)));
  if (!dense || !dense.isSplat())
    return failure();
  Value chosen = op->getOperand(dense.getSplatValue<bool>() ? 1 : 2);
  if (!haveSameShape(chosen, op->getResult(0)))
    return rewriter.notifyMatchFailure(op, "the chosen operand is broadcast");
  return replace(rewriter, op, chosen);
}

/// A branch whose condition is constant takes the place of the If.
LogicalResult takeKnownBranch(Onnx::IfOp op, PatternRewriter &rewriter) {
  std::optional<int64_t> condition = getInt(op->getOperand(0));
  if (!condition)
    return failure();
  Region &region = *condition ? op.getThenBranch() : op.getElseBranch();
  Operation *yield = region.front().getTerminator();
  for (auto [result, value] : llvm::zip(op->getResults(), yield->getOperands()))
    if (!result.use_empty() && !canReplace(result, value))
      return rewriter.notifyMatchFailure(
          op, "a result leaves the graph with a type that would change");
  SmallVector<Value> values(yield->getOperands());
  rewriter.inlineBlockBefore(&region.front(), op);
  rewriter.eraseOp(yield);
  rewriter.replaceOp(op, values);
  return success();
}

/// An element-wise operator broadcasts by itself.
struct DropExpand : RewritePattern {
  DropExpand(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {
    setDebugName("drop-expand-before-broadcast");
  }
  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa<Onnx::AddOp, Onnx::SubOp, Onnx::MulOp, Onnx::DivOp, Onnx::WhereOp,
             Onnx::EqualOp, Onnx::LessOp, Onnx::GreaterOp, Onnx::LessOrEqualOp,
             Onnx::GreaterOrEqualOp, Onnx::AndOp, Onnx::OrOp, Onnx::PowOp>(op))
      return failure();
    for (OpOperand &operand : op->getOpOperands()) {
      auto expand = operand.get().getDefiningOp<Onnx::ExpandOp>();
      if (!expand ||
          !giveShape(op, operand.getOperandNumber(), expand->getOperand(0)))
        continue;
      rewriter.modifyOpInPlace(op, [&] { operand.set(expand->getOperand(0)); });
      return success();
    }
    return failure();
  }

private:
  /// The operands, with `value` as the one at `index`, broadcast to the shape
  /// of the result.
  static bool giveShape(Operation *op, unsigned index, Value value) {
    bool known;
    SmallVector<Symbolic::DimAttr> dims = getDims(op->getResult(0), known);
    if (!known)
      return false;
    SmallVector<Symbolic::DimAttr> all(
        dims.size(), Symbolic::DimAttr::getConstant(op->getContext(), 1));
    for (OpOperand &operand : op->getOpOperands()) {
      Value from = operand.getOperandNumber() == index ? value : operand.get();
      SmallVector<Symbolic::DimAttr> own = getDims(from, known);
      if (!known || own.size() > dims.size())
        return false;
      for (size_t i = 0; i < own.size(); ++i) {
        Symbolic::DimAttr &dim = all[dims.size() - own.size() + i];
        dim = Symbolic::broadcast(dim, own[i]);
        if (!dim)
          return false;
      }
    }
    return all == dims;
  }
};

} // namespace

void optimize::populateIdentities(RewritePatternSet &patterns) {
  add(patterns, "remove-identity", removeIdentity);
  add(patterns, "remove-dropout", removeDropout);
  // Before the 0 becomes the bias of a Gemm.
  add(patterns, "remove-neutral-add", removeNeutral<Onnx::AddOp>, 2);
  add(patterns, "remove-neutral-sub", removeNeutral<Onnx::SubOp>);
  add(patterns, "remove-neutral-mul", removeNeutral<Onnx::MulOp>);
  add(patterns, "remove-neutral-div", removeNeutral<Onnx::DivOp>);
  add(patterns, "remove-neutral-pow", removeNeutral<Onnx::PowOp>);
  add(patterns, "remove-same-expand", removeSameShape<Onnx::ExpandOp>);
  add(patterns, "remove-same-tile", removeSameShape<Onnx::TileOp>);
  add(patterns, "remove-full-slice", removeFullSlice, 2);
  add(patterns, "remove-zero-pad", removeZeroPad);
  add(patterns, "simplify-concat", simplifyConcat);
  add(patterns, "simplify-split", simplifySplit);
  add(patterns, "remove-double-not", removeDoubleNot);
  add(patterns, "simplify-and", simplifyLogical<Onnx::AndOp>);
  add(patterns, "simplify-or", simplifyLogical<Onnx::OrOp>);
  add(patterns, "simplify-where", simplifyWhere);
  add(patterns, "take-known-branch", takeKnownBranch);
  patterns.add(std::make_unique<DropExpand>(patterns.getContext()));
}
