"""Letters of the yearly check: the link to each partner's page, reminders, and a withdrawn promise to the division."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import Role, User
from renkei.disasters.checks.links import address_of
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.municipalities.models import Division
from renkei.municipalities.pages import desk_page
from renkei.municipalities.post import PostedLetter, is_quiet, post
from renkei.rules.japanese_calendar import both_calendars, fiscal_year_name

LONGEST_KEY, MOST_OF_A_NAME = 120, 40


@dataclass(frozen=True)
class Words:
    """What a letter says; `cause` tells one letter to a partner from the next."""

    cause: str
    subject: str
    paragraphs: Sequence[str]


def asking_words(campaign: ContactCampaign) -> Words:
    """The request, with the day until which answers are awaited."""
    said = _(
        "災害のときの連絡先と、いま供給できるものを確かめています。%(day)sまでに、下のページで答えてください。"
        "変わりがなければ、ボタンを一つ押すだけで終わります。"
    )
    own = [line for line in campaign.request.splitlines() if line.strip()]
    last = _("このリンクは貴社・貴団体だけのものです。ほかの人に転送しないでください。")
    subject = _("%sの連絡体制調査のお願い") % fiscal_year_name(campaign.fiscal_year)
    return Words("asked", subject, [said % {"day": both_calendars(campaign.due_on)}, *own, last])


def reminding_words(campaign: ContactCampaign, cause: str, day: date) -> Words:
    """That the answer is still awaited, or late."""
    facts = {"year": fiscal_year_name(campaign.fiscal_year), "day": both_calendars(campaign.due_on)}
    subject = _("%(year)sの連絡体制調査の回答をお願いします") % facts
    if day > campaign.due_on:
        said = _("連絡体制調査の期限(%(day)s)を過ぎています。まだ回答をいただいていません。") % facts
    else:
        said = _("連絡体制調査の期限は%(day)sです。まだ回答をいただいていません。") % facts
    return Words(cause, subject, [said, _one_press()])


def due_words(campaign: ContactCampaign, before: date) -> Words:
    """That the day was changed."""
    facts = {"before": both_calendars(before), "after": both_calendars(campaign.due_on)}
    said = _(
        "連絡体制調査の回答の期限が、%(before)sから%(after)sに変わりました。まだ回答をいただいていません。"
    )
    subject = _("%sの連絡体制調査の期限が変わりました") % fiscal_year_name(campaign.fiscal_year)
    return Words(f"due-{campaign.version}", subject, [said % facts, _one_press()])


def reopening_words(campaign: ContactCampaign) -> Words:
    """That a closed check takes answers again."""
    said = _(
        "締め切った連絡体制調査の回答を、%(day)sまでもう一度受け付けます。まだ回答をいただいていません。"
    )
    subject = _("%sの連絡体制調査の回答を、もう一度受け付けます") % fiscal_year_name(campaign.fiscal_year)
    words = [said % {"day": both_calendars(campaign.due_on)}, _one_press()]
    return Words(f"reopened-{campaign.version}", subject, words)


def _one_press() -> str:
    return _("変わりがなければ、ボタンを一つ押すだけで終わります。")


def write_to(checks: Iterable[ContactCheck], words: Words, *, at: datetime, site: str = "") -> int:
    """The letter to each partner that has an address; how many were written to."""
    count = 0
    for check in checks:
        if not check.email:
            continue
        letter = PostedLetter(
            key=f"contact-check:{check.public_id}:{words.cause}"[:LONGEST_KEY],
            address=check.email,
            name=_("%s ご担当者") % str(check.partner)[:MOST_OF_A_NAME],
            subject=f"【連携】{words.subject}",
            paragraphs=tuple(words.paragraphs),
            links=((_("回答のページ"), address_of(check, site)),),
            is_secret=True,
        )
        post(check.campaign.municipality, letter, now=at)
        count += 1
    return count


def tell_withdrawn(
    check: ContactCheck, withdrawn: Sequence[str], divisions: Iterable[Division], *, at: datetime
) -> None:
    """A letter to the divisions' clerks and the disaster officers: the partner took back what it had promised."""
    if is_quiet():
        return
    town = check.campaign.municipality
    page = desk_page(f"disasters/contact-checks/{check.public_id}/")
    said = _("%(partner)sが、連絡体制調査で次の支援をできないか、減らすと回答しました。") % {
        "partner": check.partner
    }
    todo = _("別の相手方を探すか、相手方と話し合ってください。")
    for person in _clerks(check, list(divisions), timezone.localdate(at)):
        letter = PostedLetter(
            key=f"contact-check:{check.public_id}:withdrawn:{check.version}:{person.pk}"[:LONGEST_KEY],
            address=person.email,
            name=person.name,
            subject=_("【連携】%sの支援内容が減りました") % check.partner,
            paragraphs=(said, *(f"・{one}" for one in withdrawn), todo),
            links=((_("回答のページ"), page),),
        )
        post(town, letter, now=at)


def _clerks(check: ContactCheck, divisions: list[Division], day: date) -> list[User]:
    people = User.objects.of(check.campaign.municipality).filter(is_active=True)
    found = {one.pk: one for one in people.holding(role=Role.DISASTER_OFFICER, day=day)}
    for division in divisions:
        found |= {one.pk: one for one in people.holding(role=Role.RESPONSIBLE, division=division, day=day)}
    return list(found.values()) or list(people.holding(role=Role.COORDINATOR, day=day))
