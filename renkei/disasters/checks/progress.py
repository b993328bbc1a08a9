"""How far a check of contacts has come: by state, by division, and whom to telephone next today."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from renkei.disasters.checks.plan import asked_partners
from renkei.disasters.models import ContactCampaign, ContactCheck
from renkei.disasters.vocabulary import CheckState
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation

TIME_TO_ANSWER = timedelta(days=7)
"""So long after the last letter one does not telephone whoever got it."""


@dataclass
class Line:
    """One partner's check with the divisions that answer for its agreements."""

    check: ContactCheck
    divisions: list[Division] = field(default_factory=list)
    calls: int = 0
    called_on: date | None = None


@dataclass(frozen=True)
class Share:
    """Counts of some partners."""

    name: str
    asked: int
    confirmed: int
    corrected: int
    waiting: int
    unreachable: int

    @property
    def answered(self) -> int:
        return self.confirmed + self.corrected

    @property
    def percent(self) -> int:
        """How many have answered, in hundredths, rounded down: 100 means all."""
        return self.answered * 100 // self.asked if self.asked else 0


@dataclass(frozen=True)
class Progress:
    """All lines of a campaign, their counts, and the partners who joined since it was begun and are not asked."""

    lines: list[Line]
    total: Share
    divisions: list[Share]
    newcomers: list[Organisation]


def progress(campaign: ContactCampaign, day: date) -> Progress:
    """As of now; a partner of several divisions counts in each of them."""
    asked = asked_partners(campaign.municipality, day)
    checks = campaign.checks.select_related("organisation__merged_into").prefetch_related("calls")
    lines = []
    for check in checks:
        check.campaign, calls = campaign, list(check.calls.all())
        its = asked.get(check.partner.pk)
        last = timezone.localdate(calls[-1].at) if calls else None
        lines.append(Line(check, its.divisions if its else [], len(calls), last))
    lines.sort(key=lambda one: one.check.partner.name_kana or one.check.partner.name)
    by_division: dict[Division, list[Line]] = {}
    for line in lines:
        for division in line.divisions:
            by_division.setdefault(division, []).append(line)
    shares = [_share(str(division), theirs) for division, theirs in by_division.items()]
    known = {one.check.partner.pk for one in lines}
    return Progress(
        lines,
        _share("", lines),
        sorted(shares, key=lambda one: (one.percent, -one.asked, one.name)),
        [one.partner for key, one in asked.items() if key not in known],
    )


def _share(name: str, lines: Iterable[Line]) -> Share:
    counts = Counter(one.check.state for one in lines)
    return Share(
        name,
        asked=sum(counts.values()),
        **{state.value: counts[state] for state in CheckState},
    )


def to_call(lines: Iterable[Line], campaign: ContactCampaign, day: date) -> list[Line]:
    """Whom to telephone next on the day: who got no letter, or has let one lie; nobody twice on one day.

    Whoever was never called comes first, then whose last call is longest ago.
    """
    found = [one for one in lines if not one.check.is_answered and one.called_on != day]
    found = [one for one in found if _is_due(one.check, campaign, day)]
    return sorted(found, key=lambda one: (one.called_on or date.min, one.check.pk))


def _is_due(check: ContactCheck, campaign: ContactCampaign, day: date) -> bool:
    if not check.email or day > campaign.due_on:
        return True
    sent_on = timezone.localdate(check.sent_at) if check.sent_at else None
    last = max((one for one in (sent_on, check.reminded_on) if one), default=None)
    return last is not None and check.reminded_on is not None and day - last >= TIME_TO_ANSWER
