"""What was read is shown row by row, narrowed, put right in place, and read again with other columns."""

import json

import pytest
from django.urls import reverse

from renkei.ledger.models import Outcome, Row, Shape
from renkei.ledger.services import commit
from tests.desk.ledgers.conftest import LEDGER, WITHOUT_TITLES, brought

pytestmark = pytest.mark.django_db


def at(batch, name="ledger", *more):
    return reverse(f"desk:{name}", args=[batch.public_id, *more])


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def waiting(batch) -> Row:
    return batch.rows.get(outcome=Outcome.WAITING)


def test_each_row_shows_its_original_cells_under_their_headers_and_why_it_waits(clerk, batch):
    shown = text(clerk, at(batch) + "?show=waiting")
    assert "<dt>協定名</dt><dd>高齢者等の見守り活動に関する協定</dd>" in shown
    assert "<dt>締結日</dt><dd>令和2年4月</dd>" in shown
    assert waiting(batch).reason in shown
    assert "見本飲料株式会社" not in shown


@pytest.mark.parametrize(
    ("shown", "count"),
    [("agreement", 2), ("waiting", 1), ("undated", 1), ("note", 1), ("heading", 1), ("blank", 0), ("nonsense", 5)],
)  # fmt: skip
def test_the_rows_can_be_narrowed(clerk, batch, shown, count):
    assert text(clerk, f"{at(batch)}?show={shown}").count('<tr id="row-') == count


def test_a_filter_without_rows_says_so_and_leads_back(clerk, batch):
    shown = text(clerk, at(batch) + "?show=already")
    assert "この条件に当てはまる行はありません。" in shown
    assert "すべての行を見る" in shown


def test_a_page_that_is_not_there_shows_the_nearest(clerk, batch):
    assert "見本飲料株式会社" in text(clerk, at(batch) + "?page=99")
    assert "見本飲料株式会社" in text(clerk, at(batch) + "?page=いち")


def test_a_row_is_put_right_in_place_and_the_person_stays_where_they_were(clerk, batch):
    row = waiting(batch)
    sent = {"title": row.title, "partners": "見本新聞店\n見本乳業株式会社", "signed": "Ｒ２．４．１"}
    answer = clerk.post(at(batch, "ledger_row", row.position) + "?show=waiting&page=1", sent)
    assert answer["Location"] == at(batch) + "?show=waiting&page=1#rows"
    row.refresh_from_db()
    assert (row.outcome, row.partners, row.signed_as) == (
        "agreement",
        ["見本新聞店", "見本乳業株式会社"],
        "2020-04-01",
    )
    shown = text(clerk, at(batch))
    assert "3行目を直しました。協定として取り込みます。" in shown
    assert "人が直した" in shown


