"""A driver that Bitloom wrote (BITLOOM_DRIVER), on a pretended board that knows the build's vectors (input.bin, expected.bin)."""

import json
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pynq
from bitloom_accelerator.self_test import load_golden
from hand_off import write_pair

DRIVER = Path(os.environ["BITLOOM_DRIVER"])
NETWORK = json.loads((DRIVER / "bitloom_accelerator/network.json").read_text())
STREAM = NETWORK["variant"] == "stream"
IMAGES, EXPECTED = load_golden(DRIVER / "golden.npz")
INPUT_BYTES, OUTPUT_BYTES = NETWORK["input"]["frameBytes"], NETWORK["output"]["frameBytes"]


def frames_of(name: str, size: int) -> list:
    data = (DRIVER / name).read_bytes()
    return [data[at : at + size] for at in range(0, len(data), size)]


class DriverTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.board = pynq.board
        self.board.reset()
        self.board.input_bytes, self.board.output_bytes = INPUT_BYTES, OUTPUT_BYTES
        inputs, outputs = frames_of("input.bin", INPUT_BYTES), frames_of("expected.bin", OUTPUT_BYTES)
        self.board.answers = dict(zip(inputs, outputs))
        self.bitstream = write_pair(self.folder, NETWORK)

    def tearDown(self):
        self.assertEqual(self.board.harm, [])
        self.assertEqual(self.board.buffers, [], "memory was not freed")

    def assert_equal(self, actual, expected):
        np.testing.assert_array_equal(actual, expected)
