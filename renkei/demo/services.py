"""Building the demo town: the same town at every call, byte for byte where it matters."""

from datetime import date, timedelta
from math import isqrt

from django.db import transaction

from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.models import Agreement, Series
from renkei.agreements.services import register_many
from renkei.agreements.vocabulary import Form, RenewalKind
from renkei.audit.services import record
from renkei.demo import events
from renkei.demo.april import april
from renkei.demo.disasters import disasters
from renkei.demo.groups import ENDED_BEFORE, GROUPS, SIGNED_AFTER, Group
from renkei.demo.people import people
from renkei.demo.procedures import procedures
from renkei.demo.published import LISTED, TOWN, published_facts
from renkei.demo.town import CODE, DIVISIONS
from renkei.demo.wordings import wordings
from renkei.demo.work import work
from renkei.municipalities.models import Division, DivisionSuccession, Municipality
from renkei.rules.japanese_calendar import PartialDay, is_working_day
from renkei.rules.terms import last_day_of_term

SINCE = date(2023, 6, 2)
FIRST_SIGNED = date(1974, 4, 1)
FIRST_DISASTER = date(1995, 4, 3)
ENDS = date(2016, 3, 31)
REORGANISED = date(2019, 4, 1)
YEARLY = (
    "この協定の有効期間は、締結の日から1年間とする。ただし、期間満了の1か月前までに、甲乙いずれからも"
    "意思表示がないときは、更に1年間更新するものとし、以後も同様とする。"
)
SERIES_NAME = "{title}(同文)"


@transaction.atomic
def build() -> Municipality:
    """Build the demo town once; a second call changes nothing."""
    town = Municipality.objects.get(code=CODE)
    if Agreement.objects.of(town).exists():
        return town
    Municipality.objects.filter(pk=town.pk).update(takes_part=True)
    divisions = _divisions(town)
    people(town, divisions)
    facts = [*published_facts(divisions), *_made_up(town, divisions)]
    register_many(facts, municipality=town)
    april(town)
    procedures(town, divisions)
    work(town, divisions)
    disasters(town, divisions)
    wordings(town)
    record(events.BUILT, None, town, municipality=town, agreements=len(facts))
    return town


def _divisions(town: Municipality) -> dict[str, int]:
    made = {
        one.key: Division.objects.create(
            municipality=town,
            public_id=f"dv{number:010}",
            department=one.department,
            name=one.name,
            opened_on=one.opened,
            closed_on=one.closed,
            is_coordinating=one.is_coordinating,
        )
        for number, one in enumerate(DIVISIONS, start=1)
    }
    for one in DIVISIONS:
        if one.successor and one.closed:
            DivisionSuccession.objects.create(
                predecessor=made[one.key], successor=made[one.successor], on=one.closed + timedelta(days=1)
            )
    return {key: division.pk for key, division in made.items()}


def _made_up(town: Municipality, divisions: dict[str, int]) -> list[AgreementFacts]:
    facts: list[AgreementFacts] = []
    for place, group in enumerate((*GROUPS, *ENDED_BEFORE, *SIGNED_AFTER), start=1):
        series = _series(town, group, place, divisions[group.division]) if group.series else None
        for number in range(1, group.count + 1):
            signed = signing_day(group, place, number)
            facts.append(_facts(group, divisions, place, number, signed, series))
    return facts


def _series(town: Municipality, group: Group, place: int, division: int) -> int:
    facts = {
        "title": group.title,
        "title_kana": group.kana,
        "form": group.form.value,
        "purpose": purpose(group),
        "clause": YEARLY if group.yearly else "",
        "main_field": group.field,
        "town_letter": "甲",
        "partner_letter": "乙",
        "is_published": True,
    }
    name = SERIES_NAME.format(title=group.title)
    return Series.objects.create(
        municipality=town, public_id=f"sr{place:010}", name=name, division_id=division, facts=facts
    ).pk


def signing_day(group: Group, place: int, number: int) -> date:
    """A working day fixed by the group's place and the agreement's number; agreements become more with the years."""
    day = _any_day(group, place, number)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def _any_day(group: Group, place: int, number: int) -> date:
    if group in SIGNED_AFTER:
        return LISTED + timedelta(days=20 + 37 * number + place)
    if group in ENDED_BEFORE:
        return date(2006, 7, 3) + timedelta(days=11 * number)
    if number <= group.recent:
        return SINCE + timedelta(days=(61 * number + 13 * place) % 365)
    first = FIRST_DISASTER if group.field.startswith("disaster") else FIRST_SIGNED
    span = (SINCE - first).days
    spread = (number * 618_034 + place * 414_214) % 1_000_000 * span // 1_000_000
    return first + timedelta(days=isqrt(spread * span))


def _facts(
    group: Group, divisions: dict[str, int], place: int, number: int, signed: date, series: int | None
) -> AgreementFacts:
    term, renewal = _term(group, signed)
    before_reorganisation = group.division == "disaster" and signed < REORGANISED
    division = divisions["old_disaster" if before_reorganisation else group.division]
    return AgreementFacts(
        title=group.title,
        title_kana=group.kana,
        parties=(TOWN, PartyFacts(group.partner.format(n=number), kind=group.kind, letter="乙")),
        listed_on=LISTED,
        signed=PartialDay(signed.year, signed.month, signed.day),
        form=group.form,
        purpose=purpose(group),
        fields=(group.field,),
        main_field=None if group.form == Form.COMPREHENSIVE else group.field,
        term=term,
        renewal=renewal,
        division_id=division,
        series_id=series,
        is_published=True,
        is_sample=True,
        source="見本",
        public_id=f"{place:04}{number:08}",
    )


def purpose(group: Group) -> str:
    """One made-up sentence that says what the group's agreements are for."""
    subject = group.title.split("に関する")[0]
    return f"{subject}について、市と相手方がそれぞれの役割を果たし、市民の暮らしを支える。(見本)"


def _term(group: Group, signed: date) -> tuple[TermFacts | None, RenewalFacts | None]:
    if group in ENDED_BEFORE:
        return TermFacts(signed, ENDS), RenewalFacts(RenewalKind.NONE)
    if not group.yearly:
        return None, None
    first_day = signed + timedelta(days=1)
    term = TermFacts(first_day, last_day_of_term(first_day, months=12))
    return term, RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=1, clause=YEARLY)
