"""A bidirectional LSTM classifier whose batch and sequence are left open."""

import torch
from torch import nn

import torch_onnx_opt


class LSTMClassifier(nn.Module):
    def __init__(self, vocabulary=500, width=32, hidden=48, classes=3):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.lstm = nn.LSTM(
            width, hidden, num_layers=2, batch_first=True, bidirectional=True
        )
        self.fc = nn.Linear(2 * hidden, classes)

    def forward(self, tokens):
        _, (hidden, _) = self.lstm(self.embed(tokens))
        return self.fc(torch.cat([hidden[-2], hidden[-1]], dim=1))


def example():
    return dict(
        model=LSTMClassifier(),
        args=(torch.randint(0, 500, (3, 10)),),
        input_names=["tokens"],
        output_names=["logits"],
        dynamic_axes={"tokens": {0: "batch", 1: "seq"}, "logits": {0: "batch"}},
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="lstm.onnx", verify=True, **example()))
