//===- LegalizeContainers.cpp - Tuples, lists and dictionaries ------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchOps.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

//===----------------------------------------------------------------------===//
// Present values
//===----------------------------------------------------------------------===//

List &Legalizer::addList(Value value, Type type) {
  List &list = listPool.emplace_back();
  list.type = type;
  list.depth = depth;
  if (value)
    lists[value] = &list;
  return list;
}

void Legalizer::makeOpaque(List &list) {
  list.isKnown = false;
  list.elements.clear();
  list.made.clear();
}

Value Legalizer::readList(List &list, Operation *reader) {
  if (!list.isKnown)
    return list.value;
  SmallVector<Value> elements;
  for (Value element : list.elements)
    elements.push_back(read(element, reader));
  if (list.value && list.made == elements)
    return list.value;
  Value value = builder.create<Torch::PrimListConstructOp>(reader->getLoc(),
                                                           list.type, elements);
  if (list.depth != depth)
    return value;
  list.value = value;
  list.made = std::move(elements);
  return value;
}

Value Legalizer::readDict(Value dict, ArrayRef<Value> keysAndValues,
                          Operation *reader) {
  SmallVector<Value> present, originals(keysAndValues);
  for (Value element : originals)
    present.push_back(read(element, reader));
  if (llvm::equal(present, dict.getDefiningOp()->getOperands()))
    return dict;
  return builder.create<Torch::PrimDictConstructOp>(reader->getLoc(),
                                                    dict.getType(), present);
}

//===----------------------------------------------------------------------===//
// Tuples, lists and dictionaries
//===----------------------------------------------------------------------===//

bool Legalizer::visitContainer(Operation *op, StringRef key) {
  if (isa<Torch::PrimTupleConstructOp>(op)) {
    tuples[op->getResult(0)] = llvm::to_vector(op->getOperands());
    kill(op);
    return true;
  }
  if (isa<Torch::PrimTupleUnpackOp>(op))
    return visitTupleUnpack(op);
  if (key == "prim.TupleIndex")
    return visitTupleIndex(op);
  if (isa<Torch::PrimDictConstructOp>(op)) {
    dicts[op->getResult(0)] = llvm::to_vector(op->getOperands());
    readOperands(op);
    return true;
  }
  if (isa<Torch::PrimListConstructOp>(op)) {
    List &list = addList(op->getResult(0), op->getResult(0).getType());
    list.elements = llvm::to_vector(op->getOperands());
    readOperands(op);
    list.value = op->getResult(0);
    list.made = llvm::to_vector(op->getOperands());
    return true;
  }
  if (isa<Torch::PrimListUnpackOp>(op))
    return visitListUnpack(op);
  if (key == "aten.__getitem__.t" || key == "aten.select.t")
    return visitGetItem(op);
  if (key.starts_with("aten.__getitem__.Dict_"))
    return visitDictGetItem(op);
  if (key.starts_with("aten._set_item.") &&
      isa<Torch::DictType>(op->getOperand(0).getType()))
    return visitDictSetItem(op);
  return false;
}

bool Legalizer::visitTupleUnpack(Operation *op) {
  auto found = tuples.find(resolve(op->getOperand(0)));
  if (found == tuples.end() || found->second.size() != op->getNumResults())
    return false;
  for (auto [result, element] : llvm::zip(op->getResults(), found->second))
    rename(result, element);
  kill(op);
  return true;
}

bool Legalizer::visitTupleIndex(Operation *op) {
  auto found = tuples.find(resolve(op->getOperand(0)));
  auto index = Torch::matchConstantInt(op->getOperand(1));
  if (found == tuples.end() || !index)
    return false;
  int64_t size = found->second.size();
  int64_t position = *index < 0 ? *index + size : *index;
  if (position < 0 || position >= size)
    return false;
  rename(op->getResult(0), found->second[position]);
  kill(op);
  return true;
}

