"""Views, joins, splits, padding and other changes of shape."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import boolean, case, f16, f32, i64, suite

test_view = suite(
    case("view", lambda x: x.view(3, 4), f32(2, 6)),
    case("view_infer", lambda x: x.view(-1, 6), f32("n", 2, 3)),
    case("view_size", lambda x: x.view(x.size(0), -1), f32("n", 2, 3)),
    case("view_two_open", lambda x: x.view(x.shape[0] * x.shape[1], 4), f32("n", "m", 4)),
    case("view_back", lambda x: x.view(-1, 4).view(x.shape[0], x.shape[1], 2, 2), f32("n", "m", 4)),
    case("view_as", lambda x, y: x.view_as(y), f32("n", 6), f32("n", 2, 3)),
    case("reshape", lambda x: x.reshape(2, -1), f32(4, 3)),
    case("reshape_transposed", lambda x: x.t().reshape(-1), f32("n", 4)),
    case("reshape_0d", lambda x: x.reshape(()), f32(1)),
    case("reshape_empty", lambda x: x.reshape(0, 6), f32(0, 2, 3), min_opset=14),
    case("reshape_as", lambda x, y: x.reshape_as(y), f32("n", 6), f32("n", 2, 3)),
    case("flatten", torch.flatten, f32("n", 2, 3)),
    case("flatten_1", lambda x: torch.flatten(x, 1), f32("n", 2, 3)),
    case("flatten_range", lambda x: torch.flatten(x, 1, 2), f32(2, "n", "m", 3)),
    case("flatten_0d", torch.flatten, f32()),
    case("unflatten", lambda x: x.unflatten(1, (2, -1)), f32("n", 6)),
    case("ravel", torch.ravel, f32("n", 3)),
    case("squeeze", torch.squeeze, f32(2, 1, 3, 1)),
    case("squeeze_dim", lambda x: x.squeeze(1), f32("n", 1, 3)),
    case("squeeze_dim_not_one", lambda x: x.squeeze(0) + 1, f32(2, 3)),
    case("squeeze_negative", lambda x: x.squeeze(-1), f32("n", 3, 1)),
    case("squeeze_dims", lambda x: x.squeeze((0, 2)), f32(1, 3, 1)),
    case("unsqueeze", lambda x: x.unsqueeze(1), f32("n", 3)),
    case("unsqueeze_last", lambda x: x.unsqueeze(-1), f32("n", 3)),
    case("unsqueeze_none", lambda x: x[:, None, :, None], f32("n", 3)),
    case("permute", lambda x: x.permute(2, 0, 1), f32("n", 3, "m")),
    case("permute_negative", lambda x: x.permute(0, -1, 1), f32(2, 3, 4)),
    case("transpose", lambda x: x.transpose(1, 2), f32("n", 3, "m")),
    case("transpose_negative", lambda x: x.transpose(-1, 0), f32(2, 3, 4)),
    case("t", lambda x: x.t(), f32("n", 3)),
    case("t_1d", lambda x: x.t() + 1, f32(3)),
    case("T", lambda x: x.T, f32("n", 3)),
    case("mT", lambda x: x.mT, f32(2, "n", 3)),
    case("mH", lambda x: x.mH, f32(2, "n", 3)),
    case("movedim", lambda x: torch.movedim(x, 0, -1), f32("n", 3, 4)),
    case("movedim_many", lambda x: torch.movedim(x, (0, 1), (2, 0)), f32(2, 3, 4)),
    case("swapaxes", lambda x: torch.swapaxes(x, 0, 1), f32("n", 3)),
    case("expand", lambda x: x.expand(4, -1, 3), f32("n", 1)),
    case("expand_open", lambda x, y: x.expand(y.shape[0], -1), f32(1, 3), f32("n", 2)),
    case("expand_as", lambda x, y: x.expand_as(y), f32(1, 3), f32("n", 3)),
    case("broadcast_to", lambda x: torch.broadcast_to(x, (2, 3, 4)), f32(3, 1)),
    case("broadcast_tensors", lambda x, y: torch.broadcast_tensors(x, y), f32("n", 1), f32(3)),
    case("repeat", lambda x: x.repeat(2, 3), f32("n", 2)),
    case("repeat_more", lambda x: x.repeat(2, 1, 3), f32("n", 2)),
    case("tile", lambda x: torch.tile(x, (2,)), f32("n", 2)),
    case("repeat_interleave", lambda x: torch.repeat_interleave(x, 2, dim=1), f32("n", 3)),
    case("size_output", lambda x: torch.tensor(x.shape[0]) * 2, f32(2, 3)),
    case("size_value", lambda x: x * x.shape[0] + x.size(-1), f32("n", "m")),
    case("numel", lambda x: x / x.numel(), f32("n", "m")),
    case("atleast_2d", torch.atleast_2d, f32(3)),
)

test_join = suite(
    case("cat", lambda x, y: torch.cat([x, y]), f32("n", 3), f32("m", 3)),
    case("cat_dim", lambda x, y: torch.cat([x, y], 1), f32("n", 3), f32("n", 2)),
    case("cat_negative", lambda x, y: torch.cat([x, y, x], -1), f32("n", 3), f32("n", 2)),
    case("cat_mixed", lambda x, y: torch.cat([x, y]), f32(2, 3), i64(2, 3)),
    case("cat_empty", lambda x, y: torch.cat([x, y]), f32(0, 3), f32(2, 3)),
    case("cat_legacy_empty", lambda x: torch.cat([torch.zeros(0), x]), f32(2, 3)),
    case("concat_one", lambda x: torch.cat([x]), f32(2, 3)),
    case("stack", lambda x, y: torch.stack([x, y]), f32("n", 3), f32("n", 3)),
    case("stack_last", lambda x, y: torch.stack([x, y], -1), f32("n", 3), f32("n", 3)),
    case("hstack", lambda x, y: torch.hstack([x, y]), f32(2, 3), f32(2, 1)),
    case("vstack", lambda x, y: torch.vstack([x, y]), f32(3), f32(2, 3)),
    case("dstack", lambda x, y: torch.dstack([x, y]), f32(2, 3), f32(2, 3)),
    case("meshgrid", lambda x, y: torch.meshgrid(x, y, indexing="ij"), f32("n"), f32("m")),
    case("meshgrid_xy", lambda x, y: torch.meshgrid(x, y, indexing="xy"), f32(3), f32(4)),
)

test_split = suite(
    case("split", lambda x: torch.split(x, 2, 1), f32("n", 6)),
    case("split_uneven", lambda x: torch.split(x, 4, 1), f32("n", 6)),
    case("split_sizes", lambda x: torch.split(x, [1, 2, 3], 1), f32("n", 6)),
    case("split_negative", lambda x: torch.split(x, 3, -1)[1], f32("n", 6)),
    case("chunk", lambda x: torch.chunk(x, 3, 1), f32("n", 6)),
    case("chunk_uneven", lambda x: torch.chunk(x, 4, 1), f32("n", 6)),
    case("chunk_middle", lambda x: x.chunk(2, dim=1)[0] * x.chunk(2, dim=1)[1], f32("n", 6, 3)),
    case("unbind", lambda x: torch.unbind(x, 1), f32("n", 3)),
    case("tensor_split", lambda x: torch.tensor_split(x, 3, 1), f32("n", 7)),
    case("narrow", lambda x: x.narrow(1, 1, 2), f32("n", 6)),
    case("narrow_tensor_start", lambda x, i: x.narrow(1, i, 2), f32("n", 6), i64(low=-6, high=5)),
    case("narrow_tensor_to_end", lambda x, i: x.narrow(-1, i, 3), i64(2, "n"), i64(values=-3), sizes={"n": [6, 3, 7]}),
    case("tensor_split_indices", lambda x: torch.tensor_split(x, (2, 5), 1), f32("n", 7)),
    case("tensor_split_indices_beyond", lambda x: torch.tensor_split(x, (3, 2, -1, 9), -1), i64(2, 7)),
    case("tensor_split_indices_open", lambda x: torch.tensor_split(x, (1, -1)), f32("n", 2), sizes={"n": [5, 3, 2]}),
    case("tensor_split_indices_item", lambda x: torch.tensor_split(x, (1, 3), 1)[1] * 2, f32("n", 4)),
    case("tensor_split_indices_none", lambda x: torch.tensor_split(x, (), 1), f32("n", 4)),
    case("hsplit", lambda x: torch.hsplit(x, 2), f32("n", 6)),
    case("hsplit_vector", lambda x: torch.hsplit(x, 3), f32(6)),
    case("hsplit_item", lambda x: torch.hsplit(x, 3)[1], i64(2, 6, 3)),
    case("hsplit_indices", lambda x: torch.hsplit(x, (1, 4)), f32("n", 6)),
    case("hsplit_indices_vector", lambda x: torch.hsplit(x, (1, 4)), f32(6)),
    case("vsplit", lambda x: torch.vsplit(x, 2), f32(4, "n")),
    case("vsplit_indices", lambda x: torch.vsplit(x, (1,)), f32("n", 3)),
    case("dsplit", lambda x: torch.dsplit(x, 2), f32("n", 2, 4)),
    case("dsplit_indices", lambda x: torch.dsplit(x, (1, 3)), f32("n", 2, 4)),
)

test_pad = suite(
    case("pad", lambda x: F.pad(x, (1, 2)), f32("n", 3)),
    case("pad_value", lambda x: F.pad(x, (1, 2, 3, 0), value=1.5), f32("n", 3, 4)),
    case("pad_negative", lambda x: F.pad(x, (-1, 2)), f32("n", 4)),
    case("pad_i64", lambda x: F.pad(x, (1, 1), value=7), i64("n", 3)),
    case("pad_bool", lambda x: F.pad(x, (1, 1), value=True), boolean(2, 3), min_opset=13),
    case("pad_f16", lambda x: F.pad(x, (1, 1)), f16(2, 3)),
    case("pad_reflect", lambda x: F.pad(x, (1, 2), mode="reflect"), f32("n", 3, 5)),
    case("pad_replicate", lambda x: F.pad(x, (1, 2, 2, 1), mode="replicate"), f32("n", 3, 5, 4)),
    case("pad_circular_operator", lambda x: torch.ops.aten._pad_circular(x, (1, 2)), f32("n", 3, 5), min_opset=19),
    case("pad_circular", lambda x: F.pad(x, (1, 2), mode="circular"), f32("n", 3, 5), min_opset=19),
    case("constant_pad2d", nn.ConstantPad2d((1, 0, 2, 1), 3.0), f32("n", 2, 3, 4)),
    case("zero_pad2d", nn.ZeroPad2d(1), f32("n", 2, 3, 4)),
    case("reflection_pad2d", nn.ReflectionPad2d(2), f32("n", 2, 5, 4)),
    case("replication_pad1d", nn.ReplicationPad1d(2), f32(2, 3, 4)),
)

test_other = suite(
    case("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), f32("n", 8, "h", 3)),
    case("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), f32("n", 2, 4, 6)),
    case("channel_shuffle", lambda x: F.channel_shuffle(x, 2), f32("n", 4, 3, 3)),
    case("roll", lambda x: torch.roll(x, 1, 0), f32("n", 4)),
    case("roll_negative", lambda x: torch.roll(x, (-1, 2), (0, 1)), f32(3, 4)),
    case("roll_flat", lambda x: torch.roll(x, 3), f32(3, 4)),
    case("flip", lambda x: torch.flip(x, (0, -1)), f32("n", 4)),
    case("rot90", lambda x: torch.rot90(x), f32(3, 4)),
    case("as_strided_free_view", lambda x: x.transpose(0, 1)[1], f32("n", 4)),
)

test_view_writes = suite(
    case("setitem_column", lambda x: _write(x, lambda y: y[:, 0].fill_(5)), f32("n", 4)),
    case("setitem_value", lambda x: _set(x, (slice(None), 1), 7.0), f32("n", 4)),
    case("setitem_row", lambda x: _set(x, 0, 7.0), f32(3, 4)),
    case("setitem_slice", lambda x: _set(x, (slice(None), slice(1, 3)), 0), f32("n", 4)),
    case("setitem_step", lambda x: _set(x, (slice(None), slice(0, None, 2)), -1.0), f32("n", 5)),
    case("setitem_tensor", lambda x, y: _set(x, (slice(None), slice(1, 3)), y), f32("n", 4), f32("n", 2)),
    case("view_add_", lambda x: _write(x, lambda y: y.view(-1).add_(1)), f32("n", 4)),
    case("transpose_mul_", lambda x: _write(x, lambda y: y.t().mul_(2)), f32("n", 4)),
    case("select_relu_", lambda x: _write(x, lambda y: F.relu_(y[:, 1])), f32("n", 4)),
    case("chunk_write", lambda x: _write(x, lambda y: y.chunk(2, 1)[0].zero_()), f32("n", 4)),
    case("base_write_seen_by_view", lambda x: _seen(x), f32("n", 4)),
    case("setitem_mask", lambda x: _set(x, x > 0, 0.5), f32("n", 4)),
    case("setitem_cast", lambda x: _set(x, (slice(None), 0), 2), f16(3, 4)),
)


def _write(x, write):
    y = x * 1
    write(y)
    return y + 1


def _set(x, index, value):
    y = x.clone()
    y[index] = value
    return y


def _seen(x):
    y = x * 1
    view = y[:, 0]
    y.add_(1)
    return view * 2
