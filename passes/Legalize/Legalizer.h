//===- Legalizer.h - The walk that legalizes a function ---------*- C++ -*-===//
//
// One forward walk over a function. Original values stand for the program's
// variables; AliasState and the maps below tell what an original value is now.
// Each operation is given the present values of its operands, so nothing is
// ever replaced in place and no order of operations is asked for.
//
//===----------------------------------------------------------------------===//

#ifndef TORCHONNX_PASSES_LEGALIZE_LEGALIZER_H
#define TORCHONNX_PASSES_LEGALIZE_LEGALIZER_H

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/Legalize/AliasState.h"
#include "passes/Legalize/OperatorFacts.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/PointerUnion.h"
#include "llvm/ADT/SetVector.h"

#include <deque>
#include <optional>
#include <string>
#include <type_traits>

namespace torchonnx {

/// A list of the program.
struct List {
  mlir::Type type;
  /// The elements, as original values, if they are known.
  bool isKnown = true;
  llvm::SmallVector<mlir::Value> elements;
  /// The list as a value, and what its elements were when it was made. Null if
  /// it has not been made yet.
  mlir::Value value;
  llvm::SmallVector<mlir::Value> made;
  /// The number of regions around the place that made the list.
  unsigned depth = 0;
};

/// Something that outlives a region and may be written to in it.
using Cell = llvm::PointerUnion<Tensor *, List *>;

/// Whether `type` is a tensor or an optional one.
bool isTensorLike(mlir::Type type);

/// Brings one function to value semantics.
class Legalizer {
public:
  Legalizer(mlir::func::FuncOp function, OperatorFactsTable &facts)
      : function(function), facts(facts), builder(function.getContext()),
        state([this](mlir::Operation *reader, Storage &storage) {
          reportDoubt(reader, storage);
        }) {}

  /// Legalizes the function. After a failure it is not to be used.
  mlir::LogicalResult run();

private:
  //===--------------------------------------------------------------------===//
  // Values
  //===--------------------------------------------------------------------===//

  /// The original value that `value` is a name of.
  mlir::Value resolve(mlir::Value value) const;
  /// The present value of an original value.
  mlir::Value read(mlir::Value original, mlir::Operation *reader);
  /// Gives `op` the present values of its operands.
  void readOperands(mlir::Operation *op);
  /// The number of regions between the function and `value`.
  unsigned getDepth(mlir::Value value) const;
  /// Makes `value` another name of `original`.
  void rename(mlir::Value value, mlir::Value original) {
    if (value != original)
      names[value] = original;
  }
  /// `op` is erased at the end: until then, names and containers refer to it.
  void kill(mlir::Operation *op) { dead.push_back(op); }

  //===--------------------------------------------------------------------===//
  // Diagnostics
  //===--------------------------------------------------------------------===//

  /// An error at `op`; the function fails.
  mlir::InFlightDiagnostic error(mlir::Operation *op);
  /// The operator's name for a message.
  static std::string quoted(mlir::Operation *op);
  /// `reader` may or may not see a write to `storage`.
  void reportDoubt(mlir::Operation *reader, Storage &storage);
  /// Says once that the caller's tensors stay as they are.
  void warnOfInput(mlir::Value owner, mlir::Operation *writer);

  //===--------------------------------------------------------------------===//
  // Walk
  //===--------------------------------------------------------------------===//

  /// Legalizes the operations of `block` in order.
  void visitBlock(mlir::Block &block);
  /// Legalizes `op`; returns the operation to go on with.
  mlir::Operation *visit(mlir::Operation *op);
  /// Erases operations whose results nobody uses, also random ones.
  void eraseUnused(mlir::Region &region);
  /// Whether an operation without uses does nothing else.
  bool isErasable(mlir::Operation *op);

  //===--------------------------------------------------------------------===//
  // Tuples, lists and dictionaries
  //===--------------------------------------------------------------------===//

