"""What the daily work does with handovers: the successor hears of one that has waited for a week."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, Role, User
from renkei.handovers.models import Handover, waiting_handovers
from renkei.municipalities.daily import Notice
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date


def remind_waiting(sender: object, *, municipality: Municipality, day: date, **_given: Any) -> list[Notice]:
    """A letter for each handover that nobody has answered for seven days; the same one is never written twice."""
    waiting = waiting_handovers(day).filter(municipality=municipality)
    return [_notice(handover, addresses) for handover in waiting if (addresses := _addresses(handover, day))]


def _notice(handover: Handover, addresses: tuple[str, ...]) -> Notice:
    handed_over = handover.handed_over_on
    text = _(
        "%(gives)sが%(day)sに渡した引継ぎを、まだ受け取っていません。「管理」の「引継ぎ」を開き、内容を読んで、"
        "受け取るか、理由を付けて差し戻してください。"
    ) % {"gives": handover.gives, "day": japanese_date(handed_over) if handed_over else ""}
    return Notice(
        key=f"handover {handover.public_id} {handed_over}",
        subject=_("引継ぎが受取りを待っています(%(gives)sから)") % {"gives": handover.gives},
        text=text,
        addresses=addresses,
    )


def _addresses(handover: Handover, day: date) -> tuple[str, ...]:
    """The receiver, or those who work for the receiving division on the day."""
    people = User.objects.filter(is_active=True).exclude(email="")
    if handover.receiver_id:
        people = people.filter(pk=handover.receiver_id)
    else:
        held = Assignment.objects.holding_on(day).filter(division=handover.receiving_division_id)
        people = people.filter(
            pk__in=held.filter(role__in=(Role.RESPONSIBLE, Role.COORDINATOR)).values("user")
        )
    return tuple(people.order_by("pk").values_list("email", flat=True))
