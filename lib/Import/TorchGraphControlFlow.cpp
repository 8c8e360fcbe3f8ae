//===- TorchGraphControlFlow.cpp - Branches and loops ---------------------===//

#include "dialects/Torch/TorchOps.h"
#include "lib/Import/TorchGraphImporter.h"
#include "lib/Import/TypeConversion.h"

using namespace mlir;
namespace jit = torch::jit;
namespace prim = c10::prim;
namespace aten = c10::aten;

namespace torchonnx {

/// Decides `x is None` where the type tells, so that a branch which only serves
/// another configuration of the module is never entered.
bool TorchGraphImporter::foldNoneCheck(const jit::Node *node, Frame &frame) {
  auto get = [&](size_t i) { return frame.values.lookup(node->input(i)); };
  if (node->kind() == prim::unchecked_cast) {
    Value value = get(0);
    Type type = convertType(context, node->output()->type());
    bool same = value && (value.getType() == type ||
                          (isa<Torch::TensorType>(type) &&
                           isa<Torch::TensorType>(value.getType())));
    if (same)
      frame.values[node->output()] = value;
    return same;
  }
  std::optional<bool> known;
  if (node->kind() == aten::__not__) {
    if (Value value = get(0))
      if (auto constant = Torch::matchConstantBool(value))
        known = !*constant;
  } else if (node->inputs().size() == 2) {
    Value lhs = get(0), rhs = get(1);
    if (lhs && rhs) {
      auto mayBeNone = [](Value value) {
        return isa<Torch::NoneType, Torch::OptionalType, Torch::AnyType>(
            value.getType());
      };
      bool lhsNone = Torch::isNone(lhs), rhsNone = Torch::isNone(rhs);
      bool isSame = node->kind() == aten::__is__;
      if (lhsNone && rhsNone)
        known = isSame;
      else if ((lhsNone && !mayBeNone(rhs)) || (rhsNone && !mayBeNone(lhs)))
        known = !isSame;
    }
  }
  if (!known)
    return false;
  frame.values[node->output()] = constants.get(
      getLocation(node, frame), c10::IValue(*known), c10::BoolType::get());
  return true;
}

/// Imports the nodes of a block at the end of `body`, whose arguments are the
/// block's parameters. Returns the block's results; the terminator is not made.
FailureOr<SmallVector<Value>>
TorchGraphImporter::importBody(const jit::Block *block, Block &body,
                               Frame &frame, Location loc) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&body);
  for (auto [parameter, argument] :
       llvm::zip(block->inputs(), body.getArguments()))
    frame.values[parameter] = argument;
  if (failed(importBlock(block, frame)))
    return failure();
  return lookupAll(block->outputs(), frame, loc);
}

SmallVector<Type>
TorchGraphImporter::convertOutputTypes(const jit::Node *node) {
  return llvm::map_to_vector(node->outputs(), [&](const jit::Value *output) {
    return convertType(context, output->type());
  });
}

LogicalResult TorchGraphImporter::importIf(const jit::Node *node,
                                           Frame &frame) {
  Location loc = getLocation(node, frame);
  Value condition = lookup(node->input(), frame, loc);
  if (!condition)
    return failure();
  // A branch on a constant of the module's configuration is decided here: the
  // other one may hold what cannot be imported.
  if (auto known = Torch::matchConstantBool(condition)) {
    const jit::Block *taken = node->blocks()[*known ? 0 : 1];
    if (failed(importBlock(taken, frame)))
      return failure();
    return bindLike(node->outputs(), taken->outputs(), frame, frame, loc);
  }
  auto op =
      builder.create<Torch::PrimIfOp>(loc, convertOutputTypes(node), condition);
  for (auto [region, block] : llvm::zip(op->getRegions(), node->blocks())) {
    FailureOr<Operands> results = importBody(block, region.front(), frame, loc);
    if (failed(results))
      return failure();
    OpBuilder::atBlockEnd(&region.front())
        .create<Torch::PrimYieldOp>(loc, *results);
  }
  bindResults(node, op, frame);
  return success();
}

LogicalResult TorchGraphImporter::importLoop(const jit::Node *node,
                                             Frame &frame) {
  Location loc = getLocation(node, frame);
  FailureOr<Operands> operands = lookupAll(node->inputs(), frame, loc);
  if (failed(operands))
    return failure();
  auto op = builder.create<Torch::PrimLoopOp>(
      loc, convertOutputTypes(node), (*operands)[0], (*operands)[1],
      ValueRange(*operands).drop_front(2));
  Block &body = op.getBodyBlock();
  FailureOr<Operands> results = importBody(node->blocks()[0], body, frame, loc);
  if (failed(results))
    return failure();
  OpBuilder::atBlockEnd(&body).create<Torch::PrimLoopConditionOp>(
      loc, results->front(), ValueRange(*results).drop_front());
  bindResults(node, op, frame);
  return success();
}

} // namespace torchonnx
