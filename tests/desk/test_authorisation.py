"""Who may open or press what at the desk: every address, every actor; a new address without a line fails.

Run once: who may is decided before the database is asked for more, and every page is opened on both by the crawls.
"""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from machine import addresses
from renkei.accounts.models import Role, User
from renkei.audit.models import Entry
from tests import work_town
from tests.brought_factories import arguments_of_brought
from tests.desk.one_of_everything import one_of_everything, with_many
from tests.drafting_factories import arguments_of_drafting
from tests.factories import a_division, a_municipality, a_user
from tests.returned_factories import OF_RETURNED, arguments_of_returned
from tests.review_factories import arguments_of_check
from tests.signing_factories import OF_SIGNING
from tests.talk_factories import OF_PROCEDURE, OF_RECORD

pytestmark = [pytest.mark.django_db, pytest.mark.once]

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
CHECK = "check"
"""Where drafts are checked: only the window, and who was asked."""
PROCEDURE = "procedure"
"""Pages of a procedure: everybody of the town may look, its window (or the division that was asked) presses."""
TABLE = {
    **{name: kind for name, (kind, _filled) in work_town.DESK.items()},
    "procedures": LIST, "procedures_download": LIST, "procedure_tasks": LIST, "procedure_durations": LIST,
    "procedure_settings": TOWN, "procedure": PROCEDURE, "procedure_move": PROCEDURE,
    "proposal_new": LIST, "procedure_proposal": PROCEDURE, "procedure_enclosure": PROCEDURE,
    "procedure_inquiries": PROCEDURE, "procedure_inquiry_new": PROCEDURE, "procedure_matrix": PROCEDURE,
    "procedure_matrix_xlsx": PROCEDURE, "procedure_decision_paper": PROCEDURE, "procedure_checks": PROCEDURE,
    "inquiry_answer": PROCEDURE, "inquiry_more_time": PROCEDURE, "inquiry_deadline": PROCEDURE,
    "inquiry_take_back": PROCEDURE, "inquiry_add": PROCEDURE, "inquiry_urge": PROCEDURE, "inquiry_close": PROCEDURE,
    "inquiry_reopen": PROCEDURE,
    **{f"procedure_{name}": PROCEDURE for name in (*OF_PROCEDURE, *OF_RECORD, *OF_SIGNING)},
    "procedure_begin": CHANGE, "procedure_paper": PROCEDURE, "agreement_papers": RECORD, "agreement_paper": RECORD,
    "clauses": LIST, "clause_new": TOWN, "clause_edit": KEPT, "clause_retire": KEPT, "text_templates": LIST,
    "text_template": TOWN, "text_template_word": LIST,
    "papers": LIST, "paper": TOWN, "paper_ours": LIST, "paper_example": LIST, "paper_template": RECORD,
    "procedure_reviews": PROCEDURE, "procedure_review_open": PROCEDURE, "procedure_review_end": PROCEDURE,
    "procedure_review_revise": PROCEDURE, "procedure_comment_resolve": PROCEDURE,
    "procedure_reviewer_replace": PROCEDURE, "procedure_reviewer_heard": PROCEDURE,
    "procedure_reviewer_strike": PROCEDURE, "procedure_review": CHECK, "procedure_review_comment": CHECK,
    "procedure_comment_withdraw": CHECK, "procedure_review_accept": CHECK, "procedure_review_take_back": CHECK,
    "procedure_initiatives": PROCEDURE, "procedure_initiative_new": PROCEDURE, "procedure_list_write": PROCEDURE,
    "procedure_initiative_edit": PROCEDURE, "procedure_initiative_act": PROCEDURE, "procedure_drafts": PROCEDURE,
    "procedure_text_new": PROCEDURE, "procedure_draft_compare": PROCEDURE, "procedure_draft": PROCEDURE,
    "procedure_draft_plain": PROCEDURE, "procedure_text_edit": PROCEDURE, "procedure_term": PROCEDURE,
    "procedure_draft_word": PROCEDURE, "procedure_draft_pdf": PROCEDURE, "procedure_draft_redline": PROCEDURE,
    "procedure_draft_show": PROCEDURE,
    "procedure_returned": PROCEDURE, **{f"procedure_returned_{name}": PROCEDURE for name in OF_RETURNED},
    "reorganisations": LIST, "reorganisation_new": TOWN, "reorganisation": PLAN, "reorganisation_step": PLAN,
    "reorganisation_remove": PLAN, "reorganisation_ways": PLAN, "reorganisation_decide": PLAN,
    "reorganisation_withdraw": PLAN,
    "handovers": LIST, "handover_new": LIST, "handover": GIVEN, "handover_word": GIVEN, "handover_hand_over": GIVEN,
    "handover_accept": GIVEN, "handover_send_back": GIVEN, "handover_withdraw": GIVEN,
    "home": LIST, "sign_in": OPEN, "sign_out": OPEN, "administration": LIST,
    "agreements": LIST, "agreements_download": LIST, "agreement": RECORD, "document": RECORD,
    "agreement_publish": CHANGE, "agreement_attach": CHANGE, "agreement_end": CHANGE,
    "agreement_new": LIST, "agreement_edit": CHANGE, "agreement_correct": CHANGE, "agreement_detach": CHANGE,
    "agreement_from_document": LIST, "agreement_brought": OFFICE, "agreement_brought_file": LEDGER,
    "agreement_brought_drop": OFFICE,
    "drafts": LIST,
    "agreement_join": CHANGE, "agreement_leave": CHANGE, "agreement_stay": CHANGE,
    "agreement_reopen": CHANGE, "agreement_renew": CHANGE, "agreement_let_renew": CHANGE, "agreement_decline": CHANGE,
    "agreement_undo_decision": CHANGE, "agreement_amend": CHANGE, "agreement_undo_amendment": CHANGE,
    "agreement_supersede": CHANGE, "agreement_relate": CHANGE, "agreement_unrelate": CHANGE,
    "due": LIST, "due_decide": LIST, "due_act": RECORD,
    "partner_people": PARTNER,
    "partner_candidates": LIST, "partner_edit": PARTNER, "partner_rename": PARTNER, "partner_gone": PARTNER,
    "partner_revive": PARTNER, "partner_choose": RECORD, "partner_merge": PARTNER, "partner_part": PARTNER,
    "series_list": LIST, "series_new": LIST, "series": RECORD, "series_document": RECORD,
    "series_edit": CHANGE, "series_add": CHANGE, "series_take_back": CHANGE, "series_take_out": CHANGE,
    "series_papers": CHANGE, "series_papers_order": RECORD, "series_papers_again": CHANGE,
    "series_papers_zip": RECORD, "series_papers_print": RECORD,
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
ONLY_SHOWN = {
    "procedure", "procedure_signing", "procedure_signed_copy_file", "procedure_ceremony",
    "procedure_proposal", "procedure_enclosure",
    "procedure_reviews", "procedure_inquiries", "procedure_matrix", "procedure_matrix_xlsx", "procedure_decision_paper",
    "procedure_similar", "procedure_meetings", "procedure_meeting", "procedure_papers", "procedure_paper",
    "procedure_initiatives", "procedure_drafts", "procedure_draft_compare", "procedure_draft", "procedure_draft_plain",
    "procedure_draft_word", "procedure_draft_pdf", "procedure_draft_redline",
    "procedure_returned_draft", "procedure_returned_file", "procedure_returned_redline",
}  # fmt: skip
"""Pages of a procedure on which there is nothing to press."""
ACTORS = ("anonymous", "stranger", "reader", "neighbour", "responsible", "coordinator")
SEEING = {
    OPEN: {200, 302, 405},
    LIST: {200},
    TOWN: {200, 403, 405},
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
    PROCEDURE: {200, 405},
    CHECK: {200, 403, 405},
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


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """A town with one of everything, made once for these tests; what each does to it is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield one_of_everything()
        transaction.set_rollback(True)


class Window(Client):
    """Asks and answers as Django's does, but copies nothing of what a template was given: answers count here."""

    def request(self, **request):
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


@pytest.fixture(scope="module")
def sessions(town, django_db_blocker):
    """Who asks, each signed in, with the cookies of just then; made once for these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        windows = windows_of_everybody(town)
        yield windows, {name: window.cookies for name, window in windows.items()}
        transaction.set_rollback(True)


@pytest.fixture
def windows(sessions) -> dict[str, Client]:
    """A window for each actor, as it was just after signing in."""
    found, cookies = sessions
    for name, window in found.items():
        window.cookies = deepcopy(cookies[name])
    return found


def windows_of_everybody(town) -> dict[str, Client]:
    """A window for each actor, who has just signed in."""
    theirs = a_municipality("011002")
    beside = a_division(name="環境課")
    people = {
        "stranger": a_user(municipality=theirs, sign_in_name="stranger"),
        "reader": a_user(role=Role.READER, sign_in_name="reader"),
        "neighbour": a_user(role=Role.RESPONSIBLE, division=beside, sign_in_name="neighbour"),
        "responsible": a_user(role=Role.RESPONSIBLE, division=town["division"], sign_in_name="responsible"),
        "coordinator": a_user(sign_in_name="coordinator"),
    }
    found = {"anonymous": Window()}
    for name, person in people.items():
        found[name] = Window()
        found[name].force_login(person)
        found[name].get(reverse("desk:administration"))  # the sitting begins once, and not in every test
    return found


MADE_FOR_IT = ("partner_merge", "partner_part", "bulk_undo", "due_act", "series")
OF_KIND = {
    RECORD: "agreement", CHANGE: "agreement", PLAN: "plan", GIVEN: "handover", LEDGER: "batch", LEDGER_CHANGE: "batch",
    LETTER: "letter", PARTNER: "partner", PROCEDURE: "procedure",
}  # fmt: skip


def address_of(name: str, town) -> str:
    of_work = work_town.DESK.get(name)
    return reverse(f"desk:{name}", args=of_work[1](town["work"]) if of_work else arguments_of(name, town))


def arguments_of(name: str, town) -> list[object]:
    """What fills the address, from the town."""
    agreement = town["agreement"].public_id
    given = {
        **town["talk"],
        **town["signing"],
        "agreements_download": ["csv"],
        "procedures_download": ["csv"],
        "procedure_move": [town["procedure"].public_id, "decline"],
        "document": [agreement, town["document"].public_id],
        "procedure_enclosure": [town["procedure"].public_id, town["paper"].public_id],
        "agreement_detach": [agreement, town["document"].public_id],
        "partner": [town["partner"].public_id],
        "partner_choose": [town["partner"].public_id],
        "agreement_stay": [agreement, 1],
        "bulk_change": ["form"],
        "agreement_paper": [agreement, "cover", "docx"],
        **{f"text_template{verb}": ["supplies"] for verb in ("", "_word")},
        "paper": ["cover"],
        "paper_ours": ["cover"],
        "paper_example": ["cover", "docx"],
        "paper_template": ["cover", town["template"].public_id],
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
    given |= arguments_of_brought(town["brought"])
    given |= arguments_of_drafting(town) | arguments_of_returned(town)
    if name in given:
        return given[name]
    if name in ("inquiry_answer", "inquiry_more_time", "inquiry_deadline", "inquiry_take_back"):
        return [town["asked"].public_id]
    if name.startswith(("procedure_review", "procedure_comment")):
        return arguments_of_check(name, town)
    if name.startswith("inquiry_"):
        return [town["procedure"].public_id, town["inquiry"].public_id]
    if name in MADE_FOR_IT or (name.startswith("series_") and name not in ("series_list", "series_new")):
        return with_many(name, town)
    if name.startswith("person_role_") and name != "person_role_new":
        return [town["person"].public_id, town["role"].pk]
    if TABLE[name] == MANAGED:
        return [town["transfer" if name.startswith("transfer") else "person"].public_id]
    return [town[OF_KIND[TABLE[name]]].public_id] if TABLE[name] in OF_KIND else []


def asked(client: Client, method: str, address: str) -> int:
    return answered(client, method, address).status_code


def answered(client: Client, method: str, address: str):
    answer = getattr(client, method)(address)
    b"".join(answer)
    return answer


def test_every_address_of_the_desk_has_its_line():
    assert set(desk_names()) <= set(TABLE)


def without_a_token(windows, address: str) -> int:
    """What a form sent from another site is answered, in the window of somebody who may do everything."""
    client = Window(enforce_csrf_checks=True)
    client.cookies = windows["coordinator"].cookies
    return client.post(address).status_code


@pytest.mark.parametrize("name", desk_names())
def test_who_may_see_and_that_no_cache_or_other_site_gets_at_it(name, town, windows):
    address, kind = address_of(name, town), TABLE[name]
    if name not in FROM_ELSEWHERE:
        assert without_a_token(windows, address) == 403
    answers = {actor: answered(windows[actor], "get", address) for actor in ACTORS}
    found = {actor: answer.status_code for actor, answer in answers.items()}
    if kind not in (OPEN, SIGNING):
        assert "no-store" in answers["coordinator"]["Cache-Control"]
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
    if kind in (PROCEDURE, CHECK) and name not in ONLY_SHOWN:
        pressed = {asked(windows[actor], "post", address) for actor in ("reader", "neighbour")}
        assert pressed == {403}
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
