"""Asking partners in the yearly check: all of them at its beginning, and later those who joined since."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.checks.letters import asking_words, write_to
from renkei.disasters.checks.plan import Asked, check_plan
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.check_claims import refuse_closed
from renkei.disasters.services.check_days import refuse_past

AT_ONCE = 500
"""Rows of one statement."""


def ask(campaign: ContactCampaign, asked: Iterable[Asked], *, at: datetime, site: str) -> list[ContactCheck]:
    """A part of the campaign for each partner; who has an address gets the link."""
    made = [
        ContactCheck(
            campaign=campaign,
            organisation=one.partner,
            email=one.email,
            sent_at=at if one.email else None,
        )
        for one in asked
    ]
    checks = ContactCheck.objects.bulk_create(made, batch_size=AT_ONCE)
    write_to(checks, asking_words(campaign), at=at, site=site)
    return checks


@transaction.atomic
def ask_newcomers(
    campaign: ContactCampaign, *, actor: User, at: datetime, site: str = ""
) -> list[ContactCheck]:
    """Ask the partners whose agreements came after the check was begun, too; the parts made for them."""
    refuse_closed(campaign)
    refuse_past(campaign.due_on, timezone.localdate(at))
    if not ContactCampaign.objects.claim(campaign):
        raise CheckRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    town = campaign.municipality
    known = {one.partner.pk for one in campaign.checks.select_related("organisation__merged_into")}
    plan = check_plan(town, timezone.localdate(at))
    joined = [one for one in plan.asked if one.partner.pk not in known]
    if not joined:
        raise CheckRefused(_("後から加わった相手方はいません。全員にもう尋ねています。"))
    checks = ask(campaign, joined, at=at, site=site)
    mailed = sum(bool(one.email) for one in checks)
    record(events.CHECK_JOINED, actor, campaign, municipality=town, partners=len(checks), mailed=mailed)
    return checks
