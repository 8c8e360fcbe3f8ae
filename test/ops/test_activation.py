"""Activations, and the softmax family."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import case, f16, f32, f64, suite

POINTWISE = {
    "celu": F.celu,
    "celu_alpha": lambda x: F.celu(x, 0.3),
    "elu": F.elu,
    "elu_alpha": lambda x: F.elu(x, 0.7),
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "hardshrink": F.hardshrink,
    "hardsigmoid": F.hardsigmoid,
    "hardswish": F.hardswish,
    "hardtanh": F.hardtanh,
    "hardtanh_range": lambda x: F.hardtanh(x, -0.5, 2.0),
    "leaky_relu": F.leaky_relu,
    "leaky_relu_slope": lambda x: F.leaky_relu(x, 0.2),
    "logsigmoid": F.logsigmoid,
    "mish": F.mish,
    "relu": F.relu,
    "relu6": F.relu6,
    "selu": F.selu,
    "sigmoid": torch.sigmoid,
    "silu": F.silu,
    "softplus": F.softplus,
    "softplus_beta": lambda x: F.softplus(x, beta=2.0, threshold=3.0),
    "softshrink": F.softshrink,
    "softshrink_lambda": lambda x: F.softshrink(x, 1.2),
    "softsign": F.softsign,
    "tanh": torch.tanh,
    "tanhshrink": F.tanhshrink,
    "threshold": lambda x: F.threshold(x, 0.5, 20.0),
}

IN_PLACE = {
    "relu_": lambda x: F.relu_(x.clone()),
    "hardtanh_": lambda x: F.hardtanh_(x.clone()),
    "leaky_relu_": lambda x: F.leaky_relu_(x.clone(), 0.3),
    "sigmoid_": lambda x: torch.sigmoid_(x.clone()),
    "tanh_": lambda x: torch.tanh_(x.clone()),
    "silu_": lambda x: F.silu(x.clone(), inplace=True),
    "elu_": lambda x: F.elu_(x.clone()),
    "hardswish_": lambda x: F.hardswish(x.clone(), inplace=True),
}

test_pointwise = suite(
    # ONNX Runtime's Gelu of an infinity is not PyTorch's.
    [case(n, f, f32("n", 40), special=n != "gelu") for n, f in POINTWISE.items()],
    [
        case(f"{n}_f64", POINTWISE[n], f64(3, 5))
        for n in ("relu", "sigmoid", "tanh", "silu", "leaky_relu")
    ],
    # ONNX Runtime has no Gelu of f64: it is computed in f32.
    case("gelu_f64", F.gelu, f64(3, 5), rtol=1e-4, atol=1e-6),
    [
        case(f"{n}_f16", POINTWISE[n], f16(3, 5))
        for n in ("relu", "sigmoid", "tanh", "gelu", "silu", "elu")
    ],
    [case(f"{n}_0d", POINTWISE[n], f32()) for n in ("relu", "gelu", "softplus")],
    [case(f"{n}_empty", POINTWISE[n], f32(0, 3)) for n in ("relu", "silu", "elu")],
)

test_in_place = suite(
    [case(n, f, f32(3, 4)) for n, f in IN_PLACE.items()],
    case("relu_module_in_place", nn.ReLU(inplace=True), f32(3, 4)),
)

test_parametric = suite(
    case("prelu_shared", nn.PReLU(), f32("n", 3, 4)),
    case("prelu_channels", nn.PReLU(3), f32("n", 3, 4)),
    case("prelu_2d", nn.PReLU(3), f32("n", 3)),
    case("prelu_functional", F.prelu, f32(2, 3, 4), f32(3)),
    case("glu", F.glu, f32("n", 6)),
    case("glu_dim", lambda x: F.glu(x, 0), f32(4, 3)),
    case("rrelu_eval", nn.RReLU(), f32(3, 4)),
)

test_softmax = suite(
    case("softmax_last", lambda x: F.softmax(x, -1), f32("n", 5), special=True),
    case("softmax_dim0", lambda x: F.softmax(x, 0), f32("n", 5)),
    case("softmax_middle", lambda x: F.softmax(x, 1), f32(2, "n", 3)),
    case("softmax_negative", lambda x: F.softmax(x, -2), f32(2, 4, 3)),
    case("softmax_4d", lambda x: F.softmax(x, 2), f32(2, 3, 4, 5)),
    case("softmax_0d", lambda x: F.softmax(x, 0), f32()),
    case("softmax_dtype", lambda x: F.softmax(x, -1, dtype=torch.float64), f32(2, 3)),
    case("softmax_f16_to_f32", lambda x: F.softmax(x, 1, dtype=torch.float32), f16(2, 3)),
    case("log_softmax", lambda x: F.log_softmax(x, -1), f32("n", 5)),
    case("log_softmax_dim0", lambda x: F.log_softmax(x, 0), f32("n", 5)),
    case("log_softmax_dtype", lambda x: F.log_softmax(x, 1, dtype=torch.float64), f32(2, 3)),
    case("softmin", lambda x: F.softmin(x, 1), f32("n", 5)),
    case("softmax_module_2d", nn.Softmax2d(), f32(2, 3, 4, 4)),
)

test_dropout = suite(
    case("dropout_eval", nn.Dropout(0.5), f32("n", 4)),
    case("dropout2d_eval", nn.Dropout2d(0.5), f32(2, 3, 4, 4)),
    case("alpha_dropout_eval", nn.AlphaDropout(0.5), f32("n", 4)),
    case("feature_alpha_dropout_eval", nn.FeatureAlphaDropout(0.5), f32(2, 3, 4)),
    case("dropout_p0_training", lambda x: F.dropout(x, 0.0, training=True) + 1, f32(2, 3)),
)
