"""The list of procedures as rows for machines and for spreadsheets: every cell is text, and nothing in it is run."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from renkei.procedures.board import Asked as Question
from renkei.procedures.board import Card, card_of, cards_of, ended, running
from renkei.procedures.models import ProcedureQuerySet

AT_ONCE = 500
WIDTHS = (18,) * 15


def rows(found: ProcedureQuerySet, asked: Question, day: date, *, are_ended: bool) -> Iterator[list[str]]:
    """The head, then each procedure: those that run by step, those that have ended by their last day."""
    yield [
        _("受付番号"), _("件名"), _("相手方"), _("手続の種類"), _("協定形態"), _("窓口の課"), _("段階"), _("受付日"),
        _("この段階に入った日"), _("目安の日"), _("終わった日"), _("次にすること"), _("だれが"), _("いつまでに"), _("保留"),
    ]  # fmt: skip
    if are_ended:
        yield from (_row(card_of(one, day)) for one in ended(found, asked).iterator(AT_ONCE))
        return
    ids = [pk for step in running(found, asked, day).values() for pk in step]
    for start in range(0, len(ids), AT_ONCE):
        yield from (_row(card) for card in cards_of(ids[start : start + AT_ONCE], day))


def _row(card: Card) -> list[str]:
    one, following = card.procedure, card.next
    who = ""
    if following:
        who = following.person or str(following.division or following.side.label)
    return [
        one.receipt,
        one.title,
        str(one.organisation or one.partner_name),
        str(one.get_kind_display()),
        str(one.get_form_display()),
        str(one.division or ""),
        str(one.get_stage_display()),
        one.opened_on.isoformat(),
        one.stage_since.isoformat(),
        _iso(one.stage_due_on),
        _iso(one.closed_on),
        following.what if following else "",
        who,
        _iso(following.by if following else None),
        _("保留") if one.is_held else "",
    ]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
