"""Sending what is asked to a partner by mail."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.incidents.letters import post_request
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest, Step
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.requesting import record_step
from renkei.disasters.vocabulary import RequestState, StepKind
from renkei.municipalities.public_id import new_public_id


@transaction.atomic
def send_request(
    help_request: HelpRequest, *, to: str, actor: User, at: datetime, site: str = "", public_id: str = ""
) -> Step:
    """Mail the request with the link to answer it; the step that says so. Sent twice with one id it is one letter."""
    public_id = public_id or new_public_id()
    if known := help_request.steps.filter(public_id=public_id).first():
        return known
    to = to.strip()
    _refuse_unfit(help_request, to)
    HelpRequest.objects.filter(pk=help_request.pk).update(sent_at=at, sent_to=to, version=F("version") + 1)
    help_request.refresh_from_db()
    is_first = help_request.state == RequestState.PLANNED
    kind = StepKind.ASKED if is_first else StepKind.NOTE
    facts = StepFacts(kind, note=_("要請の文書をメールで送った"))
    step = record_step(help_request, facts, actor=actor, at=at, received_at=at, public_id=public_id)
    post_request(help_request, cause=public_id, at=at, site=site)
    incident = help_request.incident
    record(
        events.REQUEST_SENT,
        actor,
        incident,
        municipality=incident.municipality,
        partner=str(help_request.organisation),
        what=str(help_request.need),
    )
    return step


def _refuse_unfit(help_request: HelpRequest, to: str) -> None:
    if help_request.incident.closed_at:
        raise RequestRefused(_("終えた災害・訓練です。要請するには、先に開き直してください。"))
    if help_request.state == RequestState.CANCELLED:
        raise RequestRefused(
            _("取り消した要請です。もう一度要請するなら、必要なもののページから作ってください。")
        )
    try:
        validate_email(to)
    except ValidationError as wrong:
        raise RequestRefused(
            _(
                "メールアドレスの形ではありません。例: kinkyu@example.co.jp。電話とFAXで要請することもできます。"
            )
        ) from wrong
