"""Pools: maximum, average, adaptive, Lp."""

import torch.nn.functional as F
from torch import nn

from conformance import case, f32, f64, suite

HW = {"h": [9, 12, 6], "w": [8, 7, 10]}

test_max = suite(
    case("max_pool1d", nn.MaxPool1d(3), f32("n", 3, 10)),
    case("max_pool2d", nn.MaxPool2d(2), f32("n", 3, "h", "w"), sizes=HW),
    case("max_pool2d_padding", nn.MaxPool2d(3, stride=2, padding=1), f32("n", 3, "h", "w"), sizes=HW),
    case("max_pool2d_kernel", nn.MaxPool2d((3, 2), stride=(1, 2), padding=(1, 0)), f32(2, 3, 9, 8)),
    case("max_pool2d_dilation", nn.MaxPool2d(3, stride=1, dilation=2), f32(2, 3, 9, 8)),
    case("max_pool2d_ceil", nn.MaxPool2d(3, stride=2, ceil_mode=True), f32(2, 3, 8, 8)),
    case("max_pool2d_ceil_padding", nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), f32(2, 3, 7, 10)),
    case("max_pool2d_ceil_dropped", nn.MaxPool2d(2, stride=3, padding=1, ceil_mode=True), f32(1, 2, 6, 5)),
    case("max_pool2d_indices", nn.MaxPool2d(2, return_indices=True), f32(2, 3, 6, 8)),
    case("max_pool2d_negative", lambda x: F.max_pool2d(-x.abs() - 1, 3, padding=1), f32(2, 3, 6, 6)),
    case("max_pool2d_unbatched", nn.MaxPool2d(2), f32(3, 6, 8)),
    case("max_pool2d_f64", nn.MaxPool2d(2), f64(1, 3, 6, 8)),
    case("max_pool3d", nn.MaxPool3d(2), f32("n", 2, 4, 6, 5)),
)

test_average = suite(
    case("avg_pool1d", nn.AvgPool1d(3, stride=2, padding=1), f32("n", 3, 10)),
    case("avg_pool2d", nn.AvgPool2d(2), f32("n", 3, "h", "w"), sizes=HW),
    case("avg_pool2d_padding", nn.AvgPool2d(3, stride=2, padding=1), f32("n", 3, "h", "w"), sizes=HW),
    case("avg_pool2d_exclude", nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False), f32(2, 3, 9, 8)),
    case("avg_pool2d_ceil", nn.AvgPool2d(3, stride=2, ceil_mode=True), f32(2, 3, 8, 8)),
    case("avg_pool2d_ceil_padding", nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), f32(2, 3, 8, 8)),
    case("avg_pool2d_divisor", nn.AvgPool2d(3, divisor_override=5), f32(2, 3, 9, 9)),
    case("avg_pool2d_unbatched", nn.AvgPool2d(2), f32(3, 6, 8)),
    case("avg_pool3d", nn.AvgPool3d(2), f32("n", 2, 4, 6, 5)),
    case("lp_pool2d", nn.LPPool2d(2, 3), f32(2, 3, 9, 9)),
)

test_adaptive = suite(
    case("adaptive_avg_pool1d", nn.AdaptiveAvgPool1d(1), f32("n", 3, "w"), sizes={"w": [8, 5]}),
    case("adaptive_avg_pool2d_1", nn.AdaptiveAvgPool2d(1), f32("n", 3, "h", "w"), sizes=HW),
    case("adaptive_avg_pool2d_divides", nn.AdaptiveAvgPool2d((3, 2)), f32("n", 3, 9, 8)),
    case("adaptive_avg_pool2d_same", nn.AdaptiveAvgPool2d((6, 6)), f32("n", 3, 6, 6)),
    case("adaptive_avg_pool2d_uneven", nn.AdaptiveAvgPool2d((3, 5)), f32(2, 3, 7, 8)),
    case("adaptive_avg_pool2d_f64", nn.AdaptiveAvgPool2d((3, 5)), f64(2, 3, 7, 8), rtol=1e-12, atol=1e-12),
    case("adaptive_avg_pool2d_none", nn.AdaptiveAvgPool2d((None, 4)), f32(2, 3, 7, 8)),
    case("adaptive_avg_pool3d", nn.AdaptiveAvgPool3d(1), f32("n", 2, 3, 4, 5)),
    case("adaptive_max_pool1d", nn.AdaptiveMaxPool1d(1), f32("n", 3, 8)),
    case("adaptive_max_pool2d_1", nn.AdaptiveMaxPool2d(1), f32("n", 3, "h", "w"), sizes=HW),
    case("adaptive_max_pool2d_divides", nn.AdaptiveMaxPool2d((3, 2)), f32("n", 3, 9, 8)),
    case("adaptive_max_pool2d_uneven", nn.AdaptiveMaxPool2d((3, 5)), f32(2, 3, 7, 8)),
    case("adaptive_max_pool2d_indices", nn.AdaptiveMaxPool2d(1, return_indices=True), f32(2, 3, 6, 6)),
)
