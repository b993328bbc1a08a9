"""`./run test`: the whole suite on SQLite, then on PostgreSQL; `--fast`: SQLite without the browser."""

import os
import re
import signal
import subprocess
import sys
from types import FrameType
from typing import NamedTuple

from machine.browser import install_what_is_missing
from machine.postgres import a_postgres
from machine.sentences import said

CLOSING = re.compile(r"=+ .*\b(passed|failed|errors?|skipped|no tests ran|deselected)\b.* =+")
INTERRUPTED = 2
NO_TESTS_RAN = 5


class Run(NamedTuple):
    """One call of pytest: on which database, how it ended, and its closing line."""

    database: str
    status: int
    closing: str


def pytest(database: str, *arguments: str, **environment: str) -> Run:
    """Run pytest, showing what it prints as it comes."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    print(said(f"── {database}での試験", f"── Tests on {database}"), flush=True)
    child = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        env={**inherited, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    closing = ""
    for line in child.stdout or ():
        print(line, end="", flush=True)
        if CLOSING.fullmatch(line.strip()):
            closing = line.strip()
    return Run(database, child.wait(), closing)


def workers(arguments: list[str]) -> tuple[str, ...]:
    """One worker per core, unless the person says otherwise; the tests' own order holds, which begins with the slow."""
    chosen = any(argument.startswith(("-n", "--numprocesses", "--pdb", "-s")) for argument in arguments)
    return () if chosen else ("-n", str(os.cpu_count() or 1), "--dist", "loadscope", "--no-loadscope-reorder")


def worst(runs: list[Run]) -> Run:
    """The run whose closing line tells how the whole ended: the first that failed, else the last that ran a test."""
    failed = [run for run in runs if run.status not in (0, NO_TESTS_RAN)]
    ran = [run for run in runs if run.status != NO_TESTS_RAN]
    return failed[0] if failed else (ran or runs)[-1]


def suite(arguments: list[str]) -> list[Run]:
    """Both databases, the browser once; with --fast SQLite alone."""
    fast = "--fast" in arguments
    chosen = [argument for argument in arguments if argument != "--fast"]
    if fast:
        return [pytest("SQLite", *workers(chosen), "-m", "not journey", *chosen)]
    install_what_is_missing()
    runs = [pytest("SQLite", *workers(chosen), *chosen)]
    if runs[0].status == INTERRUPTED:
        return runs
    with a_postgres() as (address, source):
        database = f"PostgreSQL ({source})"
        runs.append(
            pytest(
                database, *workers(chosen), "-m", "not journey and not once", *chosen, DATABASE_URL=address
            )
        )
    return runs


def leave_it_to_pytest(number: int, frame: FrameType | None) -> None:
    """Ctrl-C reaches pytest too, which tells how far it came; so this program waits for it."""


def main() -> int:
    signal.signal(signal.SIGINT, leave_it_to_pytest)
    runs = suite(sys.argv[1:])
    ending = worst(runs)
    if len(runs) > 1:
        for run in runs:
            print(f"{run.database}: {run.closing.strip('= ') or run.status}")
        print(ending.closing)
    return ending.status


if __name__ == "__main__":
    sys.exit(main())
