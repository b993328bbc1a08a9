"""What a partner answers in the yearly check: whom to call, and what it could supply now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.disasters.contacts.chains import in_use_with_channels
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.models import Capability, EmergencyContact
from renkei.disasters.vocabulary import CapabilityState, Certainty, ChannelKind, ReachedWhen
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation


class Supply(models.TextChoices):
    """What a partner says of one thing that it promised."""

    SAME = "same", gettext_lazy("いまもできる")
    CHANGED = "changed", gettext_lazy("数量などが変わった")
    ENDED = "ended", gettext_lazy("もうできない")


@dataclass(frozen=True, kw_only=True)
class SupplyAnswer:
    """Of one capability that the town knows (`capability`), or of something new under an agreement."""

    capability: str = ""
    says: str = Supply.SAME
    goods: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    certainty: str = ""
    function: str = ""
    agreement: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckAnswer:
    """The whole answer; unchanged means that all is as the town has it, whatever else stands in it."""

    contacts: tuple[ContactFacts, ...] = ()
    capabilities: tuple[SupplyAnswer, ...] = ()
    is_unchanged: bool = False
    note: str = ""


def answer_from(
    contacts: Sequence[Mapping[str, Any]], supplies: Sequence[Mapping[str, Any]], note: str
) -> CheckAnswer:
    """The answer that a form holds, in plain facts."""
    return CheckAnswer(
        contacts=tuple(contact_from(one) for one in contacts),
        capabilities=tuple(SupplyAnswer(**one) for one in supplies),
        note=note,
    )


def contact_from(row: Mapping[str, Any]) -> ContactFacts:
    """A row of a form as facts."""
    channels = tuple(ChannelFacts(ChannelKind(kind), value) for kind, value in row.get("channels", ()))
    told = {name: row[name] for name in ("public_id", "unit", "name", "note") if row.get(name)}
    when = ReachedWhen(row.get("reached_when") or ReachedWhen.ALWAYS)
    return ContactFacts(reached_when=when, channels=channels, **told)


def plain(answer: CheckAnswer) -> dict[str, Any]:
    """The answer as it is kept: words and numbers only."""
    return {key: _plain(value) for key, value in asdict(answer).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)


def contacts_of(town: Municipality, partner: Organisation) -> list[EmergencyContact]:
    """All of the partner's contacts in use in their order, those of single agreements last."""
    own = EmergencyContact.objects.of(town).of_partner(partner)
    known = in_use_with_channels(own)
    return sorted(known, key=lambda one: (one.agreement_id or 0, one.position, one.pk))


def capabilities_of(town: Municipality, partner: Organisation) -> list[Capability]:
    """What the partner does as the town knows it, without what nobody has confirmed yet."""
    own = Capability.objects.of(town).current().of_partner(partner)
    return list(own.select_related("agreement__municipality", "organisation").prefetch_related("places"))


def standing(town: Municipality, partner: Organisation) -> dict[str, list[str]]:
    """How it stands in the town's records, in words: to be shown before and after."""
    return {
        "contacts": [contact_words(one) for one in contacts_of(town, partner)],
        "capabilities": [capability_words(one) for one in capabilities_of(town, partner)],
    }


def differences(kept: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """What an answer changed: pairs of a mark ("" unchanged, "-" gone, "+" new) and how it stood, by kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in ("contacts", "capabilities"):
        before, after = (list(kept.get(side, {}).get(kind, [])) for side in ("before", "after"))
        gone = [("-", one) for one in before if one not in after]
        found[kind] = gone + [("" if one in before else "+", one) for one in after]
    return found


def contact_words(contact: EmergencyContact) -> str:
    """総務部長 佐藤 一郎 いつでも 携帯電話 090-…."""
    numbers = "、".join(str(one) for one in contact.channels.all())
    only = f"({contact.agreement.title})" if contact.agreement else ""
    parts = (str(contact), ReachedWhen(contact.reached_when).label, numbers, contact.note)
    return " ".join(str(part) for part in parts if part) + only


def capability_words(capability: Capability) -> str:
    """飲料水 2,000本(確保されている数量)."""
    amount = f" {capability.amount}" if capability.amount else ""
    return f"{capability}{amount}({Certainty(capability.certainty).label})"


def withdrawn(before: Iterable[Capability], after: Iterable[Capability]) -> list[str]:
    """What was promised and is promised no more, or less of it: the sentences that a division is told."""
    now = {one.public_id: one for one in after if one.state == CapabilityState.CURRENT}
    return [told for one in before if (told := _less(one, now.get(one.public_id)))]


def _less(before: Capability, after: Capability | None) -> str:
    if after is None:
        return _("%(what)s → もうできない") % {"what": capability_words(before)}
    was, now = before.quantity, after.quantity
    is_less = was is not None and (now is None or now < was)
    is_softer = before.certainty == Certainty.GUARANTEED and after.certainty != Certainty.GUARANTEED
    if not (is_less or is_softer):
        return ""
    return f"{capability_words(before)} → {capability_words(after)}"
