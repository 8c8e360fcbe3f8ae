"""Batch, layer, group, instance, RMS and local response normalization."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import case, f16, f32, f64, suite

test_batch = suite(
    case("batch_norm1d", nn.BatchNorm1d(3), f32("n", 3)),
    case("batch_norm1d_3d", nn.BatchNorm1d(3), f32("n", 3, 4)),
    case("batch_norm2d", nn.BatchNorm2d(3), f32("n", 3, "h", "w")),
    case("batch_norm2d_eps", nn.BatchNorm2d(3, eps=0.1), f32(2, 3, 4, 4)),
    case("batch_norm2d_plain", nn.BatchNorm2d(3, affine=False), f32(2, 3, 4, 4)),
    case("batch_norm3d", nn.BatchNorm3d(3), f32("n", 3, 2, 3, 4)),
    case("batch_norm_f64", nn.BatchNorm2d(3).double(), f64(2, 3, 4, 4)),
    case("batch_norm_no_statistics", nn.BatchNorm2d(3, track_running_stats=False), f32(2, 3, 4, 4)),
)

test_layer = suite(
    case("layer_norm", nn.LayerNorm(4), f32("n", 4)),
    case("layer_norm_dims", nn.LayerNorm((3, 4)), f32("n", 3, 4)),
    case("layer_norm_eps", nn.LayerNorm(4, eps=0.1), f32(2, 3, 4)),
    case("layer_norm_no_bias", nn.LayerNorm(4, bias=False), f32(2, 3, 4)),
    case("layer_norm_plain", nn.LayerNorm(4, elementwise_affine=False), f32("n", 3, 4)),
    case("layer_norm_f64", nn.LayerNorm(4).double(), f64(2, 3, 4)),
    case("layer_norm_f16", nn.LayerNorm(4).half(), f16(2, 3, 4)),
    case("rms_norm", nn.RMSNorm(4, eps=1e-5), f32("n", 3, 4)),
    case("rms_norm_plain", nn.RMSNorm(4, elementwise_affine=False), f32("n", 3, 4)),
)

test_group = suite(
    case("group_norm", nn.GroupNorm(2, 4), f32("n", 4, "h", "w")),
    case("group_norm_one", nn.GroupNorm(1, 4), f32("n", 4, 5)),
    case("group_norm_channels", nn.GroupNorm(4, 4), f32(2, 4, 5, 5)),
    case("group_norm_plain", nn.GroupNorm(2, 4, affine=False), f32(2, 4, 5)),
    case("group_norm_2d", nn.GroupNorm(2, 4), f32("n", 4)),
    case("instance_norm1d", nn.InstanceNorm1d(3), f32("n", 3, 5)),
    case("instance_norm2d", nn.InstanceNorm2d(3), f32("n", 3, 5, 6)),
    case("instance_norm2d_affine", nn.InstanceNorm2d(3, affine=True), f32("n", 3, 5, 6)),
    case("instance_norm2d_tracked", nn.InstanceNorm2d(3, track_running_stats=True), f32(2, 3, 5, 6)),
    case("instance_norm3d", nn.InstanceNorm3d(2, affine=True), f32(2, 2, 3, 4, 5)),
    case("instance_norm_unbatched", nn.InstanceNorm2d(3), f32(3, 5, 6)),
    case("local_response_norm", nn.LocalResponseNorm(3), f32(2, 5, 4, 4)),
    case("weight_norm_interface", lambda v, g: torch.ops.aten._weight_norm_interface(v, g)[0], f32(3, "n"), f32(3, 1)),
    case("weight_norm_interface_dim", lambda v, g: torch.ops.aten._weight_norm_interface(v, g, 2)[0], f32(3, 2, 4), f32(1, 1, 4)),
    case("weight_norm", nn.utils.parametrizations.weight_norm(nn.Linear(4, 3)), f32("n", 4)),
    case("local_response_functional", lambda x: F.local_response_norm(x, 2, 1e-3, 0.5, 2.0), f32(2, 5, 4)),
)
