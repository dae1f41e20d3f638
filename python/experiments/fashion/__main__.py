"""`python -m experiments.fashion --out results.json`: word lengths and seeds, trained with types or quantized afterwards.

Both ways have the same network, epochs, batches and rates, from the same seed, and the first half, in real numbers, in
common. The file has how many of 10,000 are right, by `METHOD WIDTH SEED` (the float network has width 0); it is written after
every result and continued where it ends. --work keeps the networks. The machine with a GPU needs no Bitloom: train there with
--device cuda --only-train, bring --out and --work back, and run again without --only-train.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from bitloom_torch import export
from experiments.bitloom import bitloom
from experiments.kept import keep, kept
from fashion_mnist.data import DEBIAN_FOLDER, read_split
from fashion_mnist.train import count_right

from .train import CALIBRATION, train

WIDTHS = (3, 4, 6, 8)


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    study = Study(options)
    for seed in options.seeds:
        study.train(seed)
        if not options.only_train:
            study.round(seed)


class Study:
    """The images, and what is measured with them."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.out, self.work, self.device, self.widths = options.out, options.work, options.device, options.widths
        self.images, self.labels = read_split("train", options.data)
        self.test_images, self.test_labels = read_split("t10k", options.data)

    def train(self, seed: int) -> None:
        """The float network and those with types, measured in PyTorch in float64: the numbers of the exported models."""
        widths = [width for width in (None, *self.widths) if _key("learned", width, seed) not in kept(self.out)]
        images, labels = torch.from_numpy(self.images), torch.from_numpy(self.labels.astype(np.int64))
        for width, network in train(widths, images.to(self.device), labels.to(self.device), seed) if widths else ():
            right = count_right(network, self.test_images, self.test_labels)
            folder = self.work / f"{width or 'float'}-{seed}"
            export(network.cpu(), folder, input_shape=(1, 28, 28), name="fashion")
            torch.save(network.state_dict(), folder / "state.pt")
            keep(self.out, _key("learned", width, seed), right)

    def round(self, seed: int) -> None:
        """The float network quantized by `bitloom quantize` and run by `bitloom run`."""
        test, some, real = self.work / "test.npz", self.work / "some.npz", self.work / f"float-{seed}"
        np.savez(test, images=self.test_images, labels=self.test_labels)
        np.savez(some, images=self.images[:CALIBRATION])
        for width in self.widths:
            if _key("after", width, seed) in kept(self.out):
                continue
            rounded = real / f"{width}" / "model.json"
            rounded.parent.mkdir(exist_ok=True)
            bitloom("quantize", real / "model.json", "--data", some, "--bits", str(width), "-o", rounded)
            keep(self.out, _key("after", width, seed), bitloom("run", rounded, test, "--labels", test)["right"])


def _key(method: str, width: int | None, seed: int) -> str:
    return f"{method} {width} {seed}" if width else f"float 0 {seed}"


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four IDX files")
    parser.add_argument("--out", type=Path, required=True, help="JSON file of the results")
    parser.add_argument("--work", type=Path, default=Path("build/fashion"), help="folder for the models")
    parser.add_argument("--seeds", type=int, nargs="+", default=range(1, 9))
    parser.add_argument("--widths", type=int, nargs="+", default=WIDTHS, help="bits of weights and maps")
    parser.add_argument("--device", default="cpu", help="of PyTorch, such as cuda")
    parser.add_argument("--only-train", action="store_true", help="without `bitloom quantize`")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
