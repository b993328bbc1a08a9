"""Opening and closing the yearly collection of results; what was asked is answered in `answers`."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.campaign_letters import (
    Words,
    due_words,
    opening_words,
    reminding_words,
    reopening_words,
    tell_divisions,
    tell_partners,
)
from renkei.initiatives.campaign_plan import Plan, first_results, plan
from renkei.initiatives.lines import answer_with, reopen_line
from renkei.initiatives.models import Campaign, CampaignDivision, CampaignLine, CampaignPartner
from renkei.initiatives.progress import progress, total_of
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.services.answers import (
    answer_nothing,
    answer_nothing_to,
    finish_division,
    finish_partner,
    refuse_closed,
    take_answer_back,
)
from renkei.initiatives.vocabulary import LineAnswer, Publicity
from renkei.municipalities.models import Division, Municipality
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name, japanese_date

__all__ = [
    "answer_nothing",
    "answer_nothing_to",
    "change_due_day",
    "close_campaign",
    "finish_division",
    "finish_partner",
    "open_campaign",
    "remind_now",
    "reopen_campaign",
    "take_answer_back",
]
AT_ONCE = 500
"""Rows of one statement."""


@transaction.atomic
def open_campaign(
    municipality: Municipality,
    *,
    fiscal_year: int,
    due_on: date,
    request: str = "",
    asks_partners: bool = True,
    actor: User,
    at: datetime,
) -> Campaign:
    """Ask every division (and partner) for the year's results until the day (inclusive), and write to their people."""
    day = timezone.localdate(at)
    _refuse_opening(municipality, fiscal_year, due_on, day)
    asked = plan(municipality, fiscal_year, on=day)
    if not asked.lines:
        raise CampaignRefused(_("その年度に有効な協定がありません。年度を確かめてください。"))
    campaign = Campaign.objects.create(
        municipality=municipality,
        fiscal_year=fiscal_year,
        due_on=due_on,
        asks_partners=asks_partners,
        request=request.strip(),
        opened_by=actor,
        opened_at=at,
    )
    _write(campaign, asked)
    record(
        events.CAMPAIGN_OPENED,
        actor,
        campaign,
        municipality=municipality,
        due=japanese_date(due_on),
        lines=len(asked.lines),
        divisions=len(asked.divisions),
        partners=len(asked.partners) if asks_partners else 0,
    )
    _tell_opening(campaign, at)
    return campaign


def _refuse_opening(municipality: Municipality, year: int, due_on: date, day: date) -> None:
    if year > fiscal_year(day):
        raise CampaignRefused(
            _("%sはまだ始まっていません。年度を確かめてください。") % fiscal_year_name(year)
        )
    if Campaign.objects.of(municipality).filter(fiscal_year=year).exists():
        raise CampaignRefused(
            _("%sの実績調査は、もう始まっています。一覧から開いてください。") % fiscal_year_name(year)
        )
    _refuse_past(due_on, day)


def _refuse_past(due_on: date, day: date) -> None:
    if due_on < day:
        raise CampaignRefused(
            _("期限の%sは過ぎています。今日かそれより後の日にしてください。") % japanese_date(due_on)
        )


def _write(campaign: Campaign, asked: Plan) -> None:
    for line in asked.lines:
        line.campaign = campaign
    CampaignLine.objects.bulk_create(asked.lines, batch_size=AT_ONCE)
    CampaignDivision.objects.bulk_create(
        [CampaignDivision(campaign=campaign, division=one) for one in asked.divisions], batch_size=AT_ONCE
    )
    if campaign.asks_partners:
        CampaignPartner.objects.bulk_create(
            [
                CampaignPartner(campaign=campaign, organisation=one, asked_at=campaign.opened_at)
                for one in asked.partners
            ],
            batch_size=AT_ONCE,
        )


def _tell_opening(campaign: Campaign, at: datetime) -> None:
    words = opening_words(campaign)
    waiting = campaign.lines.filter(answer=LineAnswer.WAITING)
    keys: set[int | None] = set(waiting.order_by().values_list("division", flat=True).distinct())
    tell_divisions(campaign, _divisions(keys), words, at=at)
    tell_partners(campaign, list(campaign.partners.all()), words, at=at)


def _divisions(keys: set[int | None]) -> list[Division | None]:
    found: list[Division | None] = list(Division.objects.filter(pk__in=[key for key in keys if key]))
    return [*found, None] if None in keys else found


@transaction.atomic
def change_due_day(campaign: Campaign, due_on: date, *, actor: User, at: datetime) -> None:
    """Await answers until another day, and tell those who still have something open."""
    refuse_closed(campaign)
    _refuse_past(due_on, timezone.localdate(at))
    if due_on == campaign.due_on:
        return
    _claim(campaign)
    before, campaign.due_on = campaign.due_on, due_on
    campaign.save(update_fields=["due_on"])
    record(
        events.CAMPAIGN_DUE_CHANGED,
        actor,
        campaign,
        municipality=campaign.municipality,
        before=japanese_date(before),
        after=japanese_date(due_on),
    )
    _tell_open_ones(campaign, due_words(campaign, before), at)


