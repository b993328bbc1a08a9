"""A foreign file is opened by a process of its own: bound in memory, time and answer, without secrets, without a net.

The one who asks writes `ask("renkei.documents.text_child", path, bounds=BOUNDS)`; the module that is asked begins with
`bind(BOUNDS)` and writes its answer to its output. A hostile file can end that process, and nothing else.
"""

import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUTWARD = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"}
ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
"""All that the process knows of its surroundings: no key, no password, no address of a database."""
MEGABYTE = 1024 * 1024


class Outward(PermissionError):
    """Something in the process tried to reach another machine."""


@dataclass(frozen=True)
class Bounds:
    """`memory` and `answer` in bytes, `seconds` of processor time, `patience` in seconds until the asker ends it."""

    memory: int = 1024 * MEGABYTE
    seconds: int = 15
    patience: int = 30
    answer: int = MEGABYTE


@dataclass(frozen=True)
class Answer:
    """What was written, at most so much as the bounds allow; `is_whole` unless the process was ended or failed."""

    content: bytes
    is_whole: bool


def bind(bounds: Bounds) -> None:
    """Bind this process; called before anything foreign is touched."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.answer, bounds.answer))
    sys.addaudithook(_refuse_outward)


def _refuse_outward(event: str, _arguments: object) -> None:
    if event in OUTWARD:
        raise Outward(event)


def ask(module: str, *arguments: str, bounds: Bounds) -> Answer:
    """Run a module of ours by itself and read what it writes; its answer goes to a file, so memory here is bounded."""
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603 – our own module, arguments as a list
                [sys.executable, "-m", module, *arguments],
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=bounds.patience,
                check=False,
            )
            is_whole = ended.returncode == 0
        except (subprocess.TimeoutExpired, OSError, ValueError):
            is_whole = False
        answer.seek(0)
        return Answer(answer.read(bounds.answer), is_whole)
