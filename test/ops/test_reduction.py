"""Reductions, cumulative ones, extrema with indices, sorting, norms and distances."""

import torch
import torch.nn.functional as F

from conformance import boolean, case, f16, f32, f64, i32, i64, suite

REDUCTIONS = {"sum": torch.sum, "mean": torch.mean, "amax": torch.amax, "amin": torch.amin}

test_reduce = suite(
    [case(f"{n}_all", f, f32("n", 4)) for n, f in REDUCTIONS.items() if n in ("sum", "mean")],
    [case(f"{n}_dim", lambda x, f=f: f(x, dim=1), f32("n", 4, 3)) for n, f in REDUCTIONS.items()],
    [case(f"{n}_open_dim", lambda x, f=f: f(x, dim=0), f32("n", 4)) for n, f in REDUCTIONS.items()],
    [case(f"{n}_negative", lambda x, f=f: f(x, dim=-1), f32("n", 4), special=n in ("sum", "mean")) for n, f in REDUCTIONS.items()],
    [case(f"{n}_keepdim", lambda x, f=f: f(x, dim=1, keepdim=True), f32("n", 4)) for n, f in REDUCTIONS.items()],
    [case(f"{n}_dims", lambda x, f=f: f(x, dim=(0, -1)), f32("n", 4, 3)) for n, f in REDUCTIONS.items()],
    [case(f"{n}_0d", lambda x, f=f: f(x, dim=0), f32()) for n, f in REDUCTIONS.items()],
    [case(f"{n}_f64", lambda x, f=f: f(x, dim=1), f64(3, 4)) for n, f in REDUCTIONS.items()],
    case("sum_i32", torch.sum, i32(3, 4)),
    case("sum_bool", torch.sum, boolean("n", 4)),
    case("sum_bool_dim", lambda x: x.sum(1), boolean("n", 4)),
    case("sum_dtype", lambda x: torch.sum(x, 1, dtype=torch.float64), f32(3, 4)),
    case("sum_empty_dims", lambda x: torch.sum(x, dim=()), f32(3, 4)),
    case("sum_zero_size", lambda x: torch.sum(x, dim=0), f32(0, 4)),
    case("mean_dtype", lambda x: torch.mean(x, 1, dtype=torch.float32), i64(3, 4)),
    case("mean_f16", lambda x: torch.mean(x, 1), f16(3, 4)),
    case("prod", torch.prod, f32(3, 4)),
    case("prod_dim", lambda x: torch.prod(x, 1), f32("n", 4)),
    case("prod_i64", lambda x: torch.prod(x, 1), i64(3, 4)),
    case("amax_i64", lambda x: torch.amax(x, 1), i64(3, 4)),
    case("max_all", torch.max, f32("n", 4)),
    case("min_all", torch.min, f32("n", 4)),
    case("max_dim", lambda x: torch.max(x, 1), f32("n", 4)),
    case("min_dim_keep", lambda x: torch.min(x, 1, keepdim=True), f32("n", 4)),
    case("max_i64", lambda x: torch.max(x, 0).values, i64(3, 4)),
    case("argmax", lambda x: torch.argmax(x, 1), f32("n", 4)),
    case("argmax_all", torch.argmax, f32(3, 4)),
    case("argmax_keepdim", lambda x: torch.argmax(x, -1, keepdim=True), f32("n", 4)),
    case("argmin", lambda x: torch.argmin(x, 0), f32("n", 4)),
    case("aminmax", lambda x: torch.aminmax(x, dim=1), f32("n", 4)),
    case("aminmax_all", torch.aminmax, f32(3, 4)),
    case("all", torch.all, boolean("n", 4)),
    case("all_dim", lambda x: torch.all(x, 1), boolean("n", 2)),
    case("any", torch.any, boolean("n", 4)),
    case("any_dim", lambda x: torch.any(x, 1), boolean("n", 2)),
    case("any_float", lambda x: torch.any(x, 1), f32(2, 3, values=[[0.25, -0.25, 0.0], [0.0, 0.0, 0.0]])),
    case("count_nonzero", lambda x: torch.count_nonzero(x, 1), i64(3, 4)),
    case("nansum", torch.nansum, f32(3, values=[1.0, float("nan"), 2.0])),
)

