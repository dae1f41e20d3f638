"""What a model's products cost without multipliers: powers of two that are added or subtracted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

FACTORS = {"affine": "scale", "prelu": "slope", "dense": "weight"}
"""The attribute that multiplies, by kind of layer. Convolutions of signs multiply nothing."""


def mean_digits(model: Path) -> float:
    """The fewest signed powers of two of a factor of a model.json, on average."""
    description = json.loads(model.read_text())
    names = [node["attributes"][FACTORS[node["kind"]]] for node in description["nodes"] if node["kind"] in FACTORS]
    data = load_file(model.parent / "model.safetensors")
    counts = np.concatenate([signed_digits(data[name]).ravel() for name in names])
    return float(counts.mean())


def signed_digits(raw: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Of integers: those of the non-adjacent form, which has the fewest."""
    magnitude = np.abs(raw.astype(np.int64))
    return np.bitwise_count(magnitude ^ (3 * magnitude)).astype(np.int64)
