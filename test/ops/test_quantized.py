"""Fake quantization; quantized models have a place here too."""

import torch

from conformance import case, f32, suite

test_fake_quantize = suite(
    case(
        "fake_quantize_per_tensor",
        lambda x: torch.fake_quantize_per_tensor_affine(x, 0.1, 3, 0, 255),
        f32("n", 4),
        min_opset=13,
        xfail="unsupported operator",
    ),
    case(
        "fake_quantize_per_channel",
        lambda x, s: torch.fake_quantize_per_channel_affine(
            x, s, torch.zeros(3, dtype=torch.int32), 1, -128, 127
        ),
        f32("n", 3, 4),
        f32(3, low=0.05, high=0.2),
        min_opset=13,
        xfail="unsupported operator",
    ),
)
