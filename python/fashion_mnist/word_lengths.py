"""What learned word lengths buy: `python -m fashion_mnist.word_lengths`, a minute or two for each line.

A small network for Fashion-MNIST, trained from scratch: once with one word length for all weights and maps, once with word
lengths that are learned under the cost of the products. Prints the LUTs of the products and the share of right answers.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from bitloom_torch import FixedPoint, ProductCost, QuantBatchNorm, QuantConv2d, QuantLinear, QuantReLU, calibrate

from .data import read_split
from .train import accuracy

CHANNELS = (16, 32, 32)
BATCH = 250
RATE = 4e-3
WIDTH_RATE = 2e-2
"""For the numbers of bits, which have farther to go than weights."""

CYCLES = 16_384
"""Of a frame: what the cost is told in."""

FIXED = (2, 3, 4)
PRICES = (4e-4, 2e-4)
"""Of a LUT, in the loss."""

START = 6
"""Bits where learned word lengths begin."""


def make_network(width: int, learn: bool) -> nn.Sequential:
    """Grey levels (N, 1, 28, 28) -> logits (N, 10): convolutions that halve the map, with batch norm and ReLU."""
    steps: list[nn.Module] = [FixedPoint(width, signed=False, learn_width=learn)]
    channels = 1
    for outputs in CHANNELS:
        weights = FixedPoint(width, learn_width=learn)
        steps += [
            QuantConv2d(channels, outputs, 3, stride=2, padding=1, bias=False, weight_quant=weights),
            QuantBatchNorm(outputs),
            QuantReLU(FixedPoint(width, signed=False, learn_width=learn)),
        ]
        channels = outputs
    logits = QuantLinear(channels * 16, 10, weight_quant=FixedPoint(width, learn_width=learn))
    return nn.Sequential(*steps, nn.Flatten(), logits)


def train(network: nn.Sequential, price: float, images: Tensor, labels: Tensor, epochs: int) -> ProductCost:
    calibrate(network, images[:BATCH])
    cost = ProductCost(network, input_shape=(1, 28, 28), cycles=CYCLES)
    widths = [p for name, p in network.named_parameters() if name.endswith(("fraction", "integer"))]
    others = [p for name, p in network.named_parameters() if not name.endswith(("fraction", "integer"))]
    optimizer = torch.optim.Adam([{"params": others, "lr": RATE}, {"params": widths, "lr": WIDTH_RATE if price else RATE}])
    steps = epochs * (len(images) // BATCH)
    rates = [group["lr"] for group in optimizer.param_groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.2)
    for _ in range(epochs):
        for chosen in torch.randperm(len(images)).split(BATCH)[: len(images) // BATCH]:
            loss = F.cross_entropy(network(images[chosen]), labels[chosen]) + price * cost().squeeze()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return cost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=15_000, help="training images")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    images, labels = (torch.from_numpy(array[: options.images]) for array in read_split("train"))
    test_images, test_labels = read_split("t10k")
    plans = [(f"{width} bits", width, False, 0.0) for width in FIXED]
    plans += [(f"learned, {price:g} per LUT", START, True, price) for price in PRICES]
    for title, width, learn, price in plans:
        results = []
        for seed in range(options.seeds):
            torch.manual_seed(seed)
            network = make_network(width, learn)
            cost = train(network, price, images, labels.long(), options.epochs)
            results.append((cost().item(), 100 * accuracy(network, test_images, test_labels)))
        luts, right = np.array(results).T
        print(
            f"{title:25} {luts.mean():6.0f} LUT  {right.mean():.2f} % right ({right.min():.2f} to {right.max():.2f})",
            flush=True,
        )


if __name__ == "__main__":
    main()
