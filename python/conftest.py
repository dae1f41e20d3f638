"""For all tests: their networks are so small that more threads only wait for each other."""

import torch

torch.set_num_threads(1)
