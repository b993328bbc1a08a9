"""Taking one partner's check for a change, so that of two who write at once one is told."""

from django.utils.translation import gettext as _

from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.refusals import CheckRefused


def claim_check(check: ContactCheck) -> None:
    """Take the check as of the version that was read, or refuse; while it is written nobody closes the campaign."""
    refuse_closed(ContactCampaign.objects.select_for_update(no_key=True).get(pk=check.campaign_id))
    if not ContactCheck.objects.claim(check):
        raise CheckRefused(_("ほかの人が先に記録しました。画面を読み直してください。"))


def refuse_closed(campaign: ContactCampaign) -> None:
    """Nothing is asked or answered in a campaign that was closed."""
    if campaign.closed_at:
        raise CheckRefused(
            _("この連絡体制調査は締められています。変更は、緊急連絡先のページで書いてください。")
        )
