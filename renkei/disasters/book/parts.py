"""What the disaster book says of one partner, of one promise, of one contact; what is not known is said in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.disasters.amounts import told_amount
from renkei.disasters.book.codes import telephone_code
from renkei.disasters.contacts.chains import (
    TELEPHONES,
    TOKYO,
    answers_at_night,
    for_hour,
    has_telephone,
    is_sure_at_night,
)
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.models import Capability, EmergencyContact
from renkei.disasters.vocabulary import (
    Certainty,
    ChannelKind,
    CostBearer,
    DisasterFunction,
    Hours,
    HowToAsk,
    ReachedWhen,
)
from renkei.documents.word.letters import printable
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import is_working_day, japanese_date

CERTAIN = {Certainty.GUARANTEED: 0, Certainty.ESTIMATED: 1, Certainty.NONE: 2}
LONGEST_HOLIDAYS = 15


@dataclass(frozen=True)
class Chains:
    """A partner's contacts in use, in the order for a night and for a working day."""

    partner: Organisation | None
    contacts: Sequence[EmergencyContact]
    day: date

    def by_night(self, agreement: Agreement | None = None) -> list[EmergencyContact]:
        """Whom to call at three in the morning."""
        return for_hour(self._of(agreement), agreement, partner=self.partner, at=_at(self.day, time(3)))

    def by_day(self, agreement: Agreement | None = None) -> list[EmergencyContact]:
        """Whom to call on a working day at ten."""
        coming = (self.day + timedelta(ahead) for ahead in range(LONGEST_HOLIDAYS))
        working = next((day for day in coming if is_working_day(day)), self.day)
        return for_hour(self._of(agreement), agreement, partner=self.partner, at=_at(working, time(10)))

    def _of(self, agreement: Agreement | None) -> list[EmergencyContact]:
        """With an agreement: other agreements' own chains are left out."""
        if agreement is None:
            return list(self.contacts)
        return [one for one in self.contacts if one.agreement_id in (None, agreement.pk)]

    def night(self, agreement: Agreement | None = None) -> EmergencyContact | None:
        """Who is reachable at night."""
        return next((one for one in self.by_night(agreement) if answers_at_night(one)), None)

    def is_sure(self, agreement: Agreement | None = None) -> bool:
        """Whether somebody reachable at night was verified within a year."""
        return any(is_sure_at_night(one, self.day) for one in self._of(agreement))

    def daytime(self, agreement: Agreement | None = None) -> EmergencyContact | None:
        """Who answers by day."""
        chain = (one for one in self.by_day(agreement) if has_telephone(one) and not one.has_failed)
        return next((one for one in chain if one.reached_when != ReachedWhen.NIGHT), None)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, TOKYO)


def number_of(contact: EmergencyContact | None) -> str:
    """The first telephone number of the contact."""
    channels = contact.channels.all() if contact else ()
    return next((one.value for one in channels if one.kind in TELEPHONES), "")


def certainty_of(
    capability: Capability, chains: Chains, readiness: dict[int, float]
) -> tuple[bool, int, bool, float, str]:
    """The place among those who do the same: somebody verified answers at night, then how sure the goods are.

    Then come those who act around the clock, and then those whose agreement is readier.
    """
    is_sure = chains.is_sure(capability.agreement)
    name = capability.partner.name_kana or capability.partner.name
    certainty = CERTAIN[Certainty(capability.certainty)]
    share = readiness.get(capability.agreement_id, 0.0)
    return (not is_sure, certainty, capability.hours != Hours.ALWAYS, -share, name)


def promise_row(capability: Capability, chains: Chains) -> dict[str, Any]:
    """One line of part A: who, what, how much, how soon, and the first number by day and by night."""
    agreement = capability.agreement
    night, daytime = chains.night(agreement), chains.daytime(agreement)
    return {
        "key": capability.partner.public_id,
        "name": printable(capability.partner.name),
        "what": printable(str(capability)),
        "amount": printable(amount_of(capability)),
        "when": printable(when_of(capability)),
        "day": printable(number_of(daytime)) or _("昼間の番号が登録されていません"),
        "night": printable(number_of(night)) or _("夜間の番号が登録されていません"),
        "has_day": bool(number_of(daytime)),
        "has_night": bool(number_of(night)),
        "is_sure": chains.is_sure(agreement),
        "warning": aging_of(night or daytime, chains.day),
    }


