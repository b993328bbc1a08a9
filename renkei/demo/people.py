"""The demo town's people beyond those who are there to sign in: colleagues in each division, deputies, one April."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password

from renkei.accounts.models import Assignment, Role, User
from renkei.demo.town import OPENED, PASSWORD, PEOPLE
from renkei.municipalities.models import Division, Municipality
from renkei.people.models import Transfer
from renkei.people.services import transfers
from renkei.people.services.deputies import appoint_deputy
from renkei.people.transfers import digest, plan


@dataclass(frozen=True)
class Colleague:
    """Somebody who works in a division since an April."""

    sign_in_name: str
    name: str
    division: str
    since: int
    role: Role = Role.RESPONSIBLE


COLLEAGUES = (
    Colleague("sokatsu2", "見本 連", "coordination", 2023, Role.COORDINATOR),
    Colleague("bosai2", "見本 守", "disaster", 2021),
    Colleague("bosai3", "見本 備", "disaster", 2022, Role.DISASTER_OFFICER),
    Colleague("kankyo2", "見本 緑", "environment", 2022),
    Colleague("haiki1", "見本 澄", "waste", 2020),
    Colleague("haiki2", "見本 廻", "waste", 2024),
    Colleague("zoo2", "見本 象一", "zoo", 2019),
    Colleague("kenko1", "見本 健", "health", 2021),
    Colleague("kenko2", "見本 康子", "health", 2024),
    Colleague("choju1", "見本 寿", "older", 2020),
    Colleague("choju2", "見本 福", "older", 2023),
    Colleague("choju3", "見本 勤", "older", 2012),
    Colleague("kosodate1", "見本 育", "children", 2022),
    Colleague("kyoiku1", "見本 学", "education", 2021),
    Colleague("seisaku1", "見本 策", "policy", 2023),
    Colleague("kanko1", "見本 光", "tourism", 2021),
    Colleague("kanko2", "見本 景", "tourism", 2024),
    Colleague("toshi1", "見本 都", "city", 2020),
    Colleague("kenchiku1", "見本 築", "housing", 2022),
    Colleague("shobo1", "見本 消太", "fire", 2018),
    Colleague("suido1", "見本 水", "water", 2023),
)
DEPUTIES = (
    ("kenko2", "kosodate1", "children", date(2026, 5, 1), "育児休業"),
    ("sokatsu2", "kanri", "coordination", date(2026, 4, 1), "長期の不在に備えて"),
)
"""Who stands in for whom, to the end of the fiscal year."""
DEPUTIES_END = date(2027, 3, 31)

TRANSFER_TITLE = "令和8年4月1日付け人事異動.xlsx"
DECIDED_ON, FIRST_DAY = date(2026, 3, 23), date(2026, 4, 1)
DECIDED_AT = datetime(2026, 3, 23, 1, 0, tzinfo=UTC)
TRANSFERS = (
    ("サインイン名", "氏名", "異動前の課", "異動後の課", "発令日"),
    ("kankyo2", "見本 緑", "環境総務課", "廃棄物政策課", "令和8年4月1日"),
    ("kanko1", "見本 光", "観光課", "地域活動推進課", "令和8年4月1日"),
    ("choju3", "見本 勤", "長寿社会課", "退職", "令和8年3月31日"),
    ("kankyo3", "見本 新", "", "環境総務課", "令和8年4月1日"),
)


def people(town: Municipality, divisions: dict[str, int]) -> None:
    """The town's people with their roles, deputies, and what April 2026 changed."""
    password = make_password(PASSWORD)
    known = [(one.sign_in_name, one.name, one.division, OPENED, one.role) for one in PEOPLE]
    known += [
        (one.sign_in_name, one.name, one.division, date(one.since, 4, 1), one.role) for one in COLLEAGUES
    ]
    for number, (sign_in_name, name, division, since, role) in enumerate(known, start=1):
        user = User.objects.create(
            sign_in_name=sign_in_name,
            password=password,
            name=name,
            municipality=town,
            email=f"{sign_in_name}@example.jp",
            public_id=f"sh{number:010}",
        )
        Assignment.objects.create(user=user, division_id=divisions[division], role=role, starts_on=since)
    by_name = {one.sign_in_name: one for one in User.objects.of(town)}
    officer = {"user": by_name["bosai"], "division_id": divisions["disaster"]}
    Assignment.objects.create(role=Role.DISASTER_OFFICER, starts_on=OPENED, **officer)
    _april(town, by_name["kanri"])
    for deputy, absent, division, first, reason in DEPUTIES:
        appoint_deputy(
            by_name[deputy],
            for_whom=by_name[absent],
            division=Division.objects.of(town).get(pk=divisions[division]),
            starts_on=first,
            ends_on=DEPUTIES_END,
            actor=by_name["kanri"],
            day=first,
            reason=reason,
        )


def _april(town: Municipality, actor: User) -> None:
    transfer = transfers.bring(town, TRANSFERS, title=TRANSFER_TITLE, starts_on=FIRST_DAY, actor=actor)
    Transfer.objects.of(town).filter(pk=transfer.pk).update(public_id="tr0000000001", brought_at=DECIDED_AT)
    transfers.decide(transfer, seen=digest(plan(transfer)), actor=actor, at=DECIDED_AT, day=DECIDED_ON)
    User.objects.of(town).filter(sign_in_name="kankyo3").update(public_id="sh0000000099")
