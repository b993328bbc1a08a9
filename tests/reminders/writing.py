"""Letters and deadlines in domain words."""

from datetime import datetime

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import RenewalKind
from renkei.reminders.models import Letter, LetterKind
from renkei.reminders.services import write_letter
from tests.factories import a_municipality, an_agreement


def a_letter(now: datetime, **given: object) -> Letter:
    """A letter that waits; say only what the test is about."""
    number = Letter.objects.count()
    facts = {
        "kind": LetterKind.NOTICE,
        "key": f"test:{number}",
        "subject": "期限のお知らせ",
        "plain": "本文です。\n",
        "address": f"uke{number}@town.example.jp",
        "name": "見本 花子",
        "now": now,
    }
    return write_letter(a_municipality(), **{**facts, **given})  # type: ignore[arg-type]


def an_ending(on: str, **given: object) -> Agreement:
    """An agreement that ends on the day unless somebody renews it."""
    return an_agreement(starts="2024-04-01", ends=on, renewal=RenewalFacts(RenewalKind.BY_AGREEMENT), **given)


def a_yearly(**given: object) -> Agreement:
    """An agreement that renews itself each 1 April unless notice is given a month before."""
    return an_agreement(
        starts="2024-04-01",
        ends="2025-03-31",
        renewal=RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=1),
        **given,
    )
