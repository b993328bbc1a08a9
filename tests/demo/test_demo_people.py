"""The demo town's people: somebody in each division, deputies, and an April that looks like one."""

from datetime import date

from renkei.accounts.models import Assignment, Role, User
from renkei.audit.models import Entry
from renkei.demo.town import PASSWORD, PEOPLE
from renkei.municipalities.models import Division
from renkei.people.models import Transfer, TransferState
from renkei.people.services.staffing import is_administered_from

MARCH_31, APRIL, JUNE = date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 1)


def roles_of(sign_in_name: str, day: date) -> list[str]:
    held = User.objects.get(sign_in_name=sign_in_name).assignments.holding_on(day)
    return [one.words for one in held.select_related("division", "deputy_for")]


def test_the_seven_sign_in_with_the_password_and_hold_their_roles_on_every_day(town):
    for person in PEOPLE:
        user = User.objects.of(town).get(sign_in_name=person.sign_in_name)
        assert user.check_password(PASSWORD)
        for day in (date(2020, 1, 1), APRIL, JUNE):
            assert user.holds(person.role, day=day)


def test_each_division_has_its_clerks_on_every_day(town):
    for day in (date(2025, 4, 1), JUNE):
        clerks = Assignment.objects.holding_on(day).filter(role__in=[Role.RESPONSIBLE, Role.COORDINATOR])
        manned = set(clerks.values_list("division", flat=True))
        assert {one.pk for one in Division.objects.of(town).existing_on(day)} <= manned
    assert 25 <= User.objects.of(town).count() <= 30


def test_two_were_transferred_one_retired_and_one_came_in_april(town):
    assert roles_of("kankyo2", MARCH_31) == ["担当課の担当者(環境部 環境総務課)"]
    assert roles_of("kankyo2", APRIL) == ["担当課の担当者(環境部 廃棄物政策課)"]
    assert roles_of("kanko1", APRIL) == ["総括課の担当者(市民生活部 地域活動推進課)"]
    assert roles_of("choju3", APRIL) == []
    assert User.objects.get(sign_in_name="choju3").has_left(APRIL)
    assert roles_of("kankyo3", APRIL) == ["担当課の担当者(環境部 環境総務課)"]
    transfer = Transfer.objects.of(town).get()
    assert (transfer.state, transfer.people_count) == (TransferState.DECIDED, 4)
    assert Entry.objects.filter(municipality=town, event="people.transfer_decided").count() == 1


def test_deputies_stand_in_and_are_shown_as_such(town):
    assert "担当課の担当者(子育て支援部 子育て支援課)・見本 育の代理" in roles_of("kenko2", JUNE)
    assert "管理者(市民生活部 地域活動推進課)・見本 管理の代理" in roles_of("sokatsu2", JUNE)
    assert is_administered_from(town, APRIL)
