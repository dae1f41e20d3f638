"""The cast against the table that checks it in every language, and the choice of a parameter's type."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .fixed_type import FixedType, smallest_type

VECTORS = Path(__file__).parents[2] / "sim" / "vectors" / "cast.csv"


def test_cast_agrees_with_the_table_of_vectors() -> None:
    rows = [line.split(";") for line in VECTORS.read_text().splitlines() if not line.startswith(("#", "from;"))]
    assert len(rows) > 1000
    wrong = [row for row in rows if _cast(*row[:3]) != int(row[3])]
    assert wrong == []


def _cast(source: str, raw: str, target: str) -> int:
    """Python integers in an object array, because some rows need more than 64 bits."""
    fraction = FixedType.parse(source).fraction
    numerator = np.array([int(raw) << max(-fraction, 0)], dtype=object)
    return int(FixedType.parse(target).cast(numerator, 1 << max(fraction, 0))[0])


@pytest.mark.parametrize(
    ("values", "fraction"), [([0.5], 11), ([-0.5, 0.25], 11), ([0.99999], 10), ([1.0], 10), ([3.0, -4.0], 8), ([0.0], 23)]
)
def test_the_smallest_type_holds_all_values(values: list[float], fraction: int) -> None:
    assert smallest_type(np.array(values), 12) == FixedType(True, 12, fraction)


def test_a_text_that_is_no_type_is_refused() -> None:
    with pytest.raises(ValueError, match="not a fixed-point type: float"):
        FixedType.parse("float")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"width": 0}, "1 to 64 bits"),
        ({"width": 65}, "1 to 64 bits"),
        ({"rounding": "RND"}, "rounding mode"),
        ({"overflow": "SAT"}, "overflow mode"),
    ],
)
def test_what_is_no_type_is_refused(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FixedType(**{"signed": True, "width": 8, "fraction": 0, **wrong})
