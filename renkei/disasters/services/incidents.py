"""Opening an incident or a drill, and what is noted in it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.models import Incident, IncidentNote
from renkei.disasters.refusals import IncidentRefused
from renkei.disasters.services.known import known_in, made_once
from renkei.disasters.services.needs import change_need, drop_need, meet_need, write_need
from renkei.disasters.turns import in_turn
from renkei.disasters.vocabulary import Hazard, IncidentKind
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.rules.eras import japanese_date

__all__ = ["change_need", "drop_need", "meet_need", "note_in", "open_incident", "usual_title", "write_need"]


def usual_title(kind: str, hazard: str, at: datetime) -> str:
    """令和6年9月2日の地震; a drill says that it is one."""
    named = _("%(day)sの%(hazard)s") % {
        "day": japanese_date(timezone.localdate(at)),
        "hazard": Hazard(hazard).label if hazard != Hazard.OTHER else _("災害"),
    }
    return _("%(named)s(訓練)") % {"named": named} if kind == IncidentKind.DRILL else named


@in_turn()
def open_incident(
    town: Municipality,
    *,
    kind: str,
    hazard: str,
    title: str,
    actor: User | None,
    at: datetime,
    public_id: str = "",
) -> Incident:
    """Open it; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    known = known_in(Incident.objects.all(), public_id, lambda one: one.municipality_id == town.pk)
    if known:
        return known
    if actor is not None and actor.municipality_id != town.pk:
        raise IncidentRefused(_("ほかの自治体の災害・訓練は始められません。"))
    facts = {"kind": kind, "hazard": hazard, "opened_at": at, "opened_by": actor}
    title = title.strip()[:200] or usual_title(kind, hazard, at)
    made = Incident(municipality=town, public_id=public_id, title=title, **facts)
    incident, is_new = made_once(made, Incident.objects.of(town).filter(public_id=public_id))
    if not is_new:
        return incident
    record(
        events.INCIDENT_OPENED,
        actor,
        incident,
        municipality=town,
        kind=IncidentKind(kind).label,
    )
    return incident


@in_turn()
def note_in(
    incident: Incident,
    text: str,
    *,
    actor: User | None,
    at: datetime,
    received_at: datetime | None = None,
    public_id: str = "",
) -> IncidentNote:
    """Write a line about no call and no request; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    known = known_in(IncidentNote.objects.all(), public_id, lambda one: one.incident_id == incident.pk)
    if known:
        return known
    if not text.strip():
        raise IncidentRefused(_("記録することを書いてください。"))
    facts = {"text": text.strip(), "at": at, "received_at": received_at or at, "by": actor}
    made = IncidentNote(incident=incident, public_id=public_id, **facts)
    note, is_new = made_once(made, incident.notes.filter(public_id=public_id))
    if not is_new:
        return note
    record(events.INCIDENT_NOTED, actor, incident, municipality=incident.municipality)
    return note
