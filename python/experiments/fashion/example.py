"""`python -m experiments.fashion.example FOLDER --width W --out models/NAME`: a trained network as an example of models/.

Beside the model it writes test images with their labels and the logits that PyTorch gives: raw integers of the output's type.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from bitloom_torch import FixedType, export
from experiments.bitloom import bitloom
from fashion_mnist.data import DEBIAN_FOLDER, read_split

from .network import Network

IMAGES = 100
"""The first ones of the test images."""


def main() -> None:
    options = _parse_options()
    network = Network(options.width)
    network.load_state_dict(torch.load(options.folder / "state.pt"))
    model = export(network.eval(), options.out, input_shape=(1, 28, 28), name=options.out.name.replace("-", "_"))
    images, labels = (array[:IMAGES] for array in read_split("t10k", options.data))
    file = options.out / "images.npz"
    np.savez_compressed(file, images=images, labels=labels)
    fraction = FixedType.parse(bitloom("run", model, file)["output"]["type"]).fraction
    with torch.no_grad():
        logits = network(torch.from_numpy(images)).numpy() * 2.0**fraction
    np.savez_compressed(file, images=images, labels=labels, logits=logits.astype(np.int32))


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the trained network, with its state.pt")
    parser.add_argument("--width", type=int, required=True, help="bits of weights and maps, as it was trained")
    parser.add_argument("--data", type=Path, default=DEBIAN_FOLDER, help="folder with the four IDX files")
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    main()
