"""`python -m experiments.fracnet --out results.json`: right answers by word length, powers of two in a factor, and training.

`after`: binary points from 32 training images (where the squared error is least, or by the largest magnitude), parameters
rounded. `fixed`: then parameters trained against the float network's logits. `learned`: binary points too. No test image
chooses anything: training ends after a number of steps. The file is written after every result and continued where it ends;
--work keeps the networks, and the stem's sums of the images in --data.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor

from bitloom_torch import calibrate, choose_terms, export
from bitloom_torch.quantizer import Calibration
from experiments.kept import keep, kept

from .data import FOLDER, read_parameters, read_split
from .digits import mean_digits
from .distil import distil, divergence, exact_logits, logits, right, stem_sums
from .network import AfterStem, Network, Numbers, Parameters

CALIBRATION = 32
VALIDATION = 320
"""Images."""

STEPS = 300
SEEDS = (1, 2, 3)

Training = Literal["after", "fixed", "learned"]


@dataclass(frozen=True)
class Cell:
    """A network to measure."""

    training: Training
    numbers: Numbers
    calibration: Calibration = "error"
    seed: int | None = None
    """Of training."""

    def __str__(self) -> str:
        words = [self.training, self.numbers.width, self.numbers.terms or "fixed", self.calibration, self.seed]
        return " ".join(str(word) for word in words if word is not None)


TRAININGS: tuple[Training, ...] = ("learned", "fixed")

TRAINED: list[tuple[Calibration, tuple[int, float]]] = [
    *(("error", (width, 2)) for width in (6, 7, 8, 5, 4, *range(9, 17))),
    *(("largest", (width, 2)) for width in (6, 8, 7, 5)),
    *(("error", (width, terms)) for width in (8, 6) for terms in (1, 3, 1.5)),
]
"""Where the binary points begin, bits of a map and K."""

CELLS = [
    *(Cell("after", Numbers(width, terms)) for width in range(4, 17) for terms in (2, None, 3, 1)),
    *(Cell("after", Numbers(*of)) for of in ((8, 1.25), (8, 1.5), (8, 1.75))),
    *(Cell("after", Numbers(width, 2), "largest") for width in (5, 6, 7, 8)),
    *(Cell(how, Numbers(*of), start, seed) for seed in SEEDS for start, of in TRAINED for how in TRAININGS),
]


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    # What torch.compile makes is for CPUs; on a GPU it was seen to fail (PyTorch 2.11).
    torch.compiler.set_stance("default" if options.device == "cpu" else "force_eager")
    study = Study(options.data, options.work, options.device)
    for cell in CELLS:
        key = str(cell)
        if key not in kept(options.out) and re.fullmatch(options.cells, key):
            keep(options.out, key, study.measure(cell, options.work / key.replace(" ", "-")))


class Study:
    """The images' stem sums, the float network's logits, and what is measured with them."""

    def __init__(self, folder: Path, work: Path, device: str) -> None:
        self.parameters: Parameters = read_parameters(folder)
        self.device = device
        real = Network(self.parameters, None).to(device)
        self.test = read_split(folder, "test")
        train, validation = read_split(folder, "train"), read_split(folder, "validation")

        def cached(name: str, compute: Callable[[], Tensor]) -> Tensor:
            return _cached(work / f"{name}.pt", compute).to(device)

        self.train_sums = cached("train", lambda: stem_sums(real, train.images))
        self.validation_sums = cached("validation", lambda: stem_sums(real, validation.images[:VALIDATION]))
        self.test_sums = cached("test", lambda: stem_sums(real, self.test.images))
        self.targets = cached("targets", lambda: logits(real, self.train_sums))
        self.validation_targets = cached("validation-targets", lambda: logits(real, self.validation_sums))

    def measure(self, cell: Cell, folder: Path) -> dict[str, float]:
        """Right answers of the test images, and the divergence from the float network on validation images."""
        network = Network(self.parameters, cell.numbers).to(self.device)
        after_stem, some = AfterStem(network.train()), self.train_sums[:CALIBRATION]
        calibrate(after_stem, some, cell.calibration)
        if cell.numbers.mean_terms is not None:
            choose_terms(after_stem, some, cell.numbers.mean_terms)
            calibrate(after_stem, some, cell.calibration)
        before = _points(network)
        if cell.seed is not None:
            distil(network, self.train_sums, self.targets, STEPS, cell.training == "learned", cell.seed)
        far = divergence(logits(network, self.validation_sums), self.validation_targets).item()
        found = right(exact_logits(network, self.test_sums), self.test)
        moved = {"moved": int((_points(network) != before).sum())} if cell.training == "learned" else {}
        model = export(network.cpu(), folder, input_shape=(3, 32, 32), name="fracnet")
        torch.save(network.state_dict(), folder / "state.pt")
        return {"right": found, "divergence": round(far, 4), "digits": round(mean_digits(model), 2), **moved}


def _points(network: Network) -> Tensor:
    """The fraction bits of all types."""
    return torch.cat([p.detach().flatten().round() for name, p in network.named_parameters() if name.endswith("fraction")])


def _cached(path: Path, compute: Callable[[], Tensor]) -> Tensor:
    """A tensor from its file, or computed and written there."""
    if not path.exists():
        beside = path.with_suffix(".new")
        torch.save(compute(), beside)
        beside.replace(path)
    return torch.load(path, map_location="cpu")


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER, help="FracNet's folder")
    parser.add_argument("--out", type=Path, required=True, help="JSON file of the results")
    parser.add_argument("--work", type=Path, default=Path("build/fracnet"), help="folder for the networks")
    parser.add_argument("--cells", default=".*", help="regular expression; `learned 6 2 error 1` is a cell, 1 the seed")
    parser.add_argument("--device", default="cpu", help="of PyTorch, such as cuda")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
