"""``export()``: from a live or scripted module to an ONNX file, in this process."""

import contextlib
import dataclasses
import os
import pathlib
import tempfile
import time
import warnings
from collections.abc import Sequence
from typing import IO, Any

import torch
from torch import nn

from . import _compiler
from ._progress import progress
from ._signature import (
    DTYPE_NAMES,
    Dim,
    DynamicAxes,
    Inputs,
    check_call,
    check_names,
    choose_names,
    normalize_arguments,
    symbolic_shapes,
    unique,
)
from ._trace import has_script_children, inference, script, trace
from .verification import Report, verify as run_verification

Path = str | os.PathLike[str]

#: What ``to_mlir`` can show, and what the compiler calls it.
STAGES = ("torch", "onnx")

#: What the compiler's warning says of operators that lose digits.
_F64_IN_F32 = "computes f64 numbers in f32"


@dataclasses.dataclass
class ExportResult:
    """What an export wrote."""

    #: The file, or None when it went to a file-like object.
    path: str | None
    #: Size of the model in bytes, with its external data.
    size: int
    opset: int
    nodes: int
    initializers: int
    input_names: list[str]
    output_names: list[str]
    #: Time of tracing and of compiling, in seconds.
    trace_seconds: float
    compile_seconds: float
    #: The compiler's warnings, which are also given through Python's ``warnings``
    #: (:class:`ConversionWarning`), and, if asked for, its explanations.
    warnings: str = ""
    explanation: str = ""
    #: What verification found, if it was asked for.
    verification: Report | None = None

    def __str__(self) -> str:
        seconds = self.trace_seconds + self.compile_seconds
        return (
            f"{self.path or 'model'}: opset {self.opset}, {self.nodes} nodes, "
            f"{self.initializers} initializers, {_size(self.size)}, {seconds:.2f} s"
        )


def export(
    model: nn.Module,
    args: Any = (),
    f: Path | IO[bytes] | None = None,
    *,
    kwargs: dict[str, Any] | None = None,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    dynamic_axes: DynamicAxes | None = None,
    opset_version: int = 20,
    verify: bool | dict[str, Any] = False,
    decompositions: Path | Sequence[Path] = (),
    custom_domains: dict[str, tuple[str, int]] | None = None,
    external_data: bool = False,
    training: bool = False,
    explain: bool = False,
) -> ExportResult:
    """Writes ``model`` as an ONNX file.

    :param model: a module, which is run once with the arguments, in eval mode and
        without changing it; or a scripted or traced module, which is not run.
    :param args: the example inputs, a tuple of positional arguments. Tensors may be
        in tuples, lists and dicts: each is one input of the ONNX model. Anything
        else is a constant of the exported model.
    :param f: where to write: a path or an object with ``write(bytes)``. A path gets
        the complete file or keeps what it had.
    :param kwargs: example keyword arguments.
    :param input_names: names of the inputs in order. Names beyond them go to the
        parameters, in the order of the state_dict.
    :param output_names: names of the outputs in order.
    :param dynamic_axes: the dimensions to leave open, by input name:
        ``{"x": {0: "batch"}}``, or ``{"x": [0]}`` for names of the compiler's choice.
        One name is one size, wherever it stands. Outputs may be named too, as for
        ``torch.onnx``; their dimensions are derived.
    :param opset_version: the ONNX operator set, 11 to 26.
    :param verify: compare ONNX Runtime with the model on several inputs, and print the
        differences, or raise VerificationError with them if they are too large (the
        file stays, for a look at it). A dict holds options of
        :func:`torch_onnx_opt.verify`.
    :param decompositions: files of decompositions (``.mlir``) that add to
        or replace the built-in ones.
    :param custom_domains: the operator libraries that stay operators of a domain of
        their own: ``{"mylib": ("my.domain", 1)}``, name and version.
    :param external_data: keep the weights in a file beside ``f``.
    :param training: trace the model in the mode it is in, not in eval mode.
    :param explain: say which rewrite fired where, in the ``explanation`` of the result
        or, if it fails, of the ConversionError.
    :raises ConversionError: the model was not converted; says what, where and why.
    """
    if f is None:
        raise TypeError("export() needs f: a path or a file-like object to write to")
    to_file = isinstance(f, (str, os.PathLike))
    if not to_file and not hasattr(f, "write"):
        raise TypeError(f"f is a path or a file-like object, not a {type(f).__name__}")
    if external_data and not to_file:
        raise ValueError("external_data needs a path: the data is a file beside it")
    if to_file:
        _check_output(pathlib.Path(f))

    with contextlib.ExitStack() as stack, progress("Tracing the model") as say:
        if to_file:
            path = os.fspath(f)
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            path = os.path.join(folder, "model.onnx")
        conversion = _convert(
            model,
            args,
            kwargs,
            input_names=input_names,
            output_names=output_names,
            dynamic_axes=dynamic_axes,
            training=training,
            say=say,
            options={
                "output": path,
                "opset": opset_version,
                "decompositions": _paths(decompositions),
                "custom_domains": dict(custom_domains or {}),
                "external_data": external_data,
                "explain": explain,
                "emit": "",
            },
        )
        result = ExportResult(
            path=path if to_file else None,
            size=sum(file.stat().st_size for file in _files(path)),
            opset=opset_version,
            nodes=conversion.native["nodes"],
            initializers=conversion.native["initializers"],
            input_names=conversion.input_names,
            output_names=conversion.output_names,
            trace_seconds=conversion.trace_seconds,
            compile_seconds=conversion.compile_seconds,
            warnings=conversion.native["warnings"],
            explanation=conversion.native["explanation"],
        )
        if verify:
            say("Comparing ONNX Runtime with PyTorch")
            options = verify if isinstance(verify, dict) else {}
            result.verification = run_verification(
                model,
                args,
                path,
                kwargs=kwargs,
                shapes=conversion.shapes,
                training=training,
                quiet=True,
                **{"f64_in_f32": _F64_IN_F32 in result.warnings, **options},
            )
        if not to_file:
            f.write(pathlib.Path(path).read_bytes())
    _warn(result.warnings)
    if result.verification is not None:
        result.verification.check()
        result.verification.print()
    return result


