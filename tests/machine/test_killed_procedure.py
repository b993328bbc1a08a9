"""A server that is killed at any step of a procedure has kept what it acknowledged, once; the rest it has not begun."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from machine.postgres import free_port
from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.audit.models import Entry
from renkei.audit.verification import faults
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division
from renkei.procedures.models import (
    Approval,
    CheckLine,
    DraftVersion,
    Hearing,
    Inquiry,
    Procedure,
    Proposal,
    Question,
    ReviewRound,
)
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.register_facts import RegisterFacts
from renkei.procedures.services.accepting import accept
from renkei.procedures.services.planning import InitiativePlan, plan_initiative
from renkei.procedures.services.signing import approve, confirm_facts, keep_signed_copy, plan_signing
from renkei.procedures.vocabulary import SigningMethod, Stage
from renkei.reminders.models import Letter
from tests.backups.test_interrupted import address as same_database
from tests.drafting_factories import a_procedure_to_draft
from tests.factories import a_division, a_user
from tests.house.sources import ROOT
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner, a_procedure, a_proposal, visit
from tests.review_factories import a_drafted_procedure, a_round

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.once, pytest.mark.django_db(transaction=True)]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PDF = b"%PDF-1.4\n%%EOF\n"
Counts = tuple[int, ...]


class Server:
    """`serve` over this test's database; it can be killed with everything that belongs to it, and started again."""

    def __init__(self, var: Path) -> None:
        self.var, self.port, self.kills = var, free_port(), 0
        (var / "files").symlink_to(settings.MEDIA_ROOT)
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "machine.serve", "--no-demo", "--port", str(self.port)]
        environment = {
            **os.environ,
            "DATABASE_URL": same_database(),
            "RENKEI_VAR": str(self.var),
            "SECRET_KEY": settings.SECRET_KEY,
            "LANG": "ja_JP.UTF-8",
            "PYTHONUTF8": "1",
        }
        self.program = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True,
        )  # fmt: skip
        printed = ""
        for line in self.program.stdout or ():
            printed += line
            if "Ctrl-C" in line:
                return
        self.close()
        pytest.fail(printed)

    def kill(self) -> None:
        """It dies at once; what it started ends as soon as the kernel tells it so, and then nobody listens any more."""
        if self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGKILL)
        assert self.program.wait(20) == -signal.SIGKILL
        until = time.monotonic() + 60
        while self.is_listening():
            assert time.monotonic() < until, "the killed server went on listening"
            time.sleep(0.05)
        self.close()
        self.kills += 1

    def is_listening(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0

    def close(self) -> None:
        """Nothing more is read of what it prints."""
        if self.program.stdout:
            self.program.stdout.close()


@dataclass
class Person:
    """A browser of the poorest kind: the session's cookie, and the token of the form that it opened."""

    server: Server
    session: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, address: str, body: str = "") -> http.client.HTTPConnection:
        asked = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        told = {"sessionid": self.session, **self.cookies}
        asked.request(method, address, body.encode() or None, {
            "Cookie": "; ".join(f"{name}={value}" for name, value in told.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        return asked

    def open(self, address: str) -> str:
        """The token of the page's forms."""
        asked = self.ask("GET", address)
        answer = asked.getresponse()
        page = answer.read().decode()
        asked.close()
        assert answer.status == 200, (address, answer.status, page[:300])
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        found = TOKEN.search(page)
        assert found, address
        return found[1]

    def send(self, address: str, token: str, fields: dict[str, str]) -> http.client.HTTPConnection:
        return self.ask("POST", address, urlencode({"csrfmiddlewaretoken": token, **fields}))


@dataclass
class Step:
    """What somebody sends, from which page, and what is there once it is acknowledged."""

    person: Person
    page: str
    fields: dict[str, str]
    counts: Callable[[], Counts]
    sent_to: str = ""
    letters: bool = True
    """Whether somebody is told by a letter."""

    def acknowledged(self) -> None:
        """Sent and answered; the answer leads on to another page."""
        token = self.person.open(self.page)
        asked = self.person.send(self.sent_to or self.page, token, self.fields)
        answer = asked.getresponse()
        said = answer.read().decode()
        asked.close()
        assert answer.status == 302, (
            self.page,
            answer.status,
            re.findall(r"error[^<]*<[^<]*<[^<]*", said)[:3],
        )

    def cut_off(self, after: float) -> None:
        """Sent, and the server is killed before anybody has read its answer."""
        token = self.person.open(self.page)
        asked = self.person.send(self.sent_to or self.page, token, self.fields)
        time.sleep(after)
        self.person.server.kill()
        asked.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    connection.close()
    made = Server(tmp_path)
    yield made
    if made.program.poll() is None:
        made.kill()


@pytest.fixture
def division() -> Division:
    return a_division(name="地域活動推進課", is_coordinating=True)


@pytest.fixture
def clerk(division: Division) -> User:
    user = a_user(division=division)
    user.email = "tanto@example.jp"
    user.save()
    return user


@pytest.fixture
def author() -> Correspondent:
    return a_correspondent(organisation=a_partner())


@pytest.fixture
def desk(server: Server, clerk: User) -> Person:
    client = Client()
    client.force_login(clerk)
    return Person(server, client.cookies["sessionid"].value)


@pytest.fixture
def counter(server: Server, author: Correspondent) -> Person:
    return Person(server, visit(Client(), author).cookies["sessionid"].value)


def told_of(procedure: Procedure | None) -> Counts:
    """What the log and the outbox have of it."""
    if procedure is None:
        return 0, 0
    entries = Entry.objects.filter(subject_id=procedure.public_id).count()
    return entries, Letter.objects.filter(key__startswith=f"procedure:{procedure.public_id}:").count()


def of(model: type, procedure: Procedure, **facts: object) -> Callable[[], Counts]:
    """How many of a kind a procedure has, and what was told of it."""
    return lambda: (model.objects.filter(procedure=procedure, **facts).count(), *told_of(procedure))


def at(procedure: Procedure, page: str) -> str:
    return f"/desk/procedures/{procedure.public_id}/{page}"


def once(procedure: Procedure, number: int, **fields: str) -> dict[str, str]:
    return {"version": str(procedure.version), "once": f"killed{number:06}", **fields}


def a_proposing(counter: Person, author: Correspondent) -> Step:
    proposal = a_proposal(
        author=author,
        address="旭川市",
        representative="見本 太郎",
        contact_phone="0166-00-0000",
        initiatives="講座",
    )

    def counts() -> Counts:
        sent = Procedure.objects.filter(proposal__pk=proposal.pk)
        return sent.count(), Proposal.objects.exclude(sent_at=None).count(), *told_of(sent.first())

    return Step(counter, f"/counter/012041/proposals/{proposal.public_id}/check/", {}, counts)


def a_hearing(desk: Person, author: Correspondent) -> Step:
    procedure = a_procedure(author=author)
    fields = once(procedure, 1, held_on=TODAY.isoformat(), learned="費用は生じない。")
    return Step(desk, at(procedure, "hearing/"), fields, of(Hearing, procedure), letters=False)


def an_inquiry(desk: Person, author: Correspondent, division: Division) -> Step:
    procedure = a_procedure(author=author, stage=Stage.COORDINATION, division=division)
    item = procedure.items.first()
    assert item
    due = (timezone.localdate() + timedelta(14)).isoformat()
    fields = once(
        procedure, 2, text="参加できますか。", items=item.public_id, divisions=division.public_id, due_on=due
    )
    return Step(desk, at(procedure, "inquiries/new/"), fields, of(Inquiry, procedure))


def a_question(counter: Person, author: Correspondent, division: Division) -> Step:
    procedure = a_procedure(author=author, stage=Stage.NEGOTIATION, division=division)
    page = f"/counter/012041/procedures/{procedure.public_id}/questions/"
    return Step(counter, page, {"once": "killed000003", "text": "会場は?"}, of(Question, procedure))


def a_list(desk: Person, author: Correspondent, division: Division, clerk: User) -> Step:
    procedure = a_procedure_to_draft(division=division, author=author)
    planned = InitiativePlan("出前講座を開く", procedure.items.first())
    plan_initiative(procedure, planned, by=clerk, public_id="killed00004i")
    return Step(
        desk,
        at(procedure, "initiatives/write/"),
        once(procedure, 4),
        of(DraftVersion, procedure),
        letters=False,
    )


def an_acceptance(counter: Person, author: Correspondent, division: Division, clerk: User) -> Step:
    procedure = a_drafted_procedure(author=author, division=division)
    one = a_round(procedure, by=clerk, public_id="killed00005r")
    page = f"/counter/012041/procedures/{procedure.public_id}/review/"
    reviewer = one.reviewers.get(correspondent=author)
    fields = {"reviewer": reviewer.public_id, "digests": " ".join(one.digests), "agrees": "on"}
    counts = of(ReviewRound, procedure, outcome=RoundOutcome.AGREED)
    return Step(counter, page, fields, counts, sent_to=f"{page}accept/")


def an_agreed_one(author: Correspondent, division: Division, clerk: User, public_id: str) -> Procedure:
    """In the last step, with everything but the decision."""
    procedure = a_drafted_procedure(author=author, division=division)
    one = a_round(procedure, by=clerk, public_id=public_id)
    accept(one.reviewers.get(), one.digests, by=author, at=AT)
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.SIGNING, form=Form.COMPREHENSIVE)
    procedure.refresh_from_db()
    planned = {
        "signs_on": TODAY, "time": "", "place": "市長応接室", "method": SigningMethod.PAPER_SEAL, "copies": 2,
        "has_ceremony": False, "attendees": "", "programme": "", "press_release": "", "publishes_on": None,
    }  # fmt: skip
    plan_signing(procedure, planned, by=clerk, at=AT)
    confirm_facts(procedure, RegisterFacts(first_day=TODAY), by=clerk)
    keep_signed_copy(procedure, PDF, name="署名済み.pdf", by=clerk)
    CheckLine.objects.filter(procedure=procedure).update(answer="fine")
    return procedure


def a_decision(desk: Person, procedure: Procedure) -> Step:
    fields = once(procedure, 6, reference="旭地活第1号", authority="市長", decided_on=TODAY.isoformat())
    return Step(desk, at(procedure, "signing/approval/"), fields, of(Approval, procedure), letters=False)


def a_conclusion(desk: Person, procedure: Procedure) -> Step:
    def counts() -> Counts:
        agreements = Agreement.objects.filter(pk=Procedure.objects.get(pk=procedure.pk).agreement_id)
        return agreements.count(), Agreement.objects.exclude(number=None).count(), *told_of(procedure)

    return Step(desk, at(procedure, "conclude/"), once(procedure, 7, is_checked="on"), counts)


def play(step: Step, *, cut_off_after: float | None = None) -> None:
    """Cut off first where that is asked; then acknowledged, killed at once, and there exactly once."""
    server, before = step.person.server, step.counts()
    if cut_off_after is not None:
        step.cut_off(cut_off_after)
        server.start()  # what was being committed when it was killed is there or not from here on
        found = step.counts()
    if cut_off_after is None or found == before:
        step.acknowledged()
        server.kill()
        found = step.counts()
        server.start()
    grown = [after > earlier for earlier, after in zip(before, found, strict=True)]
    assert grown == [True] * (len(before) - 1) + [step.letters], (
        step.page,
        before,
        found,
    )
    assert found[0] == before[0] + 1
    assert list(faults()) == []


def test_what_was_acknowledged_is_there_once_after_every_kill(
    server: Server, desk: Person, counter: Person, author: Correspondent, division: Division, clerk: User
) -> None:
    play(a_proposing(counter, author), cut_off_after=0.03)
    play(a_hearing(desk, author))
    play(an_inquiry(desk, author, division))
    play(a_question(counter, author, division))
    play(a_list(desk, author, division, clerk))
    play(an_acceptance(counter, author, division, clerk), cut_off_after=0.02)
    signed = [an_agreed_one(author, division, clerk, f"killed0000{n}r") for n in (60, 70)]
    play(a_decision(desk, signed[0]))
    approve(
        signed[1],
        reference="旭地活第2号",
        authority="市長",
        decided_on=TODAY,
        by=clerk,
        at=AT,
        public_id="killed00007a",
    )
    for procedure, seconds in zip(signed, (0.05, 0.12), strict=True):
        procedure.refresh_from_db()
        play(a_conclusion(desk, procedure), cut_off_after=seconds)
    numbers = Agreement.objects.exclude(number=None).order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert server.kills >= 8
