"""Weights and activations of one or two bits, with gradients straight through."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from .quantizer import Quantizer, Stored


def binary(x: Tensor) -> Tensor:
    """-1 where x < 0 and +1 elsewhere, as docs/ir.md casts to bipolar; the gradient passes where |x| <= 1 (BinaryConnect)."""
    return _straight_through(torch.where(x < 0, -1.0, 1.0).to(x.dtype), F.hardtanh(x))


def ternary(x: Tensor, threshold: float = 0.5) -> Tensor:
    """-1, 0 or +1: 0 where |x| <= threshold; the gradient passes where |x| <= 1."""
    return _straight_through(torch.sign(x) * (x.abs() > threshold).to(x.dtype), F.hardtanh(x))


def _straight_through(value: Tensor, gradient: Tensor) -> Tensor:
    """`value` forwards, the gradient of `gradient` backwards."""
    return value.detach() + (gradient - gradient.detach())


class Binary(Quantizer):
    """`binary` as a quantizer of weights; as a layer it is docs/ir.md's `quantize` to bipolar."""

    def forward(self, x: Tensor) -> Tensor:
        return binary(x if self.training else x.double())

    def stored(self, values: Tensor) -> Stored:
        return Stored({"encoding": "bipolar"}, (values > 0).cpu().numpy().astype(np.uint8), 0)


class Ternary(Quantizer):
    """`ternary` as a quantizer of weights."""

    def __init__(self, threshold: float = 0.5) -> None:
        super().__init__()
        self.threshold = threshold

    def forward(self, x: Tensor) -> Tensor:
        return ternary(x if self.training else x.double(), self.threshold)

    def stored(self, values: Tensor) -> Stored:
        return Stored({"encoding": "ternary"}, values.detach().cpu().numpy().astype(np.int8), 0)
