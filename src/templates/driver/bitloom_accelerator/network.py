"""What this build is, as Bitloom wrote it to network.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from .port import Port


@dataclass(frozen=True)
class Network:
    name: str
    #: "memory": the accelerator reads and writes memory itself; "stream": a DMA does.
    variant: str
    input: Port
    output: Port
    #: Names of the top function's arguments: input, output, frames.
    arguments: dict
    cycles_per_frame: int
    clock_megahertz: float
    #: Name of the bitstream's file.
    bitstream: str
    #: What can be loaded (weights.py), and digests of the tensors that cannot; empty where weights are constants.
    weights: list
    constants: dict

    @staticmethod
    def load(path: Path) -> Network:
        values = json.loads(path.read_text())
        ports = {side: Port.of(values[side]) for side in ("input", "output")}
        return Network(
            name=values["name"],
            variant=values["variant"],
            arguments=values["arguments"],
            cycles_per_frame=values["cyclesPerFrame"],
            clock_megahertz=values["clockMegahertz"],
            bitstream=values["bitstream"],
            weights=values.get("weights", []),
            constants=values.get("constants", {}),
            **ports,
        )
