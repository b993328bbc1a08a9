"""The single changes between the version sent and the text that came back, and the text that some of them give."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.procedures.comparing import Compared
from renkei.procedures.models.returned import ChangeKind
from renkei.procedures.rekeying import Stretch, stretches
from renkei.procedures.remarks import ELSEWHERE
from renkei.rules.kanji_numbers import arabic
from renkei.rules.redline import Clause, Difference, Run, differences, new_text, old_text, runs
from renkei.rules.written_numbers import article_number

REFERENCE = re.compile(r"第([0-9０-９]{1,3}|[一二三四五六七八九十百]{1,5})条")
LINE_NUMBER = re.compile(r"^[ 　]*(?:[0-9０-９]{1,2}(?=[ 　])|[(（][0-9０-９]{1,2}[)）])", re.MULTILINE)
PARTIES = ":parties"

Name = tuple[str, str, str, int]
"""A change by clause, kind, part and place: as it is found again."""


@dataclass(frozen=True)
class Change:
    """One change of a clause, as `ReturnedChange` keeps it; `stretch` says where in the texts it stands."""

    clause: str
    label: str
    kind: ChangeKind
    before: str = ""
    after: str = ""
    part: str = ""
    place: int = 0
    is_following: bool = False
    stretch: Stretch | None = None

    @property
    def name(self) -> Name:
        """By what it is found again."""
        return (self.clause, str(self.kind), self.part, self.place)


def clauses_between(old: AgreementText, new: AgreementText) -> tuple[Compared, ...]:
    """Every clause of both texts with its difference: title, preamble, articles, closing words, parties, tables."""
    articles = differences([_clause(one) for one in old.articles], [_clause(one) for one in new.articles])
    tables = differences([_table(one) for one in old.tables], [_table(one) for one in new.tables])
    return (
        _only(_("表題"), ":title", old.title, new.title),
        _only(_("前文"), ":preamble", old.preamble, new.preamble),
        *(Compared(_number(one.old_place), _number(one.new_place), one) for one in articles),
        _only(_("結び"), ":closing", old.closing, new.closing),
        _only(_("当事者"), PARTIES, party_lines(old.parties), party_lines(new.parties)),
        *(
            Compared(
                "" if one.old_place is None else old.tables[one.old_place].title,
                "" if one.new_place is None else new.tables[one.new_place].title,
                one,
            )
            for one in tables
        ),
    )


def _clause(article: Article) -> Clause:
    return Clause(article.key, article.heading, article.text)


def _table(table: AttachedTable) -> Clause:
    return Clause(table.key, table.title, "\n".join("\t".join(row) for row in table.rows))


def _only(place: str, key: str, old: str, new: str) -> Compared:
    return Compared(place, place, Difference((), runs(old, new), key, key, 0, 0))


def _number(place: int | None) -> str:
    return "" if place is None else article_number(place + 1)


def party_lines(parties: Sequence[SigningParty]) -> str:
    """The parties, each on its line."""
    shown = ((one.letter, one.address, one.name, one.signatory) for one in parties)
    return "\n".join("　".join(part for part in one if part) for one in shown)


def label_of(clause: Compared) -> str:
    """第３条(取組の実施), as it stands now; where it stood, if it is gone."""
    told = clause.difference
    heading = new_text(told.heading) or old_text(told.heading)
    shown = heading if told.old_key[:1] != ":" and heading != clause.place else ""
    return f"{clause.place}({shown})" if shown else clause.place


def changes_between(old: AgreementText, new: AgreementText) -> list[Change]:
    """Every single change in the order of the new text; adopting all of them gives the new text, none the old one."""
    whole = {PARTIES, *(one.key for one in (*old.tables, *new.tables))}
    numbers = _numbers(old), _numbers(new)
    return [
        replace(change, is_following=_follows(change, clause.difference, numbers))
        for clause in clauses_between(old, new)
        for change in changes_of(clause, as_whole=clause.key in whole)
    ]


def changes_of(clause: Compared, *, as_whole: bool) -> Iterator[Change]:
    """The changes of one clause; parties and tables change as a whole."""
    told, key, label = clause.difference, clause.key, label_of(clause)
    before, after = (_said(side(told.heading), side(told.text)) for side in (old_text, new_text))
    if told.is_inserted:
        yield Change(key, label, ChangeKind.INSERTED, after=after)
    elif told.is_removed:
        yield Change(key, label, ChangeKind.REMOVED, before=before)
    elif told.is_reworded and as_whole:
        yield Change(key, label, ChangeKind.REWORDED, before, after, part="whole")
    elif told.is_reworded:
        yield from _single(key, label, "heading", told.heading)
        yield from _single(key, label, "text", told.text)
    if told.is_moved:
        yield Change(key, label, ChangeKind.MOVED, clause.old_place, clause.new_place)


def _said(heading: str, text: str) -> str:
    return "\n".join(part for part in (heading, text) if part)


def _single(key: str, label: str, part: str, told: Sequence[Run]) -> Iterator[Change]:
    changed = (one for one in stretches(told) if isinstance(one, Stretch))
    for place, one in enumerate(changed):
        yield Change(key, label, ChangeKind.REWORDED, one.before, one.after, part, place, stretch=one)


def _numbers(text: AgreementText) -> Mapping[int, str]:
    return {place: one.key for place, one in enumerate(text.articles, start=1)}


def _follows(change: Change, told: Difference, numbers: tuple[Mapping[int, str], Mapping[int, str]]) -> bool:
    """Whether only a number changed: of an article that is the same one on both sides, or before a line."""
    one = change.stretch
    if one is None or change.part != "text":
        return False
    old, new = old_text(told.text), new_text(told.text)
    spans = ((old, one.old_at, len(one.before)), (new, one.new_at, len(one.after)))
    if all(_within(LINE_NUMBER, *span) for span in spans):
        return True
    cited = [_cited(*span, keys) for span, keys in zip(spans, numbers, strict=True)]
    return bool(cited[0]) and cited[0] == cited[1]


def _within(pattern: re.Pattern[str], text: str, start: int, length: int) -> re.Match[str] | None:
    """What the pattern finds around these letters."""
    around = (one for one in pattern.finditer(text) if one.start() <= start <= start + length <= one.end())
    return next(around, None)


def _cited(text: str, start: int, length: int, keys: Mapping[int, str]) -> str:
    """The key of this agreement's article that is cited there."""
    found = _within(REFERENCE, text, start, length)
    if found is None or ELSEWHERE.search(unicodedata.normalize("NFKC", text[: found.start()])):
        return ""
    return keys.get(arabic(unicodedata.normalize("NFKC", found[1])), "")


