"""Images as bits."""

from __future__ import annotations

import torch
from torch import Tensor

from .cast import ROUND
from .fixed_type import check_rounding
from .layer import Layer, Node, Shape
from .model_file import ModelFile, Stream


class Thermometer(Layer):
    """Grey levels (N, C, H, W), unsigned integers -> (N, C * levels, H, W) of -1 and +1.

    Channel c * levels + b is +1 where b < round(x / step). Raises a ValueError for a rounding that HLS does not know,
    and for fewer levels or smaller steps than 1.
    """

    def __init__(self, levels: int, step: int, rounding: str = "AP_RND_CONV") -> None:
        super().__init__()
        check_rounding(rounding)
        if levels < 1 or step < 1:
            raise ValueError(f"a thermometer has levels of a step each, 1 or more, not {levels} of {step}")
        self.levels, self.step, self.rounding = levels, step, rounding

    def forward(self, x: Tensor) -> Tensor:
        lit = ROUND[self.rounding](self.numbers(x) / self.step)
        bits = torch.arange(self.levels, device=x.device).view(-1, 1, 1) < lit.unsqueeze(2)
        return bits.to(lit.dtype).mul_(2).sub_(1).flatten(1, 2)

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        node = Node(file, name, "thermometer", inputs, levels=self.levels, step=self.step, rounding=self.rounding)
        return node.result(shape, 0, 1.0)
