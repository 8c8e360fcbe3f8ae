//===- ControlFlow.cpp - Evaluation of branches and loops -----------------===//

#include "lib/Evaluate/Evaluator.h"

using namespace mlir;
using namespace torchonnx;
using Symbolic::DimAttr;

/// Loops with a constant trip count up to this one are unrolled: ONNX has no
/// lists that grow in a loop, and runtimes optimize across straight-line code.
static constexpr int64_t kMaxUnrolledTrips = 1024;

/// The most that holds for values of both types.
static Type joinTypes(Type lhs, Type rhs) {
  if (lhs == rhs)
    return lhs;
  auto a = dyn_cast<Torch::TensorType>(lhs);
  auto b = dyn_cast<Torch::TensorType>(rhs);
  if (!a || !b)
    return lhs;
  Type dtype = a.getDtype() == b.getDtype() ? a.getDtype() : Type();
  bool isWrapped = a.isWrapped() && b.isWrapped();
  MLIRContext *context = lhs.getContext();
  if (!a.hasRank() || !b.hasRank() || a.getRank() != b.getRank())
    return Torch::TensorType::get(context, std::nullopt, dtype, isWrapped);
  SmallVector<DimAttr> dims;
  for (auto [x, y] : llvm::zip(a.getDims(), b.getDims()))
    dims.push_back(x == y ? x : DimAttr());
  return Torch::TensorType::get(context, ArrayRef<DimAttr>(dims), dtype,
                                isWrapped);
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

Evaluator::Values Evaluator::inlineBranch(Block &block, Operation *before) {
  for (Operation &op : llvm::make_early_inc_range(block.without_terminator())) {
    op.moveBefore(before);
    evaluateInPlace(&op);
    if (hasDeclined && !active.empty())
      return {};
  }
  return Values(block.getTerminator()->getOperands());
}

Evaluator::Replacement Evaluator::evaluateIf(Torch::PrimIfOp op) {
  if (std::optional<bool> condition = known.getBool(op.getCondition()))
    return inlineBranch(*condition ? op.getThenBlock() : op.getElseBlock(), op);
  if (!active.empty()) {
    std::string condition;
    llvm::raw_string_ostream os(condition);
    if (Operation *producer = op.getCondition().getDefiningOp()) {
      os << Torch::getSchemaKey(producer) << " of ";
      llvm::interleaveComma(producer->getOperandTypes(), os);
    } else {
      os << op.getCondition().getType();
    }
    decline("a condition is not known at compile time (" + condition + ")");
    return std::nullopt;
  }
  evaluateBlock(op.getThenBlock());
  evaluateBlock(op.getElseBlock());
  for (auto [index, result] : llvm::enumerate(op.getResults()))
    result.setType(joinTypes(op.getThenValue(index).getType(),
                             op.getElseValue(index).getType()));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Evaluator::Values Evaluator::unrollLoop(Torch::PrimLoopOp op,
                                        int64_t tripCount) {
  Values carried(op.getInitialValues());
  Block &body = op.getBodyBlock();
  MLIRContext *context = op.getContext();
  for (int64_t trip = 0; trip < tripCount; ++trip) {
    IRMapping mapping;
    mapping.map(body.getArgument(0),
                known.getConstant(DimAttr::getConstant(context, trip)));
    mapping.map(body.getArguments().drop_front(), carried);
    std::optional<Values> results = cloneBody(body, mapping, op);
    if (!results)
      return {};
    carried.assign(results->begin() + 1, results->end());
    std::optional<bool> goesOn = known.getBool(results->front());
    if (goesOn == false)
      break;
  }
  return carried;
}

Evaluator::Replacement Evaluator::evaluateLoop(Torch::PrimLoopOp op) {
  std::optional<bool> starts = known.getBool(op.getInitialCondition());
  if (starts == false)
    return Values(op.getInitialValues());
  std::optional<int64_t> tripCount = known.getInt(op.getMaxTripCount());
  if (starts && tripCount && op.isForLike() && *tripCount <= kMaxUnrolledTrips)
    return unrollLoop(op, std::max<int64_t>(*tripCount, 0));
  if (!active.empty()) {
    decline("a loop's trip count is not known at compile time");
    return std::nullopt;
  }

  // What the body does to its types is tried out on copies, because what was
  // folded for a type that later turns out too narrow can't be taken back.
  Block &body = op.getBodyBlock();
  SmallVector<Type> types(op.getInitialValues().getTypes());
  bool wasTrial = isTrial;
  isTrial = true;
  for (bool hasChanged = true; hasChanged;) {
    hasChanged = false;
    auto copy = cast<Torch::PrimLoopOp>(OpBuilder(op).clone(*op));
    Block &trial = copy.getBodyBlock();
    for (auto [argument, type] :
         llvm::zip(trial.getArguments().drop_front(), types))
      argument.setType(type);
    evaluateBlock(trial);
    for (auto [type, next] :
         llvm::zip(types, trial.getTerminator()->getOperands().drop_front())) {
      Type joined = joinTypes(type, next.getType());
      hasChanged |= joined != type;
      type = joined;
    }
    erase(copy);
  }
  isTrial = wasTrial;
  for (auto [argument, type] :
       llvm::zip(body.getArguments().drop_front(), types))
    argument.setType(type);
  evaluateBlock(body);
  for (auto [result, type] : llvm::zip(op.getResults(), types))
    result.setType(type);
  return std::nullopt;
}
