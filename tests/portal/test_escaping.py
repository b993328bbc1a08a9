"""What a stranger wrote is shown as text, on every page of both doors."""

import pytest

from renkei.agreements.models import Agreement, Attachment, Ending, Item, Party, RenewalRule, Series
from renkei.documents.models import Document
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation, OrganisationName
from tests.crawling import crawl, fill_with
from tests.factories import a_municipality, a_user
from tests.portal.test_canary import one_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATTACKS = ("<script>alert(1)</script>", '"><img src=x>', "'onclick='x", "</title>{{ 7|add:7 }}")
RECORDS = (
    Agreement, Party, Item, RenewalRule, Ending, Attachment, Document, Series, Division, Organisation, OrganisationName,
)  # fmt: skip


FILES = ("%PDF", "PK")
"""How PDF and Office files begin: what stands in them is no page of a browser."""


def raw(text: str) -> list[str]:
    """The attacks that stand in the page as they were written, and braces that were filled in."""
    found = [attack for attack in ATTACKS[:3] if attack in text]
    return (
        found + (["</title>{{"] if "</title>{{" in text else []) + (["14"] if "title&gt;14" in text else [])
    )


@pytest.mark.parametrize("door", ["desk", "portal"])
def test_hostile_texts_are_shown_as_text_on_every_page(client, door):
    one_of_everything(a_municipality(), published=True)
    assert fill_with("".join(ATTACKS), *(model.objects.all() for model in RECORDS)) > 20
    Attachment.objects.update(is_published=True)
    starts = ["/"]
    if door == "desk":
        client.force_login(a_user(sign_in_name="mine"))
        starts = ["/desk/agreements/"]
    crawled = crawl(client, starts).items()
    pages = {address: text for address, text in crawled if is_page(address) and not text.startswith(FILES)}
    assert len(pages) > 10
    assert any("&lt;script&gt;" in text for text in pages.values())
    assert {address: found for address, text in pages.items() if (found := raw(text))} == {}


def is_page(address: str) -> bool:
    return not any(kind in address for kind in (".csv", ".json", ".xlsx"))


@pytest.mark.parametrize(
    "address", ["/agreements/?q={}", "/agreements/?on={}", "/agreements/?form={}", "/partners/?q={}"]
)
def test_a_hostile_address_is_shown_as_text(client, address):
    a_municipality()
    assert raw(client.get(address.replace("{}", "".join(ATTACKS))).content.decode()) == []


def test_a_page_that_shows_it_raw_would_be_found():
    assert raw('<p class=x>"><img src=x></p>')
