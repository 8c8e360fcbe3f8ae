"""``python -m torch_onnx_opt``: what it converts, and what it says about bad input."""

import io
import re
import subprocess
import sys
import zipfile

import onnx
import pytest
import torch
from torch import nn

from torch_onnx_opt.__main__ import InputSpec, UsageError, main

NETS = """
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(x).relu()

class Two(nn.Module):
    def forward(self, left, right=None, *, scale=None):
        result = left if right is None else left - right
        return result if scale is None else result * scale

class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 4)

    def forward(self, tokens):
        return self.embed(tokens)

def makes_a_net():
    return Net()

class NeedsArguments(nn.Module):
    def __init__(self, width):
        super().__init__()

number = 7
def makes_a_number():
    return 7
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a module of networks, current while the test runs."""
    (tmp_path / "nets_of_test.py").write_text(NETS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("nets_of_test", None)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(x).relu()


@pytest.fixture
def traced(folder):
    path = folder / "net.pt"
    torch.jit.save(torch.jit.trace(Net().eval(), torch.randn(3, 4)), path)
    return path


@pytest.fixture
def weights(folder):
    path = folder / "net.pth"
    torch.save(Net().state_dict(), path)
    return path


CLASS = ["--model", "nets_of_test:Net"]


def fails(arguments, capsys, *messages, folder=None):
    """The command fails with the messages, writes nothing, prints no traceback."""
    assert main(list(map(str, arguments))) == 1
    captured = capsys.readouterr()
    assert "error: " in captured.err.splitlines()[0]
    assert "error: error:" not in captured.err and "Traceback" not in captured.err
    assert "\x1b" not in captured.err
    for message in messages:
        assert message in captured.err
    if folder:
        assert not list(folder.glob("*.onnx*"))


def test_input_specifications():
    spec = InputSpec.parse("image=batch,3,224:f16")
    assert (spec.name, spec.dims, spec.dtype) == (
        "image",
        ["batch", 3, 224],
        torch.float16,
    )
    assert InputSpec.parse("1,3").dims == [1, 3]
    assert InputSpec.parse("x=:i64").dims == []
    assert InputSpec.parse("batch:i64").example({"batch": 5}).shape == (5,)
    for text in ("x=1,3:f99", "x=1,-3", "=1,3", "x=1,3.5"):
        with pytest.raises(UsageError):
            InputSpec.parse(text)


def test_a_traced_archive(traced, folder):
    assert main([str(traced), "--verify"]) == 0
    model = onnx.load(folder / "net.onnx")
    assert model.opset_import[0].version == 20
    assert [d.dim_value for d in model.graph.input[0].type.tensor_type.shape.dim] == [
        3,
        4,
    ]


def test_open_dimensions_and_names(traced, folder):
    arguments = ["--input", "x=batch,4", "--input-names", "data", "--output-names", "y"]
    arguments += ["-o", "out.onnx"]
    assert main([str(traced), *arguments, "--opset", "13", "--verify"]) == 0
    model = onnx.load(folder / "out.onnx")
    assert model.opset_import[0].version == 13
    assert model.graph.input[0].name == "data" and model.graph.output[0].name == "y"
    for value in (model.graph.input[0], model.graph.output[0]):
        assert value.type.tensor_type.shape.dim[0].dim_param == "batch"


def graph_of(path):
    """Names and shapes of an ONNX file's inputs, and the names of its outputs."""
    graph = onnx.load(path).graph
    inputs = {
        value.name: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in graph.input
    }
    return inputs, [value.name for value in graph.output]


@pytest.mark.parametrize("shape", ["x=batch,4", "batch,4"])
def test_a_traced_name_stays(traced, folder, shape):
    assert main([str(traced), "--input", shape]) == 0
    assert graph_of("net.onnx") == ({"x": ["batch", 4]}, ["output"])


@pytest.mark.parametrize(
    "arguments, inputs",
    [
        (["--dynamic", "x:0=batch"], {"x": ["batch", 4]}),
        (["--dynamic", "x:0"], {"x": ["x_dim_0", 4]}),
        (["--dynamic", "x:-2=n,x:1=width"], {"x": ["n", "width"]}),
        (["--dynamic", "x:0=n", "--dynamic", "x:1=width"], {"x": ["n", "width"]}),
        (["--dynamic", "data:0=n", "--input-names", "data"], {"data": ["n", 4]}),
        (["--dynamic", "x:0=n", "--input-names", "data"], {"data": ["n", 4]}),
        (["--dynamic", "x:0=n", "--input", "7,4"], {"x": ["n", 4]}),
    ],
)
def test_dynamic_dimensions_as_the_compiler_takes_them(folder, arguments, inputs):
    class Positive(nn.Module):
        def forward(self, x):
            return x.relu()

    torch.jit.trace(Positive(), torch.randn(3, 4)).save(folder / "net.pt")
    assert main(["net.pt", *arguments, "--verify"]) == 0
    assert graph_of("net.onnx")[0] == inputs


def test_dynamic_dimensions_that_do_not_fit(folder, capsys, traced):
    def dynamic(text, message):
        text = ["--dynamic", text]
        fails([traced, *text], capsys, f"error: {message}\n", folder=folder)

    form = "does not have the form input:axis=name, as in x:0=batch"
    dynamic("x=batch", f"--dynamic x=batch: 'x=batch' {form}")
    dynamic("x:a=n", f"--dynamic x:a=n: 'x:a=n' {form}")
    dynamic("x:0=1n", "--dynamic x:0=1n: '1n' is no name for a dimension")
    dynamic("x:2=n", "--dynamic x:2=n: 'x' has 2 dimensions")
    dynamic("y:0=n", "--dynamic y:0=n: the model has no input 'y'; its input is 'x'")
    torch.jit.script(Net()).save(folder / "scripted.pt")
    message = "scripted.pt keeps no example inputs, which --dynamic needs"
    fails(["scripted.pt", "--dynamic", "x:0=n"], capsys, message, folder=folder)


TWO = ["--model", "nets_of_test:Two"]


@pytest.mark.parametrize(
    "arguments, inputs",
    [
        (["--input", "n,4", "--input", "4"], {"left": ["n", 4], "right": [4]}),
        (["--input", "n,4"], {"left": ["n", 4]}),
        (
            ["--input", "right=4", "--input", "left=n,4"],
            {"left": ["n", 4], "right": [4]},
        ),
        (
            ["--input", "scale=4", "--input", "left=n,4"],
            {"left": ["n", 4], "scale": [4]},
        ),
        (
            ["--input", "n,4", "--input", "4", "--input", "1"],
            {"left": ["n", 4], "right": [4], "scale": [1]},
        ),
        (
            ["--input", "n,4", "--input", "4", "--input-names", "a,b"],
            {"a": ["n", 4], "b": [4]},
        ),
        (
            ["--input", "b=4", "--input", "a=n,4", "--input-names", "a,b"],
            {"a": ["n", 4], "b": [4]},
        ),
    ],
)
def test_inputs_are_called_as_in_forward(folder, arguments, inputs):
    assert main([*TWO, *arguments, "--verify"]) == 0
    assert graph_of("Two.onnx")[0] == inputs


def test_one_spelling_of_the_names(folder, traced, capsys):
    for option in ("--output-name", "--input-name"):
        with pytest.raises(SystemExit):
            main([str(traced), option, "y"])
        assert f"unrecognized arguments: {option} y" in capsys.readouterr().err


def test_without_weights(folder, capsys):
    def warning_for(model, *more):
        arguments = ["--model", f"nets_of_test:{model}", "--input", "1,4", *more]
        assert main(arguments) == 0
        return capsys.readouterr().err

    warning = "warning: no --weights: the model has the weights of "
    assert warning_for("Net") == f"{warning}its constructor\n"
    assert warning_for("makes_a_net") == f"{warning}makes_a_net()\n"
    assert warning_for("Two") == ""


def test_types_default_to_the_traced_ones(folder, capsys):
    from nets_of_test import Tagger

    module = torch.jit.trace(Tagger(), torch.zeros(2, 3, dtype=torch.int64))
    module.save(folder / "tag.pt")
    assert main(["tag.pt", "--input", "tokens=batch,seq", "--verify"]) == 0
    [value] = onnx.load("tag.onnx").graph.input
    assert value.type.tensor_type.elem_type == onnx.TensorProto.INT64


def test_integers_without_a_type(folder, capsys):
    from nets_of_test import Tagger

    torch.save(Tagger().state_dict(), "tag.pth")
    arguments = ["--model", "nets_of_test:Tagger", "--weights", "tag.pth"]
    arguments += ["--input", "batch,seq"]
    note = "note: an --input without a type is f32; for integers, write it with one: "
    checked = "torch.FloatTensor instead (while checking arguments for embedding)"
    fails(arguments, capsys, f"{checked}\n{note}--input batch,seq:i64\n", folder=folder)
    assert main([*arguments[:-1], "batch,seq:i64"]) == 0


def test_a_traceback_of_torchscript_is_its_last_line(folder, capsys):
    from nets_of_test import Tagger

    module = torch.jit.trace(Tagger(), torch.zeros(2, 3, dtype=torch.int64))
    module.save(folder / "tag.pt")
    assert main(["tag.pt", "--input", "2,3:f32", "--verify"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("error: Expected tensor for argument #1 'indices' to have")
    assert error.count("\n") == 1


def test_the_output_is_not_the_input(folder, capsys, traced, weights):
    before = traced.read_bytes()
    fails([traced, "-o", traced], capsys, f"error: the output '{traced}' is the input\n")
    fails([traced, "-o", "./net.pt"], capsys, "error: the output './net.pt' is the input\n")
    assert traced.read_bytes() == before
    arguments = [*CLASS, "--weights", weights, "--input", "1,4", "-o", weights]
    fails(arguments, capsys, f"error: the output '{weights}' is the input\n")
    message = "error: cannot write 'o.pt': an ONNX model is called .onnx, not .pt\n"
    fails([traced, "-o", "o.pt"], capsys, message)
    fails([traced, "-o", "o"], capsys, "error: cannot write 'o': an ONNX model is called .onnx\n")
    assert sorted(p.name for p in folder.glob("*.p*")) == ["net.pt", "net.pth", "nets_of_test.py"]
    assert main([str(traced), "-o", "/dev/null"]) == 0


def test_a_class_and_its_weights(weights, folder, capsys):
    arguments = [*CLASS, "--weights", str(weights), "--input", "1,4", "--verify"]
    assert main(arguments) == 0
    assert "agrees" in capsys.readouterr().out
    names = [t.name for t in onnx.load(folder / "net.onnx").graph.initializer]
    assert "fc.weight" in names


def test_a_checkpoint_with_the_weights_inside(folder):
    torch.save({"state_dict": Net().state_dict(), "epoch": 3}, folder / "c.pth")
    assert main([*CLASS, "--weights", "c.pth", "--input", "x=n,4"]) == 0


def test_as_a_program(folder, traced):
    run = subprocess.run(
        [sys.executable, "-m", "torch_onnx_opt", "missing.pt"],
        capture_output=True,
        text=True,
        cwd=folder,
    )
    assert run.returncode == 1
    assert run.stderr.strip() == "error: missing.pt: no such file"


def test_no_file(folder, capsys):
    fails(["missing.pt"], capsys, "missing.pt: no such file")
    fails([], capsys, "nothing to convert")
    fails([str(folder)], capsys, "is a folder")


def test_files_that_are_no_model(folder, capsys, traced, weights):
    (folder / "empty.pt").touch()
    fails(["empty.pt"], capsys, "empty.pt is empty", folder=folder)

    (folder / "cut.pt").write_bytes(traced.read_bytes()[:-100])
    cut = "is a truncated archive: its directory, which is at the end of the file"
    fails(["cut.pt"], capsys, f"error: cut.pt {cut}", folder=folder)

    (folder / "text.pt").write_text("hello")
    fails(
        ["text.pt"],
        capsys,
        "text.pt is no TorchScript archive, which torch.jit.save writes",
        folder=folder,
    )

    with zipfile.ZipFile(folder / "zip.pt", "w") as archive:
        archive.writestr("hello.txt", "hello")
    fails(["zip.pt"], capsys, "is a zip archive but not a TorchScript one", folder=folder)


def test_a_model_in_place_of_weights(folder, capsys, traced):
    arguments = [*CLASS, "--weights", str(traced), "--input", "1,4"]
    fails(arguments, capsys, "a whole TorchScript model, not weights", folder=folder)


def test_weights_without_a_model(weights, folder, capsys):
    fails([weights], capsys, "holds weights only", "--model package", folder=folder)


def test_a_pickled_module(folder, capsys):
    torch.save(Net(), folder / "module.pt")
    why = "holds a pickled Python object (test_command_line.Net) made by torch.save"
    fails(["module.pt"], capsys, f"error: module.pt {why}", folder=folder)
    arguments = [*CLASS, "--weights", "module.pt", "--input", "1,4"]
    expected = "a state_dict (torch.save(model.state_dict(), ...))"
    message = f"error: module.pt does not hold {expected}: it {why}"
    fails(arguments, capsys, message, folder=folder)


def test_a_pickle_is_not_run(folder, capsys):
    class Trap:
        def __reduce__(self):
            return (open, (str(folder / "trapped"), "w"))

    torch.save({"x": Trap()}, folder / "trap.pt")
    fails(["trap.pt"], capsys, folder=folder)
    fails([*CLASS, "--weights", "trap.pt", "--input", "1,4"], capsys, folder=folder)
    assert not (folder / "trapped").exists()


@pytest.mark.parametrize(
    "model, message",
    [
        ("nets_of_test", "expected PACKAGE.MODULE:CLASS"),
        ("missing_module:Net", "No module named 'missing_module'"),
        ("nets_of_test:Missing", "nets_of_test has no Missing"),
        ("nets_of_test:NeedsArguments", "callable without arguments"),
        ("nets_of_test:makes_a_number", "made a int, not an nn.Module"),
    ],
)
def test_classes_that_are_no_model(folder, capsys, model, message):
    fails(["--model", model, "--input", "1,4"], capsys, message, folder=folder)


def test_weights_that_do_not_fit(folder, capsys, weights):
    torch.save({"other.weight": torch.ones(2)}, folder / "other.pth")
    arguments = [*CLASS, "--input", "1,4", "--weights"]
    fails(
        [*arguments, "other.pth"],
        capsys,
        "does not fit Net",
        "fc.weight",
        folder=folder,
    )
    torch.save([1, 2], folder / "list.pth")
    fails([*arguments, "list.pth"], capsys, "does not hold a state_dict", folder=folder)
    (folder / "text.pth").write_text("hello")
    no_file = "(torch.save(model.state_dict(), ...)): it is no file of torch.save"
    fails([*arguments, "text.pth"], capsys, no_file, folder=folder)
    fails([*arguments, "no.pth"], capsys, "no.pth: no such file", folder=folder)
    buffer = io.BytesIO(weights.read_bytes()[:-50])
    (folder / "cut.pth").write_bytes(buffer.getvalue())
    fails([*arguments, "cut.pth"], capsys, "it is a truncated archive", folder=folder)


def test_inputs_that_do_not_fit(folder, capsys, traced, weights):
    base = [*CLASS, "--weights", str(weights)]
    fails(base, capsys, "needs --input", folder=folder)
    fails([*base, "--input", "1,5"], capsys, "4", "5", folder=folder)
    two = ["--input", "1,4", "--input", "1,4"]
    fails([*base, *two], capsys, "too many positional arguments", folder=folder)
    fails([traced, *two], capsys, "takes 1 inputs", folder=folder)
    message = "error: --input foo=1,4: the model has no input 'foo'; its input is 'x'\n"
    fails([traced, "--input", "foo=1,4"], capsys, message, folder=folder)
    fails([*base, "--input", "foo=1,4"], capsys, message, folder=folder)
    twice = ["--input", "1,4", "--input", "x=1,4"]
    message = "error: --input x=1,4: 'x' is given twice\n"
    fails([traced, *twice], capsys, message, folder=folder)
    fails([traced, "--input", "1,4:f99"], capsys, "unknown type 'f99'", folder=folder)


def test_other_options_that_do_not_fit(folder, capsys, traced):
    fails([traced, "--opset", "99"], capsys, "99", "11", "26", folder=folder)
    fails([traced, "--opset", "10"], capsys, "10", "11", "26", folder=folder)
    fails([traced, "--custom-domain", "x"], capsys, "LIBRARY=DOMAIN", folder=folder)
    fails([traced, "--size", "n=3"], capsys, "open dimension", folder=folder)
    fails([traced, "-o", "no/such/folder.onnx"], capsys, "no folder", folder=folder)
    fails([traced, "--decompositions", "no.mlir"], capsys, "no.mlir", folder=folder)
    fails([traced, *CLASS, "--input", "1,4"], capsys, "not both", folder=folder)


def test_diagnostics_are_printed_as_they_are(folder, capsys):
    class Unsupported(nn.Module):
        def forward(self, x):
            return torch.special.bessel_j0(x.relu())

    torch.jit.trace(Unsupported(), torch.ones(2)).save(folder / "unsupported.pt")
    (folder / "mine.mlir").write_text(
        """func.func @aten.relu(%x: !torch.tensor) -> !torch.tensor {
  %zero = torch.constant 0 : !torch.int
  %result = torch.aten.clamp_min %x, %zero : !torch.tensor, !torch.int -> !torch.tensor
  return %result : !torch.tensor
}"""
    )
    arguments = ["unsupported.pt", "--explain", "--decompositions", "mine.mlir"]
    assert main(arguments) == 1
    remark, error, *_ = capsys.readouterr().err.splitlines()
    assert remark.endswith("remark: aten.relu is decomposed by mine.mlir")
    assert re.match(
        r"\S+test_command_line.py:\d+: error: unsupported operator "
        r"aten.special_bessel_j0 \(1 use\)$",
        error,
    )


def test_warnings_are_printed_as_they_are(folder, capsys):
    class Double(nn.Module):
        def forward(self, x):
            return torch.erf(x)

    torch.jit.trace(Double(), torch.ones(2).double()).save(folder / "double.pt")
    assert main(["double.pt", "--verify"]) == 0
    assert re.match(
        r"\S+test_command_line.py:\d+: warning: aten.erf computes f64 numbers in f32: "
        r"ONNX Runtime has no f64 kernel for Erf \(1 use\)\n$",
        capsys.readouterr().err,
    )


def test_verification_names_the_inputs_it_made(folder, capsys):
    torch.jit.trace(Net().eval(), torch.randn(3, 4)).save(folder / "net.pt")
    path = folder / "other.mlir"
    path.write_text(
        """func.func @aten.relu(%x: !torch.tensor) -> !torch.tensor {
  %result = torch.aten.neg %x : !torch.tensor -> !torch.tensor
  return %result : !torch.tensor
}"""
    )
    assert main(["net.pt", "--verify", "--decompositions", "other.mlir"]) == 1
    captured = capsys.readouterr()
    assert captured.out.count("output: at random inputs: ") == 1
    assert captured.err == "error: ONNX Runtime does not agree with PyTorch\n"
