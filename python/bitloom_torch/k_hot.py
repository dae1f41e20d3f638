"""K-hot numbers: sums of at most K powers of two, so that a product is at most K shifts and adds (QFX, arXiv 2401.17544)."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

import torch
from torch import Tensor, nn

from .fixed_type import FixedType

Digits = Literal["signed", "unsigned"]


@cache
def k_hot_integers(width: int, terms: int, digits: Digits, signed: bool = True) -> tuple[int, ...]:
    """All integers of `width` bits that are sums of at most `terms` powers of two (signed: each with a sign), ascending."""
    target = FixedType(signed, width, 0)
    powers = [sign << bit for bit in range(width) for sign in ((1, -1) if digits == "signed" else (1,))]
    reached = {0}
    for _ in range(terms):
        reached |= {total + power for total in reached for power in powers}
    return tuple(sorted(n for n in reached if target.lowest <= n <= target.highest))


class _Nearest(torch.autograd.Function):
    """The nearest entry of an ascending table, the lower one of two; the gradient passes within the table's range."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, table: Tensor) -> Tensor:
        above = torch.searchsorted(table, x).clamp(1, len(table) - 1)
        low, high = table[above - 1], table[above]
        ctx.save_for_backward((x >= table[0]) & (x <= table[-1]))
        return torch.where(high - x < x - low, high, low)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        (in_range,) = ctx.saved_tensors
        return gradients[0] * in_range, None


class KHot(nn.Module):
    """Projects a tensor onto the K-hot numbers of a fixed-point type: onto the nearest (greedy digits may miss it).

    Unsigned digits reach no negative number. Output: same shape and format as the input.
    """

    table: Tensor

    def __init__(self, target: FixedType, terms: int, digits: Digits = "signed") -> None:
        super().__init__()
        if not 1 <= terms <= target.width:
            raise ValueError(f"a number of {target.width} bits is a sum of 1 to {target.width} powers of two, not of {terms}")
        self.target, self.terms, self.digits = target, terms, digits
        integers = k_hot_integers(target.width, terms, digits, target.signed)
        self.register_buffer("table", torch.tensor(integers, dtype=torch.float64) * 2.0**-target.fraction)

    def forward(self, x: Tensor) -> Tensor:
        return _Nearest.apply(x.contiguous(), self.table.to(x.dtype))
