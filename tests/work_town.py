"""One of each record of the work under an agreement, and the addresses of the desk that are about them.

`DESK` says who may see and change each address (the kinds of test_authorisation) and with what it is filled.
"""

from collections.abc import Callable
from datetime import date

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.services import keep
from renkei.documents.thumbnails import draw
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.models import Initiative, Result, ResultPaper, Story
from renkei.initiatives.vocabulary import LineAnswer, MeetingState
from renkei.reports.models import SavedQuestion
from tests import disaster_town
from tests.procedure_factories import a_correspondent
from tests.work_factories import (
    AT,
    a_campaign,
    a_follow_up,
    a_meeting,
    a_picture,
    a_published_result,
    a_result,
    a_story,
    an_evaluation,
    an_initiative,
)

VISITOR = "visitor@example.com"
"""Who comes to the counter."""
TOLD_YEAR = 2021
"""A fiscal year that the town published."""

Work = dict[str, object]
Filled = Callable[[Work], list[object]]


def a_town_at_work(agreement: Agreement, clerk: User) -> Work:
    """One of each, under the agreement; the keys are used by the addresses below."""
    initiative = an_initiative(agreement)
    return {
        "agreement": agreement,
        "initiative": initiative,
        "evaluation": an_evaluation(agreement),
        "result": a_pictured_result(initiative),
        **an_asked_year(agreement, initiative, clerk),
        **meetings_of(agreement, clerk),
        "told": a_published_result(initiative, fiscal_year=TOLD_YEAR),
        "told_year": a_campaign(agreement, fiscal_year=TOLD_YEAR, publicity="published", closed_at=AT),
        "story": a_story(agreement, clerk),
        "question": a_shared_question(clerk),
        **disaster_town.a_prepared_town(agreement, clerk),
    }


def a_shared_question(clerk: User) -> SavedQuestion:
    """A cross table that a clerk shares with the town."""
    kept = {"name": "分野別の実績", "asked": "rows=field&measure=results", "is_shared": True}
    return SavedQuestion.objects.create(municipality=clerk.municipality, owner=clerk, **kept)


def an_asked_year(agreement: Agreement, initiative: Initiative, clerk: User) -> Work:
    """A campaign with a line of the agreement's division, and a sheet from the division and from the partner."""
    visitor, division = the_visitor(agreement), agreement.division
    assert division and visitor.partner
    campaign = a_campaign(agreement, opened_by=clerk)
    campaign.divisions.create(division=division)
    campaign.partners.create(organisation=visitor.partner)
    told = {"answer": LineAnswer.NOTHING, "reason": "見送った", "answered_at": AT}
    line = campaign.lines.create(
        agreement=agreement, initiative=initiative, division=division, answered_by_partner=visitor, **told
    )
    cells = {"line": line.public_id, "answer": "なし", "reason": "災害がなかった"}
    rows = [{"number": 4, "cells": cells, "state": "good", "problems": [], "remarks": [], "about": "講座"}]
    paper = keep(a_picture(), name="調査票.xlsx", municipality=agreement.municipality)
    kept = {"document": paper, "brought_at": AT, "rows": rows}
    return {
        "campaign": campaign,
        "line": line,
        "division": division,
        "returned": campaign.sheets.create(division=division, brought_by=clerk, **kept),
        "their_sheet": campaign.sheets.create(
            organisation=visitor.partner, brought_by_partner=visitor, **kept
        ),
    }


def a_pictured_result(initiative: Initiative) -> Result:
    """A result with a picture, whose small one is drawn."""
    result = a_result(initiative)
    document = keep(a_picture(), name="講座.png", municipality=result.municipality)
    draw(document)
    ResultPaper.objects.create(result=result, document=document, description="講座で体操をする人")
    return result


def of_picture(work: Work) -> list[object]:
    """The story and its picture."""
    story = work["story"]
    assert isinstance(story, Story)
    return [story.public_id, story.pictures.get().document.public_id]


def meetings_of(agreement: Agreement, clerk: User) -> Work:
    """A meeting that is planned, and one that was held, with what was taken on and what of it is done."""
    visitor = the_visitor(agreement)
    coming = a_meeting(agreement, held_on=date(2099, 6, 1), written_by=clerk, invited_at=AT)
    told = {"state": MeetingState.HELD, "minutes": "講座は年2回とする。", "shared_at": AT}
    held = a_meeting(agreement, written_by=clerk, **told)
    theirs = {"side": Side.PARTNER, "organisation": visitor.organisation}
    for meeting in (coming, held):
        meeting.attendees.create(name="山田 花子", correspondent=visitor, **theirs)
    return {
        "meeting": coming,
        "held_meeting": held,
        "follow_up": a_follow_up(held),
        "done_follow_up": a_follow_up(held, done_on=date(2024, 6, 5), outcome="送った"),
        "their_follow_up": a_follow_up(held, division=None, **theirs),
    }


