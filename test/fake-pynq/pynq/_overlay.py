"""Overlay: what the .hwh beside the bitstream describes."""

import os
from xml.etree import ElementTree

from ._board import board
from ._core import Core
from ._dma import Dma


class Overlay:
    def __init__(self, bitfile_name, download=True):
        if board.refuses:
            raise RuntimeError(board.refuses)
        if not os.path.exists(bitfile_name):
            raise IOError(f"Bitstream file {bitfile_name} does not exist.")
        hand_off = os.path.splitext(bitfile_name)[0] + ".hwh"
        if not os.path.exists(hand_off):
            raise ValueError(f"Cannot find HWH or TCL file for {bitfile_name}.")
        self.ip_dict = {name: _describe(module) for name, module in _modules(hand_off)}
        board.downloads += 1
        board.core = board.weights = None
        self._build()

    def _build(self):
        dma = None
        for name, description in self.ip_dict.items():
            if ":axi_dma:" in description["type"]:
                dma = Dma(int(description["parameters"].get("c_sg_length_width", 14)))
                setattr(self, name, dma)
        for name, description in self.ip_dict.items():
            if ":hls:" in description["type"]:
                board.core = Core(description["registers"], dma)
                setattr(self, name, _Ip(board.core.map, description["registers"]))


class _Ip:
    def __init__(self, register_map, registers):
        self.register_map = register_map
        self._names = {register["address_offset"]: name for name, register in registers.items()}

    def write(self, offset, value):
        setattr(self.register_map, self._names[offset], value)


def _modules(path):
    """Modules with a place in the address map, as in PYNQ's `ip_dict`."""
    root = ElementTree.parse(path).getroot()
    mapped = {memory.get("INSTANCE") for memory in root.iter("MEMRANGE")}
    return [(module.get("INSTANCE"), module) for module in root.iter("MODULE") if module.get("INSTANCE") in mapped]


def _describe(module):
    registers = {register.get("NAME"): _register(register) for register in module.iter("REGISTER")}
    parameters = {entry.get("NAME"): entry.get("VALUE") for entry in module.iter("PARAMETER")}
    return {"type": module.get("VLNV"), "registers": registers, "parameters": parameters}


def _register(register):
    properties = {entry.get("NAME"): entry.get("VALUE") for entry in register.findall("PROPERTY")}
    return {"address_offset": int(properties["ADDRESS_OFFSET"]), "size": int(properties["SIZE"])}
