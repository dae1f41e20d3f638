"""The driver on a board that behaves, and on one that does not."""

import time

import numpy as np
from bitloom_accelerator import Accelerator, AcceleratorError, AcceleratorTimeout
from case import EXPECTED, IMAGES, INPUT_BYTES, NETWORK, OUTPUT_BYTES, STREAM, DriverTest
from hand_off import CONTROL, write_pair


class Predictions(DriverTest):
    def open(self, **options):
        return Accelerator(self.bitstream, **options)

    def test_batches_of_any_size(self):
        for batch in (1, 3, len(IMAGES), 100):
            with self.open(batch=batch) as accelerator:
                self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_one_image(self):
        with self.open() as accelerator:
            self.assert_equal(accelerator.predict_raw(IMAGES[1]), EXPECTED[1])

    def test_no_image(self):
        with self.open() as accelerator:
            self.assertEqual(accelerator.predict_raw(IMAGES[:0]).shape, EXPECTED[:0].shape)

    def test_values(self):
        with self.open() as accelerator:
            self.assert_equal(accelerator.predict(IMAGES), EXPECTED * 2.0 ** -NETWORK["output"]["fraction"])

    def test_long_and_short_runs(self):
        for polls in (1, 2, 5, 1000):
            self.board.polls = polls
            with self.open() as accelerator:
                self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_addresses_below_4_gib(self):
        self.board.next_address = 0x6000_0000
        with self.open() as accelerator:
            self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_receiver_is_ready_first(self):
        with self.open() as accelerator:
            accelerator.predict_raw(IMAGES[:1])
        self.assertEqual(self.board.calls, ["receive", "start", "send"] if STREAM else ["start"])

    def test_wrong_images_do_not_reach_the_board(self):
        with self.open() as accelerator, self.assertRaises(AcceleratorError):
            accelerator.predict_raw(np.zeros((1, 7, 7, 7, 7), np.int8))
        self.assertEqual(self.board.calls, [])


class Ends(DriverTest):
    def test_closing_twice_frees_once(self):
        accelerator = Accelerator(self.bitstream)
        accelerator.close()
        accelerator.close()
        with self.assertRaisesRegex(AcceleratorError, "closed"):
            accelerator.predict_raw(IMAGES)

    def test_too_little_memory(self):
        # Room for the larger of both buffers only: the first one must be freed again.
        self.board.memory_bytes = max(INPUT_BYTES, OUTPUT_BYTES)
        with self.assertRaisesRegex(AcceleratorError, "smaller batch"):
            Accelerator(self.bitstream, batch=1)

    def test_hanging_core(self):
        self.board.polls = None
        begin = time.monotonic()
        with Accelerator(self.bitstream, timeout=0.05) as accelerator:
            with self.assertRaisesRegex(AcceleratorTimeout, "no result within 0.05 s"):
                accelerator.predict_raw(IMAGES)
        self.assertLess(time.monotonic() - begin, 5)
        # The core was gone before its memory was.
        self.assertEqual(self.board.downloads, 2)

    def test_next_run_after_a_hanging_one(self):
        with Accelerator(self.bitstream, timeout=0.05) as accelerator:
            self.board.polls = None
            with self.assertRaises(AcceleratorTimeout):
                accelerator.predict_raw(IMAGES)
            self.board.polls = 2
            self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_interrupted_run(self):
        self.board.polls = None
        with Accelerator(self.bitstream) as accelerator:
            runner = accelerator._runner
            accelerator._runner = Interrupted(runner)
            with self.assertRaises(KeyboardInterrupt):
                accelerator.predict_raw(IMAGES)

    def test_dma_error(self):
        if not STREAM:
            return
        with Accelerator(self.bitstream) as accelerator:
            # More than the receiver was told to expect.
            self.board.answers = dict.fromkeys(self.board.answers, bytes(2 * OUTPUT_BYTES))
            with self.assertRaisesRegex(AcceleratorError, "receive channel reports an error"):
                accelerator.predict_raw(IMAGES)


class Interrupted:
    """Ctrl-C while the core runs."""

    def __init__(self, runner):
        self._runner = runner

    def run(self, *arguments):
        try:
            self._runner.run(*arguments[:-1], 0)
        except AcceleratorTimeout:
            raise KeyboardInterrupt from None


class WrongFiles(DriverTest):
    def assert_refused(self, message, bitstream=None):
        with self.assertRaisesRegex(AcceleratorError, message):
            Accelerator(bitstream or self.bitstream)

    def test_no_bitstream(self):
        self.assert_refused("there is no bitstream", self.folder / "other.bit")

    def test_no_hand_off(self):
        self.bitstream.with_suffix(".hwh").unlink()
        self.assert_refused("accelerator.hwh is not beside")

    def test_other_part(self):
        write_pair(self.folder, NETWORK, part="xck26-sfvc784-2LV-c")
        self.assert_refused("of different builds: part xck26")

    def test_other_spellings_of_the_part(self):
        for part in ("zu3eg-sbva484-1-i", "xczu3egsbva484", "xczu3eg-sbva484-1-e"):
            write_pair(self.folder, NETWORK, part=part)
            with Accelerator(self.bitstream) as accelerator:
                self.assert_equal(accelerator.predict_raw(IMAGES[:1]), EXPECTED[:1])

    def test_other_network(self):
        write_pair(self.folder, NETWORK, top="somebody_else")
        self.assert_refused(f"no accelerator {NETWORK['name']} .it has xilinx.com:hls:somebody_else")

    def test_other_registers(self):
        write_pair(self.folder, NETWORK, registers=[*CONTROL, "image_1", "image_2"])
        with Accelerator(self.bitstream) as accelerator, self.assertRaisesRegex(AcceleratorError, "no register for"):
            accelerator.predict_raw(IMAGES)

    def test_no_control(self):
        write_pair(self.folder, NETWORK, registers=["frames"])
        self.assert_refused("no register CTRL")

    def test_board_refuses(self):
        self.board.refuses = "Root permissions required."
        self.assert_refused("Root permissions required.*\n.*root and the environment")

    def test_dma(self):
        if not STREAM:
            return
        write_pair(self.folder, NETWORK, dma=False)
        self.assert_refused("no AXI DMA")
        write_pair(self.folder, NETWORK, length_bits=3)
        self.assert_refused("moves no more than 7")

    def test_batches_fit_the_dma(self):
        if not STREAM:
            return
        frame = max(INPUT_BYTES, OUTPUT_BYTES)
        write_pair(self.folder, NETWORK, length_bits=(2 * frame).bit_length())
        with Accelerator(self.bitstream, batch=100) as accelerator:
            self.assertLess(accelerator.batch, 4)
            self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_register_names_of_other_releases(self):
        if STREAM:
            return
        self.board.next_address = 0x6000_0000
        for names in (["input_words", "output_words"], ["input_words_1", "input_words_2", "output_words"]):
            write_pair(self.folder, NETWORK, registers=[*CONTROL, *names, "frames"])
            with Accelerator(self.bitstream) as accelerator:
                self.assert_equal(accelerator.predict_raw(IMAGES), EXPECTED)

    def test_address_that_does_not_fit(self):
        if STREAM:
            return
        write_pair(self.folder, NETWORK, registers=[*CONTROL, "input_words", "output_words", "frames"])
        with Accelerator(self.bitstream) as accelerator, self.assertRaisesRegex(AcceleratorError, "does not fit"):
            accelerator.predict_raw(IMAGES)
