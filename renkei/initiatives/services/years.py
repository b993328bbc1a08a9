"""Planning an initiative for a fiscal year, with its aims, and copying a year's work into the next."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.audit.actors import Actor
from renkei.audit.services import Telling, record, record_many
from renkei.initiatives import events
from renkei.initiatives.lines import note_written
from renkei.initiatives.models import Aim, Indicator, Initiative, PlannedYear
from renkei.initiatives.refusals import InitiativeRefused
from renkei.initiatives.vocabulary import InitiativeState
from renkei.rules.japanese_calendar import fiscal_year_name

FIRST_YEAR, LAST_YEAR = 1950, 2150
LARGEST = Decimal(10) ** 13
GOES_ON = (InitiativeState.PLANNED, InitiativeState.RUNNING)


@transaction.atomic
def plan_year(
    initiative: Initiative,
    fiscal_year: int,
    *,
    plan: str = "",
    aims: Mapping[str, Decimal | None],
    actor: Actor,
) -> PlannedYear:
    """Plan the initiative for the fiscal year; `aims` by the indicator's name, None where nothing is aimed at."""
    _refuse_year(fiscal_year)
    indicators = {one.name: one for one in Indicator.objects.filter(initiative=initiative)}
    if unknown := [name for name in aims if name not in indicators]:
        raise InitiativeRefused(
            _("指標「%(name)s」は、この取組にありません。先に取組を編集して、指標を加えてください。")
            % {"name": unknown[0]}
        )
    if any(value is not None and not 0 <= value < LARGEST for value in aims.values()):
        raise InitiativeRefused(_("目標は、0以上の数で入れてください。例: 120"))
    planned, _made = PlannedYear.objects.update_or_create(
        initiative=initiative, fiscal_year=fiscal_year, defaults={"plan": plan}
    )
    note_written([initiative])
    for name, value in aims.items():
        of_year = Aim.objects.filter(indicator=indicators[name], fiscal_year=fiscal_year)
        of_year.delete()
        if value is not None:
            Aim.objects.create(indicator=indicators[name], fiscal_year=fiscal_year, value=value)
    record(
        events.YEAR_PLANNED,
        actor,
        initiative,
        municipality=initiative.municipality,
        year=fiscal_year_name(fiscal_year),
    )
    return planned


def to_copy(initiatives: Iterable[Initiative], *, to_year: int) -> list[Initiative]:
    """Those that go on and are not planned for the year yet."""
    keys = [one.pk for one in initiatives]
    planned = PlannedYear.objects.filter(initiative__in=keys, fiscal_year=to_year)
    already = set(planned.values_list("initiative", flat=True))
    return [one for one in initiatives if one.state in GOES_ON and one.pk not in already]


@transaction.atomic
def copy_year(
    initiatives: Iterable[Initiative], *, from_year: int, to_year: int, actor: Actor
) -> list[Initiative]:
    """Plan what goes on for the other year too, with the plans and aims of the first; which ones were planned."""
    _refuse_year(to_year)
    if to_year == from_year:
        raise InitiativeRefused(_("写す先の年度は、写す元と別の年度を選んでください。"))
    copied = to_copy(list(initiatives), to_year=to_year)
    keys = [one.pk for one in copied]
    before = PlannedYear.objects.filter(initiative__in=keys, fiscal_year=from_year)
    plans = dict(before.values_list("initiative", "plan"))
    PlannedYear.objects.bulk_create(
        PlannedYear(initiative=one, fiscal_year=to_year, plan=plans.get(one.pk, "")) for one in copied
    )
    note_written(copied)
    aims = Aim.objects.filter(indicator__initiative__in=keys)
    known = set(aims.filter(fiscal_year=to_year).values_list("indicator", flat=True))
    Aim.objects.bulk_create(
        Aim(indicator_id=one.indicator_id, fiscal_year=to_year, value=one.value)
        for one in aims.filter(fiscal_year=from_year)
        if one.indicator_id not in known
    )
    if copied:
        years = {"from_year": fiscal_year_name(from_year), "to_year": fiscal_year_name(to_year)}
        told = [Telling(events.YEAR_COPIED, one, facts=years) for one in copied]
        record_many(told, actor, municipality=copied[0].municipality)
    return copied


def _refuse_year(fiscal_year: int) -> None:
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise InitiativeRefused(_("年度は西暦で入れてください。例: 令和6年度は2024"))
