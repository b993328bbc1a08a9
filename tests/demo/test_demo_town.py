"""The demo town says what Asahikawa's own text says, and what is made up is marked so."""

from collections import Counter
from datetime import date

import pytest

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party, Series
from renkei.agreements.vocabulary import Form
from renkei.demo.groups import GROUPS
from renkei.demo.published import EXAMPLE_ID, EXAMPLE_ITEMS
from renkei.demo.town import FURANO_LIST, RETAIL_NEWS, ZOO_LIST
from renkei.disasters.models import ContactCampaign, Lesson, UnplacedRecord
from renkei.disasters.readiness.single_points import PointKind
from renkei.disasters.readiness.whole import readiness_of
from renkei.reports.book import book_on
from renkei.reports.figures import register_on
from renkei.rules.japanese_calendar import is_working_day

DAY, SINCE = date(2024, 6, 1), date(2023, 6, 2)


@pytest.fixture
def figures(town):
    return register_on(Audience.staff(town), DAY, since=SINCE)


def told(rows) -> dict[str, int]:
    return {row.label: row.count for row in rows}


def test_329_are_in_force_and_32_of_them_signed_since(town, figures):
    assert (figures.total, figures.signed) == (329, 32)
    assert register_on(Audience.public(town), DAY).total == 329
    assert Agreement.objects.of(town).in_force_on(DAY).count() == 329


def test_disaster_is_the_largest_field_by_far(figures):
    first, second = figures.by_field[:2]
    assert first.label == "防災・災害対策"
    assert first.count > 1.5 * second.count


def test_partners_in_disaster_are_of_many_kinds(town):
    disaster = Agreement.objects.of(town).filter(field_links__field__slug="disaster.support")
    parties = Party.objects.filter(agreement__in=disaster, organisation__isnull=False)
    kinds = set(parties.values_list("organisation__kind", flat=True))
    assert kinds >= {"medical", "company", "utility", "media", "municipality", "welfare"}


def test_environment_is_many_because_texts_repeat(town, figures):
    environment = next(row for row in figures.by_field if row.label == "環境")
    assert environment.count == figures.by_field[1].count
    assert {row.label for row in environment.below} >= {
        "自然保全・生物多様性", "公害防止・環境保全", "レジ袋削減・マイバッグ", "廃棄物処理・リサイクル",
    }  # fmt: skip
    in_series = Agreement.objects.of(town).filter(
        field_links__field__slug__startswith="environment", series__isnull=False
    )
    assert in_series.in_force_on(DAY).count() > environment.count / 2
    assert in_series.values("series").distinct().count() <= 3


def test_the_zoo_holds_eighteen_with_research_bodies_and_zoos_at_home_and_abroad(town, figures):
    assert told(figures.by_division)["経済部 旭山動物園"] == 18
    zoo = Agreement.objects.of(town).filter(division__name="旭山動物園").in_force_on(DAY)
    assert {"university", "foreign", "municipality"} <= set(
        zoo.values_list("parties__organisation__kind", flat=True)
    )


def test_the_page_says_in_words_what_the_text_says(town):
    sentences = " ".join(remark.sentence for remark in book_on(Audience.staff(town), DAY).remarks)
    assert "最も多い分野は「防災・災害対策」" in sentences
    assert "「環境」" in sentences
    assert "「経済部 旭山動物園」の18件" in sentences


def test_the_example_has_its_six_items_as_the_text_gives_them(town):
    example = Agreement.objects.of(town).get(public_id=EXAMPLE_ID)
    assert example.form == Form.COMPREHENSIVE
    assert [item.heading for item in example.items.all()] == list(EXAMPLE_ITEMS)
    assert [item[:2] for item in EXAMPLE_ITEMS] == ["健康", "高齢", "子ど", "食育", "災害", "その"]
    assert example.division.is_coordinating
    assert example.is_sample


def test_published_facts_name_their_list_and_everything_else_is_marked_made_up(town):
    agreements = Agreement.objects.of(town)
    sources = Counter(agreements.filter(is_sample=False).values_list("source", flat=True))
    assert sources == {ZOO_LIST: 4, RETAIL_NEWS: 1, FURANO_LIST: 1}
    assert not agreements.filter(is_sample=True).exclude(source__contains="見本").exists()
    made_up = Party.objects.filter(
        agreement__in=agreements.filter(is_sample=True), organisation__isnull=False
    )
    assert [name for name in made_up.values_list("name_as_signed", flat=True) if "見本" not in name] == []


def test_each_title_has_a_reading(town):
    assert not Agreement.objects.of(town).filter(title_kana="").exists()


def test_days_are_working_days_and_more_in_later_years(town):
    made_up = Agreement.objects.of(town).filter(is_sample=True)
    days = [day for day in made_up.values_list("signed_on", flat=True) if day]
    assert [day for day in days if not is_working_day(day)] == []
    by_decade = Counter(day.year // 10 for day in days if day < SINCE)
    assert by_decade[198] < by_decade[199] < by_decade[200] < by_decade[201]
    assert max(Counter(days).values()) <= 3


def test_each_series_is_one_text(town):
    for series in Series.objects.filter(municipality=town):
        assert series.agreements.values("title").distinct().count() == 1
    assert Series.objects.filter(municipality=town).count() == sum(group.series for group in GROUPS) + 1


def test_readiness_is_neither_all_nor_nothing_and_work_stands_open(town):
    found = readiness_of(town, date(2026, 11, 27))
    assert found.tally.agreements == 138
    assert 5 <= found.tally.complete <= 10
    assert {one.kind for one in found.single_points} == {PointKind.PARTNER, PointKind.TELEPHONE}
    assert found.gaps
    running = ContactCampaign.objects.of(town).running().get()
    assert set(running.checks.values_list("answered_how", flat=True)) == {"", "link", "paper", "telephone"}
    assert UnplacedRecord.objects.filter(incident__municipality=town, settled_at=None).count() == 1
    assert Lesson.objects.of(town).open().count() == 1
