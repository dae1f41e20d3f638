"""An accelerator that reads and writes memory itself."""

from __future__ import annotations

from .core import Core
from .waiting import wait_until


class MemoryRunner:
    #: There is no limit of bytes at a time.
    most_bytes = None

    def __init__(self, overlay, network):
        self._core = Core(overlay, network)
        self._arguments = network.arguments

    def load_weights(self, words, seconds: float) -> None:
        self._core.load_weights(words, seconds)

    def run(self, frames: int, source, sink, seconds: float) -> None:
        source.flush()
        self._core.write(self._arguments["input"], source.device_address)
        self._core.write(self._arguments["output"], sink.device_address)
        self._core.write(self._arguments["frames"], frames)
        self._core.start()
        wait_until(self._core.finished, seconds, lambda: f"{self._core.name} did not set AP_DONE")
