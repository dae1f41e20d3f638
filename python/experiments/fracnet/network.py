"""FracNet in bitloom_torch's layers, in the float originals or in the hardware's numbers.

The algebra has fewer steps than the release, which changes nothing in real numbers and spares hardware:
- a code's bits count 2 and 1, not 2/3 and 1/3, so the gated sum 2 M + L is an exact integer; bn_a's scale takes up the 1/3;
- the biases of the affines before and after the PReLU take up RPReLU's shifts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from bitloom_torch import (
    Binary,
    FixedPoint,
    KHot,
    QuantAdd,
    QuantAffine,
    QuantAvgPool2d,
    QuantConv2d,
    QuantGlobalAvgPool2d,
    QuantLinear,
    QuantPReLU,
    Real,
    Thermometer,
)
from bitloom_torch.gated import GATE_STEEPNESS, GatedSum, TwoBitCode
from bitloom_torch.quantizer import Quantizer

MOST_TERMS = 3
STEEPNESS = GATE_STEEPNESS / 3
"""Of the gate: sums are three times those of FracBNN here."""
Parameters = dict[str, npt.NDArray[np.float64]]
PLACES = [(layer, block, half) for layer in (1, 2, 3) for block in (0, 1, 2) for half in (1, 2)]


@dataclass(frozen=True)
class Numbers:
    """The hardware's numbers."""

    width: int
    """Bits of every feature map between a convolution and the next code."""
    terms: float | None
    """Powers of two in each parameter that multiplies, on average over products (`choose_terms`, from MOST_TERMS) where that is
    no whole number; None: as many as its type has bits."""
    parameter_width: int = 12

    @property
    def mean_terms(self) -> float | None:
        """The average, where tensors differ in K."""
        return None if self.terms is None or float(self.terms).is_integer() else self.terms


def feature_map(numbers: Numbers | None) -> FixedPoint | None:
    return None if numbers is None else FixedPoint(numbers.width)


def mean_type(numbers: Numbers | None) -> FixedPoint:
    """Of the pools: 24 bits stand for real numbers in the teacher."""
    return FixedPoint.of("ap_fixed<24,10,AP_RND,AP_SAT>") if numbers is None else FixedPoint(numbers.width)


def factor(numbers: Numbers | None) -> Quantizer:
    """The form of a parameter that multiplies."""
    if numbers is None or numbers.terms is None:
        return addend(numbers)
    return KHot(numbers.parameter_width, int(numbers.terms) if numbers.mean_terms is None else MOST_TERMS)


def addend(numbers: Numbers | None) -> Quantizer:
    """The form of a parameter that is added."""
    return Real() if numbers is None else FixedPoint(numbers.parameter_width)


def affine(scale: npt.NDArray[np.float64], bias: npt.NDArray[np.float64], numbers: Numbers | None) -> QuantAffine:
    """A folded batch normalisation."""
    layer = QuantAffine(len(scale), feature_map(numbers), scale_quant=factor(numbers), bias_quant=addend(numbers))
    _set(layer.scale, scale)
    _set(layer.bias, bias)
    return layer


class IntegerGatedSum(GatedSum):
    """The gated sum 2 M + L as an exact integer. The weights are given and stay; the thresholds are learned."""

    def __init__(self, weight: npt.NDArray[np.float64], threshold: npt.NDArray[np.float64], stride: int) -> None:
        outputs, inputs = weight.shape[:2]
        integer = FixedPoint.of("ap_int<12>")
        super().__init__(inputs, outputs, 3, stride, 1, integer, 0.0, FixedPoint.of("ap_int<12>"), FixedPoint.of("ap_int<3>"))
        _set(self.weight, weight, learn=False)
        _set(self.scale, np.array([2.0, 1.0]), learn=False)
        _set(self.threshold, 3 * threshold)

    def forward(self, codes: Tensor) -> Tensor:
        """As GatedSum's, without casts that change nothing; in training in bfloat16, which holds even sums up to 512 of 576."""
        number = torch.bfloat16 if self.training else torch.float32
        high = torch.where(codes.detach() >= 2, 1.0, -1.0)
        low = 2 * (codes.detach() - high) - 3
        planes = torch.cat((high + (codes - codes.detach()), low)).to(number)
        coarse, fine = nn.functional.conv2d(planes, self.weight.to(number), None, self.stride, self.padding).chunk(2)
        coarse, threshold = 2 * coarse.to(codes.dtype), self.threshold.to(codes.dtype).view(-1, 1, 1)
        gate = (coarse > threshold.floor()).to(codes.dtype)
        if torch.is_grad_enabled():
            smooth = torch.sigmoid((coarse - threshold) * STEEPNESS)
            gate = gate + (smooth - smooth.detach())
        return torch.addcmul(coarse, gate, fine)


