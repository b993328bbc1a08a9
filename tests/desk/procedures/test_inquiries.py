"""The window asks, divisions answer from the link of the mail, and the paper for the decision is there."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import Role, User
from renkei.procedures.models import InquiredDivision, Inquiry, Procedure
from renkei.procedures.services.answering import ItemWords, answer
from renkei.procedures.services.inquiring import ask_further, inquire
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.factories import PASSWORD, a_division, a_municipality, a_user
from tests.procedure_factories import a_procedure

pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure() -> Procedure:
    return a_procedure(stage=Stage.COORDINATION, division=a_division(name="市民協働課"), at=timezone.now())


@pytest.fixture
def asked(procedure) -> InquiredDivision:
    """A division with a clerk that was asked until today."""
    division = a_division(name="健康課", department="保健所")
    clerk = a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="kenko")
    clerk.email = "kenko@town.example"
    clerk.save()
    return asked_of(procedure, division)


def asked_of(procedure, *divisions) -> InquiredDivision:
    at = timezone.now()
    inquiry = inquire(
        procedure, text="参加できますか。", items=list(procedure.items.all()), divisions=divisions,
        due_on=timezone.localdate(at), by=a_user(sign_in_name="window"), at=at, public_id="inquiry00001",
    )  # fmt: skip
    return inquiry.divisions.first()


@pytest.fixture
def window_of(client, asked):
    """A browser's window of the clerk of the division that was asked."""
    client.force_login(User.objects.get(sign_in_name="kenko"))
    return client


def page_of(name: str, *ids: str) -> str:
    return reverse(f"desk:{name}", args=ids)


def words_for(asked: InquiredDivision, *verdicts: str, **more: str) -> dict[str, str]:
    """What the answer's form sends: for each item a verdict."""
    sent = {"person": "見本 花子", "remarks": "", "answered": str(asked.version)}
    for item, verdict in zip(asked.inquiry.items.all(), verdicts, strict=True):
        sent[f"verdict-{item.public_id}"] = verdict
        sent[f"conditions-{item.public_id}"] = more.get("conditions", "")
        sent[f"initiatives-{item.public_id}"] = more.get("initiatives", "")
    return sent


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_window_asks_many_divisions_with_one_form_sent_twice(clerk, procedure):
    divisions = [a_division(name=name, department="総務部") for name in ("総務課", "財政課", "広報課")]
    address = page_of("procedure_inquiry_new", procedure.public_id)
    shown = clerk.get(address)
    assert "総務部" in text_of(shown)
    initial = shown.context["form"].initial
    sent = {"version": procedure.version, "once": shown.context["once"], "text": initial["text"],
            "items": initial["items"], "divisions": [one.public_id for one in divisions[:2]],
            "due_on": "令和9年12月11日"}  # fmt: skip
    assert clerk.post(address, {**sent, "divisions": []}).status_code == 422
    for _time in range(2):
        assert clerk.post(address, sent)["Location"] == page_of("procedure_inquiries", procedure.public_id)
    assert [str(one) for one in Inquiry.objects.get().divisions.all()] == ["総務部 総務課", "総務部 財政課"]
    listed = text_of(clerk.get(page_of("procedure_inquiries", procedure.public_id)))
    assert listed.count("未回答</td>") == 2 and "広報課" not in listed


def test_from_the_mail_a_clerk_signs_in_and_stands_on_the_answer(procedure, asked, settings):
    settings.DESK_ADDRESS = "http://testserver"
    other = a_division(name="防災課")
    a_user(role=Role.RESPONSIBLE, division=other, sign_in_name="bosai")
    User.objects.filter(sign_in_name="bosai").update(email="bosai@town.example")
    ask_further(
        asked.inquiry,
        divisions=[other],
        due_on=asked.due_on,
        by=User.objects.get(sign_in_name="window"),
        at=timezone.now(),
    )
    letter = Letter.objects.get(address="bosai@town.example")
    link = re.search(r"http://testserver(/desk/procedures/answers/\w{12}/)", letter.plain).group(1)
    stranger = Client()
    to_sign_in = stranger.get(link)["Location"]
    signed_in = stranger.post(to_sign_in, {"username": "bosai", "password": PASSWORD, "next": link})
    assert signed_in["Location"] == link
    assert "庁内照会への回答(防災課)" in text_of(stranger.get(link))


def test_an_answer_without_its_reason_keeps_what_was_typed_and_the_second_press_is_an_answer(
    window_of, asked
):
    address = page_of("inquiry_answer", asked.public_id)
    refused = window_of.post(address, words_for(asked, "takes_part", "not", initiatives="出前講座"))
    assert refused.status_code == 422 and "出前講座" in text_of(refused)
    assert "「災害対策に関すること」について、条件か理由を書いてください。" in text_of(refused)
    done = window_of.post(address, words_for(asked, "takes_part", "not", conditions="所管しない"))
    assert done["Location"] == address
    asked.refresh_from_db()
    assert [one.verdict for one in asked.answers.all()] == ["takes_part", "not"]


