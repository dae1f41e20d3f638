"""Reads {"matrix": outputs of inputs, "low", "high"} and writes da4ml's adders of it, and their bits: a LUT each."""

import json
import sys

import numpy as np
from da4ml.cmvm import solve

task = json.load(sys.stdin)
kernel = np.array(task["matrix"], dtype=np.float32).T
found = solve(kernel, qintervals=[(task["low"], task["high"], 1)] * len(kernel), adder_size=1)
adders = sum(op.opcode in (0, 1) for stage in found.solutions for op in stage.ops)
json.dump({"adders": adders, "bits": found.cost}, sys.stdout)
