"""The options of export(), and the errors of a conversion."""

import io
import os
import pathlib

import onnx
import pytest
import torch
from torch import nn

import torch_onnx_opt
from torch_onnx_opt import ConversionError, ConversionWarning, export, to_mlir


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(self.fc(x)).relu()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "net.onnx"


X = torch.randn(3, 4)


def dims(value):
    return [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]


def test_the_result_describes_the_file(path):
    result = export(Net(), X, path, verify=True)
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    assert result.path == str(path) and result.size == path.stat().st_size
    assert result.nodes == len(model.graph.node)
    assert result.initializers == len(model.graph.initializer)
    assert result.input_names == [model.graph.input[0].name] == ["x"]
    assert result.output_names == [model.graph.output[0].name] == ["output"]
    assert result.verification.ok
    assert str(result).startswith(f"{path}: opset 20, ")


def test_names(path):
    export(Net(), (X,), path, input_names=["in"], output_names=["out"])
    graph = onnx.load(path).graph
    assert [v.name for v in graph.input] == ["in"]
    assert [v.name for v in graph.output] == ["out"]
    assert {t.name for t in graph.initializer} == {"fc.weight", "fc.bias"}


def test_names_beyond_the_inputs_are_the_parameters(path):
    export(Net(), (X,), path, input_names=["in", "w", "b"])
    assert {t.name for t in onnx.load(path).graph.initializer} == {"w", "b"}


def test_dynamic_axes(path):
    export(
        Net(),
        (X,),
        path,
        dynamic_axes={"x": {0: "batch"}, "output": {0: "batch"}},
        verify=True,
    )
    graph = onnx.load(path).graph
    assert dims(graph.input[0]) == ["batch", 4] and dims(graph.output[0]) == [
        "batch",
        2,
    ]
    export(Net(), (X,), path, dynamic_axes={"x": [0]})
    assert dims(onnx.load(path).graph.output[0]) == ["x_dim_0", 2]


@pytest.mark.parametrize("opset", range(11, 27))
def test_every_opset(path, opset):
    export(Net(), (X,), path, opset_version=opset, verify=True)
    model = onnx.load(path)
    assert [(i.domain, i.version) for i in model.opset_import] == [("", opset)]
    ir = {11: 6, 12: 7, 13: 7, 14: 7, 15: 8, 16: 8, 17: 8, 18: 8, 19: 9, 20: 9, 21: 10}
    ir |= {22: 10, 23: 11, 24: 12, 25: 13, 26: 13}
    assert model.ir_version == ir[opset]


def test_file_like_objects(path):
    file = io.BytesIO()
    result = export(Net(), (X,), file)
    assert result.path is None and result.size == len(file.getvalue())
    onnx.checker.check_model(onnx.load_from_string(file.getvalue()))
    export(Net(), (X,), str(path))
    assert path.exists()


def test_external_data(path):
    torch.manual_seed(0)
    model = nn.Linear(256, 256)
    result = export(model, torch.randn(1, 256), path, external_data=True, verify=True)
    assert path.stat().st_size < 10_000 < result.size
    assert len(list(path.parent.iterdir())) == 2
    with pytest.raises(ValueError, match="needs a path"):
        export(model, torch.randn(1, 256), io.BytesIO(), external_data=True)


def test_structured_inputs_and_outputs(path):
    class Model(nn.Module):
        def forward(self, batch, *, scale):
            return {"sum": batch["a"] + batch["b"], "scaled": (batch["a"] * scale,)}

    export(Model(), ({"a": X, "b": X + 1},), path, kwargs={"scale": X}, verify=True)
    graph = onnx.load(path).graph
    assert [v.name for v in graph.input] == ["batch_a", "batch_b", "scale"]
    assert [v.name for v in graph.output] == ["sum", "scaled_0"]


def test_scripted_and_traced_modules(path):
    model = Net().eval()
    for module in (torch.jit.script(model), torch.jit.trace(model, X)):
        export(module, (X,), path, dynamic_axes={"x": {0: "n"}}, verify=True)
        graph = onnx.load(path).graph
        assert dims(graph.input[0]) == ["n", 4] and graph.input[0].name == "x"


