"""Weights and activations of one or two bits, with gradients straight through."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from .quantizer import Quantizer, Stored, pass_between


class _Sign(torch.autograd.Function):
    """The gradient passes where |x| < 1."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, threshold: float | Tensor | None) -> Tensor:
        ctx.save_for_backward(x)
        if threshold is not None:
            return torch.sign(x) * (x.abs() > threshold).to(x.dtype)
        # Zero counts as positive. (Much faster than torch.where.)
        return torch.sign(x).add_(0.5).sign_()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        return pass_between(gradients[0], ctx.saved_tensors[0], -1, 1), None


def binary(x: Tensor) -> Tensor:
    """-1 where x < 0 and +1 elsewhere, as docs/ir.md casts to bipolar; the gradient passes where |x| < 1 (BinaryConnect).

    Any shape. A forward that is exported takes Binary(), which has a name.
    """
    return _Sign.apply(x, None)


def ternary(x: Tensor, threshold: float | Tensor = 0.5) -> Tensor:
    """-1, 0 or +1: 0 where |x| <= threshold, a magnitude; the gradient passes where |x| < 1. Any shape."""
    return _Sign.apply(x, threshold)


class Binary(Quantizer):
    """`binary` as a quantizer of weights; as a layer it is docs/ir.md's `quantize` to bipolar."""

    def forward(self, x: Tensor) -> Tensor:
        return binary(self.numbers(x))

    def stored(self, values: Tensor) -> Stored:
        return Stored({"encoding": "bipolar"}, (values > 0).cpu().numpy().astype(np.uint8), 0)


class Ternary(Quantizer):
    """`ternary` as a quantizer of weights: 0 up to `threshold` times their mean magnitude (Li et al., arXiv 1605.04711).

    Raises a ValueError for a threshold that is not from 0 to below 1: at 1, weights of one magnitude would all be 0.
    """

    def __init__(self, threshold: float = 0.7) -> None:
        super().__init__()
        if not 0 <= threshold < 1:
            raise ValueError(f"a threshold is a share of the mean magnitude, from 0 to below 1, not {threshold}")
        self.threshold = threshold

    def forward(self, x: Tensor) -> Tensor:
        x = self.numbers(x)
        return ternary(x, self.threshold * x.detach().abs().mean())

    def stored(self, values: Tensor) -> Stored:
        return Stored({"encoding": "ternary"}, values.detach().cpu().numpy().astype(np.int8), 0)
