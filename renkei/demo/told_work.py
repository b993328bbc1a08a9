"""What was collected, said and told of the demo town's work: a closed year, evaluations, meetings, stories."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from renkei.agreements.models import Agreement, Party
from renkei.agreements.vocabulary import Form, Side
from renkei.demo import pictures
from renkei.demo.proposers import at
from renkei.demo.published import EXAMPLE_ID
from renkei.demo.results import SQUARE
from renkei.demo.walking import Cast
from renkei.initiatives.meeting_facts import FollowUpFacts, Invitee, MinutesFacts, RegularMeetingFacts
from renkei.initiatives.models import (
    Campaign,
    CampaignLine,
    Evaluation,
    FollowUp,
    RegularMeeting,
    Result,
    Story,
)
from renkei.initiatives.services.campaign_publicity import approve_year, propose_year
from renkei.initiatives.services.campaigns import (
    answer_nothing_to,
    close_campaign,
    finish_division,
    open_campaign,
)
from renkei.initiatives.services.follow_ups import settle, take_on
from renkei.initiatives.services.meetings import plan_meeting, share_minutes, write_minutes
from renkei.initiatives.services.stories import add_picture, approve_stories, propose_story, write_story
from renkei.initiatives.story_facts import StoryFacts
from renkei.initiatives.vocabulary import LineAnswer, ResultState, Verdict
from renkei.partners.models import Organisation

R4, R5 = 2022, 2023
LATE = ("zoo", "fire")
"""Divisions of which a few lines stayed open when 令和4年度 was closed."""
NO_DISASTER = "災害がなく、協定による応援を求めなかった。(見本)"
NOT_DONE = "この年度は、協定による取組を行わなかった。(見本)"


def campaign(cast: Cast) -> None:
    """令和4年度 was asked of everybody in April, answered, closed in June, and published."""
    coordinator = cast.people["sokatsu"]
    opened = open_campaign(
        cast.town,
        fiscal_year=R4,
        due_on=date(2023, 5, 19),
        request="令和4年度に行った取組を回答してください。実績がないときは、その理由を選んでください。(見本)",
        actor=coordinator,
        at=at(date(2023, 4, 17)),
    )
    lines = list(opened.lines.order_by("pk"))
    for number, line in enumerate(lines, start=1):
        line.public_id = f"cl{number:010}"
    CampaignLine.objects.bulk_update(lines, ["public_id"], batch_size=200)
    for key, division in cast.divisions.items():
        waiting = [
            one for one in lines if one.division_id == division.pk and one.answer == LineAnswer.WAITING
        ]
        answered = waiting[3:] if key in LATE else waiting
        if answered:
            reason = NO_DISASTER if key == "disaster" else NOT_DONE
            clerk = cast.clerks.get(key, coordinator)
            answer_nothing_to(answered, reason=reason, by=clerk, at=at(date(2023, 5, 16)))
    for asked in opened.divisions.exclude(division__in=[cast.divisions[key] for key in LATE]):
        finish_division(asked, by=coordinator, at=at(date(2023, 5, 18)))
    note = "旭山動物園と消防本部の一部は、担当者の不在のため未回答のまま締めた。(見本)"
    close_campaign(opened, note=note, actor=coordinator, at=at(date(2023, 6, 1)))
    propose_year(opened, actor=coordinator, at=at(date(2023, 6, 2)))
    approve_year(opened, actor=coordinator, at=at(date(2023, 6, 5)))
    Campaign.objects.filter(pk=opened.pk).update(public_id="ca0000002022")


def evaluations(cast: Cast) -> None:
    """Agreements with results were evaluated: most go on, some are to be improved, one is to end."""
    made: list[Evaluation] = []
    for year in (R4, R5):
        done = Result.objects.of(cast.town).of_year(year).filter(state=ResultState.CONFIRMED)
        agreements = Agreement.objects.filter(pk__in=done.values("agreement")).order_by("public_id")
        for number, agreement in enumerate(agreements.select_related("division")[:16], start=1):
            verdict = (
                Verdict.IMPROVE if number % 5 == 0 else Verdict.END if number == 13 else Verdict.CONTINUE
            )
            made.append(_evaluation(cast, year, agreement, verdict, len(made) + 1))
    Evaluation.objects.bulk_create(made)


WORDS = {
    Verdict.CONTINUE: ("毎年の取組が定着し、参加が続いている。(見本)", "同じ取組を続ける。(見本)"),
    Verdict.IMPROVE: (
        "取組が一部の地区に限られている。(見本)",
        "実施する地区を増やすことを相手方と話し合う。(見本)",
    ),
    Verdict.END: (
        "取組の目的をほかの事業で果たせるようになった。(見本)",
        "次の期間の満了で終えることを相手方と話し合う。(見本)",
    ),
}


def _evaluation(cast: Cast, year: int, agreement: Agreement, verdict: Verdict, number: int) -> Evaluation:
    reasons, next_steps = WORDS[verdict]
    return Evaluation(
        municipality=cast.town,
        public_id=f"ev{number:010}",
        agreement=agreement,
        fiscal_year=year,
        verdict=verdict,
        achievements="予定した取組を行った。(見本)",
        reasons=reasons,
        next_steps=next_steps,
        division=agreement.division,
        evaluated_by=cast.people["sokatsu"],
        evaluated_at=at(date(year + 1, 6, 20)),
        is_sample=True,
    )


def meetings(cast: Cast) -> None:
    """One that was held about the example agreement, and one that is planned with three partners at once."""
    coordinator = cast.people["sokatsu"]
    example = Agreement.objects.of(cast.town).get(public_id=EXAMPLE_ID)
    partner = _partner_of(example)
    guest = Invitee(side=Side.PARTNER, name="見本 健太", organisation=partner)
    facts = RegularMeetingFacts(
        title="見本製薬株式会社との年次協議会",
        held_on=date(2025, 2, 13),
        begins_at=time(14, 0),
        ends_at=time(15, 30),
        place="市役所 第3会議室",
        agenda="1 令和6年度の取組の振り返り\n2 令和7年度の取組\n3 その他",
        agreements=[example],
        attendees=[Invitee.clerk(coordinator), Invitee.clerk(cast.people["kenko1"]), guest],
        division=cast.divisions["coordination"],
    )
    held = plan_meeting(
        cast.town,
        facts,
        actor=coordinator,
        at=at(date(2025, 1, 15)),
        public_id="rm0000000001",
        is_sample=True,
    )
    came = MinutesFacts(
        minutes="熱中症対策の講座は受講者が目標を超えた。令和7年度は学校での啓発に力を入れる。(見本)",
        internal_notes="担当者が4月に替わる見込みとのこと。(見本)",
        came=[one.pk for one in held.attendees.all()],
    )
    write_minutes(held, came, actor=coordinator, at=at(date(2025, 2, 14)))
    share_minutes(held, actor=coordinator, at=at(date(2025, 2, 17)))
    _follow_ups(cast, held)
    others = Agreement.objects.of(cast.town).filter(form=Form.COMPREHENSIVE, is_sample=True, ending=None)
    together = list(others.exclude(pk=example.pk).order_by("public_id")[:3])
    planned = RegularMeetingFacts(
        title="包括連携協定の合同連絡会",
        held_on=date(2027, 2, 10),
        begins_at=time(10, 0),
        ends_at=time(12, 0),
        place="市民活動交流センター",
        agenda="1 各者の取組の紹介\n2 冬の暮らしを支える取組\n3 意見交換",
        agreements=together,
        attendees=[Invitee.clerk(coordinator)],
        division=cast.divisions["coordination"],
    )
    plan_meeting(
        cast.town,
        planned,
        actor=coordinator,
        at=at(date(2026, 11, 20)),
        public_id="rm0000000002",
        is_sample=True,
    )


def _partner_of(agreement: Agreement) -> Organisation:
    """The one partner of the agreement."""
    partner = Party.objects.filter(agreement=agreement).exclude(organisation=None).get().organisation
    assert partner
    return partner


def _follow_ups(cast: Cast, held: RegularMeeting) -> None:
    """One that is done, one that waits."""
    coordinator, day = cast.people["sokatsu"], date(2025, 2, 14)
    facts = (
        FollowUpFacts(
            text="令和7年度の講座の日程を各学校に照会する。(見本)",
            side=Side.TOWN,
            division=cast.divisions["education"],
            due_on=date(2025, 4, 25),
        ),
        FollowUpFacts(
            text="食育の啓発資材の見本を市に送る。(見本)",
            side=Side.PARTNER,
            organisation=_partner_of(held.agreements.get()),
            due_on=date(2027, 1, 29),
        ),
    )
    made: list[FollowUp] = [
        take_on(held, one, actor=coordinator, at=at(day), public_id=f"fu{number:010}")
        for number, one in enumerate(facts, start=1)
    ]
    settle(made[0], "24校の日程が決まった。(見本)", by=cast.people["kyoiku1"], at=at(date(2025, 4, 22)))


Picture = Callable[[], bytes]
STORIES: tuple[tuple[str, int, int, str, str, tuple[tuple[Picture, str, str], ...]], ...] = (
    (
        "包括連携協定", 1, R5, "スマホ教室に143人、「孫と写真を送り合えた」",
        "公民館12か所で、高齢者向けのスマホ教室を開きました。相手方の社員が講師になり、市は会場と案内を受け持ちました。\n\n"
        "受講した方からは「病院の予約が自分でできた」「孫と写真を送り合えた」という声がありました。(見本)",
        ((pictures.classroom, "スマホ教室.png", "教室の絵。机に着いた6人がスマートフォンを手に、講師の説明を聞いている。"),),
    ),
    (
        SQUARE, 1, R4, "冬も歩きやすい駅前広場へ",
        "商店街振興組合が費用の一部を負担し、駅前広場の除雪を続けています。朝7時には広場を歩けるようになりました。\n\n"
        "夏には、同じ広場の花壇に花を植えています。(見本)",
        (
            (pictures.square, "駅前広場.png", "駅前広場の絵。雪が降る中、除雪された道を3人が歩いている。"),
            (pictures.flower_bed, "花壇.png", "花壇の絵。色とりどりの花のそばに、4人が立っている。"),
        ),
    ),
)  # fmt: skip
"""Title of the agreement, which one, year, heading, text, pictures: what draws it, its name, what it shows."""


def stories(cast: Cast, by_title: dict[str, list[Agreement]]) -> None:
    """Two stories that everyone reads."""
    coordinator = cast.people["sokatsu"]
    made: list[Story] = []
    for number, (title, which, year, heading, text, shown) in enumerate(STORIES, start=1):
        written = datetime(year + 1, 6, 3, 1, 0, tzinfo=UTC)
        facts = StoryFacts(year, heading, text)
        agreement = by_title[title][which - 1]
        story = write_story(agreement, facts, by=coordinator, at=written, public_id=f"st{number:010}")
        for place, (drawn, name, description) in enumerate(shown, start=1):
            key = f"sp{number:05}{place:05}"
            add_picture(story, drawn(), name=name, description=description, by=coordinator, public_id=key)
        propose_story(story, by=coordinator)
        made.append(story)
    for story in made:
        approve_stories([story], by=coordinator, at=at(date(story.fiscal_year + 1, 6, 10)))
