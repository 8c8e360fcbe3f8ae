"""What a live module becomes before the compiler sees it."""

import collections
import dataclasses

import pytest
import torch
from torch import nn

from torch_onnx_opt._signature import (
    Inputs,
    check_call,
    choose_names,
    flatten_outputs,
    normalize_arguments,
    symbolic_shapes,
)
from torch_onnx_opt._trace import inference, trace, weights_of


def inputs_of(model, args, kwargs=None):
    args, kwargs = normalize_arguments(model, args, kwargs)
    check_call(model, args, kwargs)
    return Inputs.of(model, args, kwargs)


def trace_of(model, args, kwargs=None):
    with inference(model):
        return trace(model, inputs_of(model, args, kwargs))


class Nested(nn.Module):
    def forward(self, a, pair, table, *rest, scale=1.0, **options):
        total = a + pair[0] + pair[1] + table["x"] + table["y"] * scale
        for tensor in [*rest, *options.values()]:
            total = total + tensor
        return total


def test_input_names_come_from_the_signature():
    x = torch.ones(2)
    inputs = inputs_of(
        Nested(), (x, (x, x), {"x": x, "y": x}, x, x), {"extra": x, "scale": 2.0}
    )
    assert inputs.names == [
        "a", "pair_0", "pair_1", "table_x", "table_y", "rest_0", "rest_1", "extra",
    ]  # fmt: skip
    args, kwargs = inputs.call([torch.full((2,), float(i)) for i in range(8)])
    assert kwargs["scale"] == 2.0 and args[2]["y"][0] == 4 and kwargs["extra"][0] == 7


def test_keyword_arguments_follow_the_signature():
    class Model(nn.Module):
        def forward(self, x, y, z=None):
            return x - y

    x = torch.ones(2)
    assert inputs_of(Model(), (), {"y": x, "x": x}).names == ["x", "y"]
    assert inputs_of(Model(), (x, {"y": x})).names == ["x", "y"]
    with pytest.raises(TypeError, match="missing a required argument: 'y'"):
        inputs_of(Model(), (x,))
    with pytest.raises(TypeError, match="too many positional"):
        inputs_of(Model(), (x, x, x, x))


def test_a_last_dict_may_be_an_input():
    class Model(nn.Module):
        def forward(self, batch):
            return batch["x"]

    assert inputs_of(Model(), ({"x": torch.ones(2)},)).names == ["batch_x"]


@dataclasses.dataclass
class Result:
    logits: torch.Tensor
    hidden: tuple


def test_outputs_are_flat_and_named():
    x = torch.ones(2)
    assert flatten_outputs(x)[0] == ["output"]
    assert flatten_outputs((x, [x, None, x]))[0] == [
        "output_0",
        "output_1_0",
        "output_1_2",
    ]
    assert flatten_outputs({"a": x, "b": (x,)})[0] == ["a", "b_0"]
    assert flatten_outputs(Result(x, (x, x)))[0] == ["logits", "hidden_0", "hidden_1"]
    point = collections.namedtuple("Point", "u v")
    assert flatten_outputs(point(x, x))[0] == ["u", "v"]
    names, tensors = flatten_outputs((x, 3))
    assert tensors[1].item() == 3 and tensors[1].dtype == torch.int64
    with pytest.raises(TypeError, match="returns a str"):
        flatten_outputs((x, "text"))


def test_weights_are_inputs_of_the_graph_under_their_names():
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.embed = nn.Embedding(5, 3)
            self.norm = nn.BatchNorm1d(3)
            self.head = nn.Linear(3, 5, bias=False)
            self.head.weight = self.embed.weight
            self.register_buffer("shift", torch.ones(3), persistent=False)

        def forward(self, tokens):
            return self.head(self.norm(self.embed(tokens)) + self.shift)

    model = Model()
    names = [name for name, _ in weights_of(model)]
    assert names == [
        "embed.weight", "norm.weight", "norm.bias", "norm.running_mean",
        "norm.running_var", "norm.num_batches_tracked", "shift",
    ]  # fmt: skip
    traced = trace_of(model, (torch.tensor([1, 2]),))
    assert len(list(traced.graph.inputs())) == 1 + len(names)
    assert traced.weights[0][1].data_ptr() == model.embed.weight.data_ptr()


