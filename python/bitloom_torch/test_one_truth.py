"""Random networks compute in PyTorch's eval mode what `bitloom run` and csim compute from the exported files: every value.

BITLOOM_SEEDS=N tries N networks instead of a few.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from . import ExportError, FixedPoint, FixedType, QuantAdd, QuantLinear, calibrate, export
from .layer import Layer
from .quantizer import Quantizer
from .random_networks import RandomNetwork

BITLOOM = Path(__file__).parents[2] / "dist" / "cli" / "main.js"
SEEDS = int(os.environ.get("BITLOOM_SEEDS", "8"))
CSIM_SEEDS = range(0, SEEDS, 4)

needs_bitloom = pytest.mark.skipif(not BITLOOM.exists(), reason="Bitloom is not built: npm run build")
needs_compiler = pytest.mark.skipif(not (shutil.which("g++") or shutil.which("clang++")), reason="csim needs a C++ compiler")


@needs_bitloom
@pytest.mark.parametrize("seed", range(SEEDS))
def test_every_layer_computes_what_the_reference_does(seed: int, tmp_path: Path) -> None:
    network = RandomNetwork(seed)
    path = exported(network, tmp_path)
    values = eval_values(network)
    taps = [word for name in values for word in ("--tap", name)]
    told = bitloom("run", str(path), str(tmp_path / "images.npy"), "-o", str(tmp_path / "out.npy"), *taps)
    assert [tap["name"] for tap in told["taps"]] == list(values)
    for tap in told["taps"]:
        fraction = 0 if tap["type"] == "bipolar" else FixedType.parse(tap["type"]).fraction
        raw = np.load(tmp_path / f"out.{tap['name']}.npy").astype(np.float64)
        expected = values[tap["name"]].numpy()
        assert (raw.reshape(expected.shape) * 2.0**-fraction == expected).all(), tap["name"]


@needs_bitloom
@needs_compiler
@pytest.mark.parametrize("seed", CSIM_SEEDS)
def test_the_generated_code_computes_it_too(seed: int, tmp_path: Path) -> None:
    path = exported(RandomNetwork(seed), tmp_path)
    assert bitloom("csim", str(path), "--inputs", str(tmp_path / "images.npy"))["equivalent"]


@needs_bitloom
def test_a_network_of_vectors_with_a_shortcut(tmp_path: Path) -> None:
    class Shortcut(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.values, self.first = FixedPoint(8), QuantLinear(8, 8)
            self.join, self.second = QuantAdd(FixedPoint(10)), QuantLinear(8, 3)

        def forward(self, x: Tensor) -> Tensor:
            x = self.values(x)
            return self.second(self.join(x, self.first(x)))

    torch.manual_seed(1)
    network, raw = Shortcut(), torch.randint(-128, 128, (5, 8))
    calibrate(network, raw.float())
    path = export(network, tmp_path, input_shape=(8,), input_type="ap_int<8>")
    np.save(tmp_path / "vectors.npy", raw.numpy().astype(np.int8))
    told = bitloom("run", str(path), str(tmp_path / "vectors.npy"), "-o", str(tmp_path / "out.npy"))
    fraction = FixedType.parse(told["output"]["type"]).fraction
    expected = network.eval()(raw).detach().numpy()
    assert (np.load(tmp_path / "out.npy").reshape(5, 3) * 2.0**-fraction == expected).all()


def exported(network: RandomNetwork, folder: Path) -> Path:
    """Writes the model and images.npy; skips networks whose exact sums are too wide for PyTorch."""
    np.save(folder / "images.npy", network.raw_images.numpy().astype(np.int16))
    try:
        return export(network, folder, input_shape=network.shape, input_type=network.input_type)
    except ExportError as error:
        assert "float64 holds" in str(error)
        pytest.skip(str(error))


@torch.no_grad()
def eval_values(network: RandomNetwork) -> dict[str, Tensor]:
    """What each layer gives for the images, by the name of its node."""
    values: dict[str, Tensor] = {}

    def keep(name: str, result: Tensor) -> None:
        """A layer that is used again has the next number that is free, as in torch.fx."""
        while name in values:
            base, _, number = name.rpartition("_")
            name = f"{base}_{int(number) + 1}" if number.isdigit() else f"{name}_1"
        values[name] = result

    for name, layer in layers(network):
        layer.register_forward_hook(lambda _layer, _inputs, result, name=name: keep(name, result))
    network.eval()(network.images)
    return values


def layers(network: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    inside: tuple[str, ...] = ()
    for path, module in network.named_modules():
        if isinstance(module, Layer | Quantizer) and not path.startswith(inside or "\0"):
            inside = (*inside, f"{path}.")
            yield path.replace(".", "_"), module


def bitloom(*words: str) -> Any:
    result = subprocess.run(["node", str(BITLOOM), *words, "--json"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads(result.stdout)
