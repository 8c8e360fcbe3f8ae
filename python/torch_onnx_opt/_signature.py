"""A model's inputs and outputs as flat lists of named tensors."""

import dataclasses
import inspect
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.utils import _pytree as pytree

#: The compiler's names of the element types.
DTYPE_NAMES = {
    torch.float16: "f16",
    torch.bfloat16: "bf16",
    torch.float32: "f32",
    torch.float64: "f64",
    torch.int8: "i8",
    torch.int16: "i16",
    torch.int32: "i32",
    torch.int64: "i64",
    torch.uint8: "u8",
    torch.uint16: "u16",
    torch.uint32: "u32",
    torch.uint64: "u64",
    torch.bool: "bool",
    torch.complex64: "c64",
    torch.complex128: "c128",
    torch.float8_e4m3fn: "f8e4m3fn",
    torch.float8_e5m2: "f8e5m2",
}

Dim = int | str
DynamicAxes = dict[str, dict[int, str] | Sequence[int]]


def _is_tensor(value: Any) -> bool:
    return isinstance(value, torch.Tensor)


def _key(entry: Any) -> str:
    """One step of a path into nested containers, as a part of a name."""
    for attribute in ("idx", "key", "name"):
        if hasattr(entry, attribute):
            return str(getattr(entry, attribute))
    return str(entry)