def test_the_model_is_left_as_it_was(path):
    model = Net().train()
    state = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    random = torch.get_rng_state()
    export(model, (X,), path, verify=True)
    assert model.training and model.dropout.training
    assert all(torch.equal(state[n], t) for n, t in model.state_dict().items())
    assert torch.equal(random, torch.get_rng_state())
    assert "Dropout" not in {node.op_type for node in onnx.load(path).graph.node}


def test_tied_weights_are_written_once(path):
    model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
    model[1].weight = model[0].weight
    export(model, (X,), path, verify=True)
    sizes = [list(t.dims) for t in onnx.load(path).graph.initializer]
    assert sizes.count([4, 4]) == 1


def test_source_locations_are_in_the_file(path):
    export(Net(), (X,), path)
    model = onnx.load(path)
    text = str(model.graph.node)
    assert "test_export.py" in text and "fc" in text


def test_decompositions_as_text(path, tmp_path):
    file = tmp_path / "mine.mlir"
    file.write_text(
        """
func.func @aten.relu(%x: !torch.tensor) -> !torch.tensor {
  %zero = torch.constant 0 : !torch.int
  %result = torch.aten.clamp_min %x, %zero : !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}
"""
    )
    export(Net(), (X,), path, decompositions=[file], verify=True)
    export(Net(), (X,), path, decompositions=file, verify=True)
    assert "Relu" not in {node.op_type for node in onnx.load(path).graph.node}


def test_a_bad_decomposition_file(path, tmp_path):
    file = tmp_path / "bad.mlir"
    file.write_text("func.func @aten.relu(%x: !torch.tensor) -> {")
    with pytest.raises(ConversionError, match=r"bad\.mlir:1"):
        export(Net(), (X,), path, decompositions=[file])
    assert not path.exists()


@torch.library.custom_op("test_export::unknown", mutates_args=())
def unknown_operator(x: torch.Tensor) -> torch.Tensor:
    return x.clone()


class Unknown(nn.Module):
    def forward(self, x):
        y = unknown_operator(x)
        return torch.special.bessel_j0(y) + unknown_operator(y)


def test_unsupported_operators_are_all_named(path):
    """The name, how often, where in the user's code, and what to do."""
    with pytest.raises(ConversionError) as error:
        export(Unknown(), (X,), path)
    text = error.value.diagnostics
    assert "test_export::unknown" in text.replace(
        "test_export.unknown", "test_export::unknown"
    )
    assert "special_bessel_j0" in text
    assert "test_export.py" in text and "2" in text
    assert "--decompositions" in text or "decomposition" in text
    assert not path.exists()


def test_a_failure_keeps_its_explanation(path):
    class Explained(nn.Module):
        def forward(self, x):
            return unknown_operator(torch.special.ndtr(x))

    with pytest.raises(ConversionError) as error:
        export(Explained(), (X,), path, explain=True)
    assert "remark" not in error.value.diagnostics
    remark = "remark: aten.special_ndtr is decomposed by Elementwise.mlir"
    assert error.value.explanation.endswith(remark)
    assert error.value.__notes__ == [error.value.explanation]


def test_numbers_that_lose_digits(path):
    class Double(nn.Module):
        def forward(self, x):
            return torch.erf(x) + torch.erf(torch.tanh(x))

    with pytest.warns(ConversionWarning) as caught:
        result = export(Double(), (X.double(),), path)
    [warning] = caught
    assert warning.filename == __file__
    message, note = str(warning.message).splitlines()
    assert message.endswith(
        ": warning: aten.erf computes f64 numbers in f32: ONNX Runtime has no f64 "
        "kernel for Erf (2 uses)"
    )
    assert "test_export.py" in message and note.endswith("note: also used here")
    assert result.warnings == f"{message}\n{note}\n"
    with pytest.warns(ConversionWarning, match="aten.erf computes f64 numbers"):
        to_mlir(Double(), (X.double(),))


