"""What all quantizers share, and the learned binary point of those that have one (QFX, arXiv 2401.17544)."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from .fixed_type import FixedType

LN2 = math.log(2)
OBSERVED = 1 << 16
"""Values of a tensor that calibration looks at, in each batch."""

WIDEST = 24
"""Bits of K-hot numbers, and of a type whose width is learned: float32 holds no more."""

TINY = 2.0**-64
"""Magnitudes up to this one count as zero where a binary point is placed."""

Calibration = Literal["largest", "error"]


@dataclass(frozen=True)
class Stored:
    """A tensor of docs/model-format.md without its name: the keys of its encoding and its integers."""

    encoding: dict[str, Any]
    data: npt.NDArray[Any]
    fraction: int
    """Of the values: raw * 2^-fraction."""


class Quantizer(nn.Module, ABC):
    """Maps a tensor to numbers that hardware has: same shape, gradients straight through; float64 in eval mode."""

    def numbers(self, x: Tensor) -> Tensor:
        """The input in floating point: float64 in eval mode."""
        return x.float() if self.training and x.dtype != torch.float64 else x.double()

    @abstractmethod
    def stored(self, values: Tensor) -> Stored:
        """Values that this quantizer gave, as the model file holds them."""


class _Quantize(torch.autograd.Function):
    """q = n / 2^f of integers n. dq/dx = 1 in range, 0 where saturated; dq/df = ln 2 (x - q) in range and -ln 2 q beyond.

    If the number of integer bits is learned too, the bounds follow it and not f: what is beyond then moves it, by ln 2 q.
    Maps are large and memory is slow: few passes, in place where it can be.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, fraction: Tensor, integer: Tensor | None, quantizer: BinaryPoint) -> Tensor:
        scale = torch.exp2(torch.round(fraction))
        q = quantizer.integers(x * scale).mul_(1 / scale)
        ctx.save_for_backward(x, q, scale)
        ctx.quantizer, ctx.learns_width = quantizer, integer is not None
        return q

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor | None, Tensor | None, None]:
        x, q, scale = ctx.saved_tensors
        (gradient,) = gradients
        error = (x - q).mul_(scale)
        passed = ctx.quantizer.passed(gradient, x, scale, error)
        if not any(ctx.needs_input_grad[1:3]):
            return passed, None, None, None
        within = LN2 / scale * _inner(passed, error, scale.shape)
        beyond = LN2 * _inner(gradient - passed, q, scale.shape)
        return (passed, within, beyond, None) if ctx.learns_width else (passed, within - beyond, None, None)


def _inner(a: Tensor, b: Tensor, shape: torch.Size) -> Tensor:
    """The sum of a * b, or the sums of channels."""
    if shape.numel() > 1:
        return (a * b).sum_to_size(shape)
    return torch.dot(a.flatten(), b.flatten()).view(shape)


def pass_between(gradient: Tensor, x: Tensor, low: float, high: float) -> Tensor:
    """The gradient where low < x < high, else 0: in one pass."""
    return torch.ops.aten.hardtanh_backward(gradient, x, low, high)


