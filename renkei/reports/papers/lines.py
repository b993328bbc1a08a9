"""A town's sentences as parts of a paper: how a line begins says whether it is a head, a step, a bullet or a note."""

import re
from collections.abc import Iterator

from renkei.documents.publications.content import Block, Bullet, Bullets, Paragraph

HEAD = re.compile(r"^[(（][0-9０-９]{1,2}[)）]\s*")
MARK = re.compile(r"^\s*([●■◆○・※①-⑳])\s*")
TITLE = re.compile(r"^【.+】$")


def blocks_of(text: str) -> list[Block]:
    """The paragraphs and bullets of a text; what stands indented below a numbered head belongs to it."""
    blocks: list[Block] = []
    run: list[Bullet] = []
    for line in text.splitlines():
        bullet = _bullet(line, below=bool(run))
        if bullet:
            run.append(bullet)
        else:
            blocks += _ended(run)
            run = []
            if line.strip():
                blocks.append(Paragraph(line.strip()))
    return [*blocks, *_ended(run)]


def _bullet(line: str, *, below: bool) -> Bullet | None:
    if head := HEAD.match(line):
        return Bullet(line[head.end() :].strip(), 0, head[0].strip())
    is_indented = below and line[:1].isspace()
    if mark := MARK.match(line):
        return Bullet(line[mark.end() :].strip(), 1 if is_indented else 0, mark[1])
    return Bullet(line.strip(), 1, "") if is_indented and line.strip() else None


def _ended(run: list[Bullet]) -> Iterator[Block]:
    if run:
        yield Bullets(tuple(run))


def titled(text: str, otherwise: str) -> tuple[str, str]:
    """A text without its first line where that is a title, as 【…】, and the title; else the other one."""
    first, _newline, rest = text.partition("\n")
    return (first.strip(), rest) if TITLE.match(first.strip()) else (otherwise, text)
