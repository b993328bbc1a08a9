"""Letting the partner see a version of a draft before a round of review begins."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.letters import tell_partner
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.services.claiming import ProcedureRefused, refuse_ended
from renkei.procedures.services.returning import STAGES
from renkei.procedures.vocabulary import DraftKind


@transaction.atomic
def show(version: DraftVersion, *, words: str, by: User, at: datetime) -> DraftVersion:
    """Show a version to the partner, who is told by mail and may send changes back; a version is shown once."""
    procedure = (
        Procedure.objects.select_for_update().select_related("municipality").get(pk=version.procedure_id)
    )
    refuse_ended(procedure)
    if procedure.stage not in STAGES:
        raise ProcedureRefused(_("案を相手方に見せられるのは「案の作成」か「内容確認・修正」の段階です。"))
    if not DraftVersion.objects.filter(pk=version.pk, shared_at=None).update(shared_at=at):
        raise ProcedureRefused(_("%(version)sは、すでに相手方に見せています。") % {"version": version})
    version.shared_at = at
    record(
        events.VERSION_SHOWN,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=words.strip(),
        version=str(version),
        digest=version.short_digest,
    )
    subject = _("%(version)sを確かめてください") % {"version": version}
    paragraphs = [words.strip()] if words.strip() else []
    if version.kind == DraftKind.TEXT:
        paragraphs.append(
            _("直したいところは、窓口でWordの案を受け取って直し、「直したWordを返す」から返してください。")
        )
    tell_partner(procedure, f"shown-{version.public_id}", subject, paragraphs, at=at, page="drafts/")
    return version