def the_visitor(agreement: Agreement) -> Correspondent:
    """Who comes to the counter: of the agreement's partner where the person is not yet of another."""
    known = Correspondent.objects.of(agreement.municipality).filter(email=VISITOR).first()
    visitor = known or a_correspondent(email=VISITOR, municipality=agreement.municipality)
    if visitor.organisation is None:
        visitor.organisation = organisations_of([agreement])[0]
        visitor.save()
    return visitor


def of_paper(work: Work) -> list[object]:
    """The result and its picture, which is kept as it was drawn."""
    result = work["result"]
    assert isinstance(result, Result)
    return [result.public_id, result.papers.get().document.public_id]


def of(*keys: str) -> Filled:
    """The public ids of what the keys name, in the order of the address."""
    return lambda work: [work[key].public_id for key in keys]


DESK: dict[str, tuple[str, Filled]] = {
    "publications": ("list", lambda work: []),
    "publication": ("list", lambda work: ["slides"]),
    "publication_file": ("list", lambda work: ["slides", "pptx"]),
    "publication_agreement": ("record", lambda work: [*of("agreement")(work), "pdf"]),
    "publication_partner": (
        "record",
        lambda work: [work["agreement"].partners[0].organisation.public_id, "pdf"],
    ),
    "wordings": ("list", lambda work: []),
    "wording_edit": ("town", lambda work: ["closing"]),
    **{
        name: ("list", lambda work: [])
        for name in ("initiatives", "initiatives_copy", "evaluations", "dormant")
    },
    "dormant_download": ("list", lambda work: []),
    "initiative_new": ("change", of("agreement")),
    "initiative": ("record", of("initiative")),
    **{f"initiative_{verb}": ("change", of("initiative")) for verb in ("edit", "move", "year")},
    "evaluation": ("record", of("evaluation")),
    "evaluation_follow": ("change", of("evaluation")),
    "evaluation_write": ("change", lambda work: [work["agreement"].public_id, 2023]),
    "regular_meetings": ("list", of()),
    "regular_meeting_new": ("list", of()),
    "regular_meeting_year": ("list", of()),
    "regular_meeting_follow_ups": ("list", of()),
    "regular_meeting": ("record", of("held_meeting")),
    "regular_meeting_change": ("change", of("meeting")),
    "regular_meeting_next": ("change", of("held_meeting")),
    "regular_meeting_invite": ("change", of("meeting")),
    "regular_meeting_cancel": ("change", of("meeting")),
    "regular_meeting_minutes": ("change", of("held_meeting")),
    "regular_meeting_share": ("change", of("held_meeting")),
    "regular_meeting_calendar": ("record", of("meeting")),
    "regular_meeting_paper": ("record", lambda work: [work["held_meeting"].public_id, "docx"]),
    "regular_meeting_follow_up_new": ("change", of("held_meeting")),
    "regular_meeting_follow_up_change": ("change", of("held_meeting", "follow_up")),
    "regular_meeting_follow_up_settle": ("change", of("held_meeting", "follow_up")),
    "regular_meeting_follow_up_open_again": ("change", of("held_meeting", "done_follow_up")),
}
DESK |= {
    **{name: ("list", lambda work: []) for name in ("work", "work_agreements", "work_movements", "cross")},
    "work_movements_csv": ("list", lambda work: []),
    "work_movements_part": ("list", lambda work: ["ended"]),
    "work_chart": ("list", lambda work: ["results-by-field", "svg"]),
    "work_download": ("list", lambda work: ["csv"]),
    "cross_download": ("list", lambda work: ["csv"]),
    "question_new": ("list", lambda work: []),
    **{name: ("kept", of("question")) for name in ("question_edit", "question_delete")},
}
DESK |= {
    "stories": ("list", lambda work: []),
    "story_choose": ("list", lambda work: []),
    "story_new": ("change", of("agreement")),
    "story": ("record", of("story")),
    "story_approve": ("kept", of("story")),
    **{f"story_{verb}": ("change", of("story")) for verb in ("edit", "propose", "withdraw", "picture_new")},
    "story_remove": ("office", of("story")),
    "story_picture": ("record", of_picture),
    "story_picture_remove": ("office", of_picture),
}
DESK |= {
    "results": ("list", lambda work: []),
    "results_download": ("list", lambda work: ["csv"]),
    "results_waiting": ("list", lambda work: []),
    "results_publication": ("town", lambda work: []),
    "results_highlights": ("town", lambda work: []),
    "result_choose": ("list", lambda work: []),
    "result_choose_initiative": ("record", of("agreement")),
    "result_unlisted": ("change", of("agreement")),
    "result_new": ("change", of("initiative")),
    "result": ("record", of("result")),
    **{
        f"result_{verb}": ("change", of("result"))
        for verb in ("confirm", "send_back", "correct", "take_back", "propose", "withdraw", "paper_new")
    },
    "result_paper": ("record", lambda work: of_paper(work)),
    "result_paper_thumbnail": ("record", lambda work: of_paper(work)),
    "result_paper_remove": ("change", lambda work: of_paper(work)),
}
NOT_PAGES: set[str] = {"publication_file", "publication_agreement", "publication_partner",
    "sheet", "story_picture", "result_picture",
    "results_download", "result_paper", "result_paper_thumbnail", "counter:result_paper",
    "counter:result_paper_thumbnail",
}  # fmt: skip
"""Downloads of the desk, the counter and the portal."""
ONLY_SENT: set[str] = {"result_paper_remove"}
"""Addresses that only take what is sent."""
COUNTER: dict[str, Filled] = {
    "work": lambda work: [],
    "work_agreement": of("agreement"),
    "result_new": of("initiative"),
    **{
        f"result{verb}": of("result")
        for verb in ("", "_confirm", "_send_back", "_correct", "_take_back", "_paper_new")
    },
    "result_paper": of_paper,
    "result_paper_thumbnail": of_paper,
}
"""What follows the town's code in the addresses of the counter."""
PORTAL: dict[str, Filled] = {
    "results": lambda work: [],
    "results_year": lambda work: [TOLD_YEAR],
}
"""What fills the addresses of the portal."""

