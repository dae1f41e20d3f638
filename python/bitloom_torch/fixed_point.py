"""Fixed-point types whose binary point is learned with the weights (QFX, arXiv 2401.17544)."""

from __future__ import annotations

import math
from typing import Any, Literal

import torch
from torch import Tensor, nn

from .cast import cast, cast_and_kept, check_format
from .fixed_type import FixedType

LN2 = math.log(2)


class _Quantize(torch.autograd.Function):
    """q = cast(x), gradients straight through: dq/dx = 1 in range, 0 where saturated; dq/df = ln 2 (x - q) and -ln 2 q."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, fraction: Tensor, target: FixedType) -> Tensor:
        q, in_range = cast_and_kept(x, target, torch.round(fraction))
        ctx.save_for_backward(x, q, in_range)
        ctx.fraction_shape = fraction.shape
        return q

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None]:
        x, q, in_range = ctx.saved_tensors
        (gradient,) = gradients
        by_fraction = (x * in_range).sub_(q).mul_(gradient)
        return gradient * in_range, by_fraction.sum_to_size(ctx.fraction_shape) * LN2, None


class FixedPoint(nn.Module):
    """Rounds a tensor to a fixed-point type of `width` bits; where the binary point stands is a parameter.

    `fraction` holds the number of fraction bits as a real number, rounded where it is used: shape [1], or [channels, 1, ...]
    with `channels` along `axis` of tensors of `dimensions` axes. With AP_WRAP the binary point is kept where the largest
    magnitude seen in training does not wrap.
    """

    fraction: nn.Parameter
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
    ) -> None:
        super().__init__()
        self.target = FixedType(signed, width, 0, rounding, overflow)
        shape = [1] if channels is None else [channels if at == axis else 1 for at in range(dimensions)]
        self.fraction = nn.Parameter(torch.full(shape, float(width - signed)))
        self.register_buffer("largest", torch.zeros(shape))

    def forward(self, x: Tensor) -> Tensor:
        """x in the type, same shape; float32 holds types of up to 24 bits, float64 of up to 53."""
        if self.target.overflow.startswith("AP_WRAP"):
            self._keep_from_wrapping(x)
        return _Quantize.apply(x, self.fraction.to(x.dtype), self.target)

    @torch.no_grad()
    def _keep_from_wrapping(self, x: Tensor) -> None:
        if self.training:
            self.largest.copy_(torch.maximum(self.largest, self._reduce(x.abs(), "max")))
        self.fraction.copy_(torch.minimum(self.fraction, self._most_fraction(self.largest)))

    @torch.no_grad()
    def calibrate(self, x: Tensor, method: Literal["largest", "error"] = "error") -> None:
        """Places the binary point for the values x: the most bits without overflow, or those of least squared error."""
        check_format(x, self.target)
        safe = self._most_fraction(self._reduce(x.abs(), "max"))
        best, least = safe, torch.full_like(safe, math.inf)
        for more in range(self.target.width if method == "error" else 1):
            error = self._reduce((cast(x, self._saturating(), safe + more) - x) ** 2, "mean")
            best, least = torch.where(error < least, safe + more, best), torch.minimum(error, least)
        self.fraction.copy_(best)

    def types(self) -> list[FixedType]:
        """The type of each channel as hardware has it, or the one type of the tensor."""
        target = self.target
        fractions = torch.round(self.fraction.detach()).flatten().tolist()
        return [FixedType(target.signed, target.width, int(f), target.rounding, target.overflow) for f in fractions]

    def _saturating(self) -> FixedType:
        return FixedType(self.target.signed, self.target.width, 0, self.target.rounding, "AP_SAT")

    def _most_fraction(self, largest: Tensor) -> Tensor:
        """floor(log2(highest / largest)): at one bit more the largest magnitude would be above the highest integer."""
        highest = torch.tensor(float(self.target.highest), dtype=largest.dtype, device=largest.device)
        tiny = torch.finfo(largest.dtype).tiny
        return torch.floor(torch.log2(highest.clamp(min=1)) - torch.log2(largest.clamp(min=tiny)))

    def _reduce(self, x: Tensor, how: Literal["max", "mean"]) -> Tensor:
        """To the shape of `fraction`."""
        if self.fraction.numel() == 1:
            return (x.max() if how == "max" else x.mean()).expand(self.fraction.shape)
        others = [axis for axis, size in enumerate(self.fraction.shape) if size == 1]
        return x.amax(others, keepdim=True) if how == "max" else x.mean(others, keepdim=True)
