"""Binary points and word lengths, which are trained at rates of their own."""

from __future__ import annotations

from torch import nn


def points_and_others(network: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """What is trained: the numbers of bits of types, then all other parameters."""
    trained = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    points = [p for name, p in trained if name.endswith(("fraction", "integer"))]
    return points, [p for name, p in trained if not name.endswith(("fraction", "integer"))]
