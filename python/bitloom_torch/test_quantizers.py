"""Values and gradients of the quantizers, against their definitions."""

from __future__ import annotations

import math
from itertools import product

import pytest
import torch
from torch import nn

from . import (
    FixedPoint,
    FixedType,
    KHot,
    QuantBatchNorm,
    QuantConv2d,
    QuantLinear,
    QuantMul,
    QuantReLU,
    Ternary,
    binary,
    calibrate,
    ternary,
)

LN2 = math.log(2)


def test_fixed_point_has_the_gradients_of_its_definition() -> None:
    quantizer = FixedPoint(4)
    quantizer.fraction.data.fill_(2.3)  # f = 2: multiples of 1/4 from -2 to 1.75
    x = torch.tensor([0.6, -0.3, 5.0, -7.0], requires_grad=True)
    q = quantizer(x)
    assert q.tolist() == [0.5, -0.25, 1.75, -2.0]
    weights = torch.tensor([1.0, 10.0, 100.0, 1000.0])
    (q * weights).sum().backward()
    assert x.grad is not None and x.grad.tolist() == [1.0, 10.0, 0.0, 0.0]
    expected = LN2 * (1 * (0.6 - 0.5) + 10 * (-0.3 + 0.25) - 100 * 1.75 + 1000 * 2.0)
    assert quantizer.fraction.grad is not None
    assert quantizer.fraction.grad.item() == pytest.approx(expected, rel=1e-5)


def test_gradients_of_channels_are_those_of_tensors_alone() -> None:
    x = torch.randn(5, 3, 2, 2, generator=torch.Generator().manual_seed(1)) * torch.tensor([1, 9, 0.1, 3, 2]).view(5, 1, 1, 1)
    whole = FixedPoint(5, channels=5)
    whole.fraction.data.copy_(torch.tensor([3.0, 1, 4, 2, 6]))
    whole(x).square().sum().backward()
    for channel, fraction in enumerate([3.0, 1, 4, 2, 6]):
        alone = FixedPoint(5)
        alone.fraction.data.fill_(fraction)
        alone(x[channel]).square().sum().backward()
        assert whole.fraction.grad is not None and alone.fraction.grad is not None
        assert whole.fraction.grad[channel].item() == pytest.approx(alone.fraction.grad.item(), rel=1e-4)


@pytest.mark.parametrize("width", [3, 4, 6, 8])
def test_calibration_finds_the_least_error(width: int) -> None:
    x = torch.randn(4000, generator=torch.Generator().manual_seed(width)) * 3
    quantizer = FixedPoint(width)
    quantizer.calibrate(x)
    found = (quantizer(x) - x).square().mean().item()
    errors = []
    for fraction in range(-8, 16):
        quantizer.fraction.data.fill_(fraction)
        errors.append((quantizer(x) - x).square().mean().item())
    assert found == pytest.approx(min(errors))


def test_calibration_by_the_largest_magnitude_saturates_nothing() -> None:
    x = torch.tensor([0.1, -3.3, 1.75])
    quantizer = FixedPoint(4)
    quantizer.calibrate(x, "largest")
    assert [str(t.fraction) for t in quantizer.types()] == ["1"]
    assert (quantizer(x) - x).abs().max() <= 0.25


def test_calibration_leaves_types_on_that_do_not_learn() -> None:
    given, learned = FixedPoint.of("ap_ufixed<2,2,AP_RND,AP_SAT>"), FixedPoint(8)
    calibrate(nn.Sequential(given, learned), torch.full((1, 1, 2, 2), 100.0), "largest")
    assert [t.fraction for t in learned.types()] == [5]  # It sees 3: 96 / 32.


def test_a_wrapping_type_is_kept_from_wrapping() -> None:
    quantizer = FixedPoint(8, overflow="AP_WRAP")
    quantizer.fraction.data.fill_(7.0)
    x = torch.tensor([0.3, -20.0, 7.0])
    assert (quantizer(x) - x).abs().max() <= 0.125
    assert quantizer.types()[0].fraction == 2


