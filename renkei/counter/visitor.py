"""Requests at the counter: of which town, and of whom of a partner; sessions are bound to what the person may see."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Municipality

P = ParamSpec("P")
SESSION = "counter"
"""Holds, by the code of the town, the person's public id and standing."""
SEEN = "counter_seen"
"""Holds, by the code of the town, the moment at which the person last did something there."""
SEEN_AT_MOST_EVERY = 60
BEFORE_A_NAME = {"about", "leave"}
"""The pages of somebody who has not yet said who they are."""


class CounterRequest(HttpRequest):
    """A request to one town's counter."""

    town: Municipality


class VisitorRequest(CounterRequest):
    """A request of a partner's person who has come in."""

    visitor: Correspondent


def town_page(
    view: Callable[Concatenate[CounterRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of one town's counter that needs nobody to have come in; the answer is kept in no cache."""

    @wraps(view)
    def found(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request.town = _town(str(kwargs.pop("code")))  # type: ignore[attr-defined]
        answer = view(request, *args, **kwargs)  # type: ignore[arg-type]
        if "token" in kwargs:
            answer["X-Robots-Tag"] = "noindex, nofollow"  # whoever has the link needs no account
        return answer

    return never_cache(found)


def visitor_page(
    view: Callable[Concatenate[VisitorRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page for whoever has come in to the town's counter; others are led to the entrance and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        town = _town(str(kwargs.pop("code")))
        visitor = visitor_of(request, town)
        if visitor is None:
            return _led_to("enter", request, town.code)
        found = request.resolver_match
        if not visitor.name and not (found and found.url_name in BEFORE_A_NAME):
            return _led_to("about", request, town.code)
        request.town, request.visitor = town, visitor  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return never_cache(guarded)


def _led_to(page: str, request: HttpRequest, code: str) -> HttpResponseBase:
    return redirect(f"{reverse(f'counter:{page}', args=[code])}?{urlencode({'next': request.path})}")


def own_page(town: Municipality, asked: str) -> str:
    """The page of this town's counter that was asked for; the person's procedures for whatever is none of its pages."""
    home = reverse("counter:procedures", args=[town.code])
    place = urlsplit(asked)
    if (
        not place.path.startswith(home)
        or place.scheme
        or place.netloc
        or not asked.isprintable()
        or "\\" in asked
    ):
        return home
    try:
        return asked if resolve(place.path).app_name == "counter" else home
    except Resolver404:
        return home


def _town(code: str) -> Municipality:
    town = Municipality.objects.taking_part().filter(code=code).first()
    if town is None:
        raise Http404
    return town


def visitor_of(request: HttpRequest, town: Municipality) -> Correspondent | None:
    """The person who has come in to the town's counter, if the session still holds."""
    public_id, standing = request.session.get(SESSION, {}).get(town.code, ("", ""))
    if not public_id or not _goes_on(request, town):
        return None
    found = (
        Correspondent.objects.of(town)
        .active()
        .exclude(confirmed_at=None)
        .filter(public_id=public_id)
        .select_related("organisation", "municipality")
        .first()
    )
    return found if found and found.standing == standing else None


def _goes_on(request: HttpRequest, town: Municipality) -> bool:
    """Whether the person was not away too long; what they do now is noted, at most once a minute."""
    moment = now().timestamp()
    moments = request.session.get(SEEN, {})
    seen = moments.get(town.code, moment)
    if moment - seen > settings.IDLE_SECONDS:
        return False
    if town.code not in moments or moment - seen >= SEEN_AT_MOST_EVERY:
        request.session[SEEN] = {**moments, town.code: moment}
    return True


def let_in(request: HttpRequest, visitor: Correspondent) -> None:
    """Begin the person's session at the town's counter under a new key."""
    request.session.cycle_key()
    towns = request.session.get(SESSION, {})
    code = visitor.municipality.code
    request.session[SESSION] = {**towns, code: (visitor.public_id, visitor.standing)}
    request.session[SEEN] = {**request.session.get(SEEN, {}), code: now().timestamp()}


def leave(request: HttpRequest, town: Municipality) -> None:
    """End the person's session at the town's counter."""
    for kept in (SESSION, SEEN):
        towns = request.session.get(kept, {})
        request.session[kept] = {code: one for code, one in towns.items() if code != town.code}
    request.session.cycle_key()


def now() -> datetime:
    """The moment: taken here, at the door, and passed down."""
    return timezone.now()


def today() -> date:
    """The day in Asia/Tokyo."""
    return timezone.localdate()


def stop_if(reason: str | None) -> None:
    """Answer 403 with the reason as a sentence, if there is one."""
    if reason:
        raise PermissionDenied(reason)