bool Legalizer::visitListUnpack(Operation *op) {
  Value original = resolve(op->getOperand(0));
  if (List *list = lists.lookup(original);
      list && list->isKnown && list->elements.size() == op->getNumResults()) {
    for (auto [result, element] : llvm::zip(op->getResults(), list->elements))
      rename(result, element);
    kill(op);
    return true;
  }
  readOperands(op);
  ViewList *views = state.lookupViewList(original);
  if (!views)
    return true;
  if (views->elements.empty())
    views->elements.assign(op->result_begin(), op->result_end());
  for (auto [index, result] : llvm::enumerate(op->getResults()))
    state.setElement(result, views, index, result);
  if (isStrided(original))
    for (Value result : op->getResults())
      strided.insert(result);
  return true;
}

bool Legalizer::visitGetItem(Operation *op) {
  Value original = resolve(op->getOperand(0));
  Value result = op->getResult(0);
  auto index = Torch::matchConstantInt(op->getOperand(1));
  if (List *list = lists.lookup(original)) {
    int64_t size = list->elements.size();
    int64_t position = index && *index < 0 ? *index + size : index.value_or(-1);
    if (list->isKnown && position >= 0 && position < size) {
      rename(result, list->elements[position]);
      kill(op);
      return true;
    }
    // Some element: it may be each of them.
    if (isTensorLike(result.getType())) {
      if (!list->isKnown)
        unknownOrigin.insert(result);
      for (Value element : list->elements)
        setMaybeSame(result, element);
    }
  } else if (ViewList *views = state.lookupViewList(original)) {
    readOperands(op);
    if (index && *index >= 0)
      state.setElement(result, views, *index, result);
    else
      state.setMaybeSame(state.getOrCreate(result), views->viewed);
    return true;
  }
  readOperands(op);
  return true;
}

Attribute Legalizer::getKey(Value original) {
  auto constant = resolve(original).getDefiningOp<Torch::ConstantOp>();
  return constant ? constant.getValue() : Attribute();
}

std::optional<size_t> Legalizer::findKey(ArrayRef<Value> keysAndValues,
                                         Value key) {
  Attribute wanted = getKey(key);
  size_t position = keysAndValues.size();
  for (size_t i = 0; i + 1 < keysAndValues.size(); i += 2) {
    Attribute candidate = getKey(keysAndValues[i]);
    if (!wanted || !candidate)
      return std::nullopt;
    if (candidate == wanted)
      position = i + 1; // The last of equal keys counts.
  }
  return position;
}

bool Legalizer::visitDictGetItem(Operation *op) {
  auto found = dicts.find(resolve(op->getOperand(0)));
  if (found == dicts.end())
    return false;
  auto position = findKey(found->second, op->getOperand(1));
  if (!position || *position >= found->second.size())
    return false;
  rename(op->getResult(0), found->second[*position]);
  kill(op);
  return true;
}

bool Legalizer::visitDictSetItem(Operation *op) {
  Value dict = resolve(op->getOperand(0));
  auto found = dicts.find(dict);
  if (found == dicts.end() || getDepth(dict) < depth)
    return false;
  SmallVector<Value> &keysAndValues = found->second;
  auto position = findKey(keysAndValues, op->getOperand(1));
  if (!position)
    return false;
  if (*position == keysAndValues.size())
    keysAndValues.append({op->getOperand(1), op->getOperand(2)});
  else
    keysAndValues[*position] = op->getOperand(2);
  kill(op);
  return true;
}

//===----------------------------------------------------------------------===//
// Methods of lists
//===----------------------------------------------------------------------===//

