"""Saves a model that uses the operator of examples/operator_library."""

import sys

import torch


class Clipped(torch.nn.Module):
    def forward(self, x):
        # The library is loaded where the model is traced.
        return torch.ops.cliplib.soft_clip(x, 0.5) + 1


library, path = sys.argv[1:]
torch.ops.load_library(library)
torch.jit.trace(Clipped(), torch.randn(2, 3)).save(path)
