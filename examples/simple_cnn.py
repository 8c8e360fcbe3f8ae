"""A small CNN for 28x28 digits, read back from the weights that training saved."""

import os
import tempfile

import torch
import torch.nn.functional as F
from torch import nn

import torch_onnx_opt


class SimpleCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(64 * 7 * 7, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, 64 * 7 * 7)
        x = F.relu(self.fc1(x))
        return self.fc2(x)


def example():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "simple_cnn.pth")
        torch.save(SimpleCNN().state_dict(), path)

        model = SimpleCNN()
        model.load_state_dict(torch.load(path, weights_only=True))
    return dict(
        model=model,
        args=(torch.randn(1, 1, 28, 28),),
        input_names=["image"],
        output_names=["logits"],
        opset_version=13,
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="simple_cnn.onnx", verify=True, **example()))
