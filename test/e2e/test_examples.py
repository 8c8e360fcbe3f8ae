"""Every example, from the live module and from a saved archive by the tool alone."""

import os
import pathlib
import subprocess
import sys

import onnx
import pytest
import torch

import examples
import torch_onnx_opt
from conftest import ROOT

TOOL = os.environ.get("TORCH_ONNX_OPT") or str(
    ROOT / "build" / "bin" / "torch-onnx-opt"
)

DTYPES = {torch.float32: "f32", torch.int64: "i64"}

SAVED = [name for name in examples.EXAMPLES if name not in examples.LIVE_ONLY]


def open_dimensions(arguments):
    """The shape of each input as the command line wants it."""
    specs = []
    for name, tensor in zip(arguments["input_names"], arguments["args"]):
        axes = arguments.get("dynamic_axes", {}).get(name, {})
        dims = [str(axes.get(i, size)) for i, size in enumerate(tensor.shape)]
        specs.append(f"{name}={','.join(dims)}:{DTYPES[tensor.dtype]}")
    return specs


def check_names(path, arguments):
    """Inputs, outputs, open dimensions and opset are those asked for."""
    model = onnx.load(path)
    graph = model.graph
    count = len(arguments["args"])
    assert [v.name for v in graph.input] == arguments["input_names"][:count]
    assert [v.name for v in graph.output] == arguments["output_names"]
    versions = {opset.domain: opset.version for opset in model.opset_import}
    assert versions[""] == arguments.get("opset_version", 20)
    for value in [*graph.input, *graph.output]:
        axes = arguments.get("dynamic_axes", {}).get(value.name, {})
        shape = value.type.tensor_type.shape.dim
        for axis, symbol in axes.items():
            assert shape[axis].dim_param == symbol, f"{value.name}[{axis}]"


def verify(path, arguments):
    """At other sizes too when a dimension is open."""
    if "custom_domains" in arguments:
        return  # ONNX Runtime has no kernel for it.
    report = torch_onnx_opt.verify(
        arguments["model"],
        arguments["args"],
        path,
        dynamic_axes=arguments.get("dynamic_axes"),
        input_names=arguments["input_names"][: len(arguments["args"])],
    )
    report.check()
    if arguments.get("dynamic_axes"):
        assert len(set(report.outputs[0].shapes)) > 1


@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_live(name, tmp_path):
    arguments = examples.load(name)
    path = tmp_path / f"{name}.onnx"
    torch_onnx_opt.export(f=path, **arguments)
    check_names(path, arguments)
    verify(path, arguments)


@pytest.mark.parametrize("name", SAVED)
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_saved(name, tmp_path):
    arguments = examples.load(name)
    saved, path = tmp_path / f"{name}.pt", tmp_path / f"{name}.onnx"
    model = arguments["model"].eval()
    traced = torch.jit.trace(model, arguments["args"], strict=False, check_trace=False)
    torch.jit.save(traced, saved)

    command = [TOOL, saved, "-o", path]
    command += ["--opset", str(arguments.get("opset_version", 20))]
    command += ["--input-names", ",".join(arguments["input_names"])]
    command += ["--output-names", ",".join(arguments["output_names"])]
    for spec in open_dimensions(arguments):
        command += ["--input", spec]
    for file in arguments.get("decompositions", ()):
        command += [f"--decompositions={file}"]
    for library, (domain, version) in arguments.get("custom_domains", {}).items():
        command += ["--custom-domain", f"{library}={domain}:{version}"]
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    check_names(path, arguments)
    verify(path, arguments)


def test_both_roads_give_the_same_model(tmp_path):
    """The same operators whether the module is live or saved."""
    arguments = examples.load("resnet18")
    live, saved = tmp_path / "live.onnx", tmp_path / "saved.onnx"
    torch_onnx_opt.export(f=live, **arguments)
    module = torch.jit.trace(
        arguments["model"].eval(), arguments["args"], check_trace=False
    )
    torch_onnx_opt.export(f=saved, **dict(arguments, model=module))
    operators = [[n.op_type for n in onnx.load(p).graph.node] for p in (live, saved)]
    assert operators[0] == operators[1]


def test_alexnet_has_the_names_of_its_parameters(tmp_path):
    arguments = examples.load("alexnet")
    torch_onnx_opt.export(f=tmp_path / "a.onnx", **arguments)
    graph = onnx.load(tmp_path / "a.onnx").graph
    assert {t.name for t in graph.initializer} >= {f"learned_{i}" for i in range(16)}


def test_a_custom_operator_keeps_its_attributes(tmp_path):
    arguments = examples.load("custom_operator")
    torch_onnx_opt.export(f=tmp_path / "c.onnx", **arguments)
    model = onnx.load(tmp_path / "c.onnx")
    (node,) = [n for n in model.graph.node if n.domain == "my.domain"]
    assert node.op_type == "soft_clip"
    assert ("my.domain", 1) in [(i.domain, i.version) for i in model.opset_import]
    assert 0.5 in [a.f for a in node.attribute] or len(node.input) == 2


@pytest.mark.parametrize("name", ["linear", "custom_operator"])
def test_an_example_is_a_program(name, tmp_path):
    folder = pathlib.Path(examples.FOLDER)
    run = subprocess.run(
        [sys.executable, str(folder / f"{name}.py")],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert "agrees" in run.stdout
    assert (tmp_path / f"{name}.onnx").exists()
