//===- AliasState.cpp - Which values share storage ------------------------===//

#include "passes/Legalize/AliasState.h"

#include "dialects/Torch/TorchOps.h"
#include "passes/Legalize/ViewWrites.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;

namespace torchonnx {

//===----------------------------------------------------------------------===//
// Tracking
//===----------------------------------------------------------------------===//

Tensor *AliasState::getOrCreate(Value value) {
  if (Tensor *tensor = lookup(value))
    return tensor;
  return setNew(value, value);
}

Tensor *AliasState::setNew(Value value, Value current) {
  Tensor &tensor = tensorPool.emplace_back();
  tensor.storage = &storages.emplace_back();
  tensor.origin = value;
  tensor.value = current;
  tensors[value] = &tensor;
  return &tensor;
}

void AliasState::setView(Value value, Tensor *viewed, Operation *view,
                         Value current) {
  Tensor &tensor = tensorPool.emplace_back();
  tensor.storage = viewed->storage;
  tensor.viewed = viewed;
  tensor.view = view;
  tensor.origin = value;
  tensor.value = current;
  tensor.version = viewed->storage->version;
  tensors[value] = &tensor;
}

ViewList *AliasState::setViewList(Value list, Tensor *viewed,
                                  Operation *views) {
  ViewList &result = listPool.emplace_back();
  result.viewed = viewed;
  result.views = views;
  result.list = list;
  result.version = viewed->storage->version;
  viewLists[list] = &result;
  return &result;
}

void AliasState::setElement(Value value, ViewList *views, unsigned index,
                            Value current) {
  Tensor &tensor = tensorPool.emplace_back();
  tensor.storage = views->viewed->storage;
  tensor.viewed = views->viewed;
  tensor.views = views;
  tensor.index = index;
  tensor.origin = value;
  tensor.value = current;
  tensor.version = tensor.storage->version;
  tensors[value] = &tensor;
}

void AliasState::setMaybeSame(Tensor *first, Tensor *second) {
  if (first->storage == second->storage)
    return;
  first->storage->maybeSame.push_back(second->storage);
  second->storage->maybeSame.push_back(first->storage);
}

Tensor *AliasState::getOwner(Tensor *tensor) {
  while (tensor->viewed)
    tensor = tensor->viewed;
  return tensor;
}

//===----------------------------------------------------------------------===//
// Undo
//===----------------------------------------------------------------------===//

void AliasState::setValue(Tensor *tensor, Value value, unsigned version) {
  if (!marks.empty())
    undo.push_back([tensor, value = tensor->value, version = tensor->version] {
      tensor->value = value;
      tensor->version = version;
    });
  tensor->value = value;
  tensor->version = version;
}

void AliasState::setVersion(Storage *storage, unsigned version) {
  if (!marks.empty())
    undo.push_back(
        [storage, version = storage->version] { storage->version = version; });
  storage->version = version;
}

void AliasState::saveList(ViewList *views) {
  if (!marks.empty())
    undo.push_back([views, copy = *views] { *views = copy; });
}

void AliasState::leave() {
  size_t mark = marks.pop_back_val();
  while (undo.size() > mark) {
    undo.back()();
    undo.pop_back();
  }
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

void AliasState::checkDoubt(Storage *storage, Operation *reader) {
  storage->lastUse = ++time;
  if (!storage->doubt || storage->isDoubtReported)
    return;
  storage->isDoubtReported = true;
  onDoubt(reader, *storage);
}

bool AliasState::refresh(ViewList *views, OpBuilder &builder,
                         Operation *reader) {
  Storage *storage = views->viewed->storage;
  if (views->version == storage->version)
    return false;
  Value viewed = read(views->viewed, builder, reader);
  saveList(views);
  Operation *clone = builder.clone(*views->views);
  clone->setOperand(0, viewed);
  views->list = clone->getResult(0);
  views->version = storage->version;
  if (!views->elements.empty()) {
    SmallVector<Type> types;
    for (Value element : views->elements)
      types.push_back(element.getType());
    auto unpack = builder.create<Torch::PrimListUnpackOp>(clone->getLoc(),
                                                          types, views->list);
    llvm::copy(unpack->getResults(), views->elements.begin());
  }
  return true;
}

Value AliasState::readList(ViewList *views, OpBuilder &builder,
                           Operation *reader) {
  checkDoubt(views->viewed->storage, reader);
  refresh(views, builder, reader);
  return views->list;
}

ArrayRef<Value> AliasState::readElements(ViewList *views, OpBuilder &builder,
                                         Operation *reader) {
  readList(views, builder, reader);
  return views->elements;
}

Value AliasState::read(Tensor *tensor, OpBuilder &builder, Operation *reader) {
  Storage *storage = tensor->storage;
  checkDoubt(storage, reader);
  if (tensor->version == storage->version || !tensor->viewed)
    return tensor->value;
  Value value;
  if (!tensor->views) {
    Value viewed = read(tensor->viewed, builder, reader);
    Operation *clone = builder.clone(*tensor->view);
    clone->setOperand(0, viewed);
    value = clone->getResult(0);
  } else {
    refresh(tensor->views, builder, reader);
    if (!tensor->views->elements.empty()) {
      value = tensor->views->elements[tensor->index];
    } else {
      Location loc = tensor->views->views->getLoc();
      Value index = Torch::constantInt(builder, loc, tensor->index);
      OperationState state(loc, "torch.aten.__getitem__.t",
                           {tensor->views->list, index},
                           {tensor->value.getType()});
      value = builder.create(state)->getResult(0);
    }
  }
  setValue(tensor, value, storage->version);
  return value;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void AliasState::spreadDoubt(Storage *storage, Operation *writer) {
  if (storage->maybeSame.empty())
    return;
  SmallVector<Storage *> worklist{storage};
  llvm::SmallPtrSet<Storage *, 8> seen{storage};
  while (!worklist.empty()) {
    Storage *current = worklist.pop_back_val();
    for (Storage *other : current->maybeSame) {
      if (!seen.insert(other).second)
        continue;
      worklist.push_back(other);
      if (other->doubt)
        continue;
      other->doubt = writer;
      doubtful.push_back(other);
    }
  }
}

void AliasState::writeOwner(Tensor *owner, Value value, Operation *writer) {
  Storage *storage = owner->storage;
  storage->lastWrite = writer;
  storage->lastUse = ++time;
  setVersion(storage, time);
  setValue(owner, value, time);
  spreadDoubt(storage, writer);
}

Operation *AliasState::write(Tensor *tensor, Value value, OpBuilder &builder,
                             Operation *writer) {
  Location loc = writer->getLoc();
  SmallVector<std::pair<Tensor *, Value>, 4> changed{{tensor, value}};
  for (Tensor *view = tensor; view->viewed; view = view->viewed) {
    Value viewed = read(view->viewed, builder, writer);
    Value written = changed.back().second;
    Value whole =
        view->views
            ? writeThroughElement(builder, loc, view->views->views, viewed,
                                  readElements(view->views, builder, writer),
                                  view->index, written)
            : writeThroughView(builder, loc, view->view, viewed, written);
    if (!whole)
      return view->views ? view->views->views : view->view;
    changed.push_back({view->viewed, whole});
  }
  writeOwner(changed.back().first, changed.back().second, writer);
  changed.pop_back();
  for (auto [view, current] : changed)
    setValue(view, current, tensor->storage->version);
  return nullptr;
}

} // namespace torchonnx
