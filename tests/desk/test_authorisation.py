"""Who may open or press what at the desk: every address, every actor; a new address without a line fails."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from machine import addresses
from renkei.accounts.models import Role, User
from renkei.agreements.member_lines import members_of_text
from renkei.agreements.models import BulkChange
from renkei.agreements.services import add_partners, attach, create_series, merge_partners
from renkei.audit.models import Entry
from renkei.documents.models import Document
from renkei.handovers.services import prepare
from renkei.ledger.models import Batch, Outcome, Row
from renkei.people.models import Transfer
from renkei.people.services.plans import add_step, plan
from renkei.people.steps import StepKind
from renkei.reminders.models import Feed, LetterKind
from renkei.reminders.services import write_letter
from renkei.retention.models import Certificate, Disposal, Subject
from renkei.search.models import Layout
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
TOWN = "town"
"""What is about the whole town of whoever asks: some may, others are told why not; nobody meets another town's."""
SIGNING, MINE = "signing", "mine"
"""Addresses of signing in, and each person's own settings of it."""
OWN, LETTER = "own", "letter"
"""What each person chooses for themselves, and a letter of the outbox, which coordinators open."""
OFFICE = "office"
"""Records of the town that clerks keep for all: everybody of the town may look, readers and auditors change nothing."""
MANAGED = "managed"
"""Records of people: everybody of the town may look, only administrators press."""
PARTNER = "partner"
"""Records of partners: everybody of the town may look, its clerks press, whatever division is theirs."""
PLAN, GIVEN = "plan", "given"
"""Reorganisations, which coordinators plan, and handovers, which giver, receiver and coordinators see."""
KEPT = "kept"
"""Acts of disposal and their certificates: everybody of the town may look, coordinators decide."""
TABLE = {
    "reorganisations": LIST, "reorganisation_new": TOWN, "reorganisation": PLAN, "reorganisation_step": PLAN,
    "reorganisation_remove": PLAN, "reorganisation_ways": PLAN, "reorganisation_decide": PLAN,
    "reorganisation_withdraw": PLAN,
    "handovers": LIST, "handover_new": LIST, "handover": GIVEN, "handover_word": GIVEN, "handover_hand_over": GIVEN,
    "handover_accept": GIVEN, "handover_send_back": GIVEN, "handover_withdraw": GIVEN,
    "home": LIST, "sign_in": OPEN, "sign_out": OPEN, "administration": LIST,
    "agreements": LIST, "agreements_download": LIST, "agreement": RECORD, "document": RECORD,
    "agreement_publish": CHANGE, "agreement_attach": CHANGE, "agreement_end": CHANGE,
    "agreement_new": LIST, "agreement_edit": CHANGE, "agreement_correct": CHANGE, "agreement_detach": CHANGE,
    "drafts": LIST,
    "agreement_join": CHANGE, "agreement_leave": CHANGE, "agreement_stay": CHANGE,
    "agreement_reopen": CHANGE, "agreement_renew": CHANGE, "agreement_let_renew": CHANGE, "agreement_decline": CHANGE,
    "agreement_undo_decision": CHANGE, "agreement_amend": CHANGE, "agreement_undo_amendment": CHANGE,
    "agreement_supersede": CHANGE, "agreement_relate": CHANGE, "agreement_unrelate": CHANGE,
    "due": LIST, "due_decide": LIST, "due_act": RECORD,
    "partner_candidates": LIST, "partner_edit": PARTNER, "partner_rename": PARTNER, "partner_gone": PARTNER,
    "partner_revive": PARTNER, "partner_choose": RECORD, "partner_merge": PARTNER, "partner_part": PARTNER,
    "series_list": LIST, "series_new": LIST, "series": RECORD, "series_document": RECORD,
    "series_edit": CHANGE, "series_add": CHANGE, "series_take_back": CHANGE, "series_take_out": CHANGE,
    "bulk": LIST, "bulk_list": LIST, "bulk_change": LIST, "bulk_undo": RECORD,
    "partners": LIST, "partner": RECORD, "divisions": LIST, "division": RECORD,
    "register": LIST, "register_json": LIST, "register_csv": LIST,
    "layouts": LIST, "layout_new": TOWN, "layout": OFFICE, "layout_forget": OFFICE, "document_thumbnail": RECORD,
    "retention": LIST, "retention_rules": TOWN, "disposal": KEPT, "disposal_decide": KEPT,
    "certificates": LIST, "certificate": KEPT, "agreement_hold": CHANGE, "agreement_lift": CHANGE,
    "history": LIST, "history_entry": RECORD, "history_download": TOWN, "history_verify": TOWN,
    "reminder_settings": TOWN, "outbox": TOWN, "calendars": LIST, "calendar_feed": OPEN,
    "letter": LETTER, "letter_resend": LETTER, "letter_cancel": LETTER,
    "digest_choice": OWN, "calendar_renew": OWN,
    "sign_in_second": SIGNING, "sign_in_passkey": SIGNING, "sign_in_passkey_asked": SIGNING,
    "sign_in_provider": SIGNING, "sign_in_provider_back": SIGNING, "sign_in_forgotten": SIGNING,
    "sign_in_saml": SIGNING, "sign_in_saml_answer": SIGNING, "sign_in_saml_back": SIGNING,
    "sign_in_saml_metadata": SIGNING, "sign_in_link": SIGNING, "sign_in_link_asked": SIGNING,
    "sign_in_policy": TOWN, "person_sign_in": LETTER, "session_left": MINE, "session_extend": MINE,
    "security": MINE, "security_confirm": MINE, "security_password": MINE, "security_app": MINE,
    "security_app_remove": MINE, "security_passkey": MINE, "security_passkey_asked": MINE,
    "security_passkey_remove": MINE, "security_codes": MINE, "security_others_end": MINE,
    "security_sitting_end": MINE,
    "people": LIST, "rights": LIST, "rights_csv": LIST, "person_new": TOWN, "transfers": TOWN,
    "person": MANAGED, "person_edit": MANAGED, "person_deputy": MANAGED, "person_leave": MANAGED,
    "person_stay": MANAGED, "person_role_new": MANAGED, "person_role_change": MANAGED, "person_role_end": MANAGED,
    "person_role_drop": MANAGED, "transfer": MANAGED, "transfer_mend": MANAGED, "transfer_decide": MANAGED,
    "transfer_undo": MANAGED,
    "ledgers": LIST, "ledger": LEDGER, "ledger_report": LEDGER,
    "ledger_columns": LEDGER_CHANGE, "ledger_row": LEDGER_CHANGE, "ledger_commit": LEDGER_CHANGE,
    "ledger_undo": LEDGER_CHANGE, "ledger_stop": LEDGER_CHANGE, "ledger_title": LEDGER_CHANGE,
}  # fmt: skip
ACTORS = ("anonymous", "stranger", "reader", "neighbour", "responsible", "coordinator")
SEEING = {
    OPEN: {200, 302, 405},
    LIST: {200},
    TOWN: {200, 403},
    SIGNING: {200, 302, 404, 405, 410},
    MINE: {200, 302, 404, 405},
    OWN: {405},
    LETTER: {200, 403, 405},
    PLAN: {200, 403, 405},
    GIVEN: {200, 404, 405},
    MANAGED: {200, 405},
    PARTNER: {200, 405},
    OFFICE: {200, 405},
    KEPT: {200, 405},
    RECORD: {200},
    CHANGE: {200, 405},
    LEDGER: {200},
    LEDGER_CHANGE: {200, 302, 405},
}
DONE = {200, 302, 422}
UNDONE = {
    KEPT: {403, 405},
    PLAN: {403, 405},
    GIVEN: {403, 405},
    PARTNER: {403, 405},
    OFFICE: {404, 405},
    MANAGED: {403, 405},
    TOWN: {403, 405},
    LETTER: {403, 405},
    MINE: {404, 405},
}


