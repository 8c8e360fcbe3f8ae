"""Writes one file of each kind that torch.save and torch.jit.save make to argv[1]."""

import pathlib
import sys

import torch

folder = pathlib.Path(sys.argv[1])
model = torch.nn.Linear(3, 4)
torch.jit.trace(model, torch.ones(2, 3)).save(folder / "model.pt")
torch.save(model.state_dict(), folder / "weights.pth")
torch.save(model, folder / "pickled.pt")
(folder / "cut.pt").write_bytes((folder / "model.pt").read_bytes()[:1500])
# The start of an ONNX model: its IR version, and a graph longer than the file.
(folder / "cut.onnx").write_bytes(b"\x08\x09\x3a\xff\x7f\x0a\x10")
