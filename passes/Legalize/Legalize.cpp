//===- Legalize.cpp - TorchScript-isms to value semantics -----------------===//
//
// One forward walk over a function. Original values stand for the program's
// variables; AliasState and the maps below tell what an original value is now.
// Each operation is given the present values of its operands, so nothing is
// ever replaced in place and no order of operations is asked for.
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/TorchDialect.h"
#include "dialects/Torch/TorchOps.h"
#include "lib/Support/TypePromotion.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "passes/Legalize/AliasState.h"
#include "passes/Legalize/OperatorFacts.h"
#include "passes/Legalize/Passes.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

#define GEN_PASS_DEF_LEGALIZE
#include "passes/Legalize/Passes.h.inc"

namespace {

/// A list of the program.
struct List {
  Type type;
  /// The elements, as original values, if they are known.
  bool isKnown = true;
  SmallVector<Value> elements;
  /// The list as a value, and what its elements were when it was made. Null if
  /// it has not been made yet.
  Value value;
  SmallVector<Value> made;
  /// The number of regions around the place that made the list.
  unsigned depth = 0;
};

/// Something that outlives a region and may be written to in it.
using Cell = llvm::PointerUnion<Tensor *, List *>;

bool isTensorLike(Type type) {
  if (auto optional = dyn_cast<Torch::OptionalType>(type))
    type = optional.getElementType();
  return isa<Torch::TensorType>(type);
}

bool isComparison(StringRef key) {
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
bool keepsDtype(StringRef key) {
  StringRef name = key.split('.').second;
  for (StringRef prefix : {"masked_", "index_", "scatter", "put", "tril",
                           "triu", "fill", "cumsum", "cumprod", "renorm"})
    if (name.starts_with(prefix))
      return true;
  return false;
}

class Legalizer {
public:
  Legalizer(func::FuncOp function, OperatorFactsTable &facts)
      : function(function), facts(facts), builder(function.getContext()),
        state([this](Operation *reader, Storage &storage) {
          reportDoubt(reader, storage);
        }) {}

  LogicalResult run() {
    visitBlock(function.getBody().front());
    if (failed)
      return failure();
    for (Operation *op : dead)
      op->dropAllReferences();
    for (Operation *op : dead)
      op->erase();
    eraseUnused(function.getBody());
    return success();
  }

private:
  //===--------------------------------------------------------------------===//
  // Values
  //===--------------------------------------------------------------------===//

  /// The original value that `value` is a name of.
  Value resolve(Value value) const {
    for (;;) {
      Value next = names.lookup(value);
      if (!next)
        return value;
      value = next;
    }
  }

  /// The present value of an original value.
  Value read(Value original, Operation *reader) {
    Value value = resolve(original);
    if (isTensorLike(value.getType())) {
      Tensor *tensor = state.lookup(value);
      return tensor ? state.read(tensor, builder, reader) : value;
    }
    if (ViewList *views = state.lookupViewList(value))
      return state.readList(views, builder, reader);
    if (List *list = lists.lookup(value))
      return readList(*list, reader);
    if (auto found = dicts.find(value); found != dicts.end())
      return readDict(value, found->second, reader);
    return value;
  }

  Value readDict(Value dict, ArrayRef<Value> keysAndValues, Operation *reader) {
    SmallVector<Value> present, originals(keysAndValues);
    for (Value element : originals)
      present.push_back(read(element, reader));
    if (llvm::equal(present, dict.getDefiningOp()->getOperands()))
      return dict;
    return builder.create<Torch::PrimDictConstructOp>(
        reader->getLoc(), dict.getType(), present);
  }

  Value readList(List &list, Operation *reader) {
    if (!list.isKnown)
      return list.value;
    SmallVector<Value> elements;
    for (Value element : list.elements)
      elements.push_back(read(element, reader));
    if (list.value && list.made == elements)
      return list.value;
    Value value = builder.create<Torch::PrimListConstructOp>(
        reader->getLoc(), list.type, elements);
    if (list.depth != depth)
      return value;
    list.value = value;
    list.made = std::move(elements);
    return value;
  }

  void readOperands(Operation *op) {
    for (OpOperand &operand : op->getOpOperands()) {
      Value value = read(operand.get(), op);
      if (value != operand.get())
        operand.set(value);
    }
  }

  /// The number of regions between the function and `value`.
  unsigned getDepth(Value value) const {
    unsigned result = 0;
    Operation *parent = value.getParentRegion()->getParentOp();
    for (; parent != function; parent = parent->getParentOp())
      ++result;
    return result;
  }

  List &addList(Value value, Type type) {
    List &list = listPool.emplace_back();
    list.type = type;
    list.depth = depth;
    if (value)
      lists[value] = &list;
    return list;
  }

  void rename(Value value, Value original) {
    if (value != original)
      names[value] = original;
  }

  void kill(Operation *op) { dead.push_back(op); }

  //===--------------------------------------------------------------------===//
  // Diagnostics
  //===--------------------------------------------------------------------===//

  InFlightDiagnostic error(Operation *op) {
    failed = true;
    return op->emitError();
  }

  static std::string quoted(Operation *op) {
    return ("'" + Torch::getSchemaKey(op) + "'").str();
  }

  void reportDoubt(Operation *reader, Storage &storage) {
    InFlightDiagnostic diagnostic =
        error(reader)
        << quoted(reader)
        << " reads a tensor that may share memory with one that is written to "
           "before; whether it does depends on the strides or the dtype. "
           "clone() the tensor before the write to make it independent";
    diagnostic.attachNote(storage.doubt->getLoc())
        << quoted(storage.doubt) << " writes here";
  }

  /// Says once that the caller's tensors stay as they are.
  void warnOfInput(Value owner, Operation *writer) {
    if (warned)
      return;
    std::string what;
    if (auto argument = dyn_cast<BlockArgument>(owner)) {
      if (argument.getOwner() != &function.getBody().front())
        return;
      auto name = function.getArgAttrOfType<StringAttr>(
          argument.getArgNumber(), "onnx.name");
      what = name ? ("the input '" + name.getValue() + "'").str() : "an input";
    } else if (auto constant =
                   owner.getDefiningOp<Torch::TensorConstantOp>()) {
      if (!constant.getName() || constant.getName()->empty())
        return;
      what = ("'" + *constant.getName() + "'").str();
    } else {
      return;
    }
    warned = true;
    writer->emitWarning()
        << quoted(writer) << " writes to " << what
        << "; the model computes with the new values, but outside of it the "
           "tensor stays as it was";
  }

  //===--------------------------------------------------------------------===//
  // Walk
  //===--------------------------------------------------------------------===//

  void visitBlock(Block &block) {
    for (Operation *op = &block.front(); op;) {
      builder.setInsertionPoint(op);
      op = visit(op);
    }
  }

  /// Legalizes `op`; returns the operation to go on with.
  Operation *visit(Operation *op) {
    if (auto branch = dyn_cast<Torch::PrimIfOp>(op))
      return visitIf(branch);
    Operation *next = op->getNextNode();
    if (op->getNumOperands() == 0 && op->getNumRegions() == 0 &&
        !isa<Torch::PrimListConstructOp, Torch::PrimTupleConstructOp,
             Torch::PrimDictConstructOp>(op))
      return next;
    if (auto loop = dyn_cast<Torch::PrimLoopOp>(op)) {
      if (std::optional<int64_t> rounds = getRoundsToUnroll(loop))
        return unroll(loop, *rounds);
      visitLoop(loop);
      return next;
    }
    if (isa<Torch::PrimYieldOp, Torch::PrimLoopConditionOp>(op))
      return next; // With the operation around it.
    StringRef key = Torch::getSchemaKey(op);
    if (visitContainer(op, key) || visitListMethod(op, key))
      return next;
    if (key == "prim.RaiseException" && depth == 0) {
      auto text = Torch::matchConstantStr(resolve(op->getOperand(0)));
      error(op) << "the model always raises an exception"
                << (text ? ": " + text->str() : "");
      return next;
    }
    const OperatorFacts &fact = facts.get(key);
    if (fact.isMutable())
      visitMutation(op, key, fact);
    else
      visitFunctional(op, key, fact);
    return next;
  }

  //===--------------------------------------------------------------------===//
  // Tuples, lists and dictionaries
  //===--------------------------------------------------------------------===//

  bool visitContainer(Operation *op, StringRef key) {
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

  bool visitTupleUnpack(Operation *op) {
    auto found = tuples.find(resolve(op->getOperand(0)));
    if (found == tuples.end() ||
        found->second.size() != op->getNumResults())
      return false;
    for (auto [result, element] : llvm::zip(op->getResults(), found->second))
      rename(result, element);
    kill(op);
    return true;
  }

  bool visitTupleIndex(Operation *op) {
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

  bool visitListUnpack(Operation *op) {
    Value original = resolve(op->getOperand(0));
    if (List *list = lists.lookup(original);
        list && list->isKnown &&
        list->elements.size() == op->getNumResults()) {
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

  bool visitGetItem(Operation *op) {
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

  /// The value of a constant; two keys are equal if these are.
  Attribute getKey(Value original) {
    auto constant = resolve(original).getDefiningOp<Torch::ConstantOp>();
    return constant ? constant.getValue() : Attribute();
  }

  /// The position of `key`'s value in a dictionary, its size if it has no such
  /// key, nothing if that can't be told.
  std::optional<size_t> findKey(ArrayRef<Value> keysAndValues, Value key) {
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

  bool visitDictGetItem(Operation *op) {
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

  bool visitDictSetItem(Operation *op) {
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

  /// Methods of lists, also those that change one.
  bool visitListMethod(Operation *op, StringRef key) {
    if (op->getNumOperands() == 0 ||
        !isa<Torch::ListType>(op->getOperand(0).getType()))
      return false;
    List *list = lists.lookup(resolve(op->getOperand(0)));
    if (key == "aten.len.t") {
      if (!list || !list->isKnown)
        return false;
      names[op->getResult(0)] = Torch::constantInt(builder, op->getLoc(),
                                                   list->elements.size());
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
    List *other = method == Extend
                      ? lists.lookup(resolve(op->getOperand(1)))
                      : nullptr;
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

  /// A new list of known elements.
  bool visitListCopy(Operation *op, List *list) {
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

  void makeOpaque(List &list) {
    list.isKnown = false;
    list.elements.clear();
    list.made.clear();
  }

  //===--------------------------------------------------------------------===//
  // Strides
  //===--------------------------------------------------------------------===//

  /// Whether a tensor may have other strides than a contiguous one.
  bool isStrided(Value original) const {
    return strided.contains(resolve(original));
  }

  /// Whether the view of a contiguous tensor may not be contiguous.
  static bool makesStrided(Operation *view, StringRef key,
                           const OperatorFacts &fact) {
    if (llvm::StringSwitch<bool>(key)
            .Cases("aten.view", "aten.view_as", "aten.unflatten.int",
                   "aten.unsqueeze", "aten.squeeze", "aten.squeeze.dim",
                   "aten.squeeze.dims", "aten.reshape", "aten.reshape_as",
                   true)
            .Cases("aten.flatten.using_ints", "aten.ravel", true)
            .Default(false))
      return false;
    auto argument = [&](StringRef name) -> std::optional<int64_t> {
      int index = fact.schema->findArgument(name);
      return index < 0 ? std::nullopt
                       : Torch::matchConstantInt(view->getOperand(index));
    };
    // Rows of a contiguous tensor are contiguous.
    if (key == "aten.select.int" || key == "aten.unbind.int" ||
        key == "aten.split.Tensor" || key == "aten.split_with_sizes" ||
        key == "aten.chunk" || key == "aten.narrow")
      return argument("dim") != 0;
    if (key == "aten.slice.Tensor")
      return argument("dim") != 0 || argument("step") != 1;
    return true;
  }

  /// Operators whose results are contiguous whatever their operands are.
  static bool makesContiguous(StringRef key) {
    return llvm::StringSwitch<bool>(key.split('.').second.split('.').first)
        .Cases("matmul", "mm", "bmm", "linear", "addmm", "baddbmm", true)
        .Cases("cat", "stack", "embedding", "zeros", "ones", "full", "empty",
               "arange", true)
        .Default(false);
  }

  void trackStrides(Operation *op, StringRef key, const OperatorFacts &fact) {
    bool result = false;
    switch (fact.sharing) {
    case Sharing::View:
    case Sharing::ViewList:
    case Sharing::ViewIfContiguous:
      result = isStrided(op->getOperand(0)) || makesStrided(op, key, fact);
      break;
    default:
      if (!strided.empty() && !makesContiguous(key))
        result = llvm::any_of(op->getOperands(),
                              [&](Value value) { return isStrided(value); });
    }
    if (result)
      for (Value value : op->getResults())
        strided.insert(value);
  }

  /// Whether the operand `name` asks for a layout other than the plain one.
  static bool asksForLayout(Operation *op, const OperatorFacts &fact) {
    if (!fact.schema)
      return false;
    int index = fact.schema->findArgument("memory_format");
    if (index < 0)
      return false;
    auto format = Torch::matchConstantInt(op->getOperand(index));
    return format && *format > 1; // After contiguous and preserve.
  }

  //===--------------------------------------------------------------------===//
  // Operators that write to nothing
  //===--------------------------------------------------------------------===//

  void setMaybeSame(Value first, Value second) {
    state.setMaybeSame(state.getOrCreate(resolve(first)),
                       state.getOrCreate(resolve(second)));
  }

  void visitFunctional(Operation *op, StringRef key,
                       const OperatorFacts &fact) {
    if (isInactiveDropout(op, key)) {
      rename(op->getResult(0), op->getOperand(0));
      kill(op);
      return;
    }
    checkTraining(op, key, fact);
    if (fact.sharing == Sharing::None || op->getNumResults() != 1) {
      trackStrides(op, key, fact);
      readOperands(op);
      return;
    }
    Value result = op->getResult(0);
    Value operand = resolve(op->getOperand(0));
    switch (fact.sharing) {
    case Sharing::None:
      break;
    case Sharing::Same:
      // A cast that says that an optional value is there stays.
      if (Value value = read(operand, op);
          isa<Torch::OptionalType>(value.getType())) {
        readOperands(op);
        if (isTensorLike(result.getType()))
          setMaybeSame(result, operand);
        break;
      }
      rename(result, operand);
      kill(op);
      break;
    case Sharing::Copy:
      setCopy(op, operand);
      if (asksForLayout(op, fact))
        strided.insert(result);
      break;
    case Sharing::View:
      trackStrides(op, key, fact);
      readOperands(op);
      state.setView(result, state.getOrCreate(operand), op, result);
      break;
    case Sharing::ViewIfContiguous:
      readOperands(op);
      if (isStrided(operand))
        setMaybeSame(result, operand);
      else
        state.setView(result, state.getOrCreate(operand), op, result);
      break;
    case Sharing::SameIfContiguous: {
      bool layout = asksForLayout(op, fact);
      if (!layout && !isStrided(operand)) {
        rename(result, operand);
        kill(op);
        break;
      }
      setCopy(op, operand);
      setMaybeSame(result, operand);
      strided.erase(result);
      if (layout)
        strided.insert(result);
      break;
    }
    case Sharing::Conversion:
      visitConversion(op, key, fact);
      break;
    case Sharing::ViewList:
      trackStrides(op, key, fact);
      readOperands(op);
      state.setViewList(result, state.getOrCreate(operand), op);
      break;
    }
  }

  /// The result of `op` is a tensor of its own that equals `operand` now.
  void setCopy(Operation *op, Value operand) {
    Value result = op->getResult(0);
    state.setNew(result, read(operand, op));
    if (isStrided(operand))
      strided.insert(result);
    kill(op);
  }

  /// Outside of training these give back their operand itself.
  static bool isInactiveDropout(Operation *op, StringRef key) {
    return llvm::StringSwitch<bool>(key)
               .Cases("aten.dropout", "aten.feature_dropout",
                      "aten.alpha_dropout", "aten.feature_alpha_dropout", true)
               .Default(false) &&
           Torch::matchConstantBool(op->getOperand(2)) == false;
  }

  void checkTraining(Operation *op, StringRef key, const OperatorFacts &fact) {
    if ((key != "aten.batch_norm" && key != "aten.instance_norm") ||
        op->getNumOperands() < 6)
      return;
    if (Torch::matchConstantBool(op->getOperand(5)) != true ||
        Torch::isNone(op->getOperand(3)))
      return;
    error(op) << quoted(op)
              << " is in training mode, in which it updates its running "
                 "statistics; call eval() on the model before tracing it";
  }

  void visitConversion(Operation *op, StringRef key,
                       const OperatorFacts &fact) {
    Value result = op->getResult(0);
    Value operand = resolve(op->getOperand(0));
    auto argument = [&](StringRef name) -> Value {
      int index = fact.schema ? fact.schema->findArgument(name) : -1;
      return index < 0 ? Value() : op->getOperand(index);
    };
    Value copy = argument("copy"), dtype = argument("dtype"),
          other = argument("other");
    bool copies = copy && Torch::matchConstantBool(copy) == true;
    if (!other && (!dtype || Torch::isNone(dtype))) {
      // Another device, which is nothing to an exported model.
      if (copies) {
        setCopy(op, operand);
      } else {
        rename(result, operand);
        kill(op);
      }
      return;
    }

    Value self = read(operand, op);
    Type from = cast<Torch::TensorType>(self.getType()).getDtype(), to;
    Operation *conversion;
    if (other) {
      Value like = read(other, op);
      to = cast<Torch::TensorType>(like.getType()).getDtype();
      conversion = createOperator(builder, op->getLoc(), "aten.type_as",
                                  {self, like}, result.getType());
    } else {
      if (auto number = Torch::matchConstantInt(dtype))
        to = getDtypeFromScalarType(op->getContext(), *number);
      Location loc = op->getLoc();
      Value no = Torch::constantBool(builder, loc, false);
      conversion = createOperator(
          builder, loc, "aten.to.dtype",
          {self, read(dtype, op), no, no, Torch::constantNone(builder, loc)},
          result.getType());
    }
    kill(op);
    if (!copies && from && from == to) {
      rename(result, operand);
      return;
    }
    Value converted = conversion->getResult(0);
    if (isStrided(operand) || asksForLayout(op, fact))
      strided.insert(converted);
    if (!copies && !(from && to))
      setMaybeSame(converted, operand);
    rename(result, converted);
  }

  //===--------------------------------------------------------------------===//
  // Operators that write
  //===--------------------------------------------------------------------===//

  void visitMutation(Operation *op, StringRef key, const OperatorFacts &fact) {
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
      Operation *computed = createOperator(builder, op->getLoc(),
                                           fact.functional, operands, types);
      for (auto [index, target] : llvm::enumerate(targets))
        values.push_back(castLike(op, fact, computed->getResult(index),
                                  target));
    }
    for (auto [target, value] : llvm::zip(targets, values))
      write(target, value, op);
  }

  // x.copy_(y) = y.type_as(x).expand_as(x)
  // x.fill_(v) = full_like(x, v)
  // x.zero_()  = zeros_like(x)
  Value makeOverwritten(Operation *op, StringRef key,
                        ArrayRef<Value> operands) {
    Location loc = op->getLoc();
    Type type = operands[0].getType();
    if (key != "aten.zero_" && isTensorLike(operands[1].getType())) {
      Value converted =
          createOperator(builder, loc, "aten.type_as",
                         {operands[1], operands[0]},
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

  /// `value` in the dtype of the tensor that it is written to.
  Value castLike(Operation *op, const OperatorFacts &fact, Value value,
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

  /// x.unsqueeze_(0): the tensor becomes a view of what it was.
  void visitInPlaceView(Operation *op, StringRef functional, Value target,
                        ArrayRef<Value> operands) {
    if (getDepth(target) < depth) {
      error(op) << quoted(op)
                << " gives a tensor from outside of this branch or loop "
                   "another shape, which is not supported";
      return;
    }
    Operation *view = createOperator(
        builder, op->getLoc(), functional, operands,
        Torch::TensorType::getUnknown(op->getContext()));
    state.setView(target, state.getOrCreate(target), view, view->getResult(0));
    strided.insert(target);
  }

  void write(Value target, Value value, Operation *writer) {
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

  //===--------------------------------------------------------------------===//
  // Control flow
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
  llvm::SetVector<Cell> findWrittenCells(Operation *op) {
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

  /// What outside of `region` the value may share memory with.
  Cell findCell(Value value, Operation *region) {
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
      } else if (fact.sharing != Sharing::None &&
                 fact.sharing != Sharing::Copy) {
        value = op->getOperand(0);
      } else if (std::optional<Value> element = findElement(op, result)) {
        value = *element;
      } else {
        return {};
      }
    }
  }

  /// What an unpacking operation takes from its container.
  std::optional<Value> findElement(Operation *op, unsigned result) {
    StringRef key = Torch::getSchemaKey(op);
    bool isIndex = key == "aten.__getitem__.t" || key == "prim.TupleIndex";
    if (!isIndex &&
        !isa<Torch::PrimListUnpackOp, Torch::PrimTupleUnpackOp>(op))
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

  /// The types of the elements of nested tuples.
  static void flattenTypes(Type type, SmallVectorImpl<Type> &types) {
    if (auto tuple = dyn_cast<Torch::TupleType>(type))
      for (Type element : tuple.getElementTypes())
        flattenTypes(element, types);
    else
      types.push_back(type);
  }

  /// The elements of nested tuples, as original values.
  bool flattenValues(Value value, SmallVectorImpl<Value> &values) {
    value = resolve(value);
    if (!isa<Torch::TupleType>(value.getType())) {
      values.push_back(value);
      return true;
    }
    auto found = tuples.find(value);
    if (found == tuples.end())
      return false;
    SmallVector<Value> elements(found->second);
    return llvm::all_of(elements, [&](Value element) {
      return flattenValues(element, values);
    });
  }

  /// Makes `original` stand for the next of `values`, or for a tuple of them.
  void assemble(Value original, Type type, ValueRange &values) {
    auto tuple = dyn_cast<Torch::TupleType>(type);
    if (!tuple) {
      rename(original, values.front());
      values = values.drop_front();
      return;
    }
    tuples[original] = assembleElements(tuple, values);
  }
  SmallVector<Value> assembleElements(Torch::TupleType tuple,
                                      ValueRange &values) {
    SmallVector<Value> elements;
    for (Type type : tuple.getElementTypes()) {
      if (auto nested = dyn_cast<Torch::TupleType>(type)) {
        // A tuple in a tuple gets an empty construction as its name.
        Value name = builder.create<Torch::PrimTupleConstructOp>(
            values.empty() ? function.getLoc() : values.front().getLoc(),
            nested, ValueRange());
        kill(name.getDefiningOp());
        tuples[name] = assembleElements(nested, values);
        elements.push_back(name);
      } else {
        elements.push_back(values.front());
        values = values.drop_front();
      }
    }
    return elements;
  }

  Type getCellType(Cell cell) {
    if (auto *list = dyn_cast<List *>(cell))
      return list->type;
    return Torch::TensorType::getUnknown(function.getContext());
  }
  Value readCell(Cell cell, Operation *reader) {
    if (auto *list = dyn_cast<List *>(cell))
      return readList(*list, reader);
    return state.read(cast<Tensor *>(cell), builder, reader);
  }
  void writeCell(Cell cell, Value value, Operation *writer) {
    if (auto *list = dyn_cast<List *>(cell)) {
      makeOpaque(*list);
      list->value = value;
    } else {
      state.writeOwner(cast<Tensor *>(cell), value, writer);
    }
  }

  /// Visits a region of `op` from which the present values of `written` are
  /// handed out, together with the flattened operands of its terminator after
  /// the first `kept`. Appends these, as original values, to `yielded`.
  bool visitRegion(Operation *op, Block &block,
                   ArrayRef<Cell> written, ValueRange entering, unsigned kept,
                   SmallVectorImpl<Value> &yielded) {
    SmallVector<std::pair<List *, List>> savedLists;
    for (Cell cell : written)
      if (auto *list = dyn_cast<List *>(cell))
        savedLists.push_back({list, *list});
    state.enter();
    cells.emplace_back(written.begin(), written.end());
    ++depth;
    for (auto [cell, value] : llvm::zip(written, entering))
      writeCell(cell, value, op);
    visitBlock(block);

    Operation *terminator = block.getTerminator();
    builder.setInsertionPoint(terminator);
    SmallVector<Value> operands;
    for (Value operand : terminator->getOperands().take_front(kept))
      operands.push_back(read(operand, terminator));
    bool known = true;
    for (Value operand : terminator->getOperands().drop_front(kept))
      known &= flattenValues(operand, yielded);
    for (Value value : yielded)
      operands.push_back(read(value, terminator));
    for (Cell cell : written)
      operands.push_back(readCell(cell, terminator));
    terminator->setOperands(operands);

    --depth;
    cells.pop_back();
    state.leave();
    for (auto &[list, saved] : savedLists)
      *list = std::move(saved);
    if (!known)
      error(op) << quoted(op) << " yields a tuple whose elements are not known";
    return known;
  }

  /// Lists that a region may change have no known elements in it.
  void openLists(ArrayRef<Cell> written, Operation *op) {
    for (Cell cell : written)
      if (auto *list = dyn_cast<List *>(cell); list && list->isKnown) {
        list->value = readList(*list, op);
        makeOpaque(*list);
      }
  }

  static bool raises(Block &block) {
    return llvm::any_of(block, [](Operation &op) {
      return Torch::getSchemaKey(&op) == "prim.RaiseException";
    });
  }

  /// Puts the operations of a branch in the place of the branching operation.
  Operation *inlineBranch(Torch::PrimIfOp op, Block &block) {
    Operation *terminator = block.getTerminator();
    for (auto [result, value] :
         llvm::zip(op.getResults(), terminator->getOperands()))
      rename(result, value);
    Operation *next = op->getNextNode();
    Operation *first = &block.front() == terminator ? next : &block.front();
    op->getBlock()->getOperations().splice(
        next->getIterator(), block.getOperations(), block.begin(),
        terminator->getIterator());
    kill(op);
    return first;
  }

  Operation *visitIf(Torch::PrimIfOp op) {
    // An assert cannot be exported: it is taken to hold.
    bool thenRaises = raises(op.getThenBlock());
    bool elseRaises = raises(op.getElseBlock());
    auto condition = Torch::matchConstantBool(resolve(op.getCondition()));
    if (condition)
      return inlineBranch(op, *condition ? op.getThenBlock()
                                         : op.getElseBlock());
    if (thenRaises != elseRaises)
      return inlineBranch(op, thenRaises ? op.getElseBlock()
                                         : op.getThenBlock());

    Operation *next = op->getNextNode();
    SmallVector<Cell> written = findWrittenCells(op).takeVector();
    openLists(written, op);
    readOperands(op);
    SmallVector<Value> yielded[2];
    bool known = visitRegion(op, op.getThenBlock(), written, {}, 0, yielded[0]);
    known &= visitRegion(op, op.getElseBlock(), written, {}, 0, yielded[1]);
    if (!known)
      return next;

    SmallVector<Type> types;
    for (Type type : op.getResultTypes())
      flattenTypes(type, types);
    unsigned count = types.size();
    for (Cell cell : written)
      types.push_back(getCellType(cell));
    ValueRange results = op.getResults();
    if (types.size() != op.getNumResults() || !llvm::equal(types, op.getResultTypes())) {
      builder.setInsertionPoint(op);
      auto replacement = builder.create<Torch::PrimIfOp>(op.getLoc(), types,
                                                         op.getCondition());
      replacement->setAttrs(op->getAttrs());
      replacement.getThenRegion().takeBody(op.getThenRegion());
      replacement.getElseRegion().takeBody(op.getElseRegion());
      results = replacement.getResults();
      finishRegionOp(op, replacement, results, written, count);
    }
    for (auto &values : yielded)
      for (auto [result, value] : llvm::zip(results, values))
        shareWithOuter(result, value);
    return next;
  }

  /// The number of rounds of a loop that writes to something and is better
  /// written out, so that what it writes to is known.
  std::optional<int64_t> getRoundsToUnroll(Torch::PrimLoopOp op) {
    auto rounds = Torch::matchConstantInt(resolve(op.getMaxTripCount()));
    if (!rounds || !op.isForLike())
      return std::nullopt;
    int64_t count = 0;
    bool writes = false;
    op.getBody().walk([&](Operation *inner) {
      ++count;
      writes |= facts.get(inner).isMutable();
    });
    constexpr int64_t kMostOperations = 10000;
    if (!writes || *rounds > kMostOperations / count)
      return std::nullopt;
    return std::max<int64_t>(*rounds, 0);
  }

  /// Writes the rounds of a loop out after it; returns the first operation.
  Operation *unroll(Torch::PrimLoopOp op, int64_t rounds) {
    builder.setInsertionPointAfter(op);
    SmallVector<Value> carried(op.getInitialValues());
    Block &body = op.getBodyBlock();
    for (int64_t round = 0; round < rounds; ++round) {
      IRMapping mapping;
      mapping.map(body.getArgument(0),
                  Torch::constantInt(builder, op.getLoc(), round));
      mapping.map(body.getArguments().drop_front(), carried);
      for (Operation &inner : body.without_terminator())
        builder.clone(inner, mapping);
      for (auto [value, next] :
           llvm::zip(carried, body.getTerminator()->getOperands().drop_front()))
        value = mapping.lookupOrDefault(next);
    }
    for (auto [result, value] : llvm::zip(op.getResults(), carried))
      rename(result, value);
    kill(op);
    return op->getNextNode();
  }

  void visitLoop(Torch::PrimLoopOp op) {
    SmallVector<Cell> written = findWrittenCells(op).takeVector();
    openLists(written, op);
    SmallVector<Value> initial;
    bool known = true;
    for (Value value : op.getInitialValues())
      known &= flattenValues(value, initial);
    if (!known) {
      error(op) << quoted(op) << " carries a tuple whose elements are not known";
      return;
    }
    SmallVector<Value> operands;
    SmallVector<Type> types;
    for (Value value : initial)
      operands.push_back(read(value, op));
    for (Type type : op.getResultTypes())
      flattenTypes(type, types);
    unsigned count = types.size();
    for (Cell cell : written) {
      operands.push_back(readCell(cell, op));
      types.push_back(getCellType(cell));
    }
    unsigned start = state.getTime();
    auto replacement = builder.create<Torch::PrimLoopOp>(
        op.getLoc(), types, read(op.getMaxTripCount(), op),
        read(op.getInitialCondition(), op), operands);
    replacement->setAttrs(op->getAttrs());

    // The old body's arguments become names of the new ones.
    Block &body = replacement.getBodyBlock();
    Block &oldBody = op.getBodyBlock();
    body.getOperations().splice(body.end(), oldBody.getOperations());
    rename(oldBody.getArgument(0), body.getArgument(0));
    ValueRange arguments = body.getArguments().drop_front();
    ValueRange rest = arguments;
    builder.setInsertionPointToStart(&body);
    for (BlockArgument argument : oldBody.getArguments().drop_front())
      assemble(argument, argument.getType(), rest);
    for (auto [argument, value] : llvm::zip(arguments.take_front(count), initial))
      if (isTensorLike(argument.getType()))
        setMaybeSame(argument, value);

    SmallVector<Value> yielded;
    if (!visitRegion(replacement, body, written, arguments.drop_front(count), 1,
                     yielded))
      return;
    // What the next round reads may have been written to in this one.
    for (auto [argument, value] : llvm::zip(arguments, yielded)) {
      if (!isTensorLike(argument.getType()))
        continue;
      Tensor *carried = state.lookup(argument), *next = state.lookup(value);
      if (carried && next && carried->storage != next->storage &&
          carried->storage->lastWrite) {
        state.setMaybeSame(carried, next);
        state.spreadDoubt(carried->storage, carried->storage->lastWrite);
      }
    }
    for (Storage *storage : state.getDoubtful())
      if (!storage->isDoubtReported && storage->lastUse > start &&
          replacement->isAncestor(storage->doubt)) {
        storage->isDoubtReported = true;
        reportDoubt(storage->doubt, *storage);
      }
    builder.setInsertionPoint(op);
    ValueRange results = replacement.getResults();
    finishRegionOp(op, replacement, results, written, count);
    for (auto [result, value] : llvm::zip(results, initial))
      if (isTensorLike(result.getType()))
        setMaybeSame(result, value);
    for (auto [result, value] : llvm::zip(results, yielded))
      shareWithOuter(result, value);
  }

  /// The results of `replacement` are those of `op` and then what was written.
  void finishRegionOp(Operation *op, Operation *replacement, ValueRange results,
                      ArrayRef<Cell> written, unsigned count) {
    ValueRange rest = results.take_front(count);
    for (Value result : op->getResults())
      assemble(result, result.getType(), rest);
    for (auto [cell, result] : llvm::zip(written, results.drop_front(count)))
      writeCell(cell, result, replacement);
    kill(op);
  }

  /// `result` may be the tensor `yielded`, if that is older than the region.
  void shareWithOuter(Value result, Value yielded) {
    if (!isTensorLike(result.getType()))
      return;
    Tensor *tensor = state.lookup(yielded);
    if (tensor && getDepth(AliasState::getOwner(tensor)->origin) <= depth)
      state.setMaybeSame(state.getOrCreate(resolve(result)), tensor);
  }

  //===--------------------------------------------------------------------===//
  // Unused operations
  //===--------------------------------------------------------------------===//

  /// Erases operations whose results nobody uses, also random ones.
  void eraseUnused(Region &region) {
    for (Block &block : region)
      for (Operation &op :
           llvm::make_early_inc_range(llvm::reverse(block.getOperations()))) {
        if (op.use_empty() && op.getNumResults() && isErasable(&op)) {
          op.erase();
          continue;
        }
        for (Region &inner : op.getRegions())
          eraseUnused(inner);
      }
  }
  bool isErasable(Operation *op) {
    if (isOpTriviallyDead(op))
      return true;
    StringRef key = Torch::getSchemaKey(op);
    return !key.empty() && op->getNumRegions() == 0 && facts.get(key).schema;
  }

  func::FuncOp function;
  OperatorFactsTable &facts;
  OpBuilder builder;
  AliasState state;
  llvm::DenseMap<Value, Value> names;
  llvm::DenseMap<Value, List *> lists;
  std::deque<List> listPool;
  llvm::DenseMap<Value, SmallVector<Value>> tuples, dicts;
  llvm::DenseSet<Value> strided, unknownOrigin;
  SmallVector<Operation *> dead;
  /// What may be written to in each of the regions around the present place.
  SmallVector<llvm::DenseSet<Cell>> cells;
  unsigned depth = 0;
  bool failed = false;
  bool warned = false;
};

struct LegalizePass : impl::LegalizeBase<LegalizePass> {
  /// A value that replaced a result may have a type that says more.
  static void updateSignature(func::FuncOp function) {
    Block &body = function.front();
    function.setFunctionType(FunctionType::get(
        function.getContext(), body.getArgumentTypes(),
        body.getTerminator()->getOperandTypes()));
  }

  void runOnOperation() override {
    OperatorFactsTable facts;
    bool failed = false;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal()) {
        failed |= mlir::failed(Legalizer(function, facts).run());
        updateSignature(function);
      }
    if (failed || mlir::failed(verifyLegalized(getOperation())))
      signalPassFailure();
  }
};

} // namespace

} // namespace torchonnx
