"""Buffers with the processor's cache before them: what is not flushed or invalidated is not seen by the other side."""

import numpy as np

from ._board import board

PAGE = 4096


class PynqBuffer(np.ndarray):
    def __array_finalize__(self, origin):
        root = getattr(origin, "root", None)
        self.root = root
        if root is not None:
            self.device_address = root.device_address + self._address() - root._address()

    def flush(self):
        start, end = self._part()
        self.root.fabric[start:end] = self.tobytes()

    def invalidate(self):
        start, end = self._part()
        self[...] = np.frombuffer(bytes(self.root.fabric[start:end]), self.dtype).reshape(self.shape)

    def freebuffer(self):
        if self is not self.root or not any(self is buffer for buffer in board.buffers):
            board.harm.append("freed what is not allocated")
            return
        if board.core is not None and board.core.busy:
            board.harm.append("freed while the core may still write")
        board.buffers = [buffer for buffer in board.buffers if buffer is not self]

    def _part(self):
        if not any(self.root is buffer for buffer in board.buffers):
            raise RuntimeError("the buffer was freed")
        start = self.device_address - self.root.device_address
        return start, start + self.nbytes

    def _address(self):
        return self.__array_interface__["data"][0]


def allocate(shape, dtype="u4", target=None):
    buffer = np.zeros(shape, dtype).view(PynqBuffer)
    if buffer.nbytes + sum(other.nbytes for other in board.buffers) > board.memory_bytes:
        raise RuntimeError("Failed to allocate memory!")
    buffer.root = buffer
    buffer.fabric = bytearray(b"\x55" * buffer.nbytes)
    buffer.device_address = board.next_address
    board.next_address += -(-buffer.nbytes // PAGE) * PAGE
    board.buffers.append(buffer)
    return buffer
