"""The lines of a running campaign follow the results: what is reported answers its line, what is taken back opens it.

Called inside the transaction of the change, by whatever changes results or initiatives.
"""

from collections.abc import Sequence

from django.utils import timezone

from renkei.initiatives.models import Campaign, CampaignDivision, CampaignLine, Initiative, Result
from renkei.initiatives.narrowing import in_years
from renkei.initiatives.vocabulary import LineAnswer
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division


def note_result(result: Result) -> None:
    """A result was reported, corrected, taken back or sent back: its line says whether any valid one is left."""
    if campaign := _running(result.initiative, result.fiscal_year):
        _settle(campaign, result.initiative)


unnote = note_result
"""A result no longer counts: the line is looked at in the same way."""


def note_written(initiatives: Sequence[Initiative]) -> None:
    """Initiatives were written or planned while a year of theirs is being asked about: they are asked about, too."""
    if not initiatives:
        return
    campaigns = Campaign.objects.of(initiatives[0].municipality).running().select_related("municipality")
    for campaign in campaigns:
        asked = campaign.lines.filter(initiative__isnull=False).values("initiative")
        known = Initiative.objects.filter(pk__in=[one.pk for one in initiatives]).exclude(pk__in=asked)
        of_year = known.filter(in_years([campaign.fiscal_year])).select_related("agreement")
        for initiative in of_year.order_by("agreement", "position"):
            _line_of(campaign, initiative)


def _running(initiative: Initiative, fiscal_year: int) -> Campaign | None:
    running = Campaign.objects.of(initiative.municipality).running()
    return running.filter(fiscal_year=fiscal_year).first()


def _settle(campaign: Campaign, initiative: Initiative) -> None:
    of_year = Result.objects.filter(initiative=initiative).of_year(campaign.fiscal_year)
    first = of_year.valid().order_by("reported_at", "pk").first()
    line = campaign.lines.filter(initiative=initiative).first()
    if first:
        line = line or _line_of(campaign, initiative)
        if line.answer != LineAnswer.RESULTS:
            answer_with(line, first)
            line.save()
    elif line and line.answer == LineAnswer.RESULTS:
        reopen_line(line)


def answer_with(line: CampaignLine, result: Result) -> None:
    """The result answers the line; the caller saves it."""
    line.answer, line.reason = LineAnswer.RESULTS, ""
    line.answered_by, line.answered_by_partner = result.reported_by, result.reported_by_partner
    line.answered_at = result.reported_at


def reopen_line(line: CampaignLine) -> None:
    """Nothing answers the line any more; who had told everything has not."""
    line.answer, line.reason = LineAnswer.WAITING, ""
    line.answered_by = line.answered_by_partner = line.answered_at = None
    line.save()
    _unfinish(line)


def _unfinish(line: CampaignLine) -> None:
    """Whoever is asked about a line that is open has something left to tell."""
    divisions = line.campaign.divisions.filter(division=line.division_id)
    divisions.update(finished_at=None, finished_by=None)


def _line_of(campaign: Campaign, initiative: Initiative) -> CampaignLine:
    """The line of an initiative that was not in the list: that of its agreement if nothing was known of it."""
    of_agreement = campaign.lines.filter(agreement=initiative.agreement, initiative=None).first()
    line = of_agreement or CampaignLine(campaign=campaign, agreement=initiative.agreement)
    line.initiative, line.division = initiative, _division_of(campaign, initiative)
    line.answer, line.reason = LineAnswer.WAITING, ""
    line.answered_by = line.answered_by_partner = line.answered_at = None
    line.save()
    if line.division:
        CampaignDivision.objects.get_or_create(campaign=campaign, division=line.division)
    _unfinish(line)
    return line


def _division_of(campaign: Campaign, initiative: Initiative) -> Division | None:
    """Who held its duties when the campaign began, as for all other lines."""
    asked = initiative.division_id or initiative.agreement.division_id
    if asked is None:
        return None
    return Lineage(campaign.municipality).on(asked, timezone.localdate(campaign.opened_at))
