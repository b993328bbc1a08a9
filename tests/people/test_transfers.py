"""Transfers from a sheet: read row by row, decided as one act for a day, taken back as one act."""

from datetime import date

import pytest
from django.utils import timezone

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.permissions import why_not_change
from renkei.audit.models import Entry
from renkei.people.models import Transfer, TransferState
from renkei.people.services import transfers
from renkei.people.services.deputies import appoint_deputy
from renkei.people.services.roles import end_role, give_role
from renkei.people.services.staff import close_accounts
from renkei.people.services.staffing import PeopleRefused
from renkei.people.sheet import SheetRefused, read_lines, rows_of_text, text_of
from renkei.people.transfers import Kind, digest, plan
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

TODAY, MARCH_31, APRIL = date(2026, 3, 10), date(2026, 3, 31), date(2026, 4, 1)
HEAD = "サインイン名\t氏名\t異動前の課\t異動後の課\t役割\t発令日"
ROWS = (
    "kankyo\t見本 環\t環境課\t福祉課\t\t",
    "bosai\t見本　防人\t\t退職\t\t令和8年3月31日",
    "shin\t見本 新\t\t環境課\t\t2026/4/1",
    "kankyo2\t見本 無\t環境課\t宇宙課\t\t",
)
SHEET = "\n".join(("令和8年4月1日付け人事異動", HEAD, *ROWS))


@pytest.fixture
def divisions():
    return {name: a_division(name=name) for name in ("環境課", "福祉課", "防災課")}


def a_person(sign_in_name, name, division, role=Role.RESPONSIBLE, **facts) -> User:
    person = User.objects.create_user(sign_in_name, name=name, municipality=a_municipality(), **facts)
    Assignment.objects.create(user=person, role=role, division=division, starts_on=date(2020, 4, 1))
    return person


@pytest.fixture
def people(divisions):
    return {
        "kanri": a_person("kanri", "見本 管理", None, Role.ADMINISTRATOR),
        "kankyo": a_person("kankyo", "見本 環", divisions["環境課"]),
        "bosai": a_person("bosai", "見本 防人", divisions["防災課"]),
    }


def brought(text=SHEET, starts_on=APRIL) -> Transfer:
    return transfers.bring(
        a_municipality(), rows_of_text(text), title="春の異動", starts_on=starts_on, actor=None
    )


def row(*cells) -> Transfer:
    return brought("\n".join([HEAD, "\t".join(cells)]))


def decided(transfer, people, day=TODAY) -> int:
    seen = digest(plan(transfer))
    count = transfers.decide(transfer, seen=seen, actor=people["kanri"], at=timezone.now(), day=day)
    transfer.refresh_from_db()
    return count


def everything() -> list:
    held = Assignment.objects.order_by("user__sign_in_name", "starts_on", "role", "division")
    rows = held.values_list("user__sign_in_name", "role", "division", "deputy_for", "starts_on", "ends_on")
    people = User.objects.exclude(is_active=False, last_login=None).order_by("sign_in_name")
    return [list(rows), list(people.values_list("sign_in_name", "is_active", "last_day"))]


def test_each_row_says_what_it_would_do_and_changes_nothing_yet(people):
    before = everything()
    moves = plan(brought())
    assert [move.kind for move in moves] == [Kind.MOVE, Kind.LEAVE, Kind.NEW, Kind.PROBLEM]
    assert [move.line.number for move in moves] == [3, 4, 5, 6]
    assert moves[0].later_words == "担当課の担当者(福祉課)"
    assert [end.words for end in moves[0].ends] == ["担当課の担当者(環境課)"]
    assert moves[1].day == MARCH_31
    assert moves[3].problems == [
        "令和8年4月1日に「宇宙課」という課はありません。課の名前を確かめてください。"
    ]
    assert everything() == before


def test_a_transferred_clerk_may_change_the_new_divisions_agreements_and_not_the_old_ones(people, divisions):
    old, new = (an_agreement(title=name, division=divisions[name]) for name in ("環境課", "福祉課"))
    assert decided(brought(), people) == 3
    clerk = people["kankyo"]
    assert [why_not_change(clerk, old, day=day) is None for day in (MARCH_31, APRIL)] == [True, False]
    assert [why_not_change(clerk, new, day=day) is None for day in (MARCH_31, APRIL)] == [False, True]


def test_whoever_retires_works_to_the_last_day_and_then_signs_in_no_more(people):
    decided(brought(), people)
    clerk = User.objects.get(sign_in_name="bosai")
    assert (clerk.is_active, clerk.last_day) == (True, MARCH_31)
    assert clerk.holds(Role.RESPONSIBLE, day=MARCH_31)
    assert not clerk.holds(*Role, day=APRIL)
    close_accounts(a_municipality(), day=APRIL)
    assert not User.objects.get(sign_in_name="bosai").is_active


