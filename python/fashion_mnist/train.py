"""Train the network: `python -m fashion_mnist.train --checkpoint build/fashion-mnist.pt`, about a minute per epoch."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .data import DEBIAN_FOLDER, Images, Labels, read_split
from .network import Network

BATCH = 128
VALIDATION = 5000
"""So many of the training images are held out to watch the training; the test images are not looked at."""


def main() -> None:
    options = _parse_options()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    images, labels = read_split("train", options.data)
    network = Network().to(memory_format=torch.channels_last)
    started = time.monotonic()
    steps = options.epochs * (len(images) - VALIDATION) // BATCH
    optimizer = torch.optim.Adam(network.parameters(), lr=options.rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=steps + options.epochs, pct_start=0.05, cycle_momentum=False
    )
    compiled = torch.compile(network)
    random = np.random.default_rng(options.seed)
    for epoch in range(options.epochs):
        network.train()
        for x, y in batches(images[:-VALIDATION], labels[:-VALIDATION], random):
            optimizer.zero_grad()
            F.cross_entropy(compiled(x), y).backward()
            optimizer.step()
            schedule.step()
        correct = count_right(network, images[-VALIDATION:], labels[-VALIDATION:]) / VALIDATION
        minutes = (time.monotonic() - started) / 60
        print(f"epoch {epoch + 1}: validation accuracy {correct:.4f}, {minutes:.1f} min", flush=True)
        _save(network, options.checkpoint)
    test_images, test_labels = read_split("t10k", options.data)
    print(f"right in floating point: {count_right(network, test_images, test_labels)} of {len(test_labels)}")


def batches(images: Images, labels: Labels, random: np.random.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """One epoch in random order; each image is shifted by up to one pixel and mirrored half of the time."""
    padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    order = random.permutation(len(images))
    for start in range(0, len(order) - BATCH + 1, BATCH):
        chosen = order[start : start + BATCH]
        rows = random.integers(0, 3, (BATCH, 1)) + np.arange(28)
        columns = random.integers(0, 3, (BATCH, 1)) + np.arange(28)
        mirrored = random.random((BATCH, 1)) < 0.5
        columns = np.where(mirrored, columns[:, ::-1], columns)
        shifted = padded[chosen[:, None, None], rows[:, :, None], columns[:, None, :]]
        yield torch.from_numpy(shifted[:, None]), torch.from_numpy(labels[chosen].astype(np.int64))


@torch.no_grad()
def count_right(network: nn.Module, images: Images, labels: Labels) -> int:
    """How many images have their largest logit at their label, in eval mode."""
    device = next(network.eval().parameters()).device
    chunks = torch.from_numpy(images).split(500)
    predicted = torch.cat([network(chunk.to(device)).argmax(1).cpu() for chunk in chunks])
    return int((predicted.numpy() == labels).sum())


def _save(network: nn.Module, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), path)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four IDX files")
    parser.add_argument("--checkpoint", type=Path, default=Path("build/fashion-mnist.pt"))
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--rate", type=float, default=2e-3, help="Adam's highest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
