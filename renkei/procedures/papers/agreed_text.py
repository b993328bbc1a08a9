"""The agreed text and its list of initiatives as one PDF, with the digests of the versions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText, AttachedTable
from renkei.documents.paper import Paper
from renkei.documents.printing import agreement_pdf
from renkei.documents.signatures.sealing import sealed_if_wanted
from renkei.municipalities.models import Municipality
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import InitiativeList
from renkei.procedures.reading import list_by_item
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.written_numbers import full_width


def agreed_paper(town: Municipality, agreed: Agreed, signed_on: date | None) -> Paper:
    """The PDF of what both sides agreed on, under the town's seal; letters that cannot be printed are named in it."""
    text = AgreementText.read(agreed.text.content)
    versions = [agreed.text, *([agreed.initiatives] if agreed.initiatives else [])]
    if agreed.initiatives:
        listed = InitiativeList.read(agreed.initiatives.content)
        text = replace(text, tables=(*text.tables, *list_as_tables(listed)))
    day = full_width(japanese_date(signed_on)) if signed_on else ""
    made = agreement_pdf(text, town=town.name, day=day, digests=[one.digest for one in versions])
    return sealed_if_wanted(made, town)


def list_as_tables(listed: InitiativeList) -> Iterator[AttachedTable]:
    """The list of initiatives as it is printed behind the text: row by row under its items."""
    head = (_("連携事項"), _("取組"), _("市の役割"), _("相手方の役割"), _("時期"))
    rows: list[tuple[str, ...]] = []
    for item in list_by_item(listed):
        name = f"{item.number} {item.heading}".strip()
        for place, row in enumerate(item.rows):
            rows.append(("" if place else name, row.title, row.town_part, row.partner_part, row.timing))
        if not item.rows:
            rows.append((name, "", "", "", ""))
    if rows:
        yield AttachedTable("initiatives", _("取組事項"), (head, *rows))
