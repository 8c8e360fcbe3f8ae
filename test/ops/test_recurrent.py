"""RNN, GRU and LSTM."""

from torch import nn

from conformance import case, f32, f64, suite


class WithState(nn.Module):
    """A recurrent module that is given its initial state."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x, *state):
        return self.module(x, state if len(state) > 1 else state[0])


class Last(nn.Module):
    """The hidden state of a recurrent module alone."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return self.module(x)[1]


KINDS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
VARIANTS = {
    "plain": {},
    "batch_first": {"batch_first": True},
    "bidirectional": {"bidirectional": True},
    "layers": {"num_layers": 2},
    "no_bias": {"bias": False},
    "everything": {"batch_first": True, "bidirectional": True, "num_layers": 2},
}
SIZES = {"t": [4, 6, 1], "n": [3, 2, 1]}

test_variants = suite(
    [
        case(
            f"{name}_{variant}",
            kind(5, 6, **options),
            f32("n", "t", 5) if options.get("batch_first") else f32("t", "n", 5),
            sizes=SIZES,
        )
        for name, kind in KINDS.items()
        for variant, options in VARIANTS.items()
    ],
    [case(f"{name}_last", Last(kind(5, 6, batch_first=True)), f32("n", "t", 5), sizes=SIZES) for name, kind in KINDS.items()],
    [case(f"{name}_unbatched", kind(5, 6), f32("t", 5), sizes=SIZES) for name, kind in KINDS.items()],
    # ONNX Runtime has none of f64: they are computed in f32.
    [case(f"{name}_f64", kind(5, 6).double(), f64("t", "n", 5), sizes=SIZES, rtol=1e-4, atol=1e-6) for name, kind in KINDS.items()],
    case("rnn_relu", nn.RNN(5, 6, nonlinearity="relu"), f32("t", "n", 5), sizes=SIZES),
    case("lstm_projection", nn.LSTM(5, 6, proj_size=3), f32(4, 3, 5), xfail="refused: ONNX's LSTM has no projection"),
    case("lstm_state", WithState(nn.LSTM(5, 6)), f32("t", "n", 5), f32(1, "n", 6), f32(1, "n", 6), sizes=SIZES),
    case("gru_state", WithState(nn.GRU(5, 6)), f32("t", "n", 5), f32(1, "n", 6), sizes=SIZES),
    case("lstm_cell", nn.LSTMCell(5, 6), f32("n", 5)),
    case("gru_cell", nn.GRUCell(5, 6), f32("n", 5)),
    case("rnn_cell", nn.RNNCell(5, 6), f32("n", 5)),
)