def desk_names() -> list[str]:
    return [name for _address, name in addresses.listed()["desk"]]


FROM_ELSEWHERE = {"sign_in", "sign_in_saml_answer"}
"""What is sent without a session of the sender's."""


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
    here = agreement.municipality
    now = datetime(2026, 4, 1, tzinfo=UTC)
    letter = write_letter(
        here,
        kind=LetterKind.NOTICE,
        key="test",
        subject="件名",
        plain="本文",
        address="a@example.jp",
        now=now,
    )
    feed = Feed.objects.create(municipality=here, made_at=now)
    clerk = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="clerk")
    transfer = Transfer.objects.create(municipality=here, title="異動", starts_on=date(2026, 4, 1))
    drawn = attach(agreement, b"%PDF-1.7", name="b.pdf", actor=None).document
    Document.objects.filter(pk=drawn.pk).update(
        thumbnail=default_storage.save("thumbnails/b.png", ContentFile(b"x"))
    )
    layout = Layout.objects.create(municipality=here, name="庁内台帳", columns=[])
    return {
        "layout": layout, "drawn": drawn,
        "person": clerk, "transfer": transfer, "role": clerk.assignments.get(),
        "letter": letter, "feed": feed,
        **a_plan_and_a_handover(division, clerk),
        **a_disposal(agreement),
        "agreement": agreement, "division": division, "partner": agreement.partners[0].organisation,
        "document": attachment.document, "batch": batch,
    }  # fmt: skip


