"""`python -m experiments.fashion --out results.json`: word lengths and seeds, trained with types or quantized afterwards.

Both ways have the same network, epochs, batches and rates, from the same seed, and the first epoch, in real numbers, in
common. Every accuracy is of the exported model, run by `bitloom run` on all 10,000 test images. The file is written after every
result and continued where it ends.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from bitloom_torch import export
from experiments.bitloom import bitloom
from fashion_mnist.data import DEBIAN_FOLDER, read_split

from .network import Network
from .train import CALIBRATION, train

WIDTHS = (3, 4, 6, 8)

Accuracies = dict[str, float]
"""By `METHOD WIDTH SEED`; the float network has width 0."""


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    images, labels = read_split("train", options.data)
    test_images, test_labels = read_split("t10k", options.data)
    test = options.work / "test.npz"
    np.savez(test, images=test_images, labels=test_labels)
    some = options.work / "some.npz"
    np.savez(some, images=images[:CALIBRATION])
    training = torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64))
    results: Accuracies = json.loads(options.out.read_text()) if options.out.exists() else {}

    def keep(method: str, width: int, seed: int, model: Path) -> None:
        report = bitloom("run", model, test, "--labels", test)
        results[f"{method} {width} {seed}"] = report["right"] / len(test_labels)
        options.out.write_text(json.dumps(results, indent=2, sort_keys=True) + "\n")
        print(method, width, seed, results[f"{method} {width} {seed}"], flush=True)

    for seed in range(1, options.seeds + 1):
        missing: list[int | None] = [None] if f"after {WIDTHS[0]} {seed}" not in results else []
        missing += [width for width in WIDTHS if f"learned {width} {seed}" not in results]
        for width, network in train(missing, *training, seed) if missing else ():
            folder = options.work / f"{width or 'float'}-{seed}"
            model = export(network, folder, input_shape=(1, 28, 28), name="fashion")
            torch.save(network.state_dict(), folder / "state.pt")
            if width:
                keep("learned", width, seed, model)
                continue
            results[f"float 0 {seed}"] = _accuracy(network, torch.from_numpy(test_images), test_labels)
            for bits in reversed(WIDTHS):
                rounded = folder / f"{bits}" / "model.json"
                rounded.parent.mkdir(exist_ok=True)
                bitloom("quantize", model, "--data", some, "--bits", str(bits), "-o", rounded)
                keep("after", bits, seed, rounded)


@torch.no_grad()
def _accuracy(network: Network, images: torch.Tensor, labels: np.ndarray) -> float:
    answers = torch.cat([network(chunk).argmax(1) for chunk in images.split(500)])
    return float((answers.numpy() == labels).mean())


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four IDX files")
    parser.add_argument("--out", type=Path, required=True, help="JSON file of the accuracies")
    parser.add_argument("--work", type=Path, default=Path("build/fashion"), help="folder for the models")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
