"""The network as PyTorch trains it: a small FracBNN (Zhang et al., FPGA 2021).

Weights and activations of every convolution are -1 or +1; gradients pass the sign by straight-through estimators. Feature maps
stay in floating point here; `export.py` gives them their fixed-point types.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

LEVELS = 32
STEP = 8
STAGES = ((16, 1), (32, 2), (32, 1), (64, 2), (64, 1))
"""(output channels, stride) of each stage; the stem has 16 channels."""

HIGH, LOW = 2 / 3, 1 / 3
"""The weights of the high and the low bit of an activation code."""

GATE_STEEPNESS = 5.0
"""Slope of the sigmoid that stands for the gate in the backward pass."""


def plus_minus_one(condition: Tensor) -> Tensor:
    """True -> +1, False -> -1."""
    return condition.to(torch.float32) * 2 - 1


def straight_through(value: Tensor, gradient: Tensor) -> Tensor:
    """`value` forwards, the gradient of `gradient` backwards."""
    return value.detach() + (gradient - gradient.detach())


def thermometer(image: Tensor) -> Tensor:
    """Grey levels (N, 1, H, W) -> (N, LEVELS, H, W) of -1 and +1: channel b is +1 where b < round_half_even(x / STEP)."""
    lit = torch.round(image.to(torch.float32) / STEP)
    return plus_minus_one(torch.arange(LEVELS).view(1, -1, 1, 1) < lit)


def two_bit_planes(x: Tensor) -> tuple[Tensor, Tensor]:
    """The high and the low bit, as -1 and +1, of the code clamp(floor(1.5 * x + 2), 0, 3).

    HIGH * high + LOW * low approximates x on [-1, 1]. The whole gradient passes through the high plane, which is never gated.
    """
    code = torch.floor(1.5 * x.detach() + 2).clamp(0, 3)
    high = straight_through(plus_minus_one(code >= 2), F.hardtanh(x) / HIGH)
    low = plus_minus_one(code % 2 == 1)
    return high, low


def binary_convolution(x: Tensor, weight: Tensor, stride: int) -> Tensor:
    """A 3x3 convolution of -1 and +1 with absent padding.

    bfloat16 is twice as fast. It holds all integers up to 256 and the even ones, as sums away from the border are, up to 512.
    """
    operands = x.to(torch.bfloat16), weight.to(torch.bfloat16)
    return F.conv2d(*operands, stride=stride, padding=1).to(torch.float32)


class BinaryConv2d(nn.Module):
    """A 3x3 convolution whose weights are the signs of latent weights (O, C, 3, 3); taps in the padding are absent."""

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(nn.Conv2d(in_channels, out_channels, 3).weight.detach().clone())
        self.stride = stride

    def binary_weight(self) -> Tensor:
        return straight_through(plus_minus_one(self.weight >= 0), self.weight)

    def forward(self, x: Tensor) -> Tensor:
        return binary_convolution(x, self.binary_weight(), self.stride)


class GatedConv2d(BinaryConv2d):
    """The low plane counts only where the high plane's sum passes a threshold that is learned for each output channel."""

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1, threshold: float = 3.0) -> None:
        super().__init__(in_channels, out_channels, stride)
        self.threshold = nn.Parameter(torch.full((out_channels, 1, 1), threshold))

    def forward(self, x: Tensor) -> Tensor:
        high, low = two_bit_planes(x)
        weight = self.binary_weight()
        coarse = HIGH * binary_convolution(high, weight, self.stride)
        fine = LOW * binary_convolution(low, weight, self.stride)
        excess = coarse - self.threshold
        gate = straight_through((excess > 0).to(torch.float32), torch.sigmoid(GATE_STEEPNESS * excess))
        return coarse + gate * fine


class RPReLU(nn.Module):
    """Shift, PReLU, shift; each with a parameter per channel (ReActNet)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.shift_in = nn.Parameter(torch.zeros(channels, 1, 1))
        self.slope = nn.Parameter(torch.full((channels, 1, 1), 0.25))
        self.shift_out = nn.Parameter(torch.zeros(channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.shift_in
        return torch.where(x < 0, self.slope * x, x) + self.shift_out


class Stage(nn.Module):
    """(N, C, H, W) -> (N, O, H / stride, W / stride). With stride 2 the shortcut is averaged 2x2 and O = 2 C."""

    def __init__(self, in_channels: int, out_channels: int, stride: int) -> None:
        super().__init__()
        self.stride = stride
        self.conv = GatedConv2d(in_channels, out_channels, stride)
        self.norm_conv = nn.BatchNorm2d(out_channels)
        self.activation = RPReLU(out_channels)
        self.norm_sum = nn.BatchNorm2d(out_channels)

    def shortcut(self, x: Tensor) -> Tensor:
        if self.stride == 1:
            return x
        pooled = F.avg_pool2d(x, 2)
        return torch.cat((pooled, pooled), 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.norm_sum(self.shortcut(x) + self.activation(self.norm_conv(self.conv(x))))


class Network(nn.Module):
    """Grey levels (N, 1, 28, 28) -> logits (N, 10)."""

    def __init__(self) -> None:
        super().__init__()
        channels = STAGES[0][0]
        self.stem = BinaryConv2d(LEVELS, channels)
        self.norm_stem = nn.BatchNorm2d(channels)
        stages = []
        for out_channels, stride in STAGES:
            stages.append(Stage(channels, out_channels, stride))
            channels = out_channels
        self.stages = nn.Sequential(*stages)
        self.classifier = nn.Linear(channels, 10)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stages(self.norm_stem(self.stem(thermometer(image))))
        return self.classifier(x.mean((2, 3)))
