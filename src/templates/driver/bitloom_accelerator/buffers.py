"""A pair of buffers that the programmable logic can reach."""

from __future__ import annotations

import numpy as np

from . import board
from .network import Network


class Buffers:
    def __init__(self, network: Network, frames: int):
        self._network = network
        self._owned = []
        try:
            self.input = self._allocate(frames, network.input.frame_bytes)
            self.output = self._allocate(frames, network.output.frame_bytes)
        except Exception:
            self.free()
            raise
        # What the processor has in its caches must not be written back over a result.
        self.output.flush()

    def load(self, raws: np.ndarray) -> None:
        self.input[: len(raws)] = self._network.input.encode(raws)

    def results(self, frames: int) -> np.ndarray:
        part = self.output[:frames]
        part.invalidate()
        # A copy: the buffer is written again, and freed.
        return self._network.output.decode(np.array(part))

    def free(self) -> None:
        while self._owned:
            self._owned.pop().freebuffer()

    def _allocate(self, frames: int, frame_bytes: int):
        buffer = board.allocate(frames, frame_bytes)
        self._owned.append(buffer)
        return buffer
