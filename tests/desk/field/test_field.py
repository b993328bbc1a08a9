"""The page that works without network: who gets it, what it keeps, what it takes in, what its one file says."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.desk.field.worker import KEPT, MODULES
from renkei.disasters.models import Incident
from renkei.disasters.vocabulary import ChannelKind
from tests.disaster_factories import a_capability, a_contact, a_district, a_request
from tests.factories import a_user, an_agreement
from tests.house.sources import ROOT

FOLDER = ROOT / "renkei/desk/static/desk/field"
NOTE = {"record": "note", "id": "n0te00000000", "at": "2024-09-01T18:00:00Z", "text": "余震"}


@pytest.fixture
def clerk(client: Client):
    """Somebody who may have to call at night, signed in, in a town that has something to call for."""
    agreement = an_agreement()
    a_capability(agreement)
    a_contact(agreement, channels=((ChannelKind.MOBILE, "090-0000-0001"),), name="佐藤 一郎")
    a_district()
    a_request(agreement)
    person = a_user(sign_in_name="bosai")
    client.force_login(person)
    return person


def sent(client: Client, body: object, **headers: str):
    content = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(
        reverse("desk:field_records"), content, content_type="application/json", headers=headers
    )


@pytest.mark.django_db
def test_only_who_may_call_at_night_gets_anything_that_stays_in_a_browser(client: Client, clerk):
    readers = Client()
    readers.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    for name in ("field", "field_worker", "field_register", "field_file"):
        assert client.get(reverse(f"desk:{name}")).status_code == 200
        assert readers.get(reverse(f"desk:{name}")).status_code == 403
        assert "no-store" in client.get(reverse(f"desk:{name}"))["Cache-Control"]
    assert "keep.js" not in readers.get(reverse("desk:disasters")).content.decode()
    assert "keep.js" in client.get(reverse("desk:disasters")).content.decode()


@pytest.mark.django_db
def test_the_shell_holds_nobodys_number_and_the_register_is_sent_once(client: Client, clerk):
    shell = client.get(reverse("desk:field")).content.decode()
    assert "090-0000-0001" not in shell
    assert clerk.name not in shell
    first = client.get(reverse("desk:field_register"))
    assert first.json()["person"]["id"] == clerk.public_id
    assert first.json()["partners"][0]["chain"][0]["name"] == "佐藤 一郎"
    again = client.get(reverse("desk:field_register"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_the_worker_covers_the_disaster_pages_and_keeps_each_file_that_the_page_asks_for(
    client: Client, clerk
):
    answer = client.get(reverse("desk:field_worker"))
    assert answer["Service-Worker-Allowed"] == reverse("desk:disasters") == "/desk/disasters/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    shell = client.get(reverse("desk:field")).content.decode()
    asked = set(re.findall(r'(?:src|href)="/static/([^"]+)"', shell))
    assert asked <= set(KEPT)


def test_each_module_that_a_kept_module_imports_is_kept_and_there():
    imported = {
        name
        for one in MODULES
        for name in re.findall(r'from "\./(\w+)\.js"', (FOLDER / f"{one}.js").read_text())
    }
    assert imported <= set(MODULES)
    assert [name for name in KEPT if not finders.find(name)] == []
    scripts = {path.stem for path in FOLDER.glob("*.js")}
    assert scripts == {*MODULES, "worker", "forget"}


@pytest.mark.django_db
def test_each_sentence_that_a_script_says_is_in_the_page(client: Client, clerk):
    shell = client.get(reverse("desk:field")).content.decode()
    written = set(re.findall(r'data-word="([\w-]+)"', shell))
    said = {
        word for path in FOLDER.glob("*.js") for word in re.findall(r'said\("([\w-]+)"', path.read_text())
    }
    assert said
    assert said <= written
    copied = {
        form for path in FOLDER.glob("*.js") for form in re.findall(r'copied\("([\w-]+)"', path.read_text())
    }
    assert all(f'<template id="{form}">' in shell for form in copied)


@pytest.mark.django_db
def test_records_are_answered_one_by_one_with_an_address_to_go_on(client: Client, clerk):
    incident = Incident.objects.get()
    fine = NOTE | {"incident": incident.public_id}
    lost = fine | {"record": "step", "id": "step00000000", "request": "gone00000000", "step": "arrived"}
    del lost["text"]
    answer = sent(client, {"person": clerk.public_id, "records": [fine, lost, "nothing"]})
    found = {one["id"]: (one["outcome"], one["link"]) for one in answer.json()["answers"]}
    assert found == {
        "n0te00000000": ("taken", reverse("desk:incident", args=[incident.public_id])),
        "step00000000": (
            "unplaced",
            reverse("desk:incident_unplaced", args=[incident.public_id, "step00000000"]),
        ),
        "": ("refused", ""),
    }
    assert incident.notes.get().by == clerk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"\xff\xfe", 422), ("[" * 100_000, 422), ("[]", 422), ({"records": {}}, 422),
        ({"person": "x", "records": [1] * 501}, 422), (" " * (512 * 1024 + 1), 422),
        ({"person": "somebody", "records": [NOTE]}, 409),
    ],
    ids=["nothing", "no text", "deep", "a list", "no records", "too many", "too long", "somebody else's"],
)  # fmt: skip
def test_what_is_no_message_of_the_page_is_refused_whole(client: Client, clerk, body, status):
    told = Entry.objects.count()
    answer = sent(client, body)
    assert (answer.status_code, answer.json()["refusal"][-1]) == (status, "。")
    assert Entry.objects.count() == told


@pytest.mark.django_db
def test_records_need_the_token_and_the_session(client: Client, clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    message = {"person": clerk.public_id, "records": []}
    assert sent(strict, message).status_code == 403
    strict.get(reverse("desk:field_register"))
    assert sent(strict, message, **{"X-CSRFToken": strict.cookies["csrftoken"].value}).status_code == 200
    assert sent(Client(), message).status_code == 302


@pytest.mark.django_db
def test_the_one_file_opens_without_anything_and_that_it_was_taken_out_is_told(client: Client, clerk):
    before = Entry.objects.count()
    answer = client.get(reverse("desk:field_file"))
    text = answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert 'href="tel:09000000001"' in text
    assert "佐藤 一郎" in text
    assert "2,000本" in text
    assert "<style>" in text
    assert re.findall(r"<script|<link|https?://|src=", text) == []
    assert "現在" in text
    assert Entry.objects.count() == before + 1
