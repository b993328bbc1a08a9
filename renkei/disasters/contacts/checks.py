"""What a chain has to hold before it is kept: numbers that can be dialled, somebody to ask for."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from renkei.disasters.contacts.chains import TELEPHONES
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen
from renkei.rules.telephone import UnreadableTelephone, telephone

MOST_CONTACTS, MOST_CHANNELS = 30, 6


def tidied(facts: ContactFacts) -> ContactFacts:
    """With numbers in one way of writing and without needless spaces; refused if one cannot be read."""
    channels = [tidied_channel(one) for one in facts.channels if one.value.strip()]
    one = replace(
        facts,
        unit=_spaced(facts.unit, 200),
        name=_spaced(facts.name, 100),
        note=_spaced(facts.note, 200),
        channels=tuple(dict.fromkeys(channels)),
    )
    if not one.unit and not one.name:
        raise ContactRefused(
            _("部署・役職か氏名を入れてください。電話に出た人に、だれにつなぐかを伝えるためです。")
        )
    if not one.channels:
        raise ContactRefused(
            _("「%s」の番号がありません。電話番号などを一つは入れてください。") % _called(one)
        )
    if len(one.channels) > MOST_CHANNELS:
        raise ContactRefused(_("「%s」の連絡の手段が多すぎます。6つまでにしてください。") % _called(one))
    return one


def tidied_channel(channel: ChannelFacts) -> ChannelFacts:
    """A number as telephones dial it, a mail address that can be one; other ways as they are written."""
    value = _spaced(channel.value, 200)
    try:
        if channel.kind in (*TELEPHONES, ChannelKind.FAX):
            value = telephone(value)
        elif channel.kind == ChannelKind.MAIL:
            # Japanese keyboards write full width letters: the same address.
            value = unicodedata.normalize("NFKC", value)
            validate_email(value)
    except UnreadableTelephone as refusal:
        raise ContactRefused(str(refusal)) from None
    except ValidationError:
        raise ContactRefused(
            _("「%s」はメールアドレスとして読めません。例: bosai@example.jp") % value[:40]
        ) from None
    return ChannelFacts(ChannelKind(channel.kind), value)


def refuse_unusable(chain: Sequence[ContactFacts], *, is_agreements: bool) -> None:
    """Refuse a chain without any telephone; an agreement's own may be empty, then the partner's is called."""
    if is_agreements and not chain:
        return
    if not any(channel.kind in TELEPHONES for one in chain for channel in one.channels):
        raise ContactRefused(
            _("電話番号が一つもありません。災害のときに電話できる番号を、一つは入れてください。")
        )
    if len(chain) > MOST_CONTACTS:
        raise ContactRefused(_("連絡先が多すぎます。30までにして、先に電話する順に並べてください。"))
    known = [one.public_id for one in chain if one.public_id]
    if len(known) != len(set(known)):
        raise ContactRefused(_("同じ連絡先が二度あります。画面を読み直してください。"))


def lacks_night(chain: Sequence[ContactFacts]) -> bool:
    """Whether nobody in the chain has a telephone for the night: pointed out, not refused."""
    return not any(
        channel.kind in TELEPHONES
        for one in chain
        if one.reached_when != ReachedWhen.DAY
        for channel in one.channels
    )


def _spaced(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest]


def _called(facts: ContactFacts) -> str:
    return " ".join(part for part in (facts.unit, facts.name) if part)
