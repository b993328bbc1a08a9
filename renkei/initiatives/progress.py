"""How far a campaign is: what was asked and answered, in all, by division and by partner."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from renkei.initiatives.asked import parties_of_year, people_by_partner
from renkei.initiatives.models import Campaign, CampaignDivision, CampaignPartner
from renkei.initiatives.vocabulary import LineAnswer
from renkei.municipalities.models import Division


@dataclass(frozen=True)
class Share:
    """How many lines were answered with results, how many with 「なし」, and how many are open."""

    with_results: int = 0
    nothing: int = 0
    waiting: int = 0

    @property
    def asked(self) -> int:
        return self.with_results + self.nothing + self.waiting

    @property
    def answered(self) -> int:
        return self.with_results + self.nothing

    @property
    def percent(self) -> int:
        """The response rate in whole per cent, never 100 while a line is open; 100 where nothing was asked."""
        return self.answered * 100 // self.asked if self.asked else 100

    @property
    def is_whole(self) -> bool:
        """Whether no line is open."""
        return not self.waiting


@dataclass(frozen=True)
class DivisionProgress:
    """A division's share; without a division what nobody answers for, without `asked` no record of finishing."""

    division: Division | None
    share: Share
    asked: CampaignDivision | None = None


@dataclass(frozen=True)
class PartnerProgress:
    """A partner's share of the lines that are also its own, and how many people it has at the counter."""

    asked: CampaignPartner
    share: Share
    people: int


@dataclass(frozen=True)
class Progress:
    """A campaign's lines, counted."""

    total: Share
    divisions: list[DivisionProgress]
    partners: list[PartnerProgress]

    @property
    def asked(self) -> int:
        return self.total.asked

    @property
    def answered(self) -> int:
        return self.total.answered

    @property
    def rate(self) -> int:
        """The response rate in whole per cent."""
        return self.total.percent


def share_of(answers: Mapping[str, int]) -> Share:
    """Counts by answer as a share."""
    return Share(
        answers.get(LineAnswer.RESULTS, 0),
        answers.get(LineAnswer.NOTHING, 0),
        answers.get(LineAnswer.WAITING, 0),
    )


def total_of(campaign: Campaign) -> Share:
    """The lines of the whole campaign."""
    counted = campaign.lines.order_by().values_list("answer").annotate(Count("pk"))
    return share_of(dict(counted))


def progress(campaign: Campaign) -> Progress:
    """Count the campaign's lines; the number of questions does not grow with what is asked."""
    divisions = _divisions(campaign)
    total = _sum(one.share for one in divisions)
    return Progress(total, divisions, _partners(campaign) if campaign.asks_partners else [])


def _sum(shares: Iterable[Share]) -> Share:
    told = list(shares)
    return Share(
        sum(one.with_results for one in told),
        sum(one.nothing for one in told),
        sum(one.waiting for one in told),
    )


def _divisions(campaign: Campaign) -> list[DivisionProgress]:
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    counted = campaign.lines.order_by().values_list("division", "answer").annotate(Count("pk"))
    for division, answer, count in counted:
        counts[division][answer] += count
    asked = campaign.divisions.select_related("division", "finished_by").order_by(
        "division__department", "division__name", "pk"
    )
    rows = [DivisionProgress(one.division, share_of(counts[one.division_id]), one) for one in asked]
    if None in counts:
        rows.append(DivisionProgress(None, share_of(counts[None])))
    return rows


def _partners(campaign: Campaign) -> list[PartnerProgress]:
    asked = list(
        campaign.partners.select_related("organisation", "finished_by").order_by("organisation__name")
    )
    counts = _answers_by_partner(campaign)
    people = people_by_partner([one.organisation_id for one in asked], campaign.municipality_id)
    return [
        PartnerProgress(
            one, share_of(counts[_living(one)]), len(people[_living(one)] or people[one.organisation_id])
        )
        for one in asked
    ]


def _living(one: CampaignPartner) -> int:
    """The record into which the partner's was merged since."""
    return one.organisation.merged_into_id or one.organisation_id


def _answers_by_partner(campaign: Campaign) -> dict[int, Counter[str]]:
    parties: dict[int, set[int]] = defaultdict(set)
    links = parties_of_year(campaign.fiscal_year).filter(agreement__in=campaign.lines.values("agreement"))
    for agreement, organisation in links.values_list("agreement", "organisation"):
        parties[agreement].add(organisation)
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    lines = campaign.lines.order_by().values_list(
        "agreement", "answer", "initiative__organisation", "initiative__organisation__merged_into"
    )
    for agreement, answer, doer, merged in lines:
        for partner in parties[agreement] & {merged or doer} if doer else parties[agreement]:
            counts[partner][answer] += 1
    return counts
