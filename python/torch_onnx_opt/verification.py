"""Does ONNX Runtime compute what PyTorch computes?

The model runs on its example inputs, on other values, also outside of the example's
range, and at other sizes of every dimension that was left open; each output of each
run is compared.
"""

import collections
import contextlib
import ctypes
import dataclasses
import functools
import io
import os
import pathlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from torch import nn

from ._messages import first_line
from ._progress import progress
from ._samples import NaNWatch, Run, make_runs
from ._signature import (
    Dim,
    DynamicAxes,
    Inputs,
    flatten_outputs,
    normalize_arguments,
    symbolic_shapes,
)
from ._trace import inference

#: Relative and absolute tolerance by type. The absolute one is in units of the
#: largest expected magnitude, so that it means the same for every output.
TOLERANCES = {
    torch.float64: (1e-6, 1e-9),
    torch.float32: (1e-3, 1e-5),
    torch.float16: (1e-2, 2e-3),
    torch.bfloat16: (5e-2, 1e-2),
    torch.complex64: (1e-3, 1e-5),
    torch.complex128: (1e-6, 1e-9),
}


class VerificationError(AssertionError):
    """ONNX Runtime and PyTorch disagree; ``report`` says where."""

    def __init__(self, report: "Report"):
        super().__init__(f"ONNX Runtime does not agree with PyTorch\n{report}")
        self.report = report


@dataclasses.dataclass
class Difference:
    """One output of one run compared."""

    max_abs: float = 0.0
    #: In units of the largest expected magnitude.
    max_rel: float = 0.0
    #: What is wrong, or nothing.
    problem: str = ""


