"""Who may do what with the work under agreements: each function returns the reason why not, or None."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Party
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import FollowUp, Initiative, RegularMeeting
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division

WORK = gettext_lazy("取組")


@right(
    "initiatives.change",
    gettext_lazy("取組と実績を書く・確認する、協定を評価する、定例協議を開く"),
    about=WORK,
)
def why_not_work_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may write about the work of an agreement or initiative that the division answers for."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("担当課が決まっていません。総括課の担当者だけが書けます。")
    return _("%(division)sか総括課の担当者だけが書けます。") % {"division": holder}


@right("campaigns.conduct", gettext_lazy("実績調査を始める・締める、公開を承認する"), about=WORK)
def why_not_conduct_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may open and close the yearly collection of results, and approve what is published."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("実績調査と公開の承認は、総括課の担当者だけができます。総括課に頼んでください。")


def why_not_work(
    user: User, agreement: Agreement, *, day: date, initiative: Initiative | None = None
) -> str | None:
    """None if the person may write about the work under the agreement on the day; otherwise the sentence to show.

    An initiative has a division of its own, whose people may write about it as those of the agreement's do.
    """
    if user.municipality_id != agreement.municipality_id:
        return _("ほかの自治体の協定です。")
    reason = why_not_work_of(user, holder_on(agreement, day), day)
    if reason and initiative and initiative.division_id:
        return why_not_work_of(user, Lineage(agreement.municipality).on(initiative.division_id, day), day)
    return reason


def why_not_answer_for(user: User, division: Division | None, *, day: date) -> str | None:
    """None if the person may answer a campaign for the division on the day."""
    if division and user.municipality_id != division.municipality_id:
        return _("ほかの自治体の課です。")
    holder = Lineage(user.municipality).on(division.pk, day) if division else None
    return why_not_work_of(user, holder, day)


def why_not_conduct(user: User, *, day: date) -> str | None:
    """None if the person may conduct campaigns and approve publications of the own town on the day."""
    return why_not_conduct_of(user, None, day)


def why_not_report(visitor: Correspondent, agreement: Agreement, *, day: date) -> str | None:
    """None if somebody at the counter may report about the agreement: a partner's person whom the town accepted."""
    partner = visitor.partner
    if partner is None or visitor.municipality_id != agreement.municipality_id:
        return _(
            "この協定の相手方の担当者だけが報告できます。市の担当課に、担当者としての登録を頼んでください。"
        )
    if not Party.objects.filter(agreement=agreement, organisation=partner).exists():
        return _(
            "この協定の相手方の担当者だけが報告できます。市の担当課に、担当者としての登録を頼んでください。"
        )
    return None


def why_not_meet(
    user: User, division: Division | None, agreements: Sequence[Agreement], *, day: date
) -> str | None:
    """None if the person may plan and record a meeting: of the division, or of an agreement that it is about."""
    if any(one.municipality_id != user.municipality_id for one in agreements):
        return _("ほかの自治体の協定です。")
    lineage = Lineage(user.municipality)
    held = [one.division_id for one in agreements] + ([division.pk] if division else [])
    holders: set[Division | None] = {lineage.on(pk, day) for pk in held if pk is not None}
    reasons = [why_not_work_of(user, holder, day) for holder in holders or {None}]
    return None if None in reasons else reasons[0]


def why_not_change_meeting(user: User, meeting: RegularMeeting, *, day: date) -> str | None:
    """None if the person may change the meeting, invite to it and write its minutes."""
    if user.municipality_id != meeting.municipality_id:
        return _("ほかの自治体の会議です。")
    return why_not_meet(user, meeting.division, list(meeting.agreements.all()), day=day)


def why_not_settle(user: User, follow_up: FollowUp, *, day: date) -> str | None:
    """None if the person may say that something is done: who may change the meeting, or the division that does it."""
    reason = why_not_change_meeting(user, follow_up.meeting, day=day)
    if reason and follow_up.division is not None:
        return why_not_answer_for(user, follow_up.division, day=day)
    return reason
