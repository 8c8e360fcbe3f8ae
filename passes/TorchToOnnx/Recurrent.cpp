//===- Recurrent.cpp - LSTM, GRU and RNN ----------------------------------===//
//
// PyTorch stacks layers, ONNX has one a node; the weights' rows are in another
// order of gates.
//
//===----------------------------------------------------------------------===//

#include "dialects/Torch/RecurrentOps.h"
#include "passes/TorchToOnnx/ConversionContext.h"

using namespace mlir;
using namespace torchonnx;
using namespace torchonnx::Torch;
using Symbolic::DimAttr;

namespace {
enum class Kind { Lstm, Gru, RnnTanh, RnnRelu };

// The weights of one direction of one layer, as PyTorch has them.
struct Weights {
  Value input, hidden, inputBias, hiddenBias;
};

struct Layers {
  Kind kind;
  Type type;
  int64_t hiddenSize = 0;
  int directions = 1;
  // [layer * directions + direction]
  SmallVector<Weights> weights;
  // [layers * directions, batch, hidden]; null for zeros.
  Value hidden, cell;

  size_t count() const { return weights.size() / directions; }
};

struct Outputs {
  Value sequence, hidden, cell;
};
} // namespace

static StringRef kernelName(Kind kind) {
  return kind == Kind::Lstm ? "LSTM" : kind == Kind::Gru ? "GRU" : "RNN";
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

// PyTorch's gate for each of ONNX's: LSTM i,f,g,o -> i,o,f,c; GRU r,z,n ->
// z,r,h.
static ArrayRef<int64_t> gateOrder(Kind kind) {
  static const int64_t lstm[] = {0, 3, 1, 2}, gru[] = {1, 0, 2}, rnn[] = {0};
  return kind == Kind::Lstm  ? ArrayRef<int64_t>(lstm)
         : kind == Kind::Gru ? ArrayRef<int64_t>(gru)
                             : ArrayRef<int64_t>(rnn);
}

static Value reorderGates(ConversionContext &c, Value weight, Kind kind,
                          int64_t hiddenSize) {
  ArrayRef<int64_t> order = gateOrder(kind);
  if (order.size() == 1)
    return weight;
  SmallVector<int64_t> rows;
  for (int64_t gate : order)
    for (int64_t i = 0; i < hiddenSize; ++i)
      rows.push_back(gate * hiddenSize + i);
  return c.builder.gather(weight, c.builder.ints(rows), 0);
}

// One tensor for all directions of a layer: [directions, ..]
static Value perDirection(ConversionContext &c, const Layers &layers,
                          size_t layer,
                          function_ref<Value(const Weights &)> build) {
  SmallVector<Value> parts;
  for (int i = 0; i < layers.directions; ++i)
    parts.push_back(c.builder.unsqueeze(
        build(layers.weights[layer * layers.directions + i]), {0}));
  return c.builder.concat(parts, 0);
}

// [2 * gates * hidden]: those of the input and of the hidden state
static Value biases(ConversionContext &c, const Layers &layers, size_t layer) {
  const Weights &first = layers.weights[layer * layers.directions];
  if (!first.inputBias)
    return {};
  return perDirection(c, layers, layer, [&](const Weights &w) {
    auto reorder = [&](Value bias) {
      return reorderGates(c, bias, layers.kind, layers.hiddenSize);
    };
    return c.builder.concat({reorder(w.inputBias), reorder(w.hiddenBias)}, 0);
  });
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

// Zeros need not be given.
static bool isZeros(Value value) {
  ElementsAttr elements;
  if (auto op = value.getDefiningOp<Onnx::ConstantOfShapeOp>())
    elements = op.getValueAttr();
  else if (auto op = value.getDefiningOp<Onnx::InitializerOp>())
    elements = dyn_cast<ElementsAttr>(op.getValue());
  auto dense = dyn_cast_or_null<DenseFPElementsAttr>(elements);
  return dense && dense.isSplat() && dense.getSplatValue<APFloat>().isPosZero();
}

// The rows of one layer in a state of all layers.
static Value layerState(ConversionContext &c, Value state, const Layers &layers,
                        size_t layer) {
  if (!state || layers.count() == 1)
    return state;
  int64_t begin = layer * layers.directions;
  return c.builder.slice(state, {begin}, {begin + layers.directions}, {0});
}

static Outputs buildLayer(ConversionContext &c, const Layers &layers,
                          size_t layer, Value x, bool wantsStates) {
  Kind kind = layers.kind;
  auto weight = [&](Value Weights::*member) {
    return perDirection(c, layers, layer, [&](const Weights &w) {
      return reorderGates(c, w.*member, kind, layers.hiddenSize);
    });
  };
  SmallVector<Value> operands = {x,
                                 weight(&Weights::input),
                                 weight(&Weights::hidden),
                                 biases(c, layers, layer),
                                 Value(),
                                 layerState(c, layers.hidden, layers, layer)};
  SmallVector<DimAttr> dims = OnnxBuilder::dims(x);
  DimAttr directions = c.builder.dim(layers.directions),
          hidden = c.builder.dim(layers.hiddenSize);
  Type sequence = OnnxBuilder::tensorType(
      {dims[0], directions, dims[1], hidden}, layers.type);
  Type state = wantsStates ? Type(OnnxBuilder::tensorType(
                                 {directions, dims[1], hidden}, layers.type))
                           : Type();
  SmallVector<NamedAttribute> attributes = {
      c.builder.intAttr("hidden_size", layers.hiddenSize)};
  if (layers.directions == 2)
    attributes.push_back(c.builder.stringAttr("direction", "bidirectional"));

  SmallVector<Value> y;
  if (kind == Kind::Lstm) {
    operands.push_back(layerState(c, layers.cell, layers, layer));
    y = llvm::to_vector_of<Value>(c.builder.createMany<Onnx::LSTMOp>(
        {sequence, state, state}, operands, attributes));
  } else if (kind == Kind::Gru) {
    attributes.push_back(c.builder.intAttr("linear_before_reset", 1));
    y = llvm::to_vector_of<Value>(c.builder.createMany<Onnx::GRUOp>(
        {sequence, state}, operands, attributes));
  } else {
    StringRef activation = kind == Kind::RnnTanh ? "Tanh" : "Relu";
    attributes.push_back(c.builder.stringsAttr(
        "activations", SmallVector<StringRef>(layers.directions, activation)));
    y = llvm::to_vector_of<Value>(c.builder.createMany<Onnx::RNNOp>(
        {sequence, state}, operands, attributes));
  }
  // [seq, directions, batch, hidden] -> [seq, batch, directions * hidden]
  Outputs out;
  if (layers.directions == 1) {
    out.sequence = c.builder.squeeze(y[0], {1});
  } else {
    Value moved = c.builder.transpose(y[0], {0, 2, 1, 3});
    out.sequence = c.builder.reshape(
        moved,
        OnnxBuilder::tensorType(
            {dims[0], dims[1], Symbolic::mul(hidden, layers.directions)},
            layers.type),
        c.builder.ints({0, 0, layers.directions * layers.hiddenSize}));
  }
  if (wantsStates) {
    out.hidden = y[1];
    if (kind == Kind::Lstm)
      out.cell = y[2];
  }
  return out;
}

// All layers, one after the other.
static Outputs buildLayers(ConversionContext &c, const Layers &layers, Value x,
                           bool wantsStates) {
  SmallVector<Value> hiddens, cells;
  for (size_t i = 0; i < layers.count(); ++i) {
    Outputs out = buildLayer(c, layers, i, x, wantsStates);
    x = out.sequence;
    hiddens.push_back(out.hidden);
    cells.push_back(out.cell);
  }
  Outputs result;
  result.sequence = x;
  if (wantsStates) {
    result.hidden = c.builder.concat(hiddens, 0);
    if (layers.kind == Kind::Lstm)
      result.cell = c.builder.concat(cells, 0);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

// Reads the list of parameters: w_ih, w_hh and, if there are, b_ih, b_hh of
// each direction of each layer.
static LogicalResult readParameters(Operation *op, Layers &layers, size_t count,
                                    bool hasBiases, ConversionContext &c) {
  auto parameters = c.tensorList(c.arg(op, "params"));
  size_t each = hasBiases ? 4 : 2;
  if (!parameters || parameters->size() != each * count * layers.directions)
    return c.fail(op, "its parameters are not those of plain layers (ONNX has "
                      "no projections of the hidden state)");
  for (size_t i = 0; i < parameters->size(); i += each) {
    auto at = [&](size_t j) {
      return c.builder.cast((*parameters)[i + j], layers.type);
    };
    layers.weights.push_back({at(0), at(1), hasBiases ? at(2) : Value(),
                              hasBiases ? at(3) : Value()});
  }
  auto hiddenType =
      cast<RankedTensorType>(layers.weights.front().hidden.getType());
  if (hiddenType.getRank() != 2 || hiddenType.isDynamicDim(1))
    return c.fail(op, "its hidden size is unknown");
  layers.hiddenSize = hiddenType.getDimSize(1);
  return success();
}

template <Kind K>
static LogicalResult convertLayers(Operation *op, ConversionContext &c) {
  auto count = c.constInt(c.arg(op, "num_layers"));
  auto hasBiases = c.constBool(c.arg(op, "has_biases"));
  auto isBidirectional = c.constBool(c.arg(op, "bidirectional"));
  auto batchFirst = c.constBool(c.arg(op, "batch_first"));
  auto dropout = c.constFloat(c.arg(op, "dropout"));
  auto isTraining = c.constBool(c.arg(op, "train"));
  if (!count || !hasBiases || !isBidirectional || !batchFirst || !dropout ||
      !isTraining)
    return c.fail(op, "its arguments are not constant");
  if (*isTraining && *dropout != 0 && *count > 1)
    return c.fail(op, "it drops out at random; export the model after "
                      "model.eval()");
  if (c.rank(op->getOperand(0)) != 3)
    return c.fail(op, "its input is not of three dimensions");

  Layers layers;
  layers.kind = K;
  layers.type = c.kernelType(kernelName(K), c.dtype(op->getResult(0)));
  layers.directions = *isBidirectional ? 2 : 1;
  if (failed(readParameters(op, layers, *count, *hasBiases, c)))
    return failure();
  SmallVector<Value> states;
  if (K == Kind::Lstm) {
    auto list = c.tensorList(op->getOperand(1));
    if (!list || list->size() != 2)
      return c.fail(op, "its initial states are not two tensors");
    states = *list;
  } else {
    states = {c.tensor(op->getOperand(1))};
  }
  for (Value &state : states)
    state = isZeros(state) ? Value() : c.builder.cast(state, layers.type);
  layers.hidden = states[0];
  if (K == Kind::Lstm)
    layers.cell = states[1];

  Value x = c.tensorAs(op->getOperand(0), layers.type);
  if (*batchFirst)
    x = c.builder.transpose(x, {1, 0, 2});
  bool wantsStates = llvm::any_of(op->getResults().drop_front(),
                                  [](Value v) { return !v.use_empty(); });
  Outputs out = buildLayers(c, layers, x, wantsStates);
  if (*batchFirst)
    out.sequence = c.builder.transpose(out.sequence, {1, 0, 2});
  SmallVector<Value> results = {out.sequence, out.hidden};
  if (K == Kind::Lstm)
    results.push_back(out.cell);
  return c.replace(op, results);
}

// A cell is a layer on a sequence of one element.
template <Kind K>
static LogicalResult convertCell(Operation *op, ConversionContext &c) {
  Layers layers;
  layers.kind = K;
  layers.type = c.kernelType(kernelName(K), c.dtype(op->getResult(0)));
  auto parameter = [&](StringRef name) {
    Value value = c.arg(op, name);
    return c.isNone(value) ? Value() : c.tensorAs(value, layers.type);
  };
  Weights weights = {parameter("w_ih"), parameter("w_hh"), parameter("b_ih"),
                     parameter("b_hh")};
  auto hiddenSize = c.staticDim(c.arg(op, "w_hh"), 1);
  if (!hiddenSize || c.rank(op->getOperand(0)) != 2 ||
      !weights.inputBias != !weights.hiddenBias)
    return c.fail(op,
                  "its input is not a batch, or its hidden size is unknown");
  layers.hiddenSize = *hiddenSize;
  layers.weights.push_back(weights);
  auto state = [&](Value value) {
    return c.builder.unsqueeze(c.builder.cast(value, layers.type), {0});
  };
  if (K == Kind::Lstm) {
    auto states = c.tensorList(op->getOperand(1));
    if (!states || states->size() != 2)
      return c.fail(op, "its states are not two tensors");
    layers.hidden = state((*states)[0]);
    layers.cell = state((*states)[1]);
  } else {
    layers.hidden = state(c.tensor(op->getOperand(1)));
  }
  Value x = state(c.tensorAs(op->getOperand(0), layers.type));
  Outputs out = buildLayers(c, layers, x, true);
  SmallVector<Value> results = {c.builder.squeeze(out.hidden, {0})};
  if (K == Kind::Lstm)
    results.push_back(c.builder.squeeze(out.cell, {0}));
  return c.replace(op, results);
}

void torchonnx::registerRecurrentConversions(ConversionRegistry &r) {
  r.add<AtenLstmInputOp>(convertLayers<Kind::Lstm>);
  r.add<AtenGruInputOp>(convertLayers<Kind::Gru>);
  r.add<AtenRnnTanhInputOp>(convertLayers<Kind::RnnTanh>);
  r.add<AtenRnnReluInputOp>(convertLayers<Kind::RnnRelu>);
  r.add<AtenLstmCellOp>(convertCell<Kind::Lstm>);
  r.add<AtenGruCellOp>(convertCell<Kind::Gru>);
  r.add<AtenRnnTanhCellOp>(convertCell<Kind::RnnTanh>);
  r.add<AtenRnnReluCellOp>(convertCell<Kind::RnnRelu>);
}
