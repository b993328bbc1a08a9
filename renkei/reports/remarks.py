"""What stands out in a town's register on a day, in words: computed from the figures, never typed in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from renkei.partners.models import PartnerKind
from renkei.reports.counts import OfOneTown
from renkei.reports.figures import Figures, Row

LEAST = 10
"""A division or field with fewer agreements is not worth a sentence."""
MOST_DIVISIONS = 2
MOST_KINDS = 6
NEARLY_ALL = 0.9
MANY_REPEAT = 0.25
"""The share of agreements that repeat a text from which on it is told."""


@dataclass(frozen=True)
class Remark:
    """A sentence about a figure."""

    sentence: str
    row: Row


def remarks(counts: OfOneTown, figures: Figures) -> list[Remark]:
    """The largest field, the fields in which texts repeat, and the divisions that care for one field."""
    fields = [row for row in figures.by_field if row.groups and row.count >= LEAST]
    if not fields:
        return []
    return [
        _largest(fields[0], counts, figures),
        *_repeated(fields, counts, figures),
        *islice(_devoted(fields[1:], counts, figures), MOST_DIVISIONS),
    ]


def _largest(row: Row, counts: OfOneTown, figures: Figures) -> Remark:
    sentence = _(
        "最も多い分野は「%(field)s」で、%(count)s件(全体の%(share)s%%)です。相手方は%(kinds)sです。"
    ) % {
        "field": row.label,
        "count": row.count,
        "share": round(100 * row.count / figures.total),
        "kinds": kinds(counts.on(figures.on, within=row.groups)),
    }
    return Remark(sentence, row)


def _repeated(fields: list[Row], counts: OfOneTown, figures: Figures) -> Iterator[Remark]:
    for row in fields:
        inside = counts.on(figures.on, within=row.groups)
        series = [count for name, count in inside.items() if name.startswith("series:")]
        repeated = sum(series) - len(series)
        if repeated >= MANY_REPEAT * row.count:
            sentence = _(
                "「%(field)s」の%(count)s件のうち%(same)s件は、同じ文面を複数の相手方と結んだ協定です。文面の数では%(texts)sになります。"
            ) % {"field": row.label, "count": row.count, "same": sum(series), "texts": row.count - repeated}
            yield Remark(sentence, row)


def _devoted(fields: list[Row], counts: OfOneTown, figures: Figures) -> Iterator[Remark]:
    """Divisions that have nearly all agreements of a field, and hardly any other."""
    for row in figures.by_division:
        if row.count < LEAST or row.groups == ("division:none",):
            continue
        inside = counts.on(figures.on, within=row.groups)
        field = next((one for one in fields if _is_same(inside[one.groups[0]], row, one)), None)
        if field:
            sentence = _(
                "「%(division)s」の%(count)s件は、「%(field)s」の分野のほとんどを占めます。相手方は%(kinds)sです。"
            ) % {"division": row.label, "count": row.count, "field": field.label, "kinds": kinds(inside)}
            yield Remark(sentence, row)


def _is_same(both: int, division: Row, field: Row) -> bool:
    return both >= NEARLY_ALL * division.count and both >= NEARLY_ALL * field.count


def kinds(counts: Counter[str]) -> str:
    """The kinds of partners, the most frequent first: 「企業(96件)、医療機関・医療団体(9件)など11区分」."""
    found = [
        (name.removeprefix("kind:"), count)
        for name, count in counts.most_common()
        if name.startswith("kind:")
    ]
    labels = dict(PartnerKind.choices)
    shown = [
        _("%(kind)s(%(count)s件)") % {"kind": labels[value], "count": count}
        for value, count in found[:MOST_KINDS]
    ]
    told = _("、").join(shown)
    if len(found) <= MOST_KINDS:
        return told
    return _("%(kinds)sなど%(count)s区分") % {"kinds": told, "count": len(found)}
