"""The page that works without network or server, and what it asks: the register, and to take in records."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from renkei.desk.field.one_file import as_one_file
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.offline.register import choices, digest_of, field_register, mine
from renkei.disasters.permissions import why_not_respond, why_not_see_contacts
from renkei.disasters.services.receiving import Outcome, Received, receive
from renkei.disasters.services.taking_out import register_taken_out

AT_ONCE = 500
LARGEST = 512 * 1024


@ensure_csrf_cookie
@staff_page
def page(request: StaffRequest) -> HttpResponse:
    """The shell: what it shows comes from the register, and it stays readable when everything is away."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    context = {"title": gettext_lazy("現場の画面"), "choices": choices()}
    return render(request, "desk/field/page.html", context)


@ensure_csrf_cookie
@staff_page
def register(request: StaffRequest) -> HttpResponse:
    """All that the page knows; unchanged since it was last asked, it is not sent again."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    facts = mine(field_register(town(request), timezone.now()), request.user)
    etag = quote_etag(digest_of(facts))
    answer = get_conditional_response(request, etag=etag, response=JsonResponse(facts))
    assert answer
    answer["ETag"] = etag
    return answer


@staff_page
@require_POST
def records(request: StaffRequest) -> JsonResponse:
    """Take in what was recorded without network; each record gets its answer."""
    stop_if(why_not_respond(request.user, day=today()))
    try:
        person, told = _told(request)
    except ValueError as wrong:
        return JsonResponse({"refusal": str(wrong)}, status=422)
    if person != request.user.public_id:
        said = _("ほかの人の記録は送れません。その人がサインインすると送られます。")
        return JsonResponse({"refusal": said}, status=409)
    received = receive(None, told, actor=request.user, at=timezone.now())
    return JsonResponse({"answers": [_as_json(one) for one in received]})


@staff_page
def one_file(request: StaffRequest) -> HttpResponse:
    """The register as one file that opens without network, without server and without script."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    at = timezone.now()
    facts = register_taken_out(town(request), actor=request.user, at=at)
    answer = HttpResponse(as_one_file(facts), content_type="text/html; charset=utf-8")
    name = _("防災台帳-%(day)s.html") % {"day": today().isoformat()}
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _told(request: HttpRequest) -> tuple[str, list[object]]:
    """Whose records they are, and the records; ValueError with a sentence where it is no such message."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or len(length) > 9 or int(length) > LARGEST or len(request.body) > LARGEST:
        raise ValueError(_("一度に送れる量を超えています。画面を読み直してください。"))
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError):
        message = None
    told = message.get("records") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(told, list):
        raise ValueError(_("送られたものが記録ではありません。画面を読み直してください。"))
    if len(told) > AT_ONCE:
        raise ValueError(_("一度に送れる記録は%(most)s件までです。") % {"most": AT_ONCE})
    return str(message.get("person", "")), told


def _as_json(one: Received) -> dict[str, str]:
    """The answer with the address at which a person goes on."""
    return {"id": one.public_id, "outcome": one.outcome.value, "sentence": one.sentence, "link": _link(one)}


def _link(one: Received) -> str:
    if one.outcome is Outcome.UNPLACED:
        return reverse("desk:incident_unplaced", args=[one.incident, one.public_id])
    if one.request:
        return reverse("desk:help_request", args=[one.request])
    return reverse("desk:incident", args=[one.incident]) if one.incident else ""
