"""Writes the TorchScript archives of the tests in this folder into sys.argv[1]."""

import sys

import torch
from torch import nn

folder = sys.argv[1]
torch.manual_seed(0)


def save(name, model, *example):
    module = torch.jit.trace(model.eval(), example, check_trace=False, strict=False)
    module.save(f"{folder}/{name}.pt")


class Shared(nn.Module):
    """One layer twice, a tied weight, a buffer, and weights of several layouts."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.head = nn.Linear(4, 4, bias=False)
        self.head.weight = self.layers[0].weight
        self.register_buffer("scale", torch.tensor(2.0, dtype=torch.float64))
        self.conv = nn.Conv2d(16, 2, 3).to(memory_format=torch.channels_last)
        self.strided = nn.Parameter(torch.arange(64.0).reshape(8, 8)[:, ::2])

    def forward(self, x, image):
        y = self.head(self.layers(self.layers(x)))
        return y * self.scale + 0.5, self.conv(image), self.strided.sum()


save("shared", Shared(), torch.randn(2, 4), torch.randn(1, 16, 5, 5))


class Containers(nn.Module):
    def forward(
        self,
        x,
        state: tuple[torch.Tensor, torch.Tensor],
        more: dict[str, torch.Tensor],
    ):
        return {"sum": x + state[0], "product": x * state[1]}, more["k"]


pair = torch.ones(1), torch.ones(2)
save("containers", Containers(), torch.ones(2), pair, {"k": torch.ones(3)})


class Scripted(nn.Module):
    """A branch that the configuration decides holds what has no form in ONNX."""

    def __init__(self):
        super().__init__()
        self.count = 0
        self.counting = False

    def forward(self, x, n: int = 3):
        if self.counting:
            self.count += 1
        parts = []
        for i in range(n):
            parts.append(x + i)
        return parts


torch.jit.script(Scripted()).save(f"{folder}/scripted.pt")
counting = Scripted()
counting.counting = True
torch.jit.script(counting).save(f"{folder}/counting.pt")


class Sparse(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("table", torch.eye(4).to_sparse())

    def forward(self, x):
        return torch.mm(self.table, x)


save("sparse", Sparse(), torch.randn(4, 4))

library = torch.library.Library("unknownlib", "DEF")
library.define("twice(Tensor x, float by) -> Tensor")
library.define("both(Tensor x) -> (Tensor, Tensor)")
library.impl("twice", lambda x, by: x * by, "CompositeExplicitAutograd")
library.impl("both", lambda x: (x + 1, x + 2), "CompositeExplicitAutograd")


class Custom(nn.Module):
    def forward(self, x):
        a, b = torch.ops.unknownlib.both(torch.ops.unknownlib.twice(x, 2.0))
        return a - b


save("custom", Custom(), torch.randn(2))

data = open(f"{folder}/shared.pt", "rb").read()
at = data.index(b"c__torch__")
open(f"{folder}/damaged.pt", "wb").write(data[:at] + b"x" * 40 + data[at + 40 :])
