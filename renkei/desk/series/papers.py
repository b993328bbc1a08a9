"""Papers for the partners of a series: ordered, watched while they are made, taken as a zip or to be printed."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.models import PartnerPapers, Series, SeriesPapers
from renkei.agreements.permissions import why_not_change_series
from renkei.agreements.series_papers import (
    AGREEMENT,
    COVER,
    KEPT_DAYS,
    PapersFacts,
    going_on,
    names_of_papers,
)
from renkei.agreements.services.series_papers import order_again, order_papers
from renkei.agreements.tasks import make_series_papers
from renkei.desk.series.papers_form import OWN, WORD, PapersForm, typed_before
from renkei.desk.series.views import the_series
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.documents.services import DocumentRefused
from renkei.municipalities.public_id import carried_or_new
from renkei.procedures.wording import subject_for

EARLIER = 10


@staff_page
def papers(request: StaffRequest, public_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    reason = why_not_change_series(request.user, series, day=today())
    form = form_of(request, series)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            made = order_papers(
                series,
                form.facts(),
                form.partners(),
                at=timezone.now(),
                actor=request.user,
                template=form.word(),
                public_id=once_of(request),
            )
            make_series_papers.enqueue(made.pk)
            return redirect("desk:series_papers_order", series.public_id, made.public_id)
        except (services.Refused, DocumentRefused) as refusal:
            form.add_error(None, str(refusal))
    context = {
        "title": gettext_lazy("文書をまとめて作る"),
        "series": series,
        "form": form,
        "reason": reason,
        "earlier": [
            (one, names_of_papers(PapersFacts.read(one.facts)))
            for one in SeriesPapers.objects.of(town(request)).filter(series=series)[:EARLIER]
        ],
        "kept_days": KEPT_DAYS,
        "once": once_of(request),
    }
    return render(request, "desk/series/papers.html", context, status=422 if form.errors else 200)


def once_of(request: StaffRequest) -> str:
    """The id of the order that the form makes: the one that it carries, or a new one."""
    return carried_or_new(request.POST.get("once", ""))


def form_of(request: StaffRequest, series: Series) -> PapersForm:
    """The form as it was sent, or with what the last order said."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    last = SeriesPapers.objects.of(town(request)).filter(series=series).first()
    before = typed_before(PapersFacts.read(last.facts)) if last else first_time(series)
    return PapersForm(*sent, series=series, agreements=going_on(series, today()), initial=before)


def first_time(series: Series) -> dict[str, object]:
    """What the form begins with: both papers, and the series' own Word file or the usual text near to its title."""
    told = series.facts
    fields = [one for one in (told.get("main_field"), *told.get("fields_too", ())) if one]
    near = subject_for(str(told.get("form", "")), fields, str(told.get("title") or series.name))
    has_own = series.document is not None and series.document.media_type == WORD
    return {"makes": [AGREEMENT, COVER], "text": OWN if has_own else near or ""}


def the_order(request: StaffRequest, public_id: str, order_id: str) -> SeriesPapers:
    """An order of the person's own town's series, or 404."""
    own = SeriesPapers.objects.of(town(request)).filter(series=the_series(request, public_id))
    found = own.select_related("series__division", "municipality", "template")
    return get_object_or_404(found, public_id=order_id)


@staff_page
def order(request: StaffRequest, public_id: str, order_id: str) -> HttpResponse:
    found = the_order(request, public_id, order_id)
    partners = list(found.partners.all())
    context = {
        "title": gettext_lazy("まとめて作った文書"),
        "series": found.series,
        "order": found,
        "names": names_of_papers(PapersFacts.read(found.facts)),
        "total": len(partners),
        "made": sum(one.made_at is not None for one in partners),
        "done": sum(one.made_at is not None or bool(one.problem) for one in partners),
        "told": told_by(partners),
        "reason": why_not_change_series(request.user, found.series, day=today()),
        "kept_days": KEPT_DAYS,
        "once": once_of(request),
    }
    return render(request, "desk/series/papers_order.html", context)


def told_by(partners: Sequence[PartnerPapers]) -> dict[str, list[PartnerPapers]]:
    """What is to be looked at, sentence by sentence, each with the partners whom it is about; failures come first."""
    told: dict[str, list[PartnerPapers]] = {}
    for one in sorted(partners, key=lambda one: not one.problem):
        problem = [_("作れませんでした。%(why)s") % {"why": one.problem}] if one.problem else []
        for sentence in [*problem, *one.remark.splitlines()]:
            told.setdefault(sentence, []).append(one)
    return told


@staff_page
@require_POST
def again(request: StaffRequest, public_id: str, order_id: str) -> HttpResponse:
    found = the_order(request, public_id, order_id)
    stop_if(why_not_change_series(request.user, found.series, day=today()))
    try:
        made = order_again(found, at=timezone.now(), actor=request.user, public_id=once_of(request))
    except services.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:series_papers_order", public_id, found.public_id)
    make_series_papers.enqueue(made.pk)
    return redirect("desk:series_papers_order", public_id, made.public_id)


@staff_page
def archive(request: StaffRequest, public_id: str, order_id: str) -> HttpResponseBase:
    found = the_order(request, public_id, order_id)
    return handed_out(found.archive, _("%(series)sの文書.zip") % {"series": found.series}, "application/zip")


@staff_page
def printout(request: StaffRequest, public_id: str, order_id: str) -> HttpResponseBase:
    found = the_order(request, public_id, order_id)
    return handed_out(
        found.printout, _("%(series)sの印刷用.pdf") % {"series": found.series}, "application/pdf"
    )


def handed_out(file: FieldFile, name: str, kind: str) -> FileResponse:
    """The file by its name; 404 where it is not made yet, or deleted already."""
    if not file:
        raise Http404
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=kind)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
