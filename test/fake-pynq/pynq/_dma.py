"""AXI DMA as PYNQ shows it: two channels; a transfer must wait for the one before."""

from ._board import board


class Dma:
    def __init__(self, length_bits):
        most = (1 << length_bits) - 1
        self.sendchannel, self.recvchannel = Channel("send", most), Channel("receive", most)

    def take(self, size):
        """What has been sent, once it is all there."""
        data = self.sendchannel.data
        if data is None or len(data) < size:
            return None
        self.sendchannel.finish()
        return data[:size]

    def give(self, data) -> bool:
        """The last beat has TLAST, which ends the transfer."""
        array = self.recvchannel.array
        if array is None:
            return False
        if len(data) > array.nbytes:
            self.recvchannel.error = True
            return False
        memory, offset = board.find(array.device_address, len(data))
        memory[offset : offset + len(data)] = data
        self.recvchannel.finish()
        return True


class Channel:
    def __init__(self, name, most):
        self.name = name
        self._most = most
        self.array = self.data = None
        self.error = False

    @property
    def idle(self):
        if board.core is not None:
            board.core.step()
        return self.array is None

    def transfer(self, array):
        if self.array is not None:
            raise RuntimeError("DMA channel not idle")
        if array.nbytes > self._most:
            raise ValueError(f"Transfer size is {array.nbytes} bytes, which exceeds the maximum DMA buffer size {self._most}.")
        board.calls.append(self.name)
        self.array = array
        memory, offset = board.find(array.device_address, array.nbytes)
        self.data = bytes(memory[offset : offset + array.nbytes])

    def finish(self):
        self.array = self.data = None
