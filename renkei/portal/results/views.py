"""The years whose results a town published: the list of years, a year's page, its downloads, pictures."""

from datetime import date, datetime

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.audience import Audience
from renkei.documents.models import Document
from renkei.initiatives.models import Result, Story
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.models.story import StoryQuerySet
from renkei.initiatives.pictures import kind_of_picture, public_picture
from renkei.initiatives.published import (
    counts_by_field,
    counts_by_year,
    results_of_year,
    stories_of_year,
    totals,
)
from renkei.municipalities.models import Municipality
from renkei.portal.results import exports
from renkei.portal.results.asking import AskedResults, asked_results, chosen, facets, found
from renkei.portal.results.rows import public_results, with_everything
from renkei.portal.towns import audience_of, by_prefecture, only_town, today
from renkei.reports.figures import Row
from renkei.rules.japanese_calendar import fiscal_year_name
from renkei.search.labels import field_names
from renkei.ui.downloads import headers_of

ON_A_PAGE = 20
EXAMPLES, STORIES = 30, 6
KINDS = ("csv", "json", "xlsx")
FIRST_YEAR, LAST_YEAR = 1900, 2999


def years(request: HttpRequest) -> HttpResponse:
    audience = audience_of(request)
    several = only_town(request) is None
    context = {
        "title": gettext_lazy("年度の取組実績"),
        "door": "portal",
        "town": audience.municipality,
        "kept": kept_of(request, audience),
        "years": counts_by_year(audience),
        "stories": list(seen_stories(audience)[:STORIES]),
        "prefectures": by_prefecture(Municipality.objects.taking_part()) if several else [],
    }
    return render(request, "portal/results/years.html", context)


def seen_stories(audience: Audience) -> StoryQuerySet:
    """The approved stories with their pictures, the newest first."""
    told: StoryQuerySet = Story.objects.seen_by(audience).select_related("agreement", "municipality")
    return told.prefetch_related("pictures__document")


def kept_of(request: HttpRequest, audience: Audience) -> str:
    """The query that keeps the chosen town, where there are several."""
    town = audience.municipality
    return f"?municipality={town.code}" if town and only_town(request) is None else ""


def year(request: HttpRequest, year: int) -> HttpResponse:
    question = the_question(request, year)
    results = found(question)
    page = Paginator(results.values_list("pk", flat=True), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = with_everything(Result.objects.seen_by(question.audience).filter(pk__in=list(page.object_list)))
    whole = results_of_year(question.audience, year)
    context = {
        "title": _("%(year)sの取組実績") % {"year": fiscal_year_name(year)},
        "door": "portal",
        "town": question.audience.municipality,
        "kept": kept_of(request, question.audience),
        "year": year,
        "shows_town": question.audience.municipality is None,
        "q": question.text,
        "totals": totals(whole),
        "by_field": by_field(whole),
        "examples": public_results(
            with_everything(whole.exclude(highlight=None).order_by("highlight", "pk"))[:EXAMPLES]
        ),
        "stories": stories_of_year(question.audience, year)[:STORIES],
        "facets": facets(question),
        "chosen": chosen(question),
        "page": page,
        "rows": public_results(shown),
        "hidden": [(name, value) for name in question.chosen for value in question.chosen[name]],
        "updated_on": updated_on(whole),
    }
    return render(request, "portal/results/year.html", context)


def the_question(request: HttpRequest, year: int) -> AskedResults:
    """What is asked of a published year; 404 where no town that is meant published it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    question = asked_results(request, year)
    if not results_of_year(question.audience, year).exists():
        raise Http404(_("この年度の実績は公開されていません。"))
    return question


def by_field(results: ResultQuerySet) -> list[Row]:
    """The fields of the upper level with their results, the most first."""
    names, counts = field_names(), dict[str, int]()
    for slug, count in counts_by_field(results).items():
        top = slug.partition(".")[0]
        counts[top] = counts.get(top, 0) + count
    order = sorted(counts, key=lambda slug: (-counts[slug], slug))
    return [
        Row(names.get(slug) or _("分野なし"), counts[slug], (f"field:{slug or 'none'}",)) for slug in order
    ]


def updated_on(results: ResultQuerySet) -> date | None:
    """The day on which a result was last approved."""
    last: datetime | None = results.aggregate(last=Max("approved_at"))["last"]
    return timezone.localdate(last) if last else None


def download(request: HttpRequest, year: int, kind: str) -> HttpResponseBase:
    if kind not in KINDS:
        raise Http404
    question = the_question(request, year)
    headers = headers_of(kind, today(), f"results-{year}")

    def address(result: Result) -> str:
        page = reverse("portal:agreement", args=[result.agreement.public_id])
        return f"{request.build_absolute_uri(page)}#result-{result.public_id}"

    if kind == "xlsx":
        answer = FileResponse(exports.workbook(question, address))
        for name, value in headers.items():
            answer.headers[name] = value
        return answer
    lines = exports.csv_lines if kind == "csv" else exports.json_lines
    return StreamingHttpResponse(lines(question, address), headers=headers)


def picture(request: HttpRequest, public_id: str, document_id: str) -> HttpResponse:
    result = get_object_or_404(Result.objects.seen_by(Audience.public()), public_id=public_id)
    papers = result.papers.filter(is_public=True, removed_at=None).select_related("document")
    return picture_answer(get_object_or_404(papers, document__public_id=document_id).document)


def picture_answer(document: Document) -> HttpResponse:
    """The picture drawn anew, without where and when it was taken; 404 where it cannot be drawn."""
    content = public_picture(document)
    if not content:
        raise Http404
    answer = HttpResponse(content, content_type=kind_of_picture(content))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["ETag"] = f'"{document.digest}"'
    return answer
