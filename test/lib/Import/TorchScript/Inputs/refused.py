"""Writes archives that the importer refuses into sys.argv[1]."""

import sys

import torch
from torch import nn

folder = sys.argv[1]


class Buffer(nn.Module):
    def __init__(self, value):
        super().__init__()
        self.register_buffer("w", value)

    def forward(self, x):
        return self.w, x


def save(name, module):
    torch.jit.script(module).save(f"{folder}/{name}.pt")


save("sparse", Buffer(torch.eye(2).to_sparse()))
save("quantized", Buffer(torch.quantize_per_tensor(torch.ones(2), 0.5, 0, torch.quint8)))
save("meta", Buffer(torch.ones(2, device="meta")))
save("bits", Buffer(torch.empty(2, dtype=torch.bits8)))


class Counter(nn.Module):
    def __init__(self):
        super().__init__()
        self.count = 0

    def forward(self, x):
        self.count += 1
        return x + self.count


save("counter", Counter())


@torch.jit.script
class Pair:
    def __init__(self, x: torch.Tensor):
        self.x = x


class Objects(nn.Module):
    def forward(self, x):
        return Pair(x).x


save("objects", Objects())


class NoForward(nn.Module):
    @torch.jit.export
    def other(self, x):
        return x


save("no-forward", NoForward())
