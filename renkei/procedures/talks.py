"""How the talks of a procedure stand: in figures, and what is waited for from whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.models import Point, Procedure
from renkei.procedures.permissions import window_on
from renkei.procedures.steps import Awaited
from renkei.rules.japanese_calendar import japanese_date


@dataclass(frozen=True)
class Standing:
    """The talks in figures on a day."""

    held: int
    planned: int
    unwritten: int
    items: int
    items_agreed: int
    points_agreed: int
    points_open: int
    points_late: int
    asked: int
    unanswered: int

    @property
    def meetings_words(self) -> str:
        """協議2回・予定1回・記録なし1回."""
        words = [_("協議%(count)s回") % {"count": self.held}]
        words += [_("予定%(count)s回") % {"count": self.planned}] if self.planned else []
        words += [_("記録なし%(count)s回") % {"count": self.unwritten}] if self.unwritten else []
        return "・".join(words)

    @property
    def items_words(self) -> str:
        """How many of the items are agreed on."""
        return _("%(all)s件のうち%(agreed)s件を合意") % {"all": self.items, "agreed": self.items_agreed}

    @property
    def points_words(self) -> str:
        """合意2件・残り1件(うち期限切れ1件)."""
        words = _("合意%(agreed)s件・残り%(open)s件") % {
            "agreed": self.points_agreed,
            "open": self.points_open,
        }
        return words + (
            _("(うち期限切れ%(late)s件)") % {"late": self.points_late} if self.points_late else ""
        )

    @property
    def questions_words(self) -> str:
        """How many questions were asked, and how many wait for an answer."""
        words = _("%(asked)s件・未回答%(waiting)s件")
        return (
            words % {"asked": self.asked, "waiting": self.unanswered} if self.asked else _("まだありません")
        )


def standing_of(procedure: Procedure, day: date) -> Standing:
    """The talks of the procedure in figures."""
    meetings = [one for one in procedure.meetings.all() if not one.cancelled_reason]
    items = [one for one in procedure.items.all() if not one.dropped_reason]
    points = list(procedure.points.all())
    questions = [one for one in procedure.questions.all() if one.withdrawn_at is None]
    planned = [one for one in meetings if one.is_planned_on(day)]
    return Standing(
        held=len(meetings) - len(planned),
        planned=len(planned),
        unwritten=sum(one.lacks_minutes_on(day) for one in meetings),
        items=len(items),
        items_agreed=sum(one.is_agreed for one in items),
        points_agreed=sum(one.is_agreed for one in points),
        points_open=sum(one.is_open for one in points),
        points_late=sum(one.is_late(day) for one in points),
        asked=len(questions),
        unanswered=sum(one.answered_at is None for one in questions),
    )


def talked(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """What the talks wait for, in whatever step: open points of whoever settles them, and meetings."""
    return [*open_points(procedure, day), *meetings_ahead(procedure, day)]


def open_points(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Each open point, on the side that settles it, by its day."""
    for point in procedure.points.all():
        if not point.is_open:
            continue
        side = Side(point.owner_side)
        yield Awaited(
            _("残った論点を片づけてください: %(text)s") % {"text": str(point)},
            side,
            "meetings",
            by=point.due_on,
            division=_division(procedure, point, day) if side == Side.TOWN else None,
            person=point.owner,
            key=point.public_id,
        )


def _division(procedure: Procedure, point: Point, day: date) -> Division | None:
    if point.owner_division_id is None:
        return window_on(procedure, day)
    return (procedure.lineage or Lineage(procedure.municipality)).on(point.owner_division_id, day)


def meetings_ahead(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """Meetings that are planned, which both sides attend once the partner was invited, and those without minutes."""
    for meeting in procedure.meetings.all():
        if meeting.minutes or meeting.cancelled_reason:
            continue
        facts = {"day": japanese_date(meeting.held_on), "what": str(meeting)}
        sentence = _("%(day)sの協議(%(what)s)を開いてください。")
        sides = [Side.TOWN]
        if meeting.lacks_minutes_on(day):
            sentence = _("%(day)sの協議(%(what)s)の記録を書いてください。")
        elif meeting.invited_at:
            sentence = _("%(day)sに協議(%(what)s)があります。")
            sides = [Side.TOWN, Side.PARTNER]
        for side in sides:
            division = window_on(procedure, day) if side == Side.TOWN else None
            key = meeting.public_id
            yield Awaited(sentence % facts, side, "meetings", by=meeting.held_on, division=division, key=key)
