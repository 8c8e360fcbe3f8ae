"""A custom torch.autograd.Function: its forward is what is exported."""

import torch
from torch import nn

import torch_onnx_opt


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        return 2 * x * grad


class Squares(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(8, 8)

    def forward(self, x):
        return Square.apply(self.linear(x)) + Square.apply(x)


def example():
    return dict(
        model=Squares(),
        args=(torch.randn(3, 8),),
        input_names=["x"],
        output_names=["y"],
        dynamic_axes={"x": {0: "batch"}},
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="autograd_function.onnx", verify=True, **example()))
