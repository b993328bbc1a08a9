"""The comments of a Word file: who, when, what, about which letters, and which comment they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renkei.documents.word.reader.blocks import Blocks, lines_of
from renkei.documents.word.reader.numbering import Lists
from renkei.documents.word.reader.package import Element, Package, W
from renkei.documents.word.reader.runs import Quotes, author_of, instant_of
from renkei.documents.word.told import WordRemark

PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
MOST = 5_000


@dataclass(frozen=True)
class Comment:
    """A comment as its part has it; `answers` is the id of another."""

    number: str
    author: str
    at: str
    text: str
    answers: str = ""


def comments_of(package: Package, lists: Lists) -> list[Comment]:
    """All comments in the order of their part."""
    root = package.pointed_to("comments")
    elements = [] if root is None else root.findall(f"{W}comment")[:MOST]
    parents = _parents(package.pointed_to("commentsExtended"))
    by_paragraph = {
        one.get(PARAGRAPH_ID): _id(comment) for comment in elements for one in comment.iter(f"{W}p")
    }
    return [
        Comment(
            _id(one),
            author_of(one),
            instant_of(one),
            "\n".join(lines_of(Blocks(lists).of(one))).strip(),
            _answered(one, parents, by_paragraph),
        )
        for one in elements
    ]


def _id(comment: Element) -> str:
    return str(comment.get(f"{W}id", ""))


def _parents(root: Element | None) -> Mapping[str, str]:
    told = () if root is None else root.findall(f"{W15}commentEx")
    return {one.get(f"{W15}paraId", ""): one.get(f"{W15}paraIdParent", "") for one in told}


def _answered(comment: Element, parents: Mapping[str, str], by_paragraph: Mapping[str | None, str]) -> str:
    for paragraph in comment.iter(f"{W}p"):
        parent = parents.get(paragraph.get(PARAGRAPH_ID) or "")
        if parent and by_paragraph.get(parent, _id(comment)) != _id(comment):
            return by_paragraph[parent]
    return ""


def remarks_of(package: Package, comments: Sequence[Comment], quotes: Quotes) -> tuple[WordRemark, ...]:
    """The comments with the letters that they are about."""
    places = {one.number: place for place, one in enumerate(comments)}
    threads = {} if package.target("commentsExtended") else _by_place(comments, quotes)
    return tuple(
        WordRemark(
            one.author,
            one.at,
            one.text,
            "".join(quotes.quoted.get(one.number, ())).strip("\n"),
            places.get(one.answers or threads.get(one.number, "")),
        )
        for one in comments
    )


def _by_place(comments: Sequence[Comment], quotes: Quotes) -> Mapping[str, str]:
    """Some programs do not write which comment is answered, but put the answer on the very same letters."""
    first: dict[tuple[int, ...], str] = {}
    found = {}
    for one in comments:
        span = tuple(quotes.spans.get(one.number, ()))
        if len(span) > 1 and first.setdefault(span, one.number) != one.number:
            found[one.number] = first[span]
    return found