class BinaryPoint(Quantizer):
    """Rounds to integers of some set, divided by 2^fraction.

    `fraction` is the number of fraction bits as a real number, rounded where it is used: shape [1], or [channels] for tensors
    (channels, ...). It is a parameter, or a buffer where the type is given. `integer`, where it is a parameter of shape [1], is
    the number of the other bits: the width of the type is then learned.
    """

    fraction: Tensor
    integer: nn.Parameter | None

    def __init__(self, target: FixedType, channels: int | None) -> None:
        super().__init__()
        if channels is not None and (not isinstance(channels, int) or channels < 1):
            raise ValueError(f"there are types for a number of channels, not for {channels!r}")
        self._target = target
        self.integer = None
        self.fraction = nn.Parameter(torch.full((channels or 1,), float(target.fraction)))
        self._observed: list[Tensor] | None = None

    @property
    def target(self) -> FixedType:
        """The type, with the modes; where its binary point stands is `fraction`'s to say."""
        if self.integer is None:
            return self._target
        width = int(torch.round(self.fraction.detach()) + torch.round(self.integer.detach()))
        return replace(self._target, width=min(max(width, 1), WIDEST))

    def bits(self) -> Tensor:
        """The width as a real number, at least 1: with a gradient if it is learned. Shape [1].

        Of types by channel that of one which holds them all, as hardware has it.
        """
        if self.integer is not None:
            return (self.fraction + self.integer).clamp(min=1)
        fractions = self.fraction.detach().float().round()
        return self._target.width + (fractions.max() - fractions.min()).view(1)

    @property
    def learned(self) -> bool:
        """Whether the binary point is learned; that of a given type is not."""
        return isinstance(self.fraction, nn.Parameter)

    def follow(self, x: Tensor) -> None:
        """Moves the binary point for values seen in training, where something other than a gradient does."""

    def most(self) -> int:
        """The highest integer."""
        return self.target.highest

    @abstractmethod
    def integers(self, scaled: Tensor) -> Tensor:
        """The integers for values times 2^fraction, in a tensor of their own."""

    @abstractmethod
    def passed(self, gradient: Tensor, x: Tensor, scale: Tensor, error: Tensor) -> Tensor:
        """The gradient where x is in range, else 0. `scale`: 2^fraction; `error`: x * scale less its integers."""

    def forward(self, x: Tensor) -> Tensor:
        """x in the type, same shape; float32 holds types of up to 24 bits, float64, which eval mode takes, of up to 53.

        Raises a ValueError where there are types for other channels than x has.
        """
        x = self.numbers(x)
        if self.fraction.numel() > 1 and x.shape[:1] != self.fraction.shape:
            raise ValueError(f"types for {len(self.fraction)} channels take as many weights, not a tensor {tuple(x.shape)}")
        if self._observed is not None:
            self._observe(x.detach())
            return x
        if self.training:
            self.follow(x)
        return _Quantize.apply(x, self._beside(x, self.fraction.to(x.dtype)), self.integer, self)

    @torch.no_grad()
    def calibrate(self, x: Tensor, method: Calibration = "error") -> None:
        """Places the binary point for the values x: the most bits without overflow, or those of least squared error.

        Raises a ValueError for values that are infinite or NaN.
        """
        if not x.isfinite().all():
            raise ValueError("there are numbers that are infinite or NaN where a binary point is to be placed")
        width = self.target.width
        safe = self.most_fraction(self.reduce(x.abs(), "max"))
        best, least = safe, torch.full_like(safe, math.inf)
        for more in range(width if method == "error" else 1):
            scale = self._beside(x, torch.exp2(safe + more))
            error = self.reduce((self.integers(x * scale) / scale - x) ** 2, "mean")
            best, least = torch.where(error < least, safe + more, best), torch.minimum(error, least)
        self.fraction.copy_(best)
        if self.integer is not None:
            self.integer.copy_(width - best)

    def observe(self) -> None:
        """Lets values pass as they are and remembers them, until `observed`."""
        self._observed = []

    def observed(self) -> Tensor | None:
        """What was remembered, (values) or (channels, values)."""
        observed, self._observed = self._observed, None
        return torch.cat(observed, -1) if observed else None

    def _observe(self, x: Tensor) -> None:
        assert self._observed is not None
        if self.fraction.numel() > 1:
            self._observed.append(x.reshape(len(self.fraction), -1))
            return
        values = x.flatten()
        if len(values) > OBSERVED:
            # At random: any stride may see the same columns of all maps. The largest one is always there.
            chosen = torch.randint(len(values), (OBSERVED,), generator=torch.Generator().manual_seed(0))
            chosen[0] = values.abs().argmax()
            values = values[chosen.to(values.device)]
        self._observed.append(values)

    def types(self) -> list[FixedType]:
        """The type of each channel as hardware has it, or the one type of the tensor."""
        target = self.target
        fractions = torch.round(self.fraction.detach()).flatten().tolist()
        return [FixedType(target.signed, target.width, int(f), target.rounding, target.overflow) for f in fractions]

    def common_type(self, values: Tensor) -> FixedType:
        """The type of the tensor; of types that differ by channel, the smallest that holds all these values."""
        first, *others = self.types()
        if not others:
            return first
        fraction = max(t.fraction for t in (first, *others))
        largest = int((values.detach().abs().max().double() * 2.0**fraction).item())
        return FixedType(first.signed, max(1, largest.bit_length() + first.signed), fraction)

    def raw(self, values: Tensor, fraction: int) -> npt.NDArray[np.int64]:
        return (values.detach().double() * 2.0**fraction).cpu().numpy().astype(np.int64)

    def most_fraction(self, largest: Tensor) -> Tensor:
        """floor(log2(highest / largest)): at one bit more the largest magnitude would be above the highest integer.

        Zeros alone say nothing: the binary point is then where an untrained one is.
        """
        bits = math.log2(max(1, self.most()))
        return torch.where(largest > TINY, torch.floor(bits - torch.log2(largest)), self.target.fraction)

    def _beside(self, x: Tensor, of: Tensor) -> Tensor:
        """What has the shape of `fraction`, in one that broadcasts over x."""
        return of if len(of) == 1 else of.view(-1, *(1 for _ in x.shape[1:]))

    def reduce(self, x: Tensor, how: Literal["max", "mean"]) -> Tensor:
        """Over all but channels: to the shape of `fraction`."""
        rows = x.reshape(len(self.fraction), -1)
        return rows.amax(1) if how == "max" else rows.mean(1)
