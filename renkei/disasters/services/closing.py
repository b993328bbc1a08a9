"""The end of an incident: closed with what is still open named, opened again with a reason, looked back on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.incidents.open_lines import open_lines
from renkei.disasters.models import Incident
from renkei.disasters.refusals import IncidentRefused


@transaction.atomic
def close_incident(incident: Incident, *, actor: User, at: datetime, knows_open: bool = False) -> Incident:
    """End it; with something still open only if the person has seen that (`knows_open`)."""
    if incident.closed_at:
        raise IncidentRefused(_("もう終えています。画面を読み直してください。"))
    still_open = open_lines(incident, at=at)
    if still_open and not knows_open:
        raise IncidentRefused(
            _("まだ片づいていないことが%s件あります。確かめて「このまま終える」に印を付けてください。")
            % len(still_open)
        )
    _claim(incident)
    incident.closed_at, incident.closed_by = at, actor
    incident.save(update_fields=["closed_at", "closed_by"])
    record(events.CLOSED, actor, incident, municipality=incident.municipality, open=len(still_open))
    return incident


@transaction.atomic
def reopen_incident(incident: Incident, reason: str, *, actor: User, at: datetime) -> Incident:
    """Go on with one that was ended."""
    if not incident.closed_at:
        raise IncidentRefused(_("まだ続いています。画面を読み直してください。"))
    if not reason.strip():
        raise IncidentRefused(_("開き直す理由を書いてください。例: 余震で新しい避難所が開いた"))
    _claim(incident)
    incident.closed_at = incident.closed_by = None
    incident.save(update_fields=["closed_at", "closed_by"])
    town = incident.municipality
    record(events.REOPENED, actor, incident, municipality=town, reason=reason.strip())
    return incident


@transaction.atomic
def write_review(incident: Incident, text: str, *, actor: User) -> Incident:
    """Keep what the town says of the incident afterwards."""
    before = incident.review
    if text.strip() == before:
        return incident
    _claim(incident)
    incident.review = text.strip()
    incident.save(update_fields=["review"])
    changes = {"disasters.incident.review": (before, incident.review)}
    record(events.REVIEWED, actor, incident, municipality=incident.municipality, changes=changes)
    return incident


def _claim(incident: Incident) -> None:
    if not Incident.objects.claim(incident):
        raise IncidentRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