test_variance = suite(
    case("var", torch.var, f32("n", 4)),
    case("var_dim", lambda x: torch.var(x, 1), f32("n", 4)),
    case("var_biased", lambda x: torch.var(x, 1, unbiased=False, keepdim=True), f32("n", 4)),
    case("var_correction", lambda x: torch.var(x, dim=(1, 2), correction=2), f32("n", 4, 3)),
    case("std", torch.std, f32("n", 4)),
    case("std_dim", lambda x: torch.std(x, 0), f32("n", 4), sizes={"n": [3, 5]}),
    case("var_mean", lambda x: torch.var_mean(x, 1), f32("n", 4)),
    case("std_mean", lambda x: torch.std_mean(x, 1, unbiased=False), f32("n", 4)),
    case("logsumexp", lambda x: torch.logsumexp(x, 1), f32("n", 4)),
    case("logsumexp_dims", lambda x: torch.logsumexp(x, (0, 1), keepdim=True), f32(3, 4)),
    case("norm", torch.norm, f32("n", 4)),
    case("norm_dim", lambda x: torch.norm(x, dim=1), f32("n", 4)),
    case("norm_1", lambda x: torch.norm(x, p=1, dim=1, keepdim=True), f32("n", 4)),
    case("norm_inf", lambda x: torch.norm(x, p=float("inf"), dim=1), f32("n", 4)),
    case("norm_3", lambda x: torch.norm(x, p=3, dim=1), f32("n", 4)),
    case("vector_norm", lambda x: torch.linalg.vector_norm(x, dim=-1), f32("n", 4)),
    case("vector_norm_0", lambda x: torch.linalg.vector_norm(x, 0, dim=-1), f32("n", 4)),
    case("matrix_norm", lambda x: torch.linalg.matrix_norm(x), f32("n", 4, 3), xfail="unsupported operator"),
    case("normalize", lambda x: F.normalize(x, dim=1), f32("n", 4)),
    case("cosine_similarity", F.cosine_similarity, f32("n", 4), f32("n", 4)),
    case("cosine_similarity_dim", lambda x, y: F.cosine_similarity(x, y, dim=2), f32(2, 1, 4), f32(1, 3, 4)),
    case("pairwise_distance", F.pairwise_distance, f32("n", 4), f32("n", 4)),
    case("cdist", torch.cdist, f32("n", 4, 3), f32("n", 5, 3)),
    case("dist", torch.dist, f32(3, 4), f32(3, 4)),
)

test_scan = suite(
    case("cumsum", lambda x: torch.cumsum(x, 1), f32("n", 4)),
    case("cumsum_negative", lambda x: torch.cumsum(x, -1), i64(2, 4)),
    case("cumsum_open", lambda x: torch.cumsum(x, 0), f32("n", 4)),
    case("cumsum_bool", lambda x: torch.cumsum(x, 1), boolean(2, 4)),
    case("cumsum_dtype", lambda x: torch.cumsum(x, 1, dtype=torch.float64), f32(2, 4)),
    case("cumprod", lambda x: torch.cumprod(x, 1), f32(2, 4), min_opset=26),
    case("logcumsumexp", lambda x: torch.logcumsumexp(x, 1), f32(2, 4), xfail="unsupported operator"),
    case("diff", lambda x: torch.diff(x), f32("n", 4)),
    case("diff_dim0", lambda x: torch.diff(x, dim=0), f32("n", 4)),
)

test_order = suite(
    case("topk", lambda x: torch.topk(x, 2), f32("n", 5)),
    case("topk_smallest", lambda x: torch.topk(x, 2, dim=0, largest=False), f32(5, 3)),
    case("sort", lambda x: torch.sort(x, dim=1), f32("n", 5)),
    case("sort_descending", lambda x: torch.sort(x, dim=0, descending=True), f32("n", 5)),
    case("argsort", lambda x: torch.argsort(x, dim=-1), f32("n", 5)),
    case("median_dim", lambda x: torch.median(x, dim=1), f32("n", 5)),
    case("kthvalue", lambda x: torch.kthvalue(x, 2, dim=1), f32("n", 5)),
)