def to_mlir(
    model: nn.Module,
    args: Any = (),
    *,
    stage: str = "onnx",
    kwargs: dict[str, Any] | None = None,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    dynamic_axes: DynamicAxes | None = None,
    opset_version: int = 20,
    decompositions: Path | Sequence[Path] = (),
    custom_domains: dict[str, tuple[str, int]] | None = None,
    training: bool = False,
) -> str:
    """``model`` as readable text: ``stage`` "torch" as imported, "onnx" as exported.

    The other arguments are those of :func:`export`.
    """
    if stage not in STAGES:
        raise ValueError(f"stage is one of {', '.join(STAGES)}, not {stage!r}")
    conversion = _convert(
        model,
        args,
        kwargs,
        input_names=input_names,
        output_names=output_names,
        dynamic_axes=dynamic_axes,
        training=training,
        say=lambda text: None,
        options={
            "output": "",
            "opset": opset_version,
            "decompositions": _paths(decompositions),
            "custom_domains": dict(custom_domains or {}),
            "external_data": False,
            "explain": False,
            "emit": "onnx-mlir" if stage == "onnx" else stage,
        },
    )
    _warn(conversion.native["warnings"])
    return conversion.native["text"]


def _warn(text: str) -> None:
    """Warns the caller of a function of this module."""
    if text:
        warnings.warn(text.rstrip(), _compiler.ConversionWarning, stacklevel=3)


@dataclasses.dataclass
class _Conversion:
    native: dict[str, Any]
    input_names: list[str]
    output_names: list[str]
    shapes: list[list[Dim]] | None
    trace_seconds: float
    compile_seconds: float


def _paths(paths: Path | Sequence[Path]) -> list[str]:
    """One path or several, as a list."""
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    return [os.fspath(path) for path in paths]


