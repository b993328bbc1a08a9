"""Who takes part in a procedure for the partner: colleagues are added, the lead is handed over, somebody parts."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents.letters import tell, town_page
from renkei.correspondents.models import Correspondent
from renkei.procedures import events
from renkei.procedures.models import Participant, Procedure
from renkei.procedures.permissions import why_not_lead
from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused, refuse_ended


def _taking_part(procedure: Procedure, person: Correspondent) -> Participant | None:
    return Participant.objects.filter(procedure=procedure, correspondent=person, left_at=None).first()


def _refuse(procedure: Procedure, by: Correspondent) -> None:
    refuse_ended(procedure)
    if reason := why_not_lead(by, procedure):
        raise ProcedureRefused(reason)


@transaction.atomic
def add(procedure: Procedure, colleague: Correspondent, *, by: Correspondent, at: datetime) -> None:
    """A colleague of the same accepted partner takes part from now on, and is told."""
    _refuse(procedure, by)
    if by.partner is None or colleague.partner != by.partner or colleague.closed_at:
        raise ProcedureRefused(
            _("同じ会社・団体の担当者だけを加えられます。先に「会社の担当者」で同僚を招いてください。")
        )
    if _taking_part(procedure, colleague):
        return
    Participant.objects.update_or_create(
        procedure=procedure,
        correspondent=colleague,
        defaults={"is_lead": False, "joined_at": at, "left_at": None},
    )
    _told(events.PARTICIPANT_ADDED, procedure, by, colleague)
    _tell(procedure, colleague, "joined", _("手続の担当者になりました"), at)


@transaction.atomic
def hand_lead(procedure: Procedure, to: Correspondent, *, by: Correspondent, at: datetime) -> None:
    """Another participant leads for the partner from now on; where nobody leads any more, a participant takes it."""
    _refuse(procedure, by)
    if to.closed_at or not _taking_part(procedure, to):
        raise ProcedureRefused(_("この手続の担当者にだけ引き継げます。先に担当者に加えてください。"))
    mine = Participant.objects.filter(procedure=procedure)
    try:
        with transaction.atomic():
            mine.filter(is_lead=True).update(is_lead=False)
            if not mine.filter(correspondent=to, left_at=None).update(is_lead=True):
                raise ChangedMeanwhile
    except IntegrityError as faster:
        raise ChangedMeanwhile from faster
    _told(events.LEAD_HANDED, procedure, by, to)
    _tell(procedure, to, "lead", _("手続の主な担当者になりました"), at)


@transaction.atomic
def part(procedure: Procedure, person: Correspondent, *, by: Correspondent, at: datetime) -> None:
    """Somebody takes part no more: by themselves, or sent away by the leading person, who hands the lead over first."""
    refuse_ended(procedure)
    if person.pk != by.pk:
        _refuse(procedure, by)
    taking_part = _taking_part(procedure, person)
    if taking_part is None:
        raise ProcedureRefused(_("この手続の担当者ではありません。画面を読み直してください。"))
    if taking_part.is_lead:
        raise ProcedureRefused(_("主な担当者は外れられません。先に、ほかの担当者に引き継いでください。"))
    mine = Participant.objects.filter(pk=taking_part.pk, left_at=None, is_lead=False)
    if not mine.update(left_at=at):
        raise ChangedMeanwhile
    _told(events.PARTICIPANT_LEFT, procedure, by, person)


def _told(event: Event, procedure: Procedure, by: Correspondent, person: Correspondent) -> None:
    record(event, by.as_actor, procedure, municipality=procedure.municipality, person=str(person))


def _tell(procedure: Procedure, person: Correspondent, cause: str, subject: str, at: datetime) -> None:
    tell(
        person,
        f"{cause}:{procedure.public_id}:{at.isoformat()}",
        subject,
        [_("件名: %(title)s(%(receipt)s)") % {"title": procedure.title, "receipt": procedure.receipt}],
        at=at,
        links=[(_("手続のページ"), town_page(person, f"procedures/{procedure.public_id}/"))],
    )
