"""The compiler, as a Python extension: found, loaded, and called."""

import functools
import importlib.machinery
import importlib.util
import os
import pathlib
import sys
from types import ModuleType
from typing import Any

import torch


class ConversionError(RuntimeError):
    """The model was not converted; the text says what is wrong and where."""

    def __init__(self, diagnostics: str, explanation: str = ""):
        super().__init__(diagnostics)
        #: Every error of the compiler, as it prints them.
        self.diagnostics = diagnostics
        #: If asked for, which rewrites fired before it failed.
        self.explanation = explanation
        if explanation:
            self.add_note(explanation)


class ConversionWarning(UserWarning):
    """The model was converted, but not to all that it says."""


def _folders() -> list[pathlib.Path]:
    """Where the extension may be, the first one first."""
    package = pathlib.Path(__file__).parent
    folders = [package]
    if folder := os.environ.get("TORCH_ONNX_OPT_NATIVE_DIR"):
        folders.insert(0, pathlib.Path(folder))
    build = package.parent.parent / "build" / "python"
    return folders + [build / "torch_onnx_opt", build]


@functools.cache
def native() -> ModuleType:
    """The extension module."""
    for folder in _folders():
        for suffix in importlib.machinery.EXTENSION_SUFFIXES:
            path = folder / f"_native{suffix}"
            if path.exists():
                name = f"{__package__}._native"
                spec = importlib.util.spec_from_file_location(name, path)
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                sys.modules[name] = module
                return module
    places = "\n".join(f"  {folder}" for folder in _folders())
    raise ImportError(
        "torch_onnx_opt's compiled part (_native) is not built; looked in\n"
        f"{places}\nBuild it with 'make', or name its folder in TORCH_ONNX_OPT_NATIVE_DIR."
    )


def convert_graph(
    graph: torch._C.Graph,
    weights: list[tuple[str, torch.Tensor]],
    options: dict[str, Any],
) -> dict[str, Any]:
    """Converts a traced graph whose last inputs are ``weights``."""
    return _call(native().export_graph, graph, weights, options)


def convert_module(
    module: torch.jit.ScriptModule, options: dict[str, Any]
) -> dict[str, Any]:
    """Converts the ``forward`` of a scripted or traced module."""
    return _call(native().export_module, module._c, "forward", options)


def _call(function: Any, *arguments: Any) -> dict[str, Any]:
    result = function(*arguments)
    if result["error"]:
        raise ConversionError(result["error"], result["explanation"].rstrip())
    return result


def describe_file(path: str) -> tuple[str, str]:
    """What a file is by its content, and why it can't be read as a model.

    The first is "torchscript", "weights" or "legacy" (``torch.save`` before zip
    files), or empty for all else. The second is empty for every kind of model, also
    for those that are no TorchScript.
    """
    return native().describe_file(path)
