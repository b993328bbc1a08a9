"""A text that came back gets the keys of the version sent, and the letters of it wherever they only look different."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from renkei.documents.contents import AgreementText, Article, AttachedTable, SigningParty
from renkei.municipalities.public_id import new_public_id
from renkei.rules.redline import Clause, Mark, Run, differences, new_text, old_text, runs

WIDTHS = ("<wide>", "<narrow>")


def rekeyed(old: AgreementText, new: AgreementText) -> AgreementText:
    """The new text, each clause under the key that it had; widths, blanks and empty lines are no change."""
    articles = _with_keys(old.articles, new.articles)
    return AgreementText(
        title=kept(old.title, new.title),
        preamble=kept(old.preamble, new.preamble),
        articles=tuple(_kept_article(old.articles, one) for one in articles),
        closing=kept(old.closing, new.closing),
        parties=_kept_parties(old.parties, new.parties),
        tables=_kept_tables(old.tables, new.tables),
    )


def folded(text: str) -> str:
    """The letters without blanks, each in its usual width."""
    return "".join(_usual(letter) for letter in text if not letter.isspace())


def _usual(letter: str) -> str:
    if unicodedata.decomposition(letter).startswith(WIDTHS):
        return unicodedata.normalize("NFKC", letter)
    return letter


@dataclass(frozen=True)
class Stretch:
    """Letters that went and letters that came in their place, and where they stand in the old and the new text."""

    before: str
    after: str
    old_at: int
    new_at: int


def stretches(told: Sequence[Run]) -> Iterator[Stretch | str]:
    """The runs in their order: what is the same as text, each stretch of changes as one."""
    old_at = new_at = 0
    for same, found in groupby(told, key=lambda run: run.mark == Mark.SAME):
        pieces = list(found)
        before, after = old_text(pieces), new_text(pieces)
        yield before if same else Stretch(before, after, old_at, new_at)
        old_at, new_at = old_at + len(before), new_at + len(after)


def kept(old: str, new: str) -> str:
    """The new words with the old letters wherever only widths, blanks or empty lines differ."""
    if folded(old) == folded(new) and _lines(old) == _lines(new):
        return old
    told = list(stretches(runs(old, new)))
    written = []
    for place, one in enumerate(told):
        if isinstance(one, str):
            written.append(one)
            continue
        around = (_letter(told, place - 1, -1), _letter(told, place + 1, 0))
        written.append(one.before if _looks_different(one, *around) else one.after)
    return "".join(written)


def _letter(told: Sequence[Stretch | str], place: int, at: int) -> str:
    """The letter beside a stretch; none at both ends of the text."""
    beside = told[place] if 0 <= place < len(told) else ""
    return beside[at] if isinstance(beside, str) and beside else ""


def _looks_different(one: Stretch, left: str, right: str) -> bool:
    """Whether nothing is said by the change."""
    if _lines(one.before) != _lines(one.after):
        return False
    if ("\n" in one.before) != ("\n" in one.after):
        return left in ("", "\n") or right in ("", "\n")
    only_blanks = not folded(one.before)
    parts_words = left.isascii() and left.isalnum() and right.isascii() and right.isalnum()
    return not (only_blanks and parts_words)


def _lines(text: str) -> list[str]:
    return [letters for line in text.split("\n") if (letters := folded(line))]


def _with_keys(old: Sequence[Article], new: Sequence[Article]) -> list[Article]:
    """The articles of the new text in their order: paired by all their letters, by a heading, then by likeness."""
    keys: dict[int, str] = {}
    _pair([_whole(one) for one in old], [_whole(one) for one in new], old, keys)
    _pair([folded(one.heading) for one in old], [folded(one.heading) for one in new], old, keys)
    before = [Clause(one.key, one.heading, one.text) for one in old]
    after = [Clause(keys.get(place, ""), one.heading, one.text) for place, one in enumerate(new)]
    for told in differences(before, after):
        if told.new_place is not None and told.old_place is not None:
            keys[told.new_place] = told.old_key
    return [replace(one, key=keys.get(place) or new_public_id()) for place, one in enumerate(new)]


def _whole(article: Article) -> str:
    return folded(article.heading + article.text)


def _pair(before: Sequence[str], after: Sequence[str], old: Sequence[Article], keys: dict[int, str]) -> None:
    """Give keys to what is the only one of its kind on both sides."""
    taken = set(keys.values())
    left = [words for words, one in zip(before, old, strict=True) if one.key not in taken]
    right = [words for place, words in enumerate(after) if place not in keys]
    for place, words in enumerate(after):
        if place not in keys and words and left.count(words) == 1 == right.count(words):
            keys[place] = next(
                one.key
                for one, said in zip(old, before, strict=True)
                if said == words and one.key not in taken
            )


def _kept_article(old: Sequence[Article], article: Article) -> Article:
    former = next((one for one in old if one.key == article.key), None)
    if former is None:
        return article
    heading, text = kept(former.heading, article.heading), kept(former.text, article.text)
    return replace(article, heading=heading, text=text)


def _kept_parties(old: Sequence[SigningParty], new: Sequence[SigningParty]) -> tuple[SigningParty, ...]:
    """Parties are known again by their names, for 甲 and 乙 may change places; then by their letters.

    Whom the text sent knows as the town stays the town, and nobody else becomes it.
    """
    left = list(old)
    found: dict[int, SigningParty] = {}
    for same in (_same_name, _same_letter):
        for place, party in enumerate(new):
            alike = (one for one in left if same(one, party))
            if place not in found and (former := next(alike, None)):
                found[place] = former
                left.remove(former)
    is_town_left = any(one.is_town for one in left)
    return tuple(
        _kept_party(found[place], one)
        if place in found
        else replace(one, is_town=one.is_town and is_town_left)
        for place, one in enumerate(new)
    )


def _same_name(one: SigningParty, other: SigningParty) -> bool:
    return folded(one.name) == folded(other.name)


def _same_letter(one: SigningParty, other: SigningParty) -> bool:
    return bool(one.letter) and one.letter == other.letter


def _kept_party(former: SigningParty, party: SigningParty) -> SigningParty:
    names = ("letter", "name", "signatory", "address")
    words = {name: kept(getattr(former, name), getattr(party, name)) for name in names}
    return replace(party, is_town=former.is_town, **words)


def _kept_tables(old: Sequence[AttachedTable], new: Sequence[AttachedTable]) -> tuple[AttachedTable, ...]:
    """Tables are known again by their titles; where these changed, by their order among those left over."""
    left = list(old)
    found: dict[int, AttachedTable] = {}
    for by_title in (True, False):
        for place, table in enumerate(new):
            alike = (one for one in left if not by_title or folded(one.title) == folded(table.title))
            if place not in found and (former := next(alike, None)):
                found[place] = former
                left.remove(former)
    return tuple(_kept_table(found.get(place), one) for place, one in enumerate(new))


def _kept_table(former: AttachedTable | None, table: AttachedTable) -> AttachedTable:
    if former is None:
        return replace(table, key=new_public_id())
    cells = [[folded(cell) for cell in row] for row in table.rows]
    same = cells == [[folded(cell) for cell in row] for row in former.rows]
    rows = former.rows if same else table.rows
    return AttachedTable(former.key, kept(former.title, table.title), rows)
