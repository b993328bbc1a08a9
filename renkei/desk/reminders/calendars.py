"""Calendars at secret addresses, and the digest: what each person chooses for themselves."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.municipalities.models import Division
from renkei.reminders.calendars import Gone, calendar_of, feed_at, tag_of
from renkei.reminders.models import Feed
from renkei.reminders.people import watches_the_town
from renkei.reminders.permissions import why_not_renew
from renkei.reminders.services import FeedRefused, choose_digest, renew, wants_digest

OF_PERSON, OF_TOWN = "me", "town"


@dataclass(frozen=True)
class Shown:
    """A calendar as the page shows it; without an address until somebody makes one."""

    of: str
    name: str
    address: str
    reason: str | None


@staff_page
def calendars(request: StaffRequest) -> HttpResponse:
    whole = _("%(town)s全体") % {"town": town(request)}
    named = [(OF_PERSON, _("自分の担当の期限")), (OF_TOWN, whole), *_divisions(request)]
    context = {
        "title": _("期限のカレンダーと通知"),
        "calendars": [_shown(request, of, name) for of, name in named],
        "wants_digest": wants_digest(request.user),
    }
    return render(request, "desk/reminders/calendars.html", context)


@staff_page
@require_POST
def calendar_renew(request: StaffRequest) -> HttpResponse:
    """Make the address of a calendar, or a new one in place of the old."""
    feed = _feed(request, request.POST.get("of", OF_PERSON))
    stop_if(why_not_renew(request.user, feed, day=today()))
    try:
        renew(feed, actor=request.user, now=timezone.now())
        messages.success(
            request,
            _("「%(name)s」のカレンダーのアドレスを作りました。前のアドレスがあれば、もう使えません。")
            % {"name": feed},
        )
    except FeedRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:calendars")


@staff_page
@require_POST
def digest_choice(request: StaffRequest) -> HttpResponse:
    is_wanted = request.POST.get("is_wanted") == "yes"
    choose_digest(request.user, is_wanted=is_wanted)
    messages.success(
        request,
        _("週のまとめを送ります。") if is_wanted else _("週のまとめを送りません。期限の督促は届きます。"),
    )
    return redirect("desk:calendars")


@require_safe
def calendar_feed(request: HttpRequest, public_id: str, secret: str) -> HttpResponseBase:
    """The calendar of a secret address; no signing in, and nothing but titles, days and partners."""
    try:
        feed = feed_at(public_id, secret)
    except Gone as gone:
        return HttpResponseGone(str(gone), content_type="text/plain; charset=utf-8")
    if feed is None:
        raise Http404
    tag = tag_of(feed, today())
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(calendar_of(feed, today()), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="renkei.ics"'
        answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _divisions(request: StaffRequest) -> list[tuple[str, str]]:
    """The divisions in which the person holds a role; all of them for those who watch the town."""
    here = Division.objects.of(town(request)).existing_on(today())
    if not watches_the_town(request.user, today()):
        held = request.user.assignments.holding_on(today())
        here = here.filter(pk__in=held.values("division"))
    return [(division.public_id, str(division)) for division in here]


def _feed(request: StaffRequest, of: str) -> Feed:
    """The calendar that is meant, kept already or not."""
    feeds = Feed.objects.of(town(request)).select_related("division", "person")
    if of == OF_PERSON:
        meant: dict[str, object] = {"person": request.user, "division": None}
    elif of == OF_TOWN:
        meant = {"person": None, "division": None}
    else:
        division = Division.objects.of(town(request)).filter(public_id=of).first()
        if division is None:
            raise Http404
        meant = {"person": None, "division": division}
    return feeds.filter(**meant).first() or Feed(municipality=town(request), **meant)


def _shown(request: StaffRequest, of: str, name: str) -> Shown:
    feed = _feed(request, of)
    address = ""
    if feed.pk:
        path = reverse("desk:calendar_feed", args=[feed.public_id, feed.secret])
        address = (
            f"{settings.DESK_ADDRESS}{path}" if settings.DESK_ADDRESS else request.build_absolute_uri(path)
        )
    return Shown(of, name, address, why_not_renew(request.user, feed, day=today()))
