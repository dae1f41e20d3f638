"""A small convolutional network, in real numbers or with weights and feature maps of a few bits."""

from __future__ import annotations

from torch import nn

from bitloom_torch import FixedPoint, QuantBatchNorm, QuantConv2d, QuantLinear, QuantReLU, Real
from bitloom_torch.quantizer import Quantizer

BLOCKS = ((16, 2), (32, 2), (32, 1), (64, 2))
"""Channels and stride of each 3x3 convolution."""
PARAMETER_BITS = 16
"""Of what is not a weight: scales and biases, as `bitloom quantize` has them."""


class Network(nn.Sequential):
    """Grey levels (N, 1, 28, 28) -> logits (N, 10): convolutions with batch normalisation and ReLU, then a dense layer.

    `width`: bits of weights and maps; None: real numbers. Of a convolution only the ReLU's result is rounded.
    """

    def __init__(self, width: int | None) -> None:
        blocks, channels = [], 1
        for outputs, stride in BLOCKS:
            weights = QuantConv2d(channels, outputs, 3, stride, 1, bias=False, weight_quant=_number(width))
            norm = QuantBatchNorm(outputs, scale_quant=_parameter(width), bias_quant=_parameter(width))
            relu = QuantReLU(None if width is None else FixedPoint(width, signed=False))
            blocks += [weights, norm, relu]
            channels = outputs
        logits = QuantLinear(channels * 4 * 4, 10, weight_quant=_number(width), bias_quant=_parameter(width))
        super().__init__(*blocks, nn.Flatten(), logits)


def _number(width: int | None) -> Quantizer:
    return Real() if width is None else FixedPoint(width)


def _parameter(width: int | None) -> Quantizer:
    return Real() if width is None else FixedPoint(PARAMETER_BITS)
