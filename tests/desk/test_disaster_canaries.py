"""Of disasters nobody meets another town's records, and no name or number of people without the right to see them."""

import io
import zipfile

import pypdfium2
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.disasters.models import UnplacedRecord
from tests import disaster_town
from tests.crawling import KEPT
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "カナリア"
PERSON = "花子さん"
PEOPLE = {
    "EmergencyContact": ("name", "note", "verified_by", "failed_note"),
    "ContactChannel": ("value",),
    "TestMessage": ("address",),
    "ContactCheck": ("email", "answered_by", "note"),
    "CheckCall": ("called", "spoke_with", "note"),
    "Call": ("called", "spoke_with"),
    "HelpRequest": ("sent_to",),
    "Step": ("told_by",),
    "Need": ("told_by",),
}
"""Where people of partners are named, and their numbers."""
BESIDE = (
    "/desk/", "/desk/history/", "/desk/outbox/", "/desk/calendars/", f"/desk/agreements/?q={CANARY}",
    f"/desk/agreements/?q={PERSON}", f"/desk/partners/?q={PERSON}",
)  # fmt: skip
"""Pages of other rooms on which something about disasters stands, or is looked for."""


def a_town(code: str, name: str = "防災課"):
    """A town with one of everything about disasters, a book among it."""
    here = a_municipality(code)
    division = a_division(municipality=here, name=name)
    agreement = an_agreement(municipality=here, division=division, form="disaster", title=f"{name}の協定")
    clerk = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name=f"clerk{code}", municipality=here)
    work = disaster_town.a_prepared_town(agreement, clerk)
    work["contact_partner"] = work["emergency_contact"].organisation
    return agreement, work


def texts_of(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in KEPT
    ]


def fill(words: str, columns: dict[str, tuple[str, ...]] | None = None) -> None:
    """Put the words into every text of every record about disasters, or into these columns."""
    for model in apps.get_app_config("disasters").get_models():
        names = texts_of(model) if columns is None else columns.get(model.__name__, ())
        for row in model._base_manager.all() if names else ():
            model._base_manager.filter(pk=row.pk).update(**dict.fromkeys(names, f"{words}{row.pk}"))


def said(answer) -> str:
    """All words of an answer: a page, a table, a workbook, a Word file or a PDF."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    if content.startswith(b"%PDF") and len(content) > 100:
        with pypdfium2.PdfDocument(io.BytesIO(content)) as paper:
            return "".join(page.get_textpage().get_text_bounded() for page in paper)
    return content.decode("utf-8", "replace")


def pages_of(work) -> list[str]:
    """Every address about disasters, its other forms, and the pages beside them."""
    ids = {name: getattr(one, "public_id", "") for name, one in work.items()}
    addresses = [
        reverse(f"desk:{name}", args=filled(work)) for name, (_kind, filled) in disaster_town.DESK.items()
    ]
    files = [(what, form) for what in ("board", "record") for form in ("csv", "xlsx")]
    addresses += [reverse("desk:incident_file", args=[ids["incident"], *file]) for file in files]
    addresses += [
        *BESIDE,
        f"/desk/agreements/{ids['agreement']}/",
        f"/desk/partners/{ids['contact_partner']}/",
    ]
    return addresses


def test_nothing_of_another_towns_disasters_is_on_any_page_or_in_any_file(client):
    a_town("011002", "よその課")
    fill(CANARY)
    UnplacedRecord.objects.update(public_id="0000000unpc2")
    _agreement, work = a_town("012041")
    client.force_login(a_user(role=Role.COORDINATOR, sign_in_name="mine"))
    found = {address: said(client.get(address)) for address in pages_of(work)}
    assert len(found) > 60
    assert [address for address, text in found.items() if CANARY in unasked(text)] == []


def test_readers_and_auditors_meet_no_name_and_no_number_of_people_to_call(client):
    _agreement, work = a_town("012041")
    fill(PERSON, PEOPLE)
    naming_pages = naming(client, Role.DISASTER_OFFICER, pages_of(work))
    assert len(naming_pages) > 10
    assert naming(client, Role.READER, pages_of(work)) == []
    assert naming(client, Role.AUDITOR, naming_pages) == []


def naming(client: Client, role: Role, addresses: list[str]) -> list[str]:
    """Where somebody with the role meets people of partners."""
    client.force_login(a_user(role=role, sign_in_name=role.value))
    return [address for address in addresses if PERSON in unasked(said(client.get(address)))]


def unasked(text: str) -> str:
    """The text without what was asked for, which a page says again."""
    for words in (CANARY, PERSON):
        for echo in (f"q={words}", f'value="{words}"', f"検索の言葉: {words}"):
            text = text.replace(echo, "")
    return text
