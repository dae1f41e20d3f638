"""From a PyTorch network to model.json: traced by torch.fx, with a node of docs/ir.md for each step."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, fx, nn

from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape
from .model_file import ExportError, ModelFile, Stream
from .plain import FUNCTIONS, KNOWN, plain_module
from .quantizer import Quantizer
from .signs import Binary
from .weighted import QuantLinear

RESERVED = frozenset(("in", "out", "input", "output", "main", "top", "final", "table", "register", "join", "cross", "module"))
"""Names of modules that Bitloom keeps for its languages; `bitloom check` tells of rarer ones."""


def export(
    model: nn.Module,
    folder: Path | str,
    *,
    input_shape: Shape,
    input_type: str = "ap_uint<8>",
    input_name: str = "image",
    name: str = "network",
) -> Path:
    """Writes model.json and model.safetensors, which compute what the model does in eval mode; returns the path of model.json.

    `input_shape`: channels, height, width of what forward takes (N, C, H, W). `input_type`: fixed point, as HLS writes it; the
    model is given numbers of this type, such as grey levels 0 to 255. The model itself is left as it is. An ExportError
    names what has no form in the model format, and nothing is written.
    """
    for each in (name, input_name):
        if not re.fullmatch(r"[A-Za-z]\w*", each, re.ASCII):
            raise ExportError(f"a name is letters, digits and _ after a letter, not {each!r}")
    if not _is_shape(input_shape):
        raise ExportError(f"input_shape is (channels, height, width) of one image, such as (3, 32, 32), not {input_shape!r}")
    file = ModelFile(name, input_name, input_shape, input_type)
    exporter = Exporter(copy.deepcopy(model).cpu().eval().double(), file)
    exporter.go()
    return file.save(Path(folder), exporter.last)


def _is_shape(shape: object) -> bool:
    return isinstance(shape, tuple | list) and len(shape) == 3 and all(isinstance(size, int) and size > 0 for size in shape)


class _Tracer(fx.Tracer):
    """Goes into modules down to the layers and quantizers."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return isinstance(m, Layer | Quantizer) or super().is_leaf_module(m, module_qualified_name)


class Exporter(fx.Interpreter):
    """Runs the network on one image, which gives the shapes, and writes a node for each step that has one."""

    last: str
    """The name of the network's output."""

    def __init__(self, evaluated: nn.Module, file: ModelFile) -> None:
        """`evaluated`: in eval mode and float64."""
        try:
            super().__init__(fx.GraphModule(evaluated, _Tracer().trace(evaluated)))
        except (fx.proxy.TraceError, TypeError) as error:
            raise ExportError(f"the way through the network must not depend on its numbers: {error}") from error
        self.extra_traceback = False  # Of torch.fx's own, on several lines.
        self.file = file
        self.streams: dict[fx.Node, Stream] = {}

    @torch.no_grad()
    def go(self) -> None:
        """From the input to the output."""
        self.run(torch.zeros(1, *self.file.input_shape, dtype=torch.float64))

    def run_node(self, n: fx.Node) -> Any:
        result = self._computed(n)
        if n.op == "placeholder" and self.streams:
            raise ExportError("a network has one input, a tensor")
        if n.op == "placeholder":
            self.streams[n] = self.file.source
        elif n.op == "output":
            if not isinstance(n.args[0], fx.Node):
                raise ExportError("a network has one output, a tensor")
            self.last = self.streams[n.args[0]].name
        else:
            self.streams[n] = self._step(n, self._inputs(n), result)
        return result

    def _computed(self, n: fx.Node) -> Any:
        try:
            return super().run_node(n)
        except (RuntimeError, ValueError, TypeError, IndexError) as error:
            given = " and ".join(str(tuple(self.env[x].shape[1:])) for x in n.all_input_nodes)
            shape = tuple(self.file.input_shape)
            raise ExportError(
                f"{_node_name(n.name)}: takes no input of shape {given}, with input_shape {shape}: {error}"
            ) from error

    def _inputs(self, n: fx.Node) -> list[Stream]:
        """A tensor that is used twice stands there twice."""
        nodes: list[fx.Node] = []
        fx.node.map_arg((n.args, n.kwargs), nodes.append)
        return [self.streams[node] for node in nodes]

    def _step(self, n: fx.Node, inputs: list[Stream], result: Tensor) -> Stream:
        name = _node_name(n.name)
        if n.op != "call_module":
            function = FUNCTIONS.get(n.target) if n.op in ("call_function", "call_method") else None
            if function is None:
                raise ExportError(f"{name} has no exact meaning in Bitloom; use {KNOWN}")
            return function(n, self.file, name, inputs, _shape(inputs, result))
        module = self.fetch_attr(str(n.target))
        return self.module_step(module, name, inputs, result)

    def module_step(self, module: nn.Module, name: str, inputs: list[Stream], result: Tensor) -> Stream:
        """Writes the node of a layer, a quantizer or a module of PyTorch's."""
        shape = _shape(inputs, result)
        match module:
            case QuantLinear():
                return module.export(self.file, name, inputs, (result.shape[1], 1, 1))
            case Layer():
                return module.export(self.file, name, inputs, shape)
            case FixedPoint() if module.fraction.numel() == 1:
                source = inputs[0]
                return Node(self.file, name, "quantize", inputs).result(shape, source.fraction, source.largest, module)
            case Binary():
                return Node(self.file, name, "quantize", inputs, type="bipolar").result(shape, 0, 1.0)
            case Quantizer():
                raise ExportError(f"{name}: {type(module).__name__} is for weights here; use FixedPoint(width) or Binary()")
        return plain_module(module, self.file, name, inputs, shape)


def _shape(inputs: list[Stream], result: Tensor) -> Shape:
    """Of a feature map (1, C, H, W); a vector has the shape that it had before it was flattened."""
    if result.ndim != 4:
        return inputs[0].shape
    _, channels, height, width = result.shape
    return channels, height, width


def _node_name(name: str) -> str:
    """A name of the traced network, as Bitloom takes it: torch.fx begins those of numbered modules with _."""
    if name.startswith("_"):
        return f"layer{name}"
    return f"{name}_" if name in RESERVED else name
