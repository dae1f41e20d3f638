"""K per tensor under a budget."""

from __future__ import annotations

from itertools import product

import pytest
import torch
from torch import nn

from . import (
    FixedPoint,
    GatedBinaryConv2d,
    KHot,
    QuantAffine,
    QuantConv2d,
    QuantLinear,
    QuantMul,
    QuantReLU,
    calibrate,
    choose_terms,
)

IMAGES = torch.randint(0, 256, (8, 1, 6, 6), generator=torch.Generator().manual_seed(1)).float()


def network(terms: int = 3) -> nn.Sequential:
    torch.manual_seed(2)
    conv = QuantConv2d(1, 4, 3, bias=False, weight_quant=KHot(8, terms))
    affine = QuantAffine(4, scale_quant=KHot(10, terms), bias_quant=KHot(10, 1))
    affine.scale.data.uniform_(0.1, 1)
    dense = QuantLinear(64, 3, weight_quant=KHot(8, terms))
    made = nn.Sequential(conv, affine, QuantReLU(FixedPoint(8, signed=False)), nn.Flatten(), dense)
    calibrate(made, IMAGES)
    return made.train()


PRODUCTS = {"0.weight_quant": 4 * 16 * 9, "1.scale_quant": 4 * 16, "4.weight_quant": 64 * 3}


def spent(terms: dict[str, int]) -> float:
    return sum(PRODUCTS[name] * k for name, k in terms.items()) / sum(PRODUCTS.values())


@pytest.mark.parametrize("mean", [1.0, 1.4, 2.0, 2.5, 3.0])
def test_a_product_has_so_many_powers_of_two_on_average(mean: float) -> None:
    made = network()
    chosen = choose_terms(made, IMAGES, mean)
    assert spent(chosen) <= mean
    assert chosen == {name: made.get_submodule(name).terms for name in PRODUCTS}
    assert made.training


def test_few_choices_are_better() -> None:
    made = network()
    made.eval()
    exact = made(IMAGES)

    def error(terms: dict[str, int]) -> float:
        for name, k in terms.items():
            layer = made.get_submodule(name)
            assert isinstance(layer, KHot)
            layer.limit(k)
        return (made(IMAGES) - exact).square().sum().item()

    chosen = choose_terms(network(), IMAGES, 2.0)
    others = [dict(zip(PRODUCTS, terms, strict=True)) for terms in product((1, 2, 3), repeat=3)]
    errors = sorted(error(terms) for terms in others if spent(terms) <= 2.0)
    assert error(chosen) <= errors[len(errors) // 4]


def test_numbers_that_are_powers_of_two_get_one() -> None:
    made = network()
    weight = made.get_parameter("0.weight")
    weight.data = weight.sign() / 4
    chosen = choose_terms(made, IMAGES, 1.9)
    assert chosen["0.weight_quant"] == 1 and chosen["1.scale_quant"] == 3 and chosen["4.weight_quant"] == 3


def test_a_state_has_the_terms() -> None:
    made, again = network(), network()
    choose_terms(made, IMAGES, 1.4)
    again.load_state_dict(made.state_dict())
    assert torch.equal(again(IMAGES), made(IMAGES))


def test_planes_of_a_gated_convolution_are_two_products() -> None:
    torch.manual_seed(1)
    scaled, gated = QuantMul(4, scale_quant=KHot(8, 2)), GatedBinaryConv2d(4, 4, 3, FixedPoint(10), scale_quant=KHot(8, 2))
    scaled.scale.data.fill_(0.75)
    gated.sum.scale.data.copy_(torch.tensor([0.5, 0.25]))
    made, images = nn.Sequential(scaled, gated), torch.randn(2, 4, 5, 5)
    calibrate(made, images)
    # 4 * 25 products of two terms and 2 * 4 * 9 of one are 1.58 a product.
    assert choose_terms(made, images, 1.6) == {"0.scale_quant": 2, "1.sum.scale_quant": 1}


def test_what_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="one power of two at least"):
        choose_terms(network(), IMAGES, 0.5)
    with pytest.raises(ValueError, match="no weight, scale or slope"):
        choose_terms(nn.Sequential(QuantConv2d(1, 1, 3)), IMAGES, 2.0)
