"""The process that opens a foreign file to look for dangers: `python -m renkei.documents.dangers.child PATH TYPE`.

It binds its own memory and time, so that a hostile file can end only this process. It writes one line: the danger and
its place, or that there is none.
"""

import json
import sys
from pathlib import Path

from renkei.documents.bounded import MEGABYTE, Bounds, bind
from renkei.documents.dangers.told import Danger, Dangerous

BOUNDS = Bounds(memory=512 * MEGABYTE, seconds=2, patience=20)


def check(path: Path, media_type: str) -> None:
    """Look for dangers; raises Dangerous at the first."""
    if media_type == "application/pdf":
        from renkei.documents.dangers.pdf import check_pdf

        check_pdf(path)
    else:
        from renkei.documents.dangers.office import check_office

        check_office(path.read_bytes())


def main() -> None:
    bind(BOUNDS)
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
