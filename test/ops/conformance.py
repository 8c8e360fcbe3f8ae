"""Operator conformance: ONNX Runtime on the exported model against eager PyTorch.

A family's file declares its cases:

    from conformance import case, f32, i64, suite

    test_activation = suite(
        case("relu", torch.relu, f32("n", 3), special=True),
        case("embedding", F.embedding, i64(2, "n", low=0, high=9), f32(9, 4)),
    )

A case is a name, a function or module, and its inputs. A dimension that is a name is
left open in the exported model, which then runs at several sizes of it. Every case
runs on several values at every opset of ``OPSETS``; below its ``min_opset`` the export
has to fail and name the opset. Types for which ONNX Runtime has no kernel are run by
onnx's reference evaluator.
"""

import dataclasses
import io
import os
import re
import types
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import onnx
import pytest
import torch
from torch import nn

import torch_onnx_opt
from torch_onnx_opt._signature import Inputs
from torch_onnx_opt._trace import inference
from torch_onnx_opt.verification import Session, compare, run_eager

#: The opsets that every case is exported for; a run may choose others.
OPSETS = tuple(
    int(opset)
    for opset in os.environ.get("TORCH_ONNX_OPT_TEST_OPSETS", "13,20,26").split(",")
)

Dim = int | str


@dataclasses.dataclass(frozen=True)
class Input:
    """One input of a case."""

    dims: tuple[Dim, ...]
    dtype: torch.dtype
    low: float | None = None
    high: float | None = None
    #: These values in every sample.
    values: Any = None

    def sample(
        self, sizes: dict[str, int], generator: torch.Generator, special: bool
    ) -> torch.Tensor:
        """A tensor of this input; ``special`` puts NaN, infinities and zeros in it."""
        if self.values is not None:
            return torch.as_tensor(self.values, dtype=self.dtype).clone()
        shape = [sizes.get(dim, dim) for dim in self.dims]
        if self.dtype == torch.bool:
            return torch.rand(shape, generator=generator) < 0.5
        if self.dtype.is_complex:
            wide = torch.randn(shape, generator=generator, dtype=torch.complex128)
            return wide.to(self.dtype)
        if not self.dtype.is_floating_point:
            least = 0 if self.dtype == torch.uint8 else -5
            low = int(least if self.low is None else self.low)
            high = int(6 if self.high is None else self.high)
            return torch.randint(low, high, shape, generator=generator).to(self.dtype)
        if self.low is None:
            tensor = torch.randn(shape, generator=generator, dtype=torch.float64) * 2
        else:
            tensor = torch.rand(shape, generator=generator, dtype=torch.float64)
            tensor = tensor * (self.high - self.low) + self.low
        if special and tensor.numel():
            extremes = torch.tensor(
                [float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1e4, -1e4],
                dtype=torch.float64,
            )
            flat = tensor.view(-1)
            count = min(len(extremes), max(1, flat.numel() - 1))
            flat[torch.randperm(flat.numel(), generator=generator)[:count]] = extremes[
                :count
            ]
        return tensor.to(self.dtype)


def _maker(dtype: torch.dtype) -> Callable[..., Input]:
    def make(
        *dims: Dim,
        low: float | None = None,
        high: float | None = None,
        values: Any = None,
    ) -> Input:
        return Input(tuple(dims), dtype, low, high, values)

    return make


f16 = _maker(torch.float16)
bf16 = _maker(torch.bfloat16)
f32 = _maker(torch.float32)
f64 = _maker(torch.float64)
i8 = _maker(torch.int8)
i16 = _maker(torch.int16)
i32 = _maker(torch.int32)
i64 = _maker(torch.int64)
u8 = _maker(torch.uint8)
boolean = _maker(torch.bool)
c64 = _maker(torch.complex64)


