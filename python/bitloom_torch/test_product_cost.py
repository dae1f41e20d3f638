"""Learned widths: their gradients, the price of products against the compiler's, and that they shrink under it."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

import pytest
import torch
from torch import nn

from . import Binary, FixedPoint, KHot, ProductCost, QuantConv2d, QuantLinear, QuantReLU, Ternary, calibrate, export
from .product_cost import LUTS_PER_BIT_PRODUCT, LUTS_PER_WEIGHT_BIT, product_luts
from .quantizer import Quantizer
from .test_one_truth import needs_bitloom

DIST = Path(__file__).parents[2] / "dist"


def test_a_learned_width_has_the_gradients_of_its_definition() -> None:
    quantizer = FixedPoint(4, learn_width=True)
    quantizer.fraction.data.fill_(2.3)
    assert quantizer.integer is not None
    quantizer.integer.data.fill_(1.6)  # 2 and 2 bits: multiples of 1/4 from -2 to 1.75
    q = quantizer(torch.tensor([0.6, -0.3, 5.0, -7.0]))
    assert q.tolist() == [0.5, -0.25, 1.75, -2.0]
    (q * torch.tensor([1.0, 10.0, 100.0, 1000.0])).sum().backward()
    assert quantizer.fraction.grad is not None and quantizer.integer.grad is not None
    assert quantizer.fraction.grad.item() == pytest.approx(math.log(2) * (1 * (0.6 - 0.5) + 10 * (-0.3 + 0.25)), rel=1e-4)
    assert quantizer.integer.grad.item() == pytest.approx(math.log(2) * (100 * 1.75 - 1000 * 2.0), rel=1e-4)


def test_calibration_keeps_the_width() -> None:
    quantizer = FixedPoint(6, learn_width=True)
    quantizer.calibrate(torch.tensor([0.1, -3.3, 1.75]), "largest")
    (target,) = quantizer.types()
    assert (target.width, target.fraction) == (6, 3)


LUTS_OF_A_PRODUCT = f"""
  import {{ loadModel }} from {json.dumps((DIST / "model/load.js").as_uri())};
  import {{ layers }} from {json.dumps((DIST / "layers/index.js").as_uri())};
  import {{ hardwareOf }} from {json.dumps((DIST / "passes/unit.js").as_uri())};
  import {{ areaOf }} from {json.dumps((DIST / "ir/cost.js").as_uri())};
  const graph = await loadModel(process.argv[1]);
  const node = graph.nodes.find(({{ kind }}) => kind === "conv2d");
  const {{ parts }} = hardwareOf(graph, layers, [node]);
  const lut = (simd) => areaOf(parts({{ pe: 16, simd }})).lut;
  console.log((lut(72) - lut(36)) / (16 * 36));
"""


@needs_bitloom
@pytest.mark.parametrize(
    ("weight", "input_bits"),
    [(FixedPoint(4), 4), (FixedPoint(8), 8), (FixedPoint(12), 6), (KHot(8, 2), 4), (Binary(), 8), (Ternary(), 4)],
)
def test_products_cost_what_the_compiler_says(weight: Quantizer, input_bits: int, tmp_path: Path) -> None:
    torch.manual_seed(1)
    maps = FixedPoint(input_bits, signed=False)
    # So many outputs that what brings the inputs is little.
    network = nn.Sequential(maps, QuantConv2d(16, 256, 3, bias=False, weight_quant=weight))
    calibrate(network, torch.rand(1, 16, 5, 5))
    path = export(network, tmp_path, input_shape=(16, 5, 5))
    command = ["node", "--input-type=module", "-e", LUTS_OF_A_PRODUCT, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert product_luts(weight, maps.bits()).item() == pytest.approx(float(told.stdout), rel=0.15)


def test_widths_shrink_under_their_cost() -> None:
    torch.manual_seed(1)
    network = nn.Sequential(
        FixedPoint(8, signed=False, learn_width=True),
        QuantConv2d(1, 4, 3, weight_quant=FixedPoint(8, learn_width=True)),
        QuantReLU(FixedPoint(8, signed=False, learn_width=True)),
        nn.Flatten(),
        QuantLinear(64, 2, weight_quant=FixedPoint(8, learn_width=True)),
    )
    labels = torch.arange(64) % 2
    images = torch.rand(64, 1, 6, 6) * 100 + 100 * labels.view(-1, 1, 1, 1)
    calibrate(network, images)
    cost = ProductCost(network, input_shape=(1, 6, 6), cycles=16)
    before = cost().item()
    assert before == pytest.approx(8 * (LUTS_PER_BIT_PRODUCT * 8 + LUTS_PER_WEIGHT_BIT) * (16 * 4 * 9 + 2 * 64) / 16)
    optimizer = torch.optim.Adam(network.parameters(), 0.03)
    for _ in range(60):
        loss = nn.functional.cross_entropy(network(images), labels) + 1e-4 * cost().squeeze()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert cost().item() < 0.7 * before
    assert (network.eval()(images).argmax(1) == labels).float().mean() > 0.9


@needs_bitloom
def test_types_by_channel_cost_what_hardware_has(tmp_path: Path) -> None:
    """One type that holds all of them."""
    torch.manual_seed(1)
    weight = FixedPoint(4, channels=256)
    network = nn.Sequential(FixedPoint(8, signed=False), QuantConv2d(16, 256, 3, bias=False, weight_quant=weight))
    network.get_parameter("1.weight").data.mul_(torch.exp2(-(torch.arange(256) % 8)).view(-1, 1, 1, 1))
    calibrate(network, torch.rand(1, 16, 5, 5))
    path = export(network, tmp_path, input_shape=(16, 5, 5))
    command = ["node", "--input-type=module", "-e", LUTS_OF_A_PRODUCT, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert product_luts(weight, torch.tensor([8.0])).item() == pytest.approx(float(told.stdout), rel=0.15)


def test_an_image_has_no_sign() -> None:
    for network in (QuantConv2d(1, 2, 3), nn.Sequential(FixedPoint.of("ap_ufixed<8,8>"), QuantConv2d(1, 2, 3))):
        cost = ProductCost(network, input_shape=(1, 6, 6), cycles=1)
        assert cost().item() == pytest.approx(2 * 16 * 9 * 8 * (LUTS_PER_BIT_PRODUCT * 8 + LUTS_PER_WEIGHT_BIT))


def test_a_model_without_products_has_no_cost() -> None:
    with pytest.raises(ValueError, match="0 convolutions and dense layers in 10 cycles"):
        ProductCost(FixedPoint(8), input_shape=(1, 6, 6), cycles=10)
