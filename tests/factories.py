"""Records in domain words, without chance; say only what your test is about."""

from datetime import date

from renkei.accounts.models import Assignment, Role, User
from renkei.agreements.facts import AgreementFacts, PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services import register, register_many
from renkei.municipalities.models import Division, Municipality
from renkei.rules.japanese_calendar import PartialDay

LISTED = date(2026, 4, 1)
PASSWORD = "a-long-test-password"  # noqa: S105


def a_municipality(code: str = "012041") -> Municipality:
    """A town of the table that keeps its register here."""
    town, _ = Municipality.objects.get_or_create(
        code=code, defaults={"name": f"見本市{code}", "kind": "city"}
    )
    if not town.takes_part:
        town.takes_part = True
        town.save()
    return town


def a_division(
    *, municipality: Municipality | None = None, name: str = "防災課", **fields: object
) -> Division:
    """A division of the town."""
    return Division.objects.create(municipality=municipality or a_municipality(), name=name, **fields)


def a_user(
    *,
    role: Role = Role.COORDINATOR,
    municipality: Municipality | None = None,
    division: Division | None = None,
    sign_in_name: str = "tanto",
) -> User:
    """A person with a role since 2000; the password is PASSWORD."""
    user = User.objects.create_user(
        sign_in_name, PASSWORD, name="見本 花子", municipality=municipality or a_municipality()
    )
    Assignment.objects.create(user=user, division=division, role=role, starts_on=date(2000, 4, 1))
    return user


def an_agreement(
    *,
    title: str = "災害時における物資の供給に関する協定",
    partners: tuple[str, ...] = ("株式会社見本",),
    signed: str | None = "2024-04-01",
    starts: str | None = None,
    ends: str | None = None,
    renewal: RenewalFacts | None = None,
    municipality: Municipality | None = None,
    division: Division | None = None,
    published: bool = False,
    **facts: object,
) -> Agreement:
    """A registered agreement; `signed` as exactly as it is known, `starts` and `ends` for its first term."""
    term = (
        TermFacts(date.fromisoformat(starts), date.fromisoformat(ends) if ends else None) if starts else None
    )
    return register(
        AgreementFacts(
            title=title,
            parties=tuple(PartyFacts(name) for name in partners),
            listed_on=LISTED,
            signed=PartialDay.from_iso(signed) if signed else None,
            term=term,
            renewal=renewal,
            division_id=division.pk if division else None,
            is_published=published,
            **facts,  # type: ignore[arg-type]
        ),
        municipality=municipality or a_municipality(),
        actor=None,
    )


def agreements(
    count: int, *, title: str = "協定{number:02}", division: Division | None = None, **facts: object
) -> list[Agreement]:
    """So many agreements of the town at once, each with a number in its title."""
    told = [
        AgreementFacts(
            title=title.format(number=number),
            parties=(PartyFacts("株式会社見本"),),
            listed_on=LISTED,
            signed=PartialDay.from_iso("2024-04-01"),
            division_id=division.pk if division else None,
            **facts,  # type: ignore[arg-type]
        )
        for number in range(count)
    ]
    return register_many(told, municipality=a_municipality())
