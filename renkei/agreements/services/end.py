"""Ending an agreement on a day, for a reason, and taking that back."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Ending
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.standing import (
    forget_read,
    is_standing,
    stand_again,
    standing_of,
    told_terms,
)
from renkei.agreements.vocabulary import EndReason
from renkei.audit.services import record
from renkei.rules.japanese_calendar import both_calendars, japanese_date


class EndRefused(Refused):
    """The agreement cannot be ended so, or its end cannot be taken back; str() says why."""


@transaction.atomic
def end(
    agreement: Agreement, *, on: date, reason: EndReason, actor: User | None, note: str = ""
) -> Agreement:
    """End the agreement; `on` is the last day on which it is in force."""
    ending = write_ending(agreement, on=on, reason=reason, note=note)
    record(
        events.ENDED,
        actor,
        agreement,
        municipality=agreement.municipality,
        on=japanese_date(on),
        reason=str(reason.label),
        changes=told_ending(ending),
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def write_ending(agreement: Agreement, *, on: date, reason: EndReason, note: str = "") -> Ending:
    """Take the agreement, cut its terms and keep what they were; the caller tells it."""
    first = agreement.terms.order_by("starts_on").first()
    if Ending.objects.filter(agreement=agreement).exists():
        raise EndRefused(
            _("この協定はすでに終了しています。日や理由を直すには、先に終了を取り消してください。")
        )
    if first is None or on < first.starts_on:
        raise EndRefused(_("終了の日は、始期と同じ日か、それより後の日にしてください。"))
    last = last_day_in_force(agreement)
    if last and last < on:
        raise EndRefused(
            _(
                "「%(title)s」は%(last)sで期間が終わる協定です。終了の日は、その日か、それより前の日にしてください。"
            )
            % {"title": agreement.title, "last": both_calendars(last)}
        )
    claim(agreement)
    former = standing_of(agreement)
    agreement.terms.filter(starts_on__gt=on).delete()
    agreement.terms.filter(Q(in_force_until=None) | Q(in_force_until__gt=on)).update(in_force_until=on)
    kept = {"former": former, "later": standing_of(agreement)}
    ending = Ending.objects.create(agreement=agreement, on=on, reason=reason, note=note, former_terms=kept)
    forget_read(agreement)
    return ending


def last_day_in_force(agreement: Agreement) -> date | None:
    """The last day on which the terms keep the agreement in force; None where they set none."""
    days = list(agreement.terms.values_list("in_force_until", flat=True))
    return None if None in days else max((day for day in days if day), default=None)


def told_ending(ending: Ending) -> dict[str, tuple[object, object]]:
    """What the ending changed, before and after, as the log tells it."""
    kept = ending.former_terms or {}
    former, later = (told_terms(kept.get(name, {}).get("terms", [])) for name in ("former", "later"))
    pairs: dict[str, tuple[object, object]] = {
        "agreements.term": (former, later),
        "agreements.ending.on": (None, ending.on),
        "agreements.ending.note": ("", ending.note),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def why_not_reopen(agreement: Agreement) -> str | None:
    """None if the recorded end can be taken back; otherwise the sentence to show."""
    ending = Ending.objects.filter(agreement=agreement).first()
    if ending is None:
        return _("終了が記録されていない協定です。取り消すものはありません。")
    if ending.former_terms and not is_standing(agreement, ending.former_terms):
        return _("終了の後に期間が変わったため、元に戻せません。総括課に知らせてください。")
    return None


@transaction.atomic
def reopen(agreement: Agreement, *, reason: str, actor: User | None) -> Agreement:
    """Take the recorded end back: the terms stand again just as they were, and what replaced it does so no more.

    Where the former terms were not kept, as with ends recorded by an earlier release, the terms stay cut: a person
    corrects them.
    """
    why_not = why_not_reopen(agreement)
    if why_not:
        raise EndRefused(why_not)
    claim(agreement)
    ending = Ending.objects.get(agreement=agreement)
    replaced = []
    if ending.former_terms:
        stand_again(agreement, ending.former_terms)
        relation = agreement.relations_from_others.filter(pk=ending.former_terms.get("relation"))
        replaced = list(relation.values_list("agreement", flat=True))
        relation.delete()
    changes = {name: (after, before) for name, (before, after) in told_ending(ending).items()}
    ending.delete()
    forget_read(agreement)
    record(
        events.REOPENED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason,
        changes=changes,
    )
    changed.send(sender=Agreement, ids=[agreement.pk, *replaced])
    return agreement
