"""`./run check`: every part runs, prints one line with its time, and tells all that is wrong."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from machine.sentences import said

BIN = Path(sys.executable).parent
PARTS = {
    "format": (str(BIN / "ruff"), "format", "--check", "."),
    "lint": (str(BIN / "ruff"), "check", "--output-format", "concise", "."),
    "imports": (str(BIN / "lint-imports"), "--no-logo", "--no-cache"),
    "types": (str(BIN / "mypy"),),
    "migrations": (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
    "settings": (sys.executable, "manage.py", "check", "--fail-level", "WARNING"),
    "docs": (sys.executable, "-m", "machine.documents"),
    "licences": (sys.executable, "-m", "machine.licences"),
}


class Result(NamedTuple):
    """How one part ended."""

    name: str
    passed: bool
    seconds: float
    told: str


def carried_out(name: str) -> Result:
    """Run one part and keep what it says."""
    started = time.monotonic()
    done = subprocess.run(
        PARTS[name], stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Result(name, done.returncode == 0, time.monotonic() - started, done.stdout + done.stderr)


def main(names: list[str]) -> int:
    """All parts, or those that are named; 1 if any failed."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(
            said(
                f"「{unknown[0]}」という検査はありません。あるのは",
                f"There is no part {unknown[0]}. There are",
            ),
            *PARTS,
        )
        return 2
    failed = 0
    with ThreadPoolExecutor(2) as pool:
        for result in pool.map(carried_out, names or PARTS):
            print(
                f"{'ok    ' if result.passed else 'FAILED'} {result.name:<11}{result.seconds:6.1f} s",
                flush=True,
            )
            if not result.passed:
                failed += 1
                print(result.told.rstrip(), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
