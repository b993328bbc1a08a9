"""The day until which the yearly check awaits answers: changed, or set anew for a check that was closed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.checks.letters import Words, due_words, reopening_words, write_to
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.check_claims import refuse_closed
from renkei.rules.japanese_calendar import japanese_date


@transaction.atomic
def change_due(
    campaign: ContactCampaign, due_on: date, *, actor: User, at: datetime, site: str = ""
) -> list[ContactCheck]:
    """Await answers until another day; who has not answered gets a letter, or is handed back to be told."""
    refuse_closed(campaign)
    before = campaign.due_on
    if due_on == before:
        raise CheckRefused(_("いまの期限と同じ日です。変える日を入れてください。"))
    refuse_past(due_on, timezone.localdate(at))
    _claim(campaign)
    campaign.due_on = due_on
    campaign.save(update_fields=["due_on"])
    record(
        events.CHECK_DUE_CHANGED,
        actor,
        campaign,
        municipality=campaign.municipality,
        before=japanese_date(before),
        due=japanese_date(due_on),
    )
    return _tell_waiting(campaign, due_words(campaign, before), at=at, site=site)


@transaction.atomic
def reopen_check(
    campaign: ContactCampaign, due_on: date, *, reason: str, actor: User, at: datetime, site: str = ""
) -> list[ContactCheck]:
    """Take answers again until the day, links work again; who has not answered gets a letter, or is handed back."""
    if campaign.closed_at is None:
        raise CheckRefused(_("この連絡体制調査は締められていません。画面を読み直してください。"))
    if ContactCampaign.objects.of(campaign.municipality).running().exists():
        raise CheckRefused(_("締めていない連絡体制調査があります。先に締めてください。"))
    if not reason.strip():
        raise CheckRefused(_("開き直す理由を入れてください。例: 2者の調査票が後から届いたため。"))
    refuse_past(due_on, timezone.localdate(at))
    _claim(campaign)
    campaign.closed_at, campaign.due_on = None, due_on
    campaign.save(update_fields=["closed_at", "due_on"])
    record(
        events.CHECK_REOPENED,
        actor,
        campaign,
        municipality=campaign.municipality,
        due=japanese_date(due_on),
        reason=reason.strip(),
    )
    return _tell_waiting(campaign, reopening_words(campaign), at=at, site=site)


def refuse_past(due_on: date, day: date) -> None:
    """The day is today or later."""
    if due_on < day:
        raise CheckRefused(
            _("期限の%sは過ぎています。今日かそれより後の日にしてください。") % japanese_date(due_on)
        )


def _claim(campaign: ContactCampaign) -> None:
    if not ContactCampaign.objects.claim(campaign):
        raise CheckRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _tell_waiting(campaign: ContactCampaign, words: Words, *, at: datetime, site: str) -> list[ContactCheck]:
    """A letter to each that has an address and has not answered, which is its reminder of the day; the others."""
    waiting = list(campaign.checks.open().select_related("organisation__merged_into"))
    for one in waiting:
        one.campaign = campaign
    mailed = [one for one in waiting if one.email]
    write_to(mailed, words, at=at, site=site)
    told = campaign.checks.filter(pk__in=[one.pk for one in mailed])
    told.update(reminded_on=timezone.localdate(at))
    return [one for one in waiting if not one.email]
