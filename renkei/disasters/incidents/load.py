"""What partners are asked for already in running incidents, and what has failed with them in this one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce

from renkei.disasters.contacts.chains import TELEPHONES, is_night
from renkei.disasters.models import Call, EmergencyContact, HelpRequest, Incident, Need
from renkei.disasters.vocabulary import CallOutcome, ReachedWhen, RequestState

OPEN = (
    RequestState.PLANNED,
    RequestState.ASKED,
    RequestState.ACCEPTED,
    RequestState.PARTLY,
    RequestState.DEPARTED,
    RequestState.SHORT,
)
PARTNER = Coalesce("organisation__merged_into", "organisation")
UNREACHED = (CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.WRONG)


@dataclass
class Load:
    """Of one partner: open requests of the town and what they promise, other towns that ask it, failures here."""

    requests: int = 0
    promised: Decimal = Decimal(0)
    other_towns: int = 0
    has_declined: bool = False
    unreached: int = 0
    request: str = ""
    """The state of what it is asked for this very need; "" where it is not asked."""


def loads(need: Need, numbers: dict[int, str]) -> dict[int, Load]:
    """By the partner's key; `numbers` are the corporate numbers (法人番号) of the partners, "" where unknown.

    Of other towns of the installation only a number is told; drills weigh on drills only.
    """
    found: dict[int, Load] = defaultdict(Load)
    _of_town(need.incident, need, found)
    _of_others(need.incident, numbers, found)
    calls = Call.objects.filter(incident=need.incident).valid().values(partner=PARTNER)
    reached = Max("at", filter=~Q(outcome__in=UNREACHED))
    missed = Max("at", filter=Q(outcome__in=UNREACHED))
    counts = calls.annotate(n=Count("pk", filter=Q(outcome__in=UNREACHED)), reached=reached, missed=missed)
    for row in counts.order_by():
        if row["missed"] and (row["reached"] is None or row["reached"] < row["missed"]):
            found[row["partner"]].unreached = row["n"]
    return found


def has_untried_number(chain: Sequence[EmergencyContact], tried: int, *, at: datetime) -> bool:
    """Whether somebody whose hour it is has a telephone number beyond those that led nowhere."""
    other_hour = ReachedWhen.DAY if is_night(at) else ReachedWhen.NIGHT
    awake = (one for one in chain if one.reached_when != other_hour)
    return tried < sum(one.kind in TELEPHONES for contact in awake for one in contact.channels.all())


def _of_town(incident: Incident, need: Need, found: dict[int, Load]) -> None:
    running = Incident.objects.of(incident.municipality).running().filter(kind=incident.kind)
    asked = HelpRequest.objects.filter(Q(incident__in=running) | Q(incident=incident))
    rows = asked.order_by("made_at", "pk").values_list(
        PARTNER, "state", "need_id", "incident_id", "promised", "quantity"
    )
    for partner, state, need_id, incident_id, promised, quantity in rows:
        load = found[partner]
        if state == RequestState.DECLINED and incident_id == incident.pk:
            load.has_declined = True
        if need_id == need.pk:
            load.request = state
        elif state in OPEN:
            load.requests += 1
            load.promised += promised if promised is not None else quantity or 0


def _of_others(incident: Incident, numbers: dict[int, str], found: dict[int, Load]) -> None:
    known: dict[str, list[int]] = defaultdict(list)
    for partner, number in numbers.items():
        if number:
            known[number].append(partner)
    if not known:
        return
    elsewhere = HelpRequest.objects.exclude(incident__municipality=incident.municipality_id)
    running = elsewhere.filter(incident__closed_at=None, incident__kind=incident.kind, state__in=OPEN)
    asked = running.filter(organisation__corporate_number__in=list(known))
    towns = asked.values(number=F("organisation__corporate_number")).annotate(
        towns=Count("incident__municipality", distinct=True)
    )
    for row in towns.order_by():
        for partner in known[row["number"]]:
            found[partner].other_towns = row["towns"]
