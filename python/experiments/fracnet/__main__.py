"""`python -m experiments.fracnet --out results.json`: right answers by word length, powers of two, and way to the numbers.

`after`: binary points from 32 training images, parameters rounded. `fixed`: then parameters trained against the float network's
logits. `learned`: binary points too; `longer`: in four times the steps. No test image chooses anything: training ends after a
number of steps. The file is written after every result and continued where it ends; --work keeps the networks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from bitloom_torch import calibrate, export
from experiments.bitloom import REPOSITORY

from .data import Split, read_parameters, read_split
from .digits import digits
from .distil import distil, divergence, logits, right, stem_sums
from .network import AfterStem, Network, Numbers, Parameters

CALIBRATION = 32
DISTILLATION = 2048
VALIDATION = 320
STEPS = 100
SEED = 1
CELLS = [
    *(("learned", width, terms) for width, terms in ((8, 2), (10, 1), (7, 2), (8, 1), (6, 2), (7, 3), (10, 2))),
    *(("longer", width, terms) for width, terms in ((7, 2), (10, 1))),
    *(("fixed", width, terms) for width, terms in ((8, 2), (7, 2), (10, 1), (6, 2))),
    *(("after", width, terms) for width in (10, 8, 9, 7, 12, 6, 16) for terms in (2, None, 3, 1)),
]


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    study = Study(options.data, options.work)
    results = json.loads(options.out.read_text()) if options.out.exists() else {}
    for method, width, terms in CELLS:
        key = f"{method} {width} {'fixed' if terms is None else terms}"
        if key not in results and method in options.methods:
            results[key] = study.measure(method, Numbers(width, terms), options.work / key.replace(" ", "-"))
            options.out.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")
            print(key, results[key], flush=True)


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

    def measure(self, method: str, numbers: Numbers, folder: Path) -> dict[str, float]:
        """Right answers of the test images, and the divergence from the float network on validation images."""
        network = Network(self.parameters, numbers)
        calibrate(AfterStem(network.train()), self.train_sums[:CALIBRATION])
        if method != "after":
            steps = 4 * STEPS if method == "longer" else STEPS
            distil(network, self.train_sums, self.targets, steps, method != "fixed", SEED)
        model = export(network, folder, input_shape=(3, 32, 32), name="fracnet")
        torch.save(network.state_dict(), folder / "state.pt")
        with torch.no_grad():
            far = divergence(logits(network, self.validation_sums), self.validation_targets).item()
        found = right(logits(network, self.test_sums), self.test)
        return {"right": found, "divergence": round(far, 4), "digits": round(digits(model).mean, 2)}


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
    parser.add_argument("--methods", nargs="+", default=["after", "fixed", "learned", "longer"])
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
