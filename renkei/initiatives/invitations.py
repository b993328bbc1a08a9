"""Letters of a regular meeting, posted inside the change: asked to come, changed, cancelled, minutes shared."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from renkei.initiatives.calendar_mail import Method, Receiver, calendar_of
from renkei.initiatives.meeting_parties import told_agreements
from renkei.initiatives.models import Attendee, RegularMeeting
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, is_quiet, post
from renkei.rules.japanese_calendar import both_calendars

LONGEST_KEY = 120
LONGEST_NAME = 60
"""What the outbox keeps of a name."""


def ask_to_come(meeting: RegularMeeting, people: Iterable[Attendee], *, at: datetime) -> None:
    """An invitation that calendars can take, to each of the people."""
    subject = _("「%(title)s」のご案内(%(day)s)") % _facts(meeting)
    first = _(
        "会議のご案内です。予定表に入れるには、このメールの「承諾」か、添付のファイルを使ってください。"
    )
    for person in people:
        _post(meeting, person, "request", subject, (first, *words_of(meeting, person)), Method.REQUEST, at)


def tell_changed(
    meeting: RegularMeeting, people: Iterable[Attendee], changes: Sequence[str], *, at: datetime
) -> None:
    """What changed of the meeting, in words and for calendars."""
    subject = _("「%(title)s」の予定が変わりました(%(day)s)") % _facts(meeting)
    told = "\n".join((_("変わったこと"), *changes))
    for person in people:
        _post(meeting, person, "request", subject, (told, *words_of(meeting, person)), Method.REQUEST, at)


def tell_cancelled(meeting: RegularMeeting, people: Iterable[Attendee], *, at: datetime) -> None:
    """That the meeting is not held; calendars take it away."""
    subject = _("「%(title)s」は中止になりました(%(day)s)") % _facts(meeting)
    first = _("次の会議は中止になりました。理由: %(reason)s") % {"reason": meeting.cancelled_reason}
    for person in people:
        _post(meeting, person, "cancel", subject, (first, *words_of(meeting, person)), Method.CANCEL, at)


def tell_taken_off(meeting: RegularMeeting, people: Iterable[Attendee], *, at: datetime) -> None:
    """That somebody need not come any more; their calendars take it away."""
    subject = _("「%(title)s」へのご出席は不要になりました(%(day)s)") % _facts(meeting)
    first = _("次の会議の出席者から外れました。予定表に入れていたら、消してください。")
    for person in people:
        _post(meeting, person, "cancel", subject, (first, *words_of(meeting, person)), Method.CANCEL, at)


def tell_minutes(meeting: RegularMeeting, people: Iterable[Attendee], *, at: datetime, again: bool) -> None:
    """That the minutes can be read at the counter; what they say is in no letter."""
    words = _("「%(title)s」の記録を直しました(%(day)s)") if again else _("「%(title)s」の記録(%(day)s)")
    first = _("会議の記録をご覧いただけます。違う所があれば、市の担当課にお知らせください。")
    for person in people:
        what = f"minutes-{meeting.version}"
        _post(meeting, person, what, words % _facts(meeting), (first, *words_of(meeting, person)), None, at)


def words_of(meeting: RegularMeeting, person: Attendee) -> tuple[str, ...]:
    """Title, day, place, agenda, and the agreements of which the person may read, as lines of a letter."""
    agreements = told_agreements(meeting, person.whose)
    lines = [
        _("会議: %(title)s") % {"title": meeting.title},
        _("日時: %(when)s") % {"when": f"{both_calendars(meeting.held_on)} {meeting.hours}".strip()},
        _("場所・方法: %(place)s") % {"place": meeting.place} if meeting.place else "",
        _("協定: %(names)s") % {"names": "、".join(agreements)} if agreements else "",
    ]
    first = "\n".join(line for line in lines if line)
    return (first, _("議題:") + "\n" + meeting.agenda) if meeting.agenda else (first,)


def key_of(*parts: object) -> str:
    """A key that fits its column; a long mail address at its end still tells one receiver from another."""
    whole = ":".join(str(part) for part in parts)
    return whole if len(whole) <= LONGEST_KEY else hashlib.sha256(whole.encode()).hexdigest()


def page_of(meeting: RegularMeeting, person: Attendee) -> str:
    """The meeting's page for the person: at the desk, at the counter, or none for who has no way in."""
    if person.user is not None:
        return desk_page(f"regular-meetings/{meeting.public_id}/")
    if person.correspondent is not None:
        return counter_page(f"{meeting.municipality.code}/regular-meetings/{meeting.public_id}/")
    return ""


def _facts(meeting: RegularMeeting) -> dict[str, str]:
    return {"title": meeting.title, "day": both_calendars(meeting.held_on)}


def _post(
    meeting: RegularMeeting,
    person: Attendee,
    what: str,
    subject: str,
    paragraphs: tuple[str, ...],
    method: Method | None,
    at: datetime,
) -> None:
    """One letter for an address, a change and what it says: two people who share an address get one."""
    if not person.address or is_quiet():
        return
    receiver = Receiver(person.name, person.address)
    letter = PostedLetter(
        key=key_of("regular-meeting", meeting.public_id, meeting.sequence, what, person.address.lower()),
        address=person.address,
        name=person.name[:LONGEST_NAME],
        subject=f"【連携】{subject}",
        paragraphs=paragraphs,
        links=((_("会議のページ"), page_of(meeting, person)),),
        calendar=calendar_of(meeting, method, at=at, receiver=receiver) if method else "",
    )
    post(meeting.municipality, letter, now=at)
