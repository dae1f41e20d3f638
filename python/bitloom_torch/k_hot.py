"""K-hot numbers: sums of at most K powers of two, so that a product is at most K shifts and adds (QFX, arXiv 2401.17544)."""

from __future__ import annotations

from functools import cache
from typing import Literal

import torch
from torch import Tensor

from .fixed_type import FixedType
from .quantizer import WIDEST, BinaryPoint, Stored, pass_between

Digits = Literal["signed", "unsigned"]

MOST_SUMS = 1 << 23
"""That are tried to find the K-hot numbers of a type: seconds."""


@cache
def k_hot_integers(width: int, terms: int, digits: Digits, signed: bool = True) -> tuple[int, ...]:
    """All integers of `width` bits that are sums of at most `terms` powers of two (signed: each with a sign), ascending.

    Raises a ValueError where these are too many for a table.
    """
    target = FixedType(signed, width, 0)
    powers = [sign << bit for bit in range(width) for sign in ((1, -1) if digits == "signed" else (1,))]
    reached = {0}
    for _ in range(terms):
        if len(reached) * len(powers) > MOST_SUMS:
            raise ValueError(f"{width} bits have too many sums of {terms} powers of two; take fewer of either, or FixedPoint")
        # In some order of its terms every part of a sum is within one term of the range.
        reached |= {total + power for total in reached for power in powers if abs(total + power) < 2 << width}
    return tuple(sorted(n for n in reached if target.lowest <= n <= target.highest))


class KHot(BinaryPoint):
    """Projects a tensor onto the K-hot numbers of `width` bits: onto the nearest, the lower one of two.

    For parameters of any shape. Greedy digits may miss it. Where the binary point stands is a parameter; until `calibrate`, or
    training, moves it, numbers are from -1 to below 1 (unsigned: from 0). Unsigned digits reach no negative number: what is
    negative becomes 0, and does not train.

    `terms`: K, which `choose_terms` may lower; a state_dict has it.
    `channels`: a binary point for each of so many output channels, for weights (channels, ...) only.

    Raises a TypeError or a ValueError for what is no number of bits from 1 to 24, of terms, or no kind of digits.
    """

    table: Tensor

    def __init__(
        self,
        width: int,
        terms: int,
        digits: Digits = "signed",
        *,
        signed: bool = True,
        channels: int | None = None,
    ) -> None:
        if not isinstance(width, int):
            raise TypeError(f"KHot takes a number of bits, not {width!r}")
        if width > WIDEST:
            raise ValueError(f"K-hot numbers have {WIDEST} bits at most, as float32 holds, not {width}")
        if digits not in ("signed", "unsigned"):
            raise ValueError(f'digits are "signed" or "unsigned", not {digits!r}')
        super().__init__(FixedType(signed, width, width - signed), channels)
        self.digits: Digits = digits
        # Integers: no cast of the model rounds them.
        self.register_buffer("table", torch.zeros(0, dtype=torch.int64), persistent=False)
        self.limit(terms)

    def limit(self, terms: int) -> None:
        """Takes at most so many powers of two from now on; a TypeError or ValueError for what is no such number."""
        width, signed = self._target.width, self._target.signed
        if not isinstance(terms, int):
            raise TypeError(f"K is a whole number of powers of two, not {terms!r}; choose_terms has averages")
        if not 1 <= terms <= width:
            raise ValueError(f"a number of {width} bits is a sum of 1 to {width} powers of two, not of {terms}")
        integers = k_hot_integers(width, terms, self.digits, signed)
        self.terms, self.lowest, self.highest = terms, integers[0], integers[-1]
        self.table = torch.tensor(integers, device=self.fraction.device)

    def extra_repr(self) -> str:
        return f"{', '.join(dict.fromkeys(each.plain for each in self.types()))}, K = {self.terms}, {self.digits} digits"

    def get_extra_state(self) -> Tensor:
        return torch.tensor(self.terms)

    def set_extra_state(self, state: Tensor) -> None:
        self.limit(int(state))

    def most(self) -> int:
        return self.highest

    def integers(self, scaled: Tensor) -> Tensor:
        table = self.table.to(scaled.dtype)
        above = torch.searchsorted(table, scaled.contiguous()).clamp(1, len(table) - 1)
        low, high = table[above - 1], table[above]
        nearest = torch.where(high - scaled < scaled - low, high, low)
        return torch.where(scaled.isnan(), scaled, nearest)

    def passed(self, gradient: Tensor, x: Tensor, scale: Tensor, error: Tensor) -> Tensor:
        return pass_between(gradient, x * scale, self.lowest - 2.0**-20, self.highest + 2.0**-20)

    def stored(self, values: Tensor) -> Stored:
        target = self.common_type(values)
        encoding = {"encoding": "k-hot", "terms": self.terms, "digits": self.digits, "type": target.plain}
        return Stored(encoding, self.raw(values, target.fraction), target.fraction)
