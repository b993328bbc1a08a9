"""The process that opens a foreign file to take its text out: `python -m renkei.documents.text_child PATH TYPE`.

It binds its own memory and time, so that a hostile file can end only this process. It writes JSON lines: the pages
that hold text, then how many pages there are; or the sentence of a refusal.
"""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from renkei.documents.bounded import MEGABYTE, Bounds, bind
from renkei.documents.page_texts import PDF, Unreadable, pages_of
from renkei.rules.kanji_radicals import without_radicals

BOUNDS = Bounds(seconds=30, patience=60, answer=16 * MEGABYTE)
MOST_PAGES = 5_000
KEPT_PAGES = 300
KEPT_LETTERS = 400_000
TOO_MANY_PAGES = (
    f"{MOST_PAGES:,}ページを超える文書の本文は読み取りません。必要な所だけを分けて添付してください。"
)
NO_MEMORY = (
    "大きすぎて開けないファイルなので、本文を読み取れません。分けるか、画像を小さくして添付してください。"
)


def answer(path: Path, media_type: str) -> Iterator[dict[str, Any]]:
    """What is written to the output, one JSON object a line."""
    pages = pages_of(path, media_type)
    if pages.count > MOST_PAGES:
        raise Unreadable(TOO_MANY_PAGES)
    letters, empty, read = 0, 0, 0
    for text in map(kept_letters, pages.texts):
        if read == KEPT_PAGES or letters >= KEPT_LETTERS:
            break
        read += 1
        here = text[: KEPT_LETTERS - letters]
        letters += len(here)
        empty += not here
        if here:
            yield {"page": read, "text": here}
    yield {"pages": pages.count, "told": remark(pages.count, read, empty, letters, media_type)}


def remark(pages: int, read: int, empty: int, letters: int, media_type: str) -> str:
    """What a person must know of a text that was not read whole."""
    if read < pages or letters >= KEPT_LETTERS:
        return (
            f"長い文書なので、{read}ページ目までの本文だけを読み取りました"
            f"({KEPT_PAGES}ページ・{KEPT_LETTERS // 10_000}万字まで)。"
        )
    if media_type == PDF and letters and empty:
        return f"{pages}ページのうち{empty}ページには文字がありません(画像か白紙です)。"
    return ""


def kept_letters(text: str) -> str:
    """The text with one kind of line end, without what no database keeps, its radicals put to the letters they mean."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return without_radicals(plain).encode("utf-8", "ignore").decode().strip()


def told(lines: Iterator[dict[str, Any]]) -> None:
    """Write the lines, or why there are no more."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        for line in lines:
            sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            sys.stdout.flush()  # whoever ends this process still has the pages until here
    except Unreadable as refusal:
        sys.stdout.write(json.dumps({"refused": str(refusal)}, ensure_ascii=False) + "\n")
    except (MemoryError, RecursionError):
        sys.stdout.write(json.dumps({"refused": NO_MEMORY}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    bind(BOUNDS)
    told(answer(Path(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    main()
