"""The register: list, downloads, the page of an agreement, and what can be done there."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import outlook
from renkei.agreements.permissions import why_not_change
from renkei.agreements.relations import related, same_text
from renkei.agreements.timeline import timeline
from renkei.desk.agreements.forms import AttachForm, EndForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.documents.services import DocumentRefused
from renkei.search import exports
from renkei.search.asking import FACETS, Asked, asked
from renkei.search.finding import QueryRefused
from renkei.search.listing import listing as listed
from renkei.ui.days import AskedDays, asked_day, asked_days
from renkei.ui.downloads import CONTENT_TYPES, document_answer, headers_of

SIBLINGS = 10


def the_agreement(request: StaffRequest, public_id: str) -> Agreement:
    """The person's own town's agreement, or 404."""
    return get_object_or_404(Agreement.objects.of(town(request)).with_everything(), public_id=public_id)


def question_of(request: StaffRequest) -> tuple[Asked, AskedDays]:
    """What the address asks of the list."""
    days = asked_days(request.GET, today())
    params = dict(request.GET.lists())
    audience = Audience.staff(town(request))
    return asked(params, audience=audience, day=days.on, since=days.since), days


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    question, days = question_of(request)
    refusals, shown = dict(days.refusals), None
    if not refusals:
        try:
            shown = listed(question, whole=request.GET.getlist("more"))
        except QueryRefused as refusal:
            refusals["q"] = str(refusal)
    context = {
        "title": gettext_lazy("協定の一覧"),
        "door": "desk",
        "listing": shown,
        "refusals": refusals,
        "q": question.text,
        "on": request.GET.get("on", ""),
        "since": request.GET.get("since", ""),
        "since_day": days.since,
        "day": days.on,
        "order": question.order,
        "kept": [(name, value) for name in (*FACETS, "order", "more") for value in request.GET.getlist(name)],
        "has_workbook": True,
        "first_step": reverse("desk:ledgers"),
    }
    return render(request, "desk/agreements/listing.html", context, status=422 if refusals else 200)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponseBase:
    if kind not in CONTENT_TYPES:
        raise Http404
    question, days = question_of(request)
    if days.refusal:
        return HttpResponse(days.refusal, status=422, content_type="text/plain; charset=utf-8")

    def address(public_id: str) -> str:
        return request.build_absolute_uri(reverse("desk:agreement", args=[public_id]))

    try:
        if kind == "xlsx":
            headers = headers_of(kind, question.day)
            # A file's answer guesses its type from a name unless it is told apart from the other headers.
            kind_of_file = headers.pop("Content-Type")
            workbook = exports.workbook(question, address)
            return FileResponse(workbook, headers=headers, content_type=kind_of_file)
        lines = exports.csv_lines if kind == "csv" else exports.json_lines
        return StreamingHttpResponse(lines(question, address), headers=headers_of(kind, question.day))
    except QueryRefused as refusal:
        return HttpResponse(str(refusal), status=422, content_type="text/plain; charset=utf-8")


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    audience = Audience.staff(town(request))
    day, refusal = asked_day(request.GET.get("on", ""), today())
    siblings = same_text(agreement, audience)
    context = {
        "title": agreement.title,
        "door": "desk",
        "agreement": agreement,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "today": today(),
        "holder": holder_on(agreement, day),
        "has_duties": any(party.duties for party in agreement.parties.all()),
        "state": agreement.state_on(day),
        "outlook": outlook(agreement, day),
        "related": related(agreement, audience),
        "siblings": siblings.with_everything()[:SIBLINGS],
        "sibling_count": siblings.count(),
        "attachments": agreement.attachments.select_related("document"),
        "timeline": timeline(agreement, audience),
        "why_not_change": why_not_change(request.user, agreement, day=today()),
    }
    return render(request, "desk/agreements/page.html", context, status=422 if refusal else 200)


@staff_page
@require_POST
def publish(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    try:
        if request.POST.get("publishes") == "yes":
            services.publish(agreement, actor=request.user)
            messages.success(request, _("公開しました。公開のページで誰でも見られます。"))
        else:
            services.withdraw(agreement, actor=request.user)
            messages.success(request, _("公開を取りやめました。公開のページには出ません。"))
    except services.PublicationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement", agreement.public_id)


@staff_page
def attach(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    reason = why_not_change(request.user, agreement, day=today())
    form = AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.attach(
                agreement,
                file.read(),
                name=file.name,
                actor=request.user,
                label=form.cleaned_data["label"],
                is_published=form.cleaned_data["is_published"],
            )
            messages.success(request, _("文書を添付しました。"))
            return redirect("desk:agreement", agreement.public_id)
        except DocumentRefused as refusal:
            form.add_error("file", str(refusal))
    context = {"title": gettext_lazy("文書の添付"), "agreement": agreement, "form": form, "reason": reason}
    return render(request, "desk/agreements/attach.html", context, status=422 if form.errors else 200)


@staff_page
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    reason = why_not_change(request.user, agreement, day=today())
    form = EndForm(request.POST or None)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            services.end(agreement, actor=request.user, **form.cleaned_data)
            messages.success(request, _("終了を記録しました。"))
            return redirect("desk:agreement", agreement.public_id)
        except services.EndRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": gettext_lazy("協定の終了"), "agreement": agreement, "form": form, "reason": reason}
    return render(request, "desk/agreements/end.html", context, status=422 if form.errors else 200)


@staff_page
def document(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    agreement = the_agreement(request, public_id)
    attachments = agreement.attachments.select_related("document")
    return document_answer(get_object_or_404(attachments, document__public_id=document_id).document)
