"""Fixed-point types whose binary point is learned with the weights (QFX, arXiv 2401.17544)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .cast import ROUND, check_format, integers
from .fixed_type import FixedType
from .quantizer import BinaryPoint, Stored, pass_between

NEAREST = (-0.5 - 2.0**-20, 0.5 + 2.0**-20)
ERRORS = {"AP_TRN": (-(2.0**-20), 1.0), "AP_TRN_ZERO": (-1.0, 1.0)}
"""Bounds of x less its rounded value that the rounding modes stay between; those that are not here round to the nearest."""


class FixedPoint(BinaryPoint):
    """Rounds a tensor to a fixed-point type of `width` bits; where the binary point stands is a parameter.

    With `learn_width` so is the width, which begins there: let a ProductCost take part in the loss (HGQ, arXiv 2405.00645).

    As a layer it is docs/ir.md's `quantize`. With AP_WRAP the binary point is kept where the largest magnitude seen in
    training does not wrap. `channels`, `axis`, `dimensions`: a binary point for each channel along an axis (weights only).
    """

    largest: Tensor

    def __init__(
        self,
        width: int,
        *,
        signed: bool = True,
        rounding: str = "AP_RND",
        overflow: str = "AP_SAT",
        channels: int | None = None,
        axis: int = 1,
        dimensions: int = 4,
        learn_width: bool = False,
    ) -> None:
        if not isinstance(width, int):
            raise TypeError(f"FixedPoint takes a number of bits, not {width!r}; FixedPoint.of takes a type, ap_fixed<8,3>")
        super().__init__(FixedType(signed, width, width - signed, rounding, overflow), channels, axis, dimensions)
        if learn_width and channels is not None:
            raise ValueError("the width of a tensor is learned, not those of channels")
        if learn_width:
            self.integer = nn.Parameter(width - self.fraction.detach())
        self.register_buffer("largest", torch.zeros(self.fraction.shape))

    @classmethod
    def of(cls, type_text: str) -> FixedPoint:
        """The type as HLS writes it, `ap_fixed<16,9,AP_RND,AP_SAT>`: its binary point is not learned."""
        target = FixedType.parse(type_text)
        quantizer = cls(target.width, signed=target.signed, rounding=target.rounding, overflow=target.overflow)
        quantizer.fraction.data.fill_(target.fraction)
        quantizer.fraction.requires_grad_(False)
        return quantizer

    def integers(self, scaled: Tensor) -> Tensor:
        return integers(scaled, self.target)

    def passed(self, gradient: Tensor, x: Tensor, scale: Tensor, error: Tensor) -> Tensor:
        """What is in range is no farther off than rounding moves it; a tie at a bound counts as in range."""
        return pass_between(gradient, error, *ERRORS.get(self.target.rounding, NEAREST))

    def nearest(self, scaled: Tensor) -> Tensor:
        check_format(scaled, self.target)
        return ROUND[self.target.rounding](scaled).clamp(self.target.lowest, self.target.highest)

    def forward(self, x: Tensor) -> Tensor:
        if self.training and self.target.overflow.startswith("AP_WRAP"):
            self._keep_from_wrapping(x)
        return super().forward(x)

    def stored(self, values: Tensor) -> Stored:
        target = self.common_type(values)
        return Stored({"encoding": "fixed", "type": target.plain}, self.raw(values, target.fraction), target.fraction)

    @torch.no_grad()
    def _keep_from_wrapping(self, x: Tensor) -> None:
        self.largest.copy_(torch.maximum(self.largest, self._reduce(x.abs(), "max")))
        if self.fraction.requires_grad:
            self.fraction.copy_(torch.minimum(self.fraction, self._most_fraction(self.largest)))