  /// A new list, which `value` stands for unless that is null.
  List &addList(mlir::Value value, mlir::Type type);
  /// Forgets a list's elements; its value has to be set.
  void makeOpaque(List &list);
  /// The present value of a list of the program.
  mlir::Value readList(List &list, mlir::Operation *reader);
  /// The present value of a dictionary of the program.
  mlir::Value readDict(mlir::Value dict,
                       llvm::ArrayRef<mlir::Value> keysAndValues,
                       mlir::Operation *reader);
  /// Makes, unpacks or indexes a container; false if `op` does none of these.
  bool visitContainer(mlir::Operation *op, llvm::StringRef key);
  bool visitTupleUnpack(mlir::Operation *op);
  bool visitTupleIndex(mlir::Operation *op);
  bool visitListUnpack(mlir::Operation *op);
  bool visitGetItem(mlir::Operation *op);
  /// The value of a constant; two keys are equal if these are.
  mlir::Attribute getKey(mlir::Value original);
  /// The position of `key`'s value in a dictionary, its size if it has no such
  /// key, nothing if that can't be told.
  std::optional<size_t> findKey(llvm::ArrayRef<mlir::Value> keysAndValues,
                                mlir::Value key);
  bool visitDictGetItem(mlir::Operation *op);
  bool visitDictSetItem(mlir::Operation *op);
  /// Methods of lists, also those that change one; false if `op` is not one.
  bool visitListMethod(mlir::Operation *op, llvm::StringRef key);
  /// A new list of known elements.
  bool visitListCopy(mlir::Operation *op, List *list);

  //===--------------------------------------------------------------------===//
  // Operators that write to nothing
  //===--------------------------------------------------------------------===//

  /// Whether a tensor may have other strides than a contiguous one.
  bool isStrided(mlir::Value original) const {
    return strided.contains(resolve(original));
  }
  /// Notes which results of `op` may have other strides than contiguous ones.
  void trackStrides(mlir::Operation *op, llvm::StringRef key,
                    const OperatorFacts &fact);
  /// The two original values may share memory.
  void setMaybeSame(mlir::Value first, mlir::Value second);
  /// Legalizes an operator by what its result shares with its operand.
  void visitFunctional(mlir::Operation *op, llvm::StringRef key,
                       const OperatorFacts &fact);
  /// The result of `op` is a tensor of its own that equals `operand` now.
  void setCopy(mlir::Operation *op, mlir::Value operand);
  /// Refuses a normalization that would update its statistics.
  void checkTraining(mlir::Operation *op, llvm::StringRef key,
                     const OperatorFacts &fact);
  /// `to` and the like: the same tensor or a conversion.
  void visitConversion(mlir::Operation *op, llvm::StringRef key,
                       const OperatorFacts &fact);

  //===--------------------------------------------------------------------===//
  // Operators that write
  //===--------------------------------------------------------------------===//

  /// Computes what an operator writes by its functional form, then writes it.
  void visitMutation(mlir::Operation *op, llvm::StringRef key,
                     const OperatorFacts &fact);
  /// What a write of a whole tensor leaves in it.
  mlir::Value makeOverwritten(mlir::Operation *op, llvm::StringRef key,
                              llvm::ArrayRef<mlir::Value> operands);
  /// `value` in the dtype of the tensor that it is written to.
  mlir::Value castLike(mlir::Operation *op, const OperatorFacts &fact,
                       mlir::Value value, mlir::Value target);
  /// x.unsqueeze_(0): the tensor becomes a view of what it was.
  void visitInPlaceView(mlir::Operation *op, llvm::StringRef functional,
                        mlir::Value target,
                        llvm::ArrayRef<mlir::Value> operands);
  /// The tensor `target`, an original value, has become `value`.
  void write(mlir::Value target, mlir::Value value, mlir::Operation *writer);

  //===--------------------------------------------------------------------===//
  // What a region may write to outside of it
  //===--------------------------------------------------------------------===//

