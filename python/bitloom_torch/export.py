"""From a PyTorch network to model.json: traced by torch.fx, with a node of docs/ir.md for each step."""

from __future__ import annotations

import copy
import operator
import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim.swa_utils import AveragedModel

from .fixed_point import FixedPoint
from .layer import Layer, Node, Shape
from .model_file import ExportError, InputShape, ModelFile, Stream
from .plain import FUNCTIONS, KNOWN, plain_module
from .quantizer import Quantizer
from .signs import Binary
from .weighted import QuantLinear

RESERVED = frozenset(
    ("in", "out", "input", "output", "main", "top", "final", "table", "register", "join", "cross", "module", "wire", "reg"),
)
"""Names of modules that Bitloom keeps for its languages; `bitloom check` tells of rarer ones."""


def export(
    model: nn.Module,
    folder: Path | str,
    *,
    input_shape: InputShape,
    input_type: str = "ap_uint<8>",
    input_name: str = "image",
    name: str = "network",
) -> Path:
    """Writes model.json and model.safetensors, which compute what the model does in eval mode; returns the path of model.json.

    `input_shape`: channels, height, width of what forward takes (N, C, H, W), or (features,) of vectors (N, features).
    `input_type`: fixed point, as HLS writes it; the model is given numbers of this type, such as grey levels 0 to 255.
    The model itself is left as it is. An ExportError names what has no form in the model format, and nothing is written.
    """
    for each in (name, input_name):
        if not re.fullmatch(r"[A-Za-z]\w*", each, re.ASCII):
            raise ExportError(f"a name is letters, digits and _ after a letter, not {each!r}")
    if not _is_shape(input_shape):
        raise ExportError(
            f"input_shape is (channels, height, width) of one image, such as (3, 32, 32), or (features,), not {input_shape!r}"
        )
    try:
        file = ModelFile(name, input_name, input_shape, input_type)
    except ValueError as error:
        raise ExportError(f"input_type: {error}") from error
    exporter = Exporter(model, file)
    exporter.go()
    return file.save(Path(folder), exporter.last)


def _is_shape(shape: object) -> bool:
    return (
        isinstance(shape, tuple | list) and len(shape) in (1, 3) and all(isinstance(size, int) and size > 0 for size in shape)
    )


class _Tracer(fx.Tracer):
    """Goes into modules down to the layers and quantizers."""

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        return isinstance(m, Layer | Quantizer) or super().is_leaf_module(m, module_qualified_name)


class Exporter(fx.Interpreter):
    """Runs the network on one image, which gives the shapes, and writes a node for each step that has one."""

    last: str
    """The name of the network's output."""

    def __init__(self, model: nn.Module, file: ModelFile) -> None:
        self.evaluated = copy.deepcopy(unwrapped(model)).cpu().eval().double()
        root = nn.Sequential(self.evaluated) if isinstance(self.evaluated, Layer | Quantizer) else self.evaluated
        try:
            super().__init__(fx.GraphModule(root, _Tracer().trace(root)))
        except (fx.proxy.TraceError, TypeError) as error:
            raise ExportError(f"the way through the network must not depend on its numbers: {error}") from error
        except (RuntimeError, ValueError) as error:
            raise ExportError(f"the steps of the network cannot be followed; use {KNOWN}: {error}") from error
        self.extra_traceback = False  # Of torch.fx's own, on several lines.
        self.file = file
        self.streams: dict[fx.Node, Stream] = {}
        self.names = {file.name, file.source.name}

    @torch.no_grad()
    def go(self) -> None:
        """From the input to the output, with random numbers of the input's type."""
        image = self.file.random_input()
        result = self.run(image.clone())
        if not torch.equal(result, self.evaluated(image)):
            raise ExportError("the network computes something else than its steps say: is one of them in place (x += y)?")

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

    def _step(self, n: fx.Node, inputs: list[Stream], result: Any) -> Stream:
        name = self._new_name(_node_name(n.name))
        function = FUNCTIONS.get(n.target) if n.op in ("call_function", "call_method") else None
        if function is None and n.op != "call_module":
            raise ExportError(f"{name} has no exact meaning in Bitloom; use {KNOWN}")
        if not isinstance(result, Tensor):
            raise ExportError(f"{name} gives more than one tensor")
        self._check_place(n, name, inputs)
        if function is not None:
            return function(n, self.file, name, inputs, _shape(inputs, result))
        return self.module_step(self.fetch_attr(str(n.target)), name, inputs, result)

    def _new_name(self, name: str) -> str:
        while name in self.names:
            name += "_"
        self.names.add(name)
        return name

    def _check_place(self, n: fx.Node, name: str, inputs: list[Stream]) -> None:
        """The file has no steps that write over their input: what is used after one would be something else."""
        if not self._writes_over(n):
            return
        later = n.next
        while later.op != "root":
            if any(self.streams.get(x) is inputs[0] for x in later.all_input_nodes):
                raise ExportError(f"{name}: it writes over {inputs[0].name}, which is used again; let it not be in place")
            later = later.next

    def _writes_over(self, n: fx.Node) -> bool:
        if n.op == "call_module":
            return getattr(self.fetch_attr(str(n.target)), "inplace", False)
        return n.target is operator.iadd or n.kwargs.get("inplace") is True

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


def unwrapped(model: nn.Module) -> nn.Module:
    """What torch.compile, data parallelism or an average of weights has around it."""
    if isinstance(model, nn.DataParallel | DistributedDataParallel | AveragedModel):
        return unwrapped(model.module)
    compiled = getattr(model, "_orig_mod", None)
    return model if compiled is None else unwrapped(compiled)


def _node_name(name: str) -> str:
    """A name of the traced network, as Bitloom takes it: torch.fx begins those of numbered modules with _."""
    if name.startswith("_"):
        return f"layer{name}"
    return f"{name}_" if name in RESERVED else name
