"""Training: half of it in real numbers, from which networks of all word lengths go on, with the same batches and rates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from copy import deepcopy

import torch
from torch import Tensor
from torch.nn import functional as F

from bitloom_torch import calibrate
from experiments.points import points_and_others

from .network import Network

BATCH = 250
EPOCHS = 16
"""The first half in real numbers."""
RATE = 4e-3
POINT_RATE = 0.02
"""Of binary points, in bits: they get to move by a few, and come to rest with the weights."""
WARM_UP = 0.2
CALIBRATION = 500
"""The first training images place the binary points, here and after training."""


def train(widths: Iterable[int | None], images: Tensor, labels: Tensor, seed: int) -> Iterator[tuple[int | None, Network]]:
    """Images uint8 (N, 1, 28, 28), labels int64 (N,). Every word length (None: real numbers) has all epochs behind it."""
    torch.manual_seed(seed)
    batches = [chosen for _ in range(EPOCHS) for chosen in torch.randperm(len(images)).split(BATCH)]
    real = Network(None).to(images.device).train()
    optimizer = _adam(real)
    half = len(batches) // 2

    def go_on(network: Network, optimizer: torch.optim.Adam, start: int, end: int) -> None:
        for step in range(start, end):
            for group in optimizer.param_groups:
                group["lr"] = group["highest"] * _share(step / len(batches))
            optimizer.zero_grad()
            chosen = batches[step].to(images.device)
            F.cross_entropy(network(images[chosen]), labels[chosen]).backward()
            optimizer.step()

    go_on(real, optimizer, 0, half)
    for width in widths:
        network = Network(width).to(images.device).train()
        network.load_state_dict(real.state_dict(), strict=False)  # Real numbers have no binary points.
        calibrate(network, images[:CALIBRATION])
        go_on(network, _taken_over(optimizer, network), half, len(batches))
        yield width, network.eval()


def _adam(network: Network) -> torch.optim.Adam:
    points, others = points_and_others(network)
    return torch.optim.Adam([{"params": others, "highest": RATE}, {"params": points, "highest": POINT_RATE}])


def _taken_over(optimizer: torch.optim.Adam, network: Network) -> torch.optim.Adam:
    """An optimizer of this network that has seen what the other one has."""
    follower = _adam(network)
    for old, new in zip(optimizer.param_groups[0]["params"], follower.param_groups[0]["params"], strict=True):
        follower.state[new] = deepcopy(optimizer.state[old])
    return follower


def _share(at: float) -> float:
    """Of the highest rate, at a share of all steps: up along a cosine, then down to 0 along another."""
    up = at / WARM_UP
    return (1 - math.cos(math.pi * up)) / 2 if up < 1 else (1 + math.cos(math.pi * (at - WARM_UP) / (1 - WARM_UP))) / 2
