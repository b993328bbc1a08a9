"""What a regular meeting must be, and what is worth a second look before it is planned."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.initiatives.meeting_facts import Invitee, RegularMeetingFacts
from renkei.initiatives.meeting_parties import organisations_of
from renkei.initiatives.models import Attendee, RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import both_calendars, holiday_name, is_working_day


def refuse_unfit(municipality: Municipality, facts: RegularMeetingFacts) -> None:
    """Refuse a meeting without agreements, with other towns' people, or that ends before it begins."""
    if not facts.agreements:
        raise MeetingRefused(_("どの協定についての会議かを、一つ以上選んでください。"))
    if any(one.municipality_id != municipality.pk for one in facts.agreements):
        raise MeetingRefused(_("ほかの自治体の協定が選ばれています。選び直してください。"))
    if facts.ends_at and (facts.begins_at is None or facts.ends_at <= facts.begins_at):
        raise MeetingRefused(_("終わる時刻は、始まる時刻より後にしてください。始まる時刻も入れてください。"))
    partners = {one.pk for one in organisations_of(facts.agreements)}
    for person in facts.attendees:
        _refuse_stranger(municipality, person, partners)


def _refuse_stranger(municipality: Municipality, person: Invitee, partners: set[int]) -> None:
    """Whoever is on the list sees the meeting: only the town's people and those of the agreements' partners."""
    if not person.name.strip():
        raise MeetingRefused(_("出席者の氏名が空です。氏名を入れるか、その行を空けてください。"))
    is_foreign = (person.user is not None and person.user.municipality_id != municipality.pk) or (
        person.correspondent is not None and person.correspondent.municipality_id != municipality.pk
    )
    fits = (person.organisation is None) if person.side == Side.TOWN else _is_of(person, partners)
    if is_foreign or not fits:
        raise MeetingRefused(
            _("「%(name)s」さんは、選んだ協定の相手方の人ではありません。出席者を選び直してください。")
            % {"name": person.name}
        )


def _is_of(person: Invitee, partners: set[int]) -> bool:
    return person.organisation is not None and person.organisation.pk in partners


def refuse_day(held_on: date, today: date, *, was_held: bool) -> None:
    """A plan lies ahead, what was held lies behind."""
    if was_held and held_on > today:
        raise MeetingRefused(
            _("%(day)sは、まだ来ていません。開いた日を確かめるか、予定として保存してください。")
            % {"day": both_calendars(held_on)}
        )
    if not was_held and held_on < today:
        raise MeetingRefused(
            _("%(day)sは過ぎた日です。もう開いたのなら、開催済みとして記録してください。")
            % {"day": both_calendars(held_on)}
        )


def remarks_on(meeting: RegularMeeting) -> list[str]:
    """What does not stop the meeting but deserves a second look."""
    people = list(meeting.attendees.select_related("user", "correspondent"))
    return [
        *_remarks_on_day(meeting.held_on),
        *_remarks_on_agreements(list(meeting.agreements.all()), meeting.held_on),
        *_remarks_on_people(people),
    ]


def _remarks_on_day(day: date) -> list[str]:
    if is_working_day(day):
        return []
    name = holiday_name(day)
    facts = {"day": both_calendars(day), "name": name}
    if name:
        return [_("%(day)sは休日(%(name)s)です。") % facts]
    return [_("%(day)sは閉庁日です。") % facts]


def _remarks_on_agreements(agreements: Sequence[Agreement], day: date) -> list[str]:
    ids = [one.pk for one in agreements]
    in_force = set(Agreement.objects.filter(pk__in=ids).in_force_on(day).values_list("pk", flat=True))
    return [
        _("「%(title)s」は、この日には効力がありません。") % {"title": one}
        for one in agreements
        if one.pk not in in_force
    ]


def _remarks_on_people(people: Sequence[Attendee]) -> list[str]:
    if not any(one.side == Side.PARTNER for one in people):
        return [_("相手方の出席者が、まだ一人もいません。")]
    without = [one.name for one in people if not one.address]
    if not without:
        return []
    names = "、".join(without)
    return [
        _("メールの届かない人がいます(%(names)s)。カレンダーのファイルを渡すか、電話で知らせてください。")
        % {"names": names}
    ]