def with_changes(old: AgreementText, new: AgreementText, taken: Collection[Name]) -> AgreementText:
    """The old text with the changes that are taken, each in its place, and none of the others."""
    told = {one.key: one for one in clauses_between(old, new)}
    articles = {one.key: one for one in (*new.articles, *old.articles)}
    tables = {one.key: one for one in (*new.tables, *old.tables)}
    own = {one.key: one for one in new.tables}
    return AgreementText(
        title=_words(told[":title"], "text", taken),
        preamble=_words(told[":preamble"], "text", taken),
        articles=tuple(
            replace(
                articles[key],
                heading=_words(told[key], "heading", taken),
                text=_words(told[key], "text", taken),
            )
            for key in _order(old.articles, new.articles, told, taken)
        ),
        closing=_words(told[":closing"], "text", taken),
        parties=new.parties if _is_taken(PARTIES, taken) else old.parties,
        tables=tuple(
            own[key] if _is_taken(key, taken) else tables[key]
            for key in _order(old.tables, new.tables, told, taken)
        ),
    )


def _is_taken(key: str, taken: Collection[Name]) -> bool:
    return (key, str(ChangeKind.REWORDED), "whole", 0) in taken


def _words(clause: Compared, part: str, taken: Collection[Name]) -> str:
    told = clause.difference
    place, written = 0, []
    if told.is_inserted or told.is_removed:
        return "".join(run.text for run in getattr(told, part))
    for one in stretches(getattr(told, part)):
        if isinstance(one, str):
            written.append(one)
            continue
        name = (clause.key, str(ChangeKind.REWORDED), part, place)
        written.append(one.after if name in taken else one.before)
        place += 1
    return "".join(written)


def _order(
    old: Sequence[Article] | Sequence[AttachedTable],
    new: Sequence[Article] | Sequence[AttachedTable],
    told: Mapping[str, Compared],
    taken: Collection[Name],
) -> list[str]:
    """The keys in their order: what kept its place, then what stays of the old order, then what comes of the new."""

    def has(kind: ChangeKind, key: str) -> bool:
        return (key, str(kind), "", 0) in taken

    former, present = [one.key for one in old], [one.key for one in new]
    moved = {key for key in present if told[key].difference.is_moved}
    both = set(former) & set(present)
    found = [key for key in former if key in both - moved]
    stays = [key for key in former if (key in moved and not has(ChangeKind.MOVED, key))]
    stays += [key for key in former if key not in both and not has(ChangeKind.REMOVED, key)]
    comes = {key for key in moved if has(ChangeKind.MOVED, key)}
    comes |= {key for key in present if key not in both and has(ChangeKind.INSERTED, key)}
    _put_in(found, [key for key in former if key in stays], former)
    _put_in(found, [key for key in present if key in comes], present)
    return found


def _put_in(found: list[str], keys: Sequence[str], order: Sequence[str]) -> None:
    """Put each key behind the nearest one that stands before it in the order."""
    anchors = [key for key in order if key in found or key in keys]
    for key in keys:
        before = anchors[: anchors.index(key)]
        found.insert(found.index(before[-1]) + 1 if before else 0, key)