@dataclasses.dataclass(frozen=True)
class Case:
    """One case; see :func:`case`."""

    name: str
    target: Any
    inputs: tuple[Input, ...]
    min_opset: int
    special: bool
    sizes: dict[str, Sequence[int]]
    rtol: float | None
    atol: float | None
    nodes: Sequence[str] | None
    xfail: str | None


def case(
    name: str,
    target: Callable[..., Any] | nn.Module,
    *inputs: Input,
    min_opset: int = 11,
    special: bool = False,
    sizes: dict[str, Sequence[int]] | None = None,
    rtol: float | None = None,
    atol: float | None = None,
    nodes: Sequence[str] | None = None,
    xfail: str | None = None,
) -> Case:
    """Declares a case.

    :param min_opset: the first opset that can express it.
    :param special: also with NaN, infinities and signed zeros among the values.
    :param sizes: the sizes to run open dimensions at, the traced one first.
    :param nodes: the operators of the exported model at the newest opset, in any
        order, where a case is about how it converts.
    :param xfail: why the case is expected to fail for now.
    """
    return Case(
        name,
        target,
        inputs,
        min_opset,
        special,
        sizes or {},
        rtol,
        atol,
        nodes,
        xfail,
    )


class _Function(nn.Module):
    """A function as a module."""

    def __init__(self, function: Callable[..., Any]):
        super().__init__()
        self.function = function

    def forward(self, *args):
        return self.function(*args)


def suite(*cases: Case | Sequence[Case]) -> Callable[..., None]:
    """A pytest test of all the cases at all the opsets."""
    flat: list[Case] = []
    for item in cases:
        flat.extend([item] if isinstance(item, Case) else item)
    repeated = [c.name for c in flat if [d.name for d in flat].count(c.name) > 1]
    assert not repeated, f"cases that share a name: {sorted(set(repeated))}"
    parameters = [
        pytest.param(
            item,
            opset,
            id=f"{item.name}-opset{opset}",
            marks=[pytest.mark.xfail(reason=item.xfail, strict=True)]
            if item.xfail
            else [],
        )
        for item in flat
        for opset in OPSETS
    ]

    @pytest.mark.parametrize("item, opset", parameters)
    @pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
    @pytest.mark.filterwarnings("ignore::UserWarning")
    @pytest.mark.filterwarnings("ignore::DeprecationWarning")
    def test(item: Case, opset: int) -> None:
        run(item, opset)

    return test


def run(item: Case, opset: int) -> None:
    """Exports the case for ``opset`` and compares every sample."""
    torch.manual_seed(0)
    model = item.target
    if not isinstance(model, nn.Module):
        model = _Function(model)
    model.eval()
    _settle(model)

    sizes = _sizes(item)
    samples = _samples(item, sizes)
    example = samples[0][1]
    names = [f"x{i}" for i in range(len(example))]
    axes = {
        name: {i: dim for i, dim in enumerate(spec.dims) if isinstance(dim, str)}
        for name, spec in zip(names, item.inputs)
    }

    def export() -> bytes:
        file = io.BytesIO()
        torch_onnx_opt.export(
            model,
            tuple(example),
            file,
            input_names=names,
            dynamic_axes={name: value for name, value in axes.items() if value},
            opset_version=opset,
        )
        return file.getvalue()

    if opset < item.min_opset:
        with pytest.raises(torch_onnx_opt.ConversionError, match="opset"):
            export()
        return
    exported = export()
    if item.nodes is not None and opset == max(OPSETS):
        graph = onnx.load_from_string(exported).graph
        assert sorted(n.op_type for n in graph.node) == sorted(item.nodes)

    session = _session(exported)
    inputs = Inputs.of(model, tuple(example), {})
    problems = []
    with inference(model):
        for label, tensors, optional in samples:
            try:
                _, expected = run_eager(model, inputs, tensors)
            except Exception:
                if optional:
                    continue  # The operator itself refuses this size.
                raise
            actual = session.run(tensors)
            assert len(actual) == len(expected), "number of outputs"
            for i, (got, want) in enumerate(zip(actual, expected)):
                difference = compare(got, want, item.rtol, item.atol)
                problem = difference.problem or _undeclared(
                    session.outputs[i].shape, want.shape, label
                )
                if problem:
                    problems.append(f"output {i} at {dict(label)}: {problem}")
    assert not problems, "\n".join(problems)


