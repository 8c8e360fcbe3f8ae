"""A function written in the newest opset gives the same numbers in older ones.

Each case is the body of a function in the onnx dialect. It is exported as it is
and for older opsets; ONNX Runtime runs all of them on the same inputs. Where it
has no kernel for the newest form, onnx's own evaluator is the reference.
"""

import os
import pathlib
import re
import shutil
import subprocess

import numpy
import onnx
import onnx.reference
import onnxruntime
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
NEWEST = 26

DTYPES = {
    "f32": numpy.float32,
    "f64": numpy.float64,
    "f16": numpy.float16,
    "i8": numpy.int8,
    "i16": numpy.int16,
    "i32": numpy.int32,
    "i64": numpy.int64,
    "i1": numpy.bool_,
}


def tool():
    for folder in [os.environ.get("TORCH_ONNX_OPT_BUILD"), ROOT / "build"]:
        path = folder and pathlib.Path(folder) / "bin" / "torch-onnx-opt"
        if path and path.exists():
            return str(path)
    return shutil.which("torch-onnx-opt")


pytestmark = pytest.mark.skipif(not tool(), reason="torch-onnx-opt is not built")

# name: (opsets, arguments, result types, body). The body ends by defining %r0,
# %r1, ... for the results.
CASES = {}


def case(name, opsets, arguments, results, body):
    CASES[name] = (opsets, arguments, results, body)


case("gelu", [11, 19], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     "%r0 = onnx.Gelu(%x) : (tensor<3x4xf32>) -> tensor<3x4xf32>")
case("gelu_tanh", [11, 19], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     '%r0 = onnx.Gelu(%x) {approximate = "tanh"} : (tensor<3x4xf32>) -> tensor<3x4xf32>')
case("hard_swish", [11], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     "%r0 = onnx.HardSwish(%x) : (tensor<3x4xf32>) -> tensor<3x4xf32>")
case("mish", [11, 17], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     "%r0 = onnx.Mish(%x) : (tensor<3x4xf32>) -> tensor<3x4xf32>")
case("celu", [11], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     "%r0 = onnx.Celu(%x) {alpha = 2.0 : f32} : (tensor<3x4xf32>) -> tensor<3x4xf32>")
case("swish", [11, 23], "%x: tensor<3x4xf32>", "tensor<3x4xf32>",
     "%r0 = onnx.Swish(%x) {alpha = 1.5 : f32} : (tensor<3x4xf32>) -> tensor<3x4xf32>")
case("softmax_inner", [11, 12, 13], "%x: tensor<2x3x4xf32>", "tensor<2x3x4xf32>",
     "%r0 = onnx.Softmax(%x) {axis = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>")
case("log_softmax", [11, 12], "%x: tensor<2x3x4xf32>", "tensor<2x3x4xf32>",
     "%r0 = onnx.LogSoftmax(%x) {axis = -1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>")
case("layer_norm", [11, 16], "%x: tensor<2x3x4xf32>, %s: tensor<3x4xf32>, %b: tensor<3x4xf32>",
     "tensor<2x3x4xf32>",
     "%r0, %m, %d = onnx.LayerNormalization(%x, %s, %b) {axis = 1 : i64} : "
     "(tensor<2x3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) -> (tensor<2x3x4xf32>, none, none)")
case("layer_norm_half", [11, 16], "%x: tensor<2x4xf16>, %s: tensor<4xf16>", "tensor<2x4xf16>",
     "%r0, %m, %d = onnx.LayerNormalization(%x, %s, %none) : "
     "(tensor<2x4xf16>, tensor<4xf16>, none) -> (tensor<2x4xf16>, none, none)")
case("rms_norm", [11, 18, 22], "%x: tensor<2x3x4xf32>, %s: tensor<4xf32>", "tensor<2x3x4xf32>",
     "%r0 = onnx.RMSNormalization(%x, %s) : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>")
case("group_norm", [11, 20], "%x: tensor<2x4x3x5xf32>, %s: tensor<4xf32>, %b: tensor<4xf32>",
     "tensor<2x4x3x5xf32>",
     "%r0 = onnx.GroupNormalization(%x, %s, %b) {num_groups = 2 : i64} : "
     "(tensor<2x4x3x5xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<2x4x3x5xf32>")
