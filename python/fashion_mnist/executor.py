"""Runs a Bitloom model file with nothing but integers, as docs/ir.md defines the layers that this network uses.

It is written apart from Bitloom's own reference executor so that each can check the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file

from bitloom_torch.fixed_type import FixedType, Raw, round_quotient

from .data import Images

Attributes = dict[str, Any]


@dataclass(frozen=True)
class Numbers:
    """A feature map (N, C, H, W) or a tensor; each value is raw * 2^-fraction. Bipolar numbers are -1 and +1, fraction 0."""

    raw: Raw
    fraction: int = 0

    def aligned(self, fraction: int) -> Raw:
        """The raw integers with this larger fraction."""
        return self.raw << (fraction - self.fraction)

    def per_channel(self) -> Numbers:
        """A tensor [C] or [1] in a shape that broadcasts over feature maps."""
        return Numbers(self.raw.reshape(1, -1, 1, 1), self.fraction)

    def __add__(self, other: Numbers) -> Numbers:
        fraction = max(self.fraction, other.fraction)
        return Numbers(self.aligned(fraction) + other.aligned(fraction), fraction)

    def __mul__(self, other: Numbers) -> Numbers:
        return Numbers(self.raw * other.raw, self.fraction + other.fraction)

    def __gt__(self, other: Numbers) -> npt.NDArray[np.bool_]:
        fraction = max(self.fraction, other.fraction)
        return self.aligned(fraction) > other.aligned(fraction)

    def cast(self, type_text: str | None, divisor: int = 1) -> Numbers:
        """The quotient cast to a type; without a type the exact value."""
        if type_text is None:
            return self
        target = FixedType.parse(type_text)
        up, down = max(-self.fraction, 0), max(self.fraction, 0)
        return Numbers(target.cast(self.raw << up, divisor << down), target.fraction)


class Model:
    """A model file with its tensors, ready to run."""

    def __init__(self, path: Path) -> None:
        self.description: dict[str, Any] = json.loads(path.read_text())
        self.tensors = {name: _read_tensor(tensor, path.parent) for name, tensor in self.description["tensors"].items()}

    def run(self, images: Images) -> Numbers:
        """Images (N, C, H, W) -> the model's output."""
        return self.trace(images)[self.description["output"]]

    def trace(self, images: Images) -> dict[str, Numbers]:
        """Images (N, C, H, W) -> the result of every node by name."""
        results = {self.description["input"]["name"]: Numbers(images.astype(np.int64))}
        for node in self.description["nodes"]:
            attributes = {key: self._resolve(key, value) for key, value in node["attributes"].items()}
            inputs = [results[name] for name in node["inputs"]]
            results[node["name"]] = LAYERS[node["kind"]](attributes, *inputs)
        return results

    def _resolve(self, key: str, value: Any) -> Any:
        return self.tensors[value] if key in TENSOR_ATTRIBUTES else value


TENSOR_ATTRIBUTES = {"weight", "bias", "scale", "constant", "slope", "threshold", "highScale", "lowScale"}


def thermometer(a: Attributes, x: Numbers) -> Numbers:
    lit = round_quotient(x.raw, a["step"], a["rounding"])
    bits = np.arange(a["levels"]).reshape(1, 1, -1, 1, 1) < lit[:, :, None]
    count, _, _, height, width = bits.shape
    return Numbers(np.where(bits, 1, -1).reshape(count, -1, height, width))


def convolution(a: Attributes, x: Numbers) -> Numbers:
    return Numbers(_correlate(x.raw, a["weight"].raw, a["stride"], a["padding"]), x.fraction + a["weight"].fraction)


def gated_convolution(a: Attributes, x: Numbers) -> Numbers:
    high, low = (
        Numbers(_correlate(2 * plane - 1, a["weight"].raw, a["stride"], a["padding"])) for plane in (x.raw >> 1, x.raw & 1)
    )
    gate = high * a["highScale"].per_channel() > a["threshold"].per_channel()
    gated = Numbers(np.where(gate, low.raw, 0))
    coarse = (high.cast(a["type"]) * a["highScale"].per_channel()).cast(a["type"])
    return (coarse + gated.cast(a["type"]) * a["lowScale"].per_channel()).cast(a["type"])


