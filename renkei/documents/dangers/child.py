"""The process that opens a foreign file to look for dangers: `python -m renkei.documents.dangers.child PATH TYPE`.

It binds its own memory and time, so that a hostile file can end only this process. It writes one line: the danger and
its place, or that there is none.
"""

import json
import resource
import sys
from pathlib import Path

from renkei.documents.dangers.told import Danger, Dangerous

MEMORY = 512 * 1024 * 1024
SECONDS = 2


def bind_memory() -> None:
    """Bound the memory of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def bind() -> None:
    """Bound memory, processor time and answer of this process."""
    bind_memory()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def check(path: Path, media_type: str) -> None:
    """Look for dangers; raises Dangerous at the first."""
    if media_type == "application/pdf":
        from renkei.documents.dangers.pdf import check_pdf

        check_pdf(path)
    else:
        from renkei.documents.dangers.office import check_office

        check_office(path.read_bytes())


def main() -> None:
    bind()
    told = {"danger": "", "place": ""}
    try:
        check(Path(sys.argv[1]), sys.argv[2])
    except Dangerous as danger:
        told = {"danger": danger.danger, "place": danger.place[:200]}
    except (MemoryError, RecursionError):
        told = {"danger": Danger.UNCHECKED, "place": ""}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
