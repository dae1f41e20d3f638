"""Export a trained network: `python -m fashion_mnist.export --checkpoint build/fashion-mnist.pt --out models/fashion-mnist`.

Writes model.json and model.safetensors in exact integers, and images.npz: the first 100 test images with their labels and the
logits that the integers give. Then says how accurate the integers are on all test images.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from bitloom_torch.fixed_type import FixedType, smallest_type
from bitloom_torch.model_file import ModelFile
from bitloom_torch.quantizer import Stored
from bitloom_torch.weighted import geometry

from .data import DEBIAN_FOLDER, read_split
from .executor import Model
from .network import LEVELS, STEP, Network, Stage

FEATURE = "ap_fixed<12,5,AP_RND,AP_SAT>"
"""Maps between a convolution and the next activation code. On 1,000 test images only the last has magnitudes of 16 or more."""

CODE = "ap_ufixed<2,2,AP_RND,AP_SAT>"
GATED_SUM = "ap_int<12>"
"""2 * M + L of at most 64 * 9 taps: exact."""

MEAN = "ap_fixed<20,5,AP_TRN_ZERO,AP_SAT>"
"""Mean of a feature map, rounded as HLS divides."""

SAMPLES = 100

PARAMETER_BITS = 12


def main() -> None:
    options = _parse_options()
    network = Network()
    network.load_state_dict(torch.load(options.checkpoint))
    network.eval()
    path = export(network, options.out)
    model = Model(path)
    images, labels = read_split("t10k", options.data)
    logits = np.concatenate([model.run(batch).raw for batch in np.split(images, len(images) // SAMPLES)])[:, :, 0, 0]
    print(f"test accuracy in integers {(logits.argmax(1) == labels).mean():.4f}")
    np.savez_compressed(
        options.out / "images.npz",
        images=images[:SAMPLES],
        labels=labels[:SAMPLES],
        logits=logits[:SAMPLES].astype(np.int32),
    )


@torch.no_grad()
def export(network: Network, folder: Path) -> Path:
    """Writes the model's files and returns the path of model.json."""
    file = ModelFile("fashion_mnist", "image", (1, 28, 28), "ap_uint<8>")
    _fixed(file, "code.scale", [1.5], "ap_fixed<12,4>")
    _fixed(file, "code.bias", [1.5], "ap_fixed<12,4>")
    _fixed(file, "high_scale", [2], "ap_int<3>")
    _fixed(file, "low_scale", [1], "ap_int<3>")
    x = file.node("encode", "thermometer", ["image"], levels=LEVELS, step=STEP, rounding="AP_RND_CONV")
    x = file.node(
        "stem", "conv2d", [x], weight=_bits(file, "stem.weight", _array(network.stem.weight)), **geometry((1, 1), (1, 1))
    )
    x = _norm(file, "stem_norm", x, network.norm_stem)
    for index, stage in enumerate(network.stages, 1):
        assert isinstance(stage, Stage)
        x = _stage(file, f"stage{index}", x, stage)
    x = file.node("pool", "global-average-pool", [x], type=MEAN)
    x = file.node("features", "quantize", [x], type=FEATURE)
    weight = _fixed(file, "logits.weight", _array(network.classifier.weight))
    bias = _fixed(file, "logits.bias", _array(network.classifier.bias))
    return file.save(folder, file.node("logits", "dense", [x], weight=weight, bias=bias))


def _stage(file: ModelFile, name: str, x: str, stage: Stage) -> str:
    y = file.node(f"{name}_code", "affine", [x], scale="code.scale", bias="code.bias", type=CODE)
    y = file.node(
        f"{name}_conv",
        "gated-conv2d",
        [y],
        weight=_bits(file, f"{name}_conv.weight", _array(stage.conv.weight)),
        # The high and the low bit count 2 and 1 instead of 2/3 and 1/3. 2 * M is an integer, so the threshold may be floored.
        threshold=_fixed(file, f"{name}_conv.threshold", np.floor(3 * _array(stage.conv.threshold).ravel()), "ap_int<12>"),
        highScale="high_scale",
        lowScale="low_scale",
        **geometry((stage.conv.stride, stage.conv.stride), (1, 1)),
        type=GATED_SUM,
    )
    y = _norm(file, f"{name}_norm", y, stage.norm_conv, divisor=3)
    y = _constant(file, f"{name}_shift_in", y, stage.activation.shift_in)
    slope = _fixed(file, f"{name}_prelu.slope", _array(stage.activation.slope).ravel())
    y = file.node(f"{name}_prelu", "prelu", [y], slope=slope, type=FEATURE)
    y = _constant(file, f"{name}_shift_out", y, stage.activation.shift_out)
    y = file.node(f"{name}_sum", "add", [_shortcut(file, name, x, stage), y], type=FEATURE)
    return _norm(file, f"{name}_sum_norm", y, stage.norm_sum)


def _shortcut(file: ModelFile, name: str, x: str, stage: Stage) -> str:
    if stage.stride == 1:
        return x
    pool = file.node(f"{name}_pool", "average-pool", [x], kernel=[2, 2], **geometry((2, 2), (0, 0)), type=FEATURE)
    return file.node(f"{name}_shortcut", "concat", [pool, pool])


def _norm(file: ModelFile, name: str, x: str, norm: nn.BatchNorm2d, divisor: float = 1) -> str:
    """Batch normalisation of x / divisor, folded into a scale and a bias."""
    assert norm.running_mean is not None and norm.running_var is not None
    scale = _array(norm.weight) / np.sqrt(_array(norm.running_var) + norm.eps)
    bias = _array(norm.bias) - _array(norm.running_mean) * scale
    return file.node(
        name,
        "affine",
        [x],
        scale=_fixed(file, f"{name}.scale", scale / divisor),
        bias=_fixed(file, f"{name}.bias", bias),
        type=FEATURE,
    )


def _constant(file: ModelFile, name: str, x: str, constant: Tensor) -> str:
    return file.node(
        name, "add-constant", [x], constant=_fixed(file, f"{name}.constant", _array(constant).ravel()), type=FEATURE
    )


def _bits(file: ModelFile, name: str, values: npt.NDArray[np.float64]) -> str:
    """A bipolar tensor: 1 where the value is not negative."""
    return file.tensor(name, Stored({"encoding": "bipolar"}, (values >= 0).astype(np.uint8), 0), values.shape)


def _fixed(file: ModelFile, name: str, values: npt.ArrayLike, type_text: str | None = None) -> str:
    """Values rounded to the type; without one, to the most precise signed type of PARAMETER_BITS bits that holds them."""
    exact = np.asarray(values, np.float64)
    target = FixedType.parse(type_text) if type_text else smallest_type(exact, PARAMETER_BITS)
    raw = np.clip(np.floor(exact * 2.0**target.fraction + 0.5), target.lowest, target.highest)
    stored = Stored({"encoding": "fixed", "type": type_text or target.plain}, raw.astype(np.int16), target.fraction)
    return file.tensor(name, stored, exact.shape)


def _array(tensor: Tensor) -> npt.NDArray[np.float64]:
    return tensor.detach().numpy().astype(np.float64)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/fashion-mnist.pt"))
    parser.add_argument("--out", type=Path, default=Path("models/fashion-mnist"))
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four IDX files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
