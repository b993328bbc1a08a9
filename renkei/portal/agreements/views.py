"""The published agreements: list, downloads, the page of an agreement."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import outlook_as_of
from renkei.agreements.relations import related, same_text
from renkei.agreements.timeline import timeline
from renkei.agreements.versions import amendments_of, as_of
from renkei.disasters.models import Capability
from renkei.portal.results.of_agreement import work_of
from renkei.portal.results.views import seen_stories
from renkei.portal.towns import audience_of, only_town, today
from renkei.reports.papers.agreement_sheet import agreement_sheet
from renkei.search import exports, json_export
from renkei.search.asking import FACETS, Asked, asked
from renkei.search.finding import QueryRefused
from renkei.search.listing import listing as listed
from renkei.ui.days import AskedDays, asked_day, asked_days
from renkei.ui.downloads import document_answer, headers_of, made_answer

KINDS = ("csv", "json")
SIBLINGS = 10


def question_of(request: HttpRequest) -> tuple[Asked, AskedDays]:
    """What the address asks of the list."""
    days = asked_days(request.GET, today())
    params = dict(request.GET.lists())
    return asked(params, audience=audience_of(request), day=days.on, since=days.since), days


def listing(request: HttpRequest) -> HttpResponse:
    question, days = question_of(request)
    refusals, shown = dict(days.refusals), None
    if not refusals:
        try:
            shown = listed(question, whole=request.GET.getlist("more"))
        except QueryRefused as refusal:
            refusals["q"] = str(refusal)
    context = {
        "title": _("公開されている協定"),
        "door": "portal",
        "listing": shown,
        "refusals": refusals,
        "q": question.text,
        "on": request.GET.get("on", ""),
        "since": request.GET.get("since", ""),
        "since_day": days.since,
        "day": days.on,
        "order": question.order,
        "kept": [(name, value) for name in (*FACETS, "order", "more") for value in request.GET.getlist(name)],
        "shows_town": only_town(request) is None,
    }
    return render(request, "portal/agreements/listing.html", context, status=422 if refusals else 200)


def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404
    question, days = question_of(request)
    if days.refusal:
        return HttpResponse(days.refusal, status=422, content_type="text/plain; charset=utf-8")
    lines = exports.csv_lines if kind == "csv" else json_export.json_lines
    try:
        told = lines(question, lambda public_id: address_of(request, public_id))
        return StreamingHttpResponse(told, headers=headers_of(kind, question.day))
    except QueryRefused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")


def address_of(request: HttpRequest, public_id: str) -> str:
    """Where the agreement's page stands, for other sites to link to."""
    return request.build_absolute_uri(reverse("portal:agreement", args=[public_id]))


def the_agreement(public_id: str) -> Agreement:
    """A published agreement, or 404."""
    return get_object_or_404(Agreement.objects.published().with_everything(), public_id=public_id)


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(public_id)
    audience = Audience.public(agreement.municipality)
    day, refusal = asked_day(request.GET.get("on", ""), today())
    seen, amendments = outlook_as_of(agreement, day), amendments_of(agreement, day, internal=False)
    agreement = as_of(agreement, day)
    siblings, work = same_text(agreement, audience), work_of(agreement, audience)
    context = {
        "title": agreement.title,
        "door": "portal",
        "agreement": agreement,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "today": today(),
        "holder": holder_on(agreement, day),
        "has_duties": any(party.duties for party in agreement.parties.all()),
        "state": agreement.state_on(day),
        "outlook": seen,
        "related": related(agreement, audience),
        "siblings": siblings.with_everything()[:SIBLINGS],
        "sibling_count": siblings.count(),
        "attachments": agreement.attachments.attached().filter(is_published=True).select_related("document"),
        "timeline": timeline(agreement, audience),
        "work": work,
        "capabilities": Capability.objects.about(agreement)
        .current()
        .select_related("organisation__merged_into"),
        "has_work": any(part.initiatives for part in work),
        "stories": seen_stories(audience).filter(agreement=agreement),
        "amendments": amendments,
    }
    return render(request, "portal/agreements/page.html", context, status=422 if refusal else 200)


def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The agreement on one page (PDF), as everyone may read it."""
    from renkei.documents.publications.pdf import publication_pdf

    agreement = the_agreement(public_id)
    paper = publication_pdf(agreement_sheet(agreement, today()), is_close=True)
    return made_answer(paper.content, f"{agreement.title[:60]}.pdf")


def as_json(request: HttpRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(public_id)
    question = Asked("", Audience.public(agreement.municipality), today())
    told = json_export.as_json(agreement, question, lambda public_id: address_of(request, public_id))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def document(request: HttpRequest, public_id: str, document_id: str) -> HttpResponseBase:
    published = (
        the_agreement(public_id).attachments.attached().filter(is_published=True).select_related("document")
    )
    return document_answer(get_object_or_404(published, document__public_id=document_id).document)
