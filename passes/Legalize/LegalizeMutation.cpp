//===- LegalizeMutation.cpp - Operators that write ------------------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchOps.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

static bool isComparison(StringRef key) {
  size_t dot = key.find('.');
  StringRef name = key.drop_front(dot + 1).split('.').first;
  return llvm::StringSwitch<bool>(name)
      .Cases("eq", "ne", "lt", "le", "gt", "ge", true)
      .Cases("equal", "not_equal", "less", "less_equal", "greater",
             "greater_equal", true)
      .Cases("logical_not", "logical_and", "logical_or", "logical_xor", true)
      .Default(false);
}

/// Operators whose result has the dtype of their first operand, whatever the
/// others are.
static bool keepsDtype(StringRef key) {
  StringRef name = key.split('.').second;
  for (StringRef prefix : {"masked_", "index_", "scatter", "put", "tril",
                           "triu", "fill", "cumsum", "cumprod", "renorm"})
    if (name.starts_with(prefix))
      return true;
  return false;
}

void Legalizer::visitMutation(Operation *op, StringRef key,
                              const OperatorFacts &fact) {
  const SchemaInfo &schema = *fact.schema;
  bool isSpecial = key.starts_with("aten.copy_") ||
                   key.starts_with("aten.fill_.") || key == "aten.zero_";
  for (unsigned index : fact.writes)
    if (index >= op->getNumOperands() ||
        !isTensorLike(op->getOperand(index).getType())) {
      error(op) << quoted(op) << " writes to a '"
                << schema.arguments[index].type
                << "', which has no form without a write";
      return;
    }
  if (!isSpecial && fact.functional.empty()) {
    error(op) << quoted(op)
              << " writes to its operands, and LibTorch has no operator that "
                 "computes the same without";
    return;
  }
  if (fact.writes.size() < op->getNumResults()) {
    error(op) << quoted(op) << " has results besides those it writes to";
    return;
  }

  SmallVector<Value> targets;
  for (unsigned index : fact.writes)
    targets.push_back(resolve(op->getOperand(index)));
  for (auto [result, target] : llvm::zip(op->getResults(), targets))
    rename(result, target);
  kill(op);

  const OperatorFacts *functional =
      isSpecial ? nullptr : &facts.get(fact.functional);
  if (functional && functional->sharing == Sharing::Same)
    return;
  SmallVector<Value> operands;
  for (auto [index, operand] : llvm::enumerate(op->getOperands()))
    if (isSpecial || !schema.arguments[index].isOut)
      operands.push_back(read(operand, op));
  if (functional && functional->sharing == Sharing::View) {
    visitInPlaceView(op, fact.functional, targets[0], operands);
    return;
  }

  SmallVector<Value> values;
  if (isSpecial) {
    values.push_back(makeOverwritten(op, key, operands));
  } else {
    SmallVector<Type> types(functional->schema->results.size(),
                            Torch::TensorType::getUnknown(op->getContext()));
    Operation *computed =
        createOperator(builder, op->getLoc(), fact.functional, operands, types);
    for (auto [index, target] : llvm::enumerate(targets))
      values.push_back(castLike(op, fact, computed->getResult(index), target));
  }
  for (auto [target, value] : llvm::zip(targets, values))
    write(target, value, op);
}

// x.copy_(y) = y.type_as(x).expand_as(x)
// x.fill_(v) = full_like(x, v)
// x.zero_()  = zeros_like(x)
Value Legalizer::makeOverwritten(Operation *op, StringRef key,
                                 ArrayRef<Value> operands) {
  Location loc = op->getLoc();
  Type type = operands[0].getType();
  if (key != "aten.zero_" && isTensorLike(operands[1].getType())) {
    Value converted =
        createOperator(builder, loc, "aten.type_as", {operands[1], operands[0]},
                       Torch::TensorType::getUnknown(op->getContext()))
            ->getResult(0);
    return createOperator(builder, loc, "aten.expand_as",
                          {converted, operands[0]}, type)
        ->getResult(0);
  }
  Value none = Torch::constantNone(builder, loc);
  SmallVector<Value> arguments{operands[0]};
  if (key != "aten.zero_")
    arguments.push_back(operands[1]);
  arguments.append(5, none);
  return createOperator(builder, loc,
                        key == "aten.zero_" ? "aten.zeros_like"
                                            : "aten.full_like",
                        arguments, type)
      ->getResult(0);
}

Value Legalizer::castLike(Operation *op, const OperatorFacts &fact, Value value,
                          Value target) {
  unsigned tensors = 0;
  for (Value operand : op->getOperands())
    if (isTensorLike(operand.getType()) ||
        isa<Torch::ListType>(operand.getType()))
      ++tensors;
  if (keepsDtype(fact.functional) ||
      (tensors == 1 && !isComparison(fact.functional)))
    return value;
  Value like = read(target, op);
  return createOperator(builder, op->getLoc(), "aten.type_as", {value, like},
                        Torch::TensorType::getUnknown(op->getContext()))
      ->getResult(0);
}

void Legalizer::visitInPlaceView(Operation *op, StringRef functional,
                                 Value target, ArrayRef<Value> operands) {
  if (getDepth(target) < depth) {
    error(op) << quoted(op)
              << " gives a tensor from outside of this branch or loop "
                 "another shape, which is not supported";
    return;
  }
  Operation *view =
      createOperator(builder, op->getLoc(), functional, operands,
                     Torch::TensorType::getUnknown(op->getContext()));
  state.setView(target, state.getOrCreate(target), view, view->getResult(0));
  strided.insert(target);
}

void Legalizer::write(Value target, Value value, Operation *writer) {
  if (unknownOrigin.contains(target)) {
    error(writer) << quoted(writer)
                  << " writes to an element of a list whose elements are not "
                     "known here, because it comes from control flow";
    return;
  }
  Tensor *tensor = state.getOrCreate(target);
  Tensor *owner = AliasState::getOwner(tensor);
  if (!isCell(owner)) {
    error(writer) << quoted(writer)
                  << " writes to a tensor from outside of this branch or "
                     "loop in a way that can't be followed";
    return;
  }
  if (!owner->viewed)
    warnOfInput(owner->origin, writer);
  Operation *view = state.write(tensor, value, builder, writer);
  if (!view)
    return;
  InFlightDiagnostic diagnostic =
      error(writer) << quoted(writer)
                    << " writes through a view whose way back to the viewed "
                       "tensor is not known; clone() the view before writing "
                       "to it if the viewed tensor need not change";
  diagnostic.attachNote(view->getLoc())
      << quoted(view) << " makes the view here";
}

} // namespace torchonnx
