"""Answering what a campaign asks: 「実績なし」 with its reason, and saying that everything was told.

Results answer their lines by themselves (`lines`).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, columns_of
from renkei.initiatives.asked import shared_with_others
from renkei.initiatives.lines import reopen_line
from renkei.initiatives.models import Campaign, CampaignDivision, CampaignLine, CampaignPartner
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.vocabulary import LineAnswer

NAMED = 5
"""So many lines are named in the log and in a refusal; of the rest the number."""

SHARED = gettext_lazy(
    "ほかの相手方も一緒に行う取組なので、「実績なし」は市の担当課が回答します。行ったことがあれば報告してください。"
)


def refuse_closed(campaign: Campaign) -> None:
    """Refuse what a closed campaign does not take."""
    if Campaign.objects.running().filter(pk=campaign.pk).exists():
        return
    raise CampaignRefused(
        _("この年度の実績調査は締められています。回答を変えるときは、総括課に開き直しを頼んでください。")
    )


def answer_nothing(line: CampaignLine, *, reason: str, by: Person, at: datetime) -> None:
    """Answer that nothing was done in the year, and why."""
    answer_nothing_to([line], reason=reason, by=by, at=at)


@transaction.atomic
def answer_nothing_to(lines: Sequence[CampaignLine], *, reason: str, by: Person, at: datetime) -> None:
    """Answer the same of several lines of one campaign; all of them or none."""
    if not lines:
        raise CampaignRefused(_("実績のない取組を一つ以上選んでください。"))
    if not reason.strip():
        raise CampaignRefused(_("実績がない理由を入れてください。例: 感染症のため開催を見送った。"))
    campaign = lines[0].campaign
    refuse_closed(campaign)
    if isinstance(by, Correspondent) and by.partner and shared_with_others(campaign, lines, by.partner):
        raise CampaignRefused(str(SHARED))
    open_ones = CampaignLine.objects.filter(pk__in=[one.pk for one in lines], campaign=campaign)
    columns = {"answer": LineAnswer.NOTHING, "reason": reason.strip(), "answered_at": at}
    open_ones = open_ones.exclude(answer=LineAnswer.RESULTS)
    if open_ones.update(**columns, **columns_of(by, "answered_by")) != len(lines):
        raise CampaignRefused(
            _("選んだ中に、もう実績が報告された取組があります。画面を読み直して、選び直してください。")
        )
    record(
        events.CAMPAIGN_NOTHING,
        actor_of(by),
        campaign,
        municipality=campaign.municipality,
        count=len(lines),
        lines=named(lines),
        reason=reason.strip(),
    )


@transaction.atomic
def take_answer_back(line: CampaignLine, *, by: Person, at: datetime) -> None:
    """The answer 「実績なし」 was a mistake: the line is open again."""
    refuse_closed(line.campaign)
    if line.answer != LineAnswer.NOTHING:
        raise CampaignRefused(_("この行は「実績なし」ではありません。画面を読み直してください。"))
    reopen_line(line)
    record(
        events.CAMPAIGN_ANSWER_TAKEN_BACK,
        actor_of(by),
        line.campaign,
        municipality=line.campaign.municipality,
        line=line,
    )


@transaction.atomic
def finish_division(asked: CampaignDivision, *, by: User, at: datetime) -> None:
    """The division has told everything; every line of it must be answered."""
    refuse_closed(asked.campaign)
    lines = asked.campaign.lines.filter(division=asked.division, answer=LineAnswer.WAITING)
    waiting = list(lines.select_related("initiative", "agreement"))
    if waiting:
        raise CampaignRefused(
            _(
                "まだ回答していない行が%(count)s件あります(%(lines)s)。実績を書くか「実績なし」と回答してください。"
            )
            % {"count": len(waiting), "lines": named(waiting)}
        )
    asked.finished_at, asked.finished_by = at, by
    asked.save(update_fields=["finished_at", "finished_by"])
    _tell_finished(asked.campaign, by, str(asked.division))


@transaction.atomic
def finish_partner(asked: CampaignPartner, *, by: Correspondent, at: datetime) -> None:
    """The partner has told everything that it did; what it did not tell, the divisions answer."""
    refuse_closed(asked.campaign)
    asked.finished_at, asked.finished_by = at, by
    asked.save(update_fields=["finished_at", "finished_by"])
    _tell_finished(asked.campaign, by, str(asked.organisation))


def _tell_finished(campaign: Campaign, by: Person, who: str) -> None:
    record(events.CAMPAIGN_FINISHED, actor_of(by), campaign, municipality=campaign.municipality, who=who)


def named(lines: Sequence[CampaignLine]) -> str:
    """The first of the lines by name, and how many more there are."""
    first = "、".join(f"「{str(one)[:40]}」" for one in lines[:NAMED])
    return (
        first
        if len(lines) <= NAMED
        else _("%(first)sほか%(more)s件") % {"first": first, "more": len(lines) - NAMED}
    )
