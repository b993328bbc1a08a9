"""Questions about drafts that came back: what changed and who did it, which version was sent, what is still open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.documents.word.told import WordRemark, WordText
from renkei.procedures.models import DraftVersion, Procedure, ReturnedDraft
from renkei.procedures.permissions import window_on
from renkei.procedures.rekeying import folded, rekeyed
from renkei.procedures.returned_changes import Change, changes_between, clauses_between, label_of
from renkei.procedures.steps import Awaited, Task, TaskState
from renkei.procedures.tracing import Made, Traces, with_keys
from renkei.procedures.vocabulary import DraftKind

SENT_AS = "RenkeiVersion"
"""The property of a Word file that names the version it was made of."""


NOBODY = ("Unknown Author", "Unknown")
"""What LibreOffice and Word write where no name is set in the program."""


def named(authors: Sequence[str]) -> list[str]:
    """The authors of whom the file tells a name."""
    return [one for one in authors if one and one not in NOBODY]


@dataclass(frozen=True)
class FoundRemark:
    """A comment of the file beside its clause."""

    clause: str
    label: str
    author: str
    written_at: str
    quoted: str
    text: str
    is_reply: bool = False


@dataclass(frozen=True)
class CameBack:
    """What came back: the text, its single changes, the comments, sentences about what was not read."""

    text: AgreementText
    changes: Sequence[Made]
    remarks: Sequence[FoundRemark]
    told: Sequence[str]


def compare_returned(sent: AgreementText, word: WordText) -> CameBack:
    """What a Word file changes in the text that was sent, and who did."""
    read = recognise(word, sent)
    text = rekeyed(sent, read.text)
    clause_of = with_keys(read.clause_of, dict(zip(_keys(read.text), _keys(text), strict=True)))
    labels = {one.key: label_of(one) for one in clauses_between(sent, text)}
    return CameBack(
        text,
        list(_made(sent, text, Traces(word, clause_of))),
        list(_remarks(word, clause_of, labels)),
        list(word.told),
    )


def _keys(text: AgreementText) -> list[str]:
    return [*(one.key for one in text.articles), *(one.key for one in text.tables)]


def _made(sent: AgreementText, text: AgreementText, traces: Traces) -> Iterator[Made]:
    found: dict[str, list[Change]] = {}
    for change in changes_between(sent, text):
        found.setdefault(change.clause, []).append(change)
    tables = {one.key for one in (*sent.tables, *text.tables)}
    for clause in clauses_between(sent, text):
        yield from traces.made(clause, found.get(clause.key, []), is_table=clause.key in tables)


@dataclass(frozen=True)
class Read:
    """The text that was recognised in a file, and the clause of each of its blocks."""

    text: AgreementText
    clause_of: Mapping[int, str]


def recognise(word: WordText, sent: AgreementText | None = None) -> Read:
    """The text of a Word file; blocks that were taken out as a whole belong to no clause."""
    from renkei.documents.recognising import recognised
    from renkei.documents.recognising_word import read_lines

    lines = list(read_lines(word))
    found = recognised([line for _place, line in lines], sent=sent)
    clause_of: dict[int, str] = {}
    for number, key in found.clause_of.items():
        clause_of.setdefault(lines[number][0], key)
    return Read(found.text, clause_of)


def _remarks(
    word: WordText, clause_of: Mapping[int, str], labels: Mapping[str, str]
) -> Iterator[FoundRemark]:
    """The comments in the order of the text, each with its answers behind it."""
    clauses = _clauses_of_remarks(word, clause_of)
    order = {number: place for place, number in enumerate(clauses)}
    threads: dict[int, list[int]] = {}
    for number, first in enumerate(_first_of_threads(word.remarks)):
        threads.setdefault(first, []).append(number)
    for first in sorted(threads, key=lambda one: order.get(one, len(order))):
        clause = clauses.get(first, "")
        for number in sorted(threads[first], key=lambda one: (one != first, one)):
            one, is_reply = word.remarks[number], number != first
            quoted = "" if is_reply else one.quoted
            yield FoundRemark(clause, labels.get(clause, ""), one.author, one.at, quoted, one.text, is_reply)


def _clauses_of_remarks(word: WordText, clause_of: Mapping[int, str]) -> dict[int, str]:
    """The clause beside which each comment stands; of a paragraph that is gone, the one before it."""
    found: dict[int, str] = {}
    clause = ":title"
    for place, block in enumerate(word.blocks):
        clause = clause_of.get(place, clause)
        for number in block.remarks:
            found.setdefault(number, clause)
    return found


def _first_of_threads(remarks: Sequence[WordRemark]) -> list[int]:
    """For each comment the first of its thread; of comments that answer each other in a circle one of them."""
    found: dict[int, int] = {}
    for number in range(len(remarks)):
        path, one = dict.fromkeys([number]), number
        while one not in found and (answers := remarks[one].answers) is not None and answers not in path:
            path[answers], one = None, answers
        found |= dict.fromkeys(path, found.get(one, one))
    return [found[number] for number in range(len(remarks))]


@dataclass(frozen=True)
class Sent:
    """The version that a file goes back to, and a sentence where that is only likely."""

    version: DraftVersion | None
    told: str = ""


def version_sent(procedure: Procedure, word: WordText, side: Side, *, by_staff: bool = False) -> Sent:
    """The version that the file itself names; else, of those that its side knows, the one most like it.

    A file that staff bring may name a version that was never shown at the counter: it went out by mail.
    """
    texts = procedure.versions.filter(kind=DraftKind.TEXT)
    known = list((texts if side == Side.TOWN else texts.shared()).order_by("-number"))
    named = (word.properties or {}).get(SENT_AS, "")
    if version := next((one for one in (texts if by_staff else known) if one.public_id == named), None):
        return Sent(version)
    if not known:
        return Sent(None)
    said = recognise(word).text
    likest = max(known, key=lambda one: (_likeness(said, AgreementText.read(one.content)), one.number))
    sentence = _("ファイルにもとの版の印がないので、いちばん近い%(version)sと比べました。") % {
        "version": likest
    }
    return Sent(likest, sentence)


def _likeness(came: AgreementText, sent: AgreementText) -> float:
    """The share of threes of letters that both have, between 0 and 1."""
    both = [_letters(text) for text in (came, sent)]
    one, other = ({text[at : at + 3] for at in range(len(text) - 2)} for text in both)
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _letters(text: AgreementText) -> str:
    articles = (one.heading + one.text for one in text.articles)
    return folded("".join((text.title, text.preamble, *articles, text.closing)))


@dataclass(frozen=True)
class Progress:
    """How many changes there are, and of how many it is decided what becomes of them."""

    total: int
    decided: int
    adopted: int

    @property
    def left(self) -> int:
        """How many wait for a decision."""
        return self.total - self.decided


def progress_of(returned: ReturnedDraft) -> Progress:
    """How far the town is with a draft that came back; it reads what was read for many at once."""
    said = [one.resolution for one in returned.changes.all()]
    return Progress(len(said), sum(bool(one) for one in said), said.count("adopted"))


def returned_tasks(procedure: Procedure) -> Iterable[Task]:
    """One line on the procedure's page where anything came back."""
    found = list(procedure.returned_drafts.all())
    if not found:
        return
    left = sum(progress_of(one).left for one in found if one.is_open)
    is_open = any(one.is_open for one in found)
    note = _("扱いを決めていない修正%(left)s件") % {"left": left} if left else ""
    yield Task(_("戻ってきた案"), TaskState.UNDER_WAY if is_open else TaskState.DONE, note, "returned")


def awaited_returns(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Drafts that came back and of which the window has not said what becomes of them."""
    for returned in procedure.returned_drafts.all():
        if not returned.is_open:
            continue
        left = progress_of(returned).left
        words = (
            _("戻ってきた修正%(left)s件の扱いを決めてください(%(from)s)")
            if left
            else _("戻ってきた案の扱いが決まりました。次の版を作ってください(%(from)s)")
        )
        yield Awaited(
            words % {"left": left, "from": returned.maker},
            Side.TOWN,
            "returned",
            by=procedure.stage_due_on,
            division=window_on(procedure, day),
            key=returned.public_id,
        )
