"""How much longer a training step takes with quantizers: `python -m fashion_mnist.speed`.

A network of this example's form for Fashion-MNIST, once of PyTorch's own layers in float32, once of bitloom_torch's with
learned types for all weights, scales, biases and feature maps. Steps of the two take turns; of each the least processor time
counts, on one thread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from bitloom_torch import (
    FixedPoint,
    KHot,
    QuantAdd,
    QuantBatchNorm,
    QuantConv2d,
    QuantGlobalAvgPool2d,
    QuantLinear,
    QuantReLU,
    calibrate,
)

from .network import STAGES

BATCH = 128


class Block(nn.Module):
    """relu(norm(conv(x))), and x added where the shape stays: (N, C, H, W) -> (N, O, H / stride, W / stride)."""

    def __init__(self, conv: nn.Module, norm: nn.Module, relu: nn.Module, join: nn.Module | None) -> None:
        super().__init__()
        self.conv, self.norm, self.relu, self.join = conv, norm, relu, join

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.norm(self.conv(x)))
        return y if self.join is None else self.join(x, y)


class Sum(nn.Module):
    """a + b."""

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return a + b


def plain_block(channels: int, outputs: int, stride: int) -> Block:
    conv = nn.Conv2d(channels, outputs, 3, stride, 1, bias=False)
    return Block(conv, nn.BatchNorm2d(outputs), nn.ReLU(), Sum() if stride == 1 else None)


def fixed_block(channels: int, outputs: int, stride: int) -> Block:
    conv = QuantConv2d(channels, outputs, 3, stride, 1, bias=False, weight_quant=FixedPoint(6))
    norm = QuantBatchNorm(outputs, FixedPoint(8), scale_quant=KHot(8, 2))
    return Block(conv, norm, QuantReLU(FixedPoint(6, signed=False)), QuantAdd(FixedPoint(8)) if stride == 1 else None)


def network(block: Callable[[int, int, int], Block], ends: tuple[nn.Module, nn.Module, nn.Module]) -> nn.Sequential:
    """`ends`: the first convolution to 16 channels, the pool and the classifier."""
    blocks, channels = [], STAGES[0][0]
    for outputs, stride in STAGES:
        blocks.append(block(channels, outputs, stride))
        channels = outputs
    stem, pool, classifier = ends
    return nn.Sequential(stem, *blocks, pool, nn.Flatten(), classifier)


def step_time(model: nn.Module, optimizer: torch.optim.Optimizer, images: Tensor, labels: Tensor) -> float:
    """Seconds of processor time of one step."""
    started = time.process_time()
    optimizer.zero_grad()
    F.cross_entropy(model(images), labels).backward()
    optimizer.step()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=20)
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    images, labels = torch.rand(BATCH, 1, 28, 28), torch.randint(0, 10, (BATCH,))
    first, last = STAGES[0][0], STAGES[-1][0]
    plain = network(plain_block, (nn.Conv2d(1, first, 3, padding=1), nn.AdaptiveAvgPool2d(1), nn.Linear(last, 10)))
    ends = QuantConv2d(1, first, 3, padding=1), QuantGlobalAvgPool2d(FixedPoint(10)), QuantLinear(last, 10)
    fixed = network(fixed_block, ends)
    calibrate(fixed, images)
    models = (plain, fixed)
    optimizers = [torch.optim.Adam(model.parameters()) for model in models]
    times = [
        [step_time(model, optimizer, images, labels) for model, optimizer in zip(models, optimizers, strict=True)]
        for _ in range(options.steps)
    ]
    without, with_types = (min(column) for column in zip(*times, strict=True))
    print(f"plain {1e3 * without:.0f} ms, fixed point {1e3 * with_types:.0f} ms, ratio {with_types / without:.2f}")


if __name__ == "__main__":
    main()
