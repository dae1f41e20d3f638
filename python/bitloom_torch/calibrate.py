"""Where binary points begin, and where training ends."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

from .layer import Layer
from .quantizer import BinaryPoint, Calibration


@torch.no_grad()
def calibrate(model: nn.Module, batches: Tensor | Iterable[Tensor], method: Calibration = "error") -> None:
    """Places every learned binary point for the numbers that the model's parameters are and that its layers see.

    `batches`: one input of the model (N, C, H, W), or several. The network runs on them unquantized but for types that
    do not learn, in the mode that it is in.
    `method`: "largest" has as many bits as let no number saturate, "error" the least squared error.
    """
    points = [module for module in model.modules() if isinstance(module, BinaryPoint) and module.fraction.requires_grad]
    for point in points:
        point.observe()
    for batch in [batches] if isinstance(batches, Tensor) else batches:
        model(batch)
    for point in points:
        point.place(method)


@torch.no_grad()
def freeze(model: nn.Module) -> nn.Module:
    """Replaces every parameter by the number that hardware has for it, and batch norms by their affines.

    Nothing trains any more. In place (but for a model that is a single batch norm); returns the model in eval mode.
    """
    model.eval()
    for name, child in model.named_children():
        setattr(model, name, freeze(child))
    frozen = model.frozen() if isinstance(model, Layer) else model
    return frozen.requires_grad_(False).eval()
