"""`./run bench start`: how long the second `./run serve` takes until the first page is answered.

The floor is the same Python loading the same settings and nothing else, in the same run.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from machine.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
TIMES = 5
FLOOR = "import django; django.setup()"


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="renkei-bench-") as var:
        environment = {**os.environ, "RENKEI_VAR": var, "DJANGO_SETTINGS_MODULE": "renkei.settings"}
        first = until_served(environment)
        floor = median(lambda: until_loaded(environment))
        second = median(lambda: until_served(environment))
    print(f"first start, demo town included {first:6.2f} s")
    print(f"second start                    {second:6.2f} s  {second / floor:4.1f}× the floor")
    print(f"floor: settings loaded          {floor:6.2f} s")
    return 0


def until_served(environment: dict[str, str]) -> float:
    """Seconds until the line that comes after the first answered page; then it is ended."""
    command = ["./run", "serve", "--port", str(free_port())]
    started = time.monotonic()
    program = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    for line in program.stdout or ():
        if "Ctrl-C" in line:
            break
    seconds = time.monotonic() - started
    program.send_signal(signal.SIGTERM)
    program.communicate(timeout=30)
    return seconds


def until_loaded(environment: dict[str, str]) -> float:
    """Seconds that the same Python takes to load the settings."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", FLOOR], cwd=ROOT, env=environment, check=True)
    return time.monotonic() - started


def median(measured: Callable[[], float]) -> float:
    """The middle of several measurements, in seconds."""
    return sorted(measured() for _time in range(TIMES))[TIMES // 2]


if __name__ == "__main__":
    sys.exit(main())
