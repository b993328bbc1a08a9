"""Preparing a handover, handing it over in one act, and the successor's answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.documents.services import keep
from renkei.handovers import events
from renkei.handovers.holding import Holding
from renkei.handovers.models import Handover, HandoverState
from renkei.municipalities.models import Division
from renkei.rules.japanese_calendar import japanese_date


class HandoverRefused(ValueError):
    """The handover does not change; str() says why and what to do."""


@transaction.atomic
def prepare(
    *,
    giver: User,
    on: date,
    actor: User | None,
    division: Division | None = None,
    receiver: User | None = None,
    receiving_division: Division | None = None,
) -> Handover:
    """Prepare what the giver, or the division, holds on the day before; tell it."""
    if (receiver is None) == (receiving_division is None):
        raise HandoverRefused(_("受け取る人か課を、どちらか一つ選んでください。"))
    if (receiver and receiver == giver and division is None) or (division and division == receiving_division):
        raise HandoverRefused(_("渡す側と受け取る側が同じです。別の人か課を選んでください。"))
    handover = Handover(
        municipality=giver.municipality,
        giver=giver,
        division=division,
        receiver=receiver,
        receiving_division=receiving_division,
        on=on,
    )
    if not Holding(handover).divisions:
        raise HandoverRefused(
            _(
                "%(gives)sは%(day)sに担当課を持っていないので、引き継ぐものがありません。日を確かめてください。"
            )
            % {"gives": handover.gives, "day": japanese_date(Holding(handover).last_day)}
        )
    handover.save(force_insert=True)
    record(
        events.PREPARED, actor, handover, municipality=handover.municipality, on=japanese_date(handover.on)
    )
    return handover


@transaction.atomic
def write_notes(
    handover: Handover, *, notes: Mapping[str, str], message: str, actor: User | None
) -> Handover:
    """Keep what the giver says: about all of it, and about agreements by their public ids."""
    _refuse_unless(
        handover.can_be_written, _("渡した引継ぎのメモは変えられません。差し戻されると、また書けます。")
    )
    told = {**handover.notes, **{name: text.strip() for name, text in notes.items()}}
    told = {name: text for name, text in told.items() if text}
    if told == handover.notes and message.strip() == handover.message:
        return handover
    # What a handover says is for giver and receiver; the log, which more people read, tells how much of it there is.
    changes = {
        "handovers.handover.message": (len(handover.message), len(message.strip())),
        "handovers.handover.notes": (len(handover.notes), len(told)),
    }
    _claim(handover, notes=told, message=message.strip())
    record(events.NOTED, actor, handover, municipality=handover.municipality, changes=changes)
    return handover


@transaction.atomic
def hand_over(handover: Handover, *, actor: User | None, day: date) -> Handover:
    """Hand it over: from now on it is the successor's turn, and the paper is kept as it stands."""
    from renkei.handovers.word import FILE_NAME, word_file

    _refuse_unless(handover.can_be_written, _("この引継ぎはもう渡されています。画面を読み直してください。"))
    holding = Holding(handover)
    count = holding.agreements.count()
    document = keep(
        word_file(holding, day), name=FILE_NAME.format(handover=handover), municipality=handover.municipality
    )
    _claim(
        handover,
        state=HandoverState.HANDED_OVER,
        handed_over_on=day,
        document=document,
        reason="",
        answered_by=None,
    )
    record(events.HANDED_OVER, actor, handover, municipality=handover.municipality, agreements=count)
    return handover


@transaction.atomic
def accept(handover: Handover, *, actor: User, at: datetime) -> Handover:
    """The successor has it."""
    _answer(handover, HandoverState.ACCEPTED, actor, at, "")
    record(events.ACCEPTED, actor, handover, municipality=handover.municipality)
    return handover


@transaction.atomic
def send_back(handover: Handover, *, reason: str, actor: User, at: datetime) -> Handover:
    """The successor asks for more; the giver may write and hand over again."""
    if not reason.strip():
        raise HandoverRefused(_("差し戻しの理由を入れてください。足りないことや直してほしいことを書きます。"))
    _answer(handover, HandoverState.SENT_BACK, actor, at, reason.strip())
    record(events.SENT_BACK, actor, handover, municipality=handover.municipality, reason=reason.strip())
    return handover


@transaction.atomic
def withdraw_handover(handover: Handover, *, actor: User | None) -> Handover:
    """Give up a handover that nobody has accepted."""
    _refuse_unless(
        handover.can_be_written or handover.is_waiting, _("受け取られた引継ぎは取りやめられません。")
    )
    _claim(handover, state=HandoverState.WITHDRAWN)
    record(events.WITHDRAWN, actor, handover, municipality=handover.municipality)
    return handover


def _answer(handover: Handover, state: HandoverState, actor: User, at: datetime, reason: str) -> None:
    _refuse_unless(handover.is_waiting, _("この引継ぎは受取り待ちではありません。画面を読み直してください。"))
    _claim(handover, state=state, answered_by=actor, answered_at=at, reason=reason)


def _refuse_unless(holds: bool, sentence: str) -> None:
    if not holds:
        raise HandoverRefused(sentence)


def _claim(handover: Handover, **changes: Any) -> None:
    if not Handover.objects.claim(handover, **changes):
        raise HandoverRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
