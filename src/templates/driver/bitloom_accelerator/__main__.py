"""python3 -m bitloom_accelerator self-test | benchmark | predict IMAGES.npy -o OUTPUTS.npy"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np

from .accelerator import DEFAULT_BATCH, Accelerator
from .errors import AcceleratorError
from .measure import measure
from .self_test import load_golden, self_test

#: As Bitloom's own.
USER_ERROR, NOT_EQUIVALENT = 1, 3


def main(arguments=None) -> int:
    options = _parser().parse_args(arguments)
    try:
        with Accelerator(options.bitstream, options.batch, options.timeout) as accelerator:
            return options.run(accelerator, options)
    except (AcceleratorError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return USER_ERROR


def _self_test(accelerator: Accelerator, options) -> int:
    result = self_test(accelerator)
    _say(options, result, _self_test_text(result))
    return 0 if result["equal"] else NOT_EQUIVALENT


def _self_test_text(result: dict) -> str:
    first = result["first"]
    if first is None:
        return f"equal: {result['frames']} frames agree with the reference on every bit"
    return (
        f"NOT equal: {first['differing']} values differ ({first['run']}), first in frame {first['frame']} at "
        f"{first['index']}: expected {first['expected']}, the board gives {first['actual']}"
    )


def _benchmark(accelerator: Accelerator, options) -> int:
    result = measure(accelerator, load_golden()[0], options.seconds)
    rails = [f"  {name}: {watts['idle']:.3f} W idle, {watts['busy']:.3f} W busy" for name, watts in result["watts"].items()]
    lines = [
        f"accelerator: {result['framesPerSecond']:.1f} frames/s (scheduled: {result['expectedFramesPerSecond']:.1f})",
        f"predict:     {result['predictFramesPerSecond']:.1f} frames/s, batches of {result['batch']}",
        "power:" if rails else "power: no sensors found",
        *rails,
    ]
    _say(options, result, "\n".join(lines))
    return 0


def _predict(accelerator: Accelerator, options) -> int:
    loaded = np.load(options.images)
    images = loaded if isinstance(loaded, np.ndarray) else loaded[loaded.files[0]]
    outputs = accelerator.predict_raw(images)
    np.save(options.output, outputs)
    _say(options, {"frames": len(outputs), "file": options.output}, f"{len(outputs)} frames -> {options.output}")
    return 0


def _say(options, result: dict, text: str) -> None:
    print(json.dumps(result) if options.json else text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bitloom_accelerator", description=__doc__)
    parser.add_argument("--bitstream", help="the .bit, with its .hwh beside it")
    parser.add_argument("--batch", type=int, default=DEFAULT_BATCH, help="frames at a time (default: %(default)s)")
    parser.add_argument("--timeout", type=float, help="seconds for a batch")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("self-test", help="compare with the golden vectors").set_defaults(run=_self_test)
    benchmark = commands.add_parser("benchmark", help="frames per second and power")
    benchmark.add_argument("--seconds", type=float, default=2.0)
    benchmark.set_defaults(run=_benchmark)
    predict = commands.add_parser("predict", help="raw outputs for the images of a .npy or .npz file")
    predict.add_argument("images")
    predict.add_argument("-o", "--output", default="outputs.npy")
    predict.set_defaults(run=_predict)
    return parser


if __name__ == "__main__":
    sys.exit(main())
