"""Bitloom's commands, from Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
COMMAND = ("node", str(REPOSITORY / "dist" / "cli" / "main.js"))
"""`npm run build` makes it."""


def bitloom(*arguments: str | Path) -> Any:
    """Runs a command and returns what it says with --json."""
    command = [*COMMAND, *map(str, arguments), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
