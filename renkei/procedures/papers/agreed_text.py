"""The agreed text and its list of initiatives as one PDF, with the digests of the versions."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from renkei.documents.paper import Paper, paper
from renkei.municipalities.models import Municipality
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import AgreementText, InitiativeList
from renkei.procedures.reading import list_by_item, sheet_of
from renkei.rules.japanese_calendar import japanese_date

TEMPLATE = Path(__file__).parent / "agreed_text.typ"


def agreed_paper(town: Municipality, agreed: Agreed, signed_on: date | None) -> Paper:
    """The PDF of what both sides agreed on; the letters that cannot be printed are named in it."""
    sheet = sheet_of(AgreementText.read(agreed.text.content))
    listed = InitiativeList.read(agreed.initiatives.content) if agreed.initiatives else InitiativeList()
    return paper(
        TEMPLATE,
        {
            "town": str(town),
            "title": sheet.title,
            "preamble": [asdict(line) for line in sheet.preamble],
            "articles": [asdict(one) for one in sheet.articles],
            "closing": [asdict(line) for line in sheet.closing],
            "day": japanese_date(signed_on) if signed_on else "",
            "parties": [asdict(one) for one in sheet.parties],
            "items": _items(listed),
            "digests": [agreed.text.digest, *([agreed.initiatives.digest] if agreed.initiatives else [])],
        },
    )


def _items(listed: InitiativeList) -> list[dict[str, Any]]:
    return [
        {
            "number": item.number,
            "heading": item.heading,
            "rows": [[row.title, row.town_part, row.partner_part, row.timing] for row in item.rows],
        }
        for item in list_by_item(listed)
    ]
