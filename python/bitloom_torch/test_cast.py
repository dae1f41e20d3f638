"""The cast on tensors against the table of vectors that checks it in every language."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from .cast import MANTISSA, cast
from .fixed_type import FixedType
from .test_fixed_type import VECTORS


def test_cast_agrees_with_the_table_of_vectors() -> None:
    rows = [line.split(";") for line in VECTORS.read_text().splitlines() if not line.startswith(("#", "from;"))]
    checked, wrong = 0, []
    for source, raw, target_text, expected in rows:
        given, target = FixedType.parse(source), FixedType.parse(target_text)
        # What a double does not hold is beyond tensors; fixed_type.py checks those rows on integers.
        if max(given.width, target.width, given.width + target.fraction - given.fraction) > MANTISSA[torch.float64]:
            continue
        checked += 1
        x = torch.tensor(int(raw), dtype=torch.float64) * 2.0**-given.fraction
        if cast(x, target).item() * 2.0**target.fraction != int(expected):
            wrong.append((source, raw, target_text, expected))
    assert wrong == []
    assert checked > 3000


def test_a_type_that_the_format_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="float32 holds integers of 24 bits, and the type has 25"):
        cast(torch.zeros(1), FixedType.parse("ap_fixed<25,3>"))
    with pytest.raises(ValueError, match="casts need float32 or float64"):
        cast(torch.zeros(1, dtype=torch.int32), FixedType.parse("ap_fixed<8,3>"))


def test_unsigned_numbers_have_no_sign_to_wrap() -> None:
    """AMD's headers do not have this combination, so the table does not either; docs/ir.md says what it means."""
    target = FixedType.parse("ap_ufixed<3,3,AP_TRN,AP_WRAP_SM>")
    assert cast(torch.arange(-9.0, 20.0), target).tolist() == [n % 8 for n in range(-9, 20)]
    assert target.cast(np.arange(-9, 20), 1).tolist() == [n % 8 for n in range(-9, 20)]
