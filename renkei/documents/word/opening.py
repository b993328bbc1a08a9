"""From the bytes of a Word file to its text. The file is opened by a process of its own (opening_child)."""

import json
import tempfile

from renkei.documents.bounded import ask
from renkei.documents.word.opening_child import BOUNDS
from renkei.documents.word.reader.kinds import BROKEN, WordRefused
from renkei.documents.word.told import WordText

__all__ = ["WordRefused", "open_word"]

LARGEST = 50 * 1024 * 1024
TOO_LARGE = "50MBを超えるファイルは読めません。画像を小さくするか除いて、保存し直してください。"
TOO_SLOW = (
    "開くのに時間がかかりすぎるファイルです。新しい文書に本文だけを写して保存し、もう一度選んでください。"
)


def open_word(content: bytes) -> WordText:
    """What a Word file says. Raises WordRefused with a sentence; bounded in time, memory and size of the answer."""
    if len(content) > LARGEST:
        raise WordRefused(TOO_LARGE)
    with tempfile.NamedTemporaryFile(prefix="word-") as kept:
        kept.write(content)
        kept.flush()
        answer = ask("renkei.documents.word.opening_child", kept.name, bounds=BOUNDS)
    return _told(answer.content)


def _told(answer: bytes) -> WordText:
    try:
        told = json.loads(answer)
    except ValueError as error:  # the child was ended by its bounds before it could say more
        raise WordRefused(TOO_SLOW if not answer else BROKEN) from error
    if "refused" in told:
        raise WordRefused(told["refused"])
    return WordText.read(told)
