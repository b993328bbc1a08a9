"""Nothing of another town, and nothing unpublished, is on any page, in any download or figure."""

import pytest
from django.test import Client
from django.urls import reverse

from renkei.agreements.models import Agreement, Attachment, Ending, Item, Party, Relation, RenewalRule, Series
from renkei.agreements.services import attach, end
from renkei.agreements.vocabulary import EndReason, RelationKind
from renkei.documents.models import Document
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.partners.models import Organisation, OrganisationName, PartnerKind
from tests.crawling import crawl, fill_with
from tests.desk.agreements.test_page import YEARLY
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
CANARY = "カナリア"


def one_of_everything(town, *, published: bool) -> Agreement:
    """An agreement with all that can hang on it."""
    division = a_division(municipality=town, department="見本部")
    series = Series.objects.create(municipality=town, name="見本の同文")
    agreement = an_agreement(
        municipality=town, division=division, series_id=series.pk, published=published, items=("見本の事項",),
        starts="2020-04-01", ends="2021-03-31", renewal=YEARLY, purpose="見本の目的", notes="庁内の事情",
    )  # fmt: skip
    attach(
        agreement,
        b"%PDF-1.7",
        name="見本.pdf",
        actor=a_user(municipality=town, sign_in_name=f"u{agreement.pk}"),
    )
    end(
        agreement,
        on=agreement.signed_on.replace(year=2025),
        reason=EndReason.BY_BOTH,
        actor=None,
        note="事情",
    )
    OrganisationName.objects.create(organisation=agreement.partners[0].organisation, name="旧名")
    return agreement


def with_canaries(agreement: Agreement) -> None:
    """Every text of the agreement and of what hangs on it."""
    partners = Organisation.objects.filter(pk__in=[party.organisation_id for party in agreement.partners])
    filled = fill_with(
        CANARY, Agreement.objects.filter(pk=agreement.pk), Party.objects.filter(agreement=agreement),
        Item.objects.filter(agreement=agreement), RenewalRule.objects.filter(agreement=agreement),
        Ending.objects.filter(agreement=agreement), Attachment.objects.filter(agreement=agreement),
        Document.objects.filter(pk__in=agreement.attachments.values("document")),
        Series.objects.filter(pk=agreement.series_id), Division.objects.filter(pk=agreement.division_id),
        partners, OrganisationName.objects.filter(organisation__in=partners),
    )  # fmt: skip
    assert filled > 20


def addresses_of(agreement: Agreement, door: str) -> list[str]:
    """Pages that must not be there."""
    document = agreement.attachments.get().document
    names = [
        ("agreement", [agreement.public_id]),
        ("document", [agreement.public_id, document.public_id]),
        ("partner", [agreement.partners[0].organisation.public_id]),
        ("division", [agreement.division.public_id]),
    ]
    if door == "portal":
        names.append(("agreement_json", [agreement.public_id]))
    return [reverse(f"{door}:{name}", args=given) for name, given in names]


DESK = [
    "/desk/",
    "/desk/agreements/?q=カナリア",
    "/desk/partners/?q=カナリア",
    "/desk/agreements.json?q=カナリア",
]
PORTAL = [
    "/",
    "/towns/012041/",
    "/agreements/?q=カナリア",
    "/partners/?q=カナリア",
    "/agreements.csv",
    "/agreements.json",
]


def test_the_desk_shows_nothing_of_another_town(client):
    theirs = one_of_everything(a_municipality("011002"), published=False)
    one_of_everything(a_municipality(), published=False)
    with_canaries(theirs)
    client.force_login(a_user(sign_in_name="mine"))
    extra = [
        f"/desk/agreements/?division={theirs.division_id}",
        f"/desk/agreements/?on=2024-01-01&form={theirs.form}",
    ]
    pages = crawl(client, [*DESK, *extra])
    assert len(pages) > 40
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    assert {client.get(address).status_code for address in addresses_of(theirs, "desk")} == {404}


def test_the_portal_shows_nothing_unpublished(client):
    hidden = one_of_everything(a_municipality(), published=False)
    shown = an_agreement(published=True, partners=("公開の会社",), division=a_division(name="公開の課"))
    with_canaries(hidden)
    Relation.objects.create(agreement=hidden, kind=RelationKind.AMENDS, other=shown)
    Relation.objects.create(agreement=shown, kind=RelationKind.BASED_ON, other=hidden)
    DivisionSuccession.objects.create(
        predecessor=a_division(name="前の課"), successor=shown.division, on=shown.signed_on
    )
    pages = crawl(Client(), [*PORTAL, f"/agreements/?division={hidden.division_id}"])
    assert len(pages) > 20
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []
    assert {client.get(address).status_code for address in addresses_of(hidden, "portal")} == {404}


def test_the_portal_counts_nothing_unpublished(client):
    hidden = one_of_everything(a_municipality(), published=False)
    with_canaries(hidden)
    for query in ("", "?q=カナリア", f"?division={hidden.division_id}", f"?form={hidden.form}"):
        assert "0件の協定" in client.get(f"/agreements/{query}").content.decode()


def test_the_portal_shows_no_text_for_staff_of_a_published_agreement(client):
    agreement = one_of_everything(a_municipality(), published=True)
    kept = {"notes": CANARY, "remarks": [CANARY]}
    Agreement.objects.filter(pk=agreement.pk).update(**kept)
    Party.objects.filter(agreement=agreement).update(unit=CANARY, signatory=CANARY, remark=CANARY)
    Organisation.objects.update(notes=CANARY, address=CANARY)
    Ending.objects.update(note=CANARY)
    Document.objects.update(name=CANARY)
    Attachment.objects.update(label=CANARY)
    pages = crawl(Client(), PORTAL)
    assert f"/agreements/{agreement.public_id}/" in pages
    assert [address for address, text in pages.items() if CANARY in seen(text)] == []


def test_the_portal_names_no_individual(client):
    agreement = an_agreement(published=True, partners=("カナリア花子",))
    Organisation.objects.update(kind=PartnerKind.INDIVIDUAL)
    agreement.save()
    pages = crawl(Client(), PORTAL)
    assert [address for address, text in pages.items() if "カナリア花子" in seen(text)] == []
    assert "個人" in pages[f"/agreements/{agreement.public_id}/"]
    assert client.get(f"/partners/{agreement.partners[0].organisation.public_id}/").status_code == 404


def seen(text: str) -> str:
    """The text without what was asked for, which a page says again."""
    for echo in (
        "検索の言葉: カナリア",
        'value="カナリア"',
        "q=カナリア",
        "q=%E3%82%AB%E3%83%8A%E3%83%AA%E3%82%A2",
    ):
        text = text.replace(echo, "")
    return text
