"""Fixed-point types and casts of docs/ir.md on numpy arrays of raw integers (int64, or object for more than 63 bits)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Raw = npt.NDArray[Any]
"""Integers; the value of each is raw * 2^-fraction."""

_TYPE = re.compile(r"ap_(u?)(fixed|int)<(\d+)(?:,(-?\d+))?(?:,(AP_\w+))?(?:,(AP_\w+))?>")


MOST_BITS = 64
ROUNDINGS = ("AP_TRN", "AP_TRN_ZERO", "AP_RND", "AP_RND_ZERO", "AP_RND_MIN_INF", "AP_RND_INF", "AP_RND_CONV")
OVERFLOWS = ("AP_WRAP", "AP_SAT", "AP_SAT_ZERO", "AP_SAT_SYM", "AP_WRAP_SM")


def check_rounding(mode: str) -> None:
    """Raises a ValueError for what is no rounding mode."""
    if mode not in ROUNDINGS:
        raise ValueError(f"{mode} is no rounding mode; these are: {', '.join(ROUNDINGS)}")


@dataclass(frozen=True)
class FixedType:
    """A fixed-point type with the modes of a cast to it: raw integers of `width` bits, of which `fraction` are after the point.

    Raises a ValueError for a width, rounding or overflow mode that there is not.
    """

    signed: bool
    width: int
    fraction: int
    rounding: str = "AP_TRN"
    overflow: str = "AP_WRAP"

    def __post_init__(self) -> None:
        if self.width not in range(1, MOST_BITS + 1):
            raise ValueError(f"a type has 1 to {MOST_BITS} bits, not {self.width}")
        check_rounding(self.rounding)
        if self.overflow not in OVERFLOWS:
            raise ValueError(f"{self.overflow} is no overflow mode; these are: {', '.join(OVERFLOWS)}")

    @classmethod
    def parse(cls, text: str) -> FixedType:
        """`ap_[u]fixed<W,I[,ROUNDING[,OVERFLOW]]>` or `ap_[u]int<W>`; a ValueError for what is no such type."""
        match = _TYPE.fullmatch(text.replace(" ", ""))
        if not match:
            raise ValueError(f"not a fixed-point type: {text}; write it as HLS does, ap_uint<8> or ap_fixed<8,3,AP_RND,AP_SAT>")
        unsigned, _, width, integer, rounding, overflow = match.groups()
        fraction = int(width) - int(integer or width)
        return cls(not unsigned, int(width), fraction, rounding or "AP_TRN", overflow or "AP_WRAP")

    def __str__(self) -> str:
        """As HLS writes it, with the modes."""
        return f"{self.plain[:-1]},{self.rounding},{self.overflow}>"

    @property
    def plain(self) -> str:
        """As HLS writes it, without the modes."""
        return f"ap_{'' if self.signed else 'u'}fixed<{self.width},{self.width - self.fraction}>"

    @property
    def lowest(self) -> int:
        return -(1 << (self.width - 1)) if self.signed else 0

    @property
    def highest(self) -> int:
        return (1 << (self.width - self.signed)) - 1

    def cast(self, numerator: Raw, denominator: int) -> Raw:
        """The raw integers of numerator / denominator in this type: first rounded, then overflow handled."""
        scaled = numerator << max(self.fraction, 0)
        unit = denominator << max(-self.fraction, 0)
        rounded = round_quotient(scaled, unit, self.rounding)
        inside = (rounded >= self.lowest) & (rounded <= self.highest)
        match self.overflow:
            case "AP_SAT":
                return np.clip(rounded, self.lowest, self.highest)
            case "AP_SAT_ZERO":
                return np.where(inside, rounded, 0)
            case "AP_SAT_SYM":
                symmetric = self.signed and self.width > 1
                return np.clip(rounded, -self.highest if symmetric else self.lowest, self.highest)
            case "AP_WRAP_SM" if self.signed:
                return np.where(inside, rounded, self._wrap_sign_magnitude(rounded, scaled // unit))
        return self._wrap(rounded)

    def _wrap(self, x: Raw) -> Raw:
        return ((x - self.lowest) & ((1 << self.width) - 1)) + self.lowest

    def _wrap_sign_magnitude(self, rounded: Raw, truncated: Raw) -> Raw:
        """The sign is the lowest bit cut off, taken before rounding; a different highest kept bit inverts all kept bits."""
        sign = truncated >> self.width & 1
        highest_kept = rounded >> (self.width - 1) & 1
        return self._wrap(np.where(sign == highest_kept, rounded, ~rounded))


def round_quotient(numerator: Raw, denominator: int, rounding: str) -> Raw:
    """numerator / denominator (positive), rounded to an integer by the named mode."""
    below = numerator // denominator
    rest = numerator - below * denominator
    negative = (numerator < 0).astype(bool)
    tie = (2 * rest == denominator).astype(bool)
    nearest_but_tie = (2 * rest > denominator).astype(bool)
    odd = (below % 2 == 1).astype(bool)
    up_by_mode = {
        "AP_TRN": np.zeros_like(tie),
        "AP_TRN_ZERO": negative & (rest > 0).astype(bool),
        "AP_RND": nearest_but_tie | tie,
        "AP_RND_ZERO": nearest_but_tie | (tie & negative),
        "AP_RND_MIN_INF": nearest_but_tie,
        "AP_RND_INF": nearest_but_tie | (tie & ~negative),
        "AP_RND_CONV": nearest_but_tie | (tie & odd),
    }
    return below + up_by_mode[rounding].astype(below.dtype)


def smallest_type(values: npt.NDArray[np.float64], width: int) -> FixedType:
    """The signed type of this width with the most fraction bits that holds all values when they are rounded to it."""
    largest = float(np.abs(values).max())
    fraction = width - 1 - math.ceil(math.log2(max(largest, 2.0**-width)))
    if np.rint(largest * 2.0**fraction) > 2 ** (width - 1) - 1:
        fraction -= 1
    return FixedType(True, width, fraction)
