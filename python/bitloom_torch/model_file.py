"""Builds a file of Bitloom's model format, version 1: nodes and tensors, with the integers in a safetensors file beside it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save
from torch import Tensor

from .fixed_type import FixedType
from .quantizer import BinaryPoint, Stored

EXACT_BITS = 53
"""Integers that float64 holds without a gap; eval mode computes in it."""

MOST_RANDOM = 2**31

InputShape = tuple[int, int, int] | tuple[int]
"""Channels, height, width of a map, or features of a vector, which is a map of one place."""


@dataclass(frozen=True)
class Stream:
    """The result of a node: its numbers are multiples of 2^-fraction of magnitude at most `largest`."""

    name: str
    fraction: int
    largest: float
    shape: tuple[int, int, int]
    """Channels, height, width."""
    quantizer: BinaryPoint | None = None
    """What made the numbers, if nothing but moves and selections of them came after it."""
    signed: bool = True

    @classmethod
    def of_type(cls, name: str, target: FixedType, shape: tuple[int, int, int], quantizer: BinaryPoint | None = None) -> Stream:
        return cls(name, target.fraction, largest_value(target), shape, quantizer, target.signed)

    def reaches(self, value: float) -> bool:
        """Whether its range has the number."""
        return abs(value) <= self.largest and (self.signed or value >= 0)

    @property
    def bits(self) -> int:
        """Of the magnitude, and of the sign if there is one."""
        return math.ceil(math.log2(self.largest) + self.fraction) + self.signed if self.largest > 0 else 1


def largest_value(target: FixedType) -> float:
    """The largest magnitude of a number of the type."""
    return max(-target.lowest, target.highest) * 2.0**-target.fraction


class ModelFile:
    """Collects nodes in topological order; every method that adds something returns its name."""

    def __init__(self, name: str, input_name: str, input_shape: InputShape, input_type: str) -> None:
        self.name = name
        self.input_shape = input_shape
        self.input_type = FixedType.parse(input_type)
        channels, height, width = (*input_shape, 1, 1)[:3]
        self.source = Stream.of_type(input_name, self.input_type, (channels, height, width))
        self.input = {"name": input_name, "shape": [channels, height, width], "type": input_type}
        self.nodes: list[dict[str, Any]] = []
        self.tensors: dict[str, dict[str, Any]] = {}
        self.data: dict[str, npt.NDArray[Any]] = {}
        self.open_types: list[str] = []
        """Nodes whose type is still to be chosen, as it may be in a float model."""

    def random_input(self) -> Tensor:
        """One input in float64, the same each time."""
        low, high = (max(-MOST_RANDOM, min(MOST_RANDOM, end)) for end in (self.input_type.lowest, self.input_type.highest))
        raw = torch.randint(low, high + 1, (1, *self.input_shape), generator=torch.Generator().manual_seed(0))
        return raw.double() * 2.0**-self.input_type.fraction

    def node(self, name: str, kind: str, inputs: list[str], **attributes: Any) -> str:
        """Attributes that are None are left out."""
        given = {key: value for key, value in attributes.items() if value is not None}
        self.nodes.append({"name": name, "kind": kind, "inputs": inputs, "attributes": given})
        return name

    def tensor(self, name: str, stored: Stored, shape: tuple[int, ...]) -> str:
        """`shape`: that of docs/ir.md; the stored data has as many elements."""
        # Safetensors holds arrays in their own order only.
        self.data[name] = np.ascontiguousarray(_smallest(stored.data).reshape(shape))
        self.tensors[name] = {**stored.encoding, "shape": list(shape)}
        return name

    def save(self, folder: Path, output: str) -> Path:
        """Writes model.json and model.safetensors, both or none; returns the path of model.json."""
        if self.open_types and not any(tensor["encoding"] == "float" for tensor in self.tensors.values()):
            raise ExportError(f"{self.open_types[0]}: only networks of real numbers have averages without a type; give it one")
        for name, tensor in self.tensors.items():
            tensor["data"] = {"file": "model.safetensors", "key": name}
        contents = {"model.safetensors": save(self.data), "model.json": self._text(output).encode()}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_all(folder, contents)
        except OSError as error:
            why = "it is a file" if folder.is_file() else error.strerror
            raise ExportError(f"cannot write the model into the folder {folder}: {why}") from error
        return folder / "model.json"

    def _text(self, output: str) -> str:
        """One node or tensor per line."""
        nodes = ",\n".join(f"    {json.dumps(node)}" for node in self.nodes)
        tensors = ",\n".join(f"    {json.dumps(name)}: {json.dumps(tensor)}" for name, tensor in self.tensors.items())
        return (
            f'{{\n  "format": "bitloom",\n  "version": 1,\n  "name": {json.dumps(self.name)},\n'
            f'  "input": {json.dumps(self.input)},\n  "nodes": [\n{nodes}\n  ],\n'
            f'  "output": {json.dumps(output)},\n  "tensors": {{\n{tensors}\n  }}\n}}\n'
        )


def write_all(folder: Path, contents: dict[str, bytes]) -> None:
    """Files take their names when all of them are written."""
    with TemporaryDirectory(dir=folder, prefix=".bitloom-") as unfinished:
        for name, content in contents.items():
            (Path(unfinished) / name).write_bytes(content)
        for name in contents:
            (Path(unfinished) / name).replace(folder / name)


def _smallest(data: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Signed integers in the narrowest array that holds them."""
    if data.dtype != np.int64:
        return data
    widths = (np.int8, np.int16, np.int32)
    return data.astype(next((t for t in widths if (data == data.astype(t)).all()), np.int64))


class ExportError(ValueError):
    """A network, or a part of it, that has no form in Bitloom's model format; or a folder that takes no files."""


def check_exact(name: str, fraction: int, largest: float) -> None:
    """Raises an ExportError if float64 does not hold all multiples of 2^-fraction up to `largest`."""
    bits = math.ceil(math.log2(largest) + fraction) if largest > 0 else 0
    if bits > EXACT_BITS:
        raise ExportError(
            f"{name}: its exact results need {bits} bits, and PyTorch's float64 holds {EXACT_BITS}:"
            " give a layer before it an output type, or a narrower one"
        )
