"""What can go wrong on the board, each with what to do about it."""


class AcceleratorError(Exception):
    """The board, its files or the given images are not as they have to be."""


class AcceleratorTimeout(AcceleratorError, TimeoutError):
    """The accelerator did not finish in time."""
