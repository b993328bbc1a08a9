"""Which agreements are in force, ended or not yet begun on a day."""

from collections import OrderedDict
from datetime import date

from django.db.models import Q
from pyroaring import BitMap

from renkei.agreements.models import Term
from renkei.search.index import Blocks

MOST_DAYS = 16
_kept: OrderedDict[tuple[int, date], dict[str, BitMap]] = OrderedDict()


def in_state(state: str, day: date, blocks: Blocks) -> BitMap:
    """The agreements in the state on the day, kept for the generation and the day."""
    key = (blocks.generation, day)
    if key not in _kept:
        _kept[key] = _states(day, blocks)
        while len(_kept) > MOST_DAYS:
            _kept.popitem(last=False)
    return _kept[key][state]


def _states(day: date, blocks: Blocks) -> dict[str, BitMap]:
    """Found from the exceptions: terms not yet begun and terms over; most terms cover the day."""
    named = blocks.named(["all", "several_terms"])
    begins_later = _agreements(Q(starts_on__gt=day))
    is_over = _agreements(Q(in_force_until__lt=day))
    covered = _agreements(
        Q(starts_on__lte=day) & (Q(in_force_until=None) | Q(in_force_until__gte=day)), named["several_terms"]
    )
    out = (begins_later | is_over) - covered
    return {"in_force": named["all"] - out, "ended": out & is_over, "not_yet": out - is_over}


def _agreements(condition: Q, among: BitMap | None = None) -> BitMap:
    terms = Term.objects.filter(condition)
    if among is not None:
        terms = terms.filter(agreement__in=list(among)[:30_000])
    return BitMap(terms.values_list("agreement", flat=True).iterator(chunk_size=20_000))
