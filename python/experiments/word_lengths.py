"""What learned word lengths buy: `python -m experiments.word_lengths --out results.json`, half a minute for each result.

A small network for Fashion-MNIST, trained from scratch: with one word length for all weights and maps, and with word lengths
that are learned under the cost of the products. The file has the LUTs of the products, how many of 10,000 are right, and the
word lengths, by `WIDTH bits SEED` or `learned PRICE SEED`; it is written after every result and continued where it ends.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from bitloom_torch import FixedPoint, ProductCost, QuantBatchNorm, QuantConv2d, QuantLinear, QuantReLU, calibrate
from experiments.kept import keep, kept
from experiments.points import points_and_others
from fashion_mnist.data import DEBIAN_FOLDER, read_split
from fashion_mnist.train import count_right

IMAGES, EPOCHS = 15_000, 3
"""Of training."""

CHANNELS = (16, 32, 32)
BATCH = 250
RATE, POINT_RATE = 4e-3, 2e-2
"""Adam's, of parameters and of numbers of bits, which have farther to go."""

CYCLES = 16_384
"""Of a frame: what the cost is told in."""

FIXED = (2, 3, 4, 5)
PRICES = (8e-4, 4e-4, 2e-4)
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


def train(network: nn.Sequential, price: float, images: Tensor, labels: Tensor) -> ProductCost:
    calibrate(network, images[:BATCH])
    cost = ProductCost(network, input_shape=(1, 28, 28), cycles=CYCLES)
    points, others = points_and_others(network)
    optimizer = torch.optim.Adam([{"params": others, "lr": RATE}, {"params": points, "lr": POINT_RATE}])
    steps = EPOCHS * (len(images) // BATCH)
    rates = [group["lr"] for group in optimizer.param_groups]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps, pct_start=0.2)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(images)).split(BATCH)[: len(images) // BATCH]:
            loss = F.cross_entropy(network(images[chosen]), labels[chosen]) + price * cost().squeeze()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    for point in points:
        point.detach().round_()  # As hardware has them: what products cost is then told for these.
    return cost


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    images, labels = (torch.from_numpy(array[:IMAGES]) for array in read_split("train", options.data))
    test_images, test_labels = read_split("t10k", options.data)
    plans = [(f"{width} bits", width, 0.0) for width in FIXED] + [(f"learned {price:g}", START, price) for price in PRICES]
    for seed, (title, width, price) in product(options.seeds, plans):
        key = f"{title} {seed}"
        if key not in kept(options.out):
            torch.manual_seed(seed)
            network = make_network(width, price > 0)
            cost = train(network, price, images, labels.long())
            right = count_right(network, test_images, test_labels)
            keep(options.out, key, {"luts": round(cost().item()), "right": right, "widths": _widths(network)})


def _widths(network: nn.Module) -> dict[str, int]:
    """Of all types of the products, by their names in the network."""
    points = ((name, module) for name, module in network.named_modules() if isinstance(module, FixedPoint))
    return {name: point.target.width for name, point in points if not name.endswith(("scale_quant", "bias_quant"))}


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four .gz files of Fashion-MNIST")
    parser.add_argument("--out", type=Path, required=True, help="JSON file of the results")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
