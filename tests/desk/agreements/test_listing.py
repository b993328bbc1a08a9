"""The list: what is found, narrowed, ordered, shown and refused."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from renkei.agreements.vocabulary import Form
from renkei.partners.services import rename
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db
LIST = "/desk/agreements/"


def page(client, query=""):
    answer = client.get(f"{LIST}{query}")
    return answer.content.decode()


def titles(text: str) -> list[str]:
    """The titles of the rows, in order, without the marks."""
    return [re.sub("<.*?>", "", found) for found in re.findall(r"<h3>(.*?)</h3>", text)]


def test_every_agreement_of_the_town_is_listed_newest_first(clerk):
    an_agreement(title="古い協定", signed="2001-04-01")
    an_agreement(title="新しい協定", signed="2024-04-01")
    assert titles(page(clerk)) == ["新しい協定", "古い協定"]


def test_the_other_town_is_not_there(clerk):
    an_agreement(title="よその協定", municipality=a_municipality("011002"))
    assert "よその協定" not in page(clerk)


@pytest.mark.parametrize("word", ["防災", "災", "ﾎﾞｳｻｲ"])
def test_a_hit_is_marked(clerk, word):
    an_agreement(title="防災の啓発とボウサイ訓練に関する協定")
    assert "<mark>" in page(clerk, f"?q={word}")


def test_a_hit_in_purpose_items_and_notes_is_shown_as_a_line(clerk):
    an_agreement(purpose="熱中症を防ぐ。", items=("飲料水の備蓄に関すること",), notes="担当者は交代した。")
    assert "目的" in page(clerk, "?q=熱中症")
    assert "<mark>備蓄</mark>" in page(clerk, "?q=備蓄")
    assert "庁内メモ" in page(clerk, "?q=交代")


def test_a_hit_in_a_former_name_says_which(clerk):
    agreement = an_agreement(partners=("旧社名商事株式会社",))
    partner = agreement.partners[0].organisation
    rename(partner, name="新社名株式会社", from_day=agreement.signed_on, actor=None)
    rename(partner, name="いまの社名株式会社", from_day=agreement.signed_on.replace(year=2025), actor=None)
    shown = page(clerk, "?q=新社名")
    assert "旧名称" in shown
    assert "<mark>新社名</mark>" in shown


def test_a_long_note_is_shown_around_the_hit(clerk):
    an_agreement(notes="あ" * 500 + "目印" + "い" * 500)
    shown = page(clerk, "?q=目印")
    assert f"…{'あ' * 50}<mark>目印</mark>{'い' * 50}…" in shown


def test_the_total_is_said_in_words_and_the_rest_is_on_the_next_page(clerk):
    for number in range(21):
        an_agreement(title=f"協定{number:02}")
    shown = page(clerk)
    assert "21件の協定" in shown
    assert "1〜20件目" in shown
    assert len(titles(page(clerk, "?page=2"))) == 1


def test_a_facet_narrows_and_is_taken_off_again(clerk):
    an_agreement(title="広い協定", form=Form.COMPREHENSIVE)
    an_agreement(title="狭い協定")
    narrowed = page(clerk, "?form=comprehensive")
    assert titles(narrowed) == ["広い協定"]
    chosen = re.search(r'class="chosen".*?href="([^"]*)"', narrowed, re.DOTALL)[1]
    assert parse_qs(urlsplit(chosen).query) == {}
    assert "協定形態: 包括連携協定" in narrowed


def test_a_field_has_two_levels(clerk):
    an_agreement(title="袋の協定", fields=("environment.bags",))
    an_agreement(title="水質の協定", fields=("environment.pollution",))
    an_agreement(title="健診の協定", fields=("health.promotion",))
    assert titles(page(clerk, "?field=environment&order=kana")) == ["水質の協定", "袋の協定"]
    assert titles(page(clerk, "?field=environment.bags")) == ["袋の協定"]


def test_a_long_facet_shows_the_most_frequent_and_the_rest_on_demand(clerk):
    for year in range(2001, 2013):
        an_agreement(signed=f"{year}-04-01")
    assert "2002年" not in page(clerk)
    assert "締結年をあと2見る" in page(clerk)
    assert "2002年" in page(clerk, "?more=year")


def test_two_values_of_a_facet_widen_two_facets_narrow(clerk):
    division = a_division()
    an_agreement(title="一", form=Form.COMPREHENSIVE, division=division)
    an_agreement(title="二", form=Form.INDIVIDUAL)
    an_agreement(title="三", form=Form.SCHEME)
    assert len(titles(page(clerk, "?form=comprehensive&form=individual"))) == 2
    assert titles(page(clerk, f"?form=comprehensive&form=individual&division={division.pk}")) == ["一"]


@pytest.mark.parametrize("day", ["R7.3.31", "令和７年３月３１日", "2025/3/31", "20250331"])
def test_the_state_is_that_of_the_asked_day_in_any_spelling(clerk, day):
    an_agreement(title="一年の協定", starts="2024-04-01", ends="2025-03-31")
    assert titles(page(clerk, f"?state=in_force&on={day}")) == ["一年の協定"]
    assert titles(page(clerk, "?state=in_force&on=2025-04-01")) == []


def test_signed_since_a_day(clerk):
    an_agreement(title="前の協定", signed="2023-06-01")
    an_agreement(title="後の協定", signed="2023-06-02")
    assert titles(page(clerk, "?since=2023-06-02&on=2024-06-01")) == ["後の協定"]


def test_best_order_puts_hits_in_the_title_first(clerk):
    an_agreement(title="見守りの協定", signed="2001-04-01")
    an_agreement(title="ほかの協定", purpose="見守りを助ける。", signed="2024-04-01")
    assert titles(page(clerk, "?q=見守り")) == ["ほかの協定", "見守りの協定"]
    assert titles(page(clerk, "?q=見守り&order=best")) == ["見守りの協定", "ほかの協定"]


@pytest.mark.parametrize(
    "query, sentence",
    [("?on=きのう", "日として読めません"), ("?since=9999", "日まで"), (f"?q={'水' * 101}", "文字までです")],
    ids=["day", "since", "words"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(clerk, query, sentence):
    answer = clerk.get(f"{LIST}{query}")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "<title>エラー:" in text
    assert 'aria-invalid="true"' in text


def test_what_was_typed_stays_in_the_box(clerk):
    assert 'value="きのう"' in page(clerk, "?q=水&on=きのう")


def test_an_empty_register_offers_the_import(clerk):
    assert "最初の台帳を取り込む" in page(clerk)


def test_no_hit_offers_to_take_the_filters_off(clerk):
    an_agreement()
    shown = page(clerk, "?q=ありえない&form=comprehensive")
    assert "条件を外す" in shown
    assert 'href="?q=%E3%81%82%E3%82%8A%E3%81%88%E3%81%AA%E3%81%84"' in shown


@pytest.mark.parametrize(
    "query",
    [
        "?form=<script>", "?division=999999999999999999999", "?division=１", "?year=9999", "?year=0000", "?page=-1",
        f"?page={'9' * 40}", "?field=%00", "?kind=" + "x" * 5000, "?municipality=999999", "?state=gone", "?order=%00",
        "?q=%00", "?q=" + "%F0%A0%AE%B7", "?" + "&".join(f"form={n}" for n in range(900)),
    ],
)  # fmt: skip
def test_a_hostile_address_is_harmless(clerk, query):
    an_agreement()
    answer = clerk.get(f"{LIST}{query}")
    assert answer.status_code in (200, 422)
    assert b"<script>" not in answer.content.replace(b"<script src=", b"")


def test_the_name_of_another_towns_division_is_not_told(clerk):
    theirs = a_division(municipality=a_municipality("011002"), name="よその課")
    assert "よその課" not in page(clerk, f"?division={theirs.pk}")
