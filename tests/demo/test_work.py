"""The demo town's work: the town's own twenty initiatives and fifteen results to the letter, and a past around them."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from renkei.agreements.models import Agreement
from renkei.audit.verification import faults
from renkei.demo.published import EXAMPLE_ID
from renkei.initiatives.models import (
    Campaign,
    Evaluation,
    FollowUp,
    Initiative,
    PlannedYear,
    RegularMeeting,
    Result,
    Story,
)
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.reminders.models import Letter

pytestmark = pytest.mark.django_db
REFERENCE = (Path(__file__).parent / "reference_2024.txt").read_text()


def joined(text: str) -> str:
    """The text without blanks and line breaks."""
    return re.sub(r"\s", "", text)


def lines_after(heading: str, mark: str, end: str) -> list[str]:
    """The marked lines of a part of the reference text, each joined over its line breaks."""
    part = REFERENCE[REFERENCE.index(heading) : REFERENCE.index(end)]
    return [joined(line) for line in part.split(mark)[1:]]


def test_the_example_has_the_twenty_initiatives_of_the_text_under_its_six_items(town):
    example = Agreement.objects.get(public_id=EXAMPLE_ID)
    work = Initiative.objects.about(example).select_related("item", "division", "field")
    part = REFERENCE[
        REFERENCE.index("健康の維持・増進に関すること") : REFERENCE.index("令和６年６月１日現在")
    ]
    items = [joined(text) for text in re.split(r"[(（][０-９0-9１-６][)）]", part)]
    read = [(item.split("■")[0], line) for item in items for line in item.split("■")[1:]]
    assert len(read) == 20
    assert [(joined(one.item.heading), joined(one.title)) for one in work] == read
    assert [*Counter(one.item.position for one in work).values()] == [8, 5, 1, 1, 4, 1]
    assert all(one.division and one.field and one.town_part and one.partner_part for one in work)
    assert PlannedYear.objects.filter(initiative__in=work, fiscal_year=2024).count() == 20


def test_the_fifteen_examples_of_reiwa_5_stand_in_their_order(town):
    examples = Result.objects.of(town).of_year(2023).exclude(highlight=None).order_by("highlight")
    assert [one.highlight for one in examples] == list(range(1, 16))
    assert [joined(one.public_text) for one in examples] == lines_after(
        "【令和５年度取組実績の例】", "・ ", "【旭川市行政改革"
    )
    assert {(one.state, one.publicity) for one in examples} == {(ResultState.CONFIRMED, Publicity.PUBLISHED)}


def test_there_is_a_past_with_figures_values_and_things_left_open(town):
    results = Result.objects.of(town)
    assert results.count() > 200 and Initiative.objects.of(town).count() >= 90
    assert {one.fiscal_year for one in results} == {2022, 2023, 2024, 2025}
    for state in (ResultState.REPORTED, ResultState.CONFIRMED, ResultState.SENT_BACK):
        assert results.filter(state=state).count() >= 3
    assert results.filter(figures__isnull=False).count() > 150
    for one in results.exclude(value=None):
        assert one.value == one.value_quantity * one.value_price and one.value_basis
    for one in results.exclude(done_on=None):
        assert date(one.fiscal_year, 4, 1) <= one.done_on <= date(one.fiscal_year + 1, 3, 31)
        assert one.agreement.signed_on <= one.done_on
    assert not results.filter(is_sample=False).exists()


def test_reiwa_4_was_collected_evaluated_and_published_and_reiwa_5_waits_to_be(town):
    campaign = Campaign.objects.of(town).get()
    assert (campaign.fiscal_year, campaign.publicity) == (2022, Publicity.PUBLISHED)
    assert campaign.closed_at and campaign.closing_note
    answers = Counter(campaign.lines.values_list("answer", flat=True))
    assert answers["results"] > 30 and answers["nothing"] > 100 and 0 < answers["waiting"] < 10
    verdicts = set(Evaluation.objects.of(town).values_list("verdict", flat=True))
    assert verdicts == {"continue", "improve", "end"}


def test_meetings_and_stories_are_there_and_no_letter_waits(town):
    assert set(RegularMeeting.objects.of(town).values_list("state", flat=True)) == {"held", "planned"}
    assert FollowUp.objects.filter(done_on=None).count() == 1
    assert not Letter.objects.filter(municipality=town).exists()
    assert list(faults()) == []


def test_everyone_reads_the_published_year_and_the_stories(town):
    everyone = Client()
    assert "件の実績" in everyone.get("/results/2022/").content.decode()
    for story in Story.objects.of(town):
        page = everyone.get(f"/stories/{story.public_id}/").content.decode()
        assert all(one.description in page for one in story.pictures.all())
    assert Story.objects.of(town).count() == 2
