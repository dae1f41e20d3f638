"""Training, the same for real numbers and for learned types: Adam, one cycle, no augmentation."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from bitloom_torch import calibrate

from .network import Network

BATCH = 250
EPOCHS = 2
RATE = 4e-3


def train(width: int | None, images: Tensor, labels: Tensor, seed: int) -> Network:
    """Images uint8 (N, 1, 28, 28), labels int64 (N,). Types begin where the first batch puts them in the untrained network."""
    torch.manual_seed(seed)
    network = Network(width).train()
    calibrate(network, images[:BATCH])
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    steps = EPOCHS * (len(images) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.2)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(images)).split(BATCH)[: len(images) // BATCH]:
            optimizer.zero_grad()
            F.cross_entropy(network(images[chosen]), labels[chosen]).backward()
            optimizer.step()
            schedule.step()
    return network.eval()
