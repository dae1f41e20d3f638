"""The experiments' own code, on random networks: no data, no training."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import torch

from bitloom_torch import FixedPoint, calibrate

from .bitloom import REPOSITORY
from .fashion.train import BATCH, train
from .fracnet.digits import signed_digits
from .fracnet.distil import divergence
from .fracnet.fast import after_stem, quantize
from .fracnet.network import PLACES, AfterStem, Network, Numbers, Parameters


def test_signed_digits_are_the_fewest() -> None:
    assert signed_digits(np.array([0, 1, -1, 3, 7, -12, 171, 85])).tolist() == [0, 1, 1, 2, 2, 2, 5, 4]


def test_the_fast_network_is_that_of_the_layers() -> None:
    network = Network(_parameters(), Numbers(8, 2))
    sums = 2 * torch.randint(-200, 200, (2, 16, 8, 8), generator=torch.Generator().manual_seed(1), dtype=torch.int16)
    calibrate(AfterStem(network.train()), sums)
    results, gradients = [], []
    with torch.compiler.set_stance("force_eager"):
        for forward in (network.after_stem, lambda x: after_stem(network, x)):
            network.zero_grad()
            results.append(forward(sums))
            divergence(results[-1], torch.zeros(2, 10)).backward()
            gradients.append(torch.cat([p.grad.flatten() for p in network.parameters() if p.grad is not None]))
    assert torch.equal(results[0], results[1])
    assert torch.equal(network.eval().after_stem(sums), results[0].double())
    # Gradients pass convolutions in bfloat16.
    assert torch.cosine_similarity(gradients[0], gradients[1], 0) > 0.999


@pytest.mark.parametrize("width", [3, 8])
def test_fast_types_have_the_gradients_of_the_layers(width: int) -> None:
    """Of what rounds to a bound, too."""
    x = torch.linspace(-9, 9, 999, requires_grad=True)
    point, fraction = FixedPoint(width), torch.tensor([width - 4.0], requires_grad=True)
    point.fraction.data.copy_(fraction.detach())
    passed: list[torch.Tensor] = []
    for quantized in (point(x), quantize(x, torch.exp2(fraction), torch.tensor([2.0 ** (width - 1)]))):
        x.grad = None
        quantized.square().sum().backward()
        assert x.grad is not None
        passed.append(x.grad.clone())
    assert torch.equal(*passed)
    assert fraction.grad is not None and point.fraction.grad is not None
    assert torch.allclose(fraction.grad, point.fraction.grad, rtol=1e-4)


def test_word_lengths_go_on_from_the_same_network_and_leave_it_as_it_was() -> None:
    generator = torch.Generator().manual_seed(1)
    images = torch.randint(0, 256, (2 * BATCH, 1, 28, 28), dtype=torch.uint8, generator=generator)
    labels = torch.randint(0, 10, (2 * BATCH,), generator=generator)
    alone, both = dict(train([4], images, labels, 1)), dict(train([None, 4], images, labels, 1))
    for name, value in alone[4].state_dict().items():
        assert torch.equal(value, both[4].state_dict()[name])


def test_the_example_of_the_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (REPOSITORY / "docs" / "qfx.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert code.count("\n") <= 30
    images = torch.randint(0, 256, (256, 1, 28, 28), dtype=torch.uint8)
    exec(code, {"images": images, "labels": torch.randint(0, 10, (256,))})
    assert (tmp_path / "build" / "mine" / "model.json").exists()


def _parameters() -> Parameters:
    """Of the magnitudes that FracNet's have."""
    random = np.random.default_rng(1)

    def signs(outputs: int, inputs: int) -> np.ndarray:
        return 2.0 * random.integers(0, 2, (outputs, inputs, 3, 3)) - 1

    found: Parameters = {"conv1.weight": signs(16, 96), "bn1_weight": random.uniform(0.01, 0.04, 16), "bn1_bias": np.zeros(16)}
    inputs = 16
    for layer, block, half in PLACES:
        outputs, of = 8 << layer, f"layer{layer}_{block}_"
        found[f"layer{layer}_{block}.{half}.weight"] = signs(outputs, inputs)
        for name, low, high in (
            *((f"conv{half}_threshold", 1, 3), (f"bn{half}_weight", 0.02, 0.2), (f"bn{half + 2}_weight", 0.3, 1)),
            *((f"bn{half}_bias", -1, 1), (f"bn{half + 2}_bias", -1, 1), (f"rprelu{half}_prelu_weight", -1, 1)),
            *((f"rprelu{half}_shift_x_bias", -1, 1), (f"rprelu{half}_shift_y_bias", -1, 1)),
        ):
            found[of + name] = random.uniform(low, high, outputs)
        inputs = outputs
    return found | {"linear_weight": random.normal(size=(10, 64)), "linear_bias": random.normal(size=10)}