for op in ["L1", "L2", "LogSumExp", "Max", "Mean", "Min", "Prod", "Sum", "SumSquare"]:
    case(f"reduce_{op}", [11, 13, 17], "%x: tensor<2x3x4xf32>", "tensor<2x4xf32>",
         "%a = onnx.initializer dense<1> : tensor<1xi64>\n"
         f"%r0 = onnx.Reduce{op}(%x, %a) {{keepdims = 0 : i64}} : "
         "(tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<2x4xf32>")
case("reduce_bool", [11, 19], "%x: tensor<2x3xi1>", "tensor<2x1xi1>",
     "%a = onnx.initializer dense<1> : tensor<1xi64>\n"
     "%r0 = onnx.ReduceMax(%x, %a) : (tensor<2x3xi1>, tensor<1xi64>) -> tensor<2x1xi1>")
case("split_uneven", [11, 13, 17], "%x: tensor<5x2xf32>", "tensor<2x2xf32>, tensor<2x2xf32>, tensor<1x2xf32>",
     "%r0, %r1, %r2 = onnx.Split(%x, %none) {axis = 0 : i64, num_outputs = 3 : i64} : "
     "(tensor<5x2xf32>, none) -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<1x2xf32>)")
case("pad_axes", [11, 13, 17], "%x: tensor<2x3xf32>", "tensor<2x6xf32>",
     "%p = onnx.initializer dense<[1, 2]> : tensor<2xi64>\n"
     "%a = onnx.initializer dense<-1> : tensor<1xi64>\n"
     "%r0 = onnx.Pad(%x, %p, %none, %a) : (tensor<2x3xf32>, tensor<2xi64>, none, tensor<1xi64>) -> tensor<2x6xf32>")
case("resize_axes", [11, 13, 17], "%x: tensor<1x2x3x4xf32>", "tensor<1x2x6x8xf32>",
     "%s = onnx.initializer dense<[6, 8]> : tensor<2xi64>\n"
     '%r0 = onnx.Resize(%x, %none, %none, %s) {axes = array<i64: 2, 3>, mode = "linear"} : '
     "(tensor<1x2x3x4xf32>, none, none, tensor<2xi64>) -> tensor<1x2x6x8xf32>")
case("greater_or_equal", [11], "%x: tensor<4xf32>, %y: tensor<4xf32>", "tensor<4xi1>",
     "%r0 = onnx.GreaterOrEqual(%x, %y) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>")
case("less_or_equal_int", [11], "%x: tensor<4xi64>, %y: tensor<4xi64>", "tensor<4xi1>",
     "%r0 = onnx.LessOrEqual(%x, %y) : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi1>")
case("clip_int", [11], "%x: tensor<4xi64>", "tensor<4xi64>",
     "%l = onnx.initializer dense<-1> : tensor<i64>\n%h = onnx.initializer dense<1> : tensor<i64>\n"
     "%r0 = onnx.Clip(%x, %l, %h) : (tensor<4xi64>, tensor<i64>, tensor<i64>) -> tensor<4xi64>")
case("max_int", [11], "%x: tensor<4xi64>, %y: tensor<4xi64>", "tensor<4xi64>",
     "%r0 = onnx.Max(%x, %y) : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>")
case("relu_int", [11, 13], "%x: tensor<4xi32>", "tensor<4xi32>",
     "%r0 = onnx.Relu(%x) : (tensor<4xi32>) -> tensor<4xi32>")
case("trilu", [11, 13], "%x: tensor<2x3x4xf32>", "tensor<2x3x4xf32>, tensor<2x3x4xf32>",
     "%k = onnx.initializer dense<1> : tensor<i64>\n"
     "%r0 = onnx.Trilu(%x, %k) {upper = 0 : i64} : (tensor<2x3x4xf32>, tensor<i64>) -> tensor<2x3x4xf32>\n"
     "%r1 = onnx.Trilu(%x, %none) : (tensor<2x3x4xf32>, none) -> tensor<2x3x4xf32>")
case("shape_part", [11, 14], "%x: tensor<2x3x4xf32>", "tensor<2x3x4xf32>, tensor<2xi64>",
     "%r0 = onnx.Relu(%x) : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>\n"
     "%r1 = onnx.Shape(%x) {start = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2xi64>")
