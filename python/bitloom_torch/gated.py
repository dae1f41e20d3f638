"""FracBNN's precision-gated convolution (Zhang et al., FPGA 2021)."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .elementwise import PARAMETER_BITS
from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape, given_or, per_channel
from .model_file import ModelFile, Stream
from .quantizer import Quantizer
from .signs import Binary
from .weighted import Pair, geometry, pair

SLOPE = 1.5
"""Of the code: 0 to 3 for numbers from -1 to 1."""

GATE_STEEPNESS = 5.0
"""Slope of the sigmoid that stands for the gate in the backward pass."""


class TwoBitCode(Layer):
    """The code 0 to 3 of x, cast(1.5 x + 1.5): its bits are the planes of a gated convolution, -1 and +1 each."""

    def __init__(self) -> None:
        super().__init__()
        self.output_quant = FixedPoint.of("ap_ufixed<2,2,AP_RND,AP_SAT>")
        self.constant_quant = FixedPoint.of("ap_ufixed<2,1>")

    def forward(self, x: Tensor) -> Tensor:
        return self.output_quant(SLOPE * self.numbers(x) + SLOPE)

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "affine", inputs)
        slope = torch.tensor([SLOPE])
        fraction = node.tensor("scale", self.constant_quant, slope, (1,)) + max(0, inputs[0].fraction)
        node.tensor("bias", self.constant_quant, slope, (1,))
        return node.result(shape, fraction, SLOPE * (inputs[0].largest + 1), self.output_quant)


class GatedSum(Layer):
    """docs/ir.md's `gated-conv2d`: codes (N, C, H, W) of two bits -> (N, O, H', W').

    The low plane counts only where the high plane's scaled sum passes a threshold that is learned for each output channel.
    Weights are signs, padded taps are absent. `output_quant` is the type of every step.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Pair,
        stride: int | Pair,
        padding: int | Pair,
        output_quant: FixedPoint,
        threshold: float,
        threshold_quant: Quantizer | None,
        scale_quant: Quantizer | None,
    ) -> None:
        super().__init__()
        if output_quant is None:
            raise TypeError("a gated convolution takes a FixedPoint as its output_quant, in a network of real numbers, too")
        self.stride, self.padding = pair(stride), pair(padding)
        self.weight = nn.Conv2d(in_channels, out_channels, pair(kernel_size)).weight
        self.threshold = nn.Parameter(torch.full((out_channels,), threshold))
        self.scale = nn.Parameter(torch.tensor([2 / 3, 1 / 3]))
        self.weight_quant = Binary()
        self.threshold_quant = given_or(threshold_quant, PARAMETER_BITS)
        self.scale_quant = given_or(scale_quant, PARAMETER_BITS)
        self.output_quant = output_quant

    def forward(self, codes: Tensor) -> Tensor:
        codes = self.numbers(codes)
        weight = self.parameter(self.weight_quant, self.weight)
        high_scale, low_scale = self.parameter(self.scale_quant, self.scale)
        high = self._sum(_high_plane(codes), weight)
        low = self._sum(2 * torch.remainder(codes.detach(), 2) - 1, weight)
        threshold = per_channel(self.parameter(self.threshold_quant, self.threshold), codes)
        low = low * _gate(high * high_scale - threshold)
        coarse = self.output_quant(self.output_quant(high) * high_scale)
        return self.output_quant(coarse + self.output_quant(low) * low_scale)

    def _sum(self, plane: Tensor, weight: Tensor) -> Tensor:
        return F.conv2d(plane, weight, None, self.stride, self.padding)

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "gated-conv2d", inputs, **geometry(self.stride, self.padding))
        weight = self.parameter(self.weight_quant, self.weight)
        threshold = self.parameter(self.threshold_quant, self.threshold)
        scales = self.parameter(self.scale_quant, self.scale)
        node.tensor("weight", self.weight_quant, weight, tuple(weight.shape))
        compared = node.tensor("threshold", self.threshold_quant, threshold, tuple(threshold.shape))
        fraction = max(
            node.tensor(key, self.scale_quant, scale, (1,))
            for key, scale in zip(("highScale", "lowScale"), scales.split(1), strict=True)
        )
        taps = weight[0].numel()
        largest = max(taps * (1 + scales.abs().max().item()), threshold.abs().max().item())
        target = self.output_quant.types()[0]
        return node.result(shape, max(compared, fraction + max(0, target.fraction)), largest, self.output_quant)


class GatedBinaryConv2d(nn.Sequential):
    """Two-bit codes of x, then their gated convolution with signs: (N, C, H, W) -> (N, O, H', W') (FracBNN, FPGA 2021).

    `output_quant` is the type after each of its steps. The low plane counts where the sum of the high one, times its weight,
    passes a threshold of its channel; these begin at `threshold`. `scale_quant` quantizes the weights of the two planes, which
    begin at 2/3 and 1/3. Left out, `threshold_quant` and `scale_quant` are FixedPoint(12).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Pair,
        output_quant: FixedPoint,
        stride: int | Pair = 1,
        padding: int | Pair = 0,
        *,
        threshold: float = 3.0,
        threshold_quant: Quantizer | None = None,
        scale_quant: Quantizer | None = None,
    ) -> None:
        super().__init__()
        self.code = TwoBitCode()
        self.sum = GatedSum(
            in_channels, out_channels, kernel_size, stride, padding, output_quant, threshold, threshold_quant, scale_quant
        )


def _high_plane(codes: Tensor) -> Tensor:
    """The high bit of codes as -1 and +1. The whole gradient passes through it, as the low plane may be gated off."""
    plane = codes.detach().mul(0.5).floor_().mul_(2).sub_(1)
    return plane + (codes - codes.detach())


def _gate(excess: Tensor) -> Tensor:
    """1 where positive, else 0; the gradient is a sigmoid's."""
    smooth = torch.sigmoid(GATE_STEEPNESS * excess)
    return excess.detach().sign().clamp_(min=0) + (smooth - smooth.detach())
