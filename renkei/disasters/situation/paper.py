"""The situation report for the headquarters: one paper as of a moment, from the board."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.disasters.amounts import told_minutes
from renkei.disasters.incidents.letters import DRILL
from renkei.disasters.incidents.looking_back import Figures, figures_of
from renkei.disasters.incidents.open_lines import lines_of
from renkei.disasters.situation.board import Board, NeedLine, RequestLine
from renkei.disasters.vocabulary import NeedState
from renkei.documents.publications.content import (
    Block,
    Bullet,
    Bullets,
    Numbers,
    Paragraph,
    Part,
    Publication,
    Table,
)
from renkei.rules.japanese_calendar import both_calendars

NEXT_SHOWN = 30


@override("ja")
def situation_report(seen: Board) -> Publication:
    """What is needed, asked, answered, arrived and missing, and what is next."""
    incident, told = seen.incident, figures_of(seen)
    at = timezone.localtime(seen.at)
    drill = DRILL if incident.is_drill else ""
    as_of = _("%(day)s %(time)s現在") % {"day": both_calendars(at.date()), "time": f"{at:%H:%M}"}
    parts = (
        Part(_("状況"), tuple(_state(seen, told))),
        Part(_("必要なもの"), _table(_needs(seen))),
        Part(_("回答を待っている要請"), _table(_waiting(seen))),
        Part(_("要請と到着"), _table(_requests(seen))),
        Part(_("相手方"), tuple(_partners(told))),
        Part(_("次にすること"), (_next(seen),)),
    )
    title = _("%(drill)s%(title)s 状況報告") % {"drill": drill, "title": incident.title}
    subtitle = as_of if not drill else _("%(as_of)s・これは訓練の報告です") % {"as_of": as_of}
    return Publication(title, subtitle, str(incident.municipality), at.date(), parts)


def _state(seen: Board, told: Figures) -> Iterable[Block]:
    incident = seen.incident
    opened = timezone.localtime(incident.opened_at)
    facts = {"hazard": incident.get_hazard_display(), "at": f"{both_calendars(opened.date())} {opened:%H:%M}"}
    yield Paragraph(_("災害の種類: %(hazard)s。%(at)sに始めた。") % facts)
    if incident.closed_at:
        closed = timezone.localtime(incident.closed_at)
        yield Paragraph(_("%sに終えた。") % f"{both_calendars(closed.date())} {closed:%H:%M}")
    if incident.summary:
        yield Paragraph(incident.summary)
    yield Numbers(
        (
            (_("手配中"), _("%d件") % told.open),
            (_("充足"), _("%d件") % told.met),
            (_("回答待ちの要請"), _("%d件") % len(seen.unanswered)),
            (_("食い違い・未整理"), _("%d件") % (len(seen.conflicts) + len(seen.unplaced))),
        )
    )


def _table(table: Table) -> tuple[Block, ...]:
    return (table,) if table.rows else (Paragraph(_("なし。")),)


def _needs(seen: Board) -> Table:
    heads = (_("番号"), _("必要なもの"), _("届け先"), _("必要"), _("承諾"), _("到着"), _("不足"), _("状態"))
    rows = tuple(_need(one) for one in seen.needs)
    return Table(heads, rows, (0.6, 2.4, 2, 1.2, 1.2, 1.2, 1.2, 1), (3, 4, 5, 6))


def _need(line: NeedLine) -> tuple[str, ...]:
    need = line.need
    state = str(need.get_state_display())
    if line.is_unasked:
        state = _("要請先なし")
    what = f"{need}({need.get_urgency_display()})" if need.state == NeedState.OPEN else str(need)
    return (
        str(need.number), what, need.where, need.amount, line.promised, line.arrived, line.short, state,
    )  # fmt: skip


def _waiting(seen: Board) -> Table:
    rows = tuple(
        (
            str(one.request.organisation),
            f"No.{one.request.need.number} {one.request.need} {one.asked_for}".strip(),
            _clock(one),
            told_minutes(one.minutes or 0),
            _("リンクの回答を電話で確かめる") if one.link_answer else "",
        )
        for one in seen.unanswered
    )
    heads = (_("相手方"), _("要請"), _("いつから"), _("待ち時間"), _("備考"))
    return Table(heads, rows, (2.2, 2.6, 1.2, 1, 1.6), (3,))


def _clock(line: RequestLine) -> str:
    since = line.waits_since
    return f"{timezone.localtime(since):%m/%d %H:%M}" if since else ""


def _requests(seen: Board) -> Table:
    rows = tuple(
        (
            f"No.{one.request.need.number} {one.request.need}",
            str(one.request.organisation),
            one.asked_for,
            one.promised,
            one.arrived,
            str(one.request.get_state_display()),
        )
        for one in seen.requests
    )
    heads = (_("必要なもの"), _("相手方"), _("要請"), _("承諾"), _("到着"), _("状態"))
    return Table(heads, rows, (2.2, 2.4, 1.2, 1.2, 1.2, 1), (2, 3, 4))


def _partners(told: Figures) -> Iterable[Block]:
    minutes = {
        "call": told_minutes(told.call_minutes),
        "answer": told_minutes(told.answer_minutes),
        "arrival": told_minutes(told.arrival_minutes),
    }
    yield Paragraph(_("連絡がついた: %s") % ("、".join(told.reached) or _("なし")))
    yield Paragraph(_("電話がつながらない: %s") % ("、".join(told.unreached) or _("なし")))
    yield Paragraph(
        _("必要と聞いてから(中央値): 最初の連絡 %(call)s、回答 %(answer)s、到着 %(arrival)s") % minutes,
        "note",
    )


def _next(seen: Board) -> Block:
    lines = lines_of(seen)
    if not lines:
        return Paragraph(_("手配中のものはありません。"))
    shown = [Bullet(one) for one in lines[:NEXT_SHOWN]]
    if len(lines) > NEXT_SHOWN:
        shown.append(Bullet(_("ほか%d件。全体は状況表にあります。") % (len(lines) - NEXT_SHOWN)))
    return Bullets(tuple(shown))
