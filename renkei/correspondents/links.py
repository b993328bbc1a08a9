"""Links by mail that let a partner's person in once: their address, and whether one still works."""

from datetime import datetime, timedelta

from django.core import signing

from renkei.correspondents.models import Correspondent, CounterLink, Purpose
from renkei.municipalities.pages import counter_page
from renkei.partners.models import Organisation

SALT = "renkei.correspondents.links"
LASTS = {
    Purpose.ENTER: timedelta(hours=1),
    Purpose.BEGIN: timedelta(days=7),
    Purpose.INVITATION: timedelta(days=7),
}
LONGEST_TARGET = 200


def token_of(link: CounterLink) -> str:
    """What stands in the address: the link's id, signed, so that knowing the database makes no link."""
    return signing.Signer(salt=SALT).sign(link.public_id)


def address_of(link: CounterLink, site: str = "") -> str:
    """The whole address for a letter; `site` is where the counter was asked, if the settings do not say where it is."""
    page = f"{link.municipality.code}/enter/links/{token_of(link)}/"
    return counter_page(page) or (f"{site}/counter/{page}" if site else "")


def make_link(
    person: Correspondent,
    purpose: Purpose,
    *,
    organisation: Organisation | None = None,
    target: str = "",
    at: datetime,
) -> CounterLink:
    """A new link for the person; former ones for the same purpose that were not used stop working."""
    person.links.filter(purpose=purpose, organisation=organisation, used_at=None).update(used_at=at)
    return CounterLink.objects.create(
        municipality=person.municipality,
        correspondent=person,
        purpose=purpose,
        organisation=organisation,
        target=target if len(target) <= LONGEST_TARGET else "",
        made_at=at,
        expires_at=at + LASTS[purpose],
    )


def link_of(token: str, *, at: datetime) -> CounterLink | None:
    """The usable link that the token names, or None: forged, used, replaced and late ones are all the same."""
    try:
        public_id = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    usable = CounterLink.objects.open_at(at).filter(public_id=public_id)
    return usable.select_related("correspondent__organisation", "organisation", "municipality").first()


def use_link(link: CounterLink, *, at: datetime) -> bool:
    """Take the link; of two who press at once one takes it."""
    return CounterLink.objects.open_at(at).filter(pk=link.pk).update(used_at=at) == 1
