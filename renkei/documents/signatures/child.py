"""The process that examines signatures: `python -m renkei.documents.signatures.child PATH [FOLDER OF ROOTS]`.

It binds its own memory and time and may reach no other machine, so that a hostile file can end only this process.
"""

import contextlib
import json
import logging
import sys
from pathlib import Path

from renkei.documents.bounded import Bounds, bind

BOUNDS = Bounds(seconds=20, patience=40)


def main() -> None:
    bind(BOUNDS)
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
