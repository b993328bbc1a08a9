"""Which divisions an inquiry goes to: those that hold agreements in the procedure's fields, those of its items."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.models import Inquiry, Procedure
from renkei.rules.japanese_calendar import is_working_day


def proposed_divisions(procedure: Procedure, day: date) -> dict[Division, str]:
    """The divisions of the day to propose, each with the reason in words; those with most agreements first."""
    lineage = Lineage(procedure.municipality)
    found: dict[Division, str] = {}
    for item in procedure.items.filter(dropped_reason="").exclude(division=None):
        division = lineage.on(item.division_id or 0, day)
        found.setdefault(division, _("「%(item)s」の担当課") % {"item": item.heading})
    for division, count in _holding(procedure, lineage, day).items():
        found.setdefault(division, _("この分野の有効な協定が%(count)s件") % {"count": count})
    return {division: reason for division, reason in found.items() if division.existed_on(day)}


def _holding(procedure: Procedure, lineage: Lineage, day: date) -> dict[Division, int]:
    """How many agreements in force each division of the day holds in the procedure's fields, most first."""
    asked = Q(pk__in=[])
    for slug in procedure.fields:
        asked |= Q(field_links__field__slug=slug) | Q(field_links__field__slug__startswith=f"{slug}.")
    held = Agreement.objects.of(procedure.municipality).in_force_on(day).filter(asked).exclude(division=None)
    counts: dict[Division, int] = {}
    for pk, count in held.values_list("division").annotate(count=Count("pk", distinct=True)).order_by():
        division = lineage.on(pk, day)
        counts[division] = counts.get(division, 0) + count
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))


def usual_deadline(procedure: Procedure, day: date) -> date:
    """The day by which divisions usually answer: after the town's number of days, on a working day."""
    found = day + timedelta(days=procedure.its_course.answer_days)
    while not is_working_day(found):
        found += timedelta(days=1)
    return found


def not_asked_yet(inquiry: Inquiry, day: date) -> list[Division]:
    """The town's divisions of the day that are not asked in this inquiry, or whose inquiry was taken back."""
    asked = inquiry.divisions.asked().values("division")
    return list(Division.objects.of(inquiry.procedure.municipality).existing_on(day).exclude(pk__in=asked))