def amount_of(capability: Capability) -> str:
    """2,000本(確保されている数量); what nobody promised is said."""
    amount = told_amount(capability.quantity, capability.unit)
    words = {
        Certainty.GUARANTEED: _("確保"),
        Certainty.ESTIMATED: _("見込み"),
        Certainty.NONE: _("可能な範囲"),
    }[Certainty(capability.certainty)]
    return f"{amount}({words})" if amount else _("数量の定めなし(可能な範囲)")


def when_of(capability: Capability) -> str:
    """24時間・6時間で到着; what nobody knows is said."""
    hours = Hours(capability.hours)
    known = _("対応時間は不明") if hours == Hours.UNKNOWN else str(hours.label)
    if capability.lead_hours is None:
        return known
    return f"{known}・{_('約%s時間で到着') % f'{capability.lead_hours.normalize():f}'}"


def aging_of(contact: EmergencyContact | None, day: date) -> str:
    """A warning in words where nobody has verified the contact within a year."""
    state = contact.state(day) if contact else ContactState.VERIFIED
    return "" if state == ContactState.VERIFIED else str(state.label)


def contact_row(contact: EmergencyContact, day: date) -> dict[str, Any]:
    """Somebody in a chain with all ways to reach them, and how well that is known."""
    of = contact.agreement.title if contact.agreement else ""
    return {
        "when": str(ReachedWhen(contact.reached_when).label),
        "who": printable(str(contact)),
        "note": printable(
            "、".join(one for one in (contact.note, _("「%s」だけ") % of if of else "") if one)
        ),
        "channels": [
            {"kind": str(ChannelKind(one.kind).label), "value": printable(one.value)}
            for one in contact.channels.all()
        ]
        or [{"kind": "", "value": _("番号が登録されていません")}],
        "verified": verified_words(contact, day),
        "is_verified": contact.is_verified(day),
    }


def verified_words(contact: EmergencyContact, day: date) -> str:
    """令和6年4月10日に確認; or what is wrong with it."""
    state = contact.state(day)
    if state == ContactState.FAILED and contact.failed_on:
        return _("%sにつながりませんでした") % japanese_date(contact.failed_on)
    if contact.verified_on is None:
        return _("一度も確かめていません")
    told = _("%sに確認") % japanese_date(contact.verified_on)
    return told if state == ContactState.VERIFIED else _("%s。1年以上前です") % told


def partner_part(
    partner: Organisation, agreements: Iterable[Agreement], does: Iterable[Capability], chains: Chains
) -> dict[str, Any]:
    """One partner of part B."""
    night = number_of(chains.night())
    return {
        "key": partner.public_id,
        "name": printable(partner.name),
        "kana": printable(partner.name_kana),
        "agreements": [printable(one.title) for one in agreements],
        "does": [_does(one) for one in does],
        "contacts": [contact_row(one, chains.day) for one in chains.by_night()],
        "night": printable(night),
        "code": telephone_code(night),
    }


def _does(capability: Capability) -> str:
    """食料・飲料水の供給: 飲料水 2,000本(確保)・24時間・電話で要請し、後で文書."""
    function = str(DisasterFunction(capability.function).label)
    told = [capability.goods, amount_of(capability)]
    facts = [when_of(capability), capability.area, capability.conditions, *_asking(capability)]
    return printable(
        f"{function}: {' '.join(one for one in told if one)}・{'・'.join(one for one in facts if one)}"
    )


def _asking(capability: Capability) -> list[str]:
    """How it is asked for and who pays, as far as that is known."""
    how, pays = HowToAsk(capability.how_to_ask), CostBearer(capability.cost_bearer)
    told = [str(how.label)] if how != HowToAsk.UNKNOWN else []
    told += [_("費用は%s") % pays.label] if pays != CostBearer.UNKNOWN else []
    return told