NOT_PAGES |= {"regular_meeting_calendar", "regular_meeting_paper"}
ONLY_SENT |= {"regular_meeting_invite", "regular_meeting_share", "regular_meeting_answer"}
COUNTER |= {
    "regular_meetings": of(),
    "regular_meeting": of("held_meeting"),
    "regular_meeting_calendar": of("meeting"),
    "regular_meeting_answer": of("meeting"),
    "regular_meeting_follow_up_settle": of("held_meeting", "their_follow_up"),
}
NOT_PAGES |= {"work_chart", "work_download", "work_movements_csv", "cross_download"}
ONLY_SENT |= {"question_delete"}
NOT_PAGES |= {"dormant_download"}
ONLY_SENT |= {"evaluation_follow"}
DESK |= {
    "campaigns": ("list", of()),
    "campaign_new": ("town", of()),
    "campaign": ("record", of("campaign")),
    **{
        f"campaign_{verb}": ("kept", of("campaign"))
        for verb in ("remind", "due", "close", "reopen", "propose", "approve", "withdraw")
    },
    **{f"campaign_{verb}": ("record", of("campaign", "division")) for verb in ("division", "sheet")},
    **{
        f"campaign_{verb}": ("change", of("campaign", "division"))
        for verb in ("nothing", "finish", "sheet_bring")
    },
    "campaign_take_back": ("change", of("campaign", "division", "line")),
    "campaign_returned": ("record", of("campaign", "returned")),
    "campaign_sheet_problems": ("record", of("campaign", "returned")),
    "campaign_sheet_take": ("change", of("campaign", "returned")),
}
COUNTER |= {
    "campaigns": of(),
    **{f"campaign{verb}": of("campaign") for verb in ("", "_nothing", "_finish", "_sheet", "_sheet_bring")},
    "campaign_take_back": of("campaign", "line"),
    **{
        f"campaign_{verb}": of("campaign", "their_sheet")
        for verb in ("returned", "sheet_take", "sheet_problems")
    },
}
NOT_PAGES |= {"campaign_sheet", "campaign_sheet_problems"}
ONLY_SENT |= {
    "campaign_remind", "campaign_propose", "campaign_approve", "campaign_nothing", "campaign_finish",
    "campaign_sheet_bring", "campaign_take_back", "campaign_sheet_take",
}  # fmt: skip
DESK |= disaster_town.DESK
COUNTER |= disaster_town.COUNTER
NOT_PAGES |= disaster_town.NOT_PAGES
ONLY_SENT |= disaster_town.ONLY_SENT
