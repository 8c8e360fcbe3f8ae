//===- Recurrent.cpp - Shape functions: recurrent networks ----------------===//

#include "passes/InferShapes/ShapeHelpers.h"

using namespace mlir;
using namespace torchonnx;

/// The last dimension of the input is the second one of the weight.
static void requireInputSize(InferenceContext &context, Torch::TensorType input,
                             Torch::TensorType weight) {
  if (input.hasRank() && input.getRank() && weight.hasRank() &&
      weight.getRank() == 2)
    context.requireEqual(input.getDims().back(), weight.getDims()[1]);
}

/// lstm.input, gru.input, rnn_*.input: (input, hx, ..., num_layers, dropout,
/// train, bidirectional, batch_first) -> output, and a state for each of hx.
static LogicalResult inferSequence(Operation *op, InferenceContext &context) {
  Torch::TensorType input = context.tensor(op->getOperand(0));
  bool isLstm = Torch::getSchemaKey(op).starts_with("aten.lstm");
  Value hx = op->getOperand(1);
  SmallVector<Torch::TensorType> states;
  if (isLstm) {
    if (std::optional<SmallVector<Torch::TensorType>> list =
            context.tensorList(hx))
      states = *list;
  } else {
    states.push_back(context.tensor(hx));
  }
  if (std::optional<SmallVector<Torch::TensorType>> weights =
          context.tensorList(context.operand("params"));
      weights && !weights->empty())
    requireInputSize(context, input, weights->front());
  std::optional<bool> bidirectional = context.getBool("bidirectional");
  OptionalDims dims = getDims(input);
  if (!dims || dims->empty() || !bidirectional || states.empty() ||
      !states[0].hasRank() || states[0].getRank() == 0)
    dims = std::nullopt;
  else
    dims->back() =
        Symbolic::mul(states[0].getDims().back(), *bidirectional ? 2 : 1);
  // With a projection the state of an lstm is smaller than its cell: the output
  // has the state's size, which is that of states[0].
  context.setTensor(0, dims, input.getDtype());
  for (unsigned i = 1; i < op->getNumResults(); ++i) {
    if (i - 1 < states.size())
      context.setTensor(i, getDims(states[i - 1]), input.getDtype());
    else
      context.setTensor(i, std::nullopt, input.getDtype());
  }
  return success();
}

/// lstm_cell(input, [h, c], ...): new h and c.
static LogicalResult inferLstmCell(Operation *op, InferenceContext &context) {
  std::optional<SmallVector<Torch::TensorType>> states =
      context.tensorList(op->getOperand(1));
  requireInputSize(context, context.tensor(op->getOperand(0)),
                   context.tensor(context.operand("w_ih")));
  for (unsigned i = 0; i < op->getNumResults(); ++i) {
    if (states && i < states->size())
      context.setTensor(i, getDims((*states)[i]), (*states)[i].getDtype());
    else
      context.setTensor(i, std::nullopt,
                        context.tensor(op->getOperand(0)).getDtype());
  }
  return success();
}

/// gru_cell, rnn_*_cell(input, hx, ...): a new hx.
static LogicalResult inferCell(Operation *op, InferenceContext &context) {
  Torch::TensorType state = context.tensor(op->getOperand(1));
  requireInputSize(context, context.tensor(op->getOperand(0)),
                   context.tensor(context.operand("w_ih")));
  context.setTensor(0, getDims(state), state.getDtype());
  return success();
}

void torchonnx::registerRecurrentShapes(ShapeFunctionRegistry &registry) {
  registry.add({"aten.lstm.input", "aten.gru.input", "aten.rnn_tanh.input",
                "aten.rnn_relu.input"},
               inferSequence);
  registry.add({"aten.lstm_cell"}, inferLstmCell);
  registry.add({"aten.gru_cell", "aten.rnn_tanh_cell", "aten.rnn_relu_cell"},
               inferCell);
}