@pytest.mark.parametrize(("terms", "digits", "signed"), [*product([1, 2, 3], ["signed", "unsigned"], [True, False])])
def test_k_hot_is_the_nearest_sum_of_powers(terms: int, digits: str, signed: bool) -> None:
    target = FixedType(signed, 6, 2)
    signs = (1, -1) if digits == "signed" else (1,)
    digit_values = [0, *(sign * 2**bit for bit in range(6) for sign in signs)]
    sums = {sum(choice) for choice in product(digit_values, repeat=terms)}
    values = [n / 4 for n in sums if target.lowest <= n <= target.highest]
    x = torch.linspace(-12, 20, 997, dtype=torch.float64)
    quantizer = KHot(6, terms, digits, signed=signed)  # type: ignore[arg-type]
    quantizer.fraction.data.fill_(2)
    q = quantizer(x)
    assert set(q.tolist()) <= set(values)
    best = (x.view(-1, 1) - torch.tensor(values, dtype=torch.float64)).abs().min(1).values
    assert torch.equal((q - x).abs(), best)


def test_k_hot_passes_gradients_in_range() -> None:
    x = torch.tensor([0.3, 100.0, -1.1], requires_grad=True)
    quantizer = KHot(4, 1)
    quantizer.fraction.data.fill_(2)
    quantizer(x).sum().backward()
    assert x.grad is not None and x.grad.tolist() == [1.0, 0.0, 1.0]


def test_images_of_integers_are_quantized_too() -> None:
    images = torch.arange(0, 256, 5, dtype=torch.uint8)
    quantizer = FixedPoint(4, signed=False)
    quantizer.calibrate(images.float(), "largest")
    assert torch.equal(quantizer(images), quantizer(images.float()))
    assert quantizer(images).dtype == torch.float32


def test_signs() -> None:
    x = torch.tensor([-2.0, -0.4, 0.0, 0.6], requires_grad=True)
    assert binary(x).tolist() == [-1, -1, 1, 1]
    assert ternary(x).tolist() == [-1, 0, 0, 1]
    binary(x).sum().backward()
    assert x.grad is not None and x.grad.tolist() == [0, 1, 1, 1]


@pytest.mark.parametrize("quantizer", [KHot(12, 1), KHot(8, 2, "unsigned"), KHot(12, 2)])
def test_calibration_of_k_hot_knows_its_largest_number(quantizer: KHot) -> None:
    x = torch.tensor([0.9, 0.8, 0.5])
    quantizer.calibrate(x, "largest")
    assert (x * 2.0**quantizer.fraction <= quantizer.highest).all()
    quantizer.calibrate(x)
    found = (quantizer(x) - x).square().sum().item()
    for fraction in range(14):
        quantizer.fraction.data.fill_(fraction)
        assert found <= (quantizer(x) - x).square().sum().item()


@pytest.mark.parametrize("form", [torch.float16, torch.bfloat16])
def test_casts_of_the_model_leave_k_hot_numbers_as_they_are(form: torch.dtype) -> None:
    plain, cast = KHot(13, 2), nn.Sequential(KHot(13, 2)).to(form).eval()
    x = torch.linspace(-1, 1, 999, dtype=torch.float64)
    assert torch.equal(cast(x), plain.eval()(x))


def test_types_by_channel_are_calibrated_by_all_batches() -> None:
    point = FixedPoint(8, channels=4)
    layer = QuantConv2d(2, 4, 1, weight_quant=point)
    images = torch.ones(1, 2, 3, 3)
    calibrate(layer, images)
    once = point.fraction.clone()
    calibrate(layer, [images, images])
    assert torch.equal(point.fraction, once)


def test_k_hot_hides_no_nan() -> None:
    assert KHot(8, 2)(torch.tensor([math.nan, 0.5])).isnan().tolist() == [True, False]


def test_a_batch_norm_of_one_value_says_so() -> None:
    with pytest.raises(ValueError, match="more than one value of each channel"):
        QuantBatchNorm(3).train()(torch.ones(1, 3, 1, 1))


@pytest.mark.parametrize("overflow", ["AP_WRAP", "AP_WRAP_SM"])
def test_calibration_wraps_nothing(overflow: str) -> None:
    """Many small numbers and a large one: the least error would leave that one beyond the range."""
    x = torch.cat((torch.linspace(-1, 1, 4000), torch.tensor([4.0])))
    quantizer = FixedPoint(3, overflow=overflow)
    quantizer.calibrate(x)
    assert (quantizer.eval()(x) - x).abs().max() <= 0.5 / 2 ** quantizer.types()[0].fraction


