//===- LegalizeSharing.cpp - Views, copies and conversions ----------------===//

#include "passes/Legalize/Legalizer.h"

#include "dialects/Torch/TorchOps.h"
#include "lib/Support/TypePromotion.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace torchonnx {

/// Whether the view of a contiguous tensor may not be contiguous.
static bool makesStrided(Operation *view, StringRef key,
                         const OperatorFacts &fact) {
  if (llvm::StringSwitch<bool>(key)
          .Cases("aten.view", "aten.view_as", "aten.unflatten.int",
                 "aten.unsqueeze", "aten.squeeze", "aten.squeeze.dim",
                 "aten.squeeze.dims", "aten.reshape", "aten.reshape_as", true)
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

/// Outside of training these give back their operand itself.
static bool isInactiveDropout(Operation *op, StringRef key) {
  return llvm::StringSwitch<bool>(key)
             .Cases("aten.dropout", "aten.feature_dropout",
                    "aten.alpha_dropout", "aten.feature_alpha_dropout", true)
             .Default(false) &&
         Torch::matchConstantBool(op->getOperand(2)) == false;
}

//===----------------------------------------------------------------------===//
// Strides
//===----------------------------------------------------------------------===//

void Legalizer::trackStrides(Operation *op, StringRef key,
                             const OperatorFacts &fact) {
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

//===----------------------------------------------------------------------===//
// Operators that write to nothing
//===----------------------------------------------------------------------===//

void Legalizer::setMaybeSame(Value first, Value second) {
  state.setMaybeSame(state.getOrCreate(resolve(first)),
                     state.getOrCreate(resolve(second)));
}

void Legalizer::visitFunctional(Operation *op, StringRef key,
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

void Legalizer::setCopy(Operation *op, Value operand) {
  Value result = op->getResult(0);
  state.setNew(result, read(operand, op));
  if (isStrided(operand))
    strided.insert(result);
  kill(op);
}

void Legalizer::checkTraining(Operation *op, StringRef key,
                              const OperatorFacts &fact) {
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

void Legalizer::visitConversion(Operation *op, StringRef key,
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

} // namespace torchonnx
