"""Driver of an accelerator that Bitloom built, for PYNQ 2.7 and newer.

    from bitloom_accelerator import Accelerator

    with Accelerator() as accelerator:
        outputs = accelerator.predict(images)
"""

from .accelerator import Accelerator
from .errors import AcceleratorError, AcceleratorTimeout

__all__ = ["Accelerator", "AcceleratorError", "AcceleratorTimeout"]
