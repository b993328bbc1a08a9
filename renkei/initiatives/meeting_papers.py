"""The minutes of a regular meeting as a paper; what is only for the town's own eyes is in none."""

from collections.abc import Iterator

from django.utils.translation import override

from renkei.agreements.vocabulary import Side
from renkei.documents.papers.making import PaperFacts, numbered, told_day
from renkei.documents.vocabulary import PaperKind
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.models import Attendee, RegularMeeting


@override("ja")
def minutes_of(meeting: RegularMeeting, *, clerk: str = "") -> PaperFacts:
    """協議録, with who was there and what each side took on; `clerk` is whom the reader may ask."""
    people = list(meeting.attendees.select_related("organisation"))
    partners = organisations_of(meeting.agreements.all())
    told = {
        "件名": meeting.title,
        "相手方の名称": "、".join(one.name for one in partners),
        "自治体名": str(meeting.municipality),
        "担当課": str(meeting.division or ""),
        "担当者": clerk,
        "開いた日": told_day(meeting.held_on),
        "時刻": meeting.hours,
        "場所": meeting.place,
        "市の出席者": "\n".join(one.name for one in _there(people) if one.side == Side.TOWN),
        "相手方の出席者": "\n".join(
            f"{one.organisation or ''} {one.name}".strip()
            for one in _there(people)
            if one.side == Side.PARTNER
        ),
        "議題": meeting.agenda,
        "記録": meeting.minutes,
        "合意したこと": [],
        "残ったこと": numbered(_taken_on(meeting)),
    }
    return PaperFacts(PaperKind.MINUTES, told, meeting.public_id, f"{told_day(meeting.held_on)} {meeting}")


def _there(people: list[Attendee]) -> list[Attendee]:
    """Who came; everybody on the list where nobody wrote that down."""
    return [one for one in people if one.came] or people


def _taken_on(meeting: RegularMeeting) -> Iterator[dict[str, str]]:
    for one in meeting.follow_ups.select_related("division", "organisation").order_by("pk"):
        yield {"内容": one.text, "担当": one.whose, "期限": told_day(one.due_on)}
