"""Raw integers of a model's tensors, from the files that Bitloom reads and writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .errors import AcceleratorError

#: Of safetensors.
DTYPES = {"BOOL": "?", "I8": "<i1", "U8": "<u1", "I16": "<i2", "U16": "<u2", "I32": "<i4", "U32": "<u4", "I64": "<i8", "U64": "<u8"}


def read_tensors(path) -> dict:
    """Arrays by name: of a model.json, or of an .npz or .safetensors file that holds raws by the names of tensors."""
    path = Path(path)
    if path.suffix != ".json":
        return _read_arrays(path)
    return {name: _raws(tensor, path.parent) for name, tensor in json.loads(path.read_text())["tensors"].items()}


def _raws(tensor: dict, folder: Path) -> np.ndarray:
    data = tensor["data"]
    inline = isinstance(data, list)
    array = np.array([int(raw) for raw in data]) if inline else _read_arrays(folder / data["file"])[data["key"]]
    if "table" in tensor:
        array = np.array([int(raw) for raw in tensor["table"]])[array]
    if tensor["encoding"] == "bipolar":
        array = 2 * array.astype(np.int8) - 1
    return array.reshape(tensor["shape"])


def _read_arrays(path: Path) -> dict:
    if path.suffix == ".npz":
        with np.load(path) as arrays:
            return dict(arrays)
    if path.suffix != ".safetensors":
        raise AcceleratorError(f"{path}: weights are in model.json, .npz or .safetensors files")
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    entries = json.loads(data[8:start])
    return {name: _array(entry, data, start) for name, entry in entries.items() if name != "__metadata__"}


def _array(entry: dict, data: bytes, start: int) -> np.ndarray:
    if entry["dtype"] not in DTYPES:
        return np.array([])
    first, end = entry["data_offsets"]
    return np.frombuffer(data[start + first : start + end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