def test_a_day_that_cannot_be_read_is_answered_with_all_that_was_typed(clerk, batch):
    row = waiting(batch)
    sent = {"title": "直した協定名", "partners": "直した相手方", "signed": "春のいつか"}
    answer = clerk.post(at(batch, "ledger_row", row.position), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    for typed in sent.values():
        assert typed in shown
    assert 'aria-invalid="true"' in shown
    assert '<a href="#id_signed">' in shown
    row.refresh_from_db()
    assert row.outcome == Outcome.WAITING


def test_a_row_that_still_lacks_something_goes_on_waiting_and_says_what(clerk, batch):
    row = waiting(batch)
    answer = clerk.post(
        at(batch, "ledger_row", row.position), {"title": "", "partners": "見本", "signed": ""}, follow=True
    )
    assert "まだ保留です。協定名と相手方の両方を入れてください。" in answer.content.decode()


def test_one_title_is_given_to_all_rows_that_lack_only_that(clerk):
    batch = brought(WITHOUT_TITLES)
    assert batch.rows.filter(outcome=Outcome.WAITING).count() == 3
    assert "保留の行に付ける協定名" in text(clerk, at(batch) + "?show=waiting")
    answer = clerk.post(at(batch, "ledger_title"), {"title": "高齢者等の見守り活動に関する協定"}, follow=True)
    assert "3行に協定名を付けました。" in answer.content.decode()
    assert set(batch.rows.filter(outcome=Outcome.AGREEMENT).values_list("title", flat=True)) == {
        "高齢者等の見守り活動に関する協定"
    }


def test_an_empty_title_for_all_is_refused_where_it_was_asked(clerk):
    batch = brought(WITHOUT_TITLES)
    answer = clerk.post(at(batch, "ledger_title") + "?show=waiting", {"title": " "})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count("協定名を入れてください。例:") == 2
    assert '<a href="#id_title">' in shown


def test_each_column_shows_what_it_means_how_sure_and_why_with_samples(clerk, batch):
    shown = text(clerk, at(batch, "ledger_columns"))
    for said in (
        "見本飲料株式会社",
        "確かさ",
        "%</td>",
        "見出しが「相手方」です。",
        '<option value="partners" selected>',
    ):
        assert said in shown


def test_columns_read_in_another_way_are_read_again_and_remembered(clerk, batch):
    chosen = {f"column_{column['index']}": column["meaning"] for column in batch.columns}
    chosen["column_2"] = "ignored"
    answer = clerk.post(at(batch, "ledger_columns"), chosen, follow=True)
    assert "列の読み方を変え、読み直しました。" in answer.content.decode()
    assert not batch.rows.exclude(signed_as="").exists()
    assert Shape.objects.get().municipality == batch.municipality
    again = brought(LEDGER)
    assert not again.rows.exclude(signed_as="").exists()


def test_the_columns_of_what_is_in_the_register_stay(clerk, batch):
    commit(batch, actor=None)
    chosen = {f"column_{column['index']}": column["meaning"] for column in batch.columns}
    answer = clerk.post(at(batch, "ledger_columns"), chosen)
    assert answer.status_code == 422
    assert "取込みが済んだ台帳の列は変えられません。" in answer.content.decode()
    assert batch.rows.filter(agreement__isnull=False).count() == 2


def test_a_meaning_that_does_not_exist_is_an_error_at_its_column(clerk, batch):
    answer = clerk.post(at(batch, "ledger_columns"), {"column_0": "nonsense"})
    assert answer.status_code == 422
    assert '<a href="#id_column_0">' in answer.content.decode()


def test_what_is_registered_already_is_said_and_linked(clerk, batch):
    commit(batch, actor=None)
    again = brought(LEDGER)
    shown = text(clerk, at(again) + "?show=already")
    assert shown.count("同じ協定が登録されています:") == 2
    agreement = batch.rows.filter(agreement__isnull=False).first().agreement
    assert reverse("desk:agreement", args=[agreement.public_id]) in shown


def test_the_report_is_a_file_that_accounts_for_every_row(clerk, batch):
    answer = clerk.get(at(batch, "ledger_report"))
    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert told["rows"] == 5
    assert [told[name] for name in ("agreements", "waiting", "headings", "notes", "blank")] == [2, 1, 1, 1, 0]
    assert sorted(row for item in told["items"] for row in item.get("rows", [item["row"]])) == [1, 2, 3, 4, 5]


def test_what_a_cell_says_is_never_markup(clerk):
    batch = brought("協定名,相手方\n<script>alert(1)</script>協定,<b>見本</b>社\n".encode())
    shown = text(clerk, at(batch))
    assert "<script>alert" not in shown
    assert "<b>見本" not in shown


def test_what_the_reader_remarked_stands_beside_the_row(clerk):
    batch = brought(
        "協定名,相手方,締結日\n水の協定,見本社,H8.10.23 (改正)\n塩の協定,見本社,春のいつか\n".encode()
    )
    remarks = [remark for row in batch.rows.all() for remark in row.facts.get("remarks", [])]
    shown = text(clerk, at(batch))
    assert len(remarks) >= 2
    assert all(remark in shown for remark in remarks)
