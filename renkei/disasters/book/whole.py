"""The disaster book (防災冊子): everything that is needed to call the right partner from paper, without any network."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import override

from renkei.agreements.models import Agreement, Party
from renkei.disasters.agreements import for_disasters
from renkei.disasters.book.codes import code_svg
from renkei.disasters.book.parts import Chains, certainty_of, contact_row, partner_part, promise_row
from renkei.disasters.contacts.chains import in_use_with_channels, partner_key
from renkei.disasters.models import Capability, EmergencyContact
from renkei.disasters.readiness.whole import shares_of
from renkei.disasters.vocabulary import DisasterFunction
from renkei.documents.paper import Paper, paper
from renkei.documents.word.letters import printable
from renkei.municipalities.models import Municipality
from renkei.municipalities.pages import desk_page
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.names import name_core

TEMPLATE = Path(__file__).parent / "book.typ"
TITLE = "防災冊子"
DIGITS = re.compile("[0-9]+")
LONGEST_NUMBER = 8


@dataclass(frozen=True)
class Book:
    """What the book of a town says as of a day."""

    town: Municipality
    day: date
    agreements: int
    own: list[dict[str, Any]]
    functions: list[dict[str, Any]]
    lacking: list[str]
    partners: list[dict[str, Any]]

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to ask."""
        return not self.agreements


@override("ja")
def book_of(town: Municipality, day: date) -> Book:
    """Read the town's agreements, promises and contacts, each kind in one question."""
    agreements = _agreements(town, day)
    does = _capabilities(agreements)
    partners = _partners(agreements, does)
    chains = _chains(town, partners, day)
    functions = _by_function(does, chains, shares_of(town, day))
    return Book(
        town=town,
        day=day,
        agreements=len(agreements),
        own=[contact_row(one, day) for one in _own(town, day)],
        functions=functions,
        lacking=_lacking(functions),
        partners=_by_partner(agreements, partners, does, chains),
    )


def book_pdf(book: Book) -> Paper:
    """The book as PDF for A4, readable in grey. Raises PaperRefused."""
    field = desk_page("disasters/field/")
    facts = {
        "title": f"{TITLE} {book.town}",
        "town": printable(str(book.town)),
        "day": japanese_date(book.day),
        "agreements": book.agreements,
        "field": field,
        "field_code": code_svg(field) if field else "",
        "own": book.own,
        "functions": book.functions,
        "lacking": book.lacking,
        "partners": book.partners,
    }
    return paper(TEMPLATE, facts)


def _agreements(town: Municipality, day: date) -> list[Agreement]:
    parties = Party.objects.present_on(day).exclude(organisation=None).order_by("position")
    read = for_disasters(town, day).order_by("title", "pk")
    return list(
        read.prefetch_related(
            Prefetch("parties", parties.select_related("organisation__merged_into"), to_attr="present")
        )
    )


def _partners(agreements: Iterable[Agreement], does: Iterable[Capability]) -> dict[int, Organisation]:
    """Whoever signed or does something, by their key, in the book's order; a merged record is its other one."""
    found = {one.pk: one for agreement in agreements for one in partners_of(agreement)}
    found |= {one.partner.pk: one.partner for one in does}
    return dict(sorted(found.items(), key=lambda pair: (*place_of(pair[1]), pair[0])))


def place_of(partner: Organisation) -> tuple[bool, str, str]:
    """Its place in the book: in kana order; without a reading last, by the name without 株式会社, 9 before 10."""
    reading = partner.name_kana.strip()
    told = reading or name_core(partner.name) or partner.name
    return not reading, DIGITS.sub(lambda digits: digits.group().zfill(LONGEST_NUMBER), told), partner.name


def unread_partners(town: Municipality, day: date) -> list[Organisation]:
    """Partners in the book whose reading nobody has written, in the book's order."""
    agreements = _agreements(town, day)
    found = _partners(agreements, _capabilities(agreements))
    return [one for one in found.values() if not one.name_kana.strip()]


def partners_of(agreement: Agreement) -> list[Organisation]:
    """The partners of an agreement that was read here."""
    present: Sequence[Party] = agreement.present  # type: ignore[attr-defined]
    organisations = [one.organisation for one in present if one.organisation]
    return [one.merged_into or one for one in organisations]


def _capabilities(agreements: Sequence[Agreement]) -> list[Capability]:
    found = Capability.objects.current().filter(agreement__in=[one.pk for one in agreements])
    return list(found.select_related("agreement", "organisation__merged_into"))


def _chains(town: Municipality, partners: dict[int, Organisation], day: date) -> dict[int, Chains]:
    contacts: dict[int | None, list[EmergencyContact]] = defaultdict(list)
    own = EmergencyContact.objects.of(town).exclude(organisation=None)
    for one in in_use_with_channels(own):
        contacts[partner_key(one)].append(one)
    return {key: Chains(partner, contacts[key], day) for key, partner in partners.items()}


def _own(town: Municipality, day: date) -> list[EmergencyContact]:
    found = in_use_with_channels(EmergencyContact.objects.of(town).of_town())
    return Chains(None, list(found), day).by_night()


def _by_function(
    does: Sequence[Capability], chains: dict[int, Chains], readiness: dict[int, float]
) -> list[dict[str, Any]]:
    """Part A: each kind of help with who gives it, the surest first."""
    found: dict[str, list[Capability]] = defaultdict(list)
    for one in does:
        found[one.function].append(one)
    told = []
    for function in DisasterFunction:
        surest = sorted(found[function], key=lambda one: certainty_of(one, chains[one.partner.pk], readiness))
        rows = [promise_row(one, chains[one.partner.pk]) for one in surest]
        if rows:
            told.append({"key": function.value, "name": str(function.label), "rows": rows})
    return told


def _lacking(functions: Iterable[dict[str, Any]]) -> list[str]:
    """The kinds of help that nobody has promised."""
    known = {one["key"] for one in functions} | {DisasterFunction.OTHER, DisasterFunction.INSTALLATIONS}
    return [str(one.label) for one in DisasterFunction if one not in known]


def _by_partner(
    agreements: Sequence[Agreement],
    partners: dict[int, Organisation],
    does: Sequence[Capability],
    chains: dict[int, Chains],
) -> list[dict[str, Any]]:
    """Part B: each partner with agreements, promises and chain."""
    signed: dict[int, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        for partner in partners_of(agreement):
            signed[partner.pk].append(agreement)
    promised: dict[int, list[Capability]] = defaultdict(list)
    for one in does:
        promised[one.partner.pk].append(one)
    return [
        partner_part(partner, signed[key], promised[key], chains[key]) for key, partner in partners.items()
    ]
