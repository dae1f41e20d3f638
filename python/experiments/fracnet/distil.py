"""From the float network to the hardware's numbers: training against the float network's logits."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from experiments.points import points_and_others

from .data import Images, Split
from .fast import CHUNK, after_stem
from .network import Network

RATE = 0.01
"""Adam's first learning rate of a parameter, in mean magnitudes of its tensor."""
POINT_RATE = 0.03
"""That of binary points, in bits."""
TEMPERATURE = 4.0
"""FracNet's logits reach 40."""


@torch.no_grad()
def stem_sums(network: Network, images: Images) -> Tensor:
    """The first convolution's sums of all images, int16 (N, 16, 32, 32): what every network here reads."""
    network.train()
    chunks = torch.from_numpy(images).split(CHUNK)
    device = network.stem.weight.device
    return torch.cat([network.stem(network.encode(chunk.to(device))).to(torch.int16) for chunk in chunks])


@torch.no_grad()
def logits(network: Network, sums: Tensor) -> Tensor:
    """(N, 10) of train mode: float32, which is twice as fast as eval mode's float64. It holds maps of up to 13 bits exactly."""
    network.train()
    return torch.cat([after_stem(network, chunk) for chunk in sums.split(CHUNK)])


@torch.no_grad()
def exact_logits(network: Network, sums: Tensor) -> Tensor:
    """(N, 10) of eval mode, whose numbers are the exported network's: float32 does not hold every product of 14 bits."""
    network.eval()
    return torch.cat([network.after_stem(chunk) for chunk in sums.split(CHUNK)])


def right(logits: Tensor, split: Split) -> int:
    """How many images have their largest logit at their class."""
    return int((logits.argmax(1).cpu().numpy() == split.labels).sum())


def distil(network: Network, sums: Tensor, targets: Tensor, steps: int, learn_points: bool, seed: int) -> None:
    """Trains what is learned to give the float network's logits (N, 10); with `learn_points` the binary points too.

    In place. Parameters move relative to their own size, as those of batch norms differ by factors of 100.
    """
    generator = torch.Generator().manual_seed(seed)
    points, others = points_and_others(network)
    sizes = [p.detach().abs().mean().item() for p in others]
    groups = [{"params": [p], "lr": RATE * size} for p, size in zip(others, sizes, strict=True)]
    if learn_points:
        groups.append({"params": points, "lr": POINT_RATE})
    optimizer = torch.optim.Adam(groups, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    network.train()
    for _ in range(steps):
        chosen = torch.randint(len(sums), (CHUNK,), generator=generator).to(sums.device)
        optimizer.zero_grad()
        divergence(after_stem(network, sums[chosen]), targets[chosen]).backward()
        optimizer.step()
        schedule.step()


def divergence(logits: Tensor, targets: Tensor) -> Tensor:
    """Kullback-Leibler from the float network's classes at TEMPERATURE, mean over images."""
    wanted = F.log_softmax(targets / TEMPERATURE, 1)
    return F.kl_div(F.log_softmax(logits / TEMPERATURE, 1), wanted, reduction="batchmean", log_target=True)
