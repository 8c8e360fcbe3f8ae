"""``python -m torch_onnx_opt``: a ``.pt``, or a class and its weights, to ONNX."""

import argparse
import contextlib
import dataclasses
import importlib
import inspect
import os
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
from ._messages import essence, first_line
from ._signature import (
    DTYPE_NAMES,
    Dim,
    Inputs,
    check_call,
    check_names,
    choose_names,
    normalize_arguments,
)
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
    #: None if it was not given.
    dtype: torch.dtype | None
    #: What was given.
    text: str = ""

    @staticmethod
    def parse(text: str) -> "InputSpec":
        """Reads ``name=batch,3,224,224:f32``; raises UsageError."""
        name, equals, rest = text.rpartition("=")
        shape, colon, dtype = rest.partition(":")
        if colon and dtype not in _DTYPES:
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
        return InputSpec(name or None, dims, _DTYPES[dtype] if colon else None, text)

    def example(self, sizes: dict[str, int]) -> torch.Tensor:
        """A tensor of this shape and type, which is f32 unless it is given."""
        dtype = self.dtype or torch.float32
        shape = [sizes[dim] if isinstance(dim, str) else dim for dim in self.dims]
        if dtype.is_floating_point or dtype.is_complex:
            return torch.randn(shape).to(dtype)
        # Zeros and ones are valid as indices, masks and counts.
        return torch.randint(0, 2, shape).to(dtype)