bool Legalizer::visitListMethod(Operation *op, StringRef key) {
  if (op->getNumOperands() == 0 ||
      !isa<Torch::ListType>(op->getOperand(0).getType()))
    return false;
  List *list = lists.lookup(resolve(op->getOperand(0)));
  if (key == "aten.len.t") {
    if (!list || !list->isKnown)
      return false;
    names[op->getResult(0)] =
        Torch::constantInt(builder, op->getLoc(), list->elements.size());
    kill(op);
    return true;
  }
  if (key == "aten.add.t" || key == "aten.list.t" || key == "aten.copy.t")
    return visitListCopy(op, list);
  enum Method { Append, Extend, Insert, Pop, Set, Delete, Clear, Reverse, No };
  auto method = llvm::StringSwitch<Method>(key)
                    .Case("aten.append.t", Append)
                    .Cases("aten.extend.t", "aten.add_.t", Extend)
                    .Case("aten.insert.t", Insert)
                    .Case("aten.pop.t", Pop)
                    .Case("aten._set_item.t", Set)
                    .Case("aten.Delete.t", Delete)
                    .Case("aten.clear.t", Clear)
                    .Case("aten.reverse.t", Reverse)
                    .Default(No);
  if (method == No)
    return false;
  Value self = resolve(op->getOperand(0));
  auto decline = [&](const Twine &why) {
    error(op) << quoted(op) << " changes a list " << why;
    return true;
  };
  if (!list) {
    if (state.lookupViewList(self))
      return decline("of views, which is not supported");
    list = &addList(self, self.getType());
    list->isKnown = false;
    list->value = self;
    list->depth = getDepth(self);
  }
  if (list->depth < depth && !isCell(list))
    return decline("through control flow that can't be followed");
  List *other =
      method == Extend ? lists.lookup(resolve(op->getOperand(1))) : nullptr;
  if (!list->isKnown || (method == Extend && (!other || !other->isKnown))) {
    if (method != Append && method != Extend)
      return decline("whose elements are not known here, because it comes "
                     "from control flow");
    Value tail = read(op->getOperand(1), op);
    if (method == Append)
      tail = builder.create<Torch::PrimListConstructOp>(op->getLoc(),
                                                        list->type, tail);
    Value head = readList(*list, op);
    makeOpaque(*list);
    list->value = createOperator(builder, op->getLoc(), "aten.add.t",
                                 {head, tail}, list->type)
                      ->getResult(0);
  } else {
    SmallVector<Value> &elements = list->elements;
    int64_t position = 0, size = elements.size();
    if (method == Insert || method == Pop || method == Set ||
        method == Delete) {
      auto index = Torch::matchConstantInt(resolve(op->getOperand(1)));
      if (!index)
        return decline("at an index that is not constant");
      position = *index < 0 ? *index + size : *index;
      if (method == Insert)
        position = std::clamp<int64_t>(position, 0, size);
      else if (position < 0 || position >= size)
        return decline("at an index that is out of range");
    }
    switch (method) {
    case Append:
      elements.push_back(op->getOperand(1));
      break;
    case Extend: {
      SmallVector<Value> tail(other->elements);
      elements.append(tail);
      break;
    }
    case Insert:
      elements.insert(elements.begin() + position, op->getOperand(2));
      break;
    case Pop:
      rename(op->getResult(0), elements[position]);
      elements.erase(elements.begin() + position);
      kill(op);
      return true;
    case Set:
      elements[position] = op->getOperand(2);
      break;
    case Delete:
      elements.erase(elements.begin() + position);
      break;
    case Clear:
      elements.clear();
      break;
    case Reverse:
      std::reverse(elements.begin(), elements.end());
      break;
    case No:
      break;
    }
  }
  for (Value result : op->getResults())
    rename(result, self);
  kill(op);
  return true;
}

bool Legalizer::visitListCopy(Operation *op, List *list) {
  SmallVector<Value> elements;
  for (Value operand : op->getOperands()) {
    List *part = lists.lookup(resolve(operand));
    if (!part || !part->isKnown)
      return false;
    elements.append(part->elements);
  }
  Value result = op->getResult(0);
  addList(result, result.getType()).elements = std::move(elements);
  kill(op);
  return true;
}

} // namespace torchonnx
