"""Clauses of the library beside a text that is edited: shown filled for its parties, put in as an article."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from renkei.desk.rows import put_together, taken_apart
from renkei.desk.typed import Typed
from renkei.documents.clauses import Variant, variant, variants
from renkei.documents.clauses.fields import FIELDS, AgreementFacts, agreement_fields
from renkei.documents.contents import SigningParty
from renkei.documents.filling import fill
from renkei.documents.vocabulary import ClauseKind
from renkei.municipalities.models import Municipality
from renkei.rules.written_numbers import article_number

WRITTEN_FROM_A_RULE = "{{ 期間の文 }}"
PUT = "clause:"
SHOW = "clauses"


@dataclass(frozen=True)
class LibraryBeside:
    """Whose library, and what a clause may be filled with besides the parties."""

    municipality: Municipality | None = None
    items: Sequence[str] = ()

    def shown(self, kind: str, typed: Mapping[str, list[str]]) -> list[Variant]:
        """The variants of a kind as they would stand in the text."""
        found = (one for one in variants(kind, self.municipality) if one.text != WRITTEN_FROM_A_RULE)
        return [self._filled(one, typed) for one in found]

    def put(self, address: str, typed: Typed) -> tuple[Typed, str]:
        """What is typed with the clause put in, after an article or in the place of one's words; and the row it is."""
        found = variant(address, self.municipality)
        if found is None:
            return typed, ""
        clause = self._filled(found, typed)
        rows, rest = taken_apart(typed, "article")
        how, _dash, number = last_of(typed, "clause_place").partition("-")
        place = min(int(number), len(rows)) if number.isdecimal() and len(number) < 4 else len(rows)
        row = {"heading": [clause.heading], "text": [clause.text]}
        if how == "instead" and place < len(rows):
            rows[place] = rows[place] | row
        else:
            used = {last_of(one, "row") for one in rows}
            key = "" if str(clause.kind) in used else str(clause.kind)
            rows.insert(place, {"row": [key], **row})
        return rest | put_together(rows, "article"), f"article-{place}"

    def _filled(self, clause: Variant, typed: Mapping[str, list[str]]) -> Variant:
        fields = agreement_fields(AgreementFacts(parties_typed(typed), items=tuple(self.items)))
        kept = {name: f"{{{{ {name} }}}}" for name in FIELDS} | {
            name: said for name, said in fields.items() if said
        }
        return replace(clause, heading=fill(clause.heading, kept), text=fill(clause.text, kept))


def last_of(typed: Mapping[str, list[str]], name: str) -> str:
    """What was typed last under a name."""
    return (typed.get(name) or [""])[-1]


def parties_typed(typed: Mapping[str, list[str]]) -> tuple[SigningParty, ...]:
    """The parties as they are typed at this moment."""
    found = []
    for place in range(6):
        letter, name = (last_of(typed, f"party{place}_{column}") for column in ("letter", "name"))
        if letter:
            found.append(SigningParty(letter, name, is_town=bool(last_of(typed, f"party{place}_is_town"))))
    return tuple(found)


def kinds_to_choose() -> list[tuple[str, str]]:
    """The kinds of clauses for a select."""
    return [(kind.value, str(kind.label)) for kind in ClauseKind]


def places_to_choose(headings: Sequence[str]) -> list[tuple[str, str]]:
    """Where a clause can go: after an article of these headings, at the beginning, or in an article's place."""
    named = [f"({heading})" if heading else "" for heading in headings]
    numbers = [f"{article_number(place)}{name}" for place, name in enumerate(named, 1)]
    after = [
        (f"after-{place}", _("%(number)sの次に加える") % {"number": one})
        for place, one in enumerate(numbers, 1)
    ]
    instead = [
        (f"instead-{place}", _("%(number)sの文と入れ替える") % {"number": one})
        for place, one in enumerate(numbers)
    ]
    return [*reversed(after), ("after-0", _("最初に加える")), *instead]
