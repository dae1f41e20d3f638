"""Compares the board with the golden vectors of the build: raw images, and the raw outputs of the reference executor."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from .accelerator import PACKAGE, Accelerator

GOLDEN = PACKAGE.parent / "golden.npz"


def load_golden(path: Path = GOLDEN) -> tuple:
    with np.load(path) as arrays:
        return arrays["images"], arrays["expected"]


def self_test(accelerator: Accelerator) -> dict:
    """All frames in batches, then each by itself: state that outlives a frame or a call shows as a difference."""
    images, expected = load_golden()
    batched = accelerator.predict_raw(images)
    single = np.stack([accelerator.predict_raw(images[i : i + 1])[0] for i in range(len(images))])
    first = _first_difference(expected, batched, "in a batch") or _first_difference(expected, single, "alone")
    return {"frames": len(images), "equal": first is None, "first": first}


def _first_difference(expected: np.ndarray, actual: np.ndarray, how: str):
    differing = np.argwhere(expected != actual)
    if len(differing) == 0:
        return None
    index = tuple(int(i) for i in differing[0])
    return {
        "run": how,
        "frame": index[0],
        "index": list(index[1:]),
        "expected": int(expected[index]),
        "actual": int(actual[index]),
        "differing": len(differing),
    }
