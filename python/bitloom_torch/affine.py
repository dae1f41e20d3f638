"""Scales and biases per channel: batch normalisation as hardware has it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import torch
from torch import Tensor, nn

from .elementwise import PARAMETER_BITS
from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape, cast_output, given_or
from .model_file import ModelFile, Stream
from .quantizer import Quantizer


class _Affine(Layer):
    """y = cast(scale * x + bias), scale and bias [channels]."""

    def __init__(self, output_quant: FixedPoint | None, scale_quant: Quantizer | None, bias_quant: Quantizer | None) -> None:
        super().__init__()
        self.scale_quant = given_or(scale_quant, PARAMETER_BITS)
        self.bias_quant = given_or(bias_quant, PARAMETER_BITS)
        self.output_quant = output_quant

    @abstractmethod
    def scale_and_bias(self) -> tuple[Tensor, Tensor]:
        """As eval mode has them, before they are quantized."""

    def apply_affine(self, x: Tensor, scale: Tensor, bias: Tensor) -> Tensor:
        scale, bias = self.parameter(self.scale_quant, scale), self.parameter(self.bias_quant, bias)
        return cast_output(self.output_quant, affine(x, scale, bias))

    def forward(self, x: Tensor) -> Tensor:
        return self.apply_affine(self.numbers(x), *self.scale_and_bias())

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "affine", inputs)
        scale, bias = self.scale_and_bias()
        scale, bias = self.parameter(self.scale_quant, scale), self.parameter(self.bias_quant, bias)
        scale_fraction = node.tensor("scale", self.scale_quant, scale, tuple(scale.shape))
        bias_fraction = node.tensor("bias", self.bias_quant, bias, tuple(bias.shape))
        largest = inputs[0].largest * scale.abs().max().item() + bias.abs().max().item()
        return node.result(shape, max(inputs[0].fraction + scale_fraction, bias_fraction), largest, self.output_quant)


class QuantAffine(_Affine):
    """y = cast(scale * x + bias), scale and bias [channels] learned as they are: batch normalisation that was folded before.

    `channels`: those of x (N, channels, ...), or 1 for a scale and a bias of all. Exact without a type; left out, `scale_quant`
    and `bias_quant` are FixedPoint(12).
    """

    bias: Tensor

    def __init__(
        self,
        channels: int,
        output_quant: FixedPoint | None = None,
        *,
        scale_quant: Quantizer | None = None,
        bias_quant: Quantizer | None = None,
    ) -> None:
        super().__init__(output_quant, scale_quant, bias_quant)
        self.scale = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def scale_and_bias(self) -> tuple[Tensor, Tensor]:
        return self.scale, self.bias


class QuantMul(QuantAffine):
    """y = cast(scale * x) of x (N, channels, ...), the scale [channels] or [1] learned, as QuantAffine has it.

    There is no product of two streams: it would need a multiplier.
    """

    def __init__(self, channels: int, output_quant: FixedPoint | None = None, *, scale_quant: Quantizer | None = None) -> None:
        super().__init__(channels, output_quant, scale_quant=scale_quant)
        del self.bias
        self.register_buffer("bias", torch.zeros(channels))


class QuantBatchNorm(_Affine):
    """Batch normalisation over all axes but the channels', computed as the affine that hardware has.

    In training scale and bias come from the batch, in eval mode from the running statistics; they are quantized in both.
    `weight`, `bias`, `running_mean`, `running_var`, `eps`, `momentum` (a number): as nn.BatchNorm2d's. Exact without a type;
    left out, `scale_quant` and `bias_quant` are FixedPoint(12).
    """

    running_mean: Tensor
    running_var: Tensor

    def __init__(
        self,
        channels: int,
        output_quant: FixedPoint | None = None,
        *,
        scale_quant: Quantizer | None = None,
        bias_quant: Quantizer | None = None,
        eps: float = 1e-5,
        momentum: float = 0.1,
    ) -> None:
        super().__init__(output_quant, scale_quant, bias_quant)
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x: Tensor) -> Tensor:
        x = self.numbers(x)
        if not self.training:
            return self.apply_affine(x, *self.scale_and_bias())
        if x.numel() == x.shape[1]:
            raise ValueError(f"batch statistics need more than one value of each channel, not {tuple(x.shape)}")
        # PyTorch's own first half of a batch norm: the statistics of the batch, and the running ones brought up to date.
        running = self.numbers(self.running_mean), self.numbers(self.running_var)
        mean, variance = torch.batch_norm_update_stats(x.detach(), *running, self.momentum)
        self.running_mean.copy_(running[0])
        self.running_var.copy_(running[1])
        weight, start = self.numbers(self.weight), self.numbers(self.bias)
        with torch.no_grad():
            scale, bias = self._folded(mean, variance)
        quantized = self.parameter(self.scale_quant, scale), self.parameter(self.bias_quant, bias)
        inverse = torch.rsqrt(variance + self.eps)
        return cast_output(self.output_quant, _BatchAffine.apply(x, weight, start, *quantized, mean, inverse))

    def scale_and_bias(self) -> tuple[Tensor, Tensor]:
        return self._folded(self.running_mean.double(), self.running_var.double())

    def _folded(self, mean: Tensor, variance: Tensor) -> tuple[Tensor, Tensor]:
        scale = self.weight * torch.rsqrt(variance + self.eps)
        return scale, self.bias - mean * scale

    def frozen(self) -> Layer:
        scale, bias = self.scale_and_bias()
        affine = QuantAffine(len(scale), self.output_quant, scale_quant=self.scale_quant, bias_quant=self.bias_quant)
        affine.scale.data, affine.bias.data = scale, bias
        return affine.eval().frozen()


class _BatchAffine(torch.autograd.Function):
    """scale * x + bias as quantized; the gradients of x, weight and bias are those of the batch norm that they stand for."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, _bias: Tensor, scale: Tensor, offset: Tensor, mean: Tensor, inverse: Tensor
    ) -> Tensor:
        """`mean`, `inverse`: of the batch, and 1 / sqrt(variance + eps)."""
        ctx.save_for_backward(x, weight, mean, inverse)
        return affine(x, scale, offset)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, mean, inverse = ctx.saved_tensors
        by_x, by_weight, by_bias = torch.ops.aten.native_batch_norm_backward(
            gradients[0], x, weight, None, None, mean, inverse, True, 0.0, [True, True, True]
        )
        return by_x, by_weight, by_bias, by_weight / inverse + mean * by_bias, by_bias, None, None


def affine(x: Tensor, scale: Tensor, bias: Tensor) -> Tensor:
    """scale * x + bias per channel (or one for all), exact where the format holds it: a batch norm of mean 0 and variance 1.

    Not nn.functional's: some releases of PyTorch refuse its eps of 0.
    """
    scale, bias = (each.expand(x.shape[1]) if len(each) == 1 else each for each in (scale, bias))
    return torch.batch_norm(x, scale, bias, torch.zeros_like(bias), torch.ones_like(bias), False, 0.0, 0.0, False)
