"""The board of an incident: what is needed, who was asked for it, how far each has come, and who waits since when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.disasters.amounts import told_amount
from renkei.disasters.incidents.remaining import coverage
from renkei.disasters.models import Call, HelpRequest, Incident, Need, Step, UnplacedRecord
from renkei.disasters.vocabulary import NeedState, RequestState, StepKind

ANSWERS = (StepKind.ACCEPTED, StepKind.PARTLY, StepKind.DECLINED)
GIVEN_UP = (RequestState.DECLINED, RequestState.CANCELLED)
UNANSWERED = (RequestState.PLANNED, RequestState.ASKED)
ONE_MINUTE = timedelta(minutes=1)


def minutes_between(start: datetime | None, end: datetime | None) -> int | None:
    """Whole minutes; None where one of the two is not known."""
    return None if start is None or end is None else max((end - start) // ONE_MINUTE, 0)


@dataclass(frozen=True)
class RequestLine:
    """One request with the times of its steps; of a step that does not hold nothing is taken."""

    request: HelpRequest
    steps: tuple[Step, ...]
    calls: tuple[Call, ...]
    at: datetime

    def first(self, *kinds: StepKind) -> datetime | None:
        """When the first of these happened."""
        return min((one.at for one in self.steps if one.kind in kinds and not one.is_void), default=None)

    @property
    def asked_at(self) -> datetime | None:
        return self.first(StepKind.ASKED)

    @property
    def answered_at(self) -> datetime | None:
        return self.first(*ANSWERS)

    @property
    def arrived_at(self) -> datetime | None:
        return self.first(StepKind.ARRIVED)

    @property
    def waits_since(self) -> datetime | None:
        """Since when the town waits for the partner's answer; None where it does not."""
        return (self.asked_at or self.request.made_at) if self.request.state in UNANSWERED else None

    @property
    def minutes(self) -> int | None:
        """How long it has waited for the answer."""
        return minutes_between(self.waits_since, self.at)

    @property
    def link_answer(self) -> Step | None:
        """The answer that came by the link after the last call back: it counts only once somebody called."""
        checked = self.request.called_back_at
        came = [one for one in self.steps if one.came_by_link and one.kind in ANSWERS and not one.is_void]
        return came[-1] if came and (checked is None or came[-1].at > checked) else None

    @property
    def asked_for(self) -> str:
        return told_amount(self.request.quantity, self.request.unit)

    @property
    def promised(self) -> str:
        return told_amount(self.request.promised, self.request.unit)

    @property
    def arrived(self) -> str:
        return told_amount(self.request.arrived, self.request.unit)


@dataclass(frozen=True)
class NeedLine:
    """One need with its requests; sums count what is measured in the need's unit."""

    need: Need
    requests: tuple[RequestLine, ...]
    calls: tuple[Call, ...]
    at: datetime

    @property
    def live(self) -> list[RequestLine]:
        """Requests that nobody has declined or taken back."""
        return [one for one in self.requests if one.request.state not in GIVEN_UP]

    def sum(self, column: str, among: Iterable[RequestLine]) -> Decimal | None:
        """The sum of a column of the requests; None where it is said nowhere."""
        said = [getattr(one.request, column) for one in among if one.request.unit in (self.need.unit, "")]
        known = [one for one in said if one is not None]
        return sum(known, Decimal(0)) if known else None

    def _told(self, quantity: Decimal | None) -> str:
        return told_amount(quantity, self.need.unit)

    @property
    def requested(self) -> str:
        return self._told(self.sum("quantity", self.live))

    @property
    def promised(self) -> str:
        """What partners promised; an answer by the link counts once somebody has called back."""
        return self._told(self.sum("promised", self.live))

    @property
    def arrived(self) -> str:
        return self._told(self.sum("arrived", self.requests))

    @property
    def shortfall(self) -> Decimal | None:
        """How much is still missing of an open need; None where nobody has said how much, or it is settled."""
        if self.need.quantity is None or self.need.state != NeedState.OPEN:
            return None
        return max(self.need.quantity - (self.sum("arrived", self.requests) or Decimal(0)), Decimal(0))

    @property
    def short(self) -> str:
        return self._told(self.shortfall) if self.shortfall else ""

    @property
    def first_call_at(self) -> datetime | None:
        """The first call or request for it."""
        told = [one.at for one in self.calls]
        told += [one.asked_at for one in self.requests if one.asked_at]
        return min(told, default=None)

    @property
    def answered_at(self) -> datetime | None:
        return min((one.answered_at for one in self.requests if one.answered_at), default=None)

    @property
    def arrived_at(self) -> datetime | None:
        return min((one.arrived_at for one in self.requests if one.arrived_at), default=None)

    @property
    def is_unasked(self) -> bool:
        """Whether it is open and nobody is being asked for it."""
        return self.need.state == NeedState.OPEN and not self.live

    @property
    def waits_since(self) -> datetime | None:
        """Since when somebody should have answered, or somebody should have been asked."""
        if self.need.state != NeedState.OPEN:
            return None
        if not self.live:
            return self.need.opened_at
        return min((one.waits_since for one in self.live if one.waits_since), default=None)

    @property
    def is_all_there(self) -> bool:
        """Whether it is open still, although all of it has arrived."""
        return self.shortfall is not None and not self.shortfall

    @property
    def is_pressing(self) -> bool:
        """Whether somebody has to act: nobody asked, nobody answered, or too little promised."""
        if self.need.state != NeedState.OPEN:
            return False
        if self.waits_since or any(one.link_answer for one in self.requests):
            return True
        left = coverage(self.need, (one.request for one in self.requests)).left
        return bool(left)

    @property
    def minutes(self) -> int | None:
        """How long it has waited."""
        return minutes_between(self.waits_since, self.at)

    @property
    def first_call_minutes(self) -> int | None:
        return minutes_between(self.need.opened_at, self.first_call_at)

    @property
    def answer_minutes(self) -> int | None:
        return minutes_between(self.need.opened_at, self.answered_at)

    @property
    def arrival_minutes(self) -> int | None:
        return minutes_between(self.need.opened_at, self.arrived_at)


