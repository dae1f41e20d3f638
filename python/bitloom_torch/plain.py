"""PyTorch's own functions and modules that mean something exact in Bitloom, and what to take instead of the others."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional as F

from .elementwise import add, relu
from .layer import Node, Shape
from .model_file import ExportError, ModelFile, Stream
from .weighted import geometry, pair

Step = Callable[[fx.Node, ModelFile, str, list[Stream], Shape], Stream]
"""Adds what a step of the traced network computes to the file, under a name, from inputs, of a shape."""


def _add(step: fx.Node, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
    if len(inputs) != 2:
        raise ExportError(f"{name}: a number is added to a feature map; use QuantAddConstant")
    if step.kwargs.get("alpha", 1) != 1:
        raise ExportError(f"{name}: a sum with alpha has a product; scale by QuantMul before it")
    return add(file, name, inputs, shape)


def _relu(step: fx.Node, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
    return relu(file, name, inputs, shape)


def _concat(step: fx.Node, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
    if _argument(step, 1, "dim", 0) != 1:
        raise ExportError(f"{name}: only channels can be concatenated: torch.cat(..., 1)")
    types = {x.quantizer.types()[0].plain if x.quantizer else f"{x.fraction} fraction bits" for x in inputs}
    if len(types) > 1:
        raise ExportError(
            f"{name}: maps of one type are concatenated, not of {' and '.join(sorted(types))}; share a FixedPoint"
        )
    largest = max(x.largest for x in inputs)
    return Node(file, name, "concat", inputs).result(shape, inputs[0].fraction, largest)


def _flatten(step: fx.Node, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
    if _argument(step, 1, "start_dim", 0) != 1:
        raise ExportError(f"{name}: images stay apart: torch.flatten(x, 1)")
    return inputs[0]


def _argument(step: fx.Node, index: int, key: str, default: int) -> Any:
    return step.args[index] if len(step.args) > index else step.kwargs.get(key, default)


FUNCTIONS: dict[Any, Step] = {
    **dict.fromkeys((operator.add, operator.iadd, torch.add, "add"), _add),
    **dict.fromkeys((torch.relu, F.relu, "relu"), _relu),
    **dict.fromkeys((torch.cat, torch.concat), _concat),
    **dict.fromkeys((torch.flatten, "flatten"), _flatten),
}
"""By function, or by name of a method of tensors."""

KNOWN = "a layer of bitloom_torch, nn.ReLU, nn.MaxPool2d, x + y, torch.cat((x, y), 1), torch.relu(x) or torch.flatten(x, 1)"


def plain_module(module: nn.Module, file: ModelFile, name: str, inputs: list[Stream], shape: Shape) -> Stream:
    """A module of PyTorch itself; an ExportError says what to take instead of one that has no exact meaning."""
    match module:
        case nn.Identity() | nn.Flatten(start_dim=1) | nn.Dropout() | nn.Dropout2d():
            return inputs[0]
        case nn.ReLU():
            return relu(file, name, inputs, shape)
        case nn.MaxPool2d(dilation=1, ceil_mode=False):
            kernel, stride, padding = (pair(size) for size in (module.kernel_size, module.stride, module.padding))
            node = Node(file, name, "max-pool", inputs, kernel=list(kernel), **geometry(stride, padding))
            return node.result(shape, inputs[0].fraction, inputs[0].largest)
    instead = INSTEAD.get(type(module), KNOWN)
    raise ExportError(f"{name}: {module} has no exact meaning in Bitloom; use {instead}")


INSTEAD: dict[type[nn.Module], str] = {
    nn.Conv2d: "QuantConv2d",
    nn.Linear: "QuantLinear",
    nn.BatchNorm1d: "QuantBatchNorm",
    nn.BatchNorm2d: "QuantBatchNorm",
    nn.PReLU: "QuantPReLU or RPReLU",
    nn.LeakyReLU: "QuantPReLU",
    nn.AvgPool2d: "QuantAvgPool2d",
    nn.AdaptiveAvgPool2d: "QuantGlobalAvgPool2d",
    nn.Hardtanh: "FixedPoint or Binary",
    nn.Sigmoid: "FixedPoint or Binary",
    nn.Softmax: "nothing in its place: the largest input has the largest probability",
}
