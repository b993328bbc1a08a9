"""Every page of the three doors with the demo town, from the address tables; a new address without a line fails."""

from datetime import date

from django.core.files.base import ContentFile
from django.urls import reverse

from machine import addresses
from renkei.agreements.models import Agreement
from renkei.agreements.services import attach
from renkei.demo.services import build
from renkei.ledger.models import Batch, Outcome, Row
from renkei.municipalities.models import Division

NOT_PAGES = {
    "agreements_download",
    "agreement_json",
    "document",
    "register_json",
    "register_csv",
    "ledger_report",
}
ONLY_SENT = {"sign_out", "agreement_publish", "ledger_commit", "ledger_undo", "ledger_stop", "ledger_title"}
STATES = {
    "desk": [
        "/desk/agreements/?q=防災&field=disaster&on=R6.6.1&since=R5.6.2",
        "/desk/agreements/?q=どこにもない言葉&form=scheme",
        "/desk/agreements/?on=いつか&q=水",
        "/desk/agreements/?page=3&order=kana",
        "/desk/partners/?q=どこにもない",
        "/desk/divisions/?on=2018-06-01",
        "/desk/nowhere/",
    ],
    "portal": [
        "/agreements/?q=災害 物資&state=in_force&on=2024-06-01",
        "/agreements/?q=どこにもない言葉",
        "/agreements/?on=いつか&since=そのうち",
        "/partners/?q=医師会",
        "/nowhere/",
    ],
    "counter": [],
}


def the_town() -> dict[str, list[object]]:
    """The demo town with a document and a waiting ledger; what the addresses are filled with."""
    town = build()
    agreement = Agreement.objects.of(town).get(public_id="003400000001")
    attach(agreement, b"%PDF-1.7", name="協定書の写し.pdf", actor=None, label="写し", is_published=True)
    batch = Batch.objects.create(
        municipality=town,
        file_name="台帳.csv",
        listed_on=date(2024, 4, 1),
        total=1,
        content=ContentFile(b"x", "x.csv"),
    )
    Row.objects.create(
        batch=batch, position=1, row=2, outcome=Outcome.WAITING, title="待つ行", reason="相手方が空です。"
    )
    division = Division.objects.of(town).get(name="防災課")
    return {
        "agreement": [agreement.public_id],
        "agreement_attach": [agreement.public_id],
        "agreement_end": [agreement.public_id],
        "partner": [agreement.partners[0].organisation.public_id],
        "division": [division.public_id],
        "town": [town.code],
        "ledger": [batch.public_id],
        "ledger_columns": [batch.public_id],
        "ledger_row": [batch.public_id, 1],
    }


def pages_of(door: str, filled: dict[str, list[object]]) -> list[str]:
    """The addresses of a door's pages, and of its states that an address alone does not show."""
    names = [name for _address, name in addresses.listed()[door] if name not in NOT_PAGES | ONLY_SENT]
    return [reverse(f"{door}:{name}", args=filled.get(name, [])) for name in names] + STATES[door]
