"""The link of an asking letter: it stands for one request sent to one address, and works for some days."""

from datetime import UTC, datetime, timedelta

from django.core import signing

from renkei.disasters.models import HelpRequest
from renkei.municipalities.pages import counter_page

SALT = "renkei.disasters.incidents.answer_links"
LASTS = timedelta(days=7)


def token_of(help_request: HelpRequest, *, until: datetime) -> str:
    """What stands in the address: the request and its last moment, signed for the address that it is sent to."""
    return _signer(help_request.sent_to).sign(f"{help_request.public_id}.{int(until.timestamp())}")


def address_of(help_request: HelpRequest, *, until: datetime, site: str = "") -> str:
    """The whole address; `site` is where the desk was asked, if the settings do not say where the counter is."""
    page = f"{help_request.incident.municipality.code}/requests/{token_of(help_request, until=until)}/"
    return counter_page(page) or (f"{site}/counter/{page}" if site else "")


def request_of(token: str, *, at: datetime) -> HelpRequest | None:
    """The request that the token names, or None: forged, late and replaced ones, and ended incidents, are the same."""
    named = token.split(".", 1)[0]
    found = (
        HelpRequest.objects.filter(public_id=named, incident__closed_at=None)
        .select_related("incident__municipality", "need__district", "organisation", "agreement")
        .first()
    )
    if found is None or not found.sent_to:
        return None
    try:
        _public_id, until = _signer(found.sent_to).unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    return found if at <= datetime.fromtimestamp(int(until), UTC) else None


def _signer(address: str) -> signing.Signer:
    """Bound to the address: a letter that is sent again to another one makes the former link useless."""
    return signing.Signer(salt=f"{SALT}:{address.lower()}")
