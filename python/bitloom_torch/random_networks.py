"""Random small networks of all layers, types and modes, for tests."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import torch
from torch import Tensor, nn

from . import (
    Binary,
    FixedPoint,
    FixedType,
    GatedBinaryConv2d,
    KHot,
    QuantAdd,
    QuantAddConstant,
    QuantAffine,
    QuantAvgPool2d,
    QuantBatchNorm,
    QuantConv2d,
    QuantGlobalAvgPool2d,
    QuantLinear,
    QuantMul,
    QuantPReLU,
    QuantReLU,
    RPReLU,
    Ternary,
    Thermometer,
    calibrate,
)
from .cast import OVERFLOW, ROUND
from .k_hot import Digits
from .quantizer import BinaryPoint, Quantizer
from .weighted import Pair

INPUTS = ("ap_uint<8>", "ap_uint<3>", "ap_fixed<7,3>", "ap_ufixed<6,-1>", "ap_int<5>")
IMAGES = 3


class RandomNetwork(nn.Module):
    """Steps one after the other; some have a shortcut around them.

    `raw_images`: integers (IMAGES, C, H, W) of its `input_type`; `images`: the numbers that they are."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.random = Random(seed)
        torch.manual_seed(seed)
        self.input_type = self.random.choice(INPUTS)
        self.shape = (self.random.randint(1, 3), self.random.randint(3, 7), self.random.randint(3, 7))
        self.steps = nn.ModuleList()
        target = FixedType.parse(self.input_type)
        self.raw_images = torch.randint(target.lowest, target.highest + 1, (IMAGES, *self.shape))
        self.images = self.raw_images * 2.0**-target.fraction
        self.grow(torch.zeros(1, *self.shape))
        self.scatter()

    def forward(self, x: Tensor) -> Tensor:
        for step in self.steps:
            x = step(x)
        return x

    def grow(self, x: Tensor) -> None:
        """Steps of random kinds, the first and the last of which suit an input and an output; x has the shape that they see."""
        random = self.random
        if self.input_type.startswith("ap_uint") and random.random() < 0.3:
            x = self.add(x, Thermometer(random.randint(1, 6), random.randint(1, 60), random.choice(list(ROUND))))
        for _ in range(random.randint(1, 5)):
            for step in random.choice(KINDS)(self, x.shape[1], min(x.shape[2:])):
                x = self.add(x, step)
        if random.random() < 0.5:
            for step in self.head(x):
                x = self.add(x, step)

    def add(self, x: Tensor, step: nn.Module) -> Tensor:
        self.steps.append(step)
        with torch.no_grad():
            return step(x)

    @torch.no_grad()
    def scatter(self) -> None:
        """Random statistics and parameters; then binary points where the numbers are, or near, so that some overflow."""
        for module in self.modules():
            if isinstance(module, QuantBatchNorm):
                module.running_mean.normal_()
                module.running_var.uniform_(0.2, 3)
        for name, parameter in self.named_parameters():
            if not name.endswith(("fraction", "integer")):
                parameter.normal_(std=0.7)
        self.eval()
        calibrate(self, self.images, self.random.choice(["largest", "error"]))
        for module in self.modules():
            if isinstance(module, BinaryPoint) and module.learned:
                module.fraction.add_(self.random.choice([0, 0, 0.3, -1, 1, 2]))

    def type(self, most: int = 12) -> FixedPoint:  # type: ignore[override]
        random = self.random
        rounding, overflow = random.choice(list(ROUND)), random.choice(list(OVERFLOW))
        width, signed = random.randint(1, most), random.random() < 0.8
        learn_width = random.random() < 0.2 and not overflow.startswith("AP_WRAP")
        return FixedPoint(width, signed=signed, rounding=rounding, overflow=overflow, learn_width=learn_width)

    def maybe_type(self, most: int = 12) -> FixedPoint | None:
        return self.type(most) if self.random.random() < 0.8 else None

    def parameter_quantizer(self, bits: int = 8) -> Quantizer:
        """Of a tensor [channels]."""
        if self.random.random() < 0.5:
            return self.type(bits)
        width = self.random.randint(2, bits)
        digits: Digits = self.random.choice(["signed", "unsigned"])
        k_hot = KHot(width, self.random.randint(1, min(3, width)), digits, signed=self.random.random() < 0.8)
        k_hot.limit(self.random.randint(1, k_hot.terms))
        return k_hot

    def weight_quantizer(self, outputs: int) -> Quantizer:
        kind = self.random.randrange(6)
        if kind == 0:
            return Binary()
        if kind == 1:
            return Ternary()
        if kind == 2:
            return FixedPoint(self.random.randint(2, 6), channels=outputs)
        if kind == 3:
            return KHot(self.random.randint(2, 6), 2, channels=outputs)
        return self.parameter_quantizer()

    def convolution(self, channels: int, size: int) -> list[nn.Module]:
        random = self.random
        groups = random.choice([1, channels])
        outputs = groups * random.randint(1, 3)
        conv = QuantConv2d(
            *(channels, outputs, *self.window(size)),
            groups=groups,
            bias=random.random() < 0.5,
            padding_value=random.choice([None, 0.0]) if self.steps and not self.after_signs() else None,
            weight_quant=self.weight_quantizer(outputs),
            bias_quant=self.parameter_quantizer(),
            accumulator=self.type() if random.random() < 0.3 else None,
        )
        return [conv]

    def window(self, size: int) -> tuple[Pair, Pair, Pair]:
        """Kernel, stride and padding."""
        kernel = (self.random.randint(1, min(3, size)), self.random.randint(1, min(3, size)))
        stride = (self.random.randint(1, 2), self.random.randint(1, 2))
        return kernel, stride, (self.random.randint(0, kernel[0] // 2), self.random.randint(0, kernel[1] // 2))

    def after_signs(self) -> bool:
        return isinstance(self.steps[-1], Binary | Thermometer)

    def signs(self, channels: int, size: int) -> list[nn.Module]:
        value = self.random.choice([None, -1.0, 1.0])
        return [Binary(), QuantConv2d(channels, 2, *self.window(size), padding_value=value, weight_quant=Binary())]

    def gated(self, channels: int, size: int) -> list[nn.Module]:
        kernel, stride, padding = self.window(size)
        conv = GatedBinaryConv2d(
            *(channels, self.random.randint(1, 3), kernel, self.type(), stride, padding),
            threshold_quant=self.parameter_quantizer(),
            scale_quant=self.parameter_quantizer(),
        )
        return [conv]

    def norm(self, channels: int, _size: int) -> list[nn.Module]:
        quantizers = {"scale_quant": self.parameter_quantizer(), "bias_quant": self.parameter_quantizer()}
        kind = self.random.choice([QuantBatchNorm, QuantAffine])
        return [kind(channels, self.maybe_type(), **quantizers)]

    def pool(self, _channels: int, size: int) -> list[nn.Module]:
        kernel, stride, padding = self.window(size)
        if self.random.random() < 0.4:
            return [nn.MaxPool2d(kernel, stride, padding)]
        accumulator = self.type() if self.random.random() < 0.4 else None
        return [QuantAvgPool2d(kernel, self.type(), stride, padding, accumulator=accumulator)]

    def head(self, x: Tensor) -> list[nn.Module]:
        random = self.random
        accumulator = self.type() if random.random() < 0.4 else None
        steps: list[nn.Module] = []
        features = x[0].numel()
        if random.random() < 0.5:
            steps.append(QuantGlobalAvgPool2d(self.type(), accumulator=self.type() if random.random() < 0.3 else None))
            features = x.shape[1]
        elif accumulator is None:
            steps.append(nn.Flatten())
        weights = {"weight_quant": self.weight_quantizer(4), "bias_quant": self.parameter_quantizer()}
        return [*steps, QuantLinear(features, 4, random.random() < 0.5, **weights, accumulator=accumulator)]


class Around(nn.Module):
    """x joined with what a step makes of it."""

    def __init__(self, step: nn.Module, join: QuantAdd | None) -> None:
        super().__init__()
        self.step, self.join = step, join

    def forward(self, x: Tensor) -> Tensor:
        return x + self.step(x) if self.join is None else self.join(x, self.step(x))


class Doubled(nn.Module):
    """All channels, and once more."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat((x, x), 1)


class Joined(nn.Module):
    """All channels in a type, and what a step makes of them in the same one."""

    def __init__(self, common: FixedPoint, step: nn.Module) -> None:
        super().__init__()
        self.common, self.step = common, step

    def forward(self, x: Tensor) -> Tensor:
        y = self.common(x)
        return torch.cat((self.common(self.step(y)), y), 1)


Kind = Callable[[RandomNetwork, int, int], list[nn.Module]]
"""Steps for a number of channels and the smaller side of a map."""

KINDS: list[Kind] = [
    RandomNetwork.convolution,
    RandomNetwork.convolution,
    RandomNetwork.signs,
    RandomNetwork.gated,
    RandomNetwork.norm,
    RandomNetwork.pool,
    lambda network, channels, _: [QuantMul(channels, network.maybe_type(), scale_quant=network.parameter_quantizer())],
    lambda network, channels, _: [
        QuantAddConstant(channels, network.maybe_type(), constant_quant=network.parameter_quantizer())
    ],
    lambda network, channels, _: [QuantPReLU(channels, network.maybe_type(), slope_quant=network.parameter_quantizer())],
    lambda network, channels, _: [RPReLU(channels, network.type(), constant_quant=network.parameter_quantizer())],
    lambda network, channels, _: [*2 * (QuantPReLU(channels, network.type()),)],
    lambda network, channels, _: [Joined(network.type(), QuantMul(channels, network.maybe_type()))],
    lambda network, *_: [QuantReLU(network.maybe_type())],
    lambda network, *_: [nn.ReLU(), network.type(20)],
    lambda network, *_: [network.type(20)],
    lambda network, *_: [network.type(), Doubled()],
    lambda network, *_: [Around(network.type(), network.maybe_type() and QuantAdd(network.type()))],
]
