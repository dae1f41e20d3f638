"""Layers and quantizers whose numbers are the hardware's, for networks that Bitloom compiles: QFX (arXiv 2401.17544)."""

from .affine import QuantAffine, QuantBatchNorm, QuantMul
from .calibrate import calibrate, freeze
from .cast import cast
from .choose_terms import choose_terms
from .elementwise import QuantAdd, QuantAddConstant, QuantPReLU, QuantReLU, RPReLU
from .export import export
from .fixed_point import FixedPoint
from .fixed_type import FixedType
from .gated import GatedBinaryConv2d
from .k_hot import KHot
from .model_file import ExportError
from .pools import QuantAvgPool2d, QuantGlobalAvgPool2d
from .product_cost import ProductCost
from .real import Real
from .signs import Binary, Ternary, binary, ternary
from .thermometer import Thermometer
from .weighted import QuantConv2d, QuantLinear

__all__ = [
    "Binary",
    "ExportError",
    "FixedPoint",
    "FixedType",
    "GatedBinaryConv2d",
    "KHot",
    "ProductCost",
    "QuantAdd",
    "QuantAddConstant",
    "QuantAffine",
    "QuantAvgPool2d",
    "QuantBatchNorm",
    "QuantConv2d",
    "QuantGlobalAvgPool2d",
    "QuantLinear",
    "QuantMul",
    "QuantPReLU",
    "QuantReLU",
    "RPReLU",
    "Real",
    "Ternary",
    "Thermometer",
    "binary",
    "calibrate",
    "cast",
    "choose_terms",
    "export",
    "freeze",
    "ternary",
]
