"""Who may open or press what at the desk: every address, every actor; a new address without a line fails."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from machine import addresses
from renkei.accounts.models import Role
from renkei.agreements.services import attach
from renkei.audit.models import Entry
from renkei.ledger.models import Batch, Outcome, Row
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

OPEN, LIST, RECORD, CHANGE, LEDGER, LEDGER_CHANGE = (
    "open",
    "list",
    "record",
    "change",
    "ledger",
    "ledger change",
)
TABLE = {
    "home": LIST, "sign_in": OPEN, "sign_out": OPEN,
    "agreements": LIST, "agreements_download": LIST, "agreement": RECORD, "document": RECORD,
    "agreement_publish": CHANGE, "agreement_attach": CHANGE, "agreement_end": CHANGE,
    "partners": LIST, "partner": RECORD, "divisions": LIST, "division": RECORD,
    "register": LIST, "register_json": LIST, "register_csv": LIST,
    "ledgers": LIST, "ledger": LEDGER, "ledger_report": LEDGER,
    "ledger_columns": LEDGER_CHANGE, "ledger_row": LEDGER_CHANGE, "ledger_commit": LEDGER_CHANGE,
    "ledger_undo": LEDGER_CHANGE, "ledger_stop": LEDGER_CHANGE, "ledger_title": LEDGER_CHANGE,
}  # fmt: skip
ACTORS = ("anonymous", "stranger", "reader", "neighbour", "responsible", "coordinator")
SEEING = {
    OPEN: {200, 302, 405},
    LIST: {200},
    RECORD: {200},
    CHANGE: {200, 405},
    LEDGER: {200},
    LEDGER_CHANGE: {200, 302, 405},
}
DONE = {200, 302, 422}


def desk_names() -> list[str]:
    return [name for _address, name in addresses.listed()["desk"]]


@pytest.fixture
def town():
    """A town with one of everything, held by one division."""
    division = a_division()
    agreement = an_agreement(division=division)
    attachment = attach(agreement, b"%PDF-1.7", name="a.pdf", actor=None)
    batch = Batch.objects.create(
        municipality=agreement.municipality, file_name="台帳.csv", listed_on=date(2024, 4, 1), total=1,
        content=SimpleUploadedFile("x.csv", "協定名,相手方\n".encode()),
    )  # fmt: skip
    Row.objects.create(batch=batch, position=1, row=1, outcome=Outcome.WAITING, title="待つ行")
    return {
        "agreement": agreement, "division": division, "partner": agreement.partners[0].organisation,
        "document": attachment.document, "batch": batch,
    }  # fmt: skip


@pytest.fixture
def windows(town) -> dict[str, Client]:
    """A window for each actor."""
    theirs = a_municipality("011002")
    beside = a_division(name="環境課")
    people = {
        "stranger": a_user(municipality=theirs, sign_in_name="stranger"),
        "reader": a_user(role=Role.READER, sign_in_name="reader"),
        "neighbour": a_user(role=Role.RESPONSIBLE, division=beside, sign_in_name="neighbour"),
        "responsible": a_user(role=Role.RESPONSIBLE, division=town["division"], sign_in_name="responsible"),
        "coordinator": a_user(sign_in_name="coordinator"),
    }
    found = {"anonymous": Client()}
    for name, person in people.items():
        found[name] = Client()
        found[name].force_login(person)
    return found


def address_of(name: str, town) -> str:
    agreement = town["agreement"].public_id
    given = {
        "agreements_download": ["csv"],
        "document": [agreement, town["document"].public_id],
        "partner": [town["partner"].public_id],
        "division": [town["division"].public_id],
        "ledger_row": [town["batch"].public_id, 1],
    }
    if name in given:
        return reverse(f"desk:{name}", args=given[name])
    if TABLE[name] in (RECORD, CHANGE):
        return reverse(f"desk:{name}", args=[agreement])
    if TABLE[name] in (LEDGER, LEDGER_CHANGE):
        return reverse(f"desk:{name}", args=[town["batch"].public_id])
    return reverse(f"desk:{name}")


def asked(client: Client, method: str, address: str) -> int:
    answer = getattr(client, method)(address)
    b"".join(answer)
    return answer.status_code


def test_every_address_of_the_desk_has_its_line():
    assert set(desk_names()) <= set(TABLE)


@pytest.mark.parametrize("name", desk_names())
def test_who_may_see(name, town, windows):
    address, kind = address_of(name, town), TABLE[name]
    found = {actor: asked(windows[actor], "get", address) for actor in ACTORS}
    if kind != OPEN:
        assert found["anonymous"] == 302
    if kind not in (OPEN, LIST):
        assert found["stranger"] in (404, 405)
    for actor in ("reader", "neighbour", "responsible", "coordinator"):
        assert found[actor] in SEEING[kind], (actor, found)


@pytest.mark.parametrize("name", [name for name in desk_names() if TABLE.get(name) != OPEN])
def test_who_may_change(name, town, windows):
    address, kind = address_of(name, town), TABLE[name]
    told = Entry.objects.count()
    refused = {actor: asked(windows[actor], "post", address) for actor in ("anonymous", "stranger", "reader")}
    assert refused["anonymous"] == 302
    assert refused["stranger"] == 404 if kind != LIST else refused["stranger"] in (200, 405, 422)
    if kind in (CHANGE, LEDGER_CHANGE):
        assert refused["reader"] == 403 or name in (
            "ledger_columns",
            "ledger_row",
            "ledger_title",
            "ledger_titles",
        )
    if kind == CHANGE:
        assert asked(windows["neighbour"], "post", address) == 403
    assert Entry.objects.count() == told
    for actor in ("responsible", "coordinator"):
        assert asked(windows[actor], "post", address) in DONE | {405}


@pytest.mark.parametrize("name", [name for name in desk_names() if name != "sign_in"])
def test_nothing_is_changed_without_the_forms_token(name, town, windows):
    client = Client(enforce_csrf_checks=True)
    client.cookies = windows["coordinator"].cookies
    assert client.post(address_of(name, town)).status_code == 403


@pytest.mark.parametrize("name", [name for name in desk_names() if TABLE.get(name) != OPEN])
def test_no_answer_is_kept_in_a_cache(name, town, windows):
    answer = windows["coordinator"].get(address_of(name, town))
    b"".join(answer)
    assert "no-store" in answer["Cache-Control"]


def test_a_person_who_may_not_sign_in_any_more_is_asked_to(town, windows, django_user_model):
    django_user_model.objects.filter(sign_in_name="coordinator").update(is_active=False)
    assert asked(windows["coordinator"], "get", address_of("agreement", town)) == 302


def test_sign_in_leads_to_no_other_site(client):
    a_user()
    answer = client.post(
        reverse("desk:sign_in") + "?next=https://elsewhere.example/",
        {"username": "tanto", "password": "a-long-test-password", "next": "//elsewhere.example/"},
    )
    assert answer["Location"] == reverse("desk:home")
