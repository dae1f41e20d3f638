"""What is said about a network, images or a folder that cannot be right; and formats of parameters that are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from . import (
    Binary,
    ExportError,
    FixedPoint,
    FixedType,
    GatedBinaryConv2d,
    KHot,
    QuantAdd,
    QuantBatchNorm,
    QuantConv2d,
    QuantGlobalAvgPool2d,
    QuantLinear,
    QuantPReLU,
    QuantReLU,
    Real,
    Ternary,
    Thermometer,
    calibrate,
    export,
)
from . import cast as fixed_point_cast

IMAGES = torch.randint(0, 256, (4, 1, 6, 6), generator=torch.Generator().manual_seed(1), dtype=torch.uint8)


def small() -> nn.Sequential:
    torch.manual_seed(1)
    activation = QuantPReLU(4, FixedPoint(8, overflow="AP_WRAP"))
    return nn.Sequential(QuantConv2d(1, 4, 3), QuantBatchNorm(4, FixedPoint(10)), activation, nn.Flatten(), QuantLinear(64, 3))


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16, torch.bfloat16])
def test_parameters_of_any_format_train_in_float32(dtype: torch.dtype) -> None:
    """From the same numbers all steps are the same."""
    other, network = small().to(dtype), small()
    network.load_state_dict(other.state_dict())
    for each in (network, other):
        calibrate(each, IMAGES)
    outputs = [each(IMAGES) for each in (network, other)]
    assert torch.equal(*outputs) and outputs[1].dtype == torch.float32
    for output in outputs:
        output.square().sum().backward()
    for one, two in zip(network.parameters(), other.parameters(), strict=True):
        assert one.grad is not None and two.grad is not None
        assert torch.equal(one.grad.to(dtype), two.grad)
    for one_running, two_running in zip(network.buffers(), other.buffers(), strict=True):
        assert torch.allclose(one_running, two_running.float(), rtol=2 * torch.finfo(dtype).eps)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda wrong: QuantConv2d(1, 1, 3, weight_quant=wrong), "QuantConv2d: weight_quant takes a quantizer, such as"),
        (lambda wrong: QuantLinear(1, 1, bias_quant=wrong), "QuantLinear: bias_quant takes a quantizer"),
        (lambda wrong: QuantConv2d(1, 1, 3, accumulator=wrong), "QuantConv2d: accumulator takes a FixedPoint"),
        (lambda wrong: QuantBatchNorm(1, scale_quant=wrong), "QuantBatchNorm: scale_quant takes a quantizer"),
        (lambda wrong: QuantPReLU(1, slope_quant=wrong), "QuantPReLU: slope_quant takes a quantizer"),
        (lambda wrong: QuantAdd(wrong), "QuantAdd: output_quant takes a FixedPoint"),
        (lambda wrong: GatedBinaryConv2d(1, 1, 3, wrong), "output_quant takes a FixedPoint"),
    ],
)
@pytest.mark.parametrize("wrong", [8, 0, "ap_fixed<8,3>", FixedPoint])
def test_what_is_no_quantizer_is_refused(make: Callable[[Any], nn.Module], message: str, wrong: object) -> None:
    with pytest.raises(TypeError, match=message):
        make(wrong)


@pytest.mark.parametrize("wrong", [KHot(8, 2), Binary(), Real(), FixedPoint(8, channels=3)])
def test_quantizers_of_weights_are_no_types(wrong: Any) -> None:
    with pytest.raises(TypeError, match="QuantReLU: output_quant takes"):
        QuantReLU(wrong)


def test_a_width_is_a_number() -> None:
    with pytest.raises(TypeError, match="FixedPoint takes a number of bits, not 'ap_fixed<8,3>'"):
        FixedPoint("ap_fixed<8,3>")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("batches", "message"),
    [
        (IMAGES[:0], "there are no images to calibrate with"),
        ([], "there are no images to calibrate with"),
        (IMAGES.expand(-1, 3, -1, -1), r"takes no images \(4, 3, 6, 6\): .*expected input.* to have 1 channels"),
        (IMAGES[:, :, :2, :2], r"takes no images \(4, 1, 2, 2\)"),
        (IMAGES.numpy(), "batches are tensors of images .*, not ndarray"),
    ],
)
def test_calibration_says_what_is_wrong_with_images(batches: Any, message: str) -> None:
    network = small()
    with pytest.raises((ValueError, TypeError), match=message):
        calibrate(network, batches)
    assert not any(module.observed() is not None for module in network.modules() if isinstance(module, FixedPoint))


def test_calibration_names_its_methods() -> None:
    with pytest.raises(ValueError, match="largest, error, not 'mean'"):
        calibrate(small(), IMAGES, "mean")  # type: ignore[arg-type]


@pytest.mark.parametrize("shape", [(6, 6), (1, 1, 6, 6), (0,), (1, 0, 6), (1, -1, 6), (1.0, 6, 6), 6, None])
def test_a_shape_has_three_sizes(shape: Any, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"input_shape is \(channels, height, width\) of one image"):
        export(small(), tmp_path, input_shape=shape)


def test_an_input_has_a_type(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"^input_type: not a fixed-point type: uint8; write it as HLS does"):
        export(small(), tmp_path, input_shape=(1, 6, 6), input_type="uint8")


def test_averages_without_a_type_are_of_real_numbers(tmp_path: Path) -> None:
    def network(quantizer: Real | FixedPoint) -> nn.Sequential:
        return nn.Sequential(QuantGlobalAvgPool2d(), nn.Flatten(), QuantLinear(1, 2, False, weight_quant=quantizer)).eval()

    assert torch.equal(network(Real())[0](IMAGES).flatten(), IMAGES.double().mean((1, 2, 3)))
    written = json.loads(export(network(Real()), tmp_path / "real", input_shape=(1, 6, 6)).read_text())
    assert "type" not in written["nodes"][0]["attributes"]
    with pytest.raises(ExportError, match=r"^layer_0: only networks of real numbers have averages without a type"):
        export(network(FixedPoint(8)), tmp_path / "fixed", input_shape=(1, 6, 6))


def test_the_layer_that_takes_no_such_shape_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"^layer_4: takes no input of shape \(100,\), with input_shape \(1, 7, 7\): [^\n]*$"):
        export(small(), tmp_path, input_shape=(1, 7, 7))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (lambda x: F.max_pool2d(x, 2), r"^max_pool2d has no exact meaning in Bitloom; use .*nn.MaxPool2d[^\n]*$"),
        (lambda x: x.view(x.shape[0], -1), r"^getattr_1 has no exact meaning in Bitloom; use .* or torch.flatten\(x, 1\)$"),
        (lambda x: x if x.sum() > 0 else -x, "must not depend on its numbers"),
        (lambda x: x[: int(x.sum())], "must not depend on its numbers"),
        (lambda x: x[: len(x)], "the steps of the network cannot be followed; use .*'len' is not supported"),
        (lambda x: fixed_point_cast(x, FixedType.parse("ap_int<4>")), "the steps of the network cannot be followed"),
    ],
)
def test_a_step_that_has_no_meaning_is_named(step: Callable[[Tensor], Tensor], message: str, tmp_path: Path) -> None:
    class Network(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return step(x)

    with pytest.raises(ExportError, match=message):
        export(Network(), tmp_path, input_shape=(1, 6, 6))


def test_folders_that_take_no_files_are_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ExportError, match=r"cannot write the model into the folder .*/file: it is a file"):
        export(small(), file, input_shape=(1, 6, 6))
    for folder in (file / "inside", Path("/proc/nothing")):
        with pytest.raises(ExportError, match=f"cannot write the model into the folder {folder}: [^\n]+$"):
            export(small(), folder, input_shape=(1, 6, 6))


def test_only_whole_models_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        if path.name == "model.json":
            raise OSError(28, "No space left on device")
        return path.open("wb").write(content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ExportError, match="No space left on device"):
        export(small(), tmp_path, input_shape=(1, 6, 6))
    assert not list(tmp_path.iterdir())


def test_sums_with_a_product_and_maps_of_two_types_are_refused(tmp_path: Path) -> None:
    class Scaled(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.add(x, x, alpha=2)

    class Joined(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.fine = FixedPoint.of("ap_fixed<8,2>")

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cat((x, self.fine(x)), 1)

    class Narrow(Joined):
        def __init__(self) -> None:
            super().__init__()
            self.coarse = FixedPoint.of("ap_fixed<6,0>")

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.cat((self.coarse(x), self.fine(x)), 1)

    for network, why in ((Scaled(), "alpha"), (Joined(), "maps of one type"), (Narrow(), "ap_fixed<6,0> and ap_fixed<8,2>")):
        with pytest.raises(ExportError, match=why):
            export(network, tmp_path / "model", input_shape=(1, 2, 2))


def test_what_is_written_over_is_not_used_again(tmp_path: Path) -> None:
    class Residual(nn.Module):
        """Either the block or the shortcut reads what was written over, unless the order is right."""

        def __init__(self, order: str) -> None:
            super().__init__()
            self.order, self.values, self.conv = order, FixedPoint(8), QuantConv2d(1, 1, 3, padding=1)
            self.relu = nn.ReLU(inplace=True)

        def forward(self, x: Tensor) -> Tensor:
            x = self.values(x)
            if self.order == "before":
                return self.conv(self.relu(x)) + x
            y = x
            y += self.conv(x)
            return y + x if self.order == "between" else self.relu(y)

    for order, why in (("before", "relu: it writes over values, which is used again"), ("between", r"in place \(x \+= y\)")):
        with pytest.raises(ExportError, match=why):
            export(Residual(order), tmp_path / order, input_shape=(1, 4, 4))
    assert export(Residual("right"), tmp_path / "right", input_shape=(1, 4, 4)).exists()


@pytest.mark.parametrize("value", [0.5, 300.0, -1.0])
def test_padding_is_of_the_type_that_it_is_around(value: float, tmp_path: Path) -> None:
    conv = QuantConv2d(1, 1, 3, padding=1, padding_value=value)
    with pytest.raises(ExportError, match=f"layer_0: the padding value {value} is not of the input's type"):
        export(nn.Sequential(conv), tmp_path, input_shape=(1, 4, 4))


def test_names_do_not_collide(tmp_path: Path) -> None:
    model = nn.Sequential()
    for name in ("image", "network", "out", "out_"):
        model.add_module(name, FixedPoint(8))
    written = json.loads(export(model, tmp_path, input_shape=(1, 2, 2)).read_text())
    names = [node["name"] for node in written["nodes"]]
    assert len({*names, "image", "network"}) == len(names) + 2


def test_what_is_around_a_model_is_taken_off(tmp_path: Path) -> None:
    for name, model in (("compiled", torch.compile(small(), backend="eager")), ("averaged", AveragedModel(small()))):
        assert export(cast(nn.Module, model), tmp_path / name, input_shape=(1, 6, 6)).exists()


def test_numbers_that_are_infinite_place_no_binary_point() -> None:
    with pytest.raises(ValueError, match="infinite or NaN where a binary point"):
        calibrate(nn.Sequential(FixedPoint(8)), torch.tensor([[[[1.0, torch.inf]]]]))


def test_a_flattened_map_is_not_accumulated_in_another_order(tmp_path: Path) -> None:
    dense = QuantLinear(18, 5, accumulator=FixedPoint.of("ap_fixed<8,4,AP_TRN,AP_SAT>"))
    with pytest.raises(ExportError, match="leave out the flatten"):
        export(nn.Sequential(nn.Flatten(), dense), tmp_path / "flat", input_shape=(2, 3, 3))
    assert export(nn.Sequential(dense), tmp_path / "map", input_shape=(2, 3, 3)).exists()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: KHot(8, cast(Any, 1.5)), "K is a whole number of powers of two, not 1.5; choose_terms has averages"),
        (lambda: KHot(cast(Any, "8"), 2), "KHot takes a number of bits, not '8'"),
        (lambda: KHot(8, 9), "1 to 8 powers of two, not of 9"),
        (lambda: KHot(25, 2), "24 bits at most, as float32 holds, not 25"),
        (lambda: KHot(24, 9), "24 bits have too many sums of 9 powers of two"),
        (lambda: GatedBinaryConv2d(1, 1, 3, cast(Any, None)), "takes a FixedPoint as its output_quant"),
        (lambda: Thermometer(0, 8), "levels of a step each, 1 or more, not 0 of 8"),
        (lambda: Ternary(1.0), "a share of the mean magnitude, from 0 to below 1, not 1.0"),
        (lambda: FixedPoint(8, channels=0), "a number of channels, not for 0"),
        (lambda: FixedPoint(32, learn_width=True), "24 bits at most and does not wrap: ap_fixed<32,1,AP_RND,AP_SAT>"),
        (lambda: FixedPoint(8, overflow="AP_WRAP", learn_width=True), "does not wrap: ap_fixed<8,1,AP_RND,AP_WRAP>"),
        (lambda: QuantConv2d(1, 1, cast(Any, "33")), "a size is a number or"),
        (lambda: QuantConv2d(1, 1, 3, weight_quant=FixedPoint(8)).__setattr__("weight_quant", None), "weight_quant takes"),
        (lambda: Thermometer(3, 8, "nearest"), "nearest is no rounding mode; these are: AP_TRN"),
        (lambda: cast(Any, QuantConv2d)(1, 1, 3, 1, 0, 1), "positional argument"),
    ],
)
def test_numbers_that_mean_nothing_are_named(make: Callable[[], nn.Module], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        make()
