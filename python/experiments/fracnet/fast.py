"""The network's stages as torch.compile makes them fast: the same numbers and gradients as bitloom_torch's layers.

Maps without a type, in the network of real numbers, are rounded to 2^-12.
Parameters and binary points are computed once outside of what is compiled, for every word length the same code. Inside, maps
are (N, H, W, C), which is how convolutions have them in memory: what is compiled for (N, C, H, W) transposes again and again.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from bitloom_torch import FixedPoint

from .network import STEEPNESS, Network, Stage

CHUNK = 128
"""Images that run at once: always as many, so that nothing is compiled twice."""
REAL = torch.tensor([2.0**12, 2.0**23])
"""Scale and bound of maps without a type: float32 has no more bits."""


def after_stem(network: Network, sums: Tensor) -> Tensor:
    """Network.after_stem of at most CHUNK images, in float32."""
    count = len(sums)
    x = network.norm_stem(F.pad(sums, (0, 0, 0, 0, 0, 0, 0, CHUNK - count))).permute(0, 2, 3, 1).contiguous()
    for stage in network.stages:
        assert isinstance(stage, Stage)
        x = _stage(x, stage.conv.stride[0], *_constants(stage))
    return network.logits(network.mean(x[:count].permute(0, 3, 1, 2)).flatten(1))


def _constants(stage: Stage) -> tuple[Tensor, ...]:
    first, last, prelu = stage.norm_conv, stage.norm_join, stage.prelu
    parameters = [
        *(first.parameter(first.scale_quant, first.scale), first.parameter(first.bias_quant, first.bias)),
        prelu.parameter(prelu.slope_quant, prelu.slope),
        *(last.parameter(last.scale_quant, last.scale), last.parameter(last.bias_quant, last.bias)),
    ]
    real = REAL.to(stage.conv.weight.device)
    pool = None if stage.pool is None else stage.pool.output_quant
    maps = [first.output_quant, prelu.output_quant, pool, stage.join.output_quant, last.output_quant]
    scales = torch.stack([_scale(quantizer, real) for quantizer in maps]).expand(-1, len(first.scale))
    bound = real[1:] if first.output_quant is None else torch.full_like(real[1:], 2.0 ** (first.output_quant.target.width - 1))
    return stage.conv.weight.to(torch.bfloat16), stage.conv.threshold, *parameters, scales, bound


def _scale(quantizer: FixedPoint | None, real: Tensor) -> Tensor:
    """2^f, its gradient straight through the rounding of f."""
    if quantizer is None:
        return real[:1]
    fraction = quantizer.fraction
    return torch.exp2(fraction + (torch.round(fraction) - fraction).detach())


torch._dynamo.config.recompile_limit = 64  # Five shapes of stages, with and without gradients, of several kinds of parameters.


@torch.compile(dynamic=False)
def _stage(
    x: Tensor,
    stride: int,
    weight: Tensor,
    threshold: Tensor,
    scale: Tensor,
    bias: Tensor,
    slope: Tensor,
    last_scale: Tensor,
    last_bias: Tensor,
    scales: Tensor,
    bound: Tensor,
) -> Tensor:
    y = _gated_sum(x, weight, threshold, stride)
    y = quantize(scale * y + bias, scales[0], bound)
    y = quantize(torch.where(y > 0, y, slope * y), scales[1], bound)
    if stride == 2:
        mean = F.avg_pool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1)
        x = quantize(torch.cat((mean, mean), 3), scales[2], bound)
    y = quantize(x + y, scales[3], bound)
    return quantize(last_scale * y + last_bias, scales[4], bound)


def _gated_sum(x: Tensor, weight: Tensor, threshold: Tensor, stride: int) -> Tensor:
    code = torch.floor(1.5 * x.detach() + 2).clamp(0, 3)
    high = torch.where(code >= 2, 1.0, -1.0)
    through = (1.5 * x).clamp(-2, 2)
    planes = torch.cat((high + (through - through.detach()), 2 * (code - high) - 3))
    sums = F.conv2d(planes.to(torch.bfloat16).permute(0, 3, 1, 2), weight, None, stride, 1)
    coarse, fine = sums.permute(0, 2, 3, 1).to(x.dtype).chunk(2)
    coarse = 2 * coarse
    gate = (coarse > threshold.floor()).to(x.dtype)
    smooth = torch.sigmoid((coarse - threshold) * STEEPNESS)
    return coarse + (gate + (smooth - smooth.detach())) * fine


def quantize(x: Tensor, scale: Tensor, bound: Tensor) -> Tensor:
    """Rounded to integers from -bound to bound - 1, divided by the scale. What autograd makes of it is QFX's gradient."""
    scaled = x * scale
    below = scaled.detach().floor()
    rounded = below + (scaled.detach() - below >= 0.5).to(x.dtype)
    integers = torch.clamp(rounded, -bound, bound - 1)
    return torch.where(integers == rounded, scaled + (rounded - scaled).detach(), integers) / scale
