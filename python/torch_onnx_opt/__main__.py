"""``python -m torch_onnx_opt``: a ``.pt``, or a class and its weights, to ONNX."""

import argparse
import contextlib
import dataclasses
import importlib
import pathlib
import pickle
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import nn

from ._compiler import ConversionError, ConversionWarning, describe_file
from ._export import export
from ._signature import DTYPE_NAMES, Dim
from .verification import VerificationError

#: Both "f32" and "float32" name a type.
_DTYPES = {name: dtype for dtype, name in DTYPE_NAMES.items()}
_DTYPES |= {str(dtype).removeprefix("torch."): dtype for dtype in DTYPE_NAMES}


class UsageError(Exception):
    """What is wrong with the command line or a file, for its user."""


@dataclasses.dataclass
class InputSpec:
    """One ``--input``: ``[name=]dim,dim,…[:dtype]``."""

    name: str | None
    dims: list[Dim]
    dtype: torch.dtype

    @staticmethod
    def parse(text: str) -> "InputSpec":
        """Reads ``name=batch,3,224,224:f32``; raises UsageError."""
        name, equals, rest = text.rpartition("=")
        shape, colon, dtype = rest.partition(":")
        dtype = dtype if colon else "f32"
        if dtype not in _DTYPES:
            raise UsageError(
                f"--input {text}: unknown type {dtype!r}; known are "
                + ", ".join(DTYPE_NAMES.values())
            )
        if shape.startswith("[") and shape.endswith("]"):
            shape = shape[1:-1]
        dims: list[Dim] = []
        for dim in filter(None, (part.strip() for part in shape.split(","))):
            if dim.isdigit():
                dims.append(int(dim))
            elif re.fullmatch(r"[A-Za-z_]\w*", dim):
                dims.append(dim)
            else:
                raise UsageError(
                    f"--input {text}: {dim!r} is neither a size nor the name of one"
                )
        if equals and not name:
            raise UsageError(f"--input {text}: the name before '=' is empty")
        return InputSpec(name or None, dims, _DTYPES[dtype])

    def example(self, sizes: dict[str, int]) -> torch.Tensor:
        """A tensor of this shape and type."""
        shape = [sizes[dim] if isinstance(dim, str) else dim for dim in self.dims]
        if self.dtype.is_floating_point or self.dtype.is_complex:
            return torch.randn(shape).to(self.dtype)
        # Zeros and ones are valid as indices, masks and counts.
        return torch.randint(0, 2, shape).to(self.dtype)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="python -m torch_onnx_opt",
        description="Converts a PyTorch model to ONNX.",
        epilog="""examples:
  python -m torch_onnx_opt model.pt --verify
  python -m torch_onnx_opt model.pt --input image=batch,3,224,224 -o model.onnx
  python -m torch_onnx_opt --model nets:Net --weights net.pth --input 1,3,28,28""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    result.add_argument(
        "file", nargs="?", help="a TorchScript archive (.pt), from torch.jit.save"
    )
    result.add_argument("-o", "--output", metavar="FILE", help="the ONNX file to write")
    result.add_argument(
        "--model",
        metavar="PACKAGE.MODULE:CLASS",
        help="a class or function that makes the model when called without arguments",
    )
    result.add_argument(
        "--weights", metavar="FILE", help="a state_dict (.pth) for --model"
    )
    result.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="[NAME=]DIMS[:TYPE]",
        help="shape of an input, once for each, such as x=batch,3,224,224:f32; "
        "a name in place of a size leaves that dimension open. For a .pt, the "
        "default is the shapes that it was traced with",
    )
    result.add_argument(
        "--size",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="size of an open dimension while tracing (default: 2, 3, …)",
    )
    result.add_argument(
        "--output-name", action="append", metavar="NAME", help="name of an output"
    )
    result.add_argument("--opset", type=int, default=20, help="11 to 26 (default: 20)")
    result.add_argument(
        "--verify", action="store_true", help="compare ONNX Runtime with PyTorch"
    )
    result.add_argument(
        "--decompositions",
        action="append",
        default=[],
        metavar="FILE",
        help="decompositions (.mlir) that add to or replace the built-in ones",
    )
    result.add_argument(
        "--custom-domain",
        action="append",
        default=[],
        metavar="LIBRARY=DOMAIN[:VERSION]",
        help="keep the operators of a library as operators of this ONNX domain",
    )
    result.add_argument(
        "--external-data",
        action="store_true",
        help="keep the weights in a file beside the model",
    )
    result.add_argument(
        "--explain", action="store_true", help="say which rewrite fired where"
    )
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        with _plain_warnings():
            return _run(options)
    except ConversionError as error:
        # Its diagnostics say where they are from, and that they are errors.
        for text in (error.explanation, error.diagnostics):
            if text:
                print(text, file=sys.stderr)
    except (UsageError, VerificationError) as error:
        print(f"error: {error}", file=sys.stderr)
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
    return 1


@contextlib.contextmanager
def _plain_warnings() -> Iterator[None]:
    """Prints the compiler's warnings as they are, without a line of this package."""
    with warnings.catch_warnings():
        others = warnings.showwarning

        def show(message, category, *rest, **keywords):
            if issubclass(category, ConversionWarning):
                print(message, file=sys.stderr)
            else:
                others(message, category, *rest, **keywords)

        warnings.simplefilter("always", ConversionWarning)
        warnings.showwarning = show
        yield


