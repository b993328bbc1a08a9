"""Work under an agreement in domain words: an initiative, a result, a campaign and the rest; say only what matters."""

from datetime import UTC, date, datetime, time
from io import BytesIO

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.initiatives.models import (
    Campaign,
    Evaluation,
    FollowUp,
    Initiative,
    RegularMeeting,
    Result,
    Story,
)
from renkei.initiatives.services.stories import add_picture, approve_stories, write_story
from renkei.initiatives.story_facts import StoryFacts
from renkei.initiatives.vocabulary import InitiativeState, Publicity, ResultKind, ResultState
from tests.factories import an_agreement

YEAR = 2023
"""令和5年度."""
AT = datetime(2024, 4, 10, 1, 0, tzinfo=UTC)


def an_initiative(agreement: Agreement | None = None, **facts: object) -> Initiative:
    """An initiative under way since the first day of 令和5年度."""
    agreement = agreement or an_agreement()
    known = {
        "title": "熱中症を防ぐ講座の開催",
        "state": InitiativeState.RUNNING,
        "begins_on": date(2023, 4, 1),
        "position": Initiative.objects.about(agreement).count() + 1,
        "division": agreement.division,
        "municipality": agreement.municipality,
    }
    return Initiative.objects.create(agreement=agreement, **{**known, **facts})


def a_result(initiative: Initiative | None = None, **facts: object) -> Result:
    """A result of 令和5年度 that the division reported."""
    initiative = initiative or an_initiative()
    known = {
        "fiscal_year": YEAR,
        "kind": ResultKind.EVENT,
        "what": "講座を3回開き、120人が受講した。",
        "division": initiative.division,
        "reported_side": Side.TOWN,
        "reported_at": AT,
        "agreement": initiative.agreement,
        "municipality": initiative.municipality,
    }
    return Result.objects.create(initiative=initiative, **{**known, **facts})


def a_campaign(agreement: Agreement, **facts: object) -> Campaign:
    """The collection of the results of 令和5年度, opened and without lines."""
    known = {"fiscal_year": YEAR, "due_on": date(2024, 5, 17), "opened_at": AT}
    return Campaign.objects.create(municipality=agreement.municipality, **{**known, **facts})


def a_published_result(initiative: Initiative, **facts: object) -> Result:
    """A result that everyone reads, if its agreement is published: confirmed and approved."""
    known = {"state": ResultState.CONFIRMED, "publicity": Publicity.PUBLISHED, "approved_at": AT}
    return a_result(initiative, **{**known, **facts})


def a_picture() -> bytes:
    """A small drawn picture."""
    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (32, 18), "#3f6fa8").save(kept, "PNG")
    return kept.getvalue()


def a_story(agreement: Agreement, clerk: User, **facts: object) -> Story:
    """A story with a picture, which everyone reads if the agreement is published."""
    told = {"fiscal_year": YEAR, "title": "スマホ教室に120人", "text": "公民館で教室を開きました。", **facts}
    story = write_story(agreement, StoryFacts(**told), by=clerk, at=AT)
    add_picture(story, a_picture(), name="教室.png", description="教室で学ぶ人たち", by=clerk)
    if agreement.is_published:
        approve_stories([story], by=clerk, at=AT)
    return story


def a_meeting(*agreements: Agreement, **facts: object) -> RegularMeeting:
    """A regular meeting that is planned for the afternoon of 2024-06-03, a Monday."""
    about = agreements or (an_agreement(),)
    known = {
        "title": "連携協議会",
        "held_on": date(2024, 6, 3),
        "begins_at": time(14, 0),
        "place": "市役所3階会議室",
        "agenda": "今年度の取組",
        "division": about[0].division,
    }
    meeting = RegularMeeting.objects.create(municipality=about[0].municipality, **{**known, **facts})
    meeting.agreements.set(about)
    return meeting


def a_follow_up(meeting: RegularMeeting, **facts: object) -> FollowUp:
    """Something that the town took on at a meeting."""
    known = {"text": "講座の日程案を送る", "side": Side.TOWN, "division": meeting.division}
    return FollowUp.objects.create(meeting=meeting, **{**known, **facts})


def an_evaluation(agreement: Agreement, **facts: object) -> Evaluation:
    """The town's word on the agreement for 令和5年度: it goes on."""
    known = {
        "fiscal_year": YEAR,
        "verdict": "continue",
        "reasons": "講座を毎年開いているため",
        "evaluated_at": AT,
    }
    return Evaluation.objects.create(
        municipality=agreement.municipality, agreement=agreement, **{**known, **facts}
    )
