"""Weights that are loaded: the words are those that Bitloom's own generator makes of the same model (weights.bin)."""

import unittest

import numpy as np
from bitloom_accelerator import Accelerator, AcceleratorError, AcceleratorTimeout
from bitloom_accelerator.model_file import read_tensors
from case import DRIVER, EXPECTED, IMAGES, NETWORK, DriverTest

OTHER = DRIVER / "other.json"
WORDS = np.frombuffer((DRIVER / "weights.bin").read_bytes(), "<u4").tolist()


class Constant(DriverTest):
    @unittest.skipIf("weights" in NETWORK, "weights can be loaded")
    def test_constants_are_not_loaded(self):
        with Accelerator(self.bitstream) as accelerator, self.assertRaisesRegex(AcceleratorError, "--reloadable-weights"):
            accelerator.load_weights(OTHER)


@unittest.skipUnless("weights" in NETWORK, "weights are constants")
class Loaded(DriverTest):
    def test_a_model(self):
        with Accelerator(self.bitstream) as accelerator:
            accelerator.load_weights(OTHER)
            self.assertEqual(self.board.weights, WORDS)
            self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_arrays_and_files_of_arrays(self):
        arrays = read_tensors(OTHER)
        np.savez(self.folder / "other.npz", **arrays)
        bits = {name: np.maximum(raws, 0) if raws.shape == (6, 6, 3, 3) else raws for name, raws in arrays.items()}
        with Accelerator(self.bitstream) as accelerator:
            for given in (arrays, bits, self.folder / "other.npz"):
                self.board.weights = None
                accelerator.load_weights(given)
                self.assertEqual(self.board.weights, WORDS)

    def test_they_come_again_with_the_bitstream(self):
        with Accelerator(self.bitstream, timeout=0.05) as accelerator:
            accelerator.load_weights(OTHER)
            self.board.polls = None
            with self.assertRaises(AcceleratorTimeout):
                accelerator.predict_raw(IMAGES[:1])
            self.board.polls, self.board.weights = 3, None
            self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)
            self.assertEqual(self.board.weights, WORDS)

    def test_what_cannot_be_loaded(self):
        arrays = read_tensors(OTHER)
        weights = NETWORK["weights"][0]["tensor"]
        constant = next(iter(NETWORK["constants"]))
        wrong = {
            "missing": {name: raws for name, raws in arrays.items() if name != weights},
            "shape": {**arrays, weights: arrays[weights][:1]},
            "integers": {**arrays, weights: arrays[weights] * 0.5},
            "raws from": {**arrays, weights: arrays[weights] + 40},
            "only weights": {**arrays, constant: arrays[constant] + 1},
        }
        with Accelerator(self.bitstream) as accelerator:
            for message, given in wrong.items():
                with self.assertRaisesRegex(AcceleratorError, message):
                    accelerator.load_weights(given)
        self.assertIsNone(self.board.weights)