def _run(options: argparse.Namespace) -> int:
    specs = [InputSpec.parse(text) for text in options.input]
    domains = _custom_domains(options.custom_domain)
    sizes = _sizes(specs, options.size)
    if options.model:
        model, source = _from_class(options, specs), options.weights
        source = source or options.model.partition(":")[2]
    elif options.file:
        model, source = _from_archive(pathlib.Path(options.file)), options.file
    else:
        raise UsageError("nothing to convert: give a .pt, or --model and --weights")

    torch.manual_seed(0)
    if specs:
        args: tuple | None = tuple(spec.example(sizes) for spec in specs)
    else:
        args = _traced_inputs(options.file)
        if args is None and options.verify:
            raise UsageError(
                f"{options.file} keeps no example inputs, which --verify needs: "
                "give every input's shape with --input"
            )
    names = [spec.name for spec in specs]
    if any(names) and not all(names):
        raise UsageError("name every --input or none")
    if specs and not all(names):
        names = (
            [f"input_{i}" for i in range(len(specs))] if len(specs) > 1 else ["input"]
        )
    axes = {
        name: {i: dim for i, dim in enumerate(spec.dims) if isinstance(dim, str)}
        for name, spec in zip(names, specs)
    }
    result = export(
        model,
        args,
        options.output or pathlib.Path(source).with_suffix(".onnx").name,
        input_names=names or None,
        output_names=options.output_name,
        dynamic_axes=axes if specs else None,
        opset_version=options.opset,
        verify={"label": "random inputs"} if options.verify else False,
        decompositions=options.decompositions,
        custom_domains=domains,
        external_data=options.external_data,
        explain=options.explain,
    )
    if result.explanation:
        print(result.explanation.rstrip(), file=sys.stderr)
    print(result)
    return 0


def _custom_domains(texts: Sequence[str]) -> dict[str, tuple[str, int]]:
    domains = {}
    for text in texts:
        match = re.fullmatch(r"(\w+)=([\w.-]+)(?::(\d+))?", text)
        if not match:
            raise UsageError(
                f"--custom-domain {text}: expected LIBRARY=DOMAIN[:VERSION], such as "
                "mylib=my.domain:1"
            )
        domains[match[1]] = (match[2], int(match[3] or 1))
    return domains


def _sizes(specs: Sequence[InputSpec], texts: Sequence[str]) -> dict[str, int]:
    """A size for every open dimension."""
    symbols = dict.fromkeys(d for s in specs for d in s.dims if isinstance(d, str))
    sizes = {symbol: 2 + i for i, symbol in enumerate(symbols)}
    for text in texts:
        match = re.fullmatch(r"(\w+)=(\d+)", text)
        if not match or match[1] not in sizes:
            raise UsageError(
                f"--size {text}: expected NAME=SIZE for an open dimension of an --input"
            )
        sizes[match[1]] = int(match[2])
    return sizes


