"""The process that opens a foreign Word file: `python -m renkei.documents.word.opening_child PATH`.

It binds its own memory and time, so that a hostile file can end only this process. It writes one JSON object: what
the file says, or the sentence of a refusal.
"""

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from renkei.documents.bounded import MEGABYTE, Bounds, bind
from renkei.documents.word.reader.kinds import WordRefused

BOUNDS = Bounds(seconds=15, patience=30, answer=32 * MEGABYTE)
DEEPEST_CALLS = 3_000
NO_MEMORY = "大きすぎて開けないファイルです。新しい文書に本文だけを写して保存し、もう一度選んでください。"


def answer(path: Path) -> dict[str, Any]:
    """What the file says, or the sentence of a refusal."""
    from renkei.documents.word.reader.text import word_text

    try:
        return word_text(path.read_bytes()).as_told()
    except WordRefused as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": NO_MEMORY}


def main() -> None:
    bind(BOUNDS)
    sys.setrecursionlimit(DEEPEST_CALLS)
    told = json.dumps(answer(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(told)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
