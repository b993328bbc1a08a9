"""Who may reorganise, hand over and receive: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.handovers.models import Handover
from renkei.municipalities.models import Division

HANDOVER = gettext_lazy("引継ぎ")


@right("divisions.reorganise", gettext_lazy("機構改革を計画し、決定する"), about=gettext_lazy("課"))
def why_not_reorganise_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may plan and decide what becomes of the town's divisions on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("機構改革は、総括課の担当者と管理者だけが計画し、決定できます。総括課に伝えてください。")


@right("handovers.give", gettext_lazy("課の引継ぎを準備して渡す(自分の担当は誰でも)"), about=HANDOVER)
def why_not_give_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may hand over what the division holds on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    return _("引継ぎを渡せるのは、渡す本人か課の担当者、総括課の担当者だけです。")


@right("handovers.receive", gettext_lazy("課への引継ぎを受け取る(自分への引継ぎは誰でも)"), about=HANDOVER)
def why_not_receive_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may accept or send back, for the division, on the day."""
    if person.works_for(holder, day=day):
        return None
    return _("引継ぎを受け取れるのは、受け取る本人か、受け取る課の担当者だけです。")


def why_not_reorganise(user: User, *, day: date) -> str | None:
    """None if the person may plan and decide reorganisations on the day; otherwise the sentence to show."""
    return why_not_reorganise_of(user, None, day)


def why_not_give(user: User, handover: Handover, *, day: date) -> str | None:
    """None if the person may write, hand over and withdraw; the giver of what is his own always may."""
    if user.pk == handover.giver_id and handover.division is None:
        return None
    return why_not_give_of(user, handover.division, day)


def why_not_receive(user: User, handover: Handover, *, day: date) -> str | None:
    """None if the person may accept or send back; the clerks of a division also if they begin on its day."""
    if handover.receiver_id:
        is_receiver = user.pk == handover.receiver_id
        return None if is_receiver else why_not_receive_of(user, None, day)
    return why_not_receive_of(user, handover.receiving_division, max(day, handover.on))