  /// Whether what `cell` holds may be written to in all regions between it and
  /// here.
  template <class T> bool isCell(T *cell) const {
    unsigned from;
    if constexpr (std::is_same_v<T, Tensor>)
      from = depth ? getDepth(cell->origin) : 0;
    else
      from = cell->depth;
    for (unsigned level = from; level < depth; ++level)
      if (!cells[level].contains(cell))
        return false;
    return true;
  }
  /// What the operations in `op` may write to outside of it.
  llvm::SetVector<Cell> findWrittenCells(mlir::Operation *op);
  /// What outside of `region` the value may share memory with.
  Cell findCell(mlir::Value value, mlir::Operation *region);
  /// What an unpacking operation takes from its container.
  std::optional<mlir::Value> findElement(mlir::Operation *op, unsigned result);
  /// The type that the value of `cell` has as a result of a region.
  mlir::Type getCellType(Cell cell);
  /// The present value of `cell`.
  mlir::Value readCell(Cell cell, mlir::Operation *reader);
  /// `cell` has become `value`.
  void writeCell(Cell cell, mlir::Value value, mlir::Operation *writer);

  //===--------------------------------------------------------------------===//
  // Control flow
  //===--------------------------------------------------------------------===//

  /// The elements of nested tuples, as original values.
  bool flattenValues(mlir::Value value,
                     llvm::SmallVectorImpl<mlir::Value> &values);
  /// Makes `original` stand for the next of `values`, or for a tuple of them.
  void assemble(mlir::Value original, mlir::Type type,
                mlir::ValueRange &values);
  /// The elements of a `tuple` made of the next of `values`.
  llvm::SmallVector<mlir::Value> assembleElements(Torch::TupleType tuple,
                                                  mlir::ValueRange &values);
  /// Visits a region of `op` from which the present values of `written` are
  /// handed out, together with the flattened operands of its terminator after
  /// the first `kept`. Appends these, as original values, to `yielded`.
  bool visitRegion(mlir::Operation *op, mlir::Block &block,
                   llvm::ArrayRef<Cell> written, mlir::ValueRange entering,
                   unsigned kept, llvm::SmallVectorImpl<mlir::Value> &yielded);
  /// Lists that a region may change have no known elements in it.
  void openLists(llvm::ArrayRef<Cell> written, mlir::Operation *op);
  /// The results of `replacement` are those of `op` and then what was written.
  void finishRegionOp(mlir::Operation *op, mlir::Operation *replacement,
                      mlir::ValueRange results, llvm::ArrayRef<Cell> written,
                      unsigned count);
  /// `result` may be the tensor `yielded`, if that is older than the region.
  void shareWithOuter(mlir::Value result, mlir::Value yielded);
  /// Puts the operations of a branch in the place of the branching operation.
  mlir::Operation *inlineBranch(Torch::PrimIfOp op, mlir::Block &block);
  /// Legalizes a branch; returns the operation to go on with.
  mlir::Operation *visitIf(Torch::PrimIfOp op);
  /// The number of rounds of a loop that writes to something and is better
  /// written out, so that what it writes to is known.
  std::optional<int64_t> getRoundsToUnroll(Torch::PrimLoopOp op);
  /// Writes the rounds of a loop out after it; returns the first operation.
  mlir::Operation *unroll(Torch::PrimLoopOp op, int64_t rounds);
  /// Legalizes a loop; what it writes to becomes values that it carries.
  void visitLoop(Torch::PrimLoopOp op);

  mlir::func::FuncOp function;
  OperatorFactsTable &facts;
  mlir::OpBuilder builder;
  AliasState state;
  llvm::DenseMap<mlir::Value, mlir::Value> names;
  llvm::DenseMap<mlir::Value, List *> lists;
  std::deque<List> listPool;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<mlir::Value>> tuples, dicts;
  llvm::DenseSet<mlir::Value> strided, unknownOrigin;
  llvm::SmallVector<mlir::Operation *> dead;
  /// What may be written to in each of the regions around the present place.
  llvm::SmallVector<llvm::DenseSet<Cell>> cells;
  unsigned depth = 0;
  bool failed = false;
  bool warned = false;
};

} // namespace torchonnx

#endif // TORCHONNX_PASSES_LEGALIZE_LEGALIZER_H
