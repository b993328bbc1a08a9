"""A call to a wrong number says that the contact is out of date; a press taken back says nothing."""

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.disasters.models import Call, EmergencyContact
from renkei.disasters.services.contacts import note_failure, take_back_failure
from renkei.disasters.vocabulary import CallOutcome


def note_wrong_number(call: Call, *, actor: User | None) -> None:
    """Note at the contact that its number was wrong, so that the next clerk sees it and somebody puts it right."""
    contact = _contact_of(call)
    if contact is not None and actor is not None:
        note_failure(contact, on=timezone.localdate(call.at), note=_note(call), actor=actor)


def forget_wrong_number(call: Call, *, actor: User) -> None:
    """The press was wrong: what it noted at the contact goes, unless somebody has written something else since."""
    contact = _contact_of(call)
    is_ours = contact is not None and contact.failed_note == _note(call)
    if contact is not None and is_ours and contact.failed_on == timezone.localdate(call.at):
        take_back_failure(contact, actor=actor)


def _contact_of(call: Call) -> EmergencyContact | None:
    """Whom the call was to, or whose number it was; None where the outcome says nothing of the number."""
    if call.outcome != CallOutcome.WRONG:
        return None
    in_use = EmergencyContact.objects.select_for_update(of=("self",)).filter(ended_on=None)
    if call.contact_id:
        return in_use.filter(pk=call.contact_id).first()
    theirs = in_use.filter(organisation=call.organisation_id, channels__value=call.called)
    return theirs.order_by("pk").first() if call.called else None


def _note(call: Call) -> str:
    return _("災害・訓練の電話で「番号が違う」(%s)。") % (call.called or _("番号の記録なし"))
