"""Tensors made from sizes and numbers."""

import torch

from conformance import case, f16, f32, f64, i32, i64, suite

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
    case("range", lambda x: torch.range(1, 4) + x, f32("n", 4)),
    case("range_step", lambda x: torch.range(0, 1, 0.3) + x, f32("n", 4)),
    case("range_down", lambda x: torch.range(5, 1, -2) + x, f32("n", 3)),
    case("range_i64", lambda x: torch.range(2, 4, dtype=torch.int64) + x, i64("n", 3)),
    case("range_f64", lambda x: torch.range(0, 1, 0.1, dtype=torch.float64) + x, f64("n", 11)),
    case("tril_indices", lambda x: torch.tril_indices(3, 4) + x, i64(2, 1)),
    case("tril_indices_above", lambda x: torch.tril_indices(3, 5, 2) + x, i64(2, 1)),
    case("tril_indices_below", lambda x: torch.tril_indices(4, 2, -1, dtype=torch.int32) + x, i32(2, 1)),
    case("triu_indices", lambda x: torch.triu_indices(3, 4) + x, i64(2, 1)),
    case("triu_indices_above", lambda x: torch.triu_indices(3, 4, 2) + x, i64(2, 1)),
    case("triu_indices_below", lambda x: torch.triu_indices(5, 3, -2) + x, i64(2, 1)),
    case("triu_indices_none", lambda x: torch.triu_indices(2, 3, 5) + x, i64(2, 1)),
    case("eye", lambda x: torch.eye(3) @ x, f32(3, "n")),
    case("eye_open", lambda x: torch.eye(x.shape[0]), f32("n", 3)),
    case("tensor_constant", lambda x: x * torch.tensor([1.0, 2.0, 3.0]), f32("n", 3)),
    case("scalar_tensor", lambda x: x + torch.scalar_tensor(2.0), f32("n", 3)),
    case("causal_mask", lambda x: torch.triu(torch.full((x.shape[0], x.shape[0]), float("-inf")), 1), f32("n", 3)),
    case("tril_indices_mask", lambda x: torch.tril(torch.ones(x.shape[0], x.shape[0])).bool(), f32("n", 3)),
    case("constant_output", lambda x: torch.ones(2, 3), f32("n", 3)),
    case("logspace", lambda x: torch.logspace(0, 2, 3) * x, f32(3)),
)


def _bounds(x, numbers, low, high):
    """What holds of random numbers: dtype and shape, and that they fill [low, high)."""
    middle = numbers * 0 + (high + low) // 2
    inside = ((numbers >= low) & (numbers < high)).all()
    return middle, inside, (numbers - low).to(torch.float64).mean() > 0, x


def _spread(x, numbers, deviation):
    """The mean of many random numbers, and their deviation in units of `deviation`."""
    return numbers * 0, torch.round(numbers.mean()), torch.round(numbers.std() / deviation), x


test_random = suite(
    case("randint_one_value", lambda x: x + torch.randint(3, 4, (2, 3)), i64(2, 3)),
    case("randint_bounds", lambda x: _bounds(x, torch.randint(0, 5, (x.shape[0], 200)), 0, 5), f32("n", 3)),
    case("randint_negative", lambda x: _bounds(x, torch.randint(-7, -2, (200,)), -7, -2), f32(2)),
    case("randint_large", lambda x: _bounds(x, torch.randint(2**40, 2**40 + 2, (200,)), 2**40, 2**40 + 2), f32(2)),
    case("randint_open_bound", lambda x: _bounds(x, torch.randint(0, x.shape[0], (200,)), 0, x.shape[0]), f32("n"), sizes={"n": [4, 7, 2]}),
    case("randint_f32", lambda x: _bounds(x, torch.randint(2, 4, (200,), dtype=torch.float32), 2, 4), f32(2)),
    case("randint_u8", lambda x: _bounds(x, torch.randint(250, 256, (200,), dtype=torch.uint8), 250, 256), f32(2)),
    case("randint_like", lambda x: _bounds(x, torch.randint_like(x, 3), 0, 3), f32("n", 200), sizes={"n": [3, 2]}),
    case("randint_like_low", lambda x: _bounds(x, torch.randint_like(x, 2, 4, dtype=torch.int32), 2, 4), i64("n", 200), sizes={"n": [3, 2]}),
    case("normal", lambda x: _spread(x, torch.normal(5.0, 2.0, (40000,)), 2.0), f32(2)),
    case("normal_f64", lambda x: _spread(x, torch.normal(-3.0, 1.0, (x.shape[0], 20000), dtype=torch.float64), 1.0), f32("n"), sizes={"n": [2, 3]}),
    case("normal_in_place", lambda x: _spread(x, torch.empty_like(x).normal_(1.0, 4.0), 4.0), f32(200, 200)),
    case("uniform_in_place", lambda x: _bounds(x, torch.empty_like(x).uniform_(2.0, 3.0), 2, 3), f32("n", 200), sizes={"n": [3, 2]}),
)
