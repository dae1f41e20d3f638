"""The accelerator as one object: load it, give it images, close it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np

from . import board
from .bitstream import check_pair, find_bitstream
from .buffers import Buffers
from .errors import AcceleratorError
from .memory_runner import MemoryRunner
from .model_file import read_tensors
from .network import Network
from .stream_runner import StreamRunner
from .weights import pack

PACKAGE = Path(__file__).resolve().parent
DEFAULT_BATCH = 64
#: A batch may take so many times as long as it should, and this long besides.
PATIENCE = 20
LEAST_TIMEOUT_SECONDS = 1.0


class Accelerator:
    """Use it in a `with` block, or call `close`: contiguous memory is scarce, and is freed there.

    bitstream: path of the .bit, with its .hwh beside it; by default the one that is beside this package.
    batch: frames at a time, for which memory is reserved.
    timeout: seconds for a batch; by default it follows from the network's cycles and clock.
    """

    def __init__(self, bitstream=None, batch: int = DEFAULT_BATCH, timeout: Optional[float] = None):
        if batch < 1:
            raise AcceleratorError(f"a batch of {batch} frames is none")
        self.network = Network.load(PACKAGE / "network.json")
        self.bitstream = Path(bitstream) if bitstream else find_bitstream(self.network.bitstream, PACKAGE.parent)
        check_pair(self.bitstream)
        self._timeout = timeout
        self._buffers = None
        self._words = None
        self._hung = False
        self._load()
        self.batch = self._fitting(batch)
        self._buffers = Buffers(self.network, self.batch)

    def __enter__(self) -> Accelerator:
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def predict(self, images) -> np.ndarray:
        """Outputs as numbers, for images (frames, channels, height, width) or one image without the first axis."""
        return self.network.output.values(self.predict_raw(images))

    def predict_raw(self, images) -> np.ndarray:
        """Outputs as the integers that the network computes with."""
        images = np.asarray(images)
        port = self.network.input
        if images.shape in (port.shape, port.outer_shape):
            return self.predict_raw(images[np.newaxis])[0]
        raws = port.raws(images)
        results = [self._run(raws[at : at + self.batch]) for at in range(0, len(raws), self.batch)]
        return np.concatenate(results) if results else self._no_results()

    def load_weights(self, weights) -> None:
        """Other weights of the same network: the path of a model.json (or .npz, .safetensors), or raws by the names of tensors.

        The build must have --reloadable-weights; whatever is no weight stays as it is there.
        """
        arrays = weights if isinstance(weights, dict) else read_tensors(weights)
        self._words = pack(self.network.weights, self.network.constants, arrays)
        # A hung core gets them with its bitstream.
        if self._hung:
            self._load()
        else:
            self._load_words()

    def close(self) -> None:
        """Frees the memory. May be called more than once."""
        if self._buffers is None:
            return
        # A core that hangs could still write: it must be gone before the memory belongs to someone else.
        if self._hung:
            self._load()
        self._buffers.free()
        self._buffers = None

    def run_loaded(self, frames: int) -> None:
        """Runs the frames that are in the input buffer, and leaves the results in the output buffer."""
        buffers = self._open_buffers()
        # A run that failed may have left the core in the middle of something.
        if self._hung:
            self._load()
        try:
            self._runner.run(frames, buffers.input[:frames], buffers.output[:frames], self._seconds(frames))
        except BaseException:
            # After Ctrl-C, too, the core may go on.
            self._hung = True
            raise

    def _run(self, raws: np.ndarray) -> np.ndarray:
        buffers = self._open_buffers()
        buffers.load(raws)
        self.run_loaded(len(raws))
        return buffers.results(len(raws))

    def _open_buffers(self):
        if self._buffers is None:
            raise AcceleratorError("the accelerator is closed")
        return self._buffers

    def _load(self) -> None:
        """Writes the bitstream to the board; whatever ran there before is gone."""
        self._runner = _runner(board.load_overlay(self.bitstream), self.network)
        self._hung = False
        if self._words is not None:
            self._load_words()

    def _load_words(self) -> None:
        try:
            self._runner.load_weights(self._words, self._seconds(1))
        except BaseException:
            self._hung = True
            raise

    def _fitting(self, batch: int) -> int:
        """No more frames than a transfer can have."""
        most = self._runner.most_bytes
        if most is None:
            return batch
        frame = max(self.network.input.frame_bytes, self.network.output.frame_bytes)
        if frame > most:
            raise AcceleratorError(f"a frame has {frame} bytes, but the DMA moves no more than {most} at a time")
        return min(batch, most // frame)

    def _seconds(self, frames: int) -> float:
        if self._timeout is not None:
            return self._timeout
        cycles = frames * self.network.cycles_per_frame
        return LEAST_TIMEOUT_SECONDS + PATIENCE * cycles / (self.network.clock_megahertz * 1e6)

    def _no_results(self) -> np.ndarray:
        return np.zeros((0, *self.network.output.outer_shape), self.network.output.dtype)


def _runner(overlay, network: Network):
    return StreamRunner(overlay, network) if network.variant == "stream" else MemoryRunner(overlay, network)