def test_a_clerk_who_was_slower_is_told_and_sees_both_answers(window_of, asked):
    sent = words_for(asked, "takes_part", "takes_part", initiatives="わたしの案")
    items = list(asked.inquiry.items.all())
    colleague = a_user(role=Role.RESPONSIBLE, division=asked.division, sign_in_name="kenko2")
    theirs = {item: ItemWords("not", "先に書いた理由") for item in items}
    answer(asked, theirs, person="", remarks="", by=colleague, at=timezone.now())
    address = page_of("inquiry_answer", asked.public_id)
    told = window_of.post(address, sent)
    assert told.status_code == 422
    assert (
        "先に保存された回答" in text_of(told)
        and "先に書いた理由" in text_of(told)
        and "わたしの案" in text_of(told)
    )
    again = {**sent, "answered": str(told.context["asked"].version)}
    assert window_of.post(address, again).status_code == 302


def test_more_time_is_asked_for_at_the_division_and_granted_at_the_window(window_of, asked, procedure):
    day = timezone.localdate() + timedelta(days=7)
    sent = {"until": day.isoformat(), "reason": "課内の会議を待つ"}
    assert window_of.post(page_of("inquiry_more_time", asked.public_id), sent).status_code == 302
    coordinator = Client()
    coordinator.force_login(a_user(sign_in_name="sokatsu"))
    address = page_of("inquiry_deadline", asked.public_id)
    assert "課内の会議を待つ" in text_of(coordinator.get(address))
    assert coordinator.post(address, {"decision": "other", "words": ""}).status_code == 422
    assert coordinator.post(address, {"decision": "grant", "words": ""}).status_code == 302
    asked.refresh_from_db()
    assert asked.due_on == day


def test_the_window_closes_with_the_proposed_summary_and_the_paper_holds_everything(clerk, asked, procedure):
    items = list(procedure.items.all())
    said = {
        items[0]: ItemWords("takes_part", "", "出前講座"),
        items[1]: ItemWords("under_conditions", "予算の範囲内"),
    }
    answer(asked, said, person="", remarks="", by=a_user(sign_in_name="b"), at=timezone.now())
    address = page_of("inquiry_close", procedure.public_id, asked.inquiry.public_id)
    shown = clerk.get(address)
    form = shown.context["form"]
    sent = {"version": shown.context["procedure"].version, "seen": shown.context["seen"],
            "summary": form.initial["summary"], "chosen": form.fields["chosen"].initial,
            f"division-{items[0].public_id}": asked.division.public_id}  # fmt: skip
    assert clerk.post(address, {**sent, "seen": "0"}).status_code == 422
    assert clerk.post(address, sent).status_code == 302
    assert procedure.planned_initiatives.get().title == "出前講座"
    paper = text_of(clerk.get(page_of("procedure_decision_paper", procedure.public_id)))
    for words in (
        "市民の健康を守る。",
        "予算の範囲内",
        "条件付きで参加する: 保健所 健康課",
        "出前講座",
        "公平性",
    ):
        assert words in paper
    assert "日時と場所を両者で決めた" not in paper
    again = page_of("inquiry_reopen", procedure.public_id, asked.inquiry.public_id)
    assert clerk.post(again, {"due_on": "令和9年12月11日", "reason": "課が増えた"}).status_code == 302
    assert "前に締め切ったときの取りまとめ" in text_of(clerk.get(address))


def test_the_sheet_of_answers_holds_text_only(clerk, asked, procedure):
    said = {item: ItemWords("not", "=1+1") for item in procedure.items.all()}
    answer(asked, said, person="", remarks="", by=a_user(sign_in_name="b"), at=timezone.now())
    given = clerk.get(page_of("procedure_matrix_xlsx", procedure.public_id))
    book = openpyxl.load_workbook(BytesIO(b"".join(given)))
    assert book.sheetnames == ["一覧表", "回答"]
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None} == {
        "s"
    }
    assert book["回答"]["D2"].value == "=1+1" and book["一覧表"]["C2"].value == "× 参加しない\n=1+1"


def test_the_matrix_reads_without_colour_and_names_the_silent(clerk, asked, procedure):
    shown = text_of(clerk.get(page_of("procedure_matrix", procedure.public_id)))
    assert "まだ回答がない課: 保健所 健康課" in shown and "未回答 1" in shown
    assert '<td data-label="保健所 健康課">' in shown


def test_a_problem_wants_its_words_and_stands_in_red_words_in_the_paper(clerk, procedure):
    address = page_of("procedure_checks", procedure.public_id)
    line = procedure.checks.filter(stage=Stage.COORDINATION).first()
    sent = {"version": procedure.version, f"answer-{line.pk}": "problem", f"note-{line.pk}": ""}
    assert "「公平性」は、何が問題かを書いてください。" in text_of(clerk.post(address, sent))
    assert clerk.post(address, {**sent, f"note-{line.pk}": "他社も望んでいる"}).status_code == 302
    paper = text_of(clerk.get(page_of("procedure_decision_paper", procedure.public_id)))
    assert '<span class="error">問題がある</span><br>他社も望んでいる' in paper


def test_another_town_s_inquiry_is_not_there_and_another_procedure_s_neither(clerk, asked, procedure):
    theirs = a_procedure(stage=Stage.COORDINATION, author=procedure.proposal.author)
    mixed = page_of("inquiry_close", theirs.public_id, asked.inquiry.public_id)
    assert clerk.get(mixed).status_code == 404
    stranger = Client()
    stranger.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    assert stranger.get(page_of("inquiry_answer", asked.public_id)).status_code == 404
