//===- LegalizeControlFlow.cpp - Branches and loops -----------------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace torchonnx {

/// The types of the elements of nested tuples.
static void flattenTypes(Type type, SmallVectorImpl<Type> &types) {
  if (auto tuple = dyn_cast<Torch::TupleType>(type))
    for (Type element : tuple.getElementTypes())
      flattenTypes(element, types);
  else
    types.push_back(type);
}

static bool raises(Block &block) {
  return llvm::any_of(block, [](Operation &op) {
    return Torch::getSchemaKey(&op) == "prim.RaiseException";
  });
}

//===----------------------------------------------------------------------===//
// Flattened tuples
//===----------------------------------------------------------------------===//

bool Legalizer::flattenValues(Value value, SmallVectorImpl<Value> &values) {
  value = resolve(value);
  if (!isa<Torch::TupleType>(value.getType())) {
    values.push_back(value);
    return true;
  }
  auto found = tuples.find(value);
  if (found == tuples.end())
    return false;
  SmallVector<Value> elements(found->second);
  return llvm::all_of(
      elements, [&](Value element) { return flattenValues(element, values); });
}

void Legalizer::assemble(Value original, Type type, ValueRange &values) {
  auto tuple = dyn_cast<Torch::TupleType>(type);
  if (!tuple) {
    rename(original, values.front());
    values = values.drop_front();
    return;
  }
  tuples[original] = assembleElements(tuple, values);
}

SmallVector<Value> Legalizer::assembleElements(Torch::TupleType tuple,
                                               ValueRange &values) {
  SmallVector<Value> elements;
  for (Type type : tuple.getElementTypes()) {
    if (auto nested = dyn_cast<Torch::TupleType>(type)) {
      // A tuple in a tuple gets an empty construction as its name.
      Value name = builder.create<Torch::PrimTupleConstructOp>(
          values.empty() ? function.getLoc() : values.front().getLoc(), nested,
          ValueRange());
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

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

bool Legalizer::visitRegion(Operation *op, Block &block, ArrayRef<Cell> written,
                            ValueRange entering, unsigned kept,
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

void Legalizer::openLists(ArrayRef<Cell> written, Operation *op) {
  for (Cell cell : written)
    if (auto *list = dyn_cast<List *>(cell); list && list->isKnown) {
      list->value = readList(*list, op);
      makeOpaque(*list);
    }
}

void Legalizer::finishRegionOp(Operation *op, Operation *replacement,
                               ValueRange results, ArrayRef<Cell> written,
                               unsigned count) {
  ValueRange rest = results.take_front(count);
  for (Value result : op->getResults())
    assemble(result, result.getType(), rest);
  for (auto [cell, result] : llvm::zip(written, results.drop_front(count)))
    writeCell(cell, result, replacement);
  kill(op);
}

void Legalizer::shareWithOuter(Value result, Value yielded) {
  if (!isTensorLike(result.getType()))
    return;
  Tensor *tensor = state.lookup(yielded);
  if (tensor && getDepth(AliasState::getOwner(tensor)->origin) <= depth)
    state.setMaybeSame(state.getOrCreate(resolve(result)), tensor);
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

Operation *Legalizer::inlineBranch(Torch::PrimIfOp op, Block &block) {
  Operation *terminator = block.getTerminator();
  for (auto [result, value] :
       llvm::zip(op.getResults(), terminator->getOperands()))
    rename(result, value);
  Operation *next = op->getNextNode();
  Operation *first = &block.front() == terminator ? next : &block.front();
  op->getBlock()->getOperations().splice(next->getIterator(),
                                         block.getOperations(), block.begin(),
                                         terminator->getIterator());
  kill(op);
  return first;
}

Operation *Legalizer::visitIf(Torch::PrimIfOp op) {
  // An assert cannot be exported: it is taken to hold.
  bool thenRaises = raises(op.getThenBlock());
  bool elseRaises = raises(op.getElseBlock());
  auto condition = Torch::matchConstantBool(resolve(op.getCondition()));
  if (condition)
    return inlineBranch(op, *condition ? op.getThenBlock() : op.getElseBlock());
  if (thenRaises != elseRaises)
    return inlineBranch(op, thenRaises ? op.getElseBlock() : op.getThenBlock());

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
  if (types.size() != op.getNumResults() ||
      !llvm::equal(types, op.getResultTypes())) {
    builder.setInsertionPoint(op);
    auto replacement =
        builder.create<Torch::PrimIfOp>(op.getLoc(), types, op.getCondition());
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

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

std::optional<int64_t> Legalizer::getRoundsToUnroll(Torch::PrimLoopOp op) {
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

Operation *Legalizer::unroll(Torch::PrimLoopOp op, int64_t rounds) {
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

void Legalizer::visitLoop(Torch::PrimLoopOp op) {
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

} // namespace torchonnx