@dataclasses.dataclass
class OutputReport:
    """The largest differences of one output over all runs."""

    name: str
    dtype: str
    shapes: list[tuple[int, ...]] = dataclasses.field(default_factory=list)
    max_abs: float = 0.0
    max_rel: float = 0.0
    problems: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Report:
    """What was compared, and the largest difference of each output."""

    outputs: list[OutputReport]
    #: What each run was: its sizes and where its values came from.
    runs: list[str]
    #: Sizes that the model itself refuses, and what it said.
    refused: list[str]
    #: What stopped a run.
    errors: list[str] = dataclasses.field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every run of every output agreed."""
        return not self.errors and not any(output.problems for output in self.outputs)

    def check(self) -> None:
        """Raises VerificationError unless everything agreed."""
        if not self.ok:
            raise VerificationError(self)

    def table(self) -> Table:
        """The report as a rich table."""
        table = Table(title=f"ONNX Runtime against PyTorch, {len(self.runs)} runs")
        for heading in ("output", "type", "shape"):
            table.add_column(heading)
        table.add_column("max abs. diff.", justify="right")
        table.add_column("rel. to largest", justify="right")
        table.add_column("")
        for output in self.outputs:
            table.add_row(
                output.name,
                output.dtype,
                "\n".join(_counted_shapes(output.shapes)),
                f"{output.max_abs:.3g}",
                f"{output.max_rel:.3g}",
                "[red]differs[/red]" if output.problems else "[green]agrees[/green]",
            )
        return table

    def print(self, console: Console | None = None) -> None:
        """Prints the table and what went wrong."""
        console = console or Console()
        if self.outputs:
            console.print(self.table())
            console.print(f"runs: {'; '.join(self.runs)}", style="dim", markup=False)
        for output in self.outputs:
            for problem in output.problems:
                console.print(f"{output.name}: {problem}", markup=False)
        for error in self.errors:
            console.print(error, markup=False)
        for refusal in self.refused:
            console.print(f"not compared at {refusal}", style="dim", markup=False)

    def __str__(self) -> str:
        text = io.StringIO()
        self.print(Console(file=text, width=100))
        return text.getvalue().rstrip()


def _counted_shapes(shapes: Sequence[tuple[int, ...]]) -> list[str]:
    """Each shape once, with the number of runs that had it."""
    return [
        f"{list(shape)}" + (f" ×{count}" if count > 1 else "")
        for shape, count in collections.Counter(shapes).items()
    ]


def verify(
    model: nn.Module,
    args: Any,
    onnx_model: str | os.PathLike[str] | bytes,
    *,
    kwargs: dict[str, Any] | None = None,
    dynamic_axes: DynamicAxes | None = None,
    input_names: Sequence[str] | None = None,
    shapes: Sequence[Sequence[Dim]] | None = None,
    sizes: dict[str, Sequence[int]] | None = None,
    samples: Sequence[Any] = (),
    rtol: float | None = None,
    atol: float | None = None,
    training: bool = False,
    quiet: bool = False,
    label: str = "the example inputs",
    f64_in_f32: bool = False,
) -> Report:
    """Compares ONNX Runtime on ``onnx_model`` with ``model`` itself.

    :param args: example inputs, with ``kwargs`` as for :func:`export`. Numbers of
        other runs are of the same kind, but also larger and smaller. Integers, which
        may be indices, only become smaller, and not negative, if there are several.
        Runs that the model refuses, or where it computes NaN though it does not on
        the example, are noted, not counted.
    :param dynamic_axes: the open dimensions, as for :func:`export`; without them,
        those of the ONNX file's inputs.
    :param shapes: the inputs' shapes with names of open dimensions, in place of
        ``dynamic_axes``.
    :param sizes: the sizes to try for an open dimension, by its name. A size that
        the model itself refuses is noted, not counted.
    :param samples: further arguments to compare on, each like ``args``.
    :param rtol: relative tolerance, by default of the type: 1e-3 for float32.
    :param atol: absolute tolerance, as a part of the largest expected magnitude.
    :param quiet: do not print the report.
    :param label: what the report calls ``args``.
    :param f64_in_f32: the ONNX model computes f64 in f32, as the conversion warned:
        compare f64 outputs with the tolerances of float32.
    :return: the report; ``report.check()`` raises if something disagrees.
    """
    args, kwargs = normalize_arguments(model, args, kwargs)
    inputs = Inputs.of(model, args, kwargs)
    report = Report([], [], [])
    with progress("Comparing ONNX Runtime with PyTorch") as say:
        try:
            session = Session(onnx_model)
        except Exception as error:
            report.errors.append(f"ONNX Runtime does not load the model: {error}")
            session = None
        if session is not None:
            if len(session.input_names) > len(inputs.tensors):
                raise ValueError(
                    f"the ONNX model has the inputs {', '.join(session.input_names)}; "
                    f"args and kwargs hold {len(inputs.tensors)} tensors"
                )
            if shapes is None:
                shapes = _shapes(session, inputs, input_names, dynamic_axes)
            comparison = _Comparison(
                report, model, inputs, session, rtol, atol, f64_in_f32
            )
            runs = make_runs(model, inputs, shapes, sizes or {}, samples, label)
            with inference(model, training):
                for run in runs:
                    say(f"Comparing ONNX Runtime with PyTorch: {run.label}")
                    comparison.add(run)
    if not quiet:
        report.print()
    return report


@dataclasses.dataclass
class _Comparison:
    """Runs both and adds what it finds to ``report``."""

    report: Report
    model: nn.Module
    inputs: Inputs
    session: "Session"
    rtol: float | None
    atol: float | None
    f64_in_f32: bool

    def add(self, run: Run) -> None:
        """Compares on the first candidate that the model takes."""
        refusals = []
        for tensors in run.candidates:
            try:
                with NaNWatch() if run.beyond else contextlib.nullcontext() as watch:
                    names, expected = run_eager(self.model, self.inputs, tensors)
            except Exception as error:
                if not run.optional:
                    raise
                refusals.append(f"which the model refuses: {first_line(error)}")
                continue
            if watch and watch.seen and not self.example_has_nan:
                refusals.append("where the model computes NaN")
                continue
            self._compare(run.label, tensors, names, expected)
            return
        self.report.refused.append(f"{run.label}, {refusals[0]}")

    @functools.cached_property
    def example_has_nan(self) -> bool:
        """Whether NaN is nothing unusual in this model."""
        with NaNWatch() as watch:
            run_eager(self.model, self.inputs, self.inputs.tensors)
        return watch.seen

    def _compare(
        self,
        label: str,
        tensors: list[torch.Tensor],
        names: list[str],
        expected: list[torch.Tensor],
    ) -> None:
        report = self.report
        report.runs.append(label)
        if not report.outputs:
            titles = self.session.output_names
            if len(titles) != len(expected):
                report.errors.append(
                    f"the ONNX model has {len(titles)} outputs, the model "
                    f"{len(expected)}: {', '.join(names)}"
                )
                return
            report.outputs = [
                OutputReport(name, self._type(value))
                for name, value in zip(titles, expected)
            ]
        try:
            actual = self.session.run(tensors)
        except Exception as error:
            report.errors.append(f"ONNX Runtime failed at {label}: {error}")
            return
        for output, got, want in zip(report.outputs, actual, expected):
            difference = compare(got, want, *self._tolerances(want.dtype))
            output.shapes.append(tuple(want.shape))
            output.max_abs = max(output.max_abs, difference.max_abs)
            output.max_rel = max(output.max_rel, difference.max_rel)
            if difference.problem:
                how = " (computed in f32)" if self._is_in_f32(want.dtype) else ""
                output.problems.append(f"at {label}: {difference.problem}{how}")

    def _is_in_f32(self, dtype: torch.dtype) -> bool:
        return self.f64_in_f32 and dtype in (torch.float64, torch.complex128)

    def _type(self, value: torch.Tensor) -> str:
        name = str(value.dtype).removeprefix("torch.")
        return f"{name} (in f32)" if self._is_in_f32(value.dtype) else name

    def _tolerances(self, dtype: torch.dtype) -> tuple[float | None, float | None]:
        rtol, atol = self.rtol, self.atol
        if self._is_in_f32(dtype):
            default_rtol, default_atol = TOLERANCES[torch.float32]
            rtol = default_rtol if rtol is None else rtol
            atol = default_atol if atol is None else atol
        return rtol, atol


def run_eager(
    model: nn.Module, inputs: Inputs, tensors: Sequence[torch.Tensor]
) -> tuple[list[str], list[torch.Tensor]]:
    """The outputs of ``model`` on clones of ``tensors``, by name."""
    args, kwargs = inputs.call([tensor.detach().clone() for tensor in tensors])
    names, outputs = flatten_outputs(model(*args, **kwargs))
    return names, [output.detach() for output in outputs]


class Session:
    """ONNX Runtime on one model, from and to tensors."""

    def __init__(
        self, model: str | os.PathLike[str] | bytes, optimize: bool = True
    ) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # What is wrong comes as an exception; only what ends the process is logged.
        options.log_severity_level = 4
        # Waiting threads sleep: PyTorch runs on the same cores in between.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if not optimize:
            options.graph_optimization_level = (
                onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
            )
        source = model if isinstance(model, bytes) else os.fspath(pathlib.Path(model))
        self._session = onnxruntime.InferenceSession(
            source, options, providers=["CPUExecutionProvider"]
        )
        self.inputs = self._session.get_inputs()
        self.outputs = self._session.get_outputs()
        self.input_names = [value.name for value in self.inputs]
        self.output_names = [value.name for value in self.outputs]

    def run(self, tensors: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        """The outputs for ``tensors``, which are the inputs in order."""
        feed = {
            name: _to_ort(tensor) for name, tensor in zip(self.input_names, tensors)
        }
        values = self._session.run_with_ort_values(self.output_names, feed)
        return [_from_ort(value) for value in values]


#: Types that numpy lacks, as ONNX numbers them and as numpy can carry their bits.
_CARRIED = {
    torch.bfloat16: (16, np.uint16),
    torch.float8_e4m3fn: (17, np.uint8),
    torch.float8_e5m2: (19, np.uint8),
}


def _to_ort(tensor: torch.Tensor) -> Any:
    from onnxruntime import OrtValue

    tensor = tensor.detach().resolve_conj().resolve_neg().contiguous()
    if tensor.dtype in _CARRIED:
        number, carrier = _CARRIED[tensor.dtype]
        bits = torch.uint16 if carrier is np.uint16 else torch.uint8
        return OrtValue.ortvalue_from_numpy_with_onnx_type(
            tensor.view(bits).numpy(), number
        )
    return OrtValue.ortvalue_from_numpy(tensor.numpy())


def _from_ort(value: Any) -> torch.Tensor:
    for dtype, (number, _) in _CARRIED.items():
        if value.element_type() == number:
            bits = ctypes.string_at(value.data_ptr(), value.tensor_size_in_bytes())
            if not bits:
                return torch.empty(value.shape(), dtype=dtype)
            return torch.frombuffer(bytearray(bits), dtype=dtype).view(value.shape())
    return torch.from_numpy(np.array(value.numpy()))


def compare(
    actual: torch.Tensor,
    expected: torch.Tensor,
    rtol: float | None = None,
    atol: float | None = None,
) -> Difference:
    """How far ``actual`` is from ``expected``, and whether that is too far.

    NaN and infinities must be in the same places.
    """
    if actual.dtype != expected.dtype:
        return Difference(problem=f"type {actual.dtype}, expected {expected.dtype}")
    if actual.shape != expected.shape:
        return Difference(
            problem=f"shape {list(actual.shape)}, expected {list(expected.shape)}"
        )
    if expected.numel() == 0:
        return Difference()
    default_rtol, default_atol = TOLERANCES.get(expected.dtype, (0.0, 0.0))
    rtol = default_rtol if rtol is None else rtol
    atol = default_atol if atol is None else atol
    exact = expected.dtype not in TOLERANCES
    if exact and expected.dtype.is_floating_point:
        exact, rtol = False, 0.25  # the eight-bit ones
    wide = torch.complex128 if expected.is_complex() else torch.float64
    if exact:
        different = actual != expected
        a, e = actual.to(torch.float64), expected.to(torch.float64)
    else:
        a, e = actual.to(wide), expected.to(wide)
        special = ~(torch.isfinite(e) & torch.isfinite(a))
        agree = (a == e) | (torch.isnan(a) & torch.isnan(e))
        if bool((special & ~agree).any()):
            index = tuple((special & ~agree).nonzero()[0].tolist())
            return Difference(
                float("inf"),
                float("inf"),
                f"{a[index].item()} at {list(index)}, expected {e[index].item()}",
            )
        a, e = a.masked_fill(special, 0), e.masked_fill(special, 0)
        different = None
    absolute = (a - e).abs()
    magnitude = e.abs()
    # Small outputs are measured by their own size, down to what rounding leaves.
    scale = max(1e-3, float(magnitude.max()))
    if different is None:
        different = absolute > atol * scale + rtol * magnitude
    largest = float(absolute.max())
    difference = Difference(largest, largest / scale)
    if bool(different.any()):
        worst = absolute.masked_fill(~different, -1).flatten().argmax()
        index = tuple(int(i) for i in np.unravel_index(int(worst), expected.shape))
        difference.problem = (
            f"{actual[index].item()} at {list(index)}, expected "
            f"{expected[index].item()} ({int(different.sum())} of {expected.numel()} "
            "elements differ)"
        )
    return difference


def _shapes(
    session: Session,
    inputs: Inputs,
    input_names: Sequence[str] | None,
    dynamic_axes: DynamicAxes | None,
) -> list[list[Dim]]:
    shapes = [tensor.shape for tensor in inputs.tensors]
    if dynamic_axes is not None:
        names = list(input_names or session.input_names)
        names += inputs.names[len(names) :]
        return symbolic_shapes(names, shapes, dynamic_axes, session.output_names)
    return [
        [d if isinstance(d, str) else size for d, size in zip(value.shape, shape)]
        if len(value.shape) == len(shape)
        else list(shape)
        for value, shape in zip(session.inputs, shapes)
    ]
