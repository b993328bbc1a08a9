"""What coming in and the settings share: letting in, how lately, and what a browser's passkey answers."""

import json
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from renkei.accounts.passkeys import PasskeyRefused, Site
from renkei.correspondents.models import Correspondent
from renkei.counter.visitor import CounterRequest, let_in, now, own_page

CAME = "counter_came"
"""Holds, by the code of the town, when and how the person came in."""
ASKED = "counter_passkey_asked"
LATELY = 30 * 60


class How(StrEnum):
    LINK = "link"
    PASSWORD = "password"  # noqa: S105
    PASSKEY = "passkey"


def come_in(request: CounterRequest, person: Correspondent, how: How, wanted: str) -> HttpResponse:
    """Begin the session and go where the person wanted to go; who has no name yet says it first."""
    let_in(request, person)
    came = request.session.get(CAME, {})
    request.session[CAME] = {**came, request.town.code: (now().timestamp(), how.value)}
    page = own_page(request.town, wanted)
    if person.name:
        return redirect(page)
    return redirect(f"{reverse('counter:about', args=[request.town.code])}?{urlencode({'next': page})}")


def came_lately(request: CounterRequest, *ways: How) -> bool:
    """Whether the person came in within the last half hour, in one of the ways if some are named."""
    moment, how = request.session.get(CAME, {}).get(request.town.code, (0, ""))
    return now().timestamp() - moment <= LATELY and (not ways or how in ways)


def site_of(request: HttpRequest) -> Site:
    """What passkeys are bound to."""
    host = request.get_host()
    return Site(host=host.rpartition(":")[0] or host, origin=f"{request.scheme}://{host}")


def asked_from(request: HttpRequest) -> str:
    """Scheme and host under which the counter was asked: where a link in a letter leads, unless settings say it."""
    return f"{request.scheme}://{request.get_host()}"


def answered(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The browser's answer and what was asked; a question is answered once."""
    remembered = request.session.pop(ASKED, None)
    try:
        answer = json.loads(request.POST.get("answer", ""))
    except ValueError as wrong:
        raise PasskeyRefused("No JSON.") from wrong
    if not isinstance(answer, dict) or not remembered:
        raise PasskeyRefused("Nothing was asked.")
    return answer, remembered
