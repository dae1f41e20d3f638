"""The integer executor against hand-written sums, the network in PyTorch, and the logits beside the exported model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bitloom_torch.weighted import geometry

from .executor import LAYERS, Model, Numbers
from .export import export
from .network import HIGH, LOW, Network, thermometer, two_bit_planes

EXPORTED = Path(__file__).parents[2] / "models" / "fashion-mnist"


def test_thermometer_rounds_ties_to_even() -> None:
    grey = np.array([0, 4, 5, 12, 20, 252, 255]).reshape(1, 1, 1, -1)
    attributes = {"levels": 32, "step": 8, "rounding": "AP_RND_CONV"}
    bits = LAYERS["thermometer"](attributes, Numbers(grey)).raw
    assert ((bits > 0).sum(1).ravel() == [0, 0, 1, 2, 2, 32, 32]).all()
    assert (thermometer(torch.from_numpy(grey)).numpy() == bits).all()


def test_gated_convolution_is_the_sum_of_its_definition() -> None:
    random = np.random.default_rng(1)
    code, weight = random.integers(0, 4, (1, 2, 5, 5)), random.choice([-1, 1], (3, 2, 3, 3))
    threshold = np.array([-2, 0, 3])
    attributes = {
        "weight": Numbers(weight),
        "threshold": Numbers(threshold),
        "highScale": Numbers(np.array([2])),
        "lowScale": Numbers(np.array([1])),
        **geometry((2, 2), (1, 1)),
        "type": "ap_int<12>",
    }
    result = LAYERS["gated-conv2d"](attributes, Numbers(code)).raw
    assert result.shape == (1, 3, 3, 3)
    for channel, row, column in np.ndindex(3, 3, 3):
        high = low = 0
        for c, kr, kc in np.ndindex(2, 3, 3):
            r, s = 2 * row + kr - 1, 2 * column + kc - 1
            if 0 <= r < 5 and 0 <= s < 5:
                high += weight[channel, c, kr, kc] * (2 * (code[0, c, r, s] >> 1) - 1)
                low += weight[channel, c, kr, kc] * (2 * (code[0, c, r, s] & 1) - 1)
        assert result[0, channel, row, column] == 2 * high + (low if 2 * high > threshold[channel] else 0)


def test_average_pool_divides_as_its_type_rounds() -> None:
    x = Numbers(np.array([-7, 0, 0, 0]).reshape(1, 1, 2, 2), fraction=1)
    for rounding, expected in [("AP_TRN", -4), ("AP_TRN_ZERO", -3), ("AP_RND", -3)]:
        pooled = LAYERS["global-average-pool"]({"type": f"ap_fixed<8,6,{rounding}>"}, x)
        assert (pooled.raw.item(), pooled.fraction) == (expected, 2)


def test_prelu_and_affine_are_exact_without_a_type() -> None:
    x = Numbers(np.array([-3, 3]).reshape(1, 2, 1, 1), fraction=1)
    slope, bias = Numbers(np.array([-1]), 2), Numbers(np.array([5]), 3)
    assert LAYERS["prelu"]({"slope": slope}, x).raw.ravel().tolist() == [3, 12]
    assert LAYERS["affine"]({"scale": slope, "bias": bias}, x).raw.ravel().tolist() == [8, 2]


def test_the_two_planes_make_up_the_code() -> None:
    x = torch.tensor([-1.0, -0.67, -0.66, -0.01, 0.0, 0.66, 0.67, 1.0])
    high, low = two_bit_planes(x)
    value = HIGH * high + LOW * low
    torch.testing.assert_close(value, torch.tensor([-3.0, -3, -1, -1, 1, 1, 3, 3]) / 3)


def test_the_export_of_a_network_computes_what_the_network_does(tmp_path: Path) -> None:
    """Stage by stage, each from the integers before it: a number at a cut of the code may not fall on its other side."""
    network = _trained_network()
    images = np.random.default_rng(1).integers(0, 256, (2, 1, 28, 28), dtype=np.uint8)
    results = Model(export(network, tmp_path)).trace(images)

    def value(name: str) -> Tensor:
        return torch.from_numpy(results[name].raw * 2.0 ** -results[name].fraction).float()

    with torch.no_grad():
        stem = network.stem(thermometer(torch.from_numpy(images)))
        assert torch.equal(value("stem"), stem)
        expected = {"stem_norm": network.norm_stem(stem)}
        before = "stem_norm"
        for index, stage in enumerate(network.stages, 1):
            before, x = f"stage{index}_sum_norm", value(before)
            expected[before] = stage(x)
        expected["logits"] = network.classifier(value(before).mean((2, 3)))[:, :, None, None]
    for name, result in expected.items():
        # Maps have 7 fraction bits, and a stage rounds six times.
        assert (value(name) - result).abs().max() < 0.05, name


def _trained_network() -> Network:
    """With parameters and statistics of the size that trained ones have."""
    torch.manual_seed(1)
    network = Network().eval()
    for name, tensor in network.state_dict().items():
        low, high = next((ends for end, ends in SIZES.items() if name.endswith(end)), (0, 0))
        if low < high:
            tensor.uniform_(low, high)
    return network


SIZES = {
    **{"threshold": (1, 4), "shift_in": (-0.5, 0.5), "slope": (-0.5, 0.5), "shift_out": (-0.5, 0.5)},
    **{"norm_stem.running_var": (100, 400), "norm_conv.running_var": (100, 400), "norm_sum.running_var": (0.7, 2)},
    **{"norm_stem.weight": (0.5, 1.5), "norm_conv.weight": (0.5, 1.5), "norm_sum.weight": (0.5, 1)},
    **{"running_mean": (-0.5, 0.5), "norm_stem.bias": (-0.5, 0.5), "norm_conv.bias": (-0.5, 0.5), "norm_sum.bias": (-0.5, 0.5)},
}
"""By the ends of names."""


def test_the_exported_model_gives_the_logits_beside_it() -> None:
    stored = np.load(EXPORTED / "images.npz")
    logits = Model(EXPORTED / "model.json").run(stored["images"]).raw[:, :, 0, 0]
    assert (logits == stored["logits"]).all()
    assert (logits.argmax(1) == stored["labels"]).mean() > 0.8
