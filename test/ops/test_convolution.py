"""Convolutions and transposed ones."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import case, f16, f32, f64, suite

test_conv = suite(
    case("conv1d", nn.Conv1d(3, 4, 3), f32("n", 3, "w"), sizes={"w": [9, 12, 5]}),
    case("conv1d_stride", nn.Conv1d(3, 4, 3, stride=2, padding=1), f32("n", 3, "w"), sizes={"w": [9, 12, 5]}),
    case("thnn_conv2d", lambda x, w, b: torch.ops.aten.thnn_conv2d(x, w, (3, 2), b, (2, 1), (1, 0)), f32("n", 2, 6, "w"), f32(4, 2, 3, 2), f32(4), sizes={"w": [5, 4]}),
    case("thnn_conv2d_no_bias", lambda x, w: torch.ops.aten.thnn_conv2d(x, w, (2, 2)), f32(3, 2, 6, 5), f32(4, 2, 2, 2)),
    case("conv2d", nn.Conv2d(3, 4, 3), f32("n", 3, 8, 8)),
    case("conv2d_open", nn.Conv2d(3, 4, 3, padding=1), f32("n", 3, "h", "w"), sizes={"h": [8, 9], "w": [7, 5]}),
    case("conv2d_no_bias", nn.Conv2d(3, 4, 3, bias=False), f32(2, 3, 8, 8)),
    case("conv2d_kernel", nn.Conv2d(3, 4, (3, 5), stride=(2, 1), padding=(0, 2)), f32(2, 3, 9, 8)),
    case("conv2d_dilation", nn.Conv2d(3, 4, 3, dilation=2, padding=2), f32(2, 3, 9, 8)),
    case("conv2d_groups", nn.Conv2d(4, 8, 3, groups=2), f32(2, 4, 8, 8)),
    case("conv2d_depthwise", nn.Conv2d(4, 4, 3, groups=4), f32("n", 4, 8, 8)),
    case("conv2d_same", nn.Conv2d(3, 4, 3, padding="same"), f32(2, 3, 8, 7)),
    case("conv2d_same_even", nn.Conv2d(3, 4, 4, padding="same"), f32(2, 3, 8, 7)),
    case("conv2d_valid", nn.Conv2d(3, 4, 3, padding="valid"), f32(2, 3, 8, 7)),
    case("conv1d_same_dilation", nn.Conv1d(3, 4, 4, padding="same", dilation=3), f32(2, 3, 20)),
    case("conv2d_circular", nn.Conv2d(3, 4, 3, padding=1, padding_mode="circular"), f32(2, 3, 8, 8), min_opset=19),
    case("conv2d_reflect", nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect"), f32(2, 3, 8, 8)),
    case("conv2d_unbatched", nn.Conv2d(3, 4, 3), f32(3, 8, 8)),
    case("conv1d_unbatched", nn.Conv1d(3, 4, 3), f32(3, 8)),
    case("conv2d_functional", F.conv2d, f32(2, 3, 8, 8), f32(4, 3, 3, 3), f32(4)),
    case("conv2d_f64", nn.Conv2d(3, 4, 3).double(), f64(2, 3, 8, 8), rtol=1e-4, atol=1e-6),
    case("conv2d_f16", nn.Conv2d(3, 4, 3).half(), f16(2, 3, 8, 8)),
    case("conv3d", nn.Conv3d(2, 4, 3, padding=1), f32("n", 2, 5, 6, 7)),
    case("conv_bn_relu", nn.Sequential(nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4), nn.ReLU()), f32("n", 3, 8, 8), nodes=["Conv", "Relu"]),
    case("conv_bias_bn", nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4)), f32("n", 3, 8, 8), nodes=["Conv"]),
)

test_transposed = suite(
    case("conv_transpose1d", nn.ConvTranspose1d(3, 4, 3), f32("n", 3, "w"), sizes={"w": [9, 12, 1]}),
    case("conv_transpose2d", nn.ConvTranspose2d(3, 4, 3), f32("n", 3, 5, 6)),
    case("conv_transpose2d_stride", nn.ConvTranspose2d(3, 4, 2, stride=2), f32("n", 3, "h", "w")),
    case("conv_transpose2d_padding", nn.ConvTranspose2d(3, 4, 3, stride=2, padding=1, output_padding=1), f32(2, 3, 5, 6)),
    case("conv_transpose2d_groups", nn.ConvTranspose2d(4, 6, 3, groups=2), f32(2, 4, 5, 6)),
    case("conv_transpose2d_dilation", nn.ConvTranspose2d(3, 4, 3, dilation=2, bias=False), f32(2, 3, 5, 6)),
    case("conv_transpose2d_unbatched", nn.ConvTranspose2d(3, 4, 3), f32(3, 5, 6)),
    case("conv_transpose3d", nn.ConvTranspose3d(2, 3, 3, stride=2, padding=1), f32("n", 2, 3, 4, 5)),
)

test_neighbours = suite(
    case("unfold", nn.Unfold(3, padding=1), f32(2, 3, 6, 7)),
    case("fold", nn.Fold((6, 7), 3, padding=1), f32(2, 27, 42), min_opset=18),
)
