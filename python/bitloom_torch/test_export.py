"""Exported networks: what the files say, and what cannot be exported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from . import (
    Binary,
    ExportError,
    FixedPoint,
    GatedBinaryConv2d,
    KHot,
    QuantAdd,
    QuantAddConstant,
    QuantAffine,
    QuantBatchNorm,
    QuantConv2d,
    QuantGlobalAvgPool2d,
    QuantLinear,
    QuantPReLU,
    RPReLU,
    Thermometer,
    calibrate,
    export,
    freeze,
)


class Block(nn.Module):
    """A gated convolution with a shortcut whose channels are doubled."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = GatedBinaryConv2d(4, 8, 3, FixedPoint(12), padding=1)
        self.norm = QuantBatchNorm(8, FixedPoint(10), scale_quant=KHot(10, 2))
        self.act = RPReLU(8, FixedPoint(10))
        self.join = QuantAdd(FixedPoint(10))

    def forward(self, x: Tensor) -> Tensor:
        return self.join(torch.cat((x, x), 1), self.act(self.norm(self.conv(x))))


class Network(nn.Module):
    """Every kind of layer that FracNet has."""

    def __init__(self) -> None:
        super().__init__()
        self.bits = Thermometer(8, 32)
        self.stem = QuantConv2d(8, 4, 3, padding=1, bias=False, weight_quant=Binary())
        self.norm = QuantBatchNorm(4, FixedPoint(10))
        self.stages = nn.Sequential(Block())
        self.pool = QuantGlobalAvgPool2d(FixedPoint(12))
        self.output = QuantLinear(8, 3)

    def forward(self, x: Tensor) -> Tensor:
        x = self.stages(self.norm(self.stem(self.bits(x))))
        return self.output(self.pool(x).flatten(1))


def grey(count: int = 4) -> Tensor:
    return torch.randint(0, 256, (count, 1, 6, 6), generator=torch.Generator().manual_seed(1), dtype=torch.uint8)


def test_names_follow_the_modules(tmp_path: Path) -> None:
    model = json.loads(export(Network(), tmp_path, input_shape=(1, 6, 6)).read_text())
    assert [node["name"] for node in model["nodes"]] == [
        *("bits", "stem", "norm", "cat", "stages_0_conv_code", "stages_0_conv_sum", "stages_0_norm", "stages_0_act_shift_in"),
        *("stages_0_act_prelu", "stages_0_act_shift_out", "stages_0_join", "pool", "output_"),
    ]
    assert model["output"] == "output_"


def test_freezing_changes_no_number() -> None:
    torch.manual_seed(1)
    network = Network()
    calibrate(network, grey())
    before = network.eval()(grey())
    assert before.dtype == torch.float64
    frozen = freeze(network)
    assert torch.equal(frozen(grey()), before)
    assert not any(parameter.requires_grad for parameter in frozen.parameters())
    assert not any(isinstance(module, QuantBatchNorm) for module in frozen.modules())


def test_a_layer_that_stands_twice_is_frozen_once() -> None:
    norm = QuantBatchNorm(2)
    norm.running_var.fill_(3)
    network = nn.Sequential(norm, nn.ReLU(), norm, nn.Sequential(norm)).eval()
    x = torch.randn(1, 2, 3, 3)
    before = network(x)
    frozen = freeze(network)
    assert torch.equal(frozen(x), before)
    assert len({module for module in frozen.modules() if isinstance(module, QuantAffine)}) == 1
    assert not any(isinstance(module, QuantBatchNorm) for module in frozen.modules())


def test_a_weight_of_two_layers_is_frozen_for_each() -> None:
    first, second = (QuantConv2d(4, 4, 3, padding=1, weight_quant=FixedPoint(width)) for width in (8, 3))
    second.weight = first.weight
    network = nn.Sequential(first, FixedPoint(12), second)
    x = torch.randn(1, 4, 5, 5)
    calibrate(network, x)
    before = network.eval()(x)
    assert torch.equal(freeze(network)(x), before)


def test_steps_of_an_rprelu_have_binary_points_of_their_own() -> None:
    act = RPReLU(2, FixedPoint(8), constant_quant=KHot(8, 2), slope_quant=KHot(6, 1))
    act.shift_out.constant.data.fill_(100)
    calibrate(act, torch.rand(4, 2, 3, 3))
    assert len({module for module in act.modules() if isinstance(module, FixedPoint)}) == 3
    first, _, last = (step.output_quant for step in act.children() if isinstance(step, QuantAddConstant | QuantPReLU))
    assert first is not None and last is not None and first.fraction > last.fraction
    assert isinstance(act.shift_out.constant_quant, KHot) and isinstance(act.prelu.slope_quant, KHot)


def test_it_learns() -> None:
    torch.manual_seed(1)
    network, images = Network(), grey(32)
    labels = (images.float().mean((1, 2, 3)) > 127).long()
    calibrate(network, images)
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    losses = []
    for _ in range(30):
        loss = nn.functional.cross_entropy(network(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.5 * losses[0]
    assert all(parameter.grad is not None for parameter in network.parameters() if parameter.requires_grad)


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (nn.Sequential(nn.Conv2d(1, 2, 3)), r"layer_0: Conv2d\(.*has no exact meaning in Bitloom; use QuantConv2d"),
        (nn.Sequential(FixedPoint(4), nn.GELU()), "layer_1: GELU.*use a layer of bitloom_torch, nn.ReLU"),
        (nn.Sequential(KHot(4, 1)), "layer_0: KHot is for weights here"),
        (
            nn.Sequential(QuantConv2d(1, 1, 3, weight_quant=FixedPoint(24)), QuantConv2d(1, 1, 3, weight_quant=FixedPoint(24))),
            "layer_1: its exact results need .* bits, and PyTorch's float64 holds 53",
        ),
    ],
)
def test_what_has_no_form_is_named(network: nn.Module, message: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=message):
        export(network, tmp_path, input_shape=(1, 6, 6))


def test_no_nan_is_exported(tmp_path: Path) -> None:
    linear = QuantLinear(2, 2)
    linear.weight.data[0, 0] = torch.nan
    with pytest.raises(ExportError, match="layer_2: its weight has numbers that are infinite or NaN"):
        export(nn.Sequential(FixedPoint(4), nn.Flatten(), linear), tmp_path, input_shape=(2, 1, 1))


def test_names_are_those_of_the_format(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="not 'my net'"):
        export(FixedPoint(4), tmp_path, input_shape=(2, 1, 1), name="my net")
