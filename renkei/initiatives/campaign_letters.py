"""Letters of a campaign: to the clerks of each division and to the partners' people, with the link to their page."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, Role, User
from renkei.correspondents.models import Correspondent
from renkei.initiatives.asked import people_by_partner
from renkei.initiatives.models import Campaign, CampaignPartner
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.pages import counter_page, desk_page
from renkei.municipalities.post import PostedLetter, is_quiet, post
from renkei.rules.japanese_calendar import both_calendars, fiscal_year_name

LONGEST_KEY = 120
NOBODY = "none"
"""Stands in an address where a division would: what no division answers for."""


@dataclass(frozen=True)
class Words:
    """What a letter says; `cause` tells one letter to a person from the next."""

    cause: str
    subject: str
    paragraphs: Sequence[str]


def opening_words(campaign: Campaign) -> Words:
    """The request of the coordinators, with the day until which answers are awaited."""
    asks = _(
        "%(year)sの取組の実績を、%(day)sまでに回答してください。実績のないものも「実績なし」と回答してください。"
    )
    said = asks % {"year": _year(campaign), "day": both_calendars(campaign.due_on)}
    own = [line for line in campaign.request.splitlines() if line.strip()]
    return Words("opened", _("%sの実績調査のお願い") % _year(campaign), [said, *own])


def reminding_words(campaign: Campaign, cause: str, day: date) -> Words:
    """That answers are still awaited, or late."""
    facts = {"year": _year(campaign), "day": both_calendars(campaign.due_on)}
    if day > campaign.due_on:
        said = _("%(year)sの実績調査の期限(%(day)s)を過ぎています。まだ回答のない行があります。") % facts
        return Words(cause, _("%(year)sの実績調査の回答をお願いします(期限を過ぎています)") % facts, [said])
    said = _("%(year)sの実績調査の期限は%(day)sです。まだ回答のない行があります。") % facts
    return Words(cause, _("%(year)sの実績調査の回答をお願いします") % facts, [said])


def due_words(campaign: Campaign, before: date) -> Words:
    """That the day was changed."""
    facts = {"before": both_calendars(before), "after": both_calendars(campaign.due_on)}
    said = _("実績調査の期限が、%(before)sから%(after)sに変わりました。") % facts
    return Words(f"due-{campaign.due_on}", _("%sの実績調査の期限が変わりました") % _year(campaign), [said])


def reopening_words(campaign: Campaign, reason: str) -> Words:
    """That a closed campaign takes answers again."""
    said = _("締めた実績調査を開き直しました。理由: %s") % reason
    due = _("回答の期限: %s") % both_calendars(campaign.due_on)
    return Words(
        f"reopened-{campaign.version}", _("%sの実績調査を開き直しました") % _year(campaign), [said, due]
    )


def _year(campaign: Campaign) -> str:
    return fiscal_year_name(campaign.fiscal_year)


def tell_divisions(
    campaign: Campaign, divisions: Iterable[Division | None], words: Words, *, at: datetime
) -> int:
    """One letter to each clerk, however many divisions they answer for; how many people were written to."""
    if is_quiet():
        return 0
    clerks = Clerks(campaign.municipality, timezone.localdate(at))
    theirs: dict[User, list[Division | None]] = defaultdict(list)
    for division in divisions:
        for person in clerks.of(division):
            theirs[person].append(division)
    for person, asked in theirs.items():
        links = tuple((_link_name(one), desk_page(division_page(campaign, one))) for one in asked)
        _post(campaign, words, f"clerk-{person.pk}", (person.email, person.name), links, at)
    return len(theirs)


def division_page(campaign: Campaign, division: Division | None) -> str:
    """The address of a division's page under the desk's."""
    return f"campaigns/{campaign.public_id}/divisions/{division.public_id if division else NOBODY}/"


def _link_name(division: Division | None) -> str:
    return _("%sの回答のページ") % (division or _("担当課の決まっていない協定"))


def tell_partners(
    campaign: Campaign, partners: Iterable[CampaignPartner], words: Words, *, at: datetime
) -> int:
    """One letter to each of the partners' people at the counter; how many were written to."""
    if is_quiet():
        return 0
    town, told = campaign.municipality, set()
    people = people_by_partner([one.organisation_id for one in partners], town.pk)
    address = counter_page(f"{town.code}/campaigns/{campaign.public_id}/")
    for person in {one.pk: one for known in people.values() for one in known}.values():
        told.add(person.pk)
        to = (person.email, str(person))
        _post(campaign, words, _key_of(person), to, ((_("報告のページ"), address),), at)
    return len(told)


def _key_of(person: Correspondent) -> str:
    return f"partner-{hashlib.sha256(person.email.lower().encode()).hexdigest()[:24]}"


class Clerks:
    """Who answers for the divisions of a town on a day: asked once for all of them."""

    def __init__(self, municipality: Municipality, day: date) -> None:
        self.lineage, self.day = Lineage(municipality), day
        self.responsible: dict[int | None, list[User]] = defaultdict(list)
        self.coordinators: list[User] = []
        held = Assignment.objects.holding_on(day).filter(
            user__municipality=municipality,
            user__is_active=True,
            role__in=[Role.RESPONSIBLE, Role.COORDINATOR],
        )
        for one in held.select_related("user").order_by("user__name", "user"):
            known = self.coordinators if one.role == Role.COORDINATOR else self.responsible[one.division_id]
            if one.user not in known:
                known.append(one.user)

    def of(self, division: Division | None) -> list[User]:
        """The clerks of the division of today; the coordinators where it has none."""
        now = self.lineage.on(division.pk, self.day).pk if division else None
        return (self.responsible.get(now) if now else None) or self.coordinators


def _post(
    campaign: Campaign,
    words: Words,
    person: str,
    to: tuple[str, str],
    links: tuple[tuple[str, str], ...],
    at: datetime,
) -> None:
    letter = PostedLetter(
        key=f"campaign:{campaign.public_id}:{words.cause}:{person}"[:LONGEST_KEY],
        address=to[0],
        name=to[1],
        subject=f"【連携】{words.subject}",
        paragraphs=tuple(words.paragraphs),
        links=links,
    )
    post(campaign.municipality, letter, now=at)
