"""A town before its reorganisation of April 2027, in domain words."""

from datetime import UTC, date, datetime, timedelta

from renkei.handovers.services import decide
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.services.plans import add_step, plan
from renkei.people.steps import StepKind
from tests.factories import a_division, a_municipality, an_agreement

APRIL = date(2027, 4, 1)
MARCH = date(2027, 3, 31)
AUTUMN = date(2026, 11, 26)
DECIDED_AT = datetime(2026, 11, 26, 1, tzinfo=UTC)
DAYS = [APRIL + timedelta(days=number) for number in range(-40, 41)]
ELDERLY, DISABLED = "福祉部 介護課", "福祉部 障害課"


def a_plan(name: str = "令和9年度機構改革", on: date = APRIL) -> Reorganisation:
    return plan(name, on=on, municipality=a_municipality(), actor=None)


def step(
    to: Reorganisation, kind: StepKind, divisions: tuple[Division, ...] = (), into: tuple[str, ...] = ()
):
    return add_step(to, kind, divisions=[one.public_id for one in divisions], into=into, actor=None)


def decided(to: Reorganisation) -> Reorganisation:
    return decide(to, actor=None, at=DECIDED_AT)


def welfare() -> Division:
    """福祉課, which took over 援護課 in 2010; both signed agreements."""
    old = a_division(department="民生部", name="援護課", closed_on=date(2010, 3, 31))
    new = a_division(department="福祉部", name="福祉課", opened_on=date(2010, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2010, 4, 1))
    for number in range(3):
        an_agreement(title=f"援護の協定{number}", division=old, signed="2005-04-01", fields=("older_people",))
    for number in range(5):
        an_agreement(
            title=f"福祉の協定{number}",
            division=new,
            signed="2015-04-01",
            fields=("welfare",),
            published=True,
        )
    an_agreement(title="三月まで", division=new, starts="2020-04-01", ends="2027-03-20")
    an_agreement(title="四月から", division=new, starts="2027-04-10", ends="2028-03-31")
    return new
