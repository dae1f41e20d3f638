"""All that this package asks of PYNQ. It is imported late, so that the encodings work on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np

from .errors import AcceleratorError


def load_overlay(bitstream: Path):
    """Writes the bitstream to the board; whatever ran there before is gone."""
    pynq = _pynq()
    try:
        return pynq.Overlay(str(bitstream))
    except Exception as error:
        raise AcceleratorError(
            f"the board did not take {bitstream.name}: {error}\n"
            "It needs root and the environment of XRT: sudo -i, then source /etc/profile.d/pynq_venv.sh and "
            "/etc/profile.d/xrt_setup.sh"
        ) from error


def allocate(frames: int, frame_bytes: int):
    """Contiguous memory that the programmable logic can reach."""
    try:
        return _pynq().allocate(shape=(frames, frame_bytes), dtype=np.uint8)
    except (MemoryError, RuntimeError) as error:
        size = frames * frame_bytes
        raise AcceleratorError(f"no contiguous memory for {size} bytes ({error}); give a smaller batch") from error


def clock_megahertz() -> Optional[float]:
    """What the processor makes of the clock that was asked for; nothing where PYNQ does not say it."""
    try:
        from pynq.ps import Clocks

        return float(Clocks.fclk0_mhz)
    except (ImportError, AttributeError, RuntimeError):
        return None


def power_sensors() -> dict:
    """Sensors in watts by the name of their rail; none where the board or its image has none."""
    try:
        rails = _pynq().get_rails()
    except (AttributeError, ImportError, OSError, RuntimeError):
        return {}
    return {name: rail.power for name, rail in rails.items() if rail.power is not None}


def _pynq():
    try:
        import pynq
    except ImportError as error:
        raise AcceleratorError("pynq is not installed: run this on the board, with its PYNQ image") from error
    return pynq
