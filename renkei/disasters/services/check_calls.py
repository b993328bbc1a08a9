"""Telephone calls of the yearly check: each try is kept; after several the partner counts as not reached."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.models import CheckCall, ContactCheck, EmergencyContact
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.check_claims import claim_check, refuse_closed
from renkei.disasters.services.contacts import note_failure
from renkei.disasters.vocabulary import CallOutcome, CheckState

TRIES = 3
"""So many calls without anybody reached, and the partner may be noted as not reached."""


@dataclass(frozen=True, kw_only=True)
class CheckCallFacts:
    """One try: which number, of which contact where it is known, and how it ended."""

    called: str
    outcome: str
    contact: EmergencyContact | None = None
    spoke_with: str = ""
    note: str = ""


@transaction.atomic
def log_call(check: ContactCheck, facts: CheckCallFacts, *, actor: User, at: datetime) -> CheckCall:
    """Keep a call; a number that is wrong is noted on its contact at once. Pressed twice it is one call."""
    refuse_closed(check.campaign)
    if not facts.called.strip():
        raise CheckRefused(_("かけた番号を入れてください。"))
    claim_check(check)
    call = CheckCall.objects.create(
        about=check,
        contact=facts.contact,
        called=facts.called.strip()[:200],
        at=at,
        outcome=facts.outcome,
        spoke_with=facts.spoke_with.strip()[:100],
        note=facts.note.strip(),
        by=actor,
    )
    if facts.contact and facts.outcome == CallOutcome.WRONG:
        note = _("連絡体制調査: 番号が違う")
        note_failure(facts.contact, on=timezone.localdate(at), note=note, actor=actor)
    record(
        events.CHECK_CALLED,
        actor,
        check.campaign,
        municipality=check.campaign.municipality,
        partner=check.partner,
        outcome=CallOutcome(facts.outcome).label,
    )
    return call


@transaction.atomic
def give_up(check: ContactCheck, *, note: str, actor: User, at: datetime) -> None:
    """Nobody was reached after several tries: it stands so on record, and so do the contacts that were called."""
    refuse_closed(check.campaign)
    if check.is_answered:
        raise CheckRefused(_("もう回答のある相手方です。画面を読み直してください。"))
    tries = list(check.calls.exclude(outcome=CallOutcome.REACHED).select_related("contact__municipality"))
    if len(tries) < TRIES and not note.strip():
        raise CheckRefused(
            _(
                "電話の記録が%(tries)s回です。%(least)s回かけても出ないときか、事情を書いたときに記録できます。"
            )
            % {"tries": len(tries), "least": TRIES}
        )
    claim_check(check)
    check.state = CheckState.UNREACHABLE
    check.save(update_fields=["state"])
    reached = set(check.calls.filter(outcome=CallOutcome.REACHED).values_list("contact", flat=True))
    contacts = {one.contact.pk: one.contact for one in tries if one.contact and not one.contact.ended_on}
    for key, contact in contacts.items():
        if key not in reached:
            contact.refresh_from_db()
            failed = _("連絡体制調査: 出ない")
            note_failure(contact, on=timezone.localdate(at), note=failed, actor=actor)
    reason = note.strip() or _("%s回かけて出ない") % len(tries)
    town = check.campaign.municipality
    record(
        events.CHECK_UNREACHABLE,
        actor,
        check.campaign,
        municipality=town,
        partner=check.partner,
        reason=reason,
    )
