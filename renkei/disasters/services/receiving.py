"""Taking in what was recorded without network: each record once, in whatever order it comes, nothing thrown away."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record as tell
from renkei.disasters import events
from renkei.disasters.models import (
    Call,
    HelpRequest,
    Incident,
    IncidentNote,
    Need,
    Step,
    UnplacedRecord,
)
from renkei.disasters.offline.told import Kind, Told, Unreadable, read
from renkei.disasters.refusals import IncidentRefused, RequestRefused
from renkei.disasters.services.placing import NoPlace, place
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import NeedState

MODELS: Mapping[Kind, type[models.Model]] = {
    Kind.INCIDENT: Incident, Kind.NEED: Need, Kind.CALL: Call, Kind.REQUEST: HelpRequest, Kind.STEP: Step,
    Kind.NOTE: IncidentNote,
}  # fmt: skip
TRIES = 3
"""Two devices may send the same at the same moment: whoever comes second finds it there at the next try."""


class Outcome(StrEnum):
    """What became of a record; a refused one was not kept, so the device keeps it."""

    TAKEN = "taken"
    KNOWN = "known"
    CONFLICT = "conflict"
    UNPLACED = "unplaced"
    REFUSED = "refused"


@dataclass(frozen=True)
class Received:
    """The answer to one record, with the ids of what it is about."""

    public_id: str
    outcome: Outcome
    sentence: str = ""
    incident: str = ""
    request: str = ""


def receive(
    incident: Incident | None, records: Sequence[object], *, actor: User, at: datetime
) -> list[Received]:
    """Take in the records, each in a transaction of its own; the answers are in their order.

    Without an incident each record names its own, which may be among the records. What is known already changes
    nothing; what finds no place is kept whole for a person, and finds it by itself when what it waits for comes.
    """
    answers: list[Received] = [Received("", Outcome.REFUSED)] * len(records)
    for at_place in sorted(range(len(records)), key=lambda one: not _opens(records[one])):
        answers[at_place] = _received(records[at_place], incident, actor, at)
    placed = dict(_placed_at_last(answers, at))
    return [placed.get(one.public_id, one) if one.outcome is Outcome.UNPLACED else one for one in answers]


def _opens(raw: object) -> bool:
    return isinstance(raw, dict) and raw.get("record") == Kind.INCIDENT.value


def _received(raw: object, incident: Incident | None, actor: User, at: datetime) -> Received:
    named = raw.get("id") if isinstance(raw, dict) else None
    public_id = named if isinstance(named, str) else ""
    try:
        told = read(raw, at=at)
        if incident is not None and not told.incident:
            told = replace(told, incident=incident.public_id)
        if incident is not None and told.incident != incident.public_id:
            raise Unreadable(_("ほかの災害・訓練の記録です。"))
        return _tried(lambda: _taken(told, actor, at))
    except (Unreadable, IncidentRefused) as wrong:
        return Received(public_id, Outcome.REFUSED, str(wrong))


def _tried(take: Callable[[], Received]) -> Received:
    for _attempt in range(TRIES - 1):
        try:
            return take()
        except IntegrityError:
            continue
    return take()


@in_turn()
def _taken(told: Told, actor: User, at: datetime) -> Received:
    """Take in one record, or keep it whole where it finds no place."""
    is_known = MODELS[told.kind]._default_manager.filter(public_id=told.public_id).exists()
    incident = None if told.kind is Kind.INCIDENT else _incident_of(told, actor)
    if incident and incident.unplaced.filter(public_id=told.public_id).exclude(settled_at=None).exists():
        return Received(
            told.public_id, Outcome.KNOWN, "", told.incident
        )  # a person, or what it waited for, settled it
    try:
        with transaction.atomic():
            row = place(told, incident, actor, at)
    except (NoPlace, IncidentRefused, RequestRefused) as why:
        if incident is None:
            raise IncidentRefused(str(why)) from why
        return _kept(told, incident, str(why), actor, at)
    _found_its_place(told.public_id, at)
    return _answer(told, row, is_known)


def _incident_of(told: Told, actor: User) -> Incident:
    found = Incident.objects.of(actor.municipality).filter(public_id=told.incident).first()
    if found is None:
        raise IncidentRefused(
            _("この記録の災害・訓練が、台帳に見つかりません。先にその災害・訓練の記録を送ってください。")
        )
    return found


def _answer(told: Told, row: models.Model, is_known: bool) -> Received:
    request = row.request if isinstance(row, Step | Call) else row if isinstance(row, HelpRequest) else None
    answer = Received(
        told.public_id,
        Outcome.KNOWN if is_known else Outcome.TAKEN,
        "" if is_known else _lateness(row),
        told.incident,
        request.public_id if request else "",
    )
    if isinstance(row, Step) and row.conflicts_with and row.settled_at is None:
        against = {"step": row, "other": row.conflicts_with, "partner": row.request.organisation}
        said = _(
            "%(partner)sの「%(step)s」は、ほかの記録「%(other)s」と食い違っています。どちらが正しいか選んでください。"
        )
        return replace(answer, outcome=Outcome.CONFLICT, sentence=said % against)
    return answer


def _lateness(row: models.Model) -> str:
    """What is to be known of a record that came when all was over."""
    about = row.request if isinstance(row, Step) else row
    incident = about.incident if isinstance(about, Need | Call | HelpRequest | IncidentNote) else None
    if incident is not None and incident.closed_at is not None:
        return _("終わった災害・訓練に、あとから届いた記録として取り込みました。")
    need = about.need if isinstance(about, Call | HelpRequest) else None
    if need is not None and need.state != NeedState.OPEN:
        return _("片づいた「%(need)s」に、あとから届いた記録として取り込みました。") % {"need": need}
    return ""


def _kept(told: Told, incident: Incident, reason: str, actor: User, at: datetime) -> Received:
    """Keep the record whole until a person, or what it waits for, settles it."""
    known = UnplacedRecord.objects.filter(public_id=told.public_id).first()
    if known is not None and known.incident_id != incident.pk:
        raise Unreadable(
            _("この記録の番号は、もう使われています。画面を読み直して、もう一度記録してください。")
        )
    answer = Received(told.public_id, Outcome.UNPLACED, reason, told.incident)
    if known is not None:
        return answer
    incident.unplaced.create(
        public_id=told.public_id,
        kind=told.kind.value,
        told=told.as_kept,
        reason=reason,
        received_at=at,
        by=actor,
    )
    tell(events.RECORD_UNPLACED, actor, incident, municipality=incident.municipality, why=reason)
    return answer


def _found_its_place(public_id: str, at: datetime) -> None:
    """What the record waited for has come, and it has found its place."""
    waiting = UnplacedRecord.objects.filter(public_id=public_id, settled_at=None)
    waiting.update(settled_at=at, settled_note=_("あとから届いた記録により、取り込めました。"))


def _placed_at_last(answers: Iterable[Received], at: datetime) -> Iterator[tuple[str, Received]]:
    """Records that waited, and find their place now that others have come; one may wait for another of them."""
    moved = {one.incident for one in answers if one.outcome in (Outcome.TAKEN, Outcome.CONFLICT)}
    rows = UnplacedRecord.objects.filter(incident__public_id__in=moved, settled_at=None)
    waiting = list(rows.select_related("incident__municipality", "by").order_by("received_at", "pk"))
    is_moving = True
    while waiting and is_moving:
        still = []
        for kept in waiting:
            answer = _placed_now(kept, at)
            if answer is None:
                still.append(kept)
            else:
                yield answer.public_id, answer
        is_moving, waiting = len(still) < len(waiting), still


def _placed_now(kept: UnplacedRecord, at: datetime) -> Received | None:
    told = read(kept.told, at=kept.received_at)
    try:
        with in_turn():
            row = place(told, kept.incident, kept.by, kept.received_at)
            _found_its_place(told.public_id, at)
    except (NoPlace, IncidentRefused, RequestRefused):
        return None
    return _answer(told, row, is_known=False)