@dataclasses.dataclass
class DynamicAxis:
    """One ``name:dim[=symbol]`` of ``--dynamic``."""

    name: str
    axis: int
    symbol: str
    text: str

    @staticmethod
    def parse(text: str) -> "DynamicAxis":
        """Reads ``image:0=batch``; raises UsageError."""
        place, _, symbol = map(str.strip, text.partition("="))
        name, _, axis = map(str.strip, place.rpartition(":"))
        if not name or not re.fullmatch(r"-?\d+", axis):
            raise UsageError(
                f"--dynamic {text}: '{text}' does not have the form input:axis=name, "
                "as in x:0=batch"
            )
        if symbol and not re.fullmatch(r"[A-Za-z_]\w*", symbol):
            raise UsageError(
                f"--dynamic {text}: {symbol!r} is no name for a dimension"
            )
        return DynamicAxis(name, int(axis), symbol, text)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    result = argparse.ArgumentParser(
        prog="python -m torch_onnx_opt",
        description="Converts a PyTorch model to ONNX.",
        # One option has one name, as in torch-onnx-opt.
        allow_abbrev=False,
        epilog="""examples:
  python -m torch_onnx_opt model.pt --verify
  python -m torch_onnx_opt model.pt --dynamic image:0=batch -o model.onnx
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
        "a name in place of a size leaves that dimension open. Without NAME, inputs "
        "are taken in order. For a .pt, shapes and types default to those that it "
        "was traced with; else the type is f32",
    )
    result.add_argument(
        "--size",
        action="append",
        default=[],
        metavar="NAME=SIZE",
        help="size of an open dimension while tracing (default: 2, 3, …)",
    )
    result.add_argument(
        "--dynamic",
        action="append",
        default=[],
        metavar="NAME:DIM[=SYMBOL],...",
        help="dimensions of inputs that vary, such as ids:0=batch,ids:1=seq",
    )
    result.add_argument(
        "--input-names",
        action="append",
        default=[],
        metavar="NAME,...",
        help="what the inputs are called, in order; further names go to the parameters",
    )
    result.add_argument(
        "--output-names",
        action="append",
        default=[],
        metavar="NAME,...",
        help="what the outputs are called, in order",
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
    except VerificationError as error:
        error.report.print()
        print(f"error: {first_line(error)}", file=sys.stderr)
    except (
        UsageError,
        OSError,
        ValueError,
        TypeError,
        ImportError,
        IndexError,
        RuntimeError,
    ) as error:
        print(f"error: {essence(error)}", file=sys.stderr)
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
    dynamic = [DynamicAxis.parse(text) for text in _parts(options.dynamic)]
    input_names = _parts(options.input_names)
    output_names = _parts(options.output_names)
    domains = _custom_domains(options.custom_domain)
    sizes = _sizes(specs, options.size)
    if options.model:
        model, source = _from_class(options, specs), options.weights
        source = source or options.model.partition(":")[2]
    elif options.file:
        model, source = _from_archive(pathlib.Path(options.file)), options.file
    else:
        raise UsageError("nothing to convert: give a .pt, or --model and --weights")
    output = options.output or pathlib.Path(source).with_suffix(".onnx").name
    _check_output(output, [options.file, options.weights])

    torch.manual_seed(0)
    arguments = _Arguments.of(model, specs, sizes, options.file, input_names)
    if arguments is None and (options.verify or dynamic):
        raise UsageError(
            f"{options.file} keeps no example inputs, which "
            f"{'--verify' if options.verify else '--dynamic'} needs: give every "
            "input's shape with --input"
        )
    try:
        result = export(
            model,
            arguments and arguments.args,
            output,
            kwargs=arguments and arguments.kwargs,
            input_names=input_names or None,
            output_names=output_names or None,
            dynamic_axes=arguments and arguments.axes(input_names, dynamic),
            opset_version=options.opset,
            verify={"label": "random inputs"} if options.verify else False,
            decompositions=options.decompositions,
            custom_domains=domains,
            external_data=options.external_data,
            explain=options.explain,
        )
    except (RuntimeError, IndexError) as error:
        untyped = arguments and arguments.float_by_default
        if isinstance(error, ConversionError) or not untyped:
            raise
        if not re.search(r"(?i)\b(long|int64|longtensor)\b", str(error)):
            raise
        raise UsageError(
            f"{essence(error)}\nnote: an --input without a type is f32; for integers, "
            f"write it with one: --input {untyped[0].text}:i64"
        ) from None
    if result.explanation:
        print(result.explanation.rstrip(), file=sys.stderr)
    print(result)
    return 0


def _parts(texts: Sequence[str]) -> list[str]:
    """What repeated options hold between their commas."""
    return [part.strip() for text in texts for part in text.split(",")]


def _check_output(output: str, sources: Sequence[str | None]) -> None:
    path = pathlib.Path(output)
    for source in filter(None, sources):
        if path.exists() and os.path.samefile(path, source):
            raise UsageError(f"the output '{output}' is the input")
    is_file = path.is_file() or not path.exists()
    if is_file and path.suffix.lower() != ".onnx":
        suffix = f", not {path.suffix}" if path.suffix else ""
        raise UsageError(
            f"cannot write '{output}': an ONNX model is called .onnx{suffix}"
        )


@dataclasses.dataclass
class _Arguments:
    """Example inputs for a model, and what was said of each."""

    args: tuple[torch.Tensor, ...]
    kwargs: dict[str, torch.Tensor]
    names: list[str]
    tensors: list[torch.Tensor]
    specs: list[InputSpec | None]
    #: The specifications that took f32 because nothing else is known.
    float_by_default: list[InputSpec]

    @staticmethod
    def of(
        model: nn.Module,
        specs: Sequence[InputSpec],
        sizes: dict[str, int],
        file: str | None,
        input_names: Sequence[str],
    ) -> "_Arguments | None":
        """Tensors of the shapes that were given, or that ``file`` was traced with.

        None if neither is known.
        """
        parameters = _parameters(model)
        traced = _traced_specs(file) if file else []
        if not specs and (not traced or None in traced):
            return None
        chosen = _by_parameter(specs, parameters, input_names)
        float_by_default = []
        for i, known in enumerate(traced):
            spec = chosen.setdefault(i, known) if known else chosen.get(i)
            if spec and known and spec.dtype is None:
                chosen[i] = dataclasses.replace(spec, dtype=known.dtype)
        tensors = {}
        for i, spec in chosen.items():
            tensors[i] = spec.example(sizes)
            if spec.dtype is None:
                float_by_default.append(spec)

        # Positional as long as none is left out, the others by their names.
        args, kwargs = [], {}
        keyword_only = _keyword_only(model)
        for i in sorted(tensors):
            name = parameters[i] if i < len(parameters) else ""
            if not name or (i == len(args) and name not in keyword_only):
                args.append(tensors[i])
            else:
                kwargs[name] = tensors[i]
        args, kwargs = normalize_arguments(model, tuple(args), kwargs)
        check_call(model, args, kwargs)
        inputs = Inputs.of(model, args, kwargs)
        spec_of = {id(tensor): chosen[i] for i, tensor in tensors.items()}
        return _Arguments(
            args,
            kwargs,
            inputs.names,
            inputs.tensors,
            [spec_of[id(tensor)] for tensor in inputs.tensors],
            float_by_default,
        )

    def axes(
        self, input_names: Sequence[str], dynamic: Sequence[DynamicAxis]
    ) -> dict[str, dict[int, str]]:
        """``dynamic_axes`` of export(), by the names that the inputs will have."""
        check_names(input_names, "--input-names")
        count = len(self.names)
        names = choose_names(input_names[:count], self.names, "--input-names")
        axes: list[dict[int, str]] = [
            {i: dim for i, dim in enumerate(spec.dims) if isinstance(dim, str)}
            for spec in self.specs
        ]
        for item in dynamic:
            if item.name not in [*names, *self.names]:
                raise UsageError(
                    f"--dynamic {item.text}: {_no_input(item.name, self.names)}"
                )
            position = (names if item.name in names else self.names).index(item.name)
            rank = self.tensors[position].dim()
            if not -rank <= item.axis < rank:
                raise UsageError(
                    f"--dynamic {item.text}: {item.name!r} has {rank} dimensions"
                )
            axis = item.axis % rank
            symbol = item.symbol or f"{names[position]}_dim_{axis}"
            axes[position][axis] = symbol
        return {name: named for name, named in zip(names, axes) if named}


def _by_parameter(
    specs: Sequence[InputSpec], parameters: list[str], input_names: Sequence[str]
) -> dict[int, InputSpec]:
    """Each specification by the parameter of ``forward`` that it is for."""
    result: dict[int, InputSpec] = {}
    for i, spec in enumerate(specs):
        if spec.name in parameters:
            i = parameters.index(spec.name)
        elif spec.name in input_names[: len(parameters)]:
            i = input_names.index(spec.name)
        elif spec.name:
            raise UsageError(
                f"--input {spec.text}: {_no_input(spec.name, parameters)}"
            )
        if i in result:
            name = parameters[i] if i < len(parameters) else f"input {i}"
            raise UsageError(f"--input {spec.text}: {name!r} is given twice")
        result[i] = spec
    return result


def _no_input(name: str, names: Sequence[str]) -> str:
    known = ", ".join(map(repr, names))
    are = "input is" if len(names) == 1 else "inputs are"
    return f"the model has no input {name!r}; its {are} {known or 'unknown'}"


def _parameters(model: nn.Module) -> list[str]:
    """The parameters of ``forward`` that have a name of their own."""
    if isinstance(model, torch.jit.ScriptModule):
        return [argument.name for argument in model.forward.schema.arguments[1:]]
    return [
        p.name
        for p in inspect.signature(model.forward).parameters.values()
        if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    ]


def _keyword_only(model: nn.Module) -> set[str]:
    if isinstance(model, torch.jit.ScriptModule):
        arguments = model.forward.schema.arguments
        return {argument.name for argument in arguments if argument.kwarg_only}
    parameters = inspect.signature(model.forward).parameters.values()
    return {p.name for p in parameters if p.kind is p.KEYWORD_ONLY}


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
    elif model is not target and model.state_dict():
        maker = "its constructor" if isinstance(target, type) else f"{attribute}()"
        print(
            f"warning: no --weights: the model has the weights of {maker}",
            file=sys.stderr,
        )
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
    """What PyTorch says first."""
    return re.split(r"(?<=\.)\s|\n", essence(error))[0]


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


def _traced_specs(file: str) -> list[InputSpec | None]:
    """The inputs that a trace was made with; None for what its archive doesn't keep."""
    module = torch.jit.load(file, map_location="cpu", _restore_shapes=True)
    specs: list[InputSpec | None] = []
    for value in list(module.graph.inputs())[1:]:
        kind = value.type()
        sizes = kind.sizes() if isinstance(kind, torch._C.TensorType) else None
        known = sizes is not None
        specs.append(InputSpec(None, list(sizes), kind.dtype()) if known else None)
    return specs


if __name__ == "__main__":
    sys.exit(main())
