"""The cast of docs/ir.md §1 (UG1399's modes) on floating-point tensors, exact as long as the format holds the integers."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from .fixed_type import FixedType

MANTISSA = {torch.float32: 24, torch.float64: 53}
"""Bits of the largest integers that a format holds without a gap."""


def cast(x: Tensor, target: FixedType, fraction: Tensor | None = None) -> Tensor:
    """The values of x in the target type: rounded first, then overflow handled. Same shape and format as x.

    `fraction` (integers, broadcast with x) takes the place of the target's: types that differ in the binary point only.
    Exact if x is a multiple of a power of two and all integers on the way (x * 2^fraction, the target's) fit the format of x.
    Raises a ValueError for a format that is neither float32 nor float64, or holds fewer bits than the target has. A forward
    that is exported takes FixedPoint, which has a name.
    """
    check_format(x, target)
    scale = torch.exp2(torch.as_tensor(target.fraction if fraction is None else fraction, dtype=x.dtype, device=x.device))
    return integers(x * scale, target) * (1 / scale)


def integers(scaled: Tensor, target: FixedType) -> Tensor:
    """The integers of the type for values times 2^fraction, in a tensor of their own."""
    check_format(scaled, target)
    return OVERFLOW[target.overflow](ROUND[target.rounding](scaled), scaled, target)


def check_format(x: Tensor, target: FixedType) -> None:
    """Raises a ValueError if the format of x cannot hold the target's integers."""
    mantissa = MANTISSA.get(x.dtype)
    if mantissa is None:
        raise ValueError(f"casts need float32 or float64, not {x.dtype}")
    if target.width > mantissa:
        raise ValueError(
            f"{x.dtype} holds integers of {mantissa} bits, and the type has {target.width}: use a narrower type"
            " (or float64; the layers train in float32)"
        )


def _half_up(x: Tensor) -> Tensor:
    """To the nearest, one half upwards, by halves: adding 0.5 would need one more bit than x has."""
    return (2 * x).floor_().mul_(0.5).ceil_()


def _half_towards(up: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """To the nearest; where the rest is just one half, upwards if `up` of the integer below says so."""

    def rounding(x: Tensor) -> Tensor:
        below = torch.floor(x)
        rest = x - below
        return below + ((rest > 0.5) | ((rest == 0.5) & up(below))).to(x.dtype)

    return rounding


ROUND: dict[str, Callable[[Tensor], Tensor]] = {
    "AP_TRN": torch.floor,
    "AP_TRN_ZERO": torch.trunc,
    "AP_RND": _half_up,
    "AP_RND_ZERO": _half_towards(lambda below: below < 0),
    "AP_RND_MIN_INF": _half_towards(lambda below: torch.zeros_like(below, dtype=torch.bool)),
    "AP_RND_INF": _half_towards(lambda below: below >= 0),
    "AP_RND_CONV": torch.round,
}


def _wrap(x: Tensor, target: FixedType) -> Tensor:
    return torch.remainder(x - target.lowest, 2.0**target.width) + target.lowest


def _saturate_symmetric(x: Tensor, _scaled: Tensor, target: FixedType) -> Tensor:
    symmetric = target.signed and target.width > 1
    return x.clamp_(-target.highest if symmetric else target.lowest, target.highest)


def _wrap_sign_magnitude(x: Tensor, scaled: Tensor, target: FixedType) -> Tensor:
    """The sign is the lowest bit cut off, taken before rounding; a different highest kept bit inverts all kept bits.

    Unsigned numbers have no sign: they wrap.
    """
    if not target.signed:
        return _wrap(x, target)
    sign = torch.remainder(torch.floor(scaled * 2.0**-target.width), 2)
    highest_kept = torch.remainder(torch.floor(x * 2.0 ** (1 - target.width)), 2)
    wrapped = _wrap(torch.where(sign == highest_kept, x, -x - 1), target)
    return torch.where(inside(x, target), x, wrapped)


def inside(x: Tensor, target: FixedType) -> Tensor:
    """Where the integers x are in the range of the type."""
    return (x >= target.lowest) & (x <= target.highest)


# Rounding has made a tensor of its own, which may be written over.
OVERFLOW: dict[str, Callable[[Tensor, Tensor, FixedType], Tensor]] = {
    "AP_WRAP": lambda x, _, target: _wrap(x, target),
    "AP_SAT": lambda x, _, target: x.clamp_(target.lowest, target.highest),
    "AP_SAT_ZERO": lambda x, _, target: torch.where(inside(x, target), x, torch.zeros_like(x)),
    "AP_SAT_SYM": _saturate_symmetric,
    "AP_WRAP_SM": _wrap_sign_magnitude,
}
