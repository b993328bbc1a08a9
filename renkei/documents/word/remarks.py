"""Remarks beside the clauses of a Word file, with the answers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import quoteattr

from renkei.documents.word.letters import printable
from renkei.documents.word.markup import run
from renkei.documents.word.package import HEAD
from renkei.documents.word.tracks import INSTANT

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15"'
)


@dataclass(frozen=True)
class SaidBeside:
    """What somebody says beside a clause (by its key; of the whole without one); `answers` is the place (from 0) of
    the remark that it answers."""

    clause: str
    author: str
    text: str
    at: str = ""
    answers: int | None = None


def around(inner: str, numbers: Sequence[int]) -> str:
    """A paragraph's letters with the remarks of these numbers beside them."""
    begin = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
    end = "".join(
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
        f'<w:commentReference w:id="{number}"/></w:r>'
        for number in numbers
    )
    return f"{begin}{inner}{end}"


def remark_parts(remarks: Sequence[SaidBeside]) -> tuple[str, str] | None:
    """The two parts of the file that hold remarks, and which of them answers which; None without any."""
    if not remarks:
        return None
    paragraphs = count(1)
    told, threads, last = "", "", []
    for number, one in enumerate(remarks):
        ids = [f"{next(paragraphs):08X}" for _line in printable(one.text).split("\n")]
        last.append(ids[-1])
        parent = f' w15:paraIdParent="{last[one.answers]}"' if one.answers is not None else ""
        threads += f'<w15:commentEx w15:paraId="{ids[-1]}"{parent} w15:done="0"/>'
        told += _remark(number, one, ids)
    return (
        f"{HEAD}<w:comments {NAMESPACES}>{told}</w:comments>",
        f"{HEAD}<w15:commentsEx {NAMESPACES}>{threads}</w15:commentsEx>",
    )


def _remark(number: int, one: SaidBeside, ids: Sequence[str]) -> str:
    author = printable(one.author).replace("\n", " ")
    at = f' w:date="{one.at}"' if INSTANT.fullmatch(one.at) else ""
    lines = "".join(
        f'<w:p w14:paraId="{key}"><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>{run(line)}</w:p>'
        for key, line in zip(ids, printable(one.text).split("\n"), strict=True)
    )
    facts = f'w:id="{number}" w:author={quoteattr(author)}{at} w:initials={quoteattr(author[:1])}'
    return f"<w:comment {facts}>{lines}</w:comment>"
