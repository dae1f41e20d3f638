"""A stand-in for PYNQ that is as strict as the board: caches, clear-on-read registers, cores that hang, memory that leaks."""

from ._board import board
from ._memory import allocate
from ._overlay import Overlay
from ._power import get_rails

__all__ = ["Overlay", "allocate", "board", "get_rails"]
