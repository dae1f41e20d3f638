"""The commands, as a person on the board gives them."""

import contextlib
import io
import json

import numpy as np
from bitloom_accelerator.__main__ import main
from case import EXPECTED, IMAGES, NETWORK, DriverTest


class Commands(DriverTest):
    def call(self, *arguments):
        out, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            code = main(["--bitstream", str(self.bitstream), *arguments])
        return code, out.getvalue(), errors.getvalue()

    def test_self_test(self):
        code, text, _ = self.call("self-test")
        self.assertEqual((code, text), (0, f"equal: {len(IMAGES)} frames agree with the reference on every bit\n"))

    def test_self_test_finds_a_difference(self):
        frame, answer = next(iter(self.board.answers.items()))
        self.board.answers[frame] = bytes([answer[0] ^ 1]) + answer[1:]
        code, text, _ = self.call("--json", "self-test")
        self.assertEqual(code, 3)
        result = json.loads(text)
        self.assertEqual((result["equal"], result["first"]["frame"]), (False, 0))
        _, text, _ = self.call("self-test")
        self.assertIn(f"expected {EXPECTED.reshape(len(EXPECTED), -1)[0, 0]}, the board gives", text)

    def test_benchmark(self):
        self.board.rails = {"INT": 2.5, "5V": None}
        code, text, _ = self.call("--json", "benchmark", "--seconds", "0.05")
        result = json.loads(text)
        self.assertEqual(code, 0)
        self.assertGreater(result["framesPerSecond"], 0)
        self.assertAlmostEqual(result["expectedFramesPerSecond"], 249.9975e6 / NETWORK["cyclesPerFrame"])
        self.assertEqual(result["watts"], {"INT": {"idle": 2.5, "busy": 2.5}})
        self.assertIn("INT: 2.500 W idle", self.call("benchmark", "--seconds", "0.05")[1])

    def test_benchmark_without_sensors(self):
        self.assertIn("no sensors", self.call("benchmark", "--seconds", "0.01")[1])

    def test_predict(self):
        images, outputs = self.folder / "images.npy", self.folder / "outputs.npy"
        np.save(images, IMAGES)
        self.assertEqual(self.call("predict", str(images), "-o", str(outputs))[0], 0)
        self.assert_equal(np.load(outputs), EXPECTED)

    def test_errors_are_told(self):
        code, _, errors = self.call("predict", str(self.folder / "none.npy"))
        self.assertEqual(code, 1)
        self.assertIn("error: ", errors)
