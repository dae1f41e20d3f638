"""Weights and activations of one or two bits, with gradients straight through."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def binary(x: Tensor) -> Tensor:
    """-1 where x < 0 and +1 elsewhere, as docs/ir.md casts to bipolar; the gradient passes where |x| <= 1 (BinaryConnect)."""
    return _straight_through(torch.where(x < 0, -1.0, 1.0).to(x.dtype), F.hardtanh(x))


def ternary(x: Tensor, threshold: float = 0.5) -> Tensor:
    """-1, 0 or +1: 0 where |x| <= threshold; the gradient passes where |x| <= 1."""
    return _straight_through(torch.sign(x) * (x.abs() > threshold).to(x.dtype), F.hardtanh(x))


def _straight_through(value: Tensor, gradient: Tensor) -> Tensor:
    """`value` forwards, the gradient of `gradient` backwards."""
    return value.detach() + (gradient - gradient.detach())