@transaction.atomic
def remind_now(campaign: Campaign, *, actor: User, at: datetime) -> int:
    """Write to everybody who has something open, at most once a day; how many people were written to."""
    refuse_closed(campaign)
    day = timezone.localdate(at)
    told = [campaign.divisions.filter(reminded_on=day), campaign.partners.filter(reminded_on=day)]
    if any(one.exists() for one in told):
        raise CampaignRefused(_("今日はもう催促しました。次の催促は明日からできます。"))
    count = remind_open(campaign, f"now-{day}", at=at)
    if not count:
        raise CampaignRefused(
            _("催促する相手がいません。全員が回答したか、相手方の担当者が登録されていません。")
        )
    record(events.CAMPAIGN_REMINDED, actor, campaign, municipality=campaign.municipality, count=count)
    return count


def remind_open(
    campaign: Campaign, cause: str, *, at: datetime, unless: Callable[[date], bool] = lambda _day: False
) -> int:
    """Letters to those who have something open, inside a transaction; it is noted when they were reminded.

    `unless` says of the day of the last reminder whether it was for the same occasion.
    """
    day = timezone.localdate(at)
    return _tell_open_ones(campaign, reminding_words(campaign, cause, day), at, unless, noted_on=day)


def _tell_open_ones(
    campaign: Campaign,
    words: Words,
    at: datetime,
    unless: Callable[[date], bool] = lambda _day: False,
    *,
    noted_on: date | None = None,
) -> int:
    done = progress(campaign)
    divisions = [one for one in done.divisions if one.share.waiting and not _told(one.asked, unless)]
    partners = [
        one.asked
        for one in done.partners
        if one.people and one.share.waiting and not one.asked.finished_at and not _told(one.asked, unless)
    ]
    if noted_on:
        late = [one.asked.pk for one in divisions if one.asked]
        campaign.divisions.filter(pk__in=late).update(reminded_on=noted_on)
        campaign.partners.filter(pk__in=[one.pk for one in partners]).update(reminded_on=noted_on)
    count = tell_divisions(campaign, [one.division for one in divisions], words, at=at)
    return count + tell_partners(campaign, partners, words, at=at)


def _told(asked: CampaignDivision | CampaignPartner | None, unless: Callable[[date], bool]) -> bool:
    return asked is not None and asked.reminded_on is not None and unless(asked.reminded_on)


@transaction.atomic
def close_campaign(campaign: Campaign, *, note: str, actor: User, at: datetime) -> None:
    """Take no more answers; lines that are open stay 未回答 on record, which needs a note that says why."""
    refuse_closed(campaign)
    share = total_of(campaign)
    if share.waiting and not note.strip():
        raise CampaignRefused(
            _("回答のない行が%s件あります。このまま締めるときは、その事情を記録に書いてください。")
            % share.waiting
        )
    _claim(campaign)
    campaign.closed_at, campaign.closing_note = at, note.strip()
    campaign.save(update_fields=["closed_at", "closing_note"])
    record(
        events.CAMPAIGN_CLOSED,
        actor,
        campaign,
        municipality=campaign.municipality,
        answered=share.answered,
        open=share.waiting,
        note=note.strip() or _("全て回答済み"),
    )


@transaction.atomic
def reopen_campaign(campaign: Campaign, *, due_on: date, reason: str, actor: User, at: datetime) -> None:
    """Take answers again until another day, and tell those who have something open."""
    if campaign.closed_at is None:
        raise CampaignRefused(_("この実績調査は締められていません。画面を読み直してください。"))
    if campaign.publicity != Publicity.INTERNAL:
        raise CampaignRefused(_("公開しているか、承認を求めている年度です。先に公開をやめてください。"))
    if not reason.strip():
        raise CampaignRefused(_("開き直す理由を入れてください。例: 2課の回答が届いたため。"))
    _refuse_past(due_on, timezone.localdate(at))
    _claim(campaign)
    campaign.closed_at, campaign.due_on = None, due_on
    campaign.save(update_fields=["closed_at", "due_on"])
    _catch_up(campaign)
    record(
        events.CAMPAIGN_REOPENED, actor, campaign, municipality=campaign.municipality, reason=reason.strip()
    )
    _tell_open_ones(campaign, reopening_words(campaign, reason.strip()), at)


def _catch_up(campaign: Campaign) -> None:
    """What was reported or taken back while it was closed is noted now."""
    reported = first_results(campaign.municipality, campaign.fiscal_year)
    for line in campaign.lines.filter(initiative__isnull=False).select_related("campaign"):
        result = reported.get(line.initiative_id or 0)
        if result and line.answer != LineAnswer.RESULTS:
            answer_with(line, result)
            line.save()
        elif result is None and line.answer == LineAnswer.RESULTS:
            reopen_line(line)


def _claim(campaign: Campaign) -> None:
    if not Campaign.objects.claim(campaign):
        raise CampaignRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
