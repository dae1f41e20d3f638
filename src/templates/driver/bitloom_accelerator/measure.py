"""How fast the accelerator is, and what power it takes."""

from __future__ import annotations

import threading
import time
from typing import Callable, Optional

import numpy as np

from . import board
from .accelerator import Accelerator

SAMPLE_SECONDS = 0.02


def measure(accelerator: Accelerator, images: np.ndarray, seconds: float = 2.0) -> dict:
    """Frames per second of the accelerator alone, and of `predict` with its encoding; watts of each rail, idle and busy.

    Rails are not added up: boards measure some of them twice, before and after a regulator.
    """
    network = accelerator.network
    batch = np.resize(network.input.raws(images), (accelerator.batch, *network.input.shape))
    accelerator.predict_raw(batch)
    idle = _Power()
    with idle:
        time.sleep(min(seconds, 0.5))
    busy = _Power()
    with busy:
        alone = _rate(lambda: accelerator.run_loaded(accelerator.batch), accelerator.batch, seconds)
    clock = board.clock_megahertz()
    return {
        "framesPerSecond": alone,
        "predictFramesPerSecond": _rate(lambda: accelerator.predict_raw(batch), accelerator.batch, seconds),
        "expectedFramesPerSecond": _expected(clock or network.clock_megahertz, network.cycles_per_frame),
        "clockMegahertz": clock,
        "batch": accelerator.batch,
        "watts": {name: {"idle": idle.mean(name), "busy": busy.mean(name)} for name in busy.names},
    }


def _rate(run: Callable[[], object], frames: int, seconds: float) -> float:
    begin = time.monotonic()
    done = 0
    while time.monotonic() - begin < seconds:
        run()
        done += frames
    return done / (time.monotonic() - begin)


def _expected(megahertz: float, cycles: int) -> float:
    return megahertz * 1e6 / cycles


class _Power:
    """Reads the sensors in the background for as long as the `with` block lasts."""

    def __init__(self):
        self._sensors = board.power_sensors()
        self._samples = {name: [] for name in self._sensors}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    @property
    def names(self) -> list:
        return list(self._sensors)

    def mean(self, name: str) -> Optional[float]:
        samples = self._samples.get(name)
        return sum(samples) / len(samples) if samples else None

    def __enter__(self) -> _Power:
        if self._sensors:
            self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._end.set()
        if self._sensors:
            self._thread.join()

    def _sample(self) -> None:
        while not self._end.is_set():
            for name, sensor in self._sensors.items():
                self._samples[name].append(sensor.value)
            self._end.wait(SAMPLE_SECONDS)
