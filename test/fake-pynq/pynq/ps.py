from ._board import board


class _Clocks:
    @property
    def fclk0_mhz(self):
        return board.clock_megahertz


Clocks = _Clocks()
