"""A partner sees its own procedures and nothing else, ever: every address of the counter against every text."""

import re
from functools import partial

import pytest
from django.db import transaction
from django.test import Client

from machine import addresses
from renkei.procedures.models import ProcedureSettings
from tests.counter.campaign_canaries import CAMPAIGNS
from tests.counter.campaign_canaries import ONLY_SENT as SENT_TO_CAMPAIGNS
from tests.counter.canaries import (
    CANARIES,
    ELSEWHERE,
    OWN,
    RIVAL,
    SHOWN,
    ids_of,
    models_of_procedures,
    rows_of,
    texts_of,
    the_world,
)
from tests.counter.disaster_canaries import LINKS
from tests.counter.meeting_canaries import MEETINGS
from tests.counter.work_canaries import WORK
from tests.procedure_factories import visit

pytestmark = pytest.mark.django_db
HERE, THERE = "012041", "011002"
UNKNOWN = "0" * 12

WHOSE = {
    **WORK,
    **MEETINGS,
    **CAMPAIGNS,
    "proposal_sent": {"public_id": "sent"},
    "procedure_question_withdraw": {"question_id": "own_question"},
    "security_passkey_remove": {"public_id": "passkey"},
    "colleague": {"public_id": "colleague"},
}
"""Addresses in which an id names another record than the words around it say."""
IDS = {
    "question_id": "question", "reviewer_id": "reviewer", "comment_id": "comment", "document_id": "document",
    "version_id": "version", "returned_id": "returned", "former_id": "version",
}  # fmt: skip
WORDS = {"code": HERE, "token": "no-such-link", "name": "company"}
ONLY_SENT = {
    "leave", "colleague", "enter_passkey", "enter_passkey_asked", "security_passkey_asked", "security_passkey_remove",
    "security_others_end", "proposal_file_remove", "procedure_comment_withdraw", "procedure_review_accept",
    "procedure_review_comment", "procedure_review_take_back", "procedure_question_withdraw",
    "regular_meeting_answer", *SENT_TO_CAMPAIGNS,
}  # fmt: skip
NO_PAGE = {"enter": 302, "enter_link": 410, "procedure_signed_copy": 404}
"""Addresses that show nothing to somebody who has come in and whose procedure stands where it does."""


def listed() -> list[tuple[str, str]]:
    return [(address, name) for address, name in addresses.listed()["counter"]]


def ids_in(address: str, name: str) -> dict[str, str]:
    """What each id of the address names; an id that nobody has told of fails."""
    found = {}
    for place in re.findall(r"‹(\w+)›", address):
        if place in WORDS:
            continue
        subject = "procedure" if "/procedures/" in address else "proposal"
        found[place] = WHOSE.get(name, {}).get(place) or ({"public_id": subject} | IDS)[place]
    return found


def filled(address: str, ids: dict[str, str]) -> str:
    for place, words in {**WORDS, **ids}.items():
        address = address.replace(f"‹{place}›", words)
    assert "‹" not in address, f"tests/counter/test_canaries.py does not know what fills {address}"
    return address


@pytest.fixture
def world():
    return the_world()


@pytest.fixture
def window(world) -> Client:
    """The window of somebody of the own partner, who has come in."""
    return visit(Client(), world[OWN][0])


def said(answer) -> str:
    """The answer with its head, but for the moment, and for the token that is another one in each form."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode("utf-8", "replace")
    text += str({name: words for name, words in answer.headers.items() if name != "Expires"})
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_every_table_and_every_column_of_a_procedure_holds_a_canary(world):
    for words in (RIVAL, ELSEWHERE):
        for model in models_of_procedures():
            if model is ProcedureSettings and words == RIVAL:
                continue
            rows = list(rows_of(model, world[words][1]))
            assert rows, f"tests/counter/canaries.py: everything() makes no {model.__name__}"
            unfilled = [
                name for row in rows for name in texts_of(model) if words not in str(getattr(row, name))
            ]
            assert not unfilled, (model.__name__, unfilled)
    assert set(SHOWN) <= {model.__name__ for model in models_of_procedures()}


def tried(client: Client, address: str):
    """What a form is answered; what it did is taken back."""
    with transaction.atomic():
        answer = client.post(address, {"act": "end", "text": ""})
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)  # the next page would say what was taken back
    return answer


def test_no_page_and_no_refusal_shows_a_rival_another_town_or_what_is_the_towns_own(world, window):
    mine, own_words = ids_of(*world[OWN]), 0
    for address, name in listed():
        link = {"token": mine[LINKS[name]]} if name in LINKS else {}
        at = filled(address, link | {place: mine[kind] for place, kind in ids_in(address, name).items()})
        page, refusal = window.get(at), tried(visit(Client(), world[OWN][0]), at)
        for answer in (page, refusal):
            assert not [one for one in CANARIES if one in said(answer)], (
                answer.request["REQUEST_METHOD"],
                at,
            )
        assert page.status_code == (405 if name in ONLY_SENT else NO_PAGE.get(name, 200)), (
            at,
            page.status_code,
        )
        own_words += OWN in said(page)
    assert own_words > 10, "the own words are shown, so that a canary in their place would be"


def test_an_id_of_somebody_else_is_answered_as_one_that_nobody_bears(world, window):
    mine, strangers = ids_of(*world[OWN]), [ids_of(*world[words]) for words in (RIVAL, ELSEWHERE)]
    for address, name in listed():
        kinds = ids_in(address, name)
        for theirs in strangers:
            for place, kind in kinds.items():
                own = {one: mine[what] for one, what in kinds.items()}
                for method in (window.get, partial(tried, window)):
                    unknown = method(filled(address, {**own, place: UNKNOWN}))
                    other = method(filled(address, {**own, place: theirs[kind]}))
                    assert other.status_code in (404, 405), (name, place)
                    assert other.status_code == unknown.status_code, (name, place)
                    assert said(other).replace(theirs[kind], UNKNOWN) == said(unknown), (name, place)
            if kinds:
                all_theirs = filled(address, {place: theirs[kind] for place, kind in kinds.items()})
                assert window.get(all_theirs).status_code in (404, 405), name


def test_nobody_who_has_come_in_here_is_in_at_another_town(world, window):
    theirs = ids_of(*world[ELSEWHERE])
    for address, name in listed():
        if "‹code›" not in address or name.startswith("enter") or name == "leave":
            continue
        ids = {place: theirs[kind] for place, kind in ids_in(address, name).items()}
        if name in LINKS:
            for client, ids["token"] in ((window, "no-such-link"), (Client(), theirs[LINKS[name]])):
                assert client.get(filled(address, ids)).status_code == 410, name  # theirs opens nothing here
            continue
        answer = window.get(filled(address, ids).replace(HERE, THERE))
        assert answer.status_code in (302, 405), name
        if answer.status_code == 302:
            assert answer["Location"].startswith(f"/counter/{THERE}/enter/"), name


def test_a_person_named_in_a_form_is_looked_for_among_ones_own(world, window):
    people = f"/counter/{HERE}/procedures/{world[OWN][1].public_id}/people/"
    for who in (world[RIVAL][0], world[ELSEWHERE][0]):
        assert window.post(people, {"act": "add", "person": who.public_id}).status_code == 404
    assert window.post(people, {"act": "add", "person": ids_of(*world[OWN])["colleague"]}).status_code == 302
