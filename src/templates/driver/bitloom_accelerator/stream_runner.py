"""An accelerator behind a DMA."""

from __future__ import annotations

from .core import Core
from .errors import AcceleratorError
from .waiting import wait_until

#: The DMA's own default, for a hand-off file that does not say it.
DEFAULT_LENGTH_BITS = 14


class StreamRunner:
    def __init__(self, overlay, network):
        self._core = Core(overlay, network)
        self._arguments = network.arguments
        name, description = _find_dma(overlay)
        dma = getattr(overlay, name)
        self._send, self._receive = dma.sendchannel, dma.recvchannel
        length_bits = int(description.get("parameters", {}).get("c_sg_length_width", DEFAULT_LENGTH_BITS))
        self.most_bytes = (1 << length_bits) - 1

    def load_weights(self, words, seconds: float) -> None:
        self._core.load_weights(words, seconds)

    def run(self, frames: int, source, sink, seconds: float) -> None:
        source.flush()
        # The receiver is ready before anything can come.
        self._receive.transfer(sink)
        self._core.write(self._arguments["frames"], frames)
        self._core.start()
        self._send.transfer(source)
        self._ended = False
        wait_until(self._finished, seconds, self._describe)

    def _finished(self) -> bool:
        for name, channel in (("send", self._send), ("receive", self._receive)):
            if channel.error:
                raise AcceleratorError(f"the DMA's {name} channel reports an error (address or length)")
        # AP_DONE can be read only once.
        self._ended = self._ended or self._core.finished()
        return self._ended and self._send.idle and self._receive.idle

    def _describe(self) -> str:
        state = {True: "finished", False: "busy"}
        return (
            f"{self._core.name} {state[self._ended]}, send channel {state[bool(self._send.idle)]}, "
            f"receive channel {state[bool(self._receive.idle)]} (it waits for TLAST)"
        )


def _find_dma(overlay):
    for name, description in overlay.ip_dict.items():
        if ":axi_dma:" in str(description.get("type", "")):
            return name, description
    raise AcceleratorError("the overlay has no AXI DMA, which a streaming accelerator needs: wrong .bit or .hwh?")
