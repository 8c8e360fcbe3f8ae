"""A head over (batch_size, seq_len, 768) features, both sizes left open."""

import torch
from torch import nn

import torch_onnx_opt


class PooledHead(nn.Module):
    """Layer norm, a projection and an average over the sequence."""

    def __init__(self, features=768, classes=5):
        super().__init__()
        self.norm = nn.LayerNorm(features)
        self.proj = nn.Linear(features, features)
        self.out = nn.Linear(features, classes)

    def forward(self, hidden):
        batch, length, features = hidden.shape
        x = torch.tanh(self.proj(self.norm(hidden)))
        tokens = self.out(x.view(batch * length, features)).view(batch, length, -1)
        return tokens, tokens.mean(dim=1)


def example():
    names = {0: "batch_size", 1: "seq_len"}
    return dict(
        model=PooledHead(),
        args=(torch.randn(2, 7, 768),),
        input_names=["hidden"],
        output_names=["tokens", "pooled"],
        dynamic_axes={"hidden": names, "tokens": names, "pooled": {0: "batch_size"}},
        opset_version=13,
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="sequence.onnx", verify=True, **example()))
