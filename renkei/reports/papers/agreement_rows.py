"""Agreements as rows of the papers' tables."""

from collections.abc import Iterable
from datetime import date

from renkei.agreements.models import Agreement
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


def agreements_table(found: Iterable[Agreement], town: Municipality, on: date) -> Table:
    """The agreements with the day of signing, their partners and who answers for them on the day."""
    lineage = Lineage(town)
    rows = [
        (
            japanese_partial(one.signed) if one.signed else "不明",
            short(one.title, 80),
            partners_of(one),
            str(lineage.on(one.division_id, on)) if one.division_id else "",
        )
        for one in found
    ]
    return Table(("締結日", "協定名", "相手方", "担当課"), tuple(rows), (5.5, 9, 6, 5.5))
