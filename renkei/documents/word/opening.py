"""From the bytes of a Word file to its text. The file is opened by a process of its own (opening_child)."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from renkei.documents.word.reader.kinds import BROKEN, WordRefused
from renkei.documents.word.told import WordText

__all__ = ["WordRefused", "open_word"]

LARGEST = 50 * 1024 * 1024
SECONDS = 30
LARGEST_ANSWER = 32 * 1024 * 1024
ROOT = Path(__file__).resolve().parents[3]
TOO_LARGE = "50MBを超えるファイルは読めません。画像を小さくするか除いて、保存し直してください。"
TOO_SLOW = (
    "開くのに時間がかかりすぎるファイルです。新しい文書に本文だけを写して保存し、もう一度選んでください。"
)


def open_word(content: bytes) -> WordText:
    """What a Word file says. Raises WordRefused with a sentence; bounded in time, memory and size of the answer."""
    if len(content) > LARGEST:
        raise WordRefused(TOO_LARGE)
    with tempfile.NamedTemporaryFile(prefix="word-") as kept, tempfile.TemporaryFile() as answer:
        kept.write(content)
        kept.flush()
        _ask_child(kept.name, answer)
        answer.seek(0)
        return _told(answer.read(LARGEST_ANSWER + 1))


def _ask_child(path: str, answer: IO[bytes]) -> None:
    """The child writes its answer to a file, whose size the child's own bounds limit; so memory here is bounded too."""
    try:
        subprocess.run(  # noqa: S603 – our own module, arguments as a list
            [sys.executable, "-m", "renkei.documents.word.opening_child", path],
            cwd=ROOT,
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WordRefused(TOO_SLOW) from error
    except OSError as error:
        raise WordRefused(BROKEN) from error


def _told(answer: bytes) -> WordText:
    try:
        told = json.loads(answer)
    except ValueError as error:  # the child was ended by its bounds before it could say more
        raise WordRefused(TOO_SLOW if not answer else BROKEN) from error
    if "refused" in told:
        raise WordRefused(told["refused"])
    return WordText.read(told)
