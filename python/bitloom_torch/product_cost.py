"""What products cost: a term of the loss under which word lengths are learned (HGQ, arXiv 2405.00645)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from .export import Exporter, unwrapped
from .model_file import InputShape, ModelFile, Stream
from .quantizer import BinaryPoint, Quantizer
from .weighted import QuantConv2d, QuantLinear

# Fitted to the compiler's cost model (src/ir/rtl/sums-parts.ts); a test compares them.
LUTS_PER_BIT_PRODUCT, LUTS_PER_WEIGHT_BIT = 0.65, 2.3
LUTS_PER_SIGNED_BIT, LUTS_PER_SIGN = 1.65, 2.0


_Layer = QuantConv2d | QuantLinear


@dataclass(frozen=True)
class _Products:
    """Those of a layer for one frame."""

    count: int
    layer: _Layer
    input: BinaryPoint | None
    input_bits: int
    """Where no quantizer made the input."""

    def luts(self) -> Tensor:
        device = self.layer.weight.device
        bits = torch.tensor([float(self.input_bits)], device=device) if self.input is None else self.input.bits()
        return product_luts(self.layer.weight_quant, bits)


class ProductCost:
    """The LUTs of a network's convolutions and dense layers when a frame takes `cycles` clock cycles.

    Calling it gives them as a tensor of shape [1], on the model's device. The gradient goes to the widths of the types that
    learn theirs. Shapes and connections are looked at once, when it is made.
    """

    def __init__(self, model: nn.Module, *, input_shape: InputShape, input_type: str = "ap_uint<8>", cycles: int) -> None:
        """`input_shape`, `input_type`: as for `export`. Raises a ValueError for a model without products, or no cycles."""
        looker = _Looker(model, ModelFile("cost", "image", input_shape, input_type))
        looker.go()
        if not looker.found or cycles < 1:
            raise ValueError(f"{len(looker.found)} convolutions and dense layers in {cycles} cycles have no cost")
        originals = dict(zip(looker.evaluated.modules(), unwrapped(model).modules(), strict=True))
        self.cycles = cycles
        self.products = [
            _Products(count, _with_products(originals[layer]), source and _point(originals[source]), bits)
            for layer, count, source, bits in looker.found
        ]

    def __call__(self) -> Tensor:
        return torch.stack([products.luts() * products.count for products in self.products]).sum(0) / self.cycles


class _Looker(Exporter):
    """Finds the layers with products, how many each has, and what made its input."""

    def __init__(self, model: nn.Module, file: ModelFile) -> None:
        super().__init__(model, file)
        self.found: list[tuple[_Layer, int, BinaryPoint | None, int]] = []

    def module_step(self, module: nn.Module, name: str, inputs: list[Stream], result: Tensor) -> Stream:
        if isinstance(module, QuantConv2d | QuantLinear):
            count = result.numel() * module.weight[0].numel()
            self.found.append((module, count, inputs[0].quantizer, inputs[0].bits))
        return super().module_step(module, name, inputs, result)


def product_luts(weight: Quantizer, input_bits: Tensor) -> Tensor:
    """LUTs of one more product per cycle of numbers of `input_bits`, with its share of adders. Shape [1]."""
    if not isinstance(weight, BinaryPoint):
        return LUTS_PER_SIGNED_BIT * input_bits + LUTS_PER_SIGN
    return weight.bits() * (LUTS_PER_BIT_PRODUCT * input_bits + LUTS_PER_WEIGHT_BIT)


def _with_products(module: nn.Module) -> _Layer:
    assert isinstance(module, QuantConv2d | QuantLinear)
    return module


def _point(module: nn.Module) -> BinaryPoint:
    assert isinstance(module, BinaryPoint)
    return module
