"""Keeping the sums: in the transaction of a change, some time after it, and all anew."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from renkei.agreements.models import Agreement
from renkei.municipalities.bulk import insert
from renkei.reports import sums
from renkei.reports.models import DaySum, Merging, Part, Scope, Stretch
from renkei.reports.stretches import stretches_of

CHUNK = 500
AT_ONCE = 5_000
MANY_AT_ONCE = 50_000
ONE_DAY = timedelta(days=1)

Told = Callable[[int, int], None]
Facts = tuple[object, ...]
COLUMNS = tuple(field.attname for field in Stretch._meta.concrete_fields if not field.primary_key)


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def recount(ids: Sequence[int]) -> int:
    """Bring the stretches of the agreements up to date with the records; returns how many agreements differed.

    Only rows of these agreements are touched, so that two clerks never wait for each other.
    """
    former: dict[Facts, int] = {}
    for start in range(0, len(ids), CHUNK):
        for stretch in Stretch.objects.true().filter(agreement__in=ids[start : start + CHUNK]):
            former[facts(stretch)] = stretch.pk
    joining = [stretch for stretch in stretches_of(ids) if former.pop(facts(stretch), None) is None]
    leaving = list(former.values())
    for start in range(0, len(leaving), CHUNK):
        some = Stretch.objects.filter(pk__in=leaving[start : start + CHUNK])
        # In this order: what a merge adds to the sums in between is then still taken off them.
        some.filter(part=Part.JOINING).delete()
        some.filter(part=Part.SUMMED).update(part=Part.LEAVING)
    insert(Stretch, COLUMNS, map(attrgetter(*COLUMNS), joining))
    return len({stretch.agreement for stretch in joining} | {of[0] for of in former})


def facts(stretch: Stretch) -> Facts:
    """All that a stretch says; no two of an agreement say the same."""
    return (
        stretch.agreement, stretch.municipality, stretch.division, stretch.series, stretch.is_published,
        stretch.signed_on, stretch.signed_as, stretch.starts_on, stretch.until, stretch.groups,
    )  # fmt: skip


@transaction.atomic
def merge(most: int = AT_ONCE) -> int:
    """Bring what waits into the sums of all towns; returns how many stretches, 0 if none waits.

    What a clerk is changing at this moment is left for the next time.
    """
    Merging.objects.get_or_create(pk=1)
    Merging.objects.filter(pk=1).update(merged_at=timezone.now())
    waiting = list(Stretch.objects.waiting().order_by("pk").select_for_update(skip_locked=True)[:most])
    pks = [stretch.pk for stretch in waiting]
    for start in range(0, len(pks), CHUNK):
        some = Stretch.objects.filter(pk__in=pks[start : start + CHUNK])
        some.filter(part=Part.LEAVING).delete()
        some.filter(part=Part.JOINING).update(part=Part.SUMMED)
    sums.add(changes_of(waiting), scope=Scope.INTERNAL)
    sums.add(changes_of(stretch for stretch in waiting if stretch.is_published), scope=Scope.PUBLIC)
    return len(waiting)


def changes_of(stretches: Iterable[Stretch]) -> sums.Changes:
    """By day, how the counts of the groups change."""
    changes: sums.Changes = defaultdict(Counter)
    for stretch in stretches:
        days = [(stretch.starts_on, stretch.part)]
        if stretch.until and stretch.until < date.max:
            days.append((stretch.until + ONE_DAY, -stretch.part))
        for day, count in days:
            for name in stretch.names:
                changes[day][name] += count
    return changes


def rebuild(told: Told = silent) -> int:
    """Make everything anew from the records, in small transactions; returns how many agreements differed."""
    ids = sorted(
        {*Agreement.objects.order_by().values_list("pk", flat=True)}
        | {*Stretch.objects.order_by().values_list("agreement", flat=True).distinct()}
    )
    wrong = 0
    for start in range(0, len(ids), AT_ONCE):
        wrong += _recount_held(ids[start : start + AT_ONCE])
        told(min(start + AT_ONCE, len(ids)), len(ids))
    _forget_sums()
    while merge(MANY_AT_ONCE):
        pass
    return wrong


@transaction.atomic
def _recount_held(ids: Sequence[int]) -> int:
    """Recount agreements that nobody changes meanwhile."""
    for start in range(0, len(ids), CHUNK):
        some = Agreement.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        list(some.select_for_update().values_list("pk"))
    return recount(ids)


@transaction.atomic
def _forget_sums() -> None:
    Merging.objects.get_or_create(pk=1)
    Merging.objects.filter(pk=1).update(merged_at=None)
    DaySum.objects.all().delete()
    Stretch.objects.filter(part=Part.LEAVING).delete()
    Stretch.objects.filter(part=Part.SUMMED).update(part=Part.JOINING)
