"""The figures say what counting the records says, after any changes, merges and rebuilds."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.agreements.audience import Audience
from renkei.agreements.changes import changed
from renkei.agreements.facts import AgreementFacts, PartyFacts, TermFacts
from renkei.agreements.models import Agreement, Term
from renkei.agreements.services import end, publish, register_many, unregister_many, withdraw
from renkei.agreements.services.end import last_day_in_force
from renkei.agreements.vocabulary import EndReason, Form
from renkei.partners.models import PartnerKind
from renkei.reports.counts import counts_for
from renkei.reports.models import DaySum, Stretch
from renkei.reports.services import merge, rebuild
from renkei.rules.japanese_calendar import PartialDay
from tests.factories import a_municipality, an_agreement
from tests.reports.reference import disagreements

pytestmark = pytest.mark.django_db

DAYS = [
    date(2023, 6, 1),
    date(2023, 6, 2),
    date(2024, 2, 29),
    date(2024, 5, 31),
    date(2024, 6, 1),
    date(2025, 3, 31),
]
days = st.sampled_from([*DAYS, date(2020, 1, 1), date(2030, 12, 31)]) | st.dates(
    date(2018, 1, 1), date(2032, 12, 31)
)
signings = (
    st.none() | st.sampled_from(["2023", "2023-06", "2024-05", "2024-06", "2024"]) | days.map(date.isoformat)
)
periods = st.tuples(days, days).map(sorted).map(tuple)
fields = st.lists(
    st.sampled_from(["disaster", "disaster.support", "environment.bags", "education"]), max_size=3
)
kinds = st.lists(st.sampled_from(list(PartnerKind)[:4]), min_size=1, max_size=3)


def facts(signed, term, form, slugs, parties, published, listed) -> AgreementFacts:
    return AgreementFacts(
        "協定", tuple(PartyFacts(f"見本{number}{kind}", kind=kind) for number, kind in enumerate(parties)), listed,
        PartialDay.from_iso(signed) if signed else None, form=form, fields=tuple(slugs), is_published=published,
        term=TermFacts(*term) if term else None,
    )  # fmt: skip


terms = st.none() | periods | st.tuples(days, st.none())
agreements = st.builds(facts, signings, terms, st.sampled_from(Form), fields, kinds, st.booleans(), days)


def change(kind: str, drawn: AgreementFacts, on: date) -> None:
    """One change of the register, or of what the figures are read from."""
    agreement = Agreement.objects.order_by("version", "pk").last()
    if kind in OF_FIGURES:
        OF_FIGURES[kind]()
    elif kind == "register":
        register_many([drawn, drawn], municipality=a_municipality("131016"))
    elif agreement and (kind != "end" or can_end(agreement, on)):
        OF_AN_AGREEMENT[kind](agreement, on)


def can_end(agreement: Agreement, on: date) -> bool:
    last = last_day_in_force(agreement) or on
    return not hasattr(agreement, "ending") and agreement.terms.first().starts_on <= on <= last


def renewed(agreement: Agreement, on: date) -> None:
    """A further term, which may overlap the others, told as services do."""
    Term.objects.create(agreement=agreement, starts_on=on, in_force_until=on + timedelta(days=400))
    changed.send(sender=Agreement, ids=[agreement.pk])


OF_FIGURES = {"merge": merge, "merge some": lambda: merge(1), "rebuild": rebuild}
OF_AN_AGREEMENT = {
    "publish": lambda agreement, on: publish(agreement, actor=None),
    "withdraw": lambda agreement, on: withdraw(agreement, actor=None),
    "end": lambda agreement, on: end(agreement, on=on, reason=EndReason.BY_BOTH, actor=None),
    "another term": renewed,
    "unregister": lambda agreement, on: unregister_many([agreement]),
}


CHANGES = ["register", *OF_AN_AGREEMENT, "merge", *OF_FIGURES]


def everybody() -> list[Audience]:
    return [
        *(Audience(a_municipality(code), internal) for code in ("012041", "131016") for internal in (True, False)),
        Audience.public(), Audience(None, internal=True),
    ]  # fmt: skip


@settings(max_examples=20)
@given(st.lists(agreements, max_size=5), st.lists(st.tuples(st.sampled_from(CHANGES), agreements, days), max_size=7),
       st.lists(periods, min_size=3, max_size=3))  # fmt: skip
def test_the_figures_are_what_the_records_count(first, changes, asked):
    questions = [(on, since) for since, on in asked]
    questions += [(on + timedelta(days=1), since) for on, since in questions]
    with transaction.atomic():
        register_many(first, municipality=a_municipality())
        for kind, drawn, on in changes:
            change(kind, drawn, on)
            assert disagreements(everybody()[-2:], questions[:1]) == []
        assert disagreements(everybody(), questions) == []
        transaction.set_rollback(True)


@settings(max_examples=20)
@given(
    st.lists(agreements, max_size=5),
    st.lists(st.tuples(st.sampled_from(CHANGES), agreements, days), max_size=7),
)
def test_sums_kept_up_to_date_are_the_sums_made_anew(first, changes):
    with transaction.atomic():
        register_many(first, municipality=a_municipality())
        for kind, drawn, on in changes:
            change(kind, drawn, on)
        merge()
        assert not Stretch.objects.waiting().exists()
        every = sorted({*DAYS, *DaySum.objects.values_list("day", flat=True)})
        kept = told_by_sums(every)
        assert rebuild() == 0
        assert kept == told_by_sums(every)
        transaction.set_rollback(True)


def told_by_sums(days: list[date]) -> list[object]:
    return [dict(counts_for(audience).on(day)) for audience in everybody()[-2:] for day in days]


def test_two_terms_without_a_gap_count_once_and_a_gap_counts_not_at_all():
    agreement = an_agreement(starts="2020-04-01", ends="2021-03-31")
    renewed(agreement, date(2021, 4, 1))
    renewed(agreement, date(2025, 1, 1))
    counts = counts_for(Audience.staff(a_municipality()))
    assert [
        counts.on(day)[""]
        for day in (date(2021, 3, 31), date(2021, 4, 1), date(2023, 1, 1), date(2025, 1, 1))
    ] == [1, 1, 0, 1]
    assert Stretch.objects.count() == 2
