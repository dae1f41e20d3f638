"""Bitloom's commands, from Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
COMMAND = ("node", str(REPOSITORY / "dist" / "cli" / "main.js"))
"""`npm run build` makes it."""


NOT_EQUIVALENT = 3
"""The exit code of csim and cosim where results differ, which they report as any others."""


def bitloom(*arguments: str | Path) -> Any:
    """Runs a command and returns what it says with --json. Raises a CalledProcessError where it fails."""
    done = subprocess.run([*COMMAND, *map(str, arguments), "--json"], stdout=subprocess.PIPE)
    if done.returncode != NOT_EQUIVALENT:
        done.check_returncode()
    return json.loads(done.stdout)
