"""A file comes in through the page, or is refused with a sentence and leaves nothing behind."""

import re
from pathlib import Path

import pytest
from django.test import Client

from renkei.ledger.models import Batch
from renkei.ui import uploads
from tests.desk.ledgers.conftest import LEDGER, upload
from tests.factories import a_municipality, a_user
from tests.ledger.dressed_files import Grid, xlsx

pytestmark = pytest.mark.django_db
PAGE = "/desk/ledgers/"


def kept_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("ledgers/**/*") if path.is_file()]


def test_a_file_is_read_and_its_rows_are_laid_out(clerk):
    answer = clerk.post(PAGE, upload(), follow=True)
    batch = Batch.objects.get()
    assert answer.request["PATH_INFO"] == f"{PAGE}{batch.public_id}/"
    text = answer.content.decode()
    for said in ("見本飲料株式会社", "2016/09/20 (H28.9.20)", "保留", "2件を取り込む"):
        assert said in text


def test_the_list_says_what_to_do_while_it_is_empty_and_names_each_file_after(clerk):
    assert "まだ台帳を取り込んでいません" in clerk.get(PAGE).content.decode()
    clerk.post(PAGE, upload())
    assert "台帳.csv" in clerk.get(PAGE).content.decode()


@pytest.mark.parametrize("content", ["協定名,相手方,締結日\n", "きょうの日記です。\n晴れました。\n"])
def test_a_file_without_any_agreement_is_answered_with_what_to_do(clerk, content):
    shown = clerk.post(PAGE, upload(content.encode()), follow=True).content.decode()
    assert "協定の行が見つかりません" in shown
    assert "別のファイルを選ぶ" in shown
    assert "協定の行が見つかりません" not in clerk.post(PAGE, upload(), follow=True).content.decode()


REFUSED = {
    "nothing chosen": ({}, "ファイルを選んでください。"),
    "an empty file": (upload(b""), "中身のないファイルです。"),
    "a PDF called a workbook": (upload(b"%PDF-1.7 ...", "台帳.xlsx"), "PDFです。"),
    "binary called CSV": (upload(bytes(range(256)) * 40), "文字の入った表ではありません。"),
    "a broken workbook": (upload(xlsx([Grid("一覧", [["協定名"]])])[:2000], "台帳.xlsx"), "壊れているか"),
    "a name without end": (upload(LEDGER, "長" * 230 + ".csv"), "ファイルの名前が長すぎます。"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing(clerk, settings, what):
    files, sentence = REFUSED[what]
    for file in files.values():
        file.seek(0)
    before = kept_files(settings)
    answer = clerk.post(PAGE, files)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r"<title>\s*エラー:", text)
    assert '<a href="#id_file">' in text
    assert f"台帳のファイル: {sentence}" in text, "in the summary"
    assert f'id="id_file_error">{sentence}' in text, "at the field"
    assert not Batch.objects.exists()
    assert kept_files(settings) == before


def test_a_file_over_the_limit_is_refused_before_it_is_read(clerk, monkeypatch):
    monkeypatch.setattr("renkei.desk.ledgers.forms.LARGEST", 20)
    answer = clerk.post(PAGE, upload())
    assert answer.status_code == 422
    assert "50MBを超えるファイル" in answer.content.decode()


def test_of_an_endless_file_only_the_beginning_reaches_the_disk(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    handler = uploads.BoundedFile()
    handler.new_file("file", "big.csv", "text/csv", None)
    for start in range(0, 100_000, 500):
        assert handler.receive_data_chunk(b"x" * 500, start) is None
    file = handler.file_complete(100_000)
    assert file.size == 100_000
    assert Path(file.temporary_file_path()).stat().st_size <= 1500


def test_who_may_only_look_is_told_so_and_refused_when_pressing(reader):
    sentence = "台帳への登録は、総括課か担当課の担当者だけができます。"
    assert sentence in reader.get(PAGE).content.decode()
    answer = reader.post(PAGE, upload())
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_file_belongs_to_the_town_of_the_person(client: Client):
    other = a_municipality("011002")
    client.force_login(a_user(municipality=other, sign_in_name="sapporo"))
    client.post(PAGE, upload())
    assert Batch.objects.get().municipality == other


def test_the_door_takes_files_in_with_that_bound(settings):
    assert settings.FILE_UPLOAD_HANDLERS[-1] == f"{uploads.__name__}.BoundedFile"
