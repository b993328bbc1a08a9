"""Requests of people who have signed in, and the day on which they ask."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache

from renkei.accounts.models import User
from renkei.desk.lapsed import asked_to_sign_in
from renkei.municipalities.models import Municipality

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of a signed-in person."""

    user: User


def staff_page(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only people of a municipality that keeps its register here; the answer is kept in no cache."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, User):
            return asked_to_sign_in(request)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return never_cache(guarded)


def town(request: StaffRequest) -> Municipality:
    """The municipality in which the person works."""
    return request.user.municipality


def today() -> date:
    """The day in Asia/Tokyo: taken here, at the door, and passed down."""
    return timezone.localdate()


def stop_if(reason: str | None) -> None:
    """Answer 403 with the reason as a sentence, if there is one."""
    if reason:
        raise PermissionDenied(reason)
