"""Branches and loops of scripted functions, lists, tuples, dicts and numbers."""

from typing import List

import torch
from torch import nn

from conformance import boolean, case, f32, i64, suite


@torch.jit.script
def branch(x: torch.Tensor) -> torch.Tensor:
    if x.sum() > 0:
        y = x + 1
    else:
        y = x * 2
    return y


@torch.jit.script
def branch_on_rank(x: torch.Tensor) -> torch.Tensor:
    if x.dim() == 2:
        return x.sum(1)
    return x


@torch.jit.script
def counted(x: torch.Tensor) -> torch.Tensor:
    for i in range(3):
        x = x * 2 + i
    return x


@torch.jit.script
def counted_by_size(x: torch.Tensor) -> torch.Tensor:
    total = torch.zeros_like(x[0])
    for i in range(x.size(0)):
        total = total + x[i]
    return total


@torch.jit.script
def until(x: torch.Tensor) -> torch.Tensor:
    while bool(x.max() < 100):
        x = x * 2 + 1
    return x


class Structured(nn.Module):
    """Containers in and out."""

    def forward(self, x, y):
        return {"sum": x + y, "pair": (x - y, [x * y])}


class ScriptedPart(nn.Module):
    """A traced module with a scripted child."""

    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)
        self.gate = torch.jit.script(Gate())

    def forward(self, x):
        return self.gate(self.linear(x))


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))

    def forward(self, x):
        if x.sum() > 0:
            return x * self.scale
        return x - self.scale


@torch.jit.script
def numbers(x: torch.Tensor) -> torch.Tensor:
    return x + torch.tensor([1, 2, 3]) * torch.tensor([0.5, 1.5, -2.0])


@torch.jit.script
def number_table(x: torch.Tensor) -> torch.Tensor:
    return x @ torch.tensor([[1.0, 2.0], [3.0, 4.0], [-5.0, 0.0]])


@torch.jit.script
def computed_numbers(x: torch.Tensor) -> torch.Tensor:
    return torch.tensor([[float(x.sum()), 2.0], [1.0, float(x.max())]])


@torch.jit.script
def sizes_as_tensor(x: torch.Tensor) -> torch.Tensor:
    return torch.tensor(x.shape) * 2


@torch.jit.script
def flags(x: torch.Tensor) -> torch.Tensor:
    return torch.tensor([True, False, True]) | (x > 0)


@torch.jit.script
def no_numbers(x: torch.Tensor) -> torch.Tensor:
    empty: List[float] = []
    return torch.cat([torch.tensor(empty), x])


@torch.jit.script
def as_tensors(x: torch.Tensor) -> torch.Tensor:
    whole = torch.as_tensor(x, dtype=torch.int64) + torch.as_tensor(x.size(0))
    return torch.as_tensor(2.5) * whole + torch.as_tensor([1, 2, 3], dtype=torch.float32)


test_list_tensor = suite(
    case("numbers", numbers, f32("n", 3)),
    case("number_table", number_table, f32("n", 3)),
    case("computed_numbers", computed_numbers, f32("n", 3)),
    case("sizes_as_tensor", sizes_as_tensor, f32("n", 3)),
    case("flags", flags, f32("n", 3)),
    case("no_numbers", no_numbers, f32("n")),
    case("as_tensors", as_tensors, f32("n", 3)),
)

test_scripted = suite(
    case("if", branch, f32("n", 4)),
    case("if_rank", branch_on_rank, f32("n", 4)),
    case("for", counted, f32("n", 4)),
    case("for_size", counted_by_size, f32("n", 4)),
    case("while", until, f32(3, 4, low=0, high=2)),
    case("scripted_child", ScriptedPart(), f32("n", 4)),
)

test_structure = suite(
    case("containers", Structured(), f32("n", 3), f32(3)),
    case("same_output_twice", lambda x: (x + 1, x + 1), f32("n", 3)),
    case("output_is_input", lambda x: (x, x + 1), f32("n", 3)),
    case("one_value_two_outputs", lambda x: [x.exp()] * 2, f32("n", 3)),
    case("none_output", lambda x: (x + 1, None), f32("n", 3)),
    case("number_output", lambda x: (x + 1, 3), f32("n", 3)),
    case("unused_input", lambda x, y: x * 2, f32("n", 3), f32(2)),
    case("constant_condition", lambda x, c: torch.where(c.any(), x, -x), f32("n", 3), boolean(3)),
    case("item_of_size", lambda x: x + int(x.shape[1]), f32("n", 3)),
    case("sum_of_sizes", lambda x: x.reshape(x.shape[0] * x.shape[1] // 2, 2), f32("n", 4)),
    case("index_arithmetic", lambda x, i: x + i.sum() // 2, f32("n", 3), i64(3)),
)
