"""Gather, scatter, slices, advanced indexing, embeddings."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import boolean, case, f32, f64, i32, i64, suite, u8

test_slice = suite(
    case("select", lambda x: x[1], f32(3, 4)),
    case("select_negative", lambda x: x[:, -1], f32("n", 4)),
    case("select_open_last", lambda x: x[-1], f32("n", 4)),
    case("slice", lambda x: x[:, 1:3], f32("n", 4)),
    case("slice_negative", lambda x: x[:, -3:-1], f32("n", 4)),
    case("slice_step", lambda x: x[:, ::2], f32("n", 5)),
    case("slice_open", lambda x: x[1:], f32("n", 5), sizes={"n": [3, 5, 2]}),
    case("slice_open_end", lambda x: x[:-1], f32("n", 5)),
    case("slice_beyond", lambda x: x[:, 1:100], f32("n", 5)),
    case("slice_empty", lambda x: x[:, 3:1], f32("n", 5)),
    case("slice_by_size", lambda x, y: x[:, : y.shape[1]], f32(2, 9), f32(2, "m")),
    case("ellipsis", lambda x: x[..., 0], f32("n", 2, 3)),
    case("mixed", lambda x: x[:, None, 1:, ..., -1], f32("n", 3, 4, 2)),
)

test_gather = suite(
    case("gather", lambda x, i: torch.gather(x, 1, i), f32("n", 5), i64("n", 3, low=0, high=5)),
    case("gather_dim0", lambda x, i: torch.gather(x, 0, i), f32(4, 3), i64(2, 3, low=0, high=4)),
    case("gather_negative_dim", lambda x, i: torch.gather(x, -1, i), f32(2, 3, 4), i64(2, 3, 2, low=0, high=4)),
    case("index_select", lambda x, i: torch.index_select(x, 1, i), f32("n", 5), i64("m", low=0, high=5)),
    case("index_select_i32", lambda x, i: torch.index_select(x, 0, i), f32(4, 3), i32(2, low=0, high=4)),
    case("take", torch.take, f32(3, 4), i64(5, low=0, high=12)),
    case("take_along_dim", lambda x, i: torch.take_along_dim(x, i, 1), f32(3, 4), i64(3, 2, low=0, high=4)),
    case("index_first", lambda x, i: x[i], f32(5, 3), i64("m", low=-5, high=5)),
    case("index_second", lambda x, i: x[:, i], f32("n", 5), i64("m", low=0, high=5)),
    case("index_matrix", lambda x, i: x[i], f32(5, 3), i64(2, "m", low=0, high=5)),
    case("index_two", lambda x, i, j: x[i, j], f32(5, 4, 3), i64(6, low=0, high=5), i64(6, low=0, high=4)),
    case("index_two_apart", lambda x, i, j: x[i, :, j], f32(5, 2, 4), i64(6, low=0, high=5), i64(6, low=0, high=4)),
    case("index_two_inner", lambda x, i, j: x[:, i, j], f32("n", 5, 4), i64(6, low=0, high=5), i64(6, low=0, high=4)),
    case("index_broadcast", lambda x, i, j: x[i, j], f32(5, 4), i64(3, 1, low=0, high=5), i64(2, low=0, high=4)),
    case("index_list", lambda x: x[:, [0, 2, 1]], f32("n", 4)),
    case("index_bool", lambda x, m: x[m], f32(4, 3), boolean(4)),
    case("index_bool_full", lambda x: x[x > 0], f32("n", 3)),
    case("masked_select", torch.masked_select, f32(4, 3), boolean(4, 3)),
    case("nonzero", torch.nonzero, f32(4, values=[0.0, 1.0, 0.0, 2.0])),
    case("argwhere", torch.argwhere, boolean(3, 4)),
    case("nonzero_tuple", lambda x: torch.nonzero(x, as_tuple=True), i64("n", 3, low=-1, high=2)),
    case("nonzero_tuple_vector", lambda x: x.nonzero(as_tuple=True)[0], boolean("n")),
    case("nonzero_tuple_0d", lambda x: x.nonzero(as_tuple=True), f32(values=2.0)),
    case("where_positions", lambda c: torch.where(c), boolean(2, "n", 3)),
    case("where_gathers", lambda x: x[torch.where(x > 0)], f32("n", 4)),
    case("where_f32", lambda x: torch.where(x)[1] + 1, f32(2, 3, values=[[0.0, 1.0, float("nan")], [0.0, 2.0, 0.0]])),
    case("index_tril", lambda x: x[:, torch.tril_indices(3, 3)[0], torch.tril_indices(3, 3)[1]], f32("n", 3, 3)),
    case("index_triu", lambda x: x[tuple(torch.triu_indices(3, 4, 1))], f32(3, 4)),
)

test_scatter = suite(
    case("scatter", lambda x, i, s: x.scatter(1, i, s), f32(2, 5), i64(2, 2, values=[[0, 3], [4, 1]]), f32(2, 2)),
    case("scatter_value", lambda x, i: x.scatter(1, i, 2.0), f32("n", 5), i64("n", 1, low=0, high=5)),
    case("scatter_add", lambda x, i, s: x.scatter_add(1, i, s), f32(2, 5), i64(2, 4, low=0, high=5), f32(2, 4), min_opset=16),
    case("index_copy", lambda x, i, s: x.index_copy(1, i, s), f32(2, 5), i64(2, values=[3, 0]), f32(2, 2)),
    case("index_fill", lambda x, i: x.index_fill(1, i, 3.0), f32(2, 5), i64(2, values=[3, 0])),
    case("index_add", lambda x, i, s: x.index_add(0, i, s), f32(4, 3), i64(2, values=[3, 0]), f32(2, 3), min_opset=16),
    case("index_put", lambda x, i, v: x.index_put((i,), v), f32(4, 3), i64(2, values=[2, 0]), f32(2, 3)),
    case("index_put_scalar", lambda x, i: x.index_put((i,), torch.tensor(1.0)), f32(4, 3), i64(2, values=[2, 0])),
    case("index_put_accumulate", lambda x, i, v: x.index_put((i,), v, accumulate=True), f32(4, 3), i64(3, values=[2, 0, 2]), f32(3, 3), min_opset=16),
    case("masked_scatter", torch.masked_scatter, f32(3, 4), boolean(3, 4), f32(3, 4)),
    case("slice_scatter", lambda x, s: torch.slice_scatter(x, s, 1, 1, 3), f32("n", 5), f32("n", 2)),
    case("select_scatter", lambda x, s: torch.select_scatter(x, s, 1, 2), f32("n", 5), f32("n")),
)

test_histogram = suite(
    case("histc", lambda x: torch.histc(x, 6, -3, 3), f32("n", 5), special=True, min_opset=16),
    case("histc_edges", lambda x: torch.histc(x, 4, 0, 4), f32(7, values=[-0.5, 0.0, 1.0, 2.5, 4.0, 4.5, 4.0]), min_opset=16),
    case("histc_range_of_elements", lambda x: torch.histc(x, 4), f32("n", 5), min_opset=16),
    case("histc_equal_elements", lambda x: torch.histc(x, 4), f32(3, values=[2.0, 2.0, 2.0]), min_opset=16),
    case("histc_f64", lambda x: torch.histc(x, bins=3, min=-1, max=1), f64(4, 5), min_opset=16),
)

test_embedding = suite(
    case("embedding", nn.Embedding(9, 4), i64("n", "m", low=0, high=9)),
    case("embedding_padding", nn.Embedding(9, 4, padding_idx=0), i64("n", low=0, high=9)),
    case("embedding_0d", nn.Embedding(9, 4), i64(low=0, high=9)),
    case("embedding_i32", F.embedding, i32(3, low=0, high=9), f32(9, 4)),
    case("embedding_functional", F.embedding, i64(3, 2, low=0, high=9), f32(9, 4)),
    case("one_hot", lambda x: F.one_hot(x, 5), i64("n", low=0, high=5)),
    case("embedding_bag_mean", nn.EmbeddingBag(9, 4, mode="mean"), i64("n", 3, low=0, high=9), xfail="unsupported operator"),
    case("isin", torch.isin, i64("n", 3), i64("m")),
    case("isin_invert", lambda x, y: torch.isin(x, y, invert=True), i32("n"), i32(2, 3)),
    case("isin_f32", torch.isin, f32(4, values=[1.0, 2.5, float("nan"), -0.0]), f32(3, values=[0.0, 2.5, float("nan")])),
    case("isin_mixed", torch.isin, i64(4), f32(3, values=[1.0, 2.5, -3.0])),
    case("isin_scalar", lambda x: torch.isin(x, 2), i64("n", 3)),
    case("isin_scalar_invert", lambda x: torch.isin(x, 2.5, invert=True), i64("n", 3)),
    case("isin_0d", torch.isin, i64(), i64("n")),
    case("isin_element_0d", torch.isin, u8("n"), u8()),
    case("isin_nothing", torch.isin, i64("n"), i64(0)),
    case("bucketize", torch.bucketize, f32("n"), f32(3, values=[-1.0, 0.0, 1.0])),
)
