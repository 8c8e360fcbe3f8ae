"""Resizing and sampling of images."""

import torch.nn.functional as F
from torch import nn

from conformance import case, f32, f64, suite

HW = {"h": [4, 5, 3], "w": [5, 6, 4]}
IMAGE = f32("n", 2, "h", "w")


def resize(**options):
    return lambda x: F.interpolate(x, **options)


test_interpolate = suite(
    case("nearest_scale", resize(scale_factor=2), IMAGE, sizes=HW),
    case("nearest_size", resize(size=(7, 9)), IMAGE, sizes=HW),
    case("nearest_scale_fraction", resize(scale_factor=1.5), f32(1, 2, 4, 6)),
    case("nearest_down", resize(scale_factor=0.5), f32(1, 2, 6, 8)),
    case("nearest_exact", resize(scale_factor=2, mode="nearest-exact"), f32(1, 2, 4, 5)),
    case("nearest_1d", resize(scale_factor=2), f32("n", 2, 5)),
    case("nearest_3d", resize(scale_factor=2), f32(1, 2, 3, 2, 4)),
    case("bilinear_scale", resize(scale_factor=2, mode="bilinear"), IMAGE, sizes=HW),
    case("bilinear_size", resize(size=(7, 9), mode="bilinear"), IMAGE, sizes=HW),
    case("bilinear_aligned", resize(size=(7, 9), mode="bilinear", align_corners=True), IMAGE, sizes=HW),
    case("bilinear_aligned_scale", resize(scale_factor=2, mode="bilinear", align_corners=True), IMAGE, sizes=HW),
    case("bilinear_antialias", resize(size=(3, 4), mode="bilinear", antialias=True), f32(1, 2, 8, 9), min_opset=18),
    case("linear", resize(scale_factor=2, mode="linear"), f32("n", 2, 5)),
    case("trilinear", resize(scale_factor=2, mode="trilinear"), f32(1, 2, 3, 4, 2)),
    case("bicubic", resize(scale_factor=2, mode="bicubic"), f32(1, 2, 4, 5)),
    case("bicubic_aligned", resize(size=(7, 9), mode="bicubic", align_corners=True), f32(1, 2, 4, 5)),
    case("area", resize(size=(2, 3), mode="area"), f32(1, 2, 4, 6)),
    case("like_other", lambda x, y: F.interpolate(x, size=y.shape[2:], mode="bilinear"), f32("n", 2, 4, 5), f32("n", 2, "h", "w"), sizes=HW),
    case("upsample_module", nn.Upsample(scale_factor=2, mode="nearest"), IMAGE, sizes=HW),
)

GRID = f32(2, 3, 4, 2, low=-1.2, high=1.2)

test_grid = suite(
    [
        case(
            f"grid_sample_{mode}_{padding}_{'aligned' if aligned else 'half'}",
            lambda x, g, m=mode, p=padding, a=aligned: F.grid_sample(x, g, m, p, a),
            f32(2, 3, 5, 6),
            GRID,
            min_opset=16,
        )
        for mode in ("bilinear", "nearest")
        for padding in ("zeros", "border", "reflection")
        for aligned in (False, True)
    ],
    case("affine_grid_f64", lambda x: F.affine_grid(x, (2, 3, 4, 5), align_corners=False), f64(2, 2, 3)),
    case(
        "affine_grid_sizes",
        lambda x, y: F.affine_grid(x, y.shape, align_corners=False),
        f32(2, 2, 3),
        f32(2, 3, "h", "w"),
    ),
    case("affine_grid", lambda x: F.affine_grid(x, (2, 3, 4, 5), align_corners=False), f32(2, 2, 3)),
)
