"""`python -m experiments.fracnet --out results.json`: right answers by word length, powers of two, and way to the numbers.

`after`: binary points from 32 training images (where the squared error is least, or by the largest magnitude), parameters
rounded. `fixed`: then parameters trained against the float network's logits. `learned`: binary points too. No test image
chooses anything: training ends after a number of steps. The file is written after every result and continued where it ends;
--work keeps the networks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import torch
from torch import Tensor

from bitloom_torch import calibrate, export
from bitloom_torch.quantizer import Calibration
from experiments.bitloom import REPOSITORY

from .data import Split, read_parameters, read_split
from .digits import digits
from .distil import distil, divergence, logits, right, stem_sums
from .network import AfterStem, Network, Numbers, Parameters

CALIBRATION = 32
DISTILLATION = 2048
VALIDATION = 320
STEPS = 100
SEEDS = (1, 2, 3)
STARTS = get_args(Calibration)


@dataclass(frozen=True)
class Cell:
    """A network to measure."""

    method: str
    numbers: Numbers
    start: Calibration = "error"
    seed: int | None = None
    """Of training."""

    def __str__(self) -> str:
        words = [self.method, self.numbers.width, self.numbers.terms or "fixed", self.start, self.seed]
        return " ".join(str(word) for word in words if word is not None)


CELLS = [
    *(Cell("after", Numbers(width, terms)) for width in range(6, 17) for terms in (2, None, 3, 1)),
    *(Cell("after", Numbers(width, 2), "largest") for width in (6, 7, 8)),
    Cell("learned", Numbers(8, 2), "error", 1),
    *(Cell(how, Numbers(6, 2), start, seed) for seed in SEEDS for start in STARTS for how in ("learned", "fixed")),
    *(Cell(how, Numbers(*of), "error", 1) for of in ((7, 2), (10, 1), (8, 2)) for how in ("learned", "fixed")),
]


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    study = Study(options.data, options.work)
    for cell in CELLS:
        results = json.loads(options.out.read_text()) if options.out.exists() else {}
        key = str(cell)
        if key in results or cell.method not in options.methods or cell.start not in options.starts:
            continue
        result = study.measure(cell, options.work / key.replace(" ", "-"))
        results = json.loads(options.out.read_text()) if options.out.exists() else {}
        options.out.write_text(json.dumps(results | {key: result}, indent=2, sort_keys=True) + "\n")
        print(key, result, flush=True)


class Study:
    """The images' stem sums, the float network's logits, and what is measured with them."""

    def __init__(self, folder: Path, work: Path) -> None:
        self.parameters: Parameters = read_parameters(folder)
        real = Network(self.parameters, None)
        self.test = read_split(folder, "test")
        train, validation = read_split(folder, "train"), read_split(folder, "validation")
        self.train_sums = _kept(work / "train.pt", lambda: stem_sums(real, _first(train, DISTILLATION)))
        self.validation_sums = _kept(work / "validation.pt", lambda: stem_sums(real, _first(validation, VALIDATION)))
        self.test_sums = _kept(work / "test.pt", lambda: stem_sums(real, self.test))
        self.targets = _kept(work / "targets.pt", lambda: logits(real, self.train_sums))
        self.validation_targets = _kept(work / "validation-targets.pt", lambda: logits(real, self.validation_sums))

    def measure(self, cell: Cell, folder: Path) -> dict[str, float]:
        """Right answers of the test images, and the divergence from the float network on validation images."""
        network = Network(self.parameters, cell.numbers)
        calibrate(AfterStem(network.train()), self.train_sums[:CALIBRATION], cell.start)
        before = _points(network)
        if cell.seed is not None:
            distil(network, self.train_sums, self.targets, STEPS, cell.method == "learned", cell.seed)
        model = export(network, folder, input_shape=(3, 32, 32), name="fracnet")
        torch.save(network.state_dict(), folder / "state.pt")
        with torch.no_grad():
            far = divergence(logits(network, self.validation_sums), self.validation_targets).item()
        found = right(logits(network, self.test_sums), self.test)
        moved = {"moved": int((_points(network) != before).sum())} if cell.method == "learned" else {}
        return {"right": found, "divergence": round(far, 4), "digits": round(digits(model).mean, 2), **moved}


def _points(network: Network) -> Tensor:
    """The fraction bits of all types."""
    return torch.cat([p.detach().flatten().round() for name, p in network.named_parameters() if name.endswith("fraction")])


def _first(split: Split, count: int) -> Split:
    return Split(split.images[:count], split.labels[:count])


def _kept(path: Path, compute: Callable[[], Tensor]) -> Tensor:
    """A tensor from its file, or computed and written there."""
    if not path.exists():
        torch.save(compute(), path)
    return torch.load(path)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared" / "fracnet", help="FracNet's folder")
    parser.add_argument("--out", type=Path, required=True, help="JSON file of the results")
    parser.add_argument("--work", type=Path, default=Path("build/fracnet"), help="folder for the networks")
    parser.add_argument("--methods", nargs="+", default=["after", "fixed", "learned"])
    parser.add_argument("--starts", nargs="+", choices=STARTS, default=STARTS)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
