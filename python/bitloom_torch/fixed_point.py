"""Fixed-point types whose binary point is learned with the weights (QFX, arXiv 2401.17544)."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from .cast import integers
from .fixed_type import FixedType
from .quantizer import WIDEST, BinaryPoint, Calibration, Stored, pass_between

NEAREST = (-0.5 - 2.0**-20, 0.5 + 2.0**-20)
ERRORS = {"AP_TRN": (-(2.0**-20), 1.0), "AP_TRN_ZERO": (-1.0, 1.0)}
"""Bounds of x less its rounded value that the rounding modes stay between; those that are not here round to the nearest."""


class FixedPoint(BinaryPoint):
    """Rounds a tensor to a fixed-point type of `width` bits; where the binary point stands is a parameter.

    With `learn_width` so is the width, which begins there: let a ProductCost take part in the loss (HGQ, arXiv 2405.00645).

    As a layer it is docs/ir.md's `quantize`, of a tensor of any shape. With AP_WRAP the binary point is kept where the largest
    magnitude seen in training does not wrap. `channels`: a binary point for each of so many output channels, for weights
    (channels, ...) only. `rounding`, `overflow`: HLS's modes (UG1399).

    Until `calibrate`, or training, moves the binary point, numbers are from -1 to below 1 (unsigned: from 0).

    Raises a TypeError or a ValueError for what is no number of bits from 1 to 64 (float32, which layers train in, holds 24), or
    no mode.
    """

    safe: Tensor
    """The fraction bits with which nothing wrapped that was seen."""

    def __init__(
        self,
        width: int,
        *,
        signed: bool = True,
        rounding: str = "AP_RND",
        overflow: str = "AP_SAT",
        channels: int | None = None,
        learn_width: bool = False,
    ) -> None:
        if not isinstance(width, int):
            raise TypeError(f"FixedPoint takes a number of bits, not {width!r}; FixedPoint.of takes a type, ap_fixed<8,3>")
        super().__init__(FixedType(signed, width, width - signed, rounding, overflow), channels)
        if learn_width and channels is not None:
            raise ValueError("the width of a tensor is learned, not those of channels")
        if learn_width and (self._wraps or width > WIDEST):
            raise ValueError(f"a width that is learned is of {WIDEST} bits at most and does not wrap: {self.target}")
        if learn_width:
            self.integer = nn.Parameter(width - self.fraction.detach())
        self.register_buffer("safe", torch.full(self.fraction.shape, math.inf), persistent=self._wraps)

    @classmethod
    def of(cls, type_text: str) -> FixedPoint:
        """The type as HLS writes it, `ap_fixed<16,9,AP_RND,AP_SAT>`: its binary point is not learned.

        Raises a ValueError for what is no type.
        """
        target = FixedType.parse(type_text)
        quantizer = cls(target.width, signed=target.signed, rounding=target.rounding, overflow=target.overflow)
        del quantizer.fraction
        quantizer.register_buffer("fraction", torch.tensor([float(target.fraction)]))
        return quantizer

    def extra_repr(self) -> str:
        return ", ".join(dict.fromkeys(str(each) for each in self.types()))

    def integers(self, scaled: Tensor) -> Tensor:
        return integers(scaled, self.target)

    def passed(self, gradient: Tensor, x: Tensor, scale: Tensor, error: Tensor) -> Tensor:
        """What is in range is no farther off than rounding moves it; a tie at a bound counts as in range."""
        return pass_between(gradient, error, *ERRORS.get(self.target.rounding, NEAREST))

    @torch.no_grad()
    def calibrate(self, x: Tensor, method: Calibration = "error") -> None:
        # Where one number wraps, no mean of errors makes up for it.
        super().calibrate(x, "largest" if self._wraps else method)
        self.safe.copy_(self.fraction)

    @torch.no_grad()
    def follow(self, x: Tensor) -> None:
        if self._wraps and self.learned:
            self.safe.copy_(torch.minimum(self.safe, self.most_fraction(self.reduce(x.abs(), "max"))))
            self.fraction.copy_(torch.minimum(self.fraction, self.safe))

    @property
    def _wraps(self) -> bool:
        return self.target.overflow.startswith("AP_WRAP")

    def stored(self, values: Tensor) -> Stored:
        target = self.common_type(values)
        return Stored({"encoding": "fixed", "type": target.plain}, self.raw(values, target.fraction), target.fraction)