def test_somebody_new_has_a_role_from_the_day_and_no_password_before_an_invitation(people, divisions):
    decided(brought(), people)
    new = User.objects.get(sign_in_name="shin")
    assert not new.has_usable_password()
    assert [new.works_for(divisions["環境課"], day=day) for day in (MARCH_31, APRIL)] == [False, True]


def test_the_act_tells_one_event_and_one_for_each_person(people):
    decided(brought(), people)
    told = list(Entry.objects.order_by("number").values_list("event", "subject_name"))
    assert sorted(told) == [
        ("people.added", "見本 新"),
        ("people.transfer_decided", "春の異動"),
        ("people.transferred", "見本 新"),
        ("people.transferred", "見本 環"),
        ("people.transferred_away", "見本 防人"),
    ]
    moved = Entry.objects.get(event="people.transferred", subject_name="見本 環")
    assert moved.changes["accounts.assignment"] == [
        ["担当課の担当者(環境課) 令和2年4月1日から"],
        [
            "担当課の担当者(環境課) 令和2年4月1日から令和8年3月31日まで",
            "担当課の担当者(福祉課) 令和8年4月1日から",
        ],
    ]


@pytest.mark.parametrize("day", [TODAY, date(2026, 4, 20)], ids=["before the day", "after it"])
def test_undo_brings_every_role_back_and_is_told(people, day):
    before = everything()
    transfer = brought()
    decided(transfer, people)
    if day > APRIL:
        close_accounts(a_municipality(), day=day)
    assert transfers.undo(transfer, actor=people["kanri"], at=timezone.now(), day=day) == 3
    assert everything() == before
    assert not User.objects.get(sign_in_name="shin").is_active
    told = Entry.objects.filter(event="people.transfer_of_person_undone")
    assert told.count() == 3
    with pytest.raises(PeopleRefused, match="取消し済み"):
        transfers.undo(transfer, actor=None, at=timezone.now(), day=day)


def test_undo_refuses_and_names_whoever_changed_since(people, divisions):
    transfer = brought()
    decided(transfer, people)
    later = people["kankyo"].assignments.get(division=divisions["福祉課"])
    end_role(later, on=date(2026, 5, 31), actor=None, day=TODAY)
    before = everything()
    with pytest.raises(PeopleRefused, match="見本 環"):
        transfers.undo(transfer, actor=None, at=timezone.now(), day=TODAY)
    assert everything() == before


def a_later_role_that_the_leaver_loses(people, division) -> tuple[Assignment, Transfer]:
    role = give_role(
        people["bosai"], role=Role.READER, division=division, starts_on=APRIL, actor=None, day=TODAY
    )
    decided(transfer := brought(), people)
    assert not Assignment.objects.filter(pk=role.pk).exists()
    return role, transfer


def test_a_role_that_comes_back_by_an_undo_is_the_same_one(people, divisions):
    role, transfer = a_later_role_that_the_leaver_loses(people, divisions["環境課"])
    transfers.undo(transfer, actor=people["kanri"], at=timezone.now(), day=TODAY)
    assert Assignment.objects.get(pk=role.pk).division == divisions["環境課"], "a reorganisation may know it"


def test_undo_refuses_where_the_division_of_a_dropped_role_is_gone(people, divisions):
    founded = a_division(name="脱炭素課")
    _role, transfer = a_later_role_that_the_leaver_loses(people, founded)
    founded.delete()
    with pytest.raises(PeopleRefused, match="見本 防人"):
        transfers.undo(transfer, actor=people["kanri"], at=timezone.now(), day=TODAY)


def test_after_an_undo_the_same_sheet_can_be_decided_again(people):
    first = brought()
    decided(first, people)
    transfers.undo(first, actor=None, at=timezone.now(), day=TODAY)
    again = brought()
    assert [move.kind for move in plan(again)] == [Kind.MOVE, Kind.LEAVE, Kind.BACK, Kind.PROBLEM]
    assert decided(again, people) == 3
    assert User.objects.get(sign_in_name="shin").is_active


def test_what_was_not_seen_is_not_carried_out(people, divisions):
    transfer = brought()
    seen = digest(plan(transfer))
    give_role(
        people["kankyo"],
        role=Role.READER,
        division=divisions["福祉課"],
        starts_on=TODAY,
        actor=None,
        day=TODAY,
    )
    end_role(people["kankyo"].assignments.get(division=divisions["環境課"]), on=TODAY, actor=None, day=TODAY)
    with pytest.raises(PeopleRefused, match="確かめた後に"):
        transfers.decide(transfer, seen=seen, actor=None, at=timezone.now(), day=TODAY)
    assert Transfer.objects.get().state == TransferState.READ


