"""PyTorch's own nn.TransformerEncoder; batch and sequence are left open."""

import torch
from torch import nn

import torch_onnx_opt


class Classifier(nn.Module):
    def __init__(self, vocabulary=1000, width=64, classes=4):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        layer = nn.TransformerEncoderLayer(
            width, nhead=4, dim_feedforward=128, batch_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, num_layers=2)
        self.head = nn.Linear(width, classes)

    def forward(self, tokens):
        return self.head(self.encoder(self.embed(tokens)).mean(dim=1))


def example():
    return dict(
        model=Classifier(),
        args=(torch.randint(0, 1000, (2, 9)),),
        input_names=["tokens"],
        output_names=["logits"],
        dynamic_axes={"tokens": {0: "batch", 1: "seq"}, "logits": {0: "batch"}},
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="transformer_encoder.onnx", verify=True, **example()))
