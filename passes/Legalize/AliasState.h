//===- AliasState.h - Which values share storage ----------------*- C++ -*-===//

#ifndef TORCHONNX_PASSES_LEGALIZE_ALIASSTATE_H
#define TORCHONNX_PASSES_LEGALIZE_ALIASSTATE_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <deque>
#include <functional>

namespace torchonnx {

/// Memory that one or more tensors of the program share.
struct Storage {
  /// The time of the last write. A view whose value is older is stale.
  unsigned version = 0;
  /// The last write itself.
  mlir::Operation *lastWrite = nullptr;
  /// Storages that may be the same one.
  llvm::SmallVector<Storage *, 1> maybeSame;
  /// A write to a storage that may be this one.
  mlir::Operation *doubt = nullptr;
  bool isDoubtReported = false;
  /// The time of the last read or write.
  unsigned lastUse = 0;
};

struct Tensor;

/// The views that one operation such as `split` made.
struct ViewList {
  Tensor *viewed = nullptr;
  mlir::Operation *views = nullptr;
  /// The list and, once it was unpacked, its elements, as of `version`.
  mlir::Value list;
  llvm::SmallVector<mlir::Value> elements;
  unsigned version = 0;
};

/// A tensor of the program: its storage, and the value that it has now.
struct Tensor {
  Storage *storage = nullptr;
  /// The original value.
  mlir::Value origin;
  /// The tensor that `view`, or `views` at `index`, views; null for the tensor
  /// that owns the storage.
  Tensor *viewed = nullptr;
  mlir::Operation *view = nullptr;
  ViewList *views = nullptr;
  unsigned index = 0;
  /// The value as of `version`.
  mlir::Value value;
  unsigned version = 0;
};

/// Tracks which values of a program with mutation share storage, and computes
/// their present values in a program without. One forward walk uses it: `time`
/// only moves on.
class AliasState {
public:
  using ErrorHandler =
      std::function<void(mlir::Operation *reader, Storage &storage)>;
  /// `onDoubt` hears of reads which may or may not see an earlier write.
  explicit AliasState(ErrorHandler onDoubt) : onDoubt(std::move(onDoubt)) {}

  /// The tensor that `value` stands for; null if it was never tracked, which
  /// means that it has been neither viewed nor written to.
  Tensor *lookup(mlir::Value value) const { return tensors.lookup(value); }
  /// The same, tracked from now on.
  Tensor *getOrCreate(mlir::Value value);

  /// `value` is a tensor of its own with the value `current`.
  Tensor *setNew(mlir::Value value, mlir::Value current);
  /// `value` views `viewed` by the operation `view`, whose result is current.
  void setView(mlir::Value value, Tensor *viewed, mlir::Operation *view,
               mlir::Value current);
  /// `list` holds views of `viewed`, made by the operation `views`.
  ViewList *setViewList(mlir::Value list, Tensor *viewed,
                        mlir::Operation *views);
  ViewList *lookupViewList(mlir::Value list) const {
    return viewLists.lookup(list);
  }
  /// `value` is element `index` of `views`.
  void setElement(mlir::Value value, ViewList *views, unsigned index,
                  mlir::Value current);
  /// The two tensors may share storage.
  void setMaybeSame(Tensor *first, Tensor *second);

  /// The present value of `tensor`, re-created from the storage's owner at the
  /// builder's position if a write made it stale.
  mlir::Value read(Tensor *tensor, mlir::OpBuilder &builder,
                   mlir::Operation *reader);
  mlir::Value readList(ViewList *views, mlir::OpBuilder &builder,
                       mlir::Operation *reader);
  /// The present values of the elements of an unpacked list.
  llvm::ArrayRef<mlir::Value> readElements(ViewList *views,
                                           mlir::OpBuilder &builder,
                                           mlir::Operation *reader);

  /// `tensor` has become `value`, and what it views changed accordingly. Gives
  /// back the view through which no way back is known, if there is one.
  mlir::Operation *write(Tensor *tensor, mlir::Value value,
                         mlir::OpBuilder &builder, mlir::Operation *writer);
  /// The owner of a storage has become `value`; all views of it are stale.
  void writeOwner(Tensor *owner, mlir::Value value, mlir::Operation *writer);

  /// The tensor that owns the storage of `tensor`.
  static Tensor *getOwner(Tensor *tensor);

  /// Between enter() and leave(), changes of values are undone at leave():
  /// values made in a region do not dominate what follows it.
  void enter() { marks.push_back(undo.size()); }
  void leave();

  unsigned getTime() const { return time; }

  /// Marks everything that may share storage with `storage` as in doubt.
  void spreadDoubt(Storage *storage, mlir::Operation *writer);
  /// Storages in doubt, in the order in which that came about.
  llvm::ArrayRef<Storage *> getDoubtful() const { return doubtful; }

private:
  void setValue(Tensor *tensor, mlir::Value value, unsigned version);
  void setVersion(Storage *storage, unsigned version);
  void saveList(ViewList *views);
  void checkDoubt(Storage *storage, mlir::Operation *reader);
  bool refresh(ViewList *views, mlir::OpBuilder &builder,
               mlir::Operation *reader);

  ErrorHandler onDoubt;
  llvm::DenseMap<mlir::Value, Tensor *> tensors;
  llvm::DenseMap<mlir::Value, ViewList *> viewLists;
  std::deque<Storage> storages;
  std::deque<Tensor> tensorPool;
  std::deque<ViewList> listPool;
  std::vector<std::function<void()>> undo;
  llvm::SmallVector<size_t> marks;
  llvm::SmallVector<Storage *> doubtful;
  unsigned time = 0;
};

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZE_ALIASSTATE_H
