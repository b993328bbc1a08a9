"""A campaign in which each side of the canaries' world is asked, with a line, and a sheet that it brought."""

from renkei.agreements.models import Agreement
from renkei.correspondents.models import Correspondent
from renkei.documents.services import keep
from renkei.initiatives.models import Campaign, CampaignPartner, Initiative, ReturnedSheet
from renkei.initiatives.vocabulary import LineAnswer
from tests.work_factories import AT, a_campaign, a_picture

CAMPAIGNS = {
    **{
        f"campaign{verb}": {"public_id": "campaign"}
        for verb in ("", "_nothing", "_finish", "_sheet", "_sheet_bring")
    },
    "campaign_take_back": {"public_id": "campaign", "line_id": "line"},
    **{
        f"campaign_{verb}": {"public_id": "campaign", "sheet_id": "returned_sheet"}
        for verb in ("returned", "sheet_take", "sheet_problems")
    },
}
"""What the ids in these addresses name."""
ONLY_SENT = {
    "campaign_nothing", "campaign_take_back", "campaign_finish", "campaign_sheet_bring", "campaign_sheet_take",
}  # fmt: skip


def the_campaign(author: Correspondent, agreement: Agreement, words: str, secret: str) -> None:
    """A year of its own for each side, since a partner sees the campaigns in which it is asked."""
    year = 2010 + Campaign.objects.count()
    campaign = a_campaign(agreement, fiscal_year=year, request=words, closing_note=secret)
    assert author.partner
    CampaignPartner.objects.create(campaign=campaign, organisation=author.partner)
    initiative = Initiative.objects.get(agreement=agreement)
    agreement.parties.update(joined_on=None, left_on=None)
    told = {"answer": LineAnswer.NOTHING, "answered_at": AT, "agreement": agreement}
    campaign.lines.create(initiative=initiative, reason=words, answered_by_partner=author, **told)
    campaign.lines.create(reason=secret, **told)
    row = {"number": 4, "state": "good", "about": words, "problems": [words], "remarks": [words]}
    for name, organisation in ((words, author.partner), (secret, None)):
        document = keep(a_picture(), name=f"{name}.xlsx", municipality=agreement.municipality)
        ReturnedSheet.objects.create(
            campaign=campaign,
            document=document,
            organisation=organisation,
            brought_at=AT,
            taken_at=AT,
            rows=[{**row, "about": name, "cells": {"what": name}}],
        )


def ids_of_campaign(agreement: Agreement) -> dict[str, str]:
    """The ids of the campaign, of the line that the partner answered, and of the sheet that it brought."""
    campaign = Campaign.objects.filter(lines__agreement=agreement).distinct().get()
    return {
        "campaign": campaign.public_id,
        "line": campaign.lines.exclude(initiative=None).get().public_id,
        "returned_sheet": campaign.sheets.exclude(organisation=None).get().public_id,
    }
