"""Products of matrices and vectors."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import boolean, case, f16, f32, f64, i64, suite

test_linear = suite(
    case("linear", nn.Linear(4, 3), f32("n", 4)),
    case("linear_no_bias", nn.Linear(4, 3, bias=False), f32("n", 4)),
    case("linear_3d", nn.Linear(4, 3), f32("n", "m", 4)),
    case("linear_1d", nn.Linear(4, 3), f32(4)),
    case("linear_functional", F.linear, f32("n", 4), f32(3, 4), f32(3)),
    case("linear_open_weight", F.linear, f32(2, 4), f32("m", 4)),
    case("linear_vector_weight", F.linear, f32(2, 4), f32(4)),
    case("linear_f64", nn.Linear(4, 3).double(), f64("n", 4)),
    case("linear_f16", nn.Linear(4, 3).half(), f16("n", 4)),
    case("bilinear", nn.Bilinear(4, 3, 2), f32("n", 4), f32("n", 3)),
)

test_product = suite(
    case("mm", torch.mm, f32("n", 4), f32(4, "m")),
    case("bmm", torch.bmm, f32("b", "n", 4), f32("b", 4, 3)),
    case("matmul_2d", torch.matmul, f32("n", 4), f32(4, 3)),
    case("matmul_broadcast", torch.matmul, f32("b", 2, 3, 4), f32(4, 5)),
    case("matmul_broadcast_batch", torch.matmul, f32("b", 1, 3, 4), f32(5, 4, 2)),
    case("matmul_vector_vector", torch.matmul, f32(4), f32(4)),
    case("matmul_matrix_vector", torch.matmul, f32("n", 4), f32(4)),
    case("matmul_vector_matrix", torch.matmul, f32(4), f32(4, "m")),
    case("matmul_batch_vector", torch.matmul, f32("b", 3, 4), f32(4)),
    case("matmul_i64", torch.matmul, i64(3, 4), i64(4, 2)),
    case("matmul_transposed", lambda x, y: x @ y.transpose(-1, -2), f32("b", 3, 4), f32("b", 5, 4)),
    case("mv", torch.mv, f32("n", 4), f32(4)),
    case("dot", torch.dot, f32(4), f32(4)),
    case("outer", torch.outer, f32("n"), f32("m")),
    case("ger", torch.ger, f32(3), f32(4)),
    case("kron", torch.kron, f32(2, 3), f32(3, 2)),
    case("addmm", torch.addmm, f32(3), f32("n", 4), f32(4, 3)),
    case("addmm_scaled", lambda a, x, y: torch.addmm(a, x, y, beta=0.5, alpha=2), f32("n", 3), f32("n", 4), f32(4, 3)),
    case("addmm_beta0", lambda a, x, y: torch.addmm(a, x, y, beta=0), f32(3), f32(2, 4), f32(4, 3)),
    case("addmm_i64", torch.addmm, i64(3), i64(2, 4), i64(4, 3)),
    case("baddbmm", lambda a, x, y: torch.baddbmm(a, x, y, beta=0.5, alpha=2), f32(2, 3, 5), f32(2, 3, 4), f32(2, 4, 5)),
    case("addbmm", torch.addbmm, f32(3, 5), f32(2, 3, 4), f32(2, 4, 5)),
    case("addmv", torch.addmv, f32(3), f32(3, 4), f32(4)),
    case("addr", torch.addr, f32(3, 4), f32(3), f32(4)),
    case("cross", lambda x, y: torch.linalg.cross(x, y), f32("n", 3), f32("n", 3)),
    case("cross_no_dim", lambda x, y: torch.cross(x, y), f32(2, 3, "n"), f32(2, 3, "n"), sizes={"n": [3, 4, 1]}),
    case("cross_broadcast", lambda x, y: torch.linalg.cross(x, y, dim=-2), f32("n", 3, 4), f32(1, 3, 1)),
    case("cross_i64", lambda x, y: torch.cross(x, y, dim=0), i64(3, "n"), i64(3, "n")),
    case("tensordot", lambda x, y: torch.tensordot(x, y, dims=([1], [0])), f32(2, 3, 4), f32(3, 5)),
    case("trace", torch.trace, f32(4, 4)),
    case("tril", torch.tril, f32("n", 4)),
    case("triu", lambda x: torch.triu(x, 1), f32("n", 4)),
    case("tril_negative", lambda x: torch.tril(x, -1), i64(3, 4)),
    case("triu_bool", torch.triu, boolean(4, 4)),
    case("diag_vector", torch.diag, f32(4)),
    case("diag_matrix", torch.diag, f32(3, 4)),
    case("diag_above", lambda x: torch.diag(x, 2), f32(4)),
    case("diag_below", lambda x: torch.diag(x, -1), i64("n")),
    case("diagonal", lambda x: torch.diagonal(x, dim1=1, dim2=2), f32(2, 3, 4)),
    case("diag_embed", torch.diag_embed, f32("n", 3)),
    case("diag_embed_open", torch.diag_embed, f32(2, "n")),
    case("diag_embed_vector", torch.diag_embed, i64("n")),
    case("diag_embed_above", lambda x: torch.diag_embed(x, 1), f32("n", 3)),
    case("diag_embed_below", lambda x: torch.diag_embed(x, -2), f64(2, "n")),
    case("diag_embed_dims", lambda x: torch.diag_embed(x, 1, 0, 2), f32("n", 3)),
    case("diag_embed_swapped", lambda x: torch.diag_embed(x, 1, -1, -3), f32("n", 2, 3)),
    case("diag_embed_bool", lambda x: torch.diag_embed(x), boolean(3, 2)),
    case("diag_embed_special", torch.diag_embed, f32(3, 3), special=True),
)

test_matrix = suite(
    case("det", torch.det, f32("n", 3, 3)),
    case("det_matrix", torch.linalg.det, f32(4, 4)),
    case("det_batches", torch.linalg.det, f32("n", "m", 2, 2)),
    case("det_f64", torch.det, f64(3, 3), rtol=1e-4, atol=1e-4),
    case("matrix_power", lambda x: torch.matrix_power(x, 3), f32("n", "n")),
    case("matrix_power_one", lambda x: torch.linalg.matrix_power(x, 1), f32(3, 3)),
    case("matrix_power_batch", lambda x: torch.linalg.matrix_power(x, 6), f32("n", 3, 3), rtol=1e-4, atol=1e-2),
    case("matrix_power_f64", lambda x: torch.matrix_power(x, 5), f64(2, 2)),
    case("matrix_power_i64", lambda x: torch.matrix_power(x, 2), i64(3, 3)),
    case("chain_matmul", torch.chain_matmul, f32("n", 4), f32(4, 3), f32(3, "m")),
    case("multi_dot", lambda *xs: torch.linalg.multi_dot(xs), f32("n", 4), f32(4, 3), f32(3, "m")),
    case("multi_dot_vectors", lambda *xs: torch.linalg.multi_dot(xs), f32(4), f32(4, "n"), f32("n")),
    case("multi_dot_first_vector", lambda *xs: torch.linalg.multi_dot(xs), f64(4), f64(4, "n"), f64("n", 2)),
    case("multi_dot_two", lambda *xs: torch.linalg.multi_dot(xs), f32("n", 4), f32(4, 3)),
)

EINSUM = {
    "ij,jk->ik": (f32("n", 4), f32(4, 3)),
    "bij,bjk->bik": (f32("b", 2, 4), f32("b", 4, 3)),
    "bhqd,bhkd->bhqk": (f32("b", 2, "q", 4), f32("b", 2, "k", 4)),
    "i,j->ij": (f32("n"), f32(4)),
    "ij->ji": (f32("n", 4),),
    "ij->i": (f32("n", 4),),
    "ii->i": (f32(4, 4),),
    "bn,anm,bm->ba": (f32(2, 5), f32(3, 5, 4), f32(2, 4)),
    "...ij,...jk->...ik": (f32(2, 3, 4), f32(2, 4, 5)),
    "ij,ij": (f32(3, 4), f32(3, 4)),
}

test_einsum = suite(
    [case(f"einsum_{i}", lambda *xs, e=e: torch.einsum(e, *xs), *xs) for i, (e, xs) in enumerate(EINSUM.items())],
)
