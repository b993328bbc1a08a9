"""Keeping the deadlines as the register has them: what moved moves, what is gone is cancelled, so calendars follow."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction

from renkei.agreements.deadlines import Due, due_between
from renkei.agreements.models import Agreement, Party
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.reminders.models import Deadline

AHEAD = timedelta(days=3 * 366)
"""As far as the longest distance that a town may set."""

AT_ONCE = 500
TOLD = {"on", "term_ends_on", "title", "partners", "is_decided"}
"""What a calendar shows: a change of these raises the sequence."""


def refresh(municipality: Municipality, day: date, now: datetime) -> int:
    """Bring all deadlines of the town from the day on up to date; how many stand."""
    last = 0
    while ids := list(
        Agreement.objects.of(municipality)
        .filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        refresh_of(ids, day, now)
        last = ids[-1]
    cancel_those_of_the_gone(day, now)
    return Deadline.objects.of(municipality).standing().filter(on__gte=day).count()


@transaction.atomic
def refresh_of(ids: list[int], day: date, now: datetime) -> None:
    """Bring the deadlines of some agreements up to date from the day on; doing so again changes nothing."""
    wanted: dict[tuple[int, str], list[Due]] = defaultdict(list)
    for due in due_between(Agreement.objects.filter(pk__in=ids), day, day + AHEAD):
        wanted[(due.agreement.pk, due.kind)].append(due)
    kept: dict[tuple[int, str], list[Deadline]] = defaultdict(list)
    for one in Deadline.objects.filter(agreement__in=ids, on__gte=day).order_by("on", "pk"):
        kept[(one.agreement_id or 0, one.kind)].append(one)
    partners = _partners_of({pk for pk, _kind in wanted})
    new: list[Deadline] = []
    gone: list[int] = []
    for place in sorted(wanted.keys() | kept.keys()):
        pairs, left = _matched(kept[place], wanted[place])
        gone += [one.pk for one in left]
        for deadline, due in pairs:
            facts = _facts(due, partners)
            if deadline is None:
                town = due.agreement.municipality
                new.append(Deadline(municipality=town, agreement=due.agreement, changed_at=now, **facts))
            else:
                _change(deadline, facts, now)
    Deadline.objects.bulk_create(new, batch_size=AT_ONCE)
    _cancel(Deadline.objects.filter(pk__in=gone), now)


def cancel_those_of_the_gone(day: date, now: datetime) -> None:
    """Cancel the deadlines whose agreement was taken out of the register."""
    _cancel(Deadline.objects.filter(agreement=None, cancelled_at=None, on__gte=day), now)


def _matched(
    kept: list[Deadline], wanted: list[Due]
) -> tuple[list[tuple[Deadline | None, Due]], list[Deadline]]:
    """What is kept beside what is wanted, by day, then in order; and what is left, to be cancelled."""
    by_day = {one.on: one for one in kept}
    pairs = [(by_day.pop(due.on, None), due) for due in sorted(wanted, key=lambda due: due.on)]
    left = [one for one in by_day.values() if one.cancelled_at is None]
    return [(one or (left.pop(0) if left else None), due) for one, due in pairs], left


def _facts(due: Due, partners: dict[int, str]) -> dict[str, Any]:
    return {
        "kind": str(due.kind),
        "on": due.on,
        "term_ends_on": due.term_ends_on,
        "title": due.agreement.title,
        "partners": partners.get(due.agreement.pk, ""),
        "sentence": due.sentence,
        "is_decided": due.decided is not None,
        "division_id": due.division_id,
    }


def _change(deadline: Deadline, facts: dict[str, Any], now: datetime) -> None:
    changed = {name for name, value in facts.items() if getattr(deadline, name) != value}
    if not changed and deadline.cancelled_at is None:
        return
    is_told = bool(changed & TOLD) or deadline.cancelled_at is not None
    Deadline.objects.filter(pk=deadline.pk).update(
        **facts,
        cancelled_at=None,
        sequence=deadline.sequence + is_told,
        changed_at=now if is_told else deadline.changed_at,
    )


def _cancel(gone: models.QuerySet[Deadline], now: datetime) -> None:
    """They stay in the calendars, as cancelled."""
    gone.update(cancelled_at=now, changed_at=now, sequence=models.F("sequence") + 1)


def _partners_of(ids: set[int]) -> dict[int, str]:
    """The partners' names for calendars, which are read without signing in: no private person's."""
    names: dict[int, list[str]] = defaultdict(list)
    parties = Party.objects.filter(agreement__in=ids, organisation__isnull=False)
    for party in parties.exclude(organisation__kind=PartnerKind.INDIVIDUAL).select_related("organisation"):
        names[party.agreement_id].append(str(party.organisation))
    return {pk: "、".join(some)[:400] for pk, some in names.items()}