def test_a_transfer_is_decided_once(people):
    transfer = brought()
    decided(transfer, people)
    with pytest.raises(PeopleRefused, match="決定済み"):
        decided(transfer, people)
    assert Assignment.objects.filter(user__sign_in_name="kankyo").count() == 2


def test_a_deputy_of_an_administrator_makes_nobody_one_by_a_sheet(people):
    appoint_deputy(
        people["kankyo"], for_whom=people["kanri"], division=None, starts_on=TODAY, ends_on=MARCH_31, actor=None,
        day=TODAY,
    )  # fmt: skip
    transfer = row("bosai", "", "", "防災課", "管理者", "")
    with pytest.raises(PeopleRefused, match="管理者の代理は"):
        transfers.decide(
            transfer, seen=digest(plan(transfer)), actor=people["kankyo"], at=timezone.now(), day=TODAY
        )
    assert transfers.decide(
        transfer, seen=digest(plan(transfer)), actor=people["kanri"], at=timezone.now(), day=TODAY
    )


def test_the_last_administrator_is_not_transferred_away(people):
    transfer = row("kanri", "", "", "環境課", "担当者", "")
    with pytest.raises(PeopleRefused, match="管理者がいなくなる日"):
        decided(transfer, people)
    assert Transfer.objects.get().state == TransferState.READ
    assert people["kanri"].holds(Role.ADMINISTRATOR, day=APRIL)


PROBLEMS = {
    "unknown person": (("", "見本 謎", "", "環境課", "", ""), "登録されていません"),
    "wrong name": (("kankyo", "見本 防人", "", "環境課", "", ""), "サインイン名「kankyo」は見本 環です"),
    "not held": (("kankyo", "", "福祉課", "環境課", "", ""), "「福祉課」の役割を持っていません(いまの役割: 担当課の担当者(環境課))"),
    "no division": (("kankyo", "", "環境課", "", "", ""), "異動後の課が空です"),
    "unknown role": (("kankyo", "", "環境課", "福祉課", "課長", ""), "「課長」という役割はありません"),
    "unread day": (("kankyo", "", "環境課", "福祉課", "", "そのうち"), "そのうち"),
    "a month": (("kankyo", "", "環境課", "福祉課", "", "令和8年4月"), "日まで書いてください"),
    "administrator without words": (("kanri", "", "", "環境課", "", ""), "役割を書いてください"),
    "near": (("kankyo", "", "環境課", "福祉か", "", ""), "「福祉課」のことですか。"),
    "nobody": (("", "", "環境課", "福祉課", "", ""), "氏名もサインイン名も空です"),
    "a blank in the sign-in name": (("a b", "見本 新", "", "環境課", "", ""), "空白を入れず"),
    "a name too long": (("shin", "長" * 61, "", "環境課", "", ""), "60文字まで"),
    "unknown leaver": (("dare", "見本 誰", "", "転出", "", ""), "退職・転出の行は消してください"),
}  # fmt: skip


@pytest.mark.parametrize("cells, sentence", PROBLEMS.values(), ids=PROBLEMS)
def test_a_row_that_cannot_be_carried_out_says_why(people, cells, sentence):
    (move,) = plan(row(*cells))
    assert move.kind == Kind.PROBLEM
    assert sentence in "".join(move.problems)


def test_a_number_in_wide_digits_is_the_same_number(people, divisions):
    a_person("12345", "見本 番", divisions["環境課"])
    (move,) = plan(row("１２３４５", "", "環境課", "福祉課", "", ""))
    assert move.person.sign_in_name == "12345"


def test_of_two_people_with_one_name_the_sign_in_name_decides(people, divisions):
    a_person("kankyo9", "見本　環", divisions["福祉課"])
    (unclear,) = plan(row("", "見本環", "", "防災課", "", ""))
    assert "2人います" in unclear.problems[0]
    (clear,) = plan(row("kankyo9", "見本環", "", "防災課", "", ""))
    assert clear.person.sign_in_name == "kankyo9"


def test_of_two_divisions_with_one_name_the_department_decides(people):
    for department in ("総務部", "消防本部"):
        a_division(name="総務課", department=department)
    (unclear,) = plan(row("kankyo", "", "環境課", "総務課", "", ""))
    assert "「総務課」は2つあります" in unclear.problems[0]
    (clear,) = plan(row("kankyo", "", "環境課", "消防本部総務課", "", ""))
    assert str(clear.division) == "消防本部 総務課"


