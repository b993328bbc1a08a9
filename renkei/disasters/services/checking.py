"""The yearly check of contacts: asking every partner, reminding, closing."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.checks.letters import asking_words, reminding_words, write_to
from renkei.disasters.checks.plan import check_plan
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.check_answers import answer_check
from renkei.disasters.services.check_calls import give_up, log_call
from renkei.disasters.services.check_claims import claim_check, refuse_closed
from renkei.disasters.services.check_days import change_due, refuse_past, reopen_check
from renkei.disasters.services.check_joining import ask, ask_newcomers
from renkei.disasters.vocabulary import CheckState
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import fiscal_year_name, japanese_date

__all__ = [
    "answer_check",
    "ask_newcomers",
    "change_due",
    "close_check",
    "give_up",
    "log_call",
    "open_check",
    "remind_now",
    "remind_waiting",
    "reopen_check",
    "send_to",
]


@transaction.atomic
def open_check(
    town: Municipality,
    *,
    fiscal_year: int,
    due_on: date,
    request: str = "",
    actor: User,
    at: datetime,
    site: str = "",
) -> ContactCampaign:
    """Ask every partner of agreements for disasters until the day (inclusive); who has an address gets the link."""
    day = timezone.localdate(at)
    _refuse_opening(town, fiscal_year, due_on, day)
    plan = check_plan(town, day)
    if not plan.asked:
        raise CheckRefused(_("災害時の協定の相手方がいません。協定に「災害」の形態か分野を付けてください。"))
    campaign = ContactCampaign.objects.create(
        municipality=town,
        fiscal_year=fiscal_year,
        due_on=due_on,
        request=request.strip(),
        opened_at=at,
        opened_by=actor,
    )
    checks = ask(campaign, plan.asked, at=at, site=site)
    record(
        events.CHECK_OPENED,
        actor,
        campaign,
        municipality=town,
        due=japanese_date(due_on),
        partners=len(checks),
        mailed=len(plan.mailed),
    )
    return campaign


def _refuse_opening(town: Municipality, year: int, due_on: date, day: date) -> None:
    if ContactCampaign.objects.of(town).filter(fiscal_year=year).exists():
        raise CheckRefused(
            _("%sの連絡体制調査は、もう始まっています。一覧から開いてください。") % fiscal_year_name(year)
        )
    if ContactCampaign.objects.of(town).running().exists():
        raise CheckRefused(_("締めていない連絡体制調査があります。先に締めてください。"))
    refuse_past(due_on, day)


@transaction.atomic
def send_to(check: ContactCheck, email: str, *, actor: User, at: datetime, site: str = "") -> None:
    """Send the link of one partner, to its known address or to another one, which is kept; at most once a day."""
    refuse_closed(check.campaign)
    email, day = unicodedata.normalize("NFKC", email).strip(), timezone.localdate(at)
    try:
        validate_email(email)
    except ValidationError:
        raise CheckRefused(
            _("「%s」はメールアドレスとして読めません。例: bosai@example.jp") % email[:40]
        ) from None
    is_same = email.lower() == check.email.lower()
    if is_same and check.sent_at and day in (timezone.localdate(check.sent_at), check.reminded_on):
        raise CheckRefused(_("今日はもうこのアドレスに送りました。次は明日から送れます。"))
    claim_check(check)
    is_first = check.sent_at is None or not is_same
    check.email = email
    check.sent_at, check.reminded_on = (at, check.reminded_on) if is_first else (check.sent_at, day)
    check.save(update_fields=["email", "sent_at", "reminded_on"])
    campaign = check.campaign
    words = asking_words(campaign) if is_first else reminding_words(campaign, f"now-{day}", day)
    cause = f"{words.cause}-{check.version}"
    write_to([check], type(words)(cause, words.subject, words.paragraphs), at=at, site=site)
    record(events.CHECK_SENT, actor, campaign, municipality=campaign.municipality, partner=check.partner)


@transaction.atomic
def remind_now(campaign: ContactCampaign, *, actor: User, at: datetime, site: str = "") -> int:
    """Write to every partner that has an address and has not answered, once a day; how many were written to."""
    refuse_closed(campaign)
    day = timezone.localdate(at)
    count = remind_waiting(campaign, f"now-{day}", at=at, unless=lambda last: last == day, site=site)
    if not count:
        raise CheckRefused(
            _("メールで催促する相手方がいません。今日もう送ったか、回答済みか、メールアドレスがありません。")
        )
    record(events.CHECK_REMINDED, actor, campaign, municipality=campaign.municipality, count=count)
    return count


@transaction.atomic
def remind_waiting(
    campaign: ContactCampaign,
    cause: str,
    *,
    at: datetime,
    unless: Callable[[date], bool] = lambda _day: False,
    site: str = "",
) -> int:
    """Letters to those who have not answered, noted on each; `unless` says whether the last letter's day counts.

    The day of the request itself counts as a reminder: nobody is asked and reminded on one day.
    """
    day = timezone.localdate(at)
    waiting = campaign.checks.exclude(email="").filter(state__in=[CheckState.WAITING, CheckState.UNREACHABLE])
    told = [
        one for one in waiting.select_related("organisation__merged_into") if not _was_told(one, day, unless)
    ]
    for one in told:
        one.campaign = campaign
    campaign.checks.filter(pk__in=[one.pk for one in told]).update(reminded_on=day)
    return write_to(told, reminding_words(campaign, cause, day), at=at, site=site)


def _was_told(check: ContactCheck, day: date, unless: Callable[[date], bool]) -> bool:
    sent_on = timezone.localdate(check.sent_at) if check.sent_at else None
    return sent_on == day or (check.reminded_on is not None and unless(check.reminded_on))


@transaction.atomic
def close_check(campaign: ContactCampaign, *, note: str, actor: User, at: datetime) -> None:
    """Take no more answers, links end; partners that have not answered stay on record, which needs a note."""
    refuse_closed(campaign)
    waiting = campaign.checks.open().count()
    if waiting and not note.strip():
        raise CheckRefused(
            _("回答のない相手方が%s者あります。このまま締めるときは、その事情を記録に書いてください。")
            % waiting
        )
    if not ContactCampaign.objects.claim(campaign):
        raise CheckRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    campaign.closed_at, campaign.closing_note = at, note.strip()
    campaign.save(update_fields=["closed_at", "closing_note"])
    record(
        events.CHECK_CLOSED,
        actor,
        campaign,
        municipality=campaign.municipality,
        answered=campaign.checks.count() - waiting,
        open=waiting,
        note=note.strip(),
    )
