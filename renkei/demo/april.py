"""An April in the demo town beyond its people: decisions about renewals, a change, a handover, next April's plan."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from renkei.accounts.models import User
from renkei.agreements.deadlines import Due, DueKind, due_between
from renkei.agreements.models import Agreement
from renkei.agreements.services import Amended, amend, decline, let_renew
from renkei.handovers.services.handing import accept, hand_over, prepare, write_notes
from renkei.municipalities.models import Division, Municipality
from renkei.people.services import plans
from renkei.people.steps import StepKind

FIRST_DAY = date(2026, 4, 1)
DECIDED_ABOUT = (date(2026, 4, 1), date(2026, 9, 30))
DECIDED_BEFORE = timedelta(days=20)
DECISIONS = 24
NOT_RENEWED = 8
"""Every so many decisions is one not to renew."""
AMENDED_ON = date(2026, 4, 1)
HANDED_OVER_ON = date(2026, 3, 25)
ACCEPTED_AT = datetime(2026, 3, 27, 1, 30, tzinfo=UTC)
NEXT_APRIL = date(2027, 4, 1)
NEXT_PLAN = "令和9年度機構改革(案)"


def april(town: Municipality) -> None:
    """What clerks did in and around April 2026, each act told by its own service."""
    people = {one.sign_in_name: one for one in User.objects.of(town)}
    _decisions(town, people)
    _change(town, people["sokatsu"])
    _handover(town, people)
    _plan(town, people["sokatsu"])


def _decisions(town: Municipality, people: dict[str, User]) -> None:
    """Half a year's renewals in the order of their deadlines; some were not renewed, later ones still wait."""
    notices = (
        due for due in due_between(Agreement.objects.of(town), *DECIDED_ABOUT) if due.kind == DueKind.NOTICE
    )
    for number, due in enumerate(islice(sorted(notices, key=_in_order), DECISIONS), start=1):
        day = due.on - DECIDED_BEFORE
        if number % NOT_RENEWED:
            let_renew(due.agreement, term_ends_on=due.term_ends_on, on=day, actor=people["sokatsu"])
        else:
            decline(
                due.agreement,
                term_ends_on=due.term_ends_on,
                on=day,
                actor=people["sokatsu"],
                notified_on=day,
                note="相手方が事業を終えるため、更新しないことで合意した。(見本)",
            )


def _in_order(due: Due) -> tuple[date, str]:
    return due.on, due.agreement.public_id


def _change(town: Municipality, actor: User) -> None:
    """One comprehensive agreement got an item more."""
    agreement = (
        Agreement.objects.of(town).filter(form="comprehensive", ending=None).order_by("public_id").first()
    )
    if agreement is None:
        return
    items = tuple(item.heading for item in agreement.items.all())
    amend(
        agreement,
        Amended(items=(*items, "デジタル活用の支援に関すること")),
        on=AMENDED_ON,
        signed_on=date(2026, 3, 26),
        summary="連携事項に、デジタル活用の支援を加える。(見本)",
        actor=actor,
    )


def _handover(town: Municipality, people: dict[str, User]) -> None:
    """The clerk who retired handed over to a colleague, who accepted."""
    handover = prepare(
        giver=people["choju3"], on=FIRST_DAY, actor=people["choju3"], receiver=people["choju2"]
    )
    write_notes(
        handover,
        notes={},
        message="見守りの協定は、毎年6月に協力事業者の連絡会があります。名簿は共有フォルダーにあります。(見本)",
        actor=people["choju3"],
    )
    hand_over(handover, actor=people["choju3"], day=HANDED_OVER_ON)
    accept(handover, actor=people["choju2"], at=ACCEPTED_AT)


def _plan(town: Municipality, actor: User) -> None:
    """What the next reorganisation may bring; it waits to be checked and decided."""
    known = {one.name: one.public_id for one in Division.objects.of(town).existing_on(NEXT_APRIL)}
    plan = plans.plan(NEXT_PLAN, on=NEXT_APRIL, municipality=town, actor=actor)
    plans.add_step(
        plan,
        StepKind.MERGE,
        divisions=[known["環境総務課"], known["廃棄物政策課"]],
        into=["環境部 ゼロカーボン推進課"],
        actor=actor,
    )
    plans.add_step(
        plan, StepKind.RENAME, divisions=[known["観光課"]], into=["観光スポーツ部 観光交流課"], actor=actor
    )
