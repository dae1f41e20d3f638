"""Weights in the order in which the accelerator's memories take them, as network.json says ("weights")."""

from __future__ import annotations

import hashlib

import numpy as np

from .errors import AcceleratorError


def pack(layouts: list, constants: dict, arrays: dict) -> np.ndarray:
    """Words of 32 bits of the arrays, which hold raw integers by the names of tensors (bipolar ones as -1 and +1, or 0 and 1)."""
    if not layouts:
        raise AcceleratorError("the weights of this build are constants; build it with --reloadable-weights")
    for name in constants.keys() & arrays.keys():
        if digest(arrays[name]) != constants[name]:
            raise AcceleratorError(f"{name} is not as in this build: only weights can be loaded")
    return np.concatenate([_memories(layout, _raws(layout, arrays)) for layout in layouts])


def digest(array: np.ndarray) -> str:
    """Of constants, whatever type holds them."""
    words = np.array([int(raw) & 0xFFFFFFFFFFFFFFFF for raw in np.asarray(array).flat], "<u8")
    return hashlib.sha256(words.tobytes()).hexdigest()


def _raws(layout: dict, arrays: dict) -> np.ndarray:
    """(outputs, channels, taps)"""
    name, shape = layout["tensor"], layout["shape"]
    if name not in arrays:
        raise AcceleratorError(f"the weights {name} are missing: all of a network are loaded together")
    array = np.asarray(arrays[name])
    if list(array.shape) != layout["tensorShape"] or array.dtype.kind not in "iub":
        raise AcceleratorError(f"{name} must be integers of the shape {layout['tensorShape']}, not {array.dtype} {list(array.shape)}")
    raws = array.astype(np.int64)
    low, high = (int(bound) for bound in layout["range"])
    if layout["bipolar"] and raws.min() >= 0:
        raws = 2 * raws - 1
    if raws.min() < low or raws.max() > high or (layout["bipolar"] and not raws.all()):
        raise AcceleratorError(f"{name} has raws from {raws.min()} to {raws.max()}; its type holds {low} to {high}")
    return raws.reshape(shape["outputs"], shape["channels"], shape["taps"])


def _memories(layout: dict, raws: np.ndarray) -> np.ndarray:
    """First the weights, then, if they have any, the starts of sums that follow from them."""
    shape = layout["shape"]
    outputs, pe, simd = shape["outputs"], shape["pe"], shape["simd"]
    codes = raws > 0 if layout["bipolar"] else raws
    chunks = codes.transpose(0, 2, 1).reshape(outputs // pe, pe, -1, simd).transpose(0, 2, 1, 3)
    words = _slices(chunks.reshape(-1, pe * simd), layout["bits"])
    return np.concatenate([words, _slices(*_starts(layout["starts"], raws, pe))]) if "starts" in layout else words


def _starts(starts: dict, raws: np.ndarray, pe: int) -> tuple:
    """Of each class of pixels what sums start from: the weights of the taps that it lacks, and a base."""
    taps = raws.sum(axis=1)
    bases = np.array([int(base) for base in starts["bases"]])
    values = np.stack([bases + (taps[:, lacking].sum(axis=1) << starts["shift"]) for lacking in starts["absent"]])
    rows = values.reshape(len(values), -1, pe)
    # A class has a power of two of places: the last row fills them.
    fill = np.repeat(rows[:, -1:], starts["rows"] - rows.shape[1], axis=1)
    return np.concatenate([rows, fill], axis=1).reshape(-1, pe), starts["bits"]


def _slices(numbers: np.ndarray, bits: int) -> np.ndarray:
    """Of each row the numbers of so many bits side by side, the first in the lowest place, in words of 32 bits."""
    places = np.arange(bits)
    ones = (numbers.astype(np.int64)[..., np.newaxis] >> places & 1).astype(np.uint8).reshape(len(numbers), -1)
    padded = np.pad(ones, ((0, 0), (0, -ones.shape[1] % 32)))
    return np.packbits(padded, axis=1, bitorder="little").view("<u4").ravel()
