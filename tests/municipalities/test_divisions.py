"""Divisions and their reorganisations: who holds whose duties on a day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, DivisionSuccession, Municipality
from tests.factories import a_division, a_municipality

pytestmark = pytest.mark.django_db

BEFORE, FROM = date(2020, 3, 31), date(2020, 4, 1)
LATER = date(2024, 4, 1)


def succeeds(predecessor, successor, *, on=FROM):
    DivisionSuccession.objects.create(predecessor=predecessor, successor=successor, on=on)


def closed(name, *, until=BEFORE):
    return a_division(name=name, closed_on=until)


def opened(name, *, since=FROM, until=None):
    return a_division(name=name, opened_on=since, closed_on=until)


def holder(division, day):
    return Lineage(a_municipality()).on(division.pk, day).name


def test_all_prefectures_and_municipalities_are_loaded():
    assert Municipality.objects.count() == 1788
    assert Municipality.objects.filter(kind="prefecture").count() == 47
    assert Municipality.objects.get(code="012041").name_kana == "あさひかわし"


@pytest.mark.parametrize(
    "day, exists",
    [("2020-03-31", False), ("2020-04-01", True), ("2024-03-31", True), ("2024-04-01", False)],
)
def test_a_division_exists_from_its_first_to_its_last_day_in_python_and_sql(day, exists):
    division = opened("防災課", until=date(2024, 3, 31))
    asked = date.fromisoformat(day)
    assert division.existed_on(asked) is exists
    assert Division.objects.existing_on(asked).filter(pk=division.pk).exists() is exists


def test_duties_follow_a_chain_of_reorganisations_both_ways():
    first, second, third = (
        closed("総務課"),
        opened("防災課", until=date(2024, 3, 31)),
        opened("危機課", since=LATER),
    )
    succeeds(first, second)
    succeeds(second, third, on=LATER)
    assert [holder(first, day) for day in (BEFORE, FROM, LATER)] == ["総務課", "防災課", "危機課"]
    assert [holder(third, day) for day in (BEFORE, FROM, LATER)] == ["総務課", "防災課", "危機課"]


def test_divisions_that_merge_are_both_held_by_the_new_one():
    one, two, merged = closed("環境課"), closed("清掃課"), opened("環境清掃課")
    succeeds(one, merged)
    succeeds(two, merged)
    held = Lineage(a_municipality()).held_by(merged, FROM)
    assert set(held) == {one.pk, two.pk, merged.pk}


def test_of_a_division_that_split_the_first_named_successor_holds_the_duties():
    old, one, two = closed("福祉課"), opened("介護課"), opened("障害課")
    succeeds(old, one)
    succeeds(old, two)
    assert holder(old, FROM) == "介護課"


def test_a_division_closed_without_successor_answers_for_itself():
    assert holder(closed("臨時課"), LATER) == "臨時課"


def test_a_circle_of_successions_ends():
    one, two = closed("一課"), closed("二課")
    succeeds(one, two)
    succeeds(two, one)
    assert holder(one, LATER) in {"一課", "二課"}


def test_a_succession_counts_only_from_its_day():
    old, new = closed("旧課"), opened("新課")
    succeeds(old, new, on=LATER)
    assert [holder(old, day) for day in (FROM, LATER)] == ["旧課", "新課"]


def test_divisions_of_another_town_are_not_in_the_lineage():
    elsewhere = a_division(municipality=a_municipality("011002"), name="他市の課")
    assert elsewhere.pk not in Lineage(a_municipality()).divisions


def refused(record, sentence):
    with pytest.raises(ValidationError, match=sentence):
        record.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def test_a_division_cannot_close_before_it_opens():
    town = a_municipality()
    refused(
        Division(municipality=town, name="課", opened_on=FROM, closed_on=BEFORE), "廃止日は設置日と同じ日か"
    )


def test_a_division_cannot_succeed_itself():
    division = a_division()
    refused(DivisionSuccession(predecessor=division, successor=division, on=FROM), "自分自身を引き継げません")
