"""Quantizers whose numbers are the hardware's: QFX (arXiv 2401.17544) in PyTorch, for networks that Bitloom compiles."""

from .cast import cast
from .fixed_point import FixedPoint
from .fixed_type import FixedType
from .k_hot import KHot
from .signs import binary, ternary

__all__ = ["FixedPoint", "FixedType", "KHot", "binary", "cast", "ternary"]
