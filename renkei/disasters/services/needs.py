"""What is needed in an incident: written, put right, met, dropped."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.amounts import LARGEST
from renkei.disasters.incidents.need_facts import NeedFacts
from renkei.disasters.models import Incident, Need
from renkei.disasters.refusals import IncidentRefused
from renkei.disasters.services.known import known_in
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import NeedState
from renkei.municipalities.public_id import new_public_id


@in_turn()
def write_need(
    incident: Incident, facts: NeedFacts, *, actor: User | None, at: datetime, public_id: str = ""
) -> Need:
    """Write what is needed under the incident's next number; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    _refuse_unfit(incident, facts)
    # Numbers count on one by one: of two people who write at once, one waits here.
    Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    known = known_in(Need.objects.all(), public_id, lambda one: one.incident_id == incident.pk)
    if known:
        return known
    last = incident.needs.aggregate(last=Max("number"))["last"] or 0
    need: Need = incident.needs.create(
        public_id=public_id, number=last + 1, opened_at=at, by=actor, **_columns(facts)
    )
    _told(events.NEED_WRITTEN, need, actor)
    return need


@in_turn()
def change_need(need: Need, facts: NeedFacts, *, actor: User, at: datetime) -> Need:
    """Put it right; of two who read the same, one is told."""
    _refuse_unfit(need.incident, facts)
    _claim(need)
    for name, value in _columns(facts).items():
        setattr(need, name, value)
    need.save(update_fields=list(_columns(facts)))
    _told(events.NEED_CHANGED, need, actor)
    return need


@in_turn()
def meet_need(need: Need, *, actor: User, at: datetime) -> Need:
    """What was needed is there."""
    _end(need, NeedState.MET, at, "")
    _told(events.NEED_MET, need, actor)
    return need


@in_turn()
def drop_need(need: Need, *, reason: str, actor: User, at: datetime) -> Need:
    """It is needed no more, or was a mistake: nothing is deleted."""
    if not reason.strip():
        raise IncidentRefused(_("取り下げる理由を書いてください。例: 二重に書いたため"))
    _end(need, NeedState.DROPPED, at, reason.strip()[:200])
    _told(events.NEED_DROPPED, need, actor, reason=reason.strip())
    return need


@in_turn()
def open_need_again(need: Need, *, actor: User, at: datetime) -> Need:
    """It is needed after all."""
    if need.state == NeedState.OPEN:
        return need
    _end(need, NeedState.OPEN, None, "")
    _told(events.NEED_OPENED_AGAIN, need, actor)
    return need


def _end(need: Need, state: NeedState, at: datetime | None, reason: str) -> None:
    _claim(need)
    need.state, need.met_at, need.ended_reason = state, at, reason
    need.save(update_fields=["state", "met_at", "ended_reason"])


def _claim(need: Need) -> None:
    seen = need.version
    if not Need.objects.filter(pk=need.pk, version=seen).update(version=seen + 1):
        raise IncidentRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    need.version = seen + 1


def _columns(facts: NeedFacts) -> dict[str, object]:
    # The district is a record: it is kept as it is, not taken apart.
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _refuse_unfit(incident: Incident, facts: NeedFacts) -> None:
    if facts.district is not None and facts.district.municipality_id != incident.municipality_id:
        raise IncidentRefused(_("ほかの自治体の地区です。選び直してください。"))
    if facts.quantity is not None and not 0 <= facts.quantity < LARGEST:
        raise IncidentRefused(_("数量の桁を確かめてください。"))


def _told(event: Event, need: Need, actor: User | None, reason: str = "") -> None:
    incident = need.incident
    what = f"{need.number} {need} {need.amount}".strip()
    record(event, actor, incident, municipality=incident.municipality, reason=reason, what=what)
