"""Agreements as rows of the papers' tables."""

from collections.abc import Iterable
from datetime import date

from renkei.agreements.models import Agreement
from renkei.agreements.versions import as_of
from renkei.agreements.vocabulary import FIELDS, top_field
from renkei.documents.publications.content import Table
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Municipality
from renkei.reports.papers.cutting import cut, rest, short
from renkei.rules.japanese_calendar import japanese_partial

MOST_PARTNERS = 3
NO_FIELD = "分野なし"
NAMES = {slug: name for slug, name, _english in FIELDS}


def chapter_of(agreement: Agreement) -> str:
    """The one field of the upper level under which an agreement is told: its main one, else its first."""
    links = sorted(agreement.field_links.all(), key=lambda link: not link.is_main)
    return NAMES[top_field(links[0].field.slug)] if links else NO_FIELD


def partners_of(agreement: Agreement) -> str:
    """The partners of an agreement in a cell."""
    told, left = cut([str(party) for party in agreement.partners], MOST_PARTNERS)
    return "、".join([*told, *([rest(left)] if left else [])])


def called(agreement: Agreement) -> str:
    """The agreement with its partners, since many bear the same title."""
    return f"{agreement.title}({partners_of(agreement)})"


def _by_day(agreement: Agreement) -> tuple[str, int]:
    """The first one first; one of which only the month is known stands at its head, an unknown day comes last."""
    return agreement.signed_as or "9", agreement.pk


def agreements_table(found: Iterable[Agreement], town: Municipality, on: date) -> Table:
    """The agreements as they stood on the day, with who answers for them then; their amendments are prefetched."""
    lineage = Lineage(town)
    rows = [
        (
            japanese_partial(one.signed) if one.signed else "不明",
            short(one.title, 80),
            partners_of(one),
            str(lineage.on(one.division_id, on)) if one.division_id else "",
        )
        for one in (as_of(agreement, on) for agreement in sorted(found, key=_by_day))
    ]
    return Table(("締結日", "協定名", "相手方", "担当課"), tuple(rows), (6.7, 9, 6, 5.5))
