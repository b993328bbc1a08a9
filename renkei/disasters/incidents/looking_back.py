"""The figures of an incident for the report after it, and the text that begins with them."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.disasters.amounts import told_minutes
from renkei.disasters.situation.board import ANSWERS, Board, NeedLine
from renkei.disasters.vocabulary import CallOutcome, NeedState, StepKind
from renkei.rules.japanese_calendar import both_calendars


@dataclass(frozen=True)
class Figures:
    """What an incident comes to; minutes are medians from the moment at which a need was heard."""

    needs: int
    met: int
    dropped: int
    open: int
    requests: int
    calls: int
    reached_calls: int
    call_minutes: float | None
    answer_minutes: float | None
    arrival_minutes: float | None
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    reached: tuple[str, ...]
    unreached: tuple[str, ...]
    short: tuple[str, ...]


def figures_of(seen: Board) -> Figures:
    """The figures of everything on the board."""
    states = Counter(one.need.state for one in seen.needs)
    asked = {str(one.request.organisation) for one in seen.requests}
    answered = {str(one.request.organisation) for one in seen.requests if one.first(*ANSWERS)}
    called = {str(one.organisation) for one in seen.calls}
    reached = {str(one.organisation) for one in seen.calls if one.outcome == CallOutcome.REACHED}
    return Figures(
        needs=len(seen.needs),
        met=states[NeedState.MET],
        dropped=states[NeedState.DROPPED],
        open=states[NeedState.OPEN],
        requests=len(seen.requests),
        calls=len(seen.calls),
        reached_calls=sum(one.outcome == CallOutcome.REACHED for one in seen.calls),
        call_minutes=_median([one.first_call_minutes for one in seen.needs]),
        answer_minutes=_median([one.answer_minutes for one in seen.needs]),
        arrival_minutes=_median([one.arrival_minutes for one in seen.needs]),
        answered=tuple(sorted(answered)),
        unanswered=tuple(sorted(asked - answered)),
        reached=tuple(sorted(reached | answered)),
        unreached=tuple(sorted(called - reached - answered)),
        short=tuple(_short(one) for one in seen.needs if _was_short(one)),
    )


@override("ja")
def prefilled(seen: Board) -> str:
    """The report's text as it begins: figures, and headings to write under."""
    told, incident = figures_of(seen), seen.incident
    opened, ended = timezone.localdate(incident.opened_at), incident.closed_at
    until = both_calendars(timezone.localdate(ended)) if ended else _("(継続中)")
    lines = [
        _("■ 期間: %(first)sから%(last)s") % {"first": both_calendars(opened), "last": until},
        _("■ 必要なもの: %(needs)d件(充足%(met)d件、取下げ%(dropped)d件、手配中%(open)d件)") % vars(told),
        _("■ 要請: %(requests)d件、電話: %(calls)d回(話せた%(reached_calls)d回)") % vars(told),
        _("■ 必要と聞いてから(中央値): 最初の連絡 %(call)s、回答 %(answer)s、到着 %(arrival)s")
        % {
            "call": told_minutes(told.call_minutes),
            "answer": told_minutes(told.answer_minutes),
            "arrival": told_minutes(told.arrival_minutes),
        },
        _("■ 回答した相手方: %s") % _names(told.answered),
        _("■ 回答のなかった相手方: %s") % _names(told.unanswered),
        _("■ 電話がつながらなかった相手方: %s") % _names(told.unreached),
        _("■ 足りなかったもの: %s") % _names(told.short),
        "",
        _("■ うまくいったこと"),
        "",
        _("■ うまくいかなかったこと"),
        "",
    ]
    return "\n".join(lines)


def _median(minutes: list[int | None]) -> float | None:
    known = [one for one in minutes if one is not None]
    return median(known) if known else None


def _was_short(line: NeedLine) -> bool:
    """Whether less came than was needed, or somebody said that it was short."""
    if line.need.state == NeedState.DROPPED:
        return False
    return bool(line.shortfall) or any(one.first(StepKind.SHORT) for one in line.requests)


def _short(line: NeedLine) -> str:
    return f"No.{line.need.number} {line.need} {line.need.amount}".strip()


def _names(names: tuple[str, ...]) -> str:
    return "、".join(names) or _("なし")
