"""Tensors made from sizes and numbers."""

import torch

from conformance import case, f16, f32, f64, i64, suite

test_like = suite(
    case("zeros_like", lambda x: torch.zeros_like(x) + x, f32("n", 3)),
    case("ones_like", lambda x: torch.ones_like(x), f32("n", 3)),
    case("ones_like_dtype", lambda x: torch.ones_like(x, dtype=torch.int64), f32("n", 3)),
    case("full_like", lambda x: torch.full_like(x, 2.5), f32("n", 3)),
    case("full_like_int", lambda x: torch.full_like(x, 2), i64("n", 3)),
    case("empty_like_filled", lambda x: torch.empty_like(x).fill_(1), f32("n", 3)),
    case("new_zeros", lambda x: x.new_zeros(x.shape[0], 2), f64("n", 3)),
    case("new_ones", lambda x: x.new_ones((2, 2)), f16(2, 3)),
    case("new_full", lambda x: x.new_full((x.shape[0],), 3), i64("n", 3)),
    case("new_tensor", lambda x: x + x.new_tensor([1.0, 2.0, 3.0]), f32("n", 3)),
    case("rand_like_shape", lambda x: torch.rand_like(x) * 0 + 1, f32("n", 3)),
)

test_sizes = suite(
    case("zeros", lambda x: torch.zeros(x.shape[0], 2), f32("n", 3)),
    case("ones", lambda x: torch.ones(2, x.shape[1]) * x.sum(), f32(2, "n")),
    case("full", lambda x: torch.full((x.shape[0], 2), 1.5), f32("n", 3)),
    case("zeros_bool", lambda x: torch.zeros((x.shape[0],), dtype=torch.bool), f32("n", 3)),
    case("full_dtype", lambda x: torch.full((2,), 3, dtype=torch.float64) + x, f64(2)),
    case("zeros_dtype", lambda x: torch.zeros(x.shape, dtype=torch.int64), f32("n", 3)),
    case("arange", lambda x: torch.arange(x.shape[0]), f32("n", 3)),
    case("arange_start", lambda x: torch.arange(1, x.shape[0] + 1, dtype=torch.float32), f32("n", 3)),
    case("arange_step", lambda x: torch.arange(0, x.shape[0] * 2, 2), f32("n", 3)),
    case("arange_float", lambda x: torch.arange(0, 1, 0.25) * x[0, 0], f32("n", 3)),
    case("arange_constant", lambda x: x + torch.arange(3), f32("n", 3)),
    case("linspace", lambda x: torch.linspace(0, 1, 5) * x[0], f32(3)),
    case("eye", lambda x: torch.eye(3) @ x, f32(3, "n")),
    case("eye_open", lambda x: torch.eye(x.shape[0]), f32("n", 3)),
    case("tensor_constant", lambda x: x * torch.tensor([1.0, 2.0, 3.0]), f32("n", 3)),
    case("scalar_tensor", lambda x: x + torch.scalar_tensor(2.0), f32("n", 3)),
    case("causal_mask", lambda x: torch.triu(torch.full((x.shape[0], x.shape[0]), float("-inf")), 1), f32("n", 3)),
    case("tril_indices_mask", lambda x: torch.tril(torch.ones(x.shape[0], x.shape[0])).bool(), f32("n", 3)),
    case("constant_output", lambda x: torch.ones(2, 3), f32("n", 3)),
    case("logspace", lambda x: torch.logspace(0, 2, 3) * x, f32(3)),
)
