"""A town says how its procedures go; those that have begun keep the course with which they began."""

import pytest

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Form
from renkei.audit.models import Entry
from renkei.procedures.course import Course
from renkei.procedures.models import ProcedureSettings
from renkei.procedures.services.arrange import arrange
from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.vocabulary import STEPS, Stage
from tests.factories import a_municipality, a_user
from tests.procedure_factories import TODAY, a_correspondent, a_procedure

pytestmark = pytest.mark.django_db

SHORT = Course(
    off={Form.INDIVIDUAL: ("coordination", "negotiation")},
    targets={"proposal": 3},
    checks={"coordination": ("議会に説明した",)},
    answer_days=5,
)


def arranged(course: Course = SHORT, seen: int = 0, **facts: object) -> ProcedureSettings:
    clerk = User.objects.first() or a_user()
    given = {"wanted": "見守り", "takes_proposals": True, **facts}
    return arrange(a_municipality(), course=course, seen=seen, by=clerk, **given)


def test_what_is_set_is_for_procedures_that_begin_after_it():
    before = a_procedure(form=Form.INDIVIDUAL)
    arranged()
    after = a_procedure(form=Form.INDIVIDUAL, author=a_correspondent(email="later@example.com"))
    before.refresh_from_db()
    assert before.steps == list(STEPS)
    assert after.steps == [STEPS[0], *STEPS[3:]]
    assert (before.stage_due_on - TODAY).days == 14 and (after.stage_due_on - TODAY).days == 3
    lines = [
        set(one.checks.filter(stage=Stage.COORDINATION).values_list("text", flat=True))
        for one in (before, after)
    ]
    assert lines[1] - lines[0] == {"議会に説明した"}


def test_the_change_is_told_in_words_before_and_after():
    arranged()
    entry = Entry.objects.get()
    before, after = entry.changes["procedures.proceduresettings.course"]
    assert "提案・確認の目安: 14日" in before
    assert after == ["提案・確認の目安: 3日", "庁内照会の回答: 5日", "個別連携協定は庁内調整を省く",
                     "個別連携協定は協議を省く", "庁内調整: 議会に説明した"]  # fmt: skip


def test_of_two_who_set_it_the_second_is_told():
    first = arranged()
    with pytest.raises(ChangedMeanwhile):
        arranged(Course(), seen=0)
    arranged(Course(), seen=first.version)
    with pytest.raises(ChangedMeanwhile):
        arranged(SHORT, seen=first.version)


@pytest.mark.parametrize(
    "course",
    [Course(off={"individual": ("signing",)}), Course(targets={"proposal": 0}), Course(answer_days=999),
     Course(checks={"review": ("長" * 301,)})],
    ids=["a step that must be", "no days", "too many days", "a long line"],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(course):
    with pytest.raises(ProcedureRefused, match="。"):
        arranged(course)
    assert not ProcedureSettings.objects.exists()
