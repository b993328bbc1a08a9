"""The seven signs of an agreement that works in a disaster, and what is known of each."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sign(models.TextChoices):
    """What an agreement needs so that help comes in a disaster."""

    TEXT = "text", _("協定の文がある")
    CAPABILITY = "capability", _("支援内容が分かる")
    CONTACTS = "contacts", _("連絡先を1年以内に確かめた")
    DRILLED = "drilled", _("3年以内に訓練か要請をした")
    ASKING_FORM = "asking_form", _("要請のしかたと様式がある")
    ALTERNATIVES = "alternatives", _("ほかにも相手方がいる")
    OUTSIDE_HAZARD = "outside_hazard", _("危険区域の外に拠点がある")


class State(models.TextChoices):
    """What is known of a sign; what nobody knows does not count as ready."""

    FULFILLED = "fulfilled", _("満たす")
    MISSING = "missing", _("足りない")
    UNKNOWN = "unknown", _("分からない")
    NOT_NEEDED = "not_needed", _("対象外")


MARKS = {State.FULFILLED: "○", State.MISSING: "×", State.UNKNOWN: "?", State.NOT_NEEDED: "―"}


@dataclass(frozen=True)
class Source:
    """A record that a sign was read from; `kind` is agreement, capability, partner, incident or template."""

    kind: str
    public_id: str
    name: str


@dataclass(frozen=True)
class SignState:
    """A sign of one agreement: whether it is fulfilled, why, since when and until when (inclusive), and from what."""

    state: State
    sentence: str
    since: date | None = None
    until: date | None = None
    sources: tuple[Source, ...] = ()

    @property
    def is_fulfilled(self) -> bool:
        """Whether it is there."""
        return self.state == State.FULFILLED

    @property
    def is_lacking(self) -> bool:
        """Whether somebody has to do something for it."""
        return self.state in (State.MISSING, State.UNKNOWN)

    @property
    def mark(self) -> str:
        """○, ×, ? or ―: never by colour alone."""
        return MARKS[self.state]

    @property
    def word(self) -> str:
        """満たす, for reading aloud."""
        return str(self.state.label)


def share_of(states: dict[Sign, SignState]) -> float:
    """Fulfilled of those that apply: 0…1."""
    applicable = [one for one in states.values() if one.state != State.NOT_NEEDED]
    return sum(one.is_fulfilled for one in applicable) / len(applicable) if applicable else 1.0
