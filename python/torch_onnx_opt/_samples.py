"""Inputs to compare on: like the example, beyond it, and at other sizes."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import nn
from torch.utils import _pytree as pytree
from torch.utils._python_dispatch import TorchDispatchMode

from ._signature import Dim, Inputs, normalize_arguments

#: What makes another tensor from an example, if that can be done.
Sampler = Callable[[torch.Tensor, torch.Generator], torch.Tensor | None]


@dataclasses.dataclass
class Run:
    """One set of inputs to compare on."""

    label: str
    #: The tensors, and others in their place where the model refuses those.
    candidates: list[list[torch.Tensor]]
    #: Whether the model may refuse all of them.
    optional: bool = True
    #: Whether the values are such that the model may not be meant for them.
    beyond: bool = False


def make_runs(
    model: nn.Module,
    inputs: Inputs,
    shapes: Sequence[Sequence[Dim]],
    sizes: dict[str, Sequence[int]],
    samples: Sequence[Any],
    first: str,
) -> list[Run]:
    """The runs that verify a model whose inputs have ``shapes``.

    :param sizes: the sizes to try of an open dimension.
    :param samples: further arguments of the caller.
    :param first: what the run on the example is called.
    """
    generator = torch.Generator().manual_seed(0)
    traced: dict[str, int] = {}
    for shape, tensor in zip(shapes, inputs.tensors):
        for dim, size in zip(shape, tensor.shape):
            if isinstance(dim, str):
                traced.setdefault(dim, size)

    def at(assignment: dict[str, int]) -> list[torch.Tensor]:
        return [
            resample(tensor, [assignment.get(d, d) for d in shape], generator)
            for shape, tensor in zip(shapes, inputs.tensors)
        ]

    runs = [
        Run(first, [inputs.tensors], optional=False),
        Run("other values", [at(traced)]),
    ]
    for label, sampler in (("larger values", larger), ("smaller values", smaller)):
        if candidates := _candidates(inputs.tensors, sampler, generator):
            runs.append(Run(label, candidates, beyond=True))
    for assignment in _assignments(traced, sizes):
        label = ", ".join(f"{name} = {size}" for name, size in assignment.items())
        runs.append(Run(label, [at(assignment)]))
    for i, sample in enumerate(samples):
        args, kwargs = normalize_arguments(model, sample, None)
        tensors = Inputs.of(model, args, kwargs).tensors
        runs.append(Run(f"sample {i}", [tensors], optional=False))
    return runs


def _candidates(
    examples: Sequence[torch.Tensor],
    sampler: Sampler,
    generator: torch.Generator,
) -> list[list[torch.Tensor]]:
    """All inputs from ``sampler``; then, of two kinds, only one of them."""
    new = [sampler(tensor, generator) for tensor in examples]
    plain = [resample(tensor, tensor.shape, generator) for tensor in examples]
    floats = [tensor.dtype.is_floating_point for tensor in examples]

    def chosen(take: Callable[[bool], bool]) -> list[torch.Tensor]:
        return [
            n if n is not None and take(is_float) else p
            for n, p, is_float in zip(new, plain, floats)
        ]

    kinds = {is_float for n, is_float in zip(new, floats) if n is not None}
    result = [chosen(lambda is_float: True)] if kinds else []
    if len(kinds) == 2:
        result.append(chosen(lambda is_float: is_float))
        result.append(chosen(lambda is_float: not is_float))
    return result


def _assignments(
    traced: dict[str, int], sizes: dict[str, Sequence[int]]
) -> list[dict[str, int]]:
    """Sizes of the open dimensions: others, larger ones, and one."""
    if unknown := set(sizes) - set(traced):
        raise ValueError(
            f"sizes names {', '.join(sorted(unknown))}; the open dimensions are "
            f"{', '.join(traced) or 'none'}"
        )
    choices: dict[str, Sequence[int]] = {}
    for i, (name, size) in enumerate(traced.items()):
        choices[name] = sizes.get(name) or [size + 1 + i, 2 * size, 1]
    count = max(map(len, choices.values()), default=0)
    assignments = []
    for k in range(count):
        assignments.append({n: c[min(k, len(c) - 1)] for n, c in choices.items()})
    return [a for a in assignments if a != traced or sizes]


def resample(
    example: torch.Tensor, shape: Sequence[int], generator: torch.Generator
) -> torch.Tensor:
    """Another tensor like ``example`` with this shape.

    Numbers are new, of the same distribution. What looks like a mask (booleans, zeros
    and ones, few values or infinite ones) is the example again, repeated or cropped,
    because random masks are often meaningless.
    """
    if example.numel() == 0 or _is_mask(example):
        return _fit(example, shape)
    if not example.dtype.is_floating_point and not example.is_complex():
        return _integers(*_range(example), shape, example.dtype, generator)
    if example.is_complex():
        noise = torch.randn(tuple(shape), generator=generator, dtype=torch.complex64)
        return noise.to(example.dtype)
    values = example.to(torch.float32)
    noise = torch.randn(tuple(shape), generator=generator)
    spread = float(values.std()) if values.numel() > 1 else 1.0
    sample = noise * (spread or 1.0) + float(values.mean())
    return sample.clamp(float(values.min()), float(values.max())).to(example.dtype)


def larger(example: torch.Tensor, generator: torch.Generator) -> torch.Tensor | None:
    """A tensor whose largest magnitudes are twice those of ``example``.

    Signs stay: what has no negative numbers gets none. A single integer is the next
    one, a single truth value the other one; zeros and ones gain one larger number.
    None if ``example`` has to stay as it is.
    """
    if not _has_range(example):
        return ~example if example.dtype == torch.bool and _is_single(example) else None
    low, high = _range(example)
    if not example.dtype.is_floating_point:
        # Of indices, which these may be, only smaller ones are known to be valid.
        is_index = not _is_single(example) and not _is_mask(example)
        if is_index or high + 1 > torch.iinfo(example.dtype).max:
            return None
        result = example.clone(memory_format=torch.contiguous_format)
        result.view(-1)[int(example.to(torch.int64).argmax())] = high + 1
        return result
    if low == high == 0:
        noise = torch.rand(example.shape, generator=generator)
        return (noise + 0.5).to(example.dtype)
    if _is_mask(example) and low < high:
        return None
    result = 2 * resample(example, example.shape, generator).contiguous()
    result.view(-1)[0] = 2 * high
    result.view(-1)[-1] = 2 * (low if low < 0 and not _is_single(example) else high)
    return result


def smaller(example: torch.Tensor, generator: torch.Generator) -> torch.Tensor | None:
    """A tensor that goes below the range of ``example``, or leaves out its largest.

    Floats that are never negative get both signs. Integers have smaller values, but
    no negative ones if there were none. None if ``example`` has to stay as it is.
    """
    if not _has_range(example):
        return None
    low, high = _range(example)
    if example.dtype.is_floating_point:
        result = larger(example, generator) if low >= 0 else None
        if result is None:
            return None
        signs = torch.randint(0, 2, result.shape, generator=generator) * 2 - 1
        signs.view(-1)[0] = -1
        return result * signs.to(result.dtype)
    if _is_single(example):
        return torch.full_like(example, low - 1) if low else None
    low = min(low, 0) if low >= 0 else low
    if _is_mask(example) or high - 1 < low:
        return None
    return _integers(low, high - 1, example.shape, example.dtype, generator)


def _integers(
    low: int,
    high: int,
    shape: Sequence[int],
    dtype: torch.dtype,
    generator: torch.Generator,
) -> torch.Tensor:
    sample = torch.randint(
        low, high + 1, tuple(shape), generator=generator, dtype=torch.int64
    )
    return sample.to(dtype)


def _has_range(example: torch.Tensor) -> bool:
    """Whether there are finite numbers smaller or larger than those of ``example``."""
    if example.numel() == 0 or example.is_complex() or example.dtype == torch.bool:
        return False
    if not example.dtype.is_floating_point:
        return True
    return example.dtype.itemsize > 1 and bool(torch.isfinite(example).all())


def _range(example: torch.Tensor) -> tuple[float, float]:
    """The smallest and the largest number, integers as such."""
    if example.dtype.is_floating_point:
        return float(example.min()), float(example.max())
    values = example.to(torch.int64)
    return int(values.min()), int(values.max())


def _is_single(example: torch.Tensor) -> bool:
    return example.numel() == 1


def _is_mask(example: torch.Tensor) -> bool:
    if example.dtype == torch.bool:
        return True
    if example.is_complex():
        return False
    if example.dtype.is_floating_point:
        # Numbers of eight bits are few whatever they mean.
        if example.dtype.itemsize == 1:
            return False
        if not bool(torch.isfinite(example).all()):
            return True
        return example.numel() > 8 and example.unique().numel() <= 2
    return bool(((example == 0) | (example == 1)).all())


def _fit(example: torch.Tensor, shape: Sequence[int]) -> torch.Tensor:
    """``example`` repeated and cropped to ``shape``."""
    result = example
    for axis, size in enumerate(shape):
        if result.shape[axis] == size:
            continue
        if result.shape[axis] == 0:
            blank = list(result.shape)
            blank[axis] = size
            result = result.new_zeros(blank)
            continue
        index = torch.arange(size) % result.shape[axis]
        result = result.index_select(axis, index)
    return result.clone()


class NaNWatch(TorchDispatchMode):
    """Notes whether PyTorch computes a NaN while this is entered."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        # Memory that is not written yet may hold anything.
        if not self.seen and "empty" not in func.__name__:
            self.seen = any(map(_has_nan, pytree.tree_leaves(result)))
        return result


def _has_nan(value: Any) -> bool:
    if not isinstance(value, torch.Tensor) or value.layout != torch.strided:
        return False
    is_real = value.dtype.is_floating_point or value.is_complex()
    return is_real and bool(torch.isnan(value).any())
