"""Agreements whose division splits: those that go another way than the rest of their division, and back again."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import F

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Series
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.rules.japanese_calendar import japanese_date


@transaction.atomic
def go_another_way(
    agreements: Iterable[Agreement],
    portions: Mapping[int, Division],
    *,
    on: date,
    to: Division,
    actor: User | None,
) -> list[int]:
    """Record the agreements under the portion of their division that the other division holds from the day on.

    `portions` by the primary key of the division under which the agreement is recorded. Nothing changes before the day.
    """
    ids = []
    for agreement in agreements:
        portion = portions[agreement.division_id or 0]
        _record_under(agreement, portion)
        record(
            events.GOES_ANOTHER_WAY,
            actor,
            agreement,
            municipality=agreement.municipality,
            on=japanese_date(on),
            division=to,
        )
        ids.append(agreement.pk)
    changed.send(sender=Agreement, ids=ids)
    return ids


@transaction.atomic
def go_back(portions: Iterable[Division], *, actor: User | None) -> list[int]:
    """Record what stands under portions under their whole again; the portions are then free to go."""
    ids = []
    for portion in portions:
        assert portion.portion_of is not None
        for agreement in Agreement.objects.filter(division=portion).select_related("municipality"):
            _record_under(agreement, portion.portion_of)
            record(
                events.GOES_BACK,
                actor,
                agreement,
                municipality=agreement.municipality,
                division=portion.whole,
            )
            ids.append(agreement.pk)
        put_series_under(
            portion.portion_of, Series.objects.filter(division=portion).values_list("pk", flat=True)
        )
    changed.send(sender=Agreement, ids=ids)
    return ids


def put_series_under(division: Division, ids: Iterable[int]) -> None:
    """Record texts signed with many partners under a division or a portion of one."""
    Series.objects.filter(pk__in=list(ids)).update(division=division, version=F("version") + 1)


def _record_under(agreement: Agreement, division: Division) -> None:
    """The version rises, so that whoever has the agreement open for a change is told."""
    Agreement.objects.filter(pk=agreement.pk).update(division=division, version=F("version") + 1)
