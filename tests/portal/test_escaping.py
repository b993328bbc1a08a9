"""What a stranger wrote is shown as text, on every page of both doors."""

import pytest

from renkei.agreements.models import Agreement, Attachment, Ending, Item, Party, RenewalRule, Series
from renkei.documents.models import Document
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation, OrganisationName
from tests.crawling import crawl, fill_with
from tests.factories import a_municipality, a_user
from tests.portal.test_canary import one_of_everything

pytestmark = pytest.mark.django_db

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
)
RECORDS = (
    Agreement, Party, Item, RenewalRule, Ending, Attachment, Document, Series, Division, Organisation, OrganisationName,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("door", ["desk", "portal"])
def test_a_hostile_text_is_shown_as_text(client, door, attack):
    one_of_everything(a_municipality(), published=True)
    fill_with(attack, *(model.objects.all() for model in RECORDS))
    Attachment.objects.update(is_published=True)
    starts = ["/"]
    if door == "desk":
        client.force_login(a_user(sign_in_name="mine"))
        starts = ["/desk/agreements/"]
    pages = {address: text for address, text in crawl(client, starts).items() if is_page(address)}
    assert len(pages) > 10
    raw = [address for address, text in pages.items() if attack in text]
    assert raw == []


def is_page(address: str) -> bool:
    return not any(kind in address for kind in (".csv", ".json", ".xlsx"))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(
    "address", ["/agreements/?q={}", "/agreements/?on={}", "/agreements/?form={}", "/partners/?q={}"]
)
def test_a_hostile_address_is_shown_as_text(client, address, attack):
    a_municipality()
    answer = client.get(address.format(attack))
    assert attack not in answer.content.decode()