def _convert(
    model: nn.Module,
    args: Any,
    kwargs: dict[str, Any] | None,
    *,
    input_names: Sequence[str] | None,
    output_names: Sequence[str] | None,
    dynamic_axes: DynamicAxes | None,
    training: bool,
    say: Any,
    options: dict[str, Any],
) -> _Conversion:
    """Traces if need be, and calls the compiler."""
    _check_model(model)
    if not isinstance(options["opset"], int):
        raise TypeError(f"opset_version is a number, not {options['opset']!r}")
    check_names(input_names or (), "input_names")
    check_names(output_names or (), "output_names")
    scripted = isinstance(model, torch.jit.ScriptModule)
    args, kwargs = normalize_arguments(model, args, kwargs)
    example = bool(args or kwargs) or not scripted
    if example:
        check_call(model, args, kwargs)
    inputs = Inputs.of(model, args, kwargs)

    start = time.perf_counter()
    graph, weights, module, outputs = None, [], model, []
    if scripted:
        outputs = list(output_names or ())
    else:
        with inference(model, training):
            if has_script_children(model):
                module, outputs = script(model, inputs)
            else:
                traced = trace(model, inputs)
                graph, weights = traced.graph, traced.weights
                outputs = traced.output_names
    trace_seconds = time.perf_counter() - start

    count = len(inputs.names)
    given = list(input_names or ())
    if example:
        names = choose_names(input_names and given[:count], inputs.names, "input_names")
    else:
        names = given
    if example and len(given) > count:
        weights = _rename_weights(weights, given[count:], count)
    if not scripted and output_names and len(output_names) > len(outputs):
        raise ValueError(
            f"output_names has {len(output_names)} names, the model {len(outputs)} "
            f"outputs: {', '.join(outputs)}"
        )
    for name in output_names or ():
        if name in names or name in given:
            raise ValueError(
                f"{name!r} is to be the name of an input and of an output; choose "
                "another in input_names or output_names"
            )
    outputs = choose_names(output_names, outputs, "output_names")
    outputs = unique([*names, *outputs])[len(names) :]
    shapes = None
    if example:
        shapes = symbolic_shapes(
            names, [tensor.shape for tensor in inputs.tensors], dynamic_axes, outputs
        )
    elif dynamic_axes:
        raise ValueError(
            "dynamic_axes needs args: they say how many dimensions there are"
        )

    options = dict(
        options,
        input_names=names,
        output_names=outputs,
        input_shapes=shapes
        and [
            (shape, _dtype_name(tensor.dtype))
            for shape, tensor in zip(shapes, inputs.tensors)
        ],
    )
    say("Compiling")
    start = time.perf_counter()
    if graph is not None:
        native = _compiler.convert_graph(graph, weights, options)
    else:
        native = _compiler.convert_module(module, options)
    compile_seconds = time.perf_counter() - start
    return _Conversion(native, names, outputs, shapes, trace_seconds, compile_seconds)


def _check_model(model: Any) -> None:
    """Says what to pass in the place of what is no model."""
    wrappers = (nn.DataParallel, nn.parallel.DistributedDataParallel)
    if isinstance(model, wrappers):
        raise TypeError(
            f"model is an nn.{type(model).__name__}, which spreads another over "
            "devices: pass model.module"
        )
    if isinstance(model, nn.Module):
        return
    if isinstance(model, type) and issubclass(model, nn.Module):
        raise TypeError(
            f"model is the class {model.__name__}, not a model: call it, as in "
            f"export({model.__name__}(...), ...)"
        )
    if isinstance(model, dict) and all(
        isinstance(value, torch.Tensor) for value in model.values()
    ):
        raise TypeError(
            "model is a state_dict, which holds weights only: build the model, call "
            "its load_state_dict() and pass the model"
        )
    raise TypeError(
        f"model is an nn.Module or a scripted module, not a {type(model).__name__}"
    )


def _rename_weights(
    weights: list[tuple[str, torch.Tensor]], names: list[str], inputs: int
) -> list[tuple[str, torch.Tensor]]:
    if len(names) > len(weights):
        raise ValueError(
            f"input_names has {inputs + len(names)} names, the model {inputs} inputs "
            f"and {len(weights)} parameters and buffers"
        )
    renamed = [(name, tensor) for name, (_, tensor) in zip(names, weights)]
    return renamed + weights[len(names) :]


def _dtype_name(dtype: torch.dtype) -> str:
    if dtype not in DTYPE_NAMES:
        raise TypeError(f"inputs of type {dtype} have no counterpart in ONNX")
    return DTYPE_NAMES[dtype]


def _check_output(path: pathlib.Path) -> None:
    """Refuses what cannot be written before the model is traced."""
    if path.suffix.lower() in (".pt", ".pth"):
        raise ValueError(
            f"cannot write {path}: {path.suffix} is the suffix of PyTorch's files; an "
            "ONNX model is called .onnx"
        )
    if path.is_dir():
        raise IsADirectoryError(f"cannot write {path}: it is a folder")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"cannot write {path}: there is no folder {path.parent}"
        )
    target = path if path.exists() else path.parent
    if not os.access(target, os.W_OK):
        raise PermissionError(f"cannot write {path}: permission denied")


def _files(path: str) -> list[pathlib.Path]:
    """The model and, if it has one, the file of its external data."""
    files = [pathlib.Path(path), pathlib.Path(f"{path}.data")]
    return [file for file in files if file.exists()]


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
