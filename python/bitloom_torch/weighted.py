"""Convolutions and dense layers: sums of products with quantized weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape, given_or
from .model_file import ExportError, ModelFile, Stream
from .quantizer import Quantizer

WEIGHT_BITS = 8
BIAS_BITS = 16

Pair = tuple[int, int]


def pair(size: int | Sequence[int]) -> Pair:
    """(vertical, horizontal). Raises a TypeError for what is neither one number nor two."""
    both = (size, size) if isinstance(size, int) else tuple(size)
    if len(both) != 2 or not all(isinstance(each, int) for each in both):
        raise TypeError(f"a size is a number or (vertical, horizontal), not {size!r}")
    return both


def geometry(stride: Pair, padding: Pair, value: str | int = "absent") -> dict[str, Any]:
    """`stride` and `padding` as the model file has them."""
    vertical, horizontal = padding
    sides = {"top": vertical, "left": horizontal, "bottom": vertical, "right": horizontal}
    return {"stride": list(stride), "padding": {**sides, "value": value}}


class _Weighted(Layer):
    """Latent `weight` and `bias` with their quantizers, and the type in which sums are kept."""

    weight: nn.Parameter
    bias: nn.Parameter | None

    def __init__(
        self,
        plain: nn.Conv2d | nn.Linear,
        weight_quant: Quantizer | None,
        bias_quant: Quantizer | None,
        accumulator: FixedPoint | None,
    ) -> None:
        """Starts with the weights of a layer of PyTorch."""
        super().__init__()
        self.weight = nn.Parameter(plain.weight)
        self.bias = None if plain.bias is None else nn.Parameter(plain.bias)
        self.weight_quant = given_or(weight_quant, WEIGHT_BITS)
        self.bias_quant = given_or(bias_quant, BIAS_BITS) if plain.bias is not None else None
        self.accumulator = accumulator

    def weight_and_bias(self) -> tuple[Tensor, Tensor | None]:
        weight = self.parameter(self.weight_quant, self.weight)
        if self.bias is None or self.bias_quant is None:
            return weight, None
        return weight, self.parameter(self.bias_quant, self.bias)

    def sum_result(self, node: Node, shape: Shape, reach: float) -> Stream:
        """Writes the node. `reach`: the largest magnitude that a tap may see."""
        weight, bias = self.weight_and_bias()
        source = node.inputs[0]
        fraction = source.fraction + node.tensor("weight", self.weight_quant, weight, tuple(weight.shape))
        largest = weight.abs().flatten(1).sum(1).max().item() * reach
        if bias is not None and self.bias_quant is not None:
            fraction = max(fraction, node.tensor("bias", self.bias_quant, bias, tuple(bias.shape)))
            largest += bias.abs().max().item()
        return node.result(shape, fraction, largest, self.accumulator, "accumulator")


class QuantConv2d(_Weighted):
    """2-D convolution, (N, C, H, W) -> (N, O, H', W').

    The sum is exact, or cast after every product if there is an `accumulator` (in training only the whole sum).
    `padding_value`: what padded taps show, a number of the input's type; None: they do not exist (contribute 0).
    Left out, `weight_quant` of the weights (O, C / groups, KH, KW) is FixedPoint(8), and `bias_quant` FixedPoint(16).
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Pair,
        stride: int | Pair = 1,
        padding: int | Pair = 0,
        *,
        groups: int = 1,
        bias: bool = True,
        padding_value: float | None = None,
        weight_quant: Quantizer | None = None,
        bias_quant: Quantizer | None = None,
        accumulator: FixedPoint | None = None,
    ) -> None:
        plain = nn.Conv2d(in_channels, out_channels, pair(kernel_size), groups=groups, bias=bias)
        super().__init__(plain, weight_quant, bias_quant, accumulator)
        self.stride, self.padding, self.groups, self.padding_value = pair(stride), pair(padding), groups, padding_value

    def extra_repr(self) -> str:
        outputs, inputs, *kernel = self.weight.shape
        geometry = f"kernel_size={tuple(kernel)}, stride={self.stride}, padding={self.padding}, groups={self.groups}"
        return f"{inputs * self.groups}, {outputs}, {geometry}, bias={self.bias is not None}"

    def forward(self, x: Tensor) -> Tensor:
        x, padding = self.numbers(x), self.padding
        if self.padding_value is not None:
            vertical, horizontal = padding
            x, padding = F.pad(x, (horizontal, horizontal, vertical, vertical), value=self.padding_value), (0, 0)
        weight, bias = self.weight_and_bias()
        if self.accumulator is not None and not self.training:
            return self._accumulate(F.pad(x, (padding[1], padding[1], padding[0], padding[0])), weight, bias)
        y = F.conv2d(x, weight, bias, self.stride, padding, groups=self.groups)
        return y if self.accumulator is None else self.accumulator(y)

    def _accumulate(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """docs/ir.md: a = cast(bias), then a = cast(a + w * x) in the order kernel row, kernel column, channel.

        A padded tap adds 0 to what is of the type already, as if it were skipped.
        """
        assert self.accumulator is not None
        outputs, channels, *kernel = weight.shape
        windows = x.unfold(2, kernel[0], self.stride[0]).unfold(3, kernel[1], self.stride[1])
        count, _, height, width = windows.shape[:4]
        taps = windows.reshape(count, self.groups, 1, channels, height, width, *kernel)
        rows = weight.view(1, self.groups, outputs // self.groups, channels, 1, 1, *kernel)
        start = torch.zeros(outputs, dtype=x.dtype, device=x.device) if bias is None else bias
        total = self.accumulator(start.view(1, self.groups, -1, 1, 1).expand(count, -1, -1, height, width))
        for row in range(kernel[0]):
            for column in range(kernel[1]):
                for c in range(channels):
                    total = self.accumulator(total + taps[:, :, :, c, :, :, row, column] * rows[:, :, :, c, :, :, row, column])
        return total.reshape(count, outputs, height, width)

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        source, value = inputs[0], self.padding_value
        raw = 0.0 if value is None else value * 2.0**source.fraction
        if value is not None and not (raw.is_integer() and source.reaches(value)):
            raise ExportError(f"{name}: the padding value {value} is not of the input's type")
        padding = geometry(self.stride, self.padding, "absent" if value is None else int(raw))
        node = Node(file, name, "conv2d", inputs, **padding, groups=self.groups)
        return self.sum_result(node, shape, source.largest)


class QuantLinear(_Weighted):
    """Dense layer, (N, C) or (N, C, H, W) -> (N, O); columns in PyTorch's order of a flattened (C, H, W).

    The sum is exact, or cast after every product if there is an `accumulator`, in the order row, column, channel: then give
    it the map itself and not a flattened one. In training the accumulator casts only the whole sum.
    Left out, `weight_quant` of the weights (O, C) is FixedPoint(8), and `bias_quant` FixedPoint(16).
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        weight_quant: Quantizer | None = None,
        bias_quant: Quantizer | None = None,
        accumulator: FixedPoint | None = None,
    ) -> None:
        super().__init__(nn.Linear(in_features, out_features, bias), weight_quant, bias_quant, accumulator)
        # Of a map, PyTorch's flatten has another order than hardware; export asks for what came last.
        self.took_vector = False

    def extra_repr(self) -> str:
        return f"{self.weight.shape[1]}, {self.weight.shape[0]}, bias={self.bias is not None}"

    def forward(self, x: Tensor) -> Tensor:
        x, self.took_vector = self.numbers(x), x.ndim == 2
        weight, bias = self.weight_and_bias()
        if self.accumulator is None:
            return F.linear(x.flatten(1), weight, bias)
        if self.training:
            return self.accumulator(F.linear(x.flatten(1), weight, bias))
        rows = weight.view(len(weight), *x.shape[1:])
        if x.ndim == 4:
            x, rows = x.permute(0, 2, 3, 1), rows.permute(0, 2, 3, 1)
        start = torch.zeros(len(weight), dtype=x.dtype, device=x.device) if bias is None else bias
        total = self.accumulator(start.expand(len(x), -1))
        for seen, column in zip(x.flatten(1).T, rows.flatten(1).T, strict=True):
            total = self.accumulator(total + seen[:, None] * column)
        return total

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        if self.accumulator is not None and self.took_vector and inputs[0].shape[1:] != (1, 1):
            raise ExportError(
                f"{name}: with an accumulator it takes the map itself, whose order hardware has; leave out the flatten"
            )
        return self.sum_result(Node(file, name, "dense", inputs), shape, inputs[0].largest)
