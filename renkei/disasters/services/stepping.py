"""Steps of a request: each is kept, whatever the state; the state is computed anew from all that count."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.actors import Actor
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.amounts import LARGEST
from renkei.disasters.incidents.asked_facts import AskedFacts
from renkei.disasters.incidents.conflicts import contradictions
from renkei.disasters.incidents.states import standing_of
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest, Step
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.known import known_in
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import StepKind
from renkei.municipalities.public_id import new_public_id


@in_turn()
def record_step(
    request: HelpRequest,
    facts: StepFacts,
    *,
    actor: Actor,
    at: datetime,
    received_at: datetime,
    was_offline: bool = False,
    came_by_link: bool = False,
    public_id: str = "",
) -> Step:
    """Keep what happened and compute where the request stands; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    _refuse_unfit(facts)
    request = _locked(request)
    known = known_in(Step.objects.all(), public_id, lambda one: one.request_id == request.pk)
    if known:
        return known
    columns = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    step: Step = request.steps.create(
        public_id=public_id,
        at=at,
        received_at=received_at,
        by=actor if isinstance(actor, User) else None,
        was_offline=was_offline,
        came_by_link=came_by_link,
        **columns,
    )
    _stand(request)
    step.refresh_from_db()
    _told(events.STEPPED, step, actor)
    return step


@in_turn()
def change_request(request: HelpRequest, facts: AskedFacts, *, actor: User) -> HelpRequest:
    """Put right how much is asked, when and how; where it stands is computed anew. Of two editors one is told."""
    if facts.quantity is not None and not 0 <= facts.quantity < LARGEST:
        raise RequestRefused(_("数の桁を確かめてください。"))
    seen, request = request.version, _locked(request)
    if seen != request.version:
        raise RequestRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    HelpRequest.objects.filter(pk=request.pk).update(**vars(facts))
    request.quantity = facts.quantity
    _stand(request)
    request.refresh_from_db()
    incident, partner = request.incident, request.organisation
    what = str(request.need)
    record(
        events.REQUEST_CHANGED,
        actor,
        incident,
        municipality=incident.municipality,
        partner=partner,
        what=what,
    )
    return request


@in_turn()
def settle_conflict(step: Step, *, holds: Step | None, actor: User, at: datetime) -> Step:
    """Say which of two contradicting steps holds; None says that both do. The other stays, and counts no more."""
    request = _locked(step.request)
    step = request.steps.select_related("conflicts_with").get(pk=step.pk)
    other = step.conflicts_with
    if other is None or step.settled_at is not None:
        raise RequestRefused(_("この食い違いは、もう片づいています。画面を読み直してください。"))
    if holds is not None and holds.pk not in (step.pk, other.pk):
        raise RequestRefused(_("食い違っている二つの記録から選んでください。"))
    request.steps.filter(pk=step.pk).update(settled_at=at)
    if holds is not None:
        request.steps.filter(pk=other.pk if holds.pk == step.pk else step.pk).update(is_void=True)
    _stand(request)
    step.refresh_from_db()
    _told(events.CONFLICT_SETTLED, holds or step, actor)
    return step


@in_turn()
def void_step(step: Step, *, actor: User, at: datetime, public_id: str = "") -> Step:
    """Strike out a wrong press; a note says so, and nothing is deleted."""
    request = _locked(step.request)
    if request.steps.filter(pk=step.pk, is_void=False).update(is_void=True):
        said = _("「%(step)s」の記録を取り消しました。") % {"step": step}
        facts = {"at": at, "received_at": at, "by": actor, "note": said}
        request.steps.create(kind=StepKind.NOTE, public_id=public_id or new_public_id(), **facts)
        _stand(request)
        _told(events.STEP_VOIDED, step, actor)
    step.refresh_from_db()
    return step


@in_turn()
def confirm_by_call_back(request: HelpRequest, *, actor: User, at: datetime) -> HelpRequest:
    """Somebody called back: what the partner answered by the link until now counts from here on."""
    request = _locked(request)
    HelpRequest.objects.filter(pk=request.pk).update(called_back_at=at)
    request.called_back_at = at
    _stand(request)
    incident = request.incident
    partner = request.organisation
    record(events.CALLED_BACK, actor, incident, municipality=incident.municipality, partner=partner)
    return request


def counting(request: HelpRequest, steps: list[Step], found: Mapping[int, Step]) -> list[Step]:
    """The steps that the state follows from.

    An answer by the link counts once somebody has called back; an arrival that two people noted counts once.
    """
    called_back = request.called_back_at
    return [
        one
        for one in steps
        if not one.is_void
        and not (one.came_by_link and (called_back is None or one.at > called_back))
        and not (one.kind == StepKind.ARRIVED and one.pk in found and one.settled_at is None)
    ]


def _locked(request: HelpRequest) -> HelpRequest:
    """The request as it is now, ours until the transaction ends: of two who write at once, one waits here."""
    rows = HelpRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("incident__municipality", "organisation").get(pk=request.pk)


def _stand(request: HelpRequest) -> None:
    """Mark what contradicts, and write where the request stands."""
    steps = list(request.steps.all())
    found = contradictions(steps)
    for step in steps:
        against = found.get(step.pk)
        if step.settled_at is None and step.conflicts_with_id != (against.pk if against else None):
            request.steps.filter(pk=step.pk).update(conflicts_with=against)
    standing = standing_of(counting(request, steps, found), asked=request.quantity)
    HelpRequest.objects.filter(pk=request.pk).update(**vars(standing), version=request.version + 1)


def _refuse_unfit(facts: StepFacts) -> None:
    if any(number is not None and not 0 <= number < LARGEST for number in (facts.quantity, facts.amount)):
        raise RequestRefused(_("数の桁を確かめてください。"))


def _told(event: Event, step: Step, actor: Actor) -> None:
    request = step.request
    incident = request.incident
    partner, what = request.organisation, StepKind(step.kind).label
    record(event, actor, incident, municipality=incident.municipality, partner=partner, what=what)