def _session(exported: bytes) -> Any:
    """ONNX Runtime or, where it has no kernel for a type, onnx's own evaluator."""
    try:
        return Session(exported, optimize=False)
    except Exception as error:
        if "Could not find an implementation" not in str(error):
            raise
        return _Reference(exported)


class _Reference:
    """onnx's reference evaluator with the interface of ``Session``."""

    def __init__(self, exported: bytes):
        from onnx.reference import ReferenceEvaluator

        self._evaluator = ReferenceEvaluator(exported)
        self.outputs = [
            types.SimpleNamespace(
                shape=[
                    d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim
                ]
            )
            for value in onnx.load_from_string(exported).graph.output
        ]

    def run(self, tensors: Sequence[torch.Tensor]) -> list[torch.Tensor]:
        names = self._evaluator.input_names
        feed = {name: tensor.numpy() for name, tensor in zip(names, tensors)}
        return [torch.as_tensor(value) for value in self._evaluator.run(None, feed)]


def _settle(model: nn.Module) -> None:
    """Nontrivial parameters and statistics, so that each of them matters."""
    with torch.no_grad():
        for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
            if name.endswith("running_var"):
                tensor.uniform_(0.5, 2.0)
            elif tensor.dtype.is_floating_point:
                tensor.normal_(0.0, 0.5)


def _sizes(item: Case) -> list[dict[str, int]]:
    """The sizes of open dimensions in each run; the first is the traced one."""
    names = dict.fromkeys(d for i in item.inputs for d in i.dims if isinstance(d, str))
    choices = {
        name: list(item.sizes.get(name) or [3 + i, 6 + i, 1])
        for i, name in enumerate(names)
    }
    count = max(map(len, choices.values()), default=1)
    return [
        {name: c[min(k, len(c) - 1)] for name, c in choices.items()}
        for k in range(count)
    ]


def _samples(
    item: Case, sizes: list[dict[str, int]]
) -> list[tuple[dict[str, int], list[torch.Tensor], bool]]:
    """The runs: sizes, tensors, and whether PyTorch may refuse them."""
    generator = torch.Generator().manual_seed(zlib.crc32(item.name.encode()))

    def make(assignment: dict[str, int], special: bool = False) -> list[torch.Tensor]:
        return [spec.sample(assignment, generator, special) for spec in item.inputs]

    runs = [(sizes[0], make(sizes[0]), False), (sizes[0], make(sizes[0]), False)]
    if item.special:
        runs.append((sizes[0], make(sizes[0], special=True), False))
    runs += [(assignment, make(assignment), True) for assignment in sizes[1:]]
    return runs


def _undeclared(
    declared: Sequence[Any] | None, shape: Sequence[int], sizes: dict[str, int]
) -> str:
    """How ``shape`` contradicts what the model declares, or nothing."""
    if declared is None:
        return ""
    if len(declared) != len(shape):
        return f"declared {list(declared)}, is {list(shape)}"
    for dim, size in zip(declared, shape):
        value = _evaluate(dim, sizes)
        if value is not None and value != size:
            return f"declared {list(declared)}, is {list(shape)}"
    return ""


def _evaluate(dim: Any, sizes: dict[str, int]) -> int | None:
    """The size that a declared dimension stands for, if it is known."""
    if isinstance(dim, int):
        return dim
    if not isinstance(dim, str):
        return None
    text = re.sub(r"\bfloordiv\b", "//", re.sub(r"\bmod\b", "%", dim))
    try:
        return int(
            eval(text, {"__builtins__": {}, "min": min, "max": max}, dict(sizes))
        )
    except Exception:
        return None
