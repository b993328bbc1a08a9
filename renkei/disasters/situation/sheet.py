"""The board, the record and the costs of an incident as rows of a sheet; nothing in a cell is run."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.disasters.incidents.costs import Costs
from renkei.disasters.incidents.record import RecordLine
from renkei.disasters.situation.board import Board, NeedLine, RequestLine


def board_rows(seen: Board) -> Iterator[list[str]]:
    """The head, then each need with each of its requests; a need that nobody was asked for has a row of its own."""
    yield [
        _("番号"), _("必要なもの"), _("届け先"), _("必要な数量"), _("単位"), _("急ぎ"), _("状態"), _("聞いた日時"),
        _("相手方"), _("要請の数量"), _("承諾"), _("到着"), _("要請の状態"), _("要請した日時"), _("回答の日時"),
        _("到着の日時"), _("待ち時間(分)"),
    ]  # fmt: skip
    for line in seen.needs:
        for one in line.requests or (None,):
            yield [*_need(line), *_request(one)]


def _need(line: NeedLine) -> list[str]:
    need = line.need
    return [
        str(need.number), str(need), need.where, number(need.quantity), need.unit, str(need.get_urgency_display()),
        str(need.get_state_display()), moment(need.opened_at),
    ]  # fmt: skip


def _request(line: RequestLine | None) -> list[str]:
    if line is None:
        return [""] * 9
    one = line.request
    return [
        str(one.organisation), number(one.quantity), number(one.promised), number(one.arrived),
        str(one.get_state_display()), moment(line.asked_at), moment(line.answered_at), moment(line.arrived_at),
        "" if line.minutes is None else str(line.minutes),
    ]  # fmt: skip


def record_rows(lines: list[RecordLine]) -> Iterator[list[str]]:
    """Everything that happened, the first first."""
    yield [
        _("日時"), _("種類"), _("できごと"), _("何・だれ"), _("記録"), _("書いた人"), _("届いた日時"), _("しるし"),
    ]  # fmt: skip
    for line in reversed(lines):
        by = line.by.name if line.by else ""
        yield [
            moment(line.at), str(line.kind.label), line.what, line.about, line.told, by, moment(line.received_at),
            "・".join(line.marks),
        ]  # fmt: skip


def cost_rows(costs: Costs) -> Iterator[list[str]]:
    """What each partner's help costs, and the sums."""
    yield [
        _("必要なもの"), _("相手方"), _("到着した数量"), _("単位"), _("費用の負担"), _("連絡のあった費用(円)"),
        _("精算した費用(円)"), _("返却・撤収"), _("状態"),
    ]  # fmt: skip
    for one in costs.lines:
        asked = one.request
        yield [
            str(asked.need), str(asked.organisation), number(asked.arrived), asked.unit, one.bearer,
            number(one.told), number(one.settled), _("済み") if one.is_returned else "",
            str(asked.get_state_display()),
        ]  # fmt: skip
    yield [_("合計"), "", "", "", "", number(costs.told), number(costs.settled), "", ""]


def number(value: Decimal | None) -> str:
    """2000, 1.5; "" for nothing."""
    return "" if value is None else f"{value.normalize():f}"


def moment(at: datetime | None) -> str:
    """2024-09-02 03:00 in Japan; "" for none."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
