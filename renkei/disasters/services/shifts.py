"""Handing over from one shift to the next."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.incidents.open_lines import open_lines
from renkei.disasters.models import Incident, ShiftHandover
from renkei.disasters.refusals import IncidentRefused
from renkei.disasters.services.known import known_in
from renkei.municipalities.public_id import new_public_id


@transaction.atomic
def hand_over(
    incident: Incident, *, text: str, to_name: str, actor: User, at: datetime, public_id: str = ""
) -> ShiftHandover:
    """Write what the next shift must know, with what is open now; sent again it gives what is there."""
    public_id = public_id or new_public_id()
    if known := known_in(ShiftHandover.objects.all(), public_id, lambda one: one.incident_id == incident.pk):
        return known
    if incident.closed_at:
        raise IncidentRefused(_("終えた災害・訓練です。引き継ぐことはありません。"))
    if not text.strip():
        raise IncidentRefused(_("引き継ぐことを書いてください。なければ「特になし」と書きます。"))
    handover = ShiftHandover.objects.create(
        incident=incident,
        public_id=public_id,
        text=text.strip(),
        to_name=to_name.strip(),
        open_lines=open_lines(incident, at=at),
        at=at,
        by=actor,
    )
    town = incident.municipality
    record(events.HANDED_OVER, actor, incident, municipality=town, to=to_name.strip() or _("次の班"))
    return handover


@transaction.atomic
def accept_handover(handover: ShiftHandover, *, actor: User, at: datetime) -> ShiftHandover:
    """Say that the next shift has read it; of two who say so at once the first is kept."""
    if handover.by_id == actor.pk:
        raise IncidentRefused(_("引き継いだ本人です。次の班の人が受け取ってください。"))
    mine = ShiftHandover.objects.filter(pk=handover.pk, accepted_at=None)
    if not mine.update(accepted_at=at, accepted_by=actor):
        raise IncidentRefused(_("ほかの人が先に受け取りました。画面を読み直してください。"))
    handover.refresh_from_db()
    incident = handover.incident
    record(events.HANDOVER_ACCEPTED, actor, incident, municipality=incident.municipality)
    return handover
