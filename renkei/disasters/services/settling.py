"""Records from devices that found no place: a person says what became of each."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.models import UnplacedRecord
from renkei.disasters.refusals import IncidentRefused


@transaction.atomic
def settle_unplaced(unplaced: UnplacedRecord, note: str, *, actor: User, at: datetime) -> UnplacedRecord:
    """Say that the record was written down by hand, or is not needed; what came is kept as it is."""
    if not note.strip():
        raise IncidentRefused(_("どう片づけたかを書いてください。例: 通話の記録に書き直した"))
    mine = UnplacedRecord.objects.filter(pk=unplaced.pk, settled_at=None)
    if not mine.update(settled_at=at, settled_by=actor, settled_note=note.strip()[:200]):
        raise IncidentRefused(_("ほかの人が先に片づけました。画面を読み直してください。"))
    unplaced.refresh_from_db()
    incident, kept = unplaced.incident, unplaced.settled_note
    record(events.UNPLACED_SETTLED, actor, incident, municipality=incident.municipality, note=kept)
    return unplaced
