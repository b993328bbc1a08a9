"""Transfers at the desk: a sheet comes in by file or by pasting, is looked at, mended, decided and taken back."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from renkei.accounts.models import Role, User
from renkei.people.models import Transfer, TransferState
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db

HEAD = ["氏名", "異動前の課", "異動後の課", "発令日"]
ROWS = [["見本　環", "環境課", "福祉課", "令和9年4月1日"], ["見本 謎", "環境課", "福祉課", ""]]


@pytest.fixture
def chief(client: Client) -> Client:
    """The window of the town's administrator; a clerk and two divisions are there."""
    client.force_login(a_user(role=Role.ADMINISTRATOR, sign_in_name="kanri"))
    old = a_division(name="環境課")
    a_division(name="福祉課")
    clerk = a_user(role=Role.RESPONSIBLE, division=old, sign_in_name="kankyo")
    User.objects.filter(pk=clerk.pk).update(name="見本 環")
    an_agreement(division=old, starts="2020-04-01")
    return client


def book(rows, title="異動") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "表紙"
    made.active.append(["令和9年4月1日付け"])
    sheet = made.create_sheet(title)
    for row in [HEAD, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def table(rows) -> str:
    return "\n".join("\t".join(row) for row in [HEAD, *rows])


FORMS = {
    "workbook": lambda: {"file": SimpleUploadedFile("異動.xlsx", book(ROWS))},
    "csv": lambda: {"file": SimpleUploadedFile("異動.csv", table(ROWS).replace("\t", ",").encode("cp932"))},
    "pasted": lambda: {"text": table(ROWS)},
}


def bring(client, **typed):
    return client.post(reverse("desk:transfers"), {"starts_on": "R9.4.1", **typed}, follow=True)


def press(client, name, **typed) -> str:
    address = reverse(f"desk:{name}", args=[Transfer.objects.get().public_id])
    return client.post(address, typed, follow=True).content.decode()


def seen(client) -> str:
    answer = client.get(reverse("desk:transfer", args=[Transfer.objects.get().public_id]))
    return answer.context["seen"]


@pytest.mark.parametrize("typed", FORMS.values(), ids=FORMS)
def test_a_sheet_is_read_and_shown_row_by_row(chief, typed):
    page = bring(chief, **typed()).content.decode()
    assert "1人の異動を決める(要確認の1行を除く)" in page
    assert "「見本 謎」という職員は登録されていません。" in page
    assert "有効な協定 1件" in page
    assert "協定を変更する(編集・訂正・更新・終了・公開など)" in page
    assert Transfer.objects.get().state == TransferState.READ


def test_the_rows_are_mended_as_text_and_decided(chief):
    bring(chief, text=table(ROWS))
    page = press(chief, "transfer_mend", starts_on="2027-04-01", text=table(ROWS[:1]))
    assert "1人の異動を決める" in page
    assert "要確認" not in page
    page = press(chief, "transfer_decide", seen=seen(chief))
    assert "1人の異動を決めました。" in page
    clerk = User.objects.get(sign_in_name="kankyo")
    assert [one.words for one in clerk.assignments.order_by("starts_on")] == [
        "担当課の担当者(環境課)", "担当課の担当者(福祉課)",
    ]  # fmt: skip
    assert "役割は決める前に戻りました" in press(chief, "transfer_undo")
    assert clerk.assignments.get().ends_on is None


def test_what_was_changed_since_is_looked_at_again(chief):
    bring(chief, text=table(ROWS))
    assert "確かめた後に、職員か課の登録が変わりました" in press(chief, "transfer_decide", seen="old")
    assert Transfer.objects.get().state == TransferState.READ


def test_what_is_decided_is_no_longer_mended(chief):
    bring(chief, text=table(ROWS))
    press(chief, "transfer_decide", seen=seen(chief))
    page = press(chief, "transfer_mend", starts_on="2027-04-01", text=table(ROWS[:1]))
    assert "すでに決められています" in page


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({}, "ファイルを選ぶか、下の欄に表を貼り付けてください。"),
        ({"text": "協定名\t相手方\nあ\tい"}, "見出しの行が見つかりません"),
        ({"text": table(ROWS), "starts_on": "4月"}, "4月"),
        ({"text": '氏名\t異動後の課\n"見本\t環境課'}, "登録されていません|引用符"),
    ],
)
def test_a_sheet_that_cannot_be_read_says_what_to_do_and_keeps_what_was_typed(chief, typed, sentence):
    import re

    answer = bring(chief, **typed)
    page = answer.content.decode()
    assert re.search(sentence, page)
    if answer.status_code == 422:
        assert typed.get("text", "")[:3] in page
        assert not Transfer.objects.exists()


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"PK\x03\x04 broken"], ids=["pdf", "broken"])
def test_a_file_that_is_no_sheet_is_refused(chief, content):
    answer = bring(chief, file=SimpleUploadedFile("異動.xlsx", content))
    assert answer.status_code == 422
    assert not Transfer.objects.exists()


def test_only_administrators_bring_decide_and_undo(chief, client):
    bring(chief, text=table(ROWS))
    client.force_login(a_user(sign_in_name="sokatsu"))
    assert client.post(reverse("desk:transfers"), {"text": table(ROWS)}).status_code == 403
    public_id = Transfer.objects.get().public_id
    for name in ("transfer_decide", "transfer_undo", "transfer_mend"):
        assert client.post(reverse(f"desk:{name}", args=[public_id]), {"seen": "x"}).status_code == 403
    client.force_login(
        a_user(role=Role.ADMINISTRATOR, municipality=a_municipality("011002"), sign_in_name="yoso")
    )
    for name in ("transfer_decide", "transfer_undo", "transfer_mend"):
        assert client.post(reverse(f"desk:{name}", args=[public_id])).status_code == 404
