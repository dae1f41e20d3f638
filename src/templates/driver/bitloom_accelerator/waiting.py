"""Waiting with an end: PYNQ's own waits have none."""

from __future__ import annotations

import time
from typing import Callable

from .errors import AcceleratorTimeout

#: Looks at once before the first sleep: short runs are over by then.
QUICK_LOOKS = 200
PAUSE_SECONDS = 50e-6


def wait_until(condition: Callable[[], bool], seconds: float, describe: Callable[[], str]) -> None:
    deadline = time.monotonic() + seconds
    looks = 0
    while not condition():
        if time.monotonic() > deadline:
            raise AcceleratorTimeout(f"no result within {seconds:.3g} s: {describe()}")
        looks += 1
        if looks > QUICK_LOOKS:
            time.sleep(PAUSE_SECONDS)
