"""From which network address a request comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """The address that asks, as far as the proxies in front are known; empty where it is none, as behind a socket."""
    address = _address_in(str(request.META.get("REMOTE_ADDR", "")))
    if settings.PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = _address_in(forwarded[-settings.PROXIES :][0]) or address
    return address


def _address_in(told: str) -> str:
    """The address that was told, without its port; empty where it is none, as behind a socket or "unknown"."""
    bare = told.strip().partition("%")[0]
    for one in (bare, bare.rpartition(":")[0].strip("[]")):
        try:
            return str(ip_address(one))
        except ValueError:
            continue
    return ""
