"""The accelerator: computes by looking up the golden vectors."""

from ._board import board


class Core:
    """`input_words`, `output_words` and `frames` as registers, and control as ap_ctrl_hs has it."""

    def __init__(self, registers, dma):
        from ._registers import RegisterMap

        self.busy = False
        self._done = False
        self._polls = None
        #: For a few cycles after the start AP_IDLE is still set.
        self._still_idle = False
        self._dma = dma
        self._words = None
        self.map = RegisterMap(registers, self)

    def read(self) -> int:
        """CTRL as it is; AP_DONE is cleared by the look."""
        self.step()
        done, self._done = self._done, False
        idle = not self.busy or self._still_idle
        self._still_idle = False
        return done << 1 | idle << 2 | self.busy

    def load(self, wanted):
        """Words are taken between the request and its end."""
        if not wanted:
            board.weights = self._words
        self._words = [] if wanted else None

    def take_word(self, word):
        if self._words is None:
            board.harm.append("a word of weights that is lost")
        else:
            self._words.append(word)

    @property
    def loading(self):
        return 0 if self._words is None else 3

    def start(self):
        if self.busy:
            board.harm.append("started while busy")
        board.calls.append("start")
        self.busy, self._still_idle, self._polls = True, True, board.polls

    def step(self):
        if not self.busy or self._polls is None:
            return
        self._polls -= 1
        if self._polls <= 0 and self._compute():
            self.busy, self._done = False, True

    def _compute(self) -> bool:
        frames = self.map.value("frames")
        size = frames * board.input_bytes
        data = self._dma.take(size) if self._dma else _read(self.map.value("input_words"), size)
        if data is None:
            return False
        at = range(0, size, board.input_bytes)
        result = b"".join(board.answer(data[i : i + board.input_bytes]) for i in at)
        if self._dma:
            return self._dma.give(result)
        _write(self.map.value("output_words"), result)
        return True


def _read(address, size):
    memory, offset = board.find(address, size)
    return bytes(memory[offset : offset + size])


def _write(address, data):
    memory, offset = board.find(address, len(data))
    memory[offset : offset + len(data)] = data