case("einsum", [11], "%x: tensor<2x3x4xf32>, %y: tensor<5x4x2xf32>", "tensor<5x2x3xf32>",
     '%r0 = onnx.Einsum(%x, %y) {equation = "bij,kjb->kbi"} : '
     "(tensor<2x3x4xf32>, tensor<5x4x2xf32>) -> tensor<5x2x3xf32>")
case("einsum_groups", [11], "%x: tensor<2x3x4x5xf32>, %y: tensor<2x4x5x6xf32>", "tensor<2x6x3xf32>",
     '%r0 = onnx.Einsum(%x, %y) {equation = "bxij,bijk->bkx"} : '
     "(tensor<2x3x4x5xf32>, tensor<2x4x5x6xf32>) -> tensor<2x6x3xf32>")
case("pow_mixed", [11, 12], "%x: tensor<4xf32>", "tensor<4xf32>",
     "%e = onnx.initializer dense<3> : tensor<i64>\n"
     "%r0 = onnx.Pow(%x, %e) : (tensor<4xf32>, tensor<i64>) -> tensor<4xf32>")
case("add_i16", [11, 13], "%x: tensor<4xi16>, %y: tensor<4xi16>", "tensor<4xi16>",
     "%r0 = onnx.Add(%x, %y) : (tensor<4xi16>, tensor<4xi16>) -> tensor<4xi16>")
case("bitwise_bool", [11, 17], "%x: tensor<4xi1>, %y: tensor<4xi1>", "tensor<4xi1>",
     "%r0 = onnx.Xor(%x, %y) : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>")
case("grid_sample", [16, 19], "%x: tensor<1x2x4x4xf32>, %g: tensor<1x3x3x2xf32>", "tensor<1x2x3x3xf32>",
     '%r0 = onnx.GridSample(%x, %g) {mode = "cubic"} : '
     "(tensor<1x2x4x4xf32>, tensor<1x3x3x2xf32>) -> tensor<1x2x3x3xf32>")
case("affine_grid", [16, 19], "%t: tensor<1x2x3xf32>", "tensor<1x4x4x2xf32>",
     "%s = onnx.initializer dense<[1, 1, 4, 4]> : tensor<4xi64>\n"
     "%r0 = onnx.AffineGrid(%t, %s) : (tensor<1x2x3xf32>, tensor<4xi64>) -> tensor<1x4x4x2xf32>")
case("rotary", [11, 18, 22], "%x: tensor<2x3x5x8xf32>, %c: tensor<2x5x4xf32>, %s: tensor<2x5x4xf32>",
     "tensor<2x3x5x8xf32>",
     "%r0 = onnx.RotaryEmbedding(%x, %c, %s, %none) : "
     "(tensor<2x3x5x8xf32>, tensor<2x5x4xf32>, tensor<2x5x4xf32>, none) -> tensor<2x3x5x8xf32>")

Q = "tensor<2x3x5x8xf32>"


def attention(name, attributes, mask=None, extra="", key_heads=3):
    kv = f"tensor<2x{key_heads}x5x8xf32>"
    arguments = f"%q: {Q}, %k: {kv}, %v: {kv}" + (f", %m: {mask}" if mask else "")
    case(f"attention_{name}", [11, 17, 22], arguments, Q,
         f"{extra}%r0, %k1, %v1, %s1 = onnx.Attention(%q, %k, %v, {'%m' if mask else '%none'}, "
         f"%none, %none, %none) {{{attributes}}} : ({Q}, {kv}, {kv}, {mask or 'none'}, none, none, none) "
         f"-> ({Q}, none, none, none)")


attention("plain", "")
attention("scale", "scale = 0.3 : f32")
attention("causal", "is_causal = 1 : i64")
attention("bool_mask", "", "tensor<5x5xi1>")
attention("bool_mask_causal", "is_causal = 1 : i64", "tensor<5x5xi1>")
attention("float_mask", "", "tensor<2x1x5x5xf32>")
attention("softcap", "softcap = 2.0 : f32")
attention("groups", "", key_heads=1)
case("attention_joined", [11, 17, 22], "%q: tensor<2x5x24xf32>, %k: tensor<2x7x12xf32>, %v: tensor<2x7x12xf32>",
     "tensor<2x5x24xf32>",
     "%r0, %k1, %v1, %s1 = onnx.Attention(%q, %k, %v, %none, %none, %none, %none) "
     "{q_num_heads = 4 : i64, kv_num_heads = 2 : i64} : (tensor<2x5x24xf32>, tensor<2x7x12xf32>, "
     "tensor<2x7x12xf32>, none, none, none, none) -> (tensor<2x5x24xf32>, none, none, none)")
