"""The agreed text and its list of initiatives as one PDF, with the digests of the versions."""

from datetime import date
from pathlib import Path
from typing import Any

from renkei.documents.paper import Paper, paper
from renkei.municipalities.models import Municipality
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import AgreementText, InitiativeList
from renkei.rules.japanese_calendar import japanese_date

TEMPLATE = Path(__file__).parent / "agreed_text.typ"
PARAGRAPHS = "\n"


def agreed_paper(town: Municipality, agreed: Agreed, signed_on: date | None) -> Paper:
    """The PDF of what both sides agreed on; the letters that cannot be printed are named in it."""
    text = AgreementText.read(agreed.text.content)
    listed = InitiativeList.read(agreed.initiatives.content) if agreed.initiatives else InitiativeList()
    return paper(
        TEMPLATE,
        {
            "town": str(town),
            "title": text.title,
            "preamble": text.preamble,
            "articles": [
                {"heading": one.heading, "paragraphs": one.text.split(PARAGRAPHS)} for one in text.articles
            ],
            "closing": text.closing,
            "day": japanese_date(signed_on) if signed_on else "",
            "parties": [
                {"letter": one.letter, "name": one.name, "signatory": one.signatory} for one in text.parties
            ],
            "items": _items(listed),
            "digests": [agreed.text.digest, *([agreed.initiatives.digest] if agreed.initiatives else [])],
        },
    )


def _items(listed: InitiativeList) -> list[dict[str, Any]]:
    return [
        {
            "heading": heading,
            "rows": [
                [row.title, row.town_part, row.partner_part, row.timing]
                for row in listed.rows
                if row.item == place
            ],
        }
        for place, heading in enumerate(listed.items, start=1)
    ]