def test_calibration_knows_what_zeros_cost() -> None:
    """With AP_SAT_ZERO what saturates is lost."""
    x = torch.randn(4000, generator=torch.Generator().manual_seed(1))
    quantizer = FixedPoint(4, overflow="AP_SAT_ZERO")
    quantizer.calibrate(x)
    found = (quantizer(x) - x).square().mean().item()
    quantizer.fraction.data.add_(1)
    assert found < (quantizer(x) - x).square().mean().item()


def test_types_by_channel_are_those_of_outputs() -> None:
    weight = torch.randn(4, 3, 1, 1, generator=torch.Generator().manual_seed(1)) * torch.tensor([1, 4, 16, 64]).view(4, 1, 1, 1)
    for quantizer in (FixedPoint(6, channels=4), KHot(6, 2, channels=4)):
        quantizer.calibrate(weight, "largest")
        assert quantizer.fraction.diff().max() < 0
        with pytest.raises(ValueError, match=r"types for 4 channels take as many weights, not a tensor \(3, 4\)"):
            quantizer(torch.zeros(3, 4))


def test_calibration_sees_all_columns() -> None:
    """Numbers at the border of each map that are all 0, as of padding."""
    inside = torch.randn(600, 1, 28, 28, generator=torch.Generator().manual_seed(1)).exp()
    maps = nn.functional.pad(inside, (2,) * 4)
    some, all_of_them = FixedPoint(4, signed=False), FixedPoint(4, signed=False)
    calibrate(some, maps)
    all_of_them.calibrate(maps)
    assert torch.equal(some.fraction, all_of_them.fraction)


def test_given_types_stay_whatever_is_frozen_or_not() -> None:
    given, learned = FixedPoint.of("ap_ufixed<2,2,AP_RND,AP_SAT>"), FixedPoint(8)
    network = nn.Sequential(given, learned, QuantMul(1, FixedPoint(8)))
    network.requires_grad_(False)
    calibrate(network, torch.full((1, 1, 2, 2), 100.0))
    assert learned.types()[0].fraction == 5  # Frozen ones are placed, too: they see 3.
    network.requires_grad_(True)
    assert given.types()[0].fraction == 0 and not isinstance(given.fraction, nn.Parameter)
    assert [name for name, _ in network[2].named_parameters(recurse=False)] == ["scale"]


def test_a_width_is_learned_beside_a_fixed_binary_point() -> None:
    quantizer = FixedPoint(4, learn_width=True)
    quantizer.fraction.requires_grad_(False)
    quantizer(torch.tensor([0.3, 5.0], requires_grad=True)).sum().backward()
    assert quantizer.integer is not None and quantizer.integer.grad is not None and quantizer.integer.grad.item() > 0


def test_calibration_forgets_what_wrapped_before() -> None:
    quantizer = FixedPoint(8, overflow="AP_WRAP")
    quantizer(torch.tensor([1000.0]))
    quantizer.calibrate(torch.tensor([1.0]))
    quantizer(torch.tensor([1.0]))
    assert quantizer.types()[0].fraction == 6


def test_wrapping_types_stand_float16() -> None:
    quantizer = nn.Sequential(FixedPoint(16, overflow="AP_WRAP")).half()
    assert quantizer(torch.tensor([1e6])).item() == pytest.approx(1e6, rel=1e-3)


def test_ternary_weights_train_from_where_layers_begin() -> None:
    torch.manual_seed(1)
    network = nn.Sequential(
        QuantLinear(64, 32, weight_quant=Ternary()), QuantReLU(), QuantLinear(32, 2, weight_quant=Ternary())
    )
    x, labels = torch.randn(128, 64), torch.arange(128) % 2
    x[:, :4] += 2.0 * labels.view(-1, 1)
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(60):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(x) / 16, labels)
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.3


def test_quantizers_say_what_they_are() -> None:
    assert repr(FixedPoint(8)) == "FixedPoint(ap_fixed<8,1,AP_RND,AP_SAT>)"
    assert repr(KHot(8, 2)) == "KHot(ap_fixed<8,1>, K = 2, signed digits)"
    conv = repr(QuantConv2d(2, 4, 3, groups=2))
    assert conv.startswith("QuantConv2d(\n  2, 4, kernel_size=(3, 3), stride=(1, 1), padding=(0, 0), groups=2, bias=True")


def test_one_scale_for_all_channels() -> None:
    x = torch.randn(2, 3, 4, 4)
    scaled = QuantMul(1, scale_quant=FixedPoint.of("ap_fixed<8,4>"))
    scaled.scale.data.fill_(1.5)
    assert torch.equal(scaled(x), 1.5 * x)
