"""One linear layer whose batch size is left open."""

import torch
from torch import nn

import torch_onnx_opt


def example():
    return dict(
        model=nn.Linear(256, 128),
        args=(torch.randn(4, 256),),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}},
        opset_version=13,
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="linear.onnx", verify=True, **example()))
