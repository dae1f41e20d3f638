"""What all layers share: how they compute exactly, and how they become nodes of a model file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import torch
from torch import Tensor, nn

from .fixed_point import FixedPoint
from .model_file import ExportError, ModelFile, Stream, check_exact
from .quantizer import Quantizer


class Layer(nn.Module, ABC):
    """A layer of docs/ir.md. In training it computes in float32; in eval mode in float64, every number as the hardware has it.

    The format of its parameters does not matter. Inputs: feature maps (N, C, H, W) or vectors (N, C).
    """

    def __setattr__(self, name: str, value: Any) -> None:
        """`output_quant` and `accumulator` are types of results, all other `p_quant` quantizers of parameters."""
        is_type = name in ("output_quant", "accumulator")
        if is_type or name.endswith("_quant"):
            _check_quantizer(f"{type(self).__name__}: {name}", value, is_type)
        super().__setattr__(name, value)

    def numbers(self, x: Tensor) -> Tensor:
        """The input in the format of the mode."""
        return x.to(torch.float32 if self.training else torch.float64)

    def parameter(self, quantizer: Quantizer, latent: Tensor) -> Tensor:
        """What the hardware has for a parameter."""
        return quantizer(self.numbers(latent))

    def frozen(self) -> Layer:
        """Itself, with its parameters quantized for good: that of the parameter `p` is `p_quant`."""
        for name, latent in [*self.named_parameters(recurse=False)]:
            # A parameter of its own, where several layers shared one.
            setattr(self, name, nn.Parameter(self.parameter(getattr(self, f"{name}_quant"), latent)))
        return self

    @abstractmethod
    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        """Adds its node to the file. `shape` is that of the output: channels, height, width."""


Shape = tuple[int, int, int]


def _check_quantizer(name: str, value: object, is_type: bool) -> None:
    """Raises a TypeError for what is no quantizer, or no type; None is none, of a type or of a bias that there is not."""
    if value is None and (is_type or name.endswith("bias_quant")):
        return
    if not isinstance(value, FixedPoint if is_type else Quantizer):
        raise TypeError(f"{name} takes a {'FixedPoint' if is_type else 'quantizer'}, such as FixedPoint(8), not {value!r}")
    if is_type and isinstance(value, FixedPoint) and value.fraction.numel() > 1:
        raise TypeError(f"{name} takes one FixedPoint, such as FixedPoint(8); types by channel are for weights")


def given_or(quantizer: Quantizer | None, bits: int) -> Quantizer:
    """The quantizer of a parameter; a type of so many bits where there is none."""
    return FixedPoint(bits) if quantizer is None else quantizer


def cast_output(quantizer: FixedPoint | None, x: Tensor) -> Tensor:
    """x in the output's type; as it is where there is none."""
    return x if quantizer is None else quantizer(x)


def per_channel(parameter: Tensor, x: Tensor) -> Tensor:
    """A parameter [C] or [1] in a shape that broadcasts over x (N, C, ...)."""
    return parameter.view(-1, *(1 for _ in range(x.ndim - 2)))


class Node:
    """A node in the making: collects its tensors, then its result."""

    def __init__(self, file: ModelFile, name: str, kind: str, inputs: list[Stream], **attributes: Any) -> None:
        self.file, self.name, self.kind, self.inputs, self.attributes = file, name, kind, inputs, attributes

    def tensor(self, key: str, quantizer: Quantizer, values: Tensor, shape: tuple[int, ...]) -> int:
        """Adds a tensor of the values that the quantizer gave, as the attribute `key`; returns its fraction."""
        if not values.isfinite().all():
            raise ExportError(f"{self.name}: its {key} has numbers that are infinite or NaN; has the training diverged?")
        stored = quantizer.stored(values)
        self.attributes[key] = self.file.tensor(f"{self.name}.{key}", stored, shape)
        return stored.fraction

    def result(
        self, shape: Shape, fraction: int, largest: float, output: FixedPoint | None = None, key: str = "type"
    ) -> Stream:
        """Writes the node. `fraction` and `largest` are of the exact results, before the cast to `output`: attribute `key`."""
        target = None if output is None else output.types()[0]
        check_exact(self.name, max(fraction, target.fraction) if target else fraction, largest)
        cast = {} if target is None else {key: str(target)}
        self.file.node(self.name, self.kind, [x.name for x in self.inputs], **self.attributes, **cast)
        if target:
            return Stream.of_type(self.name, target, shape, output)
        source = self.inputs[0]
        same = (fraction, largest) == (source.fraction, source.largest)
        return Stream(self.name, fraction, largest, shape, source.quantizer if same else None)