class Stage(nn.Module):
    """A gated convolution and its shortcut: (N, C, H, W) -> (N, O, H / stride, W / stride); with stride 2, O = 2 C."""

    def __init__(self, parameters: Parameters, layer: int, block: int, half: int, numbers: Numbers | None) -> None:
        super().__init__()

        def given(name: str) -> npt.NDArray[np.float64]:
            return parameters[f"layer{layer}_{block}_{name}"]

        stride = 2 if layer > 1 and block == 0 and half == 1 else 1
        shift_in, slope, shift_out = (given(f"rprelu{half}_{of}") for of in ("shift_x_bias", "prelu_weight", "shift_y_bias"))
        scale, bias = given(f"bn{half + 2}_weight"), given(f"bn{half + 2}_bias")
        self.code = TwoBitCode()
        self.conv = IntegerGatedSum(parameters[f"layer{layer}_{block}.{half}.weight"], given(f"conv{half}_threshold"), stride)
        self.norm_conv = affine(given(f"bn{half}_weight") / 3, given(f"bn{half}_bias") + shift_in, numbers)
        self.prelu = QuantPReLU(len(slope), feature_map(numbers), slope_quant=factor(numbers))
        _set(self.prelu.slope, slope)
        self.pool = None if stride == 1 else QuantAvgPool2d(2, mean_type(numbers))
        self.join = QuantAdd(feature_map(numbers))
        self.norm_join = affine(scale, bias + scale * shift_out, numbers)

    def forward(self, x: Tensor) -> Tensor:
        y = self.prelu(self.norm_conv(self.conv(self.code(x))))
        if self.pool is not None:
            x = self.pool(x)
            x = torch.cat((x, x), 1)
        return self.norm_join(self.join(x, y))


class Network(nn.Module):
    """Bytes (N, 3, 32, 32) -> logits (N, 10)."""

    def __init__(self, parameters: Parameters, numbers: Numbers | None) -> None:
        super().__init__()
        self.encode = Thermometer(32, 8)
        self.stem = QuantConv2d(96, 16, 3, padding=1, bias=False, weight_quant=Binary())
        _set(self.stem.weight, parameters["conv1.weight"], learn=False)
        self.norm_stem = affine(parameters["bn1_weight"], parameters["bn1_bias"], numbers)
        self.stages = nn.Sequential(*(Stage(parameters, *place, numbers) for place in PLACES))
        self.mean = QuantGlobalAvgPool2d(mean_type(numbers))
        self.logits = QuantLinear(64, 10, weight_quant=factor(numbers), bias_quant=addend(numbers))
        _set(self.logits.weight, parameters["linear_weight"])
        assert self.logits.bias is not None
        _set(self.logits.bias, parameters["linear_bias"])

    def forward(self, images: Tensor) -> Tensor:
        return self.after_stem(self.stem(self.encode(images)))

    def after_stem(self, sums: Tensor) -> Tensor:
        """The sums of the first convolution (N, 16, 32, 32), on which nothing that is learned has an influence, -> logits."""
        return self.logits(self.mean(self.stages(self.norm_stem(sums))).flatten(1))


class AfterStem(nn.Module):
    """The network without its first convolution, as a module."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, sums: Tensor) -> Tensor:
        return self.network.after_stem(sums)


def _set(parameter: Tensor, values: npt.NDArray[np.float64], learn: bool = True) -> None:
    parameter.data = torch.tensor(values, dtype=torch.float32)
    parameter.requires_grad_(learn)