def _forward_signature(model: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(model.forward)
    except (TypeError, ValueError):
        return None


def normalize_arguments(
    model: nn.Module, args: Any, kwargs: dict[str, Any] | None
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """``args`` as a tuple and ``kwargs`` in the order of the signature.

    As in ``torch.onnx.export``, one value needs no tuple around it, and a dict at
    the end of ``args`` holds keyword arguments when the model's ``forward`` has
    parameters of those names.
    """
    if args is None:
        args = ()
    if isinstance(args, list):
        args = tuple(args)
    if not isinstance(args, tuple):
        args = (args,)
    parameters = _parameter_names(model)
    if kwargs is None:
        kwargs = {}
        if args and isinstance(args[-1], dict) and parameters is not None:
            free = parameters[len(args) - 1 :]
            if args[-1] and all(key in free for key in args[-1]):
                kwargs = args[-1]
                args = args[:-1]
    order = {name: i for i, name in enumerate(parameters or ())}
    kwargs = dict(
        sorted(kwargs.items(), key=lambda item: order.get(item[0], len(order)))
    )
    return args, kwargs


def _parameter_names(model: nn.Module) -> list[str] | None:
    if isinstance(model, torch.jit.ScriptModule):
        return [argument.name for argument in model.forward.schema.arguments[1:]]
    signature = _forward_signature(model)
    return None if signature is None else list(signature.parameters)


def check_call(model: nn.Module, args: tuple, kwargs: dict[str, Any]) -> None:
    """Says which arguments ``forward`` lacks, before anything runs."""
    if isinstance(model, torch.jit.ScriptModule):
        arguments = model.forward.schema.arguments[1:]
        given = set(kwargs) | {argument.name for argument in arguments[: len(args)]}
        missing = [
            argument.name
            for argument in arguments
            if argument.name not in given and not argument.has_default_value()
        ]
        if len(args) > len(arguments):
            raise TypeError(
                f"the model takes {len(arguments)} inputs, args has {len(args)}"
            )
        if missing:
            raise TypeError(f"args and kwargs lack the model's {', '.join(missing)}")
        return
    signature = _forward_signature(model)
    if signature is not None:
        try:
            signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(
                f"args and kwargs do not fit {type(model).__name__}.forward{signature}: "
                f"{error}"
            ) from None


@dataclasses.dataclass
class Inputs:
    """The arguments of one call, their tensors in a flat, named list."""

    names: list[str]
    tensors: list[torch.Tensor]
    _leaves: list[Any]
    _spec: pytree.TreeSpec

    @staticmethod
    def of(model: nn.Module, args: tuple, kwargs: dict[str, Any]) -> "Inputs":
        """The inputs of ``model(*args, **kwargs)``."""
        parameters = _positional_names(model, len(args))
        leaves, spec = pytree.tree_flatten((args, kwargs))
        paths, _ = pytree.tree_flatten_with_path((args, kwargs))
        names = []
        for path, leaf in paths:
            if not _is_tensor(leaf):
                continue
            position, argument, *rest = path
            first = parameters[argument.idx] if position.idx == 0 else _key(argument)
            names.append("_".join([first, *map(_key, rest)]))
        tensors = [leaf for leaf in leaves if _is_tensor(leaf)]
        names = unique(names)
        for name, tensor in zip(names, tensors):
            if tensor.layout != torch.strided:
                layout = str(tensor.layout).removeprefix("torch.")
                raise TypeError(
                    f"the input {name!r} has the layout {layout}; ONNX takes dense "
                    "tensors: pass to_dense() of it"
                )
        return Inputs(names, tensors, leaves, spec)

    def call(self, tensors: Sequence[torch.Tensor]) -> tuple[tuple, dict[str, Any]]:
        """``(args, kwargs)`` with other tensors in the place of these."""
        replacement = iter(tensors)
        leaves = [next(replacement) if _is_tensor(v) else v for v in self._leaves]
        return pytree.tree_unflatten(leaves, self._spec)


def _positional_names(model: nn.Module, count: int) -> list[str]:
    """The names of the first ``count`` positional parameters of ``forward``."""
    names: list[str] = []
    if isinstance(model, torch.jit.ScriptModule):
        names = _parameter_names(model) or []
    elif signature := _forward_signature(model):
        for parameter in signature.parameters.values():
            if parameter.kind is parameter.VAR_POSITIONAL:
                rest = count - len(names)
                names += [f"{parameter.name}_{i}" for i in range(rest)]
            elif parameter.kind is not parameter.KEYWORD_ONLY:
                names.append(parameter.name)
    names += [f"input_{i}" for i in range(len(names), count)]
    return names[:count]


def flatten_outputs(value: Any) -> tuple[list[str], list[torch.Tensor]]:
    """The tensors of what a model returned, and a name for each.

    None is no output; numbers become tensors without dimensions.
    """
    paths, _ = pytree.tree_flatten_with_path(_open(value))
    names, tensors = [], []
    for path, leaf in paths:
        if leaf is None:
            continue
        if isinstance(leaf, (bool, int, float, complex)):
            leaf = torch.as_tensor(leaf)
        if not _is_tensor(leaf):
            raise TypeError(
                f"the model returns a {type(leaf).__name__}; ONNX outputs are tensors"
            )
        steps = [_key(entry) for entry in path]
        if not steps or steps[0].isdigit():
            steps.insert(0, "output")
        names.append("_".join(steps))
        tensors.append(leaf)
    return unique(names), tensors


def _open(value: Any) -> Any:
    """Dataclasses and mappings unknown to pytree as dicts, at any depth."""
    if dataclasses.is_dataclass(value) and not isinstance(value, (type, dict)):
        return {
            f.name: _open(getattr(value, f.name)) for f in dataclasses.fields(value)
        }
    if isinstance(value, dict) or hasattr(value, "to_tuple"):
        return {str(key): _open(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {name: _open(item) for name, item in zip(value._fields, value)}
    if isinstance(value, (list, tuple)):
        return [_open(item) for item in value]
    return value


def unique(names: Sequence[str]) -> list[str]:
    """``names`` with a number after each that occurred before."""
    taken: set[str] = set()
    result = []
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            candidate = f"{name}_{number}"
            number += 1
        taken.add(candidate)
        result.append(candidate)
    return result


def check_names(names: Sequence[str], what: str) -> None:
    """Raises if ``names``, the argument called ``what``, is no list of distinct names."""
    if isinstance(names, str):
        raise TypeError(f"{what} is a list of names, not the string {names!r}")
    seen: set[str] = set()
    for name in names:
        if not isinstance(name, str) or not name:
            raise TypeError(f"{what} holds {name!r}, which is no name")
        if name in seen:
            raise ValueError(f"{what} repeats {name}")
        seen.add(name)


def choose_names(
    given: Sequence[str] | None, default: Sequence[str], what: str
) -> list[str]:
    """The user's names, and the default ones for the rest."""
    if given is None:
        return list(default)
    check_names(given, what)
    return list(given) + unique(list(given) + list(default[len(given) :]))[len(given) :]


def symbolic_shapes(
    names: Sequence[str],
    shapes: Sequence[Sequence[int]],
    dynamic_axes: DynamicAxes | None,
    output_names: Sequence[str] = (),
) -> list[list[Dim]]:
    """The shape of each input, with the name of every dimension that is left open.

    One name stands for one size: inputs that share a name must agree on it.
    """
    result: list[list[Dim]] = [list(shape) for shape in shapes]
    sizes: dict[str, tuple[int, str]] = {}
    position = {name: i for i, name in enumerate(names)}
    if dynamic_axes is not None and not isinstance(dynamic_axes, dict):
        raise TypeError(
            f"dynamic_axes is {dynamic_axes!r}; expected a dict by input name, such "
            f'as {{"{names[0] if names else "x"}": {{0: "batch"}}}}'
        )
    for name, axes in (dynamic_axes or {}).items():
        if name not in position:
            if name in output_names:
                continue  # The compiler derives the dimensions of outputs.
            known = ", ".join([*names, *output_names])
            raise ValueError(
                f"dynamic_axes names {name!r}, but the model's inputs and outputs "
                f"are {known}"
            )
        shape = result[position[name]]
        if not isinstance(axes, (dict, list, tuple, set)) or not all(
            isinstance(axis, int) for axis in axes
        ):
            raise TypeError(
                f"dynamic_axes[{name!r}] is {axes!r}; expected names by axis, such as "
                '{0: "batch"}, or a list of axes, such as [0]'
            )
        if not isinstance(axes, dict):
            axes = {axis: f"{name}_dim_{axis % max(len(shape), 1)}" for axis in axes}
        for axis, symbol in axes.items():
            if not -len(shape) <= axis < len(shape):
                raise ValueError(
                    f"dynamic_axes names axis {axis} of {name!r}, which has "
                    f"{len(shape)} dimensions"
                )
            axis %= len(shape)
            symbol = _identifier(symbol)
            size = shapes[position[name]][axis]
            other, owner = sizes.setdefault(symbol, (size, name))
            if other != size:
                raise ValueError(
                    f"the dimension {symbol!r} is {other} in {owner!r} and {size} in "
                    f"{name!r}; sizes that differ need names that differ"
                )
            shape[axis] = symbol
    return result


def _identifier(name: str) -> str:
    """``name`` with what cannot stand in a symbol replaced by underscores."""
    text = "".join(c if c.isalnum() or c == "_" else "_" for c in str(name))
    return text if text and not text[0].isdigit() else f"_{text}"
