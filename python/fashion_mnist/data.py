"""Fashion-MNIST, read from the Debian package dataset-fashion-mnist or from a folder with the same four files."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")

Images = npt.NDArray[np.uint8]
"""Grey levels 0..255 of shape (N, 1, 28, 28)."""

Labels = npt.NDArray[np.uint8]
"""Classes 0..9 of shape (N,)."""


def read_split(split: Literal["train", "t10k"], folder: Path = DEBIAN_FOLDER) -> tuple[Images, Labels]:
    """The 60,000 training or the 10,000 test images with their labels."""
    images = _read_idx(folder / f"{split}-images-idx3-ubyte.gz")
    labels = _read_idx(folder / f"{split}-labels-idx1-ubyte.gz")
    return images[:, np.newaxis], labels


def _read_idx(path: Path) -> npt.NDArray[np.uint8]:
    """An IDX file of bytes: magic 0, 0, 8, rank; then each dimension as a big-endian uint32; then the data."""
    if not path.exists():
        raise SystemExit(f"{path} is missing: install the Debian package dataset-fashion-mnist or give --data FOLDER")
    content = gzip.decompress(path.read_bytes())
    rank = content[3]
    shape = np.frombuffer(content, ">u4", count=rank, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape).copy()
