from ._board import board


class _Sensor:
    def __init__(self, watts):
        self.value = watts


class _Rail:
    def __init__(self, watts):
        self.power = None if watts is None else _Sensor(watts)


def get_rails():
    return {name: _Rail(watts) for name, watts in board.rails.items()}