def affine(a: Attributes, x: Numbers) -> Numbers:
    return (a["scale"].per_channel() * x + a["bias"].per_channel()).cast(a.get("type"))


def add_constant(a: Attributes, x: Numbers) -> Numbers:
    return (x + a["constant"].per_channel()).cast(a.get("type"))


def prelu(a: Attributes, x: Numbers) -> Numbers:
    scaled = a["slope"].per_channel() * x
    return Numbers(np.where(x.raw < 0, scaled.raw, x.aligned(scaled.fraction)), scaled.fraction).cast(a.get("type"))


def quantize(a: Attributes, x: Numbers) -> Numbers:
    return x.cast(a["type"])


def add(a: Attributes, x: Numbers, y: Numbers) -> Numbers:
    return (x + y).cast(a.get("type"))


def concat(_: Attributes, *inputs: Numbers) -> Numbers:
    return Numbers(np.concatenate([x.raw for x in inputs], axis=1), inputs[0].fraction)


def average_pool(a: Attributes, x: Numbers) -> Numbers:
    """Without padding or an accumulator type."""
    windows = _windows(x.raw, a["kernel"], a["stride"])
    kernel_height, kernel_width = a["kernel"]
    return Numbers(windows.sum((-2, -1)), x.fraction).cast(a["type"], kernel_height * kernel_width)


def global_average_pool(a: Attributes, x: Numbers) -> Numbers:
    kernel = x.raw.shape[2:]
    return average_pool({**a, "kernel": kernel, "stride": kernel}, x)


def dense(a: Attributes, x: Numbers) -> Numbers:
    weight = a["weight"]
    product = Numbers(x.raw.reshape(len(x.raw), -1) @ weight.raw.T, x.fraction + weight.fraction)
    result = product + Numbers(a["bias"].raw[None], a["bias"].fraction)
    return Numbers(result.raw[:, :, None, None], result.fraction)


LAYERS: dict[str, Callable[..., Numbers]] = {
    "thermometer": thermometer,
    "conv2d": convolution,
    "gated-conv2d": gated_convolution,
    "affine": affine,
    "add-constant": add_constant,
    "prelu": prelu,
    "quantize": quantize,
    "add": add,
    "concat": concat,
    "average-pool": average_pool,
    "global-average-pool": global_average_pool,
    "dense": dense,
}


def _correlate(x: Raw, weight: Raw, stride: list[int], padding: dict[str, Any]) -> Raw:
    """(N, C, H, W) and (O, C, KH, KW) -> (N, O, H', W'). Sums below 2^24 are exact in float32; absent taps are zeros."""
    assert padding["value"] == "absent" and int(np.abs(x).max()) * np.abs(weight).sum((1, 2, 3)).max() < 2**24
    margins = ((0, 0), (0, 0), (padding["top"], padding["bottom"]), (padding["left"], padding["right"]))
    windows = _windows(np.pad(x.astype(np.float32), margins), weight.shape[2:], stride)
    sums = np.tensordot(windows, weight.astype(np.float32), axes=((1, 4, 5), (1, 2, 3)))
    return sums.transpose(0, 3, 1, 2).astype(np.int64)


def _windows(x: Raw, kernel: Any, stride: Any) -> Raw:
    """(N, C, H, W) -> (N, C, H', W', KH, KW)."""
    views = np.lib.stride_tricks.sliding_window_view(x, tuple(kernel), axis=(2, 3))
    return views[:, :, :: stride[0], :: stride[1]]


def _read_tensor(tensor: dict[str, Any], folder: Path) -> Numbers:
    stored = load_file(folder / tensor["data"]["file"])[tensor["data"]["key"]]
    raw = stored.astype(np.int64).reshape(tensor["shape"])
    if tensor["encoding"] == "bipolar":
        return Numbers(2 * raw - 1)
    return Numbers(raw, FixedType.parse(tensor["type"]).fraction)
