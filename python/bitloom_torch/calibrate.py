"""Where binary points begin, and where training ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import torch
from torch import Tensor, nn

from .layer import Layer
from .quantizer import BinaryPoint, Calibration


@torch.no_grad()
def calibrate(model: nn.Module, batches: Tensor | Iterable[Tensor], method: Calibration = "error") -> None:
    """Places every binary point but those of given types (`FixedPoint.of`), for the numbers that parameters are and layers see.

    `batches`: one input of the model (N, C, H, W) or (N, features), or several. The network runs on them with real numbers but
    for given types and signs, in the mode that it is in: in train mode running statistics of batch norms move.
    `method`: "largest" has as many fraction bits as let no number saturate, "error" the least squared error; types that wrap
    take "largest" always.

    Raises a ValueError or a TypeError for an unknown method, no images, batches that the model does not take, and numbers that
    are infinite or NaN.
    """
    if method not in get_args(Calibration):
        raise ValueError(f"a method is one of {', '.join(get_args(Calibration))}, not {method!r}")
    points = [module for module in model.modules() if isinstance(module, BinaryPoint) and module.learned]
    for point in points:
        point.observe()
    try:
        images = sum(_show(model, batch) for batch in ([batches] if isinstance(batches, Tensor) else batches))
    finally:
        observed = [point.observed() for point in points]
    if images == 0:
        raise ValueError("there are no images to calibrate with")
    for point, values in zip(points, observed, strict=True):
        if values is not None:
            point.calibrate(values, method)


def _show(model: nn.Module, batch: Tensor) -> int:
    """Returns how many images the network saw."""
    if not isinstance(batch, Tensor):
        raise TypeError(
            f"batches are tensors of images (N, C, H, W), not {type(batch).__name__}; of a DataLoader (x for x, _ in loader)"
        )
    if len(batch) > 0:
        try:
            model(batch)
        except RuntimeError as error:
            raise ValueError(f"the network takes no images {tuple(batch.shape)}: {error}") from error
    return len(batch)


@torch.no_grad()
def freeze(model: nn.Module) -> nn.Module:
    """Replaces every parameter by the number that hardware has for it, and batch norms by their affines.

    Nothing trains any more. In place (but for a model that is a single batch norm); returns the model in eval mode.
    """
    model.eval()
    frozen = {layer: layer.frozen() for layer in model.modules() if isinstance(layer, Layer)}
    for name, module in [*model.named_modules(remove_duplicate=False)]:
        if name and isinstance(module, Layer):
            model.set_submodule(name, frozen[module])
    whole = frozen[model] if isinstance(model, Layer) else model
    return whole.requires_grad_(False).eval()