def test_scopes_are_dotted_module_names():
    model = nn.Sequential(nn.Sequential(nn.Linear(2, 2)), nn.ReLU())
    traced = trace_of(model, (torch.ones(1, 2),))
    scopes = {n.kind(): n.scopeName().split("/")[-1] for n in traced.graph.nodes()}
    assert scopes == {"aten::linear": "0.0", "aten::relu": "1"}


def test_inference_leaves_the_model_as_it_was():
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.register_buffer("seen", torch.zeros(2))
            self.a, self.b = nn.Dropout(), nn.Dropout()

        def forward(self, x):
            assert not self.a.training
            self.seen.add_(x)
            return self.a(x) + self.seen

    model = Model().train()
    model.b.eval()
    trace_of(model, (torch.ones(2),))
    assert model.seen.tolist() == [0, 0]
    assert model.training and model.a.training and not model.b.training
    with pytest.raises(ZeroDivisionError), inference(model):
        raise ZeroDivisionError
    assert model.a.training
    with inference(model, training=True):
        assert model.a.training


def test_inputs_are_not_written():
    class Model(nn.Module):
        def forward(self, x):
            return x.add_(1)

    x = torch.zeros(2)
    trace_of(Model(), (x,))
    assert x.tolist() == [0, 0]


def test_one_tensor_given_twice_is_two_inputs():
    x = torch.ones(2)

    class Model(nn.Module):
        def forward(self, a, b):
            return a - b

    traced = trace_of(Model(), (x, x))
    node = next(n for n in traced.graph.nodes() if n.kind() == "aten::sub")
    used = [v.debugName() for v in node.inputs()][:2]
    assert used == [v.debugName() for v in traced.graph.inputs()]


def test_transformer_modules_take_plain_operators():
    layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    traced = trace_of(layer.eval(), (torch.ones(1, 3, 8),))
    kinds = {n.kind() for n in traced.graph.nodes()}
    assert "aten::_transformer_encoder_layer_fwd" not in kinds
    assert torch.backends.mha.get_fastpath_enabled()


def test_warnings_are_about_the_users_code():
    class Model(nn.Module):
        def forward(self, x):
            return x + 1 if bool(x.sum() > 0) else x

    with pytest.warns(torch.jit.TracerWarning):
        trace_of(Model(), (torch.ones(2),))


def test_dynamic_axes():
    shapes = [(2, 3), (2, 5)]
    names = ["x", "y"]
    assert symbolic_shapes(names, shapes, {"x": {0: "batch"}, "y": {-2: "batch"}}) == [
        ["batch", 3],
        ["batch", 5],
    ]
    assert symbolic_shapes(names, shapes, {"x": [1]}) == [[2, "x_dim_1"], [2, 5]]
    assert symbolic_shapes(names, shapes, {"z": {0: "n"}}, ["z"]) == [[2, 3], [2, 5]]
    assert symbolic_shapes(names, shapes, {"x": {0: "the batch"}})[0][0] == "the_batch"
    assert symbolic_shapes(names, shapes, None) == [[2, 3], [2, 5]]


@pytest.mark.parametrize(
    "axes, message",
    [
        ({"q": {0: "n"}}, "'q', but the model's inputs and outputs are x, y"),
        ({"x": {2: "n"}}, "axis 2 of 'x', which has 2 dimensions"),
        ({"x": {0: "n"}, "y": {1: "n"}}, "'n' is 2 in 'x' and 5 in 'y'"),
    ],
)
def test_dynamic_axes_that_do_not_fit(axes, message):
    with pytest.raises(ValueError, match=message):
        symbolic_shapes(["x", "y"], [(2, 3), (2, 5)], axes)


def test_names_are_the_users_then_the_default_ones():
    assert choose_names(None, ["a", "b"], "input_names") == ["a", "b"]
    assert choose_names(["u"], ["a", "b"], "input_names") == ["u", "b"]
    assert choose_names(["b"], ["a", "b"], "input_names") == ["b", "b_1"]
    with pytest.raises(ValueError, match="repeats u"):
        choose_names(["u", "u"], ["a", "b"], "input_names")
