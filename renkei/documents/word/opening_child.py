"""The process that opens a foreign Word file: `python -m renkei.documents.word.opening_child PATH`.

It binds its own memory and time, so that a hostile file can end only this process. It writes one JSON object: what
the file says, or the sentence of a refusal.
"""

import json
import resource
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from renkei.documents.word.reader.kinds import WordRefused

MEMORY = 1024 * 1024 * 1024
SECONDS = 15
LARGEST_ANSWER = 32 * 1024 * 1024
DEEPEST_CALLS = 3_000
NO_MEMORY = "大きすぎて開けないファイルです。新しい文書に本文だけを写して保存し、もう一度選んでください。"


def bind() -> None:
    """Bound memory, processor time and answer of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    sys.setrecursionlimit(DEEPEST_CALLS)


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
    bind()
    told = json.dumps(answer(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.stdout.write(told)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
