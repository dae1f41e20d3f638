"""Layers that look at one number of each input at a time."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape, cast_output, given_or, per_channel
from .model_file import ModelFile, Stream
from .quantizer import Quantizer

PARAMETER_BITS = 12


def add(file: ModelFile, name: str, inputs: list[Stream], shape: Shape, output: FixedPoint | None = None) -> Stream:
    """Writes the node of a sum of two streams."""
    a, b = inputs
    return Node(file, name, "add", inputs).result(shape, max(a.fraction, b.fraction), a.largest + b.largest, output)


def relu(file: ModelFile, name: str, inputs: list[Stream], shape: Shape, output: FixedPoint | None = None) -> Stream:
    """Writes the node of a ReLU."""
    return Node(file, name, "relu", inputs).result(shape, inputs[0].fraction, inputs[0].largest, output)


class QuantAdd(Layer):
    """y = cast(a + b): the join of a shortcut; a, b and y have one shape. Without a type the sum is exact."""

    def __init__(self, output_quant: FixedPoint | None = None) -> None:
        super().__init__()
        self.output_quant = output_quant

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return cast_output(self.output_quant, self.numbers(a) + self.numbers(b))

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        return add(file, name, inputs, shape, self.output_quant)


class QuantReLU(Layer):
    """y = cast(max(x, 0)), in the shape of x; exact without a type."""

    def __init__(self, output_quant: FixedPoint | None = None) -> None:
        super().__init__()
        self.output_quant = output_quant

    def forward(self, x: Tensor) -> Tensor:
        return cast_output(self.output_quant, F.relu(self.numbers(x)))

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        return relu(file, name, inputs, shape, self.output_quant)


class QuantAddConstant(Layer):
    """y = cast(x + constant) of x (N, channels, ...), the constant [channels] learned; exact without a type.

    Left out, `constant_quant` is FixedPoint(12).
    """

    def __init__(
        self, channels: int, output_quant: FixedPoint | None = None, *, constant_quant: Quantizer | None = None
    ) -> None:
        super().__init__()
        self.constant = nn.Parameter(torch.zeros(channels))
        self.constant_quant = given_or(constant_quant, PARAMETER_BITS)
        self.output_quant = output_quant

    def forward(self, x: Tensor) -> Tensor:
        x = self.numbers(x)
        return cast_output(self.output_quant, x + per_channel(self.parameter(self.constant_quant, self.constant), x))

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "add-constant", inputs)
        constant = self.parameter(self.constant_quant, self.constant)
        fraction = node.tensor("constant", self.constant_quant, constant, tuple(constant.shape))
        largest = inputs[0].largest + constant.abs().max().item()
        return node.result(shape, max(inputs[0].fraction, fraction), largest, self.output_quant)


class QuantPReLU(Layer):
    """y = cast(x < 0 ? slope * x : x) of x (N, channels, ...), the slope [channels] learned; it may be negative.

    Exact without a type. Left out, `slope_quant` is FixedPoint(12). `slope` is what nn.PReLU calls its weight.
    """

    def __init__(
        self,
        channels: int,
        output_quant: FixedPoint | None = None,
        *,
        slope: float = 0.25,
        slope_quant: Quantizer | None = None,
    ) -> None:
        super().__init__()
        self.slope = nn.Parameter(torch.full((channels,), slope))
        self.slope_quant = given_or(slope_quant, PARAMETER_BITS)
        self.output_quant = output_quant

    def forward(self, x: Tensor) -> Tensor:
        x = self.numbers(x)
        return cast_output(self.output_quant, F.prelu(x, self.parameter(self.slope_quant, self.slope)))

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "prelu", inputs)
        slope = self.parameter(self.slope_quant, self.slope)
        fraction = node.tensor("slope", self.slope_quant, slope, tuple(slope.shape))
        largest = inputs[0].largest * max(1.0, slope.abs().max().item())
        return node.result(shape, inputs[0].fraction + max(fraction, 0), largest, self.output_quant)


class RPReLU(nn.Sequential):
    """Shift, PReLU, shift, each with a parameter per channel, of x (N, channels, ...) (ReActNet, arXiv 2003.03488).

    `output_quant`: the type after each of the three steps, which learn binary points of their own; None: exact.
    `constant_quant` quantizes the shifts, each with a binary point of its own, and `slope_quant` the slopes; left out, they are
    FixedPoint(12).
    """

    def __init__(
        self,
        channels: int,
        output_quant: FixedPoint | None = None,
        *,
        constant_quant: Quantizer | None = None,
        slope_quant: Quantizer | None = None,
    ) -> None:
        super().__init__()
        self.shift_in = QuantAddConstant(channels, output_quant, constant_quant=constant_quant)
        self.prelu = QuantPReLU(channels, copy.deepcopy(output_quant), slope_quant=slope_quant)
        self.shift_out = copy.deepcopy(self.shift_in)
