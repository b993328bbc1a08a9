"""Which division conducts a procedure: the town's rule for the window, and which division answers for a field."""

from collections import Counter
from datetime import date
from enum import StrEnum

from renkei.agreements.models import Agreement, AgreementField
from renkei.agreements.vocabulary import Form, top_field
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality


class Window(StrEnum):
    COORDINATING = "coordinating"
    RESPONSIBLE = "responsible"


def window_for(form: str, main_field: str) -> Window:
    """The rule: 包括 goes to the coordinating division, unless it has a main field; all else to the responsible one."""
    if form == Form.COMPREHENSIVE and not main_field:
        return Window.COORDINATING
    return Window.RESPONSIBLE


def departs_from_rule(form: str, main_field: str, *, is_coordinating: bool, answers_for_field: bool) -> bool:
    """Whether a division is another choice than the rule's.

    `answers_for_field` says that it holds most agreements of the field: the coordinating division may be that one.
    """
    if window_for(form, main_field) is Window.COORDINATING:
        return not is_coordinating
    return is_coordinating and not answers_for_field


def responsible_for(municipality: Municipality, field: str, day: date) -> Division | None:
    """The division that holds most agreements in force of the field on the day, after reorganisations.

    Where nobody holds any of the field itself, of its upper level; None where nobody holds any.
    """
    for slug in dict.fromkeys((field, top_field(field))):
        if slug and (division := _most(municipality, slug, day)):
            return division
    return None


def _most(municipality: Municipality, slug: str, day: date) -> Division | None:
    links = AgreementField.objects.filter(field__slug=slug) | AgreementField.objects.filter(
        field__slug__startswith=f"{slug}."
    )
    here = Agreement.objects.of(municipality).in_force_on(day).exclude(division=None)
    held = here.filter(pk__in=links.values("agreement")).order_by("division")
    lineage = Lineage(municipality)
    counts = Counter(lineage.on(pk, day) for pk in held.values_list("division", flat=True) if pk)
    existing = [(count, -one.pk, one) for one, count in counts.items() if one.existed_on(day)]
    return max(existing, key=lambda row: row[:2])[2] if existing else None


def coordinating(municipality: Municipality, day: date) -> Division | None:
    """The division that is the window for comprehensive agreements on the day."""
    return Division.objects.of(municipality).existing_on(day).filter(is_coordinating=True).first()


def proposed_window(municipality: Municipality, form: str, main_field: str, day: date) -> Division | None:
    """The division that the rule gives; None where the town knows none."""
    if window_for(form, main_field) is Window.COORDINATING:
        return coordinating(municipality, day)
    return responsible_for(municipality, main_field, day)
