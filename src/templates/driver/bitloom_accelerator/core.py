"""The accelerator's registers. Their names are looked up in the hand-off file, since releases of HLS differ in them."""

from __future__ import annotations

import re

from .errors import AcceleratorError
from .waiting import wait_until


class Core:
    def __init__(self, overlay, network):
        self.name = _find_core(overlay, network.name)
        self._ip = getattr(overlay, self.name)
        self._map = self._ip.register_map
        self._registers = overlay.ip_dict[self.name].get("registers", {})
        if "CTRL" not in self._registers:
            raise AcceleratorError(f"{self.name} has no register CTRL: the .hwh is not one of this accelerator")

    def write(self, argument: str, value: int) -> None:
        """A scalar, or an address: one register or two of 32 bits each."""
        names = self._names(argument)
        bits = sum(self._registers[name].get("size", 32) for name in names)
        if value >> bits:
            raise AcceleratorError(f"{argument} = {value:#x} does not fit into {bits} bits of {', '.join(names)}")
        if len(names) == 1:
            setattr(self._map, names[0], value)
            return
        for i, name in enumerate(names):
            setattr(self._map, name, (value >> (32 * i)) & 0xFFFFFFFF)

    def start(self) -> None:
        # AP_DONE is cleared by every read of CTRL, so this also forgets the end of an earlier run.
        if not self._map.CTRL.AP_IDLE:
            raise AcceleratorError(f"{self.name} is still busy; close the accelerator and open it again")
        self._map.CTRL.AP_START = 1

    def finished(self) -> bool:
        """True once after each run. AP_IDLE would not do: right after the start it is still set."""
        return bool(self._map.CTRL.AP_DONE)

    def load_weights(self, words, seconds: float) -> None:
        """Words as weights.py packs them. The core takes them when no frame is under way."""
        if "load_weights" not in self._registers:
            raise AcceleratorError(f"{self.name} has no register load_weights: wrong .hwh?")
        self._map.load_weights = 1
        wait_until(lambda: int(self._map.load_weights) & 2, seconds, lambda: f"{self.name} does not let weights in")
        offset = self._registers["weights"]["address_offset"]
        for word in words:
            self._ip.write(offset, int(word))
        self._map.load_weights = 0

    def _names(self, argument: str) -> list:
        """`input_words`, `input_words_1` and `_2` (64-bit addresses), `in_r_1`, `image_V`, `x_offset_1`: all were seen."""
        pattern = re.compile(rf"{re.escape(argument)}(_r|_V|_offset)*(_(?P<part>[12]))?$")
        found = {match.group("part"): name for name in self._registers if (match := pattern.match(name))}
        if "1" in found and "2" in found:
            return [found["1"], found["2"]]
        if None not in found:
            known = ", ".join(self._registers)
            raise AcceleratorError(f"{self.name} has no register for {argument} (it has {known}): wrong .hwh?")
        return [found[None]]


def _find_core(overlay, name: str) -> str:
    """By the name of the IP (`xilinx.com:hls:NAME:1.0`); the cell may have any."""
    for cell, description in overlay.ip_dict.items():
        if str(description.get("type", "")).split(":")[1:3] == ["hls", name]:
            return cell
    types = ", ".join(str(description.get("type")) for description in overlay.ip_dict.values())
    raise AcceleratorError(f"the overlay has no accelerator {name} (it has {types or 'nothing'}): wrong .bit or .hwh?")
