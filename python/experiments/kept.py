"""Results in a JSON file, which is whole at any time: an experiment goes on where it ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def kept(file: Path) -> dict[str, Any]:
    """The results that there are."""
    return json.loads(file.read_text()) if file.exists() else {}


def keep(file: Path, key: str, result: Any) -> None:
    """Adds a result, and prints it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps(kept(file) | {key: result}, indent=2, sort_keys=True) + "\n")
    beside.replace(file)
    print(key, result, flush=True)
