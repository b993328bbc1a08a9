"""The demo town has procedures at every step and at every end, and a newcomer's outbox is empty."""

from collections import Counter
from datetime import date

import pytest

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.correspondents.models import Correspondent
from renkei.demo.proposers import EXAMPLE
from renkei.demo.published import EXAMPLE_ITEMS
from renkei.demo.town import PASSWORD
from renkei.initiatives.models import Initiative
from renkei.municipalities.models import Municipality
from renkei.procedures.awaiting import awaited
from renkei.procedures.contents import InitiativeList
from renkei.procedures.durations import usual_durations
from renkei.procedures.models import InquiredDivision, ItemAnswer, Procedure, Proposal
from renkei.procedures.vocabulary import STEPS, DraftKind, Kind, Stage, Verdict
from renkei.reminders.models import Letter

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def of(town: Municipality, **facts: object) -> Procedure:
    return Procedure.objects.of(town).get(**facts)


def test_some_stand_at_every_step_and_at_every_end(town):
    standing = Counter(Procedure.objects.of(town).values_list("stage", flat=True))
    assert set(standing) == set(Stage)
    assert standing[Stage.CONCLUDED] == 3
    assert Procedure.objects.of(town).exclude(held_since=None).count() == 1
    assert set(Procedure.objects.of(town).values_list("kind", flat=True)) == set(Kind)
    assert Proposal.objects.of(town).filter(sent_at=None).count() == 2
    assert not Procedure.objects.of(town).filter(is_sample=False).exists()


def test_somebody_is_awaited_in_each_that_runs(town):
    for procedure in Procedure.objects.of(town).running():
        assert awaited(procedure, DAY), procedure


def test_divisions_answer_differently_and_two_are_late(town):
    asked = InquiredDivision.objects.of(town).filter(inquiry__procedure=of(town, public_id="pc0000000013"))
    answers = ItemAnswer.objects.filter(asked__in=asked)
    assert set(answers.values_list("verdict", flat=True)) == set(Verdict)
    assert [str(one.division) for one in asked if one.is_late(DAY)] == [
        "福祉保険部 長寿社会課", "学校教育部 教育政策課",
    ]  # fmt: skip


def test_the_example_of_the_text_is_being_checked_with_its_six_items_and_twenty_initiatives(town):
    example = of(town, partner_name=EXAMPLE)
    assert example.stage == Stage.REVIEW
    listed = InitiativeList.read(example.versions.latest_of(DraftKind.INITIATIVES).content)
    assert listed.items == EXAMPLE_ITEMS
    assert Counter(row.item for row in listed.rows) == {1: 8, 2: 5, 3: 1, 4: 1, 5: 4, 6: 1}
    required = example.rounds.get().reviewers.filter(is_required=True)
    assert 0 < required.exclude(accepted_at=None).count() < required.count()


def test_a_word_file_has_come_back_with_an_article_more_and_a_comment(town):
    returned = of(town, public_id="pc0000000008").returned_drafts.get()
    assert returned.is_open
    assert [(one.kind, one.authors, one.is_tracked) for one in returned.changes.all()] == [
        ("inserted", ["見本 保"], True),
        ("reworded", ["見本 保"], True),
    ]
    assert [one.label for one in returned.remarks.all()] == ["第６条(秘密保持)"]


def test_a_main_field_gives_a_comprehensive_one_to_its_division(town):
    railway = of(town, main_field="tourism")
    assert (railway.form, str(railway.division)) == (Form.COMPREHENSIVE, "観光スポーツ部 観光課")


def test_concluded_ones_are_in_the_register_with_number_kana_documents_and_work(town):
    agreements = Agreement.objects.of(town).exclude(number=None).order_by("signed_on")
    assert [one.numbered for one in agreements] == ["令和7年度 第1号", "令和7年度 第2号", "令和8年度 第1号"]
    assert {one.attachments.count() for one in agreements} == {2}
    assert all(one.title_kana and one.is_published for one in agreements)
    assert Initiative.objects.filter(agreement__in=agreements).count() == 5


def test_the_steps_have_usual_durations(town):
    assert [one.count >= 3 for one in usual_durations(town)] == [True] * (len(STEPS) + 1)


def test_a_newcomers_outbox_is_empty_and_one_of_the_partners_people_has_a_password(town):
    assert not Letter.objects.of(town).exists()
    hanako = Correspondent.objects.of(town).get(email="hanako@example.com")
    assert hanako.is_responsible
    assert hanako.has_password(PASSWORD)
    assert Procedure.objects.seen_by(hanako).get().partner_name == EXAMPLE