def a_plan_and_a_handover(division, clerk) -> dict[str, object]:
    """A reorganisation that splits the division, and a handover of what it holds."""
    made = plan("機構改革", on=date(2028, 4, 1), municipality=division.municipality, actor=None)
    words = ["防災安全部 危機管理課", "防災安全部 地域防災課"]
    add_step(made, StepKind.SPLIT, divisions=[division.public_id], into=words, actor=None)
    handover = prepare(giver=clerk, division=division, receiver=clerk, on=made.on, actor=clerk)
    return {"plan": made, "handover": handover}


def a_disposal(agreement) -> dict[str, object]:
    """A disposal that waits for its approval, and a certificate."""
    now, here = timezone.now(), agreement.municipality
    disposal = Disposal.objects.create(
        municipality=here, subject=Subject.RECORDS, reason="満了", proposed_by=a_user(sign_in_name="teian"),
        proposed_at=now,
    )  # fmt: skip
    certificate = Certificate.objects.create(
        municipality=here, number=1, disposal=disposal, subject=Subject.RECORDS, at=now, title="昔の協定",
        completed_on=date(2001, 3, 31),
    )  # fmt: skip
    return {"disposal": disposal, "certificate": certificate}


FACT = {"bulk_undo": "form", "due_act": "renewal_decisions"}


def with_many(name: str, town) -> list[str]:
    """What an address of series, merged partners or a change of many is filled with; made only for those addresses."""
    division, here = town["division"], town["division"].municipality
    if name in ("bulk_undo", "due_act"):
        person = a_user(sign_in_name="bulk")
        return [
            BulkChange.objects.create(municipality=here, actor=person, fact=FACT[name], rows=[]).public_id
        ]
    series = create_series(
        here, name="同文協定", facts={}, division=division, document=("a.pdf", b"%PDF-1.7"), actor=None
    )
    members = members_of_text("見本商店\n見本薬局\n見本書店")
    addition = add_partners(series, members, day=date(2026, 4, 1), actor=None)
    kept, merged, _other = (one.partners[0].organisation for one in series.agreements.order_by("pk"))
    return {
        "partner_merge": lambda: [kept.public_id, merged.public_id],
        "partner_part": lambda: [kept.public_id, merge_partners(kept, merged, actor=None).public_id],
        "series_take_back": lambda: [series.public_id, addition.public_id],
        "series_take_out": lambda: [series.public_id, addition.agreements[2]],
    }.get(name, lambda: [series.public_id])()


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


MADE_FOR_IT = ("partner_merge", "partner_part", "bulk_undo", "due_act", "series")
OF_KIND = {
    RECORD: "agreement", CHANGE: "agreement", PLAN: "plan", GIVEN: "handover", LEDGER: "batch", LEDGER_CHANGE: "batch",
    LETTER: "letter", PARTNER: "partner",
}  # fmt: skip


def address_of(name: str, town) -> str:
    return reverse(f"desk:{name}", args=arguments_of(name, town))


