"""In force on a day: first and last day included, in Python and in SQL alike."""

from datetime import date, timedelta

import pytest

from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.models import Agreement, Term
from renkei.agreements.services import (
    ChangedMeanwhile,
    EndRefused,
    RegistrationRefused,
    end,
    register,
    register_many,
    unregister_many,
)
from renkei.agreements.vocabulary import EndReason, RenewalKind
from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import PartialDay
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

FIVE_DAYS = [date(2024, 3, 30) + timedelta(days=n) for n in range(5)]
LISTED = date(2026, 4, 1)


def facts(**changes):
    return AgreementFacts(
        **{"title": "見本協定", "parties": (PartyFacts("株式会社見本"),), "listed_on": LISTED, **changes}
    )


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2024-03-31", 0), ("2024-04-01", 1), ("2025-03-31", 1), ("2025-04-01", 0)],
)
def test_an_agreement_is_in_force_from_its_first_to_its_last_day(day, counted):
    term = TermFacts(date(2024, 4, 1), date(2025, 3, 31))
    register(facts(term=term), municipality=a_municipality(), actor=None)
    assert Agreement.objects.in_force_on(date.fromisoformat(day)).count() == counted


@pytest.mark.parametrize("first", FIVE_DAYS, ids=str)
@pytest.mark.parametrize("last", [*FIVE_DAYS, None], ids=str)
def test_python_and_sql_agree_on_every_day(first, last):
    if last and last < first:
        last = first
    agreement = an_agreement()
    agreement.terms.all().delete()
    term = Term.objects.create(agreement=agreement, starts_on=first, ends_on=last, in_force_until=last)
    for day in FIVE_DAYS:
        assert Term.objects.covering(day).exists() is term.covers(day)
        assert (agreement.state_on(day) == "in_force") is term.covers(day)


@pytest.mark.parametrize(
    ("signed", "certain_from", "basis"),
    [
        ("2016-09-20", date(2016, 9, 20), "stated"),
        ("2016-09", date(2016, 9, 30), "month_end"),
        ("2016", date(2016, 12, 31), "year_end"),
        (None, LISTED, "listed"),
    ],
)
def test_an_unknown_signing_day_is_never_invented_but_counted_from_a_certain_day(signed, certain_from, basis):
    known = PartialDay.from_iso(signed) if signed else None
    agreement = register(facts(signed=known), municipality=a_municipality(), actor=None)
    term = agreement.terms.get()
    assert (term.starts_on, term.start_basis) == (certain_from, basis)
    assert agreement.signed_as == (signed or "")
    assert agreement.signed_on == (certain_from if basis == "stated" else None)


def test_automatic_renewal_keeps_an_agreement_in_force_after_its_term():
    renewal = RenewalFacts(RenewalKind.AUTOMATIC, months=12)
    term = TermFacts(date(2020, 4, 1), date(2021, 3, 31))
    register(facts(term=term, renewal=renewal), municipality=a_municipality(), actor=None)
    assert Agreement.objects.in_force_on(date(2030, 1, 1)).count() == 1


def test_an_ended_agreement_is_in_force_on_its_last_day_and_not_after():
    agreement = an_agreement(signed="2020-04-01")
    end(agreement, on=date(2024, 5, 31), reason=EndReason.BY_BOTH, actor=None)
    assert Agreement.objects.in_force_on(date(2024, 5, 31)).count() == 1
    assert Agreement.objects.in_force_on(date(2024, 6, 1)).count() == 0
    assert "終了としました(合意による終了)" in Entry.objects.last().sentence


def test_an_agreement_cannot_end_before_it_starts_nor_twice():
    agreement = an_agreement(signed="2020-04-01")
    with pytest.raises(EndRefused, match="始期"):
        end(agreement, on=date(2020, 3, 31), reason=EndReason.BY_BOTH, actor=None)
    end(agreement, on=date(2024, 5, 31), reason=EndReason.BY_BOTH, actor=None)
    with pytest.raises(EndRefused, match="すでに終了"):
        end(agreement, on=date(2025, 5, 31), reason=EndReason.BY_BOTH, actor=None)


def test_the_second_of_two_editors_is_refused_and_changes_nothing():
    agreement = an_agreement(signed="2020-04-01")
    second = Agreement.objects.get(pk=agreement.pk)
    end(agreement, on=date(2024, 5, 31), reason=EndReason.BY_BOTH, actor=None)
    agreement.ending.delete()
    with pytest.raises(ChangedMeanwhile, match="ほかの人"):
        end(second, on=date(2023, 5, 31), reason=EndReason.BY_NOTICE, actor=None)
    assert agreement.terms.get().in_force_until == date(2024, 5, 31)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "協定名が空です"),
        ({"parties": (PartyFacts("見本市", is_town=True),)}, "相手方が空です"),
        ({"term": TermFacts(date(2024, 4, 2), date(2024, 4, 1))}, "終期が始期より前"),
    ],
    ids=["no title", "no partner", "ends before it starts"],
)
def test_an_incomplete_agreement_is_refused_with_a_sentence(changes, sentence):
    with pytest.raises(RegistrationRefused, match=sentence):
        register(facts(**changes), municipality=a_municipality(), actor=None)


def test_the_division_of_another_town_is_refused():
    elsewhere = a_division(municipality=a_municipality("011002"))
    with pytest.raises(RegistrationRefused, match="担当課が見つかりません"):
        register(facts(division_id=elsewhere.pk), municipality=a_municipality("012041"), actor=None)


def test_partners_are_known_again_after_folding_but_keep_their_name_as_signed():
    town = a_municipality()
    first, second = register_many(
        [facts(parties=(PartyFacts("株式会社ローソン"),)), facts(parties=(PartyFacts("㈱ローソン"),))],
        municipality=town,
    )
    assert Organisation.objects.of(town).count() == 1
    assert [str(a.parties.get()) for a in (first, second)] == ["株式会社ローソン", "㈱ローソン"]


def test_taking_agreements_back_leaves_no_partner_that_nothing_names():
    town = a_municipality()
    kept = register(facts(), municipality=town, actor=None)
    mistakes = register_many([facts(), facts(parties=(PartyFacts("丸住製紙株式会社"),))], municipality=town)
    unregister_many(mistakes)
    assert list(Agreement.objects.all()) == [kept]
    assert [str(partner) for partner in Organisation.objects.all()] == ["株式会社見本"]


def test_a_partner_to_which_a_person_added_something_outlives_its_only_agreement():
    mistake = an_agreement(partners=("株式会社見本", "見本組合"))
    Organisation.objects.filter(name="見本組合").update(notes="窓口は総務課")
    unregister_many([mistake])
    assert list(Organisation.objects.values_list("name", flat=True)) == ["見本組合"]
