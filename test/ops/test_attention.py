"""Scaled dot product attention and the modules made of it."""

import torch
import torch.nn.functional as F
from torch import nn

from conformance import boolean, case, f32, suite

sdpa = F.scaled_dot_product_attention
QKV = (f32("b", 2, "q", 4), f32("b", 2, "k", 4), f32("b", 2, "k", 4))
SAME = (f32("b", 2, "q", 4), f32("b", 2, "q", 4), f32("b", 2, "q", 4))


def causal_mask(x):
    return torch.ones(x.shape[-2], x.shape[-2], dtype=torch.bool).tril()


test_sdpa = suite(
    case("sdpa", sdpa, *QKV),
    case("sdpa_causal", lambda q, k, v: sdpa(q, k, v, is_causal=True), *SAME),
    case("sdpa_causal_rectangular", lambda q, k, v: sdpa(q, k, v, is_causal=True), *QKV),
    case("sdpa_scale", lambda q, k, v: sdpa(q, k, v, scale=0.3), *QKV),
    case("sdpa_float_mask", lambda q, k, v, m: sdpa(q, k, v, attn_mask=m), *QKV, f32("q", "k")),
    case("sdpa_bool_mask", lambda q, k, v: sdpa(q, k, v, attn_mask=causal_mask(q)), *SAME),
    case("sdpa_given_bool_mask", lambda q, k, v, m: sdpa(q, k, v, attn_mask=m), *QKV, boolean("b", 1, "q", "k")),
    case("sdpa_3d", sdpa, f32("b", "q", 4), f32("b", "k", 4), f32("b", "k", 4)),
    case("sdpa_value_width", sdpa, f32(2, 2, 3, 4), f32(2, 2, 5, 4), f32(2, 2, 5, 6)),
    case("sdpa_gqa", lambda q, k, v: sdpa(q, k, v, enable_gqa=True), f32(2, 4, 3, 4), f32(2, 2, 5, 4), f32(2, 2, 5, 4)),
)


class SelfAttention(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, **options)

    def forward(self, x, mask=None):
        return self.attention(x, x, x, key_padding_mask=mask)


class CrossAttention(SelfAttention):
    def forward(self, q, k):
        return self.attention(q, k, k)


class WithoutWeights(SelfAttention):
    def forward(self, x):
        return self.attention(x, x, x, need_weights=False)[0]


test_modules = suite(
    case("mha", SelfAttention(), f32("t", "b", 8)),
    case("mha_batch_first", SelfAttention(batch_first=True), f32("b", "t", 8)),
    case("mha_no_weights", WithoutWeights(batch_first=True), f32("b", "t", 8)),
    case("mha_no_bias", WithoutWeights(batch_first=True, bias=False), f32("b", "t", 8)),
    case("mha_mask", SelfAttention(batch_first=True), f32(2, 3, 8), boolean(2, 3, values=[[False, False, True], [False, True, True]])),
    case("mha_cross", CrossAttention(batch_first=True), f32("b", "q", 8), f32("b", "k", 8)),
    case("encoder_layer", nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), f32("b", "t", 8)),
    case("encoder_layer_gelu", nn.TransformerEncoderLayer(8, 2, 16, activation="gelu", norm_first=True), f32("t", "b", 8)),
    case("decoder_layer", nn.TransformerDecoderLayer(8, 2, 16, batch_first=True), f32("b", "t", 8), f32("b", "s", 8)),
    case("transformer", nn.Transformer(8, 2, 1, 1, 16, batch_first=True), f32("b", "t", 8), f32("b", "s", 8)),
)


def fused(module, *inputs):
    """Traced without gradients, where PyTorch takes one operator for a whole layer."""
    with torch.no_grad():
        traced = torch.jit.trace(module.eval(), inputs, check_trace=False)
    kinds = {node.kind() for node in traced.inlined_graph.nodes()}
    assert kinds & {
        "aten::_native_multi_head_attention",
        "aten::_transformer_encoder_layer_fwd",
    }
    return traced


class Weights(SelfAttention):
    def __init__(self, average, **options):
        super().__init__(**options)
        self.average = average

    def forward(self, x, mask=None):
        return self.attention(x, x, x, attn_mask=mask, average_attn_weights=self.average)


class Encoder(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True, **options)

    def forward(self, x, mask=None, padding=None):
        return self.layer(x, mask, padding)


X = torch.rand(2, 3, 8)
CAUSAL = torch.ones(3, 3, dtype=torch.bool).triu(1)
PADDING = torch.tensor([[False, False, True], [False, True, True]])
test_fused_modules = suite(
    case("fused_mha", fused(WithoutWeights(batch_first=True), X), f32("b", "t", 8)),
    case("fused_mha_weights", fused(Weights(True, batch_first=True), X), f32("b", "t", 8)),
    case("fused_mha_weights_of_heads", fused(Weights(False, batch_first=True), X), f32("b", "t", 8)),
    case("fused_mha_mask", fused(Weights(True, batch_first=True), X, CAUSAL), f32(2, 3, 8), boolean(3, 3, values=CAUSAL)),
    case("fused_mha_padding", fused(SelfAttention(batch_first=True), X, PADDING), f32(2, 3, 8), boolean(2, 3, values=PADDING)),
    case("fused_encoder", fused(Encoder(), X), f32("b", "t", 8)),
    case("fused_encoder_norm_first", fused(Encoder(norm_first=True, activation="gelu"), X), f32("b", "t", 8)),
    case("fused_encoder_mask", fused(Encoder(), X, CAUSAL), f32(2, 3, 8), boolean(3, 3, values=CAUSAL)),
    case("fused_encoder_masks", fused(Encoder(), X, CAUSAL, PADDING), f32(2, 3, 8), boolean(3, 3, values=CAUSAL), boolean(2, 3, values=PADDING)),
)