def arguments_of(name: str, town) -> list[object]:
    """What fills the address, from the town."""
    agreement = town["agreement"].public_id
    given = {
        "agreements_download": ["csv"],
        "document": [agreement, town["document"].public_id],
        "agreement_detach": [agreement, town["document"].public_id],
        "partner": [town["partner"].public_id],
        "partner_choose": [town["partner"].public_id],
        "agreement_stay": [agreement, 1],
        "bulk_change": ["form"],
        "division": [town["division"].public_id],
        "reorganisation_step": [town["plan"].public_id, "found"],
        "reorganisation_remove": [town["plan"].public_id, 0],
        "reorganisation_ways": [town["plan"].public_id, town["division"].public_id],
        "history_entry": [1],
        "layout": [town["layout"].public_id],
        "layout_forget": [town["layout"].public_id],
        "document_thumbnail": [agreement, town["drawn"].public_id],
        "disposal": [town["disposal"].public_id],
        "disposal_decide": [town["disposal"].public_id],
        "certificate": [town["certificate"].public_id],
        "history_download": ["csv"],
        "ledger_row": [town["batch"].public_id, 1],
        "sign_in_link": ["no-such-link"],
        "sign_in_link_asked": ["no-such-link"],
        "person_sign_in": [User.objects.get(sign_in_name="neighbour").public_id],
        "security_passkey_remove": ["0" * 12],
        "security_sitting_end": ["0" * 12],
        "calendar_feed": [town["feed"].public_id, town["feed"].secret],
    }
    if name in given:
        return given[name]
    if name in MADE_FOR_IT or (name.startswith("series_") and name not in ("series_list", "series_new")):
        return with_many(name, town)
    if name.startswith("person_role_") and name != "person_role_new":
        return [town["person"].public_id, town["role"].pk]
    if TABLE[name] == MANAGED:
        return [town["transfer" if name.startswith("transfer") else "person"].public_id]
    return [town[OF_KIND[TABLE[name]]].public_id] if TABLE[name] in OF_KIND else []


def asked(client: Client, method: str, address: str) -> int:
    answer = getattr(client, method)(address)
    b"".join(answer)
    return answer.status_code


def test_every_address_of_the_desk_has_its_line():
    assert set(desk_names()) <= set(TABLE)


def without_a_token(windows, address: str) -> int:
    """What a form sent from another site is answered, in the window of somebody who may do everything."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = windows["coordinator"].cookies
    return client.post(address).status_code


@pytest.mark.parametrize("name", desk_names())
def test_who_may_see_and_that_no_cache_or_other_site_gets_at_it(name, town, windows):
    address, kind = address_of(name, town), TABLE[name]
    if name not in FROM_ELSEWHERE:
        assert without_a_token(windows, address) == 403
    if kind not in (OPEN, SIGNING):
        answer = windows["coordinator"].get(address)
        b"".join(answer)
        assert "no-store" in answer["Cache-Control"]
    found = {actor: asked(windows[actor], "get", address) for actor in ACTORS}
    if kind not in (OPEN, SIGNING):
        assert found["anonymous"] == 302
    if kind not in (OPEN, LIST, TOWN, OWN, SIGNING, MINE):
        assert found["stranger"] in (404, 405)
    for actor in ("reader", "neighbour", "responsible", "coordinator"):
        assert found[actor] in SEEING[kind], (actor, found)


@pytest.mark.parametrize("name", [name for name in desk_names() if TABLE.get(name) not in (OPEN, SIGNING)])
def test_who_may_change(name, town, windows):
    address, kind = address_of(name, town), TABLE[name]
    told = Entry.objects.count()
    refused = {actor: asked(windows[actor], "post", address) for actor in ("anonymous", "stranger", "reader")}
    assert refused["anonymous"] == 302
    assert refused["stranger"] in (
        {200, 302, 403, 405, 422} if kind in (LIST, TOWN, OWN, MINE) else set()
    ) | {404}
    told = Entry.objects.count() if kind in (TOWN, OWN, MINE) else told
    if kind in (CHANGE, LEDGER_CHANGE):
        assert refused["reader"] == 403 or name in (
            "ledger_columns",
            "ledger_row",
            "ledger_title",
            "ledger_titles",
        )
    if kind in (PARTNER, OFFICE):
        assert refused["reader"] == 403
    if kind == CHANGE:
        assert asked(windows["neighbour"], "post", address) == 403
    if kind == MANAGED and name not in ("person", "transfer"):
        assert {asked(windows[actor], "post", address) for actor in ("responsible", "coordinator")} == {403}
    assert Entry.objects.count() == told
    for actor in ("responsible", "coordinator"):
        assert asked(windows[actor], "post", address) in DONE | UNDONE.get(kind, {405})


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
