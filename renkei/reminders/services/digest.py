"""The weekly digest: what falls due, what was decided, what waits; on the week's first working day, or the next run."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import RenewalDecision
from renkei.municipalities.models import Municipality
from renkei.reminders.composing import Content, Line, Section, address_of
from renkei.reminders.models import DeadlineQuerySet, DigestChoice, LetterKind
from renkei.reminders.people import Staff, concerning
from renkei.reminders.services.letters import write_letter
from renkei.reminders.services.remind import line_of
from renkei.rules.japanese_calendar import both_calendars, is_working_day

COMING = timedelta(days=30)
MISSED_DAYS = 30
WEEK = timedelta(days=7)
LINES = 20


def digest_week(day: date) -> date | None:
    """The Monday of the week whose digest is due by the day; None before the week's first working day."""
    monday = day - timedelta(days=day.weekday())
    so_far = (monday + timedelta(days=n) for n in range(day.weekday() + 1))
    return monday if any(is_working_day(one) for one in so_far) else None


def send_digests(municipality: Municipality, day: date, now: datetime) -> int:
    """Write this week's digest to each person whom something concerns and who wants it; how many were written."""
    monday = digest_week(day)
    if monday is None:
        return 0
    staff = Staff(municipality, day)
    unwanted = set(
        DigestChoice.objects.filter(person__municipality=municipality, is_wanted=False).values_list(
            "person", flat=True
        )
    )
    people = {pk: one for some in staff.clerks.values() for pk, one in some.items()}
    people |= {one.pk: one for one in staff.coordinators}
    written = 0
    for person in people.values():
        if person.pk not in unwanted:
            written += _write(municipality, person, monday, day, now)
    return written


def _write(municipality: Municipality, person: User, monday: date, day: date, now: datetime) -> bool:
    sections = _sections(person, day)
    if not sections:
        return False
    content = Content(
        subject=_("【連携】今週のまとめ(%(monday)sの週)") % {"monday": both_calendars(monday)},
        name=person.name,
        lead=_("あなたが担当する協定の、今週のようすです。"),
        sections=sections,
        closing=_("週のまとめは、連携の「期限のカレンダーと通知」の画面で止められます。"),
    )
    letter = write_letter(
        municipality,
        kind=LetterKind.DIGEST,
        key=f"digest:{monday.isoformat()}:{person.pk}",
        subject=content.subject,
        plain=content.plain,
        html=content.html,
        person=person,
        now=now,
    )
    return letter.written_at == now


def _sections(person: User, day: date) -> tuple[Section, ...]:
    concerned = concerning(person, day)
    parts = [
        _due(_("判断を待っている期限(30日以内)"), concerned.waiting().between(day, day + COMING), day),
        _due(_("判断のないまま過ぎた期限(この30日)"), concerned.missed_before(day, days=MISSED_DAYS), day),
        _decided(concerned, day),
    ]
    return tuple(part for part in parts if part.lines)


def _due(heading: str, deadlines: DeadlineQuerySet, day: date) -> Section:
    lines = tuple(line_of(one, day) for one in deadlines.select_related("agreement")[:LINES])
    more = deadlines.count() - LINES if len(lines) == LINES else 0
    return Section(heading, lines, more)


def _decided(concerned: DeadlineQuerySet, day: date) -> Section:
    decisions = RenewalDecision.objects.filter(
        agreement__in=concerned.order_by().values("agreement"),
        decided_on__range=(day - WEEK, day - timedelta(days=1)),
    ).select_related("agreement", "decided_by")
    lines = tuple(_decision_line(one) for one in decisions[:LINES])
    more = decisions.count() - LINES if len(lines) == LINES else 0
    return Section(_("この一週間に判断された協定"), lines, more)


def _decision_line(decision: RenewalDecision) -> Line:
    text = _("「%(title)s」%(decision)s(%(by)s)") % {
        "title": decision.agreement.title,
        "decision": decision.get_decision_display(),
        "by": decision.decided_by or _("システム"),
    }
    return Line(text, address_of(decision.agreement))
