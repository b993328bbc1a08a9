"""The link of a partner's check: it stands for one partner in one campaign, and works until the campaign is closed."""

from datetime import datetime

from django.core import signing

from renkei.disasters.models import ContactCheck
from renkei.municipalities.pages import counter_page

SALT = "renkei.disasters.checks.links"


def token_of(check: ContactCheck) -> str:
    """What stands in the address: the check's id, signed, so that knowing the database makes no link."""
    return signing.Signer(salt=SALT).sign(check.public_id)


def address_of(check: ContactCheck, site: str = "") -> str:
    """The whole address; `site` is where the desk was asked, if the settings do not say where the counter is."""
    page = f"{check.campaign.municipality.code}/contacts/{token_of(check)}/"
    return counter_page(page) or (f"{site}/counter/{page}" if site else "")


def check_of(token: str, at: datetime) -> ContactCheck | None:
    """The check that the token names while it may be answered; forged and closed ones are the same."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    found = (
        ContactCheck.objects.filter(public_id=public_id, campaign__opened_at__lte=at)
        .select_related("campaign__municipality", "organisation__merged_into")
        .first()
    )
    return found if found and (found.campaign.closed_at is None or found.campaign.closed_at > at) else None
