"""What was answered to the lines of a campaign: the results of its year, and the answers of the year before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from renkei.agreements.models import Party
from renkei.initiatives.models import CampaignLine, Result
from renkei.initiatives.vocabulary import LineAnswer, ResultState


@dataclass(frozen=True)
class AnsweredLine:
    """A line with its results of the year, and what was told a year before; `reason_before` where that was 「なし」."""

    line: CampaignLine
    results: list[Result] = field(default_factory=list)
    before: list[Result] = field(default_factory=list)
    reason_before: str = ""
    partners: list[str] = field(default_factory=list)

    @property
    def to_confirm(self) -> list[Result]:
        """Results of the year that wait for the other side."""
        return [one for one in self.results if one.state == ResultState.REPORTED]


def answered(lines: Sequence[CampaignLine]) -> list[AnsweredLine]:
    """The lines of one campaign with both years' answers; four questions for all of them."""
    if not lines:
        return []
    campaign, keys = lines[0].campaign, {one.initiative_id for one in lines}
    results: dict[tuple[int, int], list[Result]] = defaultdict(list)
    years = (campaign.fiscal_year, campaign.fiscal_year - 1)
    told = Result.objects.filter(initiative__in=keys, fiscal_year__in=years)
    shown = told.exclude(state=ResultState.WITHDRAWN).order_by("done_on", "pk")
    for result in shown.select_related("organisation").prefetch_related("figures__indicator"):
        results[result.initiative_id, result.fiscal_year].append(result)
    reasons = _reasons(campaign.municipality_id, years[1], lines)
    partners = _partners(lines)
    return [
        AnsweredLine(
            line,
            results[line.initiative_id or 0, years[0]],
            [one for one in results[line.initiative_id or 0, years[1]] if one.state != ResultState.SENT_BACK],
            reasons.get((line.agreement_id, line.initiative_id), ""),
            partners[line.agreement_id],
        )
        for line in lines
    ]


def _reasons(town: int, year: int, lines: Sequence[CampaignLine]) -> dict[tuple[int, int | None], str]:
    before = CampaignLine.objects.filter(
        campaign__municipality=town,
        campaign__fiscal_year=year,
        answer=LineAnswer.NOTHING,
        agreement__in={one.agreement_id for one in lines},
    )
    told = before.values_list("agreement", "initiative", "reason")
    return {(agreement, initiative): reason for agreement, initiative, reason in told}


def _partners(lines: Sequence[CampaignLine]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    parties = Party.objects.filter(
        agreement__in={one.agreement_id for one in lines}, organisation__isnull=False
    )
    for agreement, name in parties.order_by("position").values_list("agreement", "name_as_signed"):
        names[agreement].append(name)
    return names
