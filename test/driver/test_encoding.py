"""The encodings against those of Bitloom itself."""

import unittest

import numpy as np
from bitloom_accelerator import AcceleratorError
from bitloom_accelerator.port import Port
from case import EXPECTED, IMAGES, INPUT_BYTES, NETWORK, OUTPUT_BYTES, frames_of


class Encodings(unittest.TestCase):
    def setUp(self):
        self.input, self.output = Port.of(NETWORK["input"]), Port.of(NETWORK["output"])

    def test_input(self):
        encoded = self.input.encode(self.input.raws(IMAGES))
        self.assertEqual([frame.tobytes() for frame in encoded], frames_of("input.bin", INPUT_BYTES))

    def test_output(self):
        data = np.frombuffer(b"".join(frames_of("expected.bin", OUTPUT_BYTES)), np.uint8)
        np.testing.assert_array_equal(self.output.decode(data.reshape(-1, OUTPUT_BYTES)), EXPECTED)

    def test_floats_are_values(self):
        if self.input.width > 53:
            self.skipTest("doubles do not hold all values")
        values = self.input.values(self.input.raws(IMAGES))
        np.testing.assert_array_equal(self.input.raws(values), IMAGES)

    def test_floats_are_never_rounded(self):
        step = 2.0**-self.input.fraction
        with self.assertRaisesRegex(AcceleratorError, "cannot hold exactly"):
            self.input.raws(np.full((1, *self.input.shape), step / 2))

    def test_range(self):
        for value in (1 << 62) + 1, -(1 << 62) - 1, float("nan"), float("inf"):
            with self.assertRaises(AcceleratorError):
                self.input.raws(np.full((1, *self.input.shape), value))

    def test_bipolar_has_no_zero(self):
        if self.input.type == "bipolar":
            with self.assertRaisesRegex(AcceleratorError, "-1 and 1"):
                self.input.raws(np.zeros((1, *self.input.shape), np.int8))

    def test_shape(self):
        with self.assertRaisesRegex(AcceleratorError, "the network takes"):
            self.input.raws(np.zeros((1, 2, 3, 4, 5), np.int8))

    def test_kind(self):
        with self.assertRaisesRegex(AcceleratorError, "integers or floats"):
            self.input.raws(np.zeros((1, *self.input.shape), np.complex64))