def test_a_division_that_opens_on_the_day_takes_people_from_that_day(people):
    a_division(name="新課", opened_on=APRIL)
    (move,) = plan(row("kankyo", "", "環境課", "新課", "", ""))
    assert move.kind == Kind.MOVE
    (early,) = plan(row("kankyo", "", "環境課", "新課", "", "令和8年3月1日"))
    assert early.kind == Kind.PROBLEM


def test_nobody_of_another_town_is_found_or_moved(people, divisions):
    theirs = a_municipality("011002")
    stranger = User.objects.create_user("yoso", name="他市 太郎", municipality=theirs)
    (by_name,) = plan(row("", "他市 太郎", "", "環境課", "", ""))
    assert "登録されていません" in by_name.problems[0]
    (by_sign_in,) = plan(row("yoso", "他市 太郎", "", "環境課", "", ""))
    assert by_sign_in.problems == ["サインイン名「yoso」はすでに使われています。別の名前にしてください。"]
    a_division(name="他市課", municipality=theirs)
    (division,) = plan(row("kankyo", "", "環境課", "他市課", "", ""))
    assert division.kind == Kind.PROBLEM
    assert stranger.assignments.count() == 0


def test_two_posts_at_once_are_two_rows_and_the_same_row_twice_is_a_problem(people, divisions):
    lines = [HEAD, *["kankyo\t\t環境課\t福祉課\t\t"] * 2, "kankyo\t\t環境課\t防災課\t閲覧者\t"]
    transfer = brought("\n".join(lines))
    assert [move.kind for move in plan(transfer)] == [Kind.MOVE, Kind.PROBLEM, Kind.MOVE]
    assert decided(transfer, people) == 1
    held = people["kankyo"].assignments.holding_on(APRIL).order_by("role")
    assert [one.words for one in held] == ["閲覧者(防災課)", "担当課の担当者(福祉課)"]


def test_whoever_goes_to_the_coordinating_division_coordinates_if_nothing_else_is_written(people):
    a_division(name="地域活動推進課", is_coordinating=True)
    (move,) = plan(row("kankyo", "", "環境課", "地域活動推進課", "", ""))
    assert move.role == Role.COORDINATOR


def test_a_row_says_whose_deputies_end_with_it(people, divisions):
    appoint_deputy(
        people["bosai"], for_whom=people["kankyo"], division=divisions["環境課"],
        starts_on=TODAY, ends_on=date(2026, 9, 30), actor=None, day=TODAY,
    )  # fmt: skip
    (move,) = plan(row("kankyo", "", "環境課", "福祉課", "", ""))
    assert [one.user.name for one in move.deputies] == ["見本 防人"]
    decided(row("kankyo", "", "環境課", "福祉課", "", ""), people)
    assert [people["bosai"].works_for(divisions["環境課"], day=day) for day in (MARCH_31, APRIL)] == [
        True,
        False,
    ]


def test_a_row_that_changes_nothing_is_said_so(people, divisions):
    (move,) = plan(row("kankyo", "", "環境課", "環境課", "", ""))
    assert (move.kind, move.ends, move.is_ready) == (Kind.SAME, [], False)


@pytest.mark.parametrize(
    "text", ["", "氏名,役割\n見本,閲覧者", HEAD], ids=["empty", "other table", "header only"]
)
def test_a_sheet_that_is_none_says_what_to_do(text):
    with pytest.raises(SheetRefused, match="見出し"):
        read_lines(rows_of_text(text))


def test_the_sheet_mended_as_text_reads_as_the_sheet_did():
    lines = read_lines(rows_of_text(SHEET))
    again = read_lines(rows_of_text(text_of(lines)))
    assert [(one.name, one.former, one.later, one.day) for one in again] == [
        (one.name, one.former, one.later, one.day) for one in lines
    ]


def test_the_department_in_a_column_of_its_own_belongs_to_the_division():
    (line,) = read_lines([["氏名", "新部", "新所属", "旧所属"], ["見本", "環境部", "環境課", ""]])
    assert (line.later, line.former) == ("環境部 環境課", "")


def test_three_hundred_rows_are_one_act(people, divisions):
    moved = [a_person(f"p{number:03}", f"見本 {number:03}号", divisions["環境課"]) for number in range(300)]
    transfer = brought("\n".join([HEAD, *(f"{one.sign_in_name}\t\t環境課\t福祉課\t\t" for one in moved)]))
    assert decided(transfer, people) == 300
    assert Assignment.objects.holding_on(APRIL).filter(division=divisions["福祉課"]).count() == 300
    assert Entry.objects.filter(event="people.transferred").count() == 300
