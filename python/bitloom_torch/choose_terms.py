"""K per tensor, chosen by a budget: where powers of two are spent and where they are spared (QFX, arXiv 2401.17544)."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from .gated import GatedSum
from .k_hot import KHot
from .layer import Layer

FACTORS = ("weight_quant", "scale_quant", "slope_quant")
"""What multiplies. A K-hot number that is added has a single sum in any case."""


@torch.no_grad()
def choose_terms(model: nn.Module, images: Tensor, mean: float) -> dict[str, int]:
    """Lowers K of K-hot weights, scales and slopes until a product has `mean` powers of two at most, on average over an image.

    In place, from the K that each tensor has; returns them by the names of the quantizers. Each tensor is tried alone with
    fewer terms on `images` (N, C, H, W), a few dozen, all of them at once, in eval mode: those by which the model's output
    moves least (squared error, for each product) lose theirs. Binary points and parameters stay as they are; `calibrate` and
    train afterwards.

    Raises a ValueError where there is nothing to choose, or a mean that is out of reach.
    """
    if len(images) == 0:
        raise ValueError("there are no images to try fewer terms with")
    if mean < 1:
        raise ValueError(f"a product has one power of two at least, not {mean} on average")
    tried = copy.deepcopy(model).eval()
    with _counted(tried) as products:
        exact = tried(images)
    if not products:
        raise ValueError("no weight, scale or slope of the model is K-hot")
    damage = {tensor: _damages(tried, images, exact, tensor) for tensor in products}

    def harm(tensor: KHot) -> float:
        """By one term less, for each product."""
        less, now = damage[tensor][tensor.terms - 2 : tensor.terms]
        return (less - now) / products[tensor]

    while sum(count * tensor.terms for tensor, count in products.items()) > mean * sum(products.values()):
        poorest = min((tensor for tensor in products if tensor.terms > 1), key=harm)
        poorest.limit(poorest.terms - 1)
    chosen = {name: module.terms for name, module in tried.named_modules() if isinstance(module, KHot) and module in products}
    for name, terms in chosen.items():
        tensor = model.get_submodule(name)
        assert isinstance(tensor, KHot)
        tensor.limit(terms)
    return chosen


def _damages(model: nn.Module, images: Tensor, exact: Tensor, tensor: KHot) -> list[float]:
    """The squared errors of the output with one term and more in one tensor, its binary point placed for them."""
    most, point = tensor.terms, tensor.fraction.clone()
    tensor.observe()
    model(images[:1])
    numbers = tensor.observed()
    assert numbers is not None
    damages = []
    for terms in range(1, most):
        tensor.limit(terms)
        tensor.calibrate(numbers)
        damages.append((model(images) - exact).square().sum().item())
    tensor.limit(most)
    tensor.fraction.copy_(point)
    return [*damages, 0.0]


@contextmanager
def _counted(model: nn.Module) -> Iterator[dict[KHot, int]]:
    """The products of each K-hot tensor while the model runs."""
    products: dict[KHot, int] = {}

    def count(layer: Layer, _inputs: object, result: Tensor) -> None:
        for factor in FACTORS:
            quantizer = getattr(layer, factor, None)
            if isinstance(quantizer, KHot):
                products[quantizer] = products.get(quantizer, 0) + result.numel() * _products(layer, factor)

    hooks = [layer.register_forward_hook(count) for layer in model.modules() if isinstance(layer, Layer)]
    try:
        yield products
    finally:
        for hook in hooks:
            hook.remove()


def _products(layer: Layer, factor: str) -> int:
    """Of a factor, in each number of the layer's result."""
    if factor == "weight_quant":
        return layer.get_parameter("weight")[0].numel()
    return len(layer.scale) if isinstance(layer, GatedSum) else 1
