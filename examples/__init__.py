"""Networks written the way their users write them, each in a file of its own.

Every file defines ``example()``, which returns the keyword arguments of
:func:`torch_onnx_opt.export`, and is a program that exports and verifies that
network. This package is the list of them for the tests and the benchmarks.
"""

import importlib.util
import pathlib
from typing import Any

import torch
from torch import nn

FOLDER = pathlib.Path(__file__).parent

#: The file and, where a file holds several networks, the function of each.
EXAMPLES = {
    "simple_cnn": ("simple_cnn", "example"),
    "linear": ("linear", "example"),
    "sequence": ("sequence", "example"),
    "autograd_function": ("autograd_function", "example"),
    "custom_operator": ("custom_operator", "example"),
    "custom_operator_decomposed": ("custom_operator", "decomposed_example"),
    "alexnet": ("alexnet", "example"),
    "resnet18": ("resnet", "example"),
    "resnet50": ("resnet", "resnet50_example"),
    "mobilenet_v2": ("mobilenet_v2", "example"),
    "unet": ("unet", "example"),
    "transformer_encoder": ("transformer_encoder", "example"),
    "bert": ("bert", "example"),
    "gpt2": ("gpt2", "example"),
    "lstm": ("lstm", "example"),
}

#: A TorchScript archive cannot hold these: they convert from the live module only.
LIVE_ONLY = ("autograd_function",)

_modules: dict[str, Any] = {}


def _file(name: str) -> Any:
    """The example file ``name`` as a module, executed once in a process."""
    if name not in _modules:
        spec = importlib.util.spec_from_file_location(
            f"examples.{name}", FOLDER / f"{name}.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        _modules[name] = module
    return _modules[name]


def load(name: str) -> dict[str, Any]:
    """The arguments of ``export()`` for one example, the same in every process."""
    file, function = EXAMPLES[name]
    torch.manual_seed(0)
    arguments = getattr(_file(file), function)()
    _settle_normalization(arguments["model"])
    return arguments


def _settle_normalization(model: nn.Module) -> None:
    """Gives every batch norm the statistics and the scale of a trained one.

    Fresh ones are the identity, which would hide a mistake in folding them.
    """
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            nn.init.uniform_(module.running_mean, -0.5, 0.5)
            nn.init.uniform_(module.running_var, 0.5, 2.0)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.5, 0.5)
