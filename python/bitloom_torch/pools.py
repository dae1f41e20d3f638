"""Average pools: sums in order, then one rounded division."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape, cast_output
from .model_file import ModelFile, Stream
from .weighted import Pair, geometry, pair


class QuantAvgPool2d(Layer):
    """(N, C, H, W) -> (N, C, H', W'), the mean of each window cast to `output_quant`; padded taps count as 0.

    Without a type the network is one of real numbers: no fixed-point type has a mean exactly. The sum is exact, or cast after
    every addition in the order row, column if there is an `accumulator` (in training only the whole sum).
    """

    def __init__(
        self,
        kernel_size: int | Pair,
        output_quant: FixedPoint | None = None,
        stride: int | Pair | None = None,
        padding: int | Pair = 0,
        *,
        accumulator: FixedPoint | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size, self.padding = pair(kernel_size), pair(padding)
        self.stride = self.kernel_size if stride is None else pair(stride)
        self.output_quant, self.accumulator = output_quant, accumulator

    def forward(self, x: Tensor) -> Tensor:
        return _average(self, self.numbers(x), self.kernel_size, self.stride, self.padding)

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        places = geometry(self.stride, self.padding)
        node = Node(file, name, "average-pool", inputs, kernel=list(self.kernel_size), **places)
        return _export(self, node, shape, self.kernel_size)


class QuantGlobalAvgPool2d(Layer):
    """The mean of each channel's map, (N, C, H, W) -> (N, C, 1, 1), as QuantAvgPool2d computes it."""

    def __init__(self, output_quant: FixedPoint | None = None, *, accumulator: FixedPoint | None = None) -> None:
        super().__init__()
        self.output_quant, self.accumulator = output_quant, accumulator

    def forward(self, x: Tensor) -> Tensor:
        size = (x.shape[2], x.shape[3])
        return _average(self, self.numbers(x), size, size, (0, 0))

    def export(self, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
        kernel = inputs[0].shape[1:]
        return _export(self, Node(file, name, "global-average-pool", inputs), shape, kernel)


Pool = QuantAvgPool2d | QuantGlobalAvgPool2d


def _average(pool: Pool, x: Tensor, kernel: Pair, stride: Pair, padding: Pair) -> Tensor:
    if pool.accumulator is None:
        total = F.avg_pool2d(x, kernel, stride, padding, divisor_override=1)
    elif pool.training:
        total = pool.accumulator(F.avg_pool2d(x, kernel, stride, padding, divisor_override=1))
    else:
        padded = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
        windows = padded.unfold(2, kernel[0], stride[0]).unfold(3, kernel[1], stride[1]).flatten(4)
        total = pool.accumulator(windows[..., 0])
        for tap in range(1, windows.shape[4]):
            total = pool.accumulator(total + windows[..., tap])
    return cast_output(pool.output_quant, total / (kernel[0] * kernel[1]))


def _export(pool: Pool, node: Node, shape: Shape, kernel: Pair) -> Stream:
    source = node.inputs[0]
    taps = kernel[0] * kernel[1]
    if pool.accumulator is not None:
        node.attributes["accumulator"] = str(pool.accumulator.types()[0])
    if pool.output_quant is None:
        node.file.open_types.append(node.name)
    # A quotient is rounded by its type as long as float64 has a few bits more than the exact sum.
    return node.result(shape, source.fraction + taps.bit_length(), source.largest * taps, pool.output_quant)
