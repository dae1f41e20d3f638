"""`python -m experiments.equality fracnet|fashion FOLDER`: how many outputs differ between PyTorch, the reference, csim, cosim.

FOLDER has the state.pt of a trained network. It is exported; PyTorch's eval mode, `bitloom run` and the compiled C++ get all
test images, the SystemVerilog in Verilator the first --cosim.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from bitloom_torch import FixedType, export
from experiments.bitloom import bitloom
from fashion_mnist.data import DEBIAN_FOLDER
from fashion_mnist.data import read_split as read_fashion

from .fashion.network import Network as FashionNetwork
from .fracnet.data import FOLDER, read_parameters, read_split
from .fracnet.network import Network as FracNet
from .fracnet.network import Numbers

CHUNK = 50


def main() -> None:
    options = _parse_options()
    torch.set_num_threads(options.threads)
    network, images, labels = (_fracnet if options.network == "fracnet" else _fashion)(options)
    network.load_state_dict(torch.load(options.folder / "state.pt"))
    images, labels = images[: options.frames], labels[: options.frames]
    report = compare(network.eval(), images, labels, options.folder, options.cosim)
    print(json.dumps(report, indent=2))
    (options.folder / "equality.json").write_text(json.dumps(report, indent=2) + "\n")


def compare(
    network: nn.Module, images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], folder: Path, simulated: int
) -> dict[str, Any]:
    """Images (N, C, H, W) through PyTorch, the reference and csim, and the first `simulated` through cosim."""
    model = export(network, folder, input_shape=images.shape[1:], name="trained")
    np.savez(folder / "test.npz", images=images, labels=labels)
    ran = bitloom("run", model, folder / "test.npz", "--labels", folder / "test.npz", "-o", folder / "reference.npy")
    reference = np.load(folder / "reference.npy").reshape(len(images), -1)
    with torch.no_grad():
        ours = torch.cat([network(chunk) for chunk in torch.from_numpy(images).split(CHUNK)]).numpy()
    raw = ours * 2.0 ** FixedType.parse(ran["output"]["type"]).fraction
    bitloom("csim", model, "--inputs", folder / "test.npz", "-o", folder / "csim.npy")
    compiled = np.load(folder / "csim.npy").reshape(reference.shape)
    report = {
        "images": len(images),
        "outputs": int(reference.size),
        "right": ran["right"],
        "PyTorch differs from the reference": int((raw != reference).sum()),
        "csim differs from the reference": int((compiled != reference).sum()),
    }
    if not simulated:
        return report
    bitloom("cosim", model, "--inputs", folder / "test.npz", "--frames", str(simulated), "-o", folder / "cosim.npy")
    cycles = np.load(folder / "cosim.npy").reshape(simulated, -1)
    return report | {
        "images in cosim": simulated,
        "cosim differs from the reference": int((cycles != reference[:simulated]).sum()),
    }


def _fracnet(options: argparse.Namespace) -> tuple[nn.Module, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    folder = options.data or FOLDER
    test = read_split(folder, "test")
    return FracNet(read_parameters(folder), Numbers(options.width, options.terms)), test.images, test.labels


def _fashion(options: argparse.Namespace) -> tuple[nn.Module, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    return FashionNetwork(options.width), *read_fashion("t10k", options.data or DEBIAN_FOLDER)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=["fracnet", "fashion"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--width", type=int, required=True, help="bits of the maps, as it was trained")
    parser.add_argument("--terms", type=float, help="powers of two in a parameter (FracNet)")
    parser.add_argument("--data", type=Path, help="FracNet's folder, or Fashion-MNIST's")
    parser.add_argument("--frames", type=int, help="number of test images (default: all)")
    parser.add_argument("--cosim", type=int, default=0, help="number of test images that Verilator gets (default: none)")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
