"""The state of the pretended board. Tests set what is to happen, and look at what did."""


class Board:
    def __init__(self):
        self.reset()

    def reset(self):
        #: Bytes of an output frame for those of an input frame.
        self.answers = {}
        self.input_bytes = self.output_bytes = 0
        #: Reads of CTRL until a run is over; None: it never is.
        self.polls = 3
        #: Where buffers lie; above 4 GiB both halves of an address count.
        self.next_address = 0x1_6000_0000
        self.memory_bytes = 1 << 28
        self.clock_megahertz = 249.9975
        self.rails = {}
        self.refuses = None
        #: The words that were loaded last.
        self.weights = None
        #: The core of the loaded overlay.
        self.core = None
        self.buffers = []
        self.downloads = 0
        self.calls = []
        #: What would have harmed a real board.
        self.harm = []

    def answer(self, data: bytes) -> bytes:
        return self.answers.get(data, b"\xaa" * self.output_bytes)

    def find(self, address: int, size: int):
        for buffer in self.buffers:
            offset = address - buffer.device_address
            if 0 <= offset and offset + size <= buffer.nbytes:
                return buffer.fabric, offset
        self.harm.append(f"access to {size} bytes at {address:#x}, which belong to nobody")
        return bytearray(size), 0


board = Board()
