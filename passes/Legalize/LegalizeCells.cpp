//===- LegalizeCells.cpp - What a region may write to outside -------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchOps.h"

using namespace mlir;

namespace torchonnx {

llvm::SetVector<Cell> Legalizer::findWrittenCells(Operation *op) {
  llvm::SetVector<Cell> found;
  op->walk([&](Operation *inner) {
    StringRef key = Torch::getSchemaKey(inner);
    if (key.empty())
      return;
    const OperatorFacts &fact = facts.get(key);
    for (unsigned index : fact.writes)
      if (index < inner->getNumOperands())
        if (Cell cell = findCell(inner->getOperand(index), op))
          found.insert(cell);
  });
  return found;
}

Cell Legalizer::findCell(Value value, Operation *region) {
  for (;;) {
    value = resolve(value);
    Operation *parent = value.getParentRegion()->getParentOp();
    if (!region->isAncestor(parent)) {
      if (List *list = lists.lookup(value))
        return list;
      if (isTensorLike(value.getType()))
        return AliasState::getOwner(state.getOrCreate(value));
      if (ViewList *views = state.lookupViewList(value))
        return AliasState::getOwner(views->viewed);
      if (!isa<Torch::ListType>(value.getType()))
        return {};
      List &list = addList(value, value.getType());
      list.isKnown = false;
      list.value = value;
      list.depth = getDepth(value);
      return &list;
    }
    Operation *op = value.getDefiningOp();
    if (!op || op->getNumOperands() == 0)
      return {};
    unsigned result = cast<OpResult>(value).getResultNumber();
    StringRef key = Torch::getSchemaKey(op);
    const OperatorFacts &fact = facts.get(key);
    if (fact.isMutable()) {
      if (result >= fact.writes.size())
        return {};
      value = op->getOperand(fact.writes[result]);
    } else if (fact.sharing != Sharing::None && fact.sharing != Sharing::Copy) {
      value = op->getOperand(0);
    } else if (std::optional<Value> element = findElement(op, result)) {
      value = *element;
    } else {
      return {};
    }
  }
}

std::optional<Value> Legalizer::findElement(Operation *op, unsigned result) {
  StringRef key = Torch::getSchemaKey(op);
  bool isIndex = key == "aten.__getitem__.t" || key == "prim.TupleIndex";
  if (!isIndex && !isa<Torch::PrimListUnpackOp, Torch::PrimTupleUnpackOp>(op))
    return std::nullopt;
  Value container = resolve(op->getOperand(0));
  int64_t index = result;
  if (isIndex)
    index = Torch::matchConstantInt(op->getOperand(1)).value_or(-1);
  if (List *list = lists.lookup(container)) {
    if (!list->isKnown || index < 0 || index >= int64_t(list->elements.size()))
      return std::nullopt;
    return list->elements[index];
  }
  if (auto known = tuples.find(container); known != tuples.end()) {
    if (index < 0 || index >= int64_t(known->second.size()))
      return std::nullopt;
    return known->second[index];
  }
  Operation *maker = container.getDefiningOp();
  if (!maker)
    return std::nullopt;
  if (isa<Torch::PrimListConstructOp, Torch::PrimTupleConstructOp>(maker)) {
    if (index < 0 || index >= maker->getNumOperands())
      return std::nullopt;
    return maker->getOperand(index);
  }
  // Any element of a list of views leads to what they view.
  return container;
}

Type Legalizer::getCellType(Cell cell) {
  if (auto *list = dyn_cast<List *>(cell))
    return list->type;
  return Torch::TensorType::getUnknown(function.getContext());
}

Value Legalizer::readCell(Cell cell, Operation *reader) {
  if (auto *list = dyn_cast<List *>(cell))
    return readList(*list, reader);
  return state.read(cast<Tensor *>(cell), builder, reader);
}

void Legalizer::writeCell(Cell cell, Value value, Operation *writer) {
  if (auto *list = dyn_cast<List *>(cell)) {
    makeOpaque(*list);
    list->value = value;
  } else {
    state.writeOwner(cast<Tensor *>(cell), value, writer);
  }
}

} // namespace torchonnx
