"""Divisions are asked, answer item by item, and the window sums up what they say (庁内調整)."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from renkei.accounts.models import Role, User
from renkei.audit.models import Entry
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.procedures.awaiting import awaited, steps_of
from renkei.procedures.matrix import matrix_of, proposed_in, summary_of
from renkei.procedures.models import InquiredDivision, Inquiry, Procedure
from renkei.procedures.permissions import why_not_answer
from renkei.procedures.services.answering import ItemWords, answer, ask_for_time, set_deadline
from renkei.procedures.services.checking import Finding, check
from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.services.closing import close, reopen, state_of
from renkei.procedures.services.inquiring import ask_further, inquire, take_back, urge
from renkei.procedures.vocabulary import CheckAnswer, Stage
from renkei.procedures.whom_to_ask import not_asked_yet, proposed_divisions, usual_deadline
from renkei.reminders.models import Letter
from tests.factories import a_division, a_user, agreements
from tests.procedure_factories import AT, TODAY, a_procedure

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 15)
LATER = DUE + timedelta(days=7)


@dataclass
class Hall:
    """A window, three divisions with a clerk each, and a procedure that stands in 庁内調整."""

    window: Division = field(default_factory=lambda: a_division(name="市民協働課"))
    divisions: list[Division] = field(
        default_factory=lambda: [a_division(name=name) for name in ("健康課", "防災課", "環境課")]
    )

    def __post_init__(self):
        self.clerk = clerk_of(self.window, "madoguchi")
        self.clerks = [clerk_of(one, f"clerk{number}") for number, one in enumerate(self.divisions)]
        self.procedure = a_procedure(stage=Stage.COORDINATION, division=self.window)
        self.items = list(self.procedure.items.all())

    def ask(self, *divisions: Division, **facts) -> Inquiry:
        given = {"text": "参加できますか。", "items": self.items, "due_on": DUE, "public_id": "inquiry00001"}
        chosen = list(divisions or self.divisions)
        return inquire(self.procedure, divisions=chosen, by=self.clerk, at=AT, **given | facts)

    def answer(self, asked: InquiredDivision, *words: ItemWords, at=AT, remarks="", by=None) -> None:
        said = dict(zip(self.items, words, strict=True))
        answer(asked, said, person="見本 花子", remarks=remarks, by=by or self.clerks[0], at=at)

    def close(self, inquiry: Inquiry, **facts) -> Inquiry:
        given = {"summary": "三課が参加する。", "chosen": (), "responsible": {}, "seen": state_of(inquiry)}
        return close(inquiry, by=self.clerk, at=AT, **given | facts)


def clerk_of(division: Division, name: str) -> User:
    user = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=name)
    user.email = f"{name}@town.example"
    user.save()
    return user


YES = ItemWords("takes_part", initiatives="出前講座\n\n■ 測定会 ")
PERHAPS = ItemWords("under_conditions", "予算の範囲内")
NO = ItemWords("not", "所管しない")


@pytest.fixture
def hall() -> Hall:
    return Hall()


def letters_to(name: str) -> list[str]:
    return list(
        Letter.objects.filter(address=f"{name}@town.example").order_by("pk").values_list("subject", flat=True)
    )


def told(event: str) -> Entry:
    return Entry.objects.filter(event=f"procedure.{event}").latest("number")


def test_an_inquiry_reaches_the_clerks_of_each_division_once(hall, settings):
    settings.DESK_ADDRESS = "https://desk.example"
    inquiry = hall.ask()
    assert hall.ask() == inquiry
    assert [len(letters_to(f"clerk{number}")) for number in range(3)] == [1, 1, 1]
    asked = inquiry.divisions.get(division=hall.divisions[0])
    letter = Letter.objects.get(address="clerk0@town.example")
    assert f"https://desk.example/desk/procedures/answers/{asked.public_id}/" in letter.plain
    assert told("inquired").facts["divisions"] == "健康課、防災課、環境課"


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"text": " "}, "文を書いて"),
        ({"items": []}, "連携事項を一つ以上"),
        ({"due_on": TODAY - timedelta(days=1)}, "今日か"),
    ],
)
def test_an_inquiry_says_what_it_lacks_and_leaves_nothing_behind(hall, facts, words):
    with pytest.raises(ProcedureRefused, match=words):
        hall.ask(**facts)
    assert not Inquiry.objects.exists() and not letters_to("clerk0")


def test_only_divisions_of_the_day_are_asked_and_only_in_this_step(hall):
    closed = a_division(name="旧課", closed_on=date(2025, 3, 31))
    with pytest.raises(ProcedureRefused, match="いまある課ではありません"):
        hall.ask(closed)
    Procedure.objects.update(stage=Stage.DRAFTING)
    hall.procedure.refresh_from_db()
    with pytest.raises(ProcedureRefused, match="段階を移してから"):
        hall.ask()


def test_who_waits_for_whom_changes_with_each_answer(hall):
    inquiry = hall.ask(*hall.divisions[:2])
    waiting = awaited(hall.procedure, TODAY)
    assert [str(one.division) for one in waiting if one.page == "inquiries" and one.by == DUE] == [
        "健康課",
        "防災課",
    ]
    first, second = inquiry.divisions.all()
    assert {one.key for one in waiting} >= {first.public_id, second.public_id}
    hall.answer(first, YES, PERHAPS)
    assert "1課が回答" in steps_of(hall.procedure, TODAY)[1].tasks[0].note
    hall.answer(second, NO, NO)
    assert "回答がそろいました" in " ".join(one.what for one in awaited(hall.procedure, TODAY))
    assert letters_to("madoguchi") == [
        "【連携】健康課が庁内照会に回答しました",
        "【連携】防災課が庁内照会に回答しました",
    ]
    hall.close(inquiry)
    assert not [one for one in awaited(hall.procedure, TODAY) if one.page == "inquiries"]


def test_an_answer_is_complete_or_refused_and_a_changed_one_is_told_with_before_and_after(hall):
    asked = hall.ask().divisions.first()
    with pytest.raises(ProcedureRefused, match="条件か理由"):
        hall.answer(asked, YES, ItemWords("not"))
    with pytest.raises(ProcedureRefused, match="回答を選んで"):
        answer(asked, {hall.items[0]: YES}, person="", remarks="", by=hall.clerk, at=AT)
    assert not asked.answers.exists()
    hall.answer(asked, YES, PERHAPS)
    hall.answer(asked, YES, NO)
    before, after = told("answer_changed").changes["procedures.itemanswer"]
    assert before[1] == "災害対策に関すること: 条件付きで参加する / 予算の範囲内"
    assert after[1] == "災害対策に関すること: 参加しない / 所管しない"
    assert asked.answers.first().initiatives == "出前講座\n■ 測定会"
    entries = Entry.objects.count()
    hall.answer(asked, YES, NO)
    assert Entry.objects.count() == entries


def test_of_two_clerks_who_answer_at_once_the_second_is_told(hall):
    asked = hall.ask().divisions.first()
    other = InquiredDivision.objects.get(pk=asked.pk)
    hall.answer(asked, YES, YES)
    with pytest.raises(ChangedMeanwhile):
        hall.answer(other, NO, NO)
    assert asked.answers.first().verdict == "takes_part"


def test_an_answer_is_not_lost_to_a_clerk_who_takes_the_question_back_at_that_moment(hall):
    asked = hall.ask(hall.divisions[0]).divisions.get()
    seen = InquiredDivision.objects.select_related("inquiry__procedure", "division").get(pk=asked.pk)
    hall.answer(asked, YES, NO)
    with pytest.raises(ChangedMeanwhile):
        take_back(seen, by=hall.clerk, at=AT, reason="要らなくなった")
    assert InquiredDivision.objects.asked().get().answered_at == AT


def test_a_late_answer_is_taken_and_marked_and_after_closing_only_a_reopened_one_takes_it(hall):
    inquiry = hall.ask(*hall.divisions[:2])
    first, second = inquiry.divisions.all()
    assert first.is_late(DUE + timedelta(days=1)) and not first.is_late(DUE)
    hall.answer(first, YES, YES, at=AT + timedelta(days=20))
    assert first.was_late
    hall.close(inquiry)
    with pytest.raises(ProcedureRefused, match="締め切られて"):
        hall.answer(second, YES, YES)
    reopen(inquiry, due_on=LATER, by=hall.clerk, at=AT, reason="防災課の回答を待つ")
    second = InquiredDivision.objects.get(pk=second.pk)
    assert second.due_on == LATER
    assert letters_to("clerk1")[-1] == "【連携】庁内照会を再開しました"
    hall.answer(second, YES, YES)
    assert not second.was_late


def test_more_time_is_asked_for_and_granted_or_kept(hall):
    asked = hall.ask().divisions.first()
    with pytest.raises(ProcedureRefused, match="より後の日"):
        ask_for_time(asked, until=DUE, by=hall.clerks[0], at=AT, reason="課内の会議")
    ask_for_time(asked, until=LATER, by=hall.clerks[0], at=AT, reason="課内の会議")
    assert "延長を希望" in letters_to("madoguchi")[-1]
    assert f"deadline-{asked.public_id}" in {one.key for one in awaited(hall.procedure, TODAY)}
    set_deadline(asked, due_on=LATER, words="", by=hall.clerk, at=AT)
    assert (asked.due_on, asked.extension_asked) == (LATER, None)
    assert told("answer_day_set").changes["procedures.inquireddivision.due_on"] == [
        "2026-06-15",
        "2026-06-22",
    ]
    ask_for_time(asked, until=LATER + timedelta(days=9), by=hall.clerks[0], at=AT, reason="もう一度")
    set_deadline(asked, due_on=LATER, words="議会に間に合わないため", by=hall.clerk, at=AT)
    assert "のままとします。" in Letter.objects.filter(address="clerk0@town.example").latest("pk").plain


def test_divisions_are_added_and_taken_back_and_asked_again(hall):
    inquiry = hall.ask(hall.divisions[0])
    assert hall.divisions[1] in not_asked_yet(inquiry, TODAY)
    (added,) = ask_further(inquiry, divisions=[hall.divisions[1]], due_on=LATER, by=hall.clerk, at=AT)
    with pytest.raises(ProcedureRefused, match="すでに照会"):
        ask_further(inquiry, divisions=[hall.divisions[1]], due_on=LATER, by=hall.clerk, at=AT)
    take_back(added, by=hall.clerk, at=AT, reason="担当が違った")
    with pytest.raises(ProcedureRefused, match="取り消され"):
        hall.answer(added, YES, YES)
    assert [str(one.division) for one in matrix_of(hall.procedure).divisions] == ["健康課"]
    ask_further(inquiry, divisions=[hall.divisions[1]], due_on=LATER, by=hall.clerk, at=AT)
    assert letters_to("clerk1").count("【連携】庁内照会が届きました") == 2


def test_the_silent_are_urged_once_a_day(hall):
    inquiry = hall.ask(*hall.divisions[:2])
    hall.answer(inquiry.divisions.first(), YES, YES)
    assert [str(one.division) for one in urge(inquiry, by=hall.clerk, at=AT)] == ["防災課"]
    with pytest.raises(ProcedureRefused, match="今日はもう催促"):
        urge(inquiry, by=hall.clerk, at=AT)
    urge(inquiry, by=hall.clerk, at=AT + timedelta(days=15))
    assert letters_to("clerk1")[1:] == ["【連携】庁内照会に回答してください"] * 2
    assert len(letters_to("clerk0")) == 1


def test_the_matrix_holds_each_word_and_the_summary_follows_from_it(hall):
    inquiry = hall.ask()
    first, second, _third = inquiry.divisions.all()
    hall.answer(first, YES, NO, remarks="冬は避けてほしい")
    hall.answer(second, PERHAPS, YES)
    matrix = matrix_of(hall.procedure)
    assert [[cell.mark for cell in row.cells] for row in matrix.rows] == [["○", "△", ""], ["×", "○", ""]]
    assert [(one.mark, one.count) for one in matrix.rows[0].totals] == [
        ("○", 1),
        ("△", 1),
        ("×", 0),
        ("重", 0),
    ]
    assert matrix.rows[0].silent == 1
    summary = summary_of(matrix)
    assert (
        "1 健康の維持・増進に関すること\n  参加する: 健康課\n  条件付きで参加する: 防災課(予算の範囲内)"
        in summary
    )
    assert "参加しない: 健康課(所管しない)" in summary
    assert "健康課: 冬は避けてほしい" in summary and "回答のない課: 環境課" in summary


def test_closing_plans_what_was_chosen_and_names_the_divisions_of_the_items(hall):
    inquiry = hall.ask(hall.divisions[0])
    hall.answer(inquiry.divisions.get(), YES, PERHAPS)
    proposed = proposed_in(matrix_of(hall.procedure, inquiry))
    assert [one.title for one in proposed] == ["出前講座", "■ 測定会"]
    hall.close(inquiry, chosen=[proposed[0].key], responsible={hall.items[0]: hall.divisions[0]})
    planned = hall.procedure.planned_initiatives.get()
    assert (planned.title, planned.item, planned.division) == ("出前講座", hall.items[0], hall.divisions[0])
    assert planned.origin == "庁内照会 健康課"
    assert hall.procedure.items.first().division == hall.divisions[0]
    assert told("inquiry_closed").changes["procedures.cooperationitem.division"][1] == [
        "健康の維持・増進に関すること: 健康課"
    ]
    assert [one.title for one in proposed_in(matrix_of(hall.procedure))] == ["■ 測定会"]


def test_a_summary_of_answers_that_changed_meanwhile_is_refused(hall):
    inquiry = hall.ask(hall.divisions[0])
    with pytest.raises(ProcedureRefused, match="まだどの課も"):
        hall.close(inquiry)
    asked = inquiry.divisions.get()
    hall.answer(asked, YES, YES)
    seen = state_of(inquiry)
    hall.answer(asked, NO, NO)
    with pytest.raises(ProcedureRefused, match="回答が変わりました"):
        hall.close(inquiry, seen=seen)
    assert Inquiry.objects.get().is_open


def test_after_a_reorganisation_the_successor_answers(hall):
    old = hall.divisions[0]
    asked = hall.ask(old).divisions.get()
    successor = a_division(name="健康づくり課", opened_on=date(2026, 6, 10))
    Division.objects.filter(pk=old.pk).update(closed_on=date(2026, 6, 9))
    DivisionSuccession.objects.create(predecessor=old, successor=successor, on=date(2026, 6, 10))
    clerk = clerk_of(successor, "kenko")
    assert why_not_answer(clerk, asked, day=TODAY)
    assert why_not_answer(clerk, asked, day=DUE) is None
    assert "回答できます" in (why_not_answer(hall.clerks[1], asked, day=DUE) or "")
    assert successor in [one.division for one in awaited(hall.procedure, DUE)]


def test_whom_to_ask_is_proposed_with_the_reason(hall):
    agreements(3, division=hall.divisions[1], fields=("health",))
    hall.procedure.items.filter(pk=hall.items[1].pk).update(division=hall.divisions[2])
    assert {str(one): reason for one, reason in proposed_divisions(hall.procedure, TODAY).items()} == {
        "環境課": "「災害対策に関すること」の担当課",
        "防災課": "この分野の有効な協定が3件",
    }
    assert usual_deadline(hall.procedure, date(2026, 12, 18)) == date(2027, 1, 4)


def test_a_checklist_is_told_line_by_line_and_a_problem_in_words(hall):
    fair, order, *_others = hall.procedure.checks.filter(stage=Stage.COORDINATION)
    with pytest.raises(ProcedureRefused, match="何が問題か"):
        check(hall.procedure, {fair.pk: Finding("problem")}, by=hall.clerk, at=AT)
    findings = {fair.pk: Finding("problem", "一社だけを優遇するおそれ"), order.pk: Finding(CheckAnswer.FINE)}
    assert check(hall.procedure, findings, by=hall.clerk, at=AT) == 2
    assert check(hall.procedure, findings, by=hall.clerk, at=AT) == 0
    fair.refresh_from_db()
    assert fair.answered_by == hall.clerk
    _before, after = told("checked").changes["procedures.checkline"]
    assert after[0].endswith("問題がある(一社だけを優遇するおそれ)")
    task = next(one for one in steps_of(hall.procedure, TODAY)[1].tasks if one.page == "checks")
    assert task.is_problem and "問題がある項目が1件" in task.note
