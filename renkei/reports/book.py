"""All that a page of the register as of a day shows."""

from dataclasses import dataclass, field
from datetime import date

from renkei.agreements.audience import Audience
from renkei.reports.counts import OfOneTown, counts_for
from renkei.reports.figures import Figures, YearPoint, figures_from, partners_on, series_from
from renkei.reports.remarks import Remark, remarks


@dataclass(frozen=True)
class Book:
    """The figures, the series of years, and for one town what stands out and how many partners there are."""

    figures: Figures
    years: list[YearPoint]
    partners: int | None = None
    remarks: list[Remark] = field(default_factory=list)


def book_on(audience: Audience, on: date, *, since: date | None = None) -> Book:
    """The register as of the day; raises PeriodRefused where `since` is after it.

    Partners are each town's own records, so they are counted for one town only.
    """
    counts = counts_for(audience)
    figures = figures_from(counts, audience, on, since=since)
    years = series_from(counts, on)
    if not isinstance(counts, OfOneTown):
        return Book(figures, years)
    return Book(figures, years, partners_on(audience, on), remarks(counts, figures))
