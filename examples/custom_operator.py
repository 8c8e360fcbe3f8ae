"""An operator of one's own, registered with torch.library, carried two ways.

Either it stays one node, in an ONNX domain of one's own, for a runtime that has
a kernel for it (``custom_operator_types.mlir`` tells the type of its result); or ``custom_operator.mlir`` says what it means in terms of ATen
operators, and the model runs anywhere.
"""

import pathlib

import torch
from torch import nn

import torch_onnx_opt

HERE = pathlib.Path(__file__).parent


@torch.library.custom_op("mylib::soft_clip", mutates_args=())
def soft_clip(x: torch.Tensor, limit: float) -> torch.Tensor:
    return limit * torch.tanh(x / limit)


@soft_clip.register_fake
def _(x, limit):
    return torch.empty_like(x)


class Clipped(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(16, 16)

    def forward(self, x):
        return soft_clip(self.linear(x), 0.5) + 1


def example():
    """The operator becomes ``my.domain.soft_clip``, version 1."""
    return dict(
        model=Clipped(),
        args=(torch.randn(2, 16),),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "batch"}},
        custom_domains={"mylib": ("my.domain", 1)},
        decompositions=[HERE / "custom_operator_types.mlir"],
    )


def decomposed_example():
    """The operator becomes what the text file says."""
    arguments = example()
    del arguments["custom_domains"]
    arguments["decompositions"] = [HERE / "custom_operator.mlir"]
    return arguments


if __name__ == "__main__":
    # ONNX Runtime has no kernel for my.domain, so this file is not verified.
    print(torch_onnx_opt.export(f="custom_operator.onnx", **example()))
    print(
        torch_onnx_opt.export(
            f="custom_operator_decomposed.onnx", verify=True, **decomposed_example()
        )
    )
