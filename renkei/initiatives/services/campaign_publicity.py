"""Publishing the results of a year: proposed after the campaign was closed, approved, withdrawn."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.models import Campaign
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.vocabulary import Publicity


@transaction.atomic
def propose_year(campaign: Campaign, *, actor: User, at: datetime) -> None:
    """Ask for the approval of the year's page; the campaign must be closed, so that its figures stand."""
    if campaign.closed_at is None:
        raise CampaignRefused(_("実績調査を締めてから、公開の承認を求めてください。数字が変わるためです。"))
    if campaign.publicity != Publicity.INTERNAL:
        raise CampaignRefused(_("この年度の公開は、もう申請されています。画面を読み直してください。"))
    _set(campaign, Publicity.PROPOSED, events.CAMPAIGN_PUBLICATION_PROPOSED, actor)


@transaction.atomic
def approve_year(campaign: Campaign, *, actor: User, at: datetime) -> None:
    """Show the year's page to everyone; of the results only those that were approved themselves stand on it."""
    if campaign.publicity != Publicity.PROPOSED or campaign.closed_at is None:
        raise CampaignRefused(_("公開の承認を待っている年度ではありません。画面を読み直してください。"))
    _set(campaign, Publicity.PUBLISHED, events.CAMPAIGN_PUBLICATION_APPROVED, actor)


@transaction.atomic
def withdraw_year(campaign: Campaign, *, reason: str, actor: User, at: datetime) -> None:
    """Take the year's page back from everyone's eyes."""
    if campaign.publicity == Publicity.INTERNAL:
        raise CampaignRefused(_("この年度の実績は公開されていません。"))
    if not reason.strip():
        raise CampaignRefused(_("公開をやめる理由を入れてください。例: 誤りを直すため。"))
    _set(campaign, Publicity.INTERNAL, events.CAMPAIGN_PUBLICATION_WITHDRAWN, actor, reason.strip())


def _set(campaign: Campaign, publicity: Publicity, event: Event, actor: User, reason: str = "") -> None:
    if not Campaign.objects.claim(campaign):
        raise CampaignRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    campaign.publicity = publicity
    campaign.save(update_fields=["publicity"])
    record(event, actor, campaign, municipality=campaign.municipality, reason=reason)
