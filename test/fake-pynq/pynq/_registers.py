"""`register_map` of an HLS IP: names from the .hwh, nothing else."""

from ._board import board


class RegisterMap:
    def __init__(self, registers, core):
        object.__setattr__(self, "_values", dict.fromkeys(registers, 0))
        object.__setattr__(self, "_core", core)

    def __getattr__(self, name):
        if name not in self._values:
            raise AttributeError(name)
        if name == "load_weights":
            return self._core.loading
        return Control(self._core) if name == "CTRL" else self._values[name]

    def __setattr__(self, name, value):
        if name not in self._values:
            raise AttributeError(name)
        if not 0 <= value < 1 << 32:
            raise ValueError(f"{value:#x} does not fit into {name}")
        if self._core.busy:
            board.harm.append(f"{name} written while the core is busy")
        self._values[name] = value
        if name == "load_weights":
            self._core.load(value)
        elif name == "weights":
            self._core.take_word(value)

    def value(self, argument):
        """A whole argument, which may have two registers."""
        low, high = (next((name for name in self._values if name.endswith(end)), None) for end in _ends(argument))
        whole = self._values.get(argument)
        return whole if whole is not None else self._values[low] | self._values[high] << 32


def _ends(argument):
    return f"{argument}_1", f"{argument}_2"


class Control:
    """Each look at a bit reads the whole register, and so forgets AP_DONE."""

    def __init__(self, core):
        self._core = core

    @property
    def AP_START(self):
        return self._core.read() & 1

    @AP_START.setter
    def AP_START(self, value):
        self._core.read()
        if value:
            self._core.start()

    @property
    def AP_DONE(self):
        return self._core.read() >> 1 & 1

    @property
    def AP_IDLE(self):
        return self._core.read() >> 2 & 1
