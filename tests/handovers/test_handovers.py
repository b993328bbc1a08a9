"""What is handed over, the one act of handing over, and the successor's answer."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from docx import Document
from docx.oxml.ns import qn

from renkei.accounts.models import Role
from renkei.agreements.models import Agreement, Party
from renkei.agreements.services import publish
from renkei.audit.models import Entry
from renkei.handovers.holding import Holding
from renkei.handovers.models import Handover, HandoverState, waiting_handovers
from renkei.handovers.permissions import why_not_give, why_not_receive
from renkei.handovers.services import (
    HandoverRefused,
    accept,
    hand_over,
    prepare,
    send_back,
    withdraw_handover,
    write_notes,
)
from renkei.handovers.word import word_file
from renkei.municipalities.models import DivisionSuccession
from renkei.procedures.vocabulary import Stage
from tests.desk.agreements.test_page import YEARLY
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import a_correspondent, a_procedure

pytestmark = pytest.mark.django_db

APRIL, MARCH = date(2027, 4, 1), date(2027, 3, 31)
AT = datetime(2027, 4, 2, 1, tzinfo=UTC)


@pytest.fixture
def division():
    return a_division(department="防災部", name="防災課")


@pytest.fixture
def giver(division):
    return a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="giver")


@pytest.fixture
def receiver(division):
    return a_user(role=Role.READER, division=division, sign_in_name="receiver")


@pytest.fixture
def handover(giver, receiver):
    return prepare(giver=giver, receiver=receiver, on=APRIL, actor=giver)


def titles(handover) -> list[str]:
    return [one.title for one in Holding(handover).agreements]


def told() -> list[str]:
    return [entry.sentence for entry in Entry.objects.order_by("pk")]


def test_a_person_holds_what_goes_on_in_his_divisions(division, handover):
    elsewhere, old = a_division(name="別の課"), a_division(name="旧課", closed_on=date(2010, 3, 31))
    DivisionSuccession.objects.create(predecessor=old, successor=division, on=date(2010, 4, 1))
    an_agreement(title="続く", division=division)
    an_agreement(title="引き継いだ", division=old, signed="2005-04-01")
    an_agreement(title="前日に終わる", division=division, starts="2020-04-01", ends="2027-03-31")
    an_agreement(title="その日に終わる", division=division, starts="2020-04-01", ends="2027-04-01")
    an_agreement(title="これから始まる", division=division, starts="2027-10-01", ends="2028-03-31")
    an_agreement(title="よその協定", division=elsewhere)
    assert sorted(titles(handover)) == sorted(["続く", "引き継いだ", "その日に終わる", "これから始まる"])


def test_deadlines_of_the_successors_first_year_and_what_is_undecided(division, handover):
    an_agreement(title="毎年", division=division, starts="2026-06-01", ends="2027-05-31", renewal=YEARLY)
    an_agreement(title="終わる", division=division, starts="2020-04-01", ends="2028-03-31")
    an_agreement(title="遠い", division=division, starts="2020-04-01", ends="2028-04-01")
    holding = Holding(handover)
    assert [(one.agreement.title, one.on) for one in holding.deadlines] == [
        ("毎年", date(2027, 4, 30)),
        ("終わる", date(2028, 3, 31)),
    ]
    assert len(holding.undecided) == 2
    rows = {row.agreement.title: row for row in holding.rows(holding.agreements.with_everything())}
    assert rows["毎年"].next_due.on == date(2027, 4, 30)
    assert rows["遠い"].next_due is None


def test_contacts_and_recent_changes_are_those_that_are_known(division, handover):
    agreement = an_agreement(division=division)
    Party.objects.filter(agreement=agreement, organisation__isnull=False).update(unit="旭川支店")
    publish(agreement, actor=None)
    holding = Holding(handover)
    assert holding.rows(holding.agreements.with_everything())[0].contacts == ["株式会社見本: 旭川支店"]
    on = Entry.objects.latest("pk").at.date()
    Handover.objects.update(on=on + timedelta(days=60))
    soon = Holding(Handover.objects.get())
    assert len(soon.changes) == 2
    assert "を公開しました" in text_of(word_file(soon, on))
    Handover.objects.update(on=on + timedelta(days=120))
    assert Holding(Handover.objects.get()).changes == []


def test_who_holds_nothing_has_nothing_to_hand_over(giver):
    reader = a_user(role=Role.READER, sign_in_name="reader")
    with pytest.raises(HandoverRefused, match="引き継ぐものがありません"):
        prepare(giver=reader, receiver=giver, on=APRIL, actor=reader)
    with pytest.raises(HandoverRefused, match="渡す側と受け取る側が同じ"):
        prepare(giver=giver, receiver=giver, on=APRIL, actor=giver)
    with pytest.raises(HandoverRefused, match="どちらか一つ"):
        prepare(giver=giver, on=APRIL, actor=giver)
    assert not Handover.objects.exists()


def test_the_database_takes_no_handover_to_nobody(giver):
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(municipality=giver.municipality, giver=giver, on=APRIL)


def test_from_preparing_to_accepting_each_step_is_told(division, handover, giver, receiver):
    agreement = an_agreement(division=division)
    write_notes(handover, notes={agreement.public_id: " 協議中です "}, message="よろしく", actor=giver)
    hand_over(handover, actor=giver, day=MARCH)
    assert handover.is_waiting and handover.document.name == "引継書 見本 花子 → 見本 花子.docx"
    accept(handover, actor=receiver, at=AT)
    assert Handover.objects.get().state == HandoverState.ACCEPTED
    about = [entry.sentence for entry in Entry.objects.filter(event__startswith="handover.").order_by("pk")]
    assert [sentence.partition("」")[2] for sentence in about] == [
        "(令和9年4月1日から)を準備しました", "のメモを書きました", "(協定1件)を渡しました", "を受け取りました",
    ]  # fmt: skip
    noted = Entry.objects.get(event="handover.noted")
    assert noted.changes["handovers.handover.notes"] == [0, 1] and "協議中" not in str(noted.changes)


def test_what_is_sent_back_can_be_written_and_handed_over_again(handover, giver, receiver):
    hand_over(handover, actor=giver, day=MARCH)
    with pytest.raises(HandoverRefused, match="差し戻されると"):
        write_notes(handover, notes={}, message="あと一つ", actor=giver)
    with pytest.raises(HandoverRefused, match="理由を入れて"):
        send_back(handover, reason=" ", actor=receiver, at=AT)
    send_back(handover, reason="経過が足りません", actor=receiver, at=AT)
    assert "差し戻しました(経過が足りません)" in told()[-1]
    write_notes(handover, notes={}, message="経過を足しました", actor=giver)
    hand_over(handover, actor=giver, day=APRIL)
    accept(handover, actor=receiver, at=AT)
    with pytest.raises(HandoverRefused, match="取りやめられません"):
        withdraw_handover(handover, actor=giver)


def test_nobody_answers_what_is_not_handed_over_and_of_two_answers_one_counts(handover, giver, receiver):
    with pytest.raises(HandoverRefused, match="受取り待ちではありません"):
        accept(handover, actor=receiver, at=AT)
    hand_over(handover, actor=giver, day=MARCH)
    seen = Handover.objects.get()
    accept(handover, actor=receiver, at=AT)
    with pytest.raises(HandoverRefused, match="ほかの人が先に"):
        send_back(seen, reason="遅れて", actor=receiver, at=AT)


def test_the_paper_stays_as_it_was_handed_over(division, handover, giver):
    an_agreement(title="渡したときの名前", division=division)
    hand_over(handover, actor=giver, day=MARCH)
    Agreement.objects.update(title="後の名前")
    with handover.document.content.open("rb") as file:
        assert "渡したときの名前" in text_of(file.read())


def test_after_seven_days_without_an_answer_it_is_waiting(handover, giver, receiver):
    hand_over(handover, actor=giver, day=MARCH)
    assert not waiting_handovers(MARCH + timedelta(days=6)).exists()
    assert list(waiting_handovers(MARCH + timedelta(days=7))) == [handover]
    accept(handover, actor=receiver, at=AT)
    assert not waiting_handovers(MARCH + timedelta(days=7)).exists()


def test_a_division_hands_over_to_the_clerks_of_another(division, giver, receiver):
    successor = a_division(name="危機課", opened_on=APRIL)
    clerk = a_user(role=Role.RESPONSIBLE, division=successor, sign_in_name="clerk")
    handover = prepare(giver=giver, division=division, receiving_division=successor, on=APRIL, actor=giver)
    assert why_not_receive(clerk, handover, day=MARCH) is None
    assert why_not_receive(receiver, handover, day=MARCH)
    assert why_not_give(giver, handover, day=MARCH) is None
    assert why_not_give(clerk, handover, day=MARCH)


def test_only_the_named_receiver_accepts_and_only_giver_receiver_and_coordinator_see_it(
    division, handover, giver, receiver
):
    neighbour = a_user(role=Role.RESPONSIBLE, division=a_division(name="隣"), sign_in_name="neighbour")
    coordinator = a_user(sign_in_name="coordinator")
    seeing = [giver, receiver, coordinator]
    for person in (giver, receiver, coordinator, neighbour):
        seen = Handover.objects.of(a_municipality()).seen_by(person, day=MARCH)
        assert seen.exists() is (person in seeing)
    assert [why_not_receive(person, handover, day=MARCH) is None for person in seeing] == [False, True, False]
    assert [why_not_give(person, handover, day=MARCH) is None for person in seeing] == [True, False, True]


def text_of(content: bytes) -> str:
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_word_file_says_everything_on_a4_with_named_fonts_and_repeated_headers(division, handover, giver):
    agreement = an_agreement(
        title="毎年の協定",
        division=division,
        starts="2026-06-01",
        ends="2027-05-31",
        renewal=YEARLY,
        notes="担当は二階",
    )
    write_notes(handover, notes={agreement.public_id: "四月に\n\x07協議"}, message="鍵は金庫", actor=giver)
    content = word_file(Holding(handover), MARCH)
    text = text_of(content)
    for words in (
        "毎年の協定",
        "株式会社見本",
        "R9.4.30 通知の期限",
        "担当は二階",
        "四月に\n協議",
        "鍵は金庫",
    ):
        assert words in text, words
    paper = Document(BytesIO(content))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert paper.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "游明朝"
    assert "PAGE" in section.footer._element.xml
    tables = [table for table in paper.tables if len(table.columns) == 3]
    assert tables and all(table.rows[0]._tr.trPr.findall(qn("w:tblHeader")) for table in tables)
    assert {p.style.name for p in paper.paragraphs} >= {"Title", "Heading 1", "Heading 2"}


def test_procedures_under_way_are_handed_over_with_what_comes_next(division, handover, giver, client):
    mine = a_procedure(stage=Stage.COORDINATION, division=division)
    others = a_correspondent(email="others@example.com")
    a_procedure(stage=Stage.COORDINATION, division=a_division(name="環境課"), author=others)
    (held,) = Holding(handover).procedures
    assert (held.procedure, held.next.what) == (mine, "関係する課に照会してください。")
    paper = Document(BytesIO(word_file(Holding(handover), MARCH)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert any("関係する課に照会してください。" in text for text in cells)
    client.force_login(giver)
    shown = client.get(f"/desk/handovers/{handover.public_id}/").content.decode()
    assert mine.title in shown
