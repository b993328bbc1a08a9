"""What came of the agreements in a fiscal year: page, downloads and charts."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.narrowing import is_year
from renkei.reports.charts import png_of
from renkei.reports.work import (
    WorkFigures,
    WorkYear,
    agreements_between,
    last_whole_year,
    results_by_agreement,
    work_figures,
    work_series,
)
from renkei.reports.work_files import FILES, charts_of, in_japanese
from renkei.rules.fiscal_years import first_day, last_day
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name
from renkei.ui.days import asked_day
from renkei.ui.downloads import made_answer

CHOSEN_YEARS = 15
ON_A_PAGE = 100
CHARTS = (
    "results-by-field", "results-by-division", "results-by-kind", "results-by-form", "results-by-result",
)  # fmt: skip
CHARTS_OF_INITIATIVES = (
    "initiatives-by-field", "initiatives-by-division", "initiatives-by-kind", "initiatives-by-form",
    "initiatives-by-state",
)  # fmt: skip


@dataclass(frozen=True)
class AskedYear:
    """The fiscal year and the day asked for, and what could not be read."""

    year: int
    on: date
    refusals: dict[str, str]

    @property
    def refusal(self) -> str:
        """The first sentence; "" if all could be read."""
        return next(iter(self.refusals.values()), "")

    @property
    def asked(self) -> str:
        """As in an address."""
        return urlencode({"year": self.year, "on": self.on.isoformat()})


def asked_year(request: StaffRequest) -> AskedYear:
    """The year of the address, by default the last whole one, as of the day, by default today."""
    said = request.GET.get("year", "").strip()
    on, wrong = asked_day(request.GET.get("on", ""), today())
    refusals = {"on": wrong} if wrong else {}
    if said and not is_year(said):
        refusals["year"] = _("年度は「2023」のように西暦4けたで選んでください。")
    return AskedYear(int(said) if is_year(said) else last_whole_year(on), on, refusals)


def years_to_choose(year: int) -> list[tuple[int, str]]:
    """The latest years, and the one that is asked for."""
    now = fiscal_year(today())
    years = sorted({*range(now - CHOSEN_YEARS, now + 2), year}, reverse=True)
    return [(one, fiscal_year_name(one)) for one in years]


def figures_and_years(request: StaffRequest, asked: AskedYear) -> tuple[WorkFigures, list[WorkYear]]:
    audience = Audience.staff(town(request))
    figures = work_figures(audience, asked.year, on=asked.on)
    return figures, work_series(audience, asked.year, on=asked.on)


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    asked = asked_year(request)
    context = {
        "title": gettext_lazy("取組と実績の集計"),
        "asked": asked,
        "said": request.GET,
        "years_to_choose": years_to_choose(asked.year),
    }
    if not asked.refusals:
        figures, years = figures_and_years(request, asked)
        charts = charts_of(figures, years)
        context |= {
            "figures": figures,
            "years": years,
            "charts": [(name, charts[name]) for name in CHARTS],
            "charts_of_initiatives": [(name, charts[name]) for name in CHARTS_OF_INITIATIVES],
            "series": charts["results-by-year"],
            "results_at": f"{reverse('desk:results')}?year={asked.year}",
            "initiatives_at": f"{reverse('desk:initiatives')}?year={asked.year}",
            "moved_at": urlencode(
                {"since": first_day(asked.year).isoformat(), "on": figures.until.isoformat()}
            ),
        }
    return render(request, "desk/figures/work.html", context, status=422 if asked.refusals else 200)


@staff_page
def agreements(request: StaffRequest) -> HttpResponse:
    """The agreements in force in the year with the number of their results; with `with=results`, or `with=none`."""
    asked = asked_year(request)
    if asked.refusals:
        return refused(asked.refusal)
    audience = Audience.staff(town(request))
    until = min(last_day(asked.year), max(asked.on, first_day(asked.year)))
    in_force = agreements_between(audience, first_day(asked.year), until)
    counts = results_by_agreement(audience, asked.year)
    chosen = request.GET.get("with", "")
    if chosen == "results":
        in_force &= set(counts)
    elif chosen == "none":
        in_force -= set(counts)
    found = Agreement.objects.of(town(request)).filter(pk__in=in_force).with_everything()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("%(year)sに有効な協定と実績") % {"year": fiscal_year_name(asked.year)},
        "asked": asked,
        "with": chosen,
        "page": page,
        "rows": [(one, counts.get(one.pk, 0)) for one in page],
    }
    return render(request, "desk/figures/agreements.html", context)


@staff_page
def download(request: StaffRequest, kind: str) -> HttpResponse:
    asked = asked_year(request)
    if kind not in FILES:
        raise Http404
    if asked.refusals:
        return refused(asked.refusal)
    made = in_japanese(kind, lambda: figures_and_years(request, asked))
    return made_answer(made, f"work-{asked.year}-{asked.on.isoformat()}.{kind}")


@staff_page
def chart(request: StaffRequest, chart: str, kind: str) -> HttpResponse:
    asked = asked_year(request)
    if asked.refusals:
        return refused(asked.refusal)
    charts = charts_of(*figures_and_years(request, asked))
    if chart not in charts or kind not in ("svg", "png", "csv"):
        raise Http404
    drawn = charts[chart]
    made = drawn.csv if kind == "csv" else drawn.svg.encode() if kind == "svg" else png_of(drawn.svg)
    return made_answer(made, f"{chart}-{asked.year}-{asked.on.isoformat()}.{kind}")


def refused(sentence: str) -> HttpResponse:
    """A download that cannot be made says why."""
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
