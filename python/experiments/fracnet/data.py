"""FracNet's released parameters and CIFAR-10's images, from the folder that SPEC.md in it describes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from experiments.bitloom import REPOSITORY

Images = npt.NDArray[np.uint8]
"""Bytes of shape (N, 3, 32, 32)."""

FOLDER = REPOSITORY.parent / "shared" / "fracnet"

HELD_OUT = 1017
"""So many of the 5,085 training images, the last batch's, train nothing: divergence is measured on some of them."""


@dataclass(frozen=True)
class Split:
    """Images with their classes 0..9, uint8 (N,)."""

    images: Images
    labels: npt.NDArray[np.uint8]


def read_split(folder: Path, name: str) -> Split:
    """`train` (4,068 images), `validation` (1,017, of the training images too) or `test` (1,017)."""
    if name == "test":
        return Split(*_arrays(folder / "cifar10-test-first1017.npz"))
    images, labels = _arrays(folder / "cifar10-train-subset.npz")
    part = slice(-HELD_OUT, None) if name == "validation" else slice(None, -HELD_OUT)
    return Split(images[part], labels[part])


def read_parameters(folder: Path) -> dict[str, npt.NDArray[np.float64]]:
    """The float originals by the release's names without `float.`, and the weights' signs by `NAME.weight`, -1 and +1."""
    with np.load(folder / "params.npz") as file:
        floats = {key.removeprefix("float."): file[key] for key in file if key.startswith("float.")}
        bits = {key: 2.0 * file[key] - 1 for key in file if key.endswith(".weight") and file[key].dtype == np.uint8}
    return {key: value.astype(np.float64) for key, value in {**floats, **bits}.items()}


def _arrays(path: Path) -> tuple[Images, npt.NDArray[np.uint8]]:
    with np.load(path) as file:
        return file["images"], file["labels"]