@dataclass(frozen=True)
class Conflict:
    """Two steps of one request that contradict each other, the one that happened first before the other."""

    step: Step

    @property
    def public_id(self) -> str:
        return self.step.public_id

    @property
    def request(self) -> HelpRequest:
        return self.step.request

    @property
    def both(self) -> list[Step]:
        return [one for one in (self.step.conflicts_with, self.step) if one is not None]

    def __str__(self) -> str:
        return "・".join(str(one) for one in self.both)


@dataclass(frozen=True)
class Board:
    """Everything of an incident at a moment; `needs` with the longest waiting first, what is settled last."""

    incident: Incident
    at: datetime
    needs: tuple[NeedLine, ...]
    conflicts: tuple[Conflict, ...] = ()
    unplaced: tuple[UnplacedRecord, ...] = ()
    calls: tuple[Call, ...] = field(default=(), repr=False)

    @property
    def requests(self) -> list[RequestLine]:
        return [one for need in self.needs for one in need.requests]

    @property
    def call_backs(self) -> list[RequestLine]:
        """Requests whose answer came by the link, and nobody has called back."""
        return [one for one in self.requests if one.link_answer]

    @property
    def open(self) -> list[NeedLine]:
        return [one for one in self.needs if one.need.state == NeedState.OPEN]

    @property
    def met(self) -> list[NeedLine]:
        return [one for one in self.needs if one.need.state == NeedState.MET]

    @property
    def groups(self) -> list[tuple[str, list[NeedLine]]]:
        """What somebody has to act on first; then what is on its way; then what is over."""
        rest = [one for one in self.open if not one.is_pressing]
        return [
            (
                _("片づいていないもの") if self.incident.closed_at else _("いま動くもの"),
                [one for one in self.open if one.is_pressing],
            ),
            (_("到着待ち"), rest),
            (_("充足・取下げ"), [one for one in self.needs if one.need.state != NeedState.OPEN]),
        ]

    @property
    def unanswered(self) -> list[RequestLine]:
        """Requests that wait for an answer, the oldest first."""
        waiting = [one for one in self.requests if one.waits_since]
        return sorted(waiting, key=lambda one: one.waits_since or self.at)


def board(incident: Incident, *, at: datetime) -> Board:
    """Needs × partners × states at a moment; in six questions, however much there is."""
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(request__incident=incident).select_related("by"):
        steps[step.request_id].append(step)
    calls = tuple(incident.calls.filter(voided_at=None).select_related("organisation", "by"))
    by_request: dict[int | None, list[Call]] = defaultdict(list)
    by_need: dict[int | None, list[Call]] = defaultdict(list)
    for call in calls:
        by_request[call.request_id].append(call)
        by_need[call.need_id].append(call)
    asked: dict[int, list[RequestLine]] = defaultdict(list)
    until = min(at, incident.closed_at or at)  # whoever still waited when it was over waits no more
    related = incident.requests.select_related("organisation", "agreement", "capability", "need")
    for request in related:
        request.incident = incident
        line = RequestLine(request, tuple(steps[request.pk]), tuple(by_request[request.pk]), until)
        asked[request.need_id].append(line)
    needs = [
        NeedLine(one, tuple(asked[one.pk]), tuple(by_need[one.pk]), until)
        for one in incident.needs.select_related("district")
    ]
    return Board(
        incident,
        at,
        tuple(sorted(needs, key=_urgency)),
        tuple(_conflicts(incident)),
        tuple(incident.unplaced.filter(settled_at=None).select_related("by")),
        calls,
    )


def _conflicts(incident: Incident) -> list[Conflict]:
    found = (
        Step.objects.in_conflict()
        .filter(request__incident=incident)
        .select_related("request__organisation", "request__need", "conflicts_with__by", "by")
    )
    return [Conflict(one) for one in found]


def _urgency(line: NeedLine) -> tuple[bool, bool, datetime, int]:
    """Open before settled, waiting before answered, the longest waiting first."""
    since = line.waits_since
    return line.need.state != NeedState.OPEN, since is None, since or line.need.opened_at, line.need.number
