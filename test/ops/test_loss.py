"""Losses."""

import torch.nn.functional as F

from conformance import case, f32, i64, suite

LOSSES = {
    "mse": F.mse_loss,
    "l1": F.l1_loss,
    "smooth_l1": F.smooth_l1_loss,
    "huber": F.huber_loss,
    "bce_logits": F.binary_cross_entropy_with_logits,
    "soft_margin": F.soft_margin_loss,
    "kl_div": F.kl_div,
}

test_loss = suite(
    [
        case(f"{n}_{r}", lambda x, y, f=f, r=r: f(x, y, reduction=r), f32("n", 4), f32("n", 4, low=0.1, high=0.9))
        for n, f in LOSSES.items()
        for r in ("mean", "sum", "none")
    ],
    [
        case(f"nll_{r}", lambda x, y, r=r: F.nll_loss(F.log_softmax(x, 1), y, reduction=r), f32("n", 5), i64("n", low=0, high=5))
        for r in ("mean", "sum", "none")
    ],
    case("bce", F.binary_cross_entropy, f32("n", 4, low=0.1, high=0.9), f32("n", 4, low=0.1, high=0.9)),
    case("cross_entropy", F.cross_entropy, f32("n", 5), i64("n", low=0, high=5)),
    case("cross_entropy_2d", F.cross_entropy, f32(2, 5, 3, 3), i64(2, 3, 3, low=0, high=5)),
    case("margin_ranking", F.margin_ranking_loss, f32(4), f32(4), f32(4, values=[1.0, -1.0, 1.0, 1.0])),
    case("triplet_margin", F.triplet_margin_loss, f32("n", 4), f32("n", 4), f32("n", 4)),
    case("cosine_embedding", F.cosine_embedding_loss, f32(3, 4), f32(3, 4), f32(3, values=[1.0, -1.0, 1.0])),
    case("hinge_embedding", F.hinge_embedding_loss, f32(3, 4), f32(3, 4, low=1, high=1)),
    case("poisson_nll", F.poisson_nll_loss, f32(3, 4), f32(3, 4, low=0, high=4)),
)