@pytest.mark.filterwarnings("error")
def test_numbers_that_lose_none(path):
    class Double(nn.Module):
        def forward(self, x):
            return torch.tanh(x).softmax(-1)

    assert export(Double(), (X.double(),), path).warnings == ""


def test_an_operator_that_stays(path):
    class Kept(nn.Module):
        def forward(self, x):
            return unknown_operator(x)

    export(Kept(), (X,), path, custom_domains={"test_export": ("my.domain", 3)})
    model = onnx.load(path)
    assert [(n.domain, n.op_type) for n in model.graph.node] == [
        ("my.domain", "unknown")
    ]
    assert ("my.domain", 3) in [(i.domain, i.version) for i in model.opset_import]


def test_an_opset_that_is_too_low(path):
    class Grid(nn.Module):
        def forward(self, x, grid):
            return nn.functional.grid_sample(x, grid, align_corners=False)

    args = (torch.randn(1, 1, 3, 3), torch.rand(1, 2, 2, 2))
    with pytest.raises(ConversionError) as error:
        export(Grid(), args, path, opset_version=13)
    text = error.value.diagnostics
    assert "GridSample" in text and "16" in text and "13" in text
    assert "test_export.py" in text
    assert not path.exists()


@pytest.mark.parametrize("opset", [10, 27, 0, -1])
def test_opsets_out_of_range(path, opset):
    with pytest.raises(ConversionError, match="11 to 26|11.*26"):
        export(Net(), (X,), path, opset_version=opset)
    assert not path.exists()


def test_a_failed_export_keeps_the_old_file(path):
    path.write_bytes(b"precious")
    with pytest.raises(ConversionError):
        export(Unknown(), (X,), path)
    assert path.read_bytes() == b"precious"
    assert os.listdir(path.parent) == [path.name]


def test_outputs_that_cannot_be_written(tmp_path):
    with pytest.raises(IsADirectoryError, match="is a folder"):
        export(Net(), (X,), tmp_path)
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        export(Net(), (X,), tmp_path / "no" / "net.onnx")
    with pytest.raises(ValueError) as error:
        export(Net(), (X,), tmp_path / "net.pt")
    assert str(error.value) == (
        f"cannot write {tmp_path / 'net.pt'}: .pt is the suffix of PyTorch's files; an "
        "ONNX model is called .onnx"
    )
    with pytest.raises(TypeError, match="needs f"):
        export(Net(), (X,))
    with pytest.raises(TypeError, match="not a int"):
        export(Net(), (X,), 7)


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk():
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError):
        export(Net(), (X,), full)


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        (dict(args=()), TypeError, "missing a required argument: 'x'"),
        (dict(args=(X, X)), TypeError, "too many positional arguments"),
        (dict(args=("text",)), Exception, ""),
        (dict(args=(X,), input_names="x"), TypeError, "a list of names"),
        (dict(args=(X,), input_names=["x", "x"]), ValueError, "repeats x"),
        (dict(args=(X,), input_names=list("abcd")), ValueError, "4 names"),
        (dict(args=(X,), output_names=["a", "b"]), ValueError, "1 outputs: output"),
        (dict(args=(X,), input_names=["y"], output_names=["y"]), ValueError, "^'y' is to be the name of an input and of an output; choose another in input_names or output_names$"),
        (dict(args=(X,), output_names=["x"]), ValueError, "^'x' is to be the name of an input and"),
        (dict(args=(X,), dynamic_axes={"y": {0: "n"}}), ValueError, "inputs and outputs are x, output"),
        (dict(args=(X,), dynamic_axes={"x": {5: "n"}}), ValueError, "axis 5"),
        (dict(args=(X,), dynamic_axes={"x": 0}), TypeError, r"^dynamic_axes\['x'\] is 0; expected names by axis, such as {0: \"batch\"}, or a list of axes, such as \[0\]$"),
        (dict(args=(X,), dynamic_axes={"x": "batch"}), TypeError, r"^dynamic_axes\['x'\] is 'batch'; expected names by axis"),
        (dict(args=(X,), dynamic_axes={"x": {"batch": 0}}), TypeError, r"^dynamic_axes\['x'\] is {'batch': 0}; expected names by axis"),
        (dict(args=(X,), dynamic_axes=["x"]), TypeError, r"^dynamic_axes is \['x'\]; expected a dict by input name, such as {\"x\": {0: \"batch\"}}$"),
        (dict(args=(X.to_sparse(),)), TypeError, r"^the input 'x' has the layout sparse_coo; ONNX takes dense tensors: pass to_dense\(\) of it$"),
        (dict(args=(X,), opset_version="20"), TypeError, "a number"),
        (dict(args=(torch.randn(3, 5),)), RuntimeError, "5"),
    ],
)  # fmt: skip
def test_arguments_that_do_not_fit(path, arguments, error, message):
    with pytest.raises(error, match=message):
        export(Net(), f=path, **arguments)
    assert not path.exists()


