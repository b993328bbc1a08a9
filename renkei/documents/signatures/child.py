"""The process that examines signatures: `python -m renkei.documents.signatures.child PATH [FOLDER OF ROOTS]`.

It binds its own memory and time and may reach no other machine, so that a hostile file can end only this process.
"""

import contextlib
import json
import logging
import resource
import sys
from pathlib import Path

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
OUTWARD = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"}


class Outward(PermissionError):
    """Something tried to reach another machine."""


def bind() -> None:
    """Bound memory, processor time and files of this process, and keep it from the net."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse_outward)


def _refuse_outward(event: str, _arguments: object) -> None:
    if event in OUTWARD:
        raise Outward(event)


def main() -> None:
    bind()
    logging.disable()
    from renkei.documents.signatures.examining import signatures_of, trusted_of

    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    told: dict[str, object] = {"signatures": [], "is_readable": False}
    with contextlib.suppress(Exception):
        found = [one.as_told() for one in signatures_of(Path(sys.argv[1]), trusted_of(folder))]
        told = {"signatures": found, "is_readable": True}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