case("attention_cache", [11, 17, 22],
     f"%q: {Q}, %k: {Q}, %v: {Q}, %pk: tensor<2x3x4x8xf32>, %pv: tensor<2x3x4x8xf32>",
     f"{Q}, tensor<2x3x9x8xf32>, tensor<2x3x9x8xf32>",
     "%r0, %r1, %r2, %s1 = onnx.Attention(%q, %k, %v, %none, %pk, %pv, %none) {is_causal = 1 : i64} : "
     f"({Q}, {Q}, {Q}, none, tensor<2x3x4x8xf32>, tensor<2x3x4x8xf32>, none) -> "
     f"({Q}, tensor<2x3x9x8xf32>, tensor<2x3x9x8xf32>, none)")


def types_of(text):
    return re.findall(r"tensor<[^>]*>", text)


def make_input(name, text, generator):
    *shape, dtype = re.match(r"tensor<(.*)>", text).group(1).split("x")
    shape, dtype = [int(size) for size in shape], DTYPES[dtype]
    if dtype == numpy.bool_:
        values = generator.random(shape) < 0.5
        # One row of a mask lets nothing through.
        if name == "m":
            values[0] = False
        return numpy.asarray(values)
    if numpy.issubdtype(dtype, numpy.integer):
        return generator.integers(-5, 6, shape).astype(dtype)
    values = generator.standard_normal(shape).astype(dtype)
    if name == "m":
        values[0, :, 2] = -numpy.inf
    return values


def export(folder, name, opset):
    opsets, arguments, results, body = CASES[name]
    outputs = types_of(results)
    arguments = re.sub(r"%(\w+): (tensor<[^>]*>)", r'%\1: \2 {onnx.name = "\1"}', arguments)
    values = ", ".join(f"%r{i}" for i in range(len(outputs)))
    named = ", ".join(f'{type} {{onnx.name = "r{i}"}}' for i, type in enumerate(outputs))
    source = folder / f"{name}.mlir"
    source.write_text(
        f"module attributes {{onnx.opset = {opset} : i64}} {{\n"
        f"func.func @main({arguments}) -> ({named}) {{\n%none = onnx.none\n{body}\n"
        f"return {values} : {results}\n}}\n}}\n")
    target = folder / f"{name}_{opset}.onnx"
    command = [tool(), str(source), "-o", str(target),
               "--pass-pipeline=builtin.module(legalize-opset)"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return onnx.load(target)


def evaluate(model, inputs):
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


@pytest.mark.parametrize("name", CASES)
def test_same_numbers(name, tmp_path):
    opsets, arguments, _, _ = CASES[name]
    generator = numpy.random.default_rng(7)
    inputs = {
        argument: make_input(argument, type, generator)
        for argument, type in re.findall(r"%(\w+): (tensor<[^>]*>)", arguments)
    }
    newest = export(tmp_path, name, NEWEST)
    expected = onnx.reference.ReferenceEvaluator(newest).run(None, inputs)
    ran = False
    for opset in opsets:
        model = export(tmp_path, name, opset)
        assert [i.version for i in model.opset_import if i.domain == ""] == [opset]
        try:
            actual = evaluate(model, inputs)
        except onnxruntime.capi.onnxruntime_pybind11_state.NotImplemented:
            # A type that ONNX Runtime has no kernel for at this opset.
            actual = onnx.reference.ReferenceEvaluator(model).run(None, inputs)
        ran = True
        for a, e in zip(actual, expected):
            assert a.dtype == e.dtype and a.shape == e.shape
            tolerance = 5e-3 if e.dtype == numpy.float16 else 2e-5
            numpy.testing.assert_allclose(a, e, rtol=tolerance, atol=tolerance,
                                          err_msg=f"opset {opset}")
    assert ran