def test_something_that_is_no_model(path):
    with pytest.raises(TypeError, match="not a function"):
        export(lambda x: x, (X,), path)


@pytest.mark.parametrize(
    "model, message",
    [
        (Net().state_dict(), r"model is a state_dict, which holds weights only: build the model, call its load_state_dict\(\) and pass the model"),
        (Net, r"model is the class Net, not a model: call it, as in export\(Net\(...\), ...\)"),
        (nn.DataParallel(Net()), "model is an nn.DataParallel, which spreads another over devices: pass model.module"),
        ({"a": 1}, "model is an nn.Module or a scripted module, not a dict"),
    ],
)  # fmt: skip
def test_what_to_pass_in_place_of_what_is_no_model(path, model, message):
    with pytest.raises(TypeError, match=f"^{message}$"):
        export(model, (X,), path)
    assert not path.exists()


def test_a_model_that_returns_nothing(path):
    class Nothing(nn.Module):
        def forward(self, x):
            return None

    message = "the model returns no tensor, so there is nothing to compute"
    for model in (Nothing(), torch.jit.script(Nothing())):
        with pytest.raises(ConversionError, match=message):
            export(model, (X,), path)
    assert not path.exists()


def test_inputs_of_a_scripted_module_that_do_not_fit(path):
    module = torch.jit.trace(Net().eval(), X)
    with pytest.raises(TypeError, match="takes 1 inputs, args has 2"):
        export(module, (X, X), path)
    with pytest.raises(ConversionError):
        export(module, (torch.randn(3, 5),), path)
    assert not path.exists()


def test_a_verification_that_fails_keeps_the_file(path, monkeypatch):
    class Random(nn.Module):
        def forward(self, x):
            return x + self.shift

    model = Random()
    model.shift = torch.zeros(())

    original = torch_onnx_opt._export.run_verification

    def shifted(*args, **kwargs):
        model.shift = torch.ones(())
        return original(*args, **kwargs)

    monkeypatch.setattr(torch_onnx_opt._export, "run_verification", shifted)
    with pytest.raises(torch_onnx_opt.VerificationError, match="differs"):
        export(model, (X,), path, verify=True)
    assert path.exists()


def test_the_readable_forms():
    torch_text = to_mlir(Net(), (X,), stage="torch")
    assert "torch.aten.linear" in torch_text
    onnx_text = to_mlir(Net(), (X,), dynamic_axes={"x": {0: "batch"}})
    assert "onnx.Gemm" in onnx_text and "batch" in onnx_text
    # Weights are elided, and so is their section.
    large = to_mlir(nn.Linear(64, 64), (torch.zeros(1, 64),))
    assert "dense_resource" in large and "{-#" not in large
    with pytest.raises(ValueError, match="stage is one of"):
        to_mlir(Net(), (X,), stage="nonsense")


def test_explanations(path):
    class Model(nn.Module):
        def forward(self, x):
            return nn.functional.glu(x)

    result = export(Model(), (X,), path, explain=True)
    assert "aten.glu" in result.explanation
