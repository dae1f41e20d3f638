"""Builds a file of Bitloom's model format, version 1: nodes and tensors, with the integers in a safetensors file beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

from bitloom_torch.fixed_type import FixedType, smallest_type

PARAMETER_BITS = 12


class ModelFile:
    """Collects nodes in topological order; every method that adds something returns its name."""

    def __init__(self, name: str, input_name: str, input_shape: list[int], input_type: str) -> None:
        self.name = name
        self.input = {"name": input_name, "shape": input_shape, "type": input_type}
        self.nodes: list[dict[str, Any]] = []
        self.tensors: dict[str, dict[str, Any]] = {}
        self.data: dict[str, npt.NDArray[Any]] = {}

    def node(self, name: str, kind: str, inputs: list[str], **attributes: Any) -> str:
        self.nodes.append({"name": name, "kind": kind, "inputs": inputs, "attributes": attributes})
        return name

    def bits(self, name: str, values: npt.NDArray[np.float64]) -> str:
        """A bipolar tensor: 1 where the value is not negative."""
        return self._tensor(name, (values >= 0).astype(np.uint8), {"encoding": "bipolar"})

    def fixed(self, name: str, values: npt.ArrayLike, type_text: str | None = None) -> str:
        """Values rounded to the type; without one, to the most precise signed type of PARAMETER_BITS bits that holds them."""
        exact = np.asarray(values, np.float64)
        target = FixedType.parse(type_text) if type_text else smallest_type(exact, PARAMETER_BITS)
        raw = np.clip(np.floor(exact * 2.0**target.fraction + 0.5), target.lowest, target.highest)
        text = type_text or f"ap_fixed<{target.width},{target.width - target.fraction}>"
        return self._tensor(name, raw.astype(np.int16), {"encoding": "fixed", "type": text})

    def _tensor(self, name: str, data: npt.NDArray[Any], encoding: dict[str, str]) -> str:
        self.data[name] = np.ascontiguousarray(data)
        self.tensors[name] = {**encoding, "shape": list(data.shape)}
        return name

    def save(self, folder: Path, output: str) -> Path:
        """Writes model.json and model.safetensors."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.safetensors").write_bytes(save(self.data))
        for name, tensor in self.tensors.items():
            tensor["data"] = {"file": "model.safetensors", "key": name}
        path = folder / "model.json"
        path.write_text(self._text(output))
        return path

    def _text(self, output: str) -> str:
        """One node or tensor per line."""
        nodes = ",\n".join(f"    {json.dumps(node)}" for node in self.nodes)
        tensors = ",\n".join(f"    {json.dumps(name)}: {json.dumps(tensor)}" for name, tensor in self.tensors.items())
        return (
            f'{{\n  "format": "bitloom",\n  "version": 1,\n  "name": {json.dumps(self.name)},\n'
            f'  "input": {json.dumps(self.input)},\n  "nodes": [\n{nodes}\n  ],\n'
            f'  "output": {json.dumps(output)},\n  "tensors": {{\n{tensors}\n  }}\n}}\n'
        )
