"""A U-Net for segmentation; batch, height and width are left open."""

import torch
import torch.nn.functional as F
from torch import nn

import torch_onnx_opt


class DoubleConv(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
        )


class Up(nn.Module):
    """Doubles the size and joins the features of the way down.

    A size that is not a multiple of 16 leaves a difference, which is padded.
    """

    def __init__(self, inputs, outputs, bilinear):
        super().__init__()
        if bilinear:
            self.up = nn.Sequential(
                nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True),
                nn.Conv2d(inputs, inputs // 2, kernel_size=1),
            )
        else:
            self.up = nn.ConvTranspose2d(inputs, inputs // 2, kernel_size=2, stride=2)
        self.conv = DoubleConv(inputs, outputs)

    def forward(self, x, skip):
        x = self.up(x)
        dy = skip.shape[2] - x.shape[2]
        dx = skip.shape[3] - x.shape[3]
        x = F.pad(x, [dx // 2, dx - dx // 2, dy // 2, dy - dy // 2])
        return self.conv(torch.cat([skip, x], dim=1))


class UNet(nn.Module):
    def __init__(self, channels=3, classes=2, width=16):
        super().__init__()
        self.inc = DoubleConv(channels, width)
        self.down = nn.ModuleList(
            nn.Sequential(
                nn.MaxPool2d(2), DoubleConv(width * 2**i, width * 2 ** (i + 1))
            )
            for i in range(4)
        )
        self.up = nn.ModuleList(
            Up(width * 2 ** (i + 1), width * 2**i, bilinear=i % 2 == 0)
            for i in reversed(range(4))
        )
        self.outc = nn.Conv2d(width, classes, kernel_size=1)

    def forward(self, x):
        skips = [self.inc(x)]
        for down in self.down:
            skips.append(down(skips[-1]))
        x = skips.pop()
        for up in self.up:
            x = up(x, skips.pop())
        return self.outc(x)


def example():
    axes = {0: "batch", 2: "height", 3: "width"}
    return dict(
        model=UNet(),
        args=(torch.randn(1, 3, 64, 96),),
        input_names=["image"],
        output_names=["mask"],
        dynamic_axes={"image": axes, "mask": axes},
    )


if __name__ == "__main__":
    print(torch_onnx_opt.export(f="unet.onnx", verify=True, **example()))
