"""Real numbers: the network before its types are chosen."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from .quantizer import Quantizer, Stored


class Real(Quantizer):
    """Leaves numbers as they are. Exported, they are a float model's (docs/model-format.md), for `bitloom quantize`."""

    def forward(self, x: Tensor) -> Tensor:
        return x

    def stored(self, values: Tensor) -> Stored:
        return Stored({"encoding": "float"}, values.detach().cpu().numpy().astype(np.float64), 0)