def _from_class(options: argparse.Namespace, specs: Sequence[InputSpec]) -> nn.Module:
    """The model that --model makes, with the weights of --weights."""
    module_name, colon, attribute = options.model.partition(":")
    if not colon or not attribute or not module_name:
        raise UsageError(
            f"--model {options.model}: expected PACKAGE.MODULE:CLASS, such as nets:Net"
        )
    if options.file:
        raise UsageError("give a .pt or --model, not both")
    if not specs:
        raise UsageError(
            "--model needs --input for every input of the model, such as "
            "--input 1,3,224,224"
        )
    sys.path.insert(0, "")
    try:
        target: Any = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        raise UsageError(f"--model {options.model}: {error}") from None
    for part in attribute.split("."):
        if not hasattr(target, part):
            raise UsageError(
                f"--model {options.model}: {module_name} has no {attribute}"
            )
        target = getattr(target, part)
    if isinstance(target, nn.Module):
        model = target
    else:
        try:
            model = target()
        except TypeError as error:
            raise UsageError(
                f"--model {options.model}: it must be callable without arguments "
                f"(a function in your module can call it with some): {error}"
            ) from None
    if not isinstance(model, nn.Module):
        raise UsageError(
            f"--model {options.model}: made a {type(model).__name__}, not an nn.Module"
        )
    if options.weights:
        _load_weights(model, pathlib.Path(options.weights))
    return model


def _load_weights(model: nn.Module, path: pathlib.Path) -> None:
    _check_file(path)
    kind, why = describe_file(str(path))
    if kind == "torchscript":
        raise UsageError(
            f"{path} is a whole TorchScript model, not weights: "
            f"python -m torch_onnx_opt {path}"
        )
    expected = (
        f"{path} does not hold a state_dict (torch.save(model.state_dict(), ...))"
    )
    if kind not in ("weights", "legacy"):
        raise UsageError(f"{expected}: it {why or 'is no file of torch.save'}")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, KeyError) as error:
        raise UsageError(f"{expected}: {_first_sentence(error)}") from None
    for key in ("state_dict", "model_state_dict", "model"):
        if isinstance(state, dict) and isinstance(state.get(key), dict):
            state = state[key]
    if not isinstance(state, dict) or not all(
        isinstance(value, torch.Tensor) for value in state.values()
    ):
        raise UsageError(f"{path} does not hold a state_dict of tensors")
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        raise UsageError(
            f"{path} does not fit {type(model).__name__}: {error}"
        ) from None


def _check_file(path: pathlib.Path) -> None:
    if not path.exists():
        raise UsageError(f"{path}: no such file")
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file")
    if path.stat().st_size == 0:
        raise UsageError(f"{path} is empty")


def _first_sentence(error: Exception) -> str:
    """What PyTorch says first, without the colours of a terminal."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip()
    return re.split(r"(?<=\.)\s|\n", text)[0] or type(error).__name__


def _from_archive(path: pathlib.Path) -> torch.jit.ScriptModule:
    """The TorchScript module in ``path``, or a UsageError that says what it is."""
    _check_file(path)
    kind, why = describe_file(str(path))
    if kind != "torchscript":
        why = why or "is no TorchScript archive, which torch.jit.save writes"
        raise UsageError(f"{path} {why}")
    try:
        return torch.jit.load(path, map_location="cpu")
    except RuntimeError as error:
        raise UsageError(f"{path} does not load: {error}") from None


def _traced_inputs(file: str) -> tuple[torch.Tensor, ...] | None:
    """Tensors of the shapes that a trace was made with, if its archive keeps them."""
    module = torch.jit.load(file, map_location="cpu", _restore_shapes=True)
    tensors = []
    for value in list(module.graph.inputs())[1:]:
        kind = value.type()
        sizes = kind.sizes() if isinstance(kind, torch._C.TensorType) else None
        if sizes is None:
            return None
        spec = InputSpec(None, list(sizes), kind.dtype() or torch.float32)
        tensors.append(spec.example({}))
    return tuple(tensors)


if __name__ == "__main__":
    sys.exit(main())
