"""The yearly book and the council paper: each result once, agreements as they stood on the day, figures that agree."""

from datetime import date

import pytest

from renkei.agreements.models import Agreement
from renkei.agreements.services import amend
from renkei.agreements.services.amend import Amended
from renkei.documents.publications.content import Numbers, Picture, Table
from renkei.initiatives.models import ResultPaper
from renkei.reports.papers.council import council_paper
from renkei.reports.papers.yearly_book import yearly_book
from tests.factories import a_division, a_municipality, an_agreement
from tests.reports.a_year_of_work import DAY, YEAR, a_year_of_work
from tests.reports.papers.test_slides_and_sheets import told
from tests.work_factories import a_result, an_evaluation, an_initiative
from tests.work_town import a_pictured_result

pytestmark = pytest.mark.django_db
WHAT = "講座を3回開き、120人が受講した。"


def part_of(publication, heading):
    """The part of a paper whose heading begins so."""
    return next(part for part in publication.parts if part.heading.startswith(heading))


def tables_of(part):
    return [block for block in part.blocks if isinstance(block, Table)]


def test_the_book_tells_each_valid_result_once_under_its_main_field_with_partners_value_and_costs():
    work = a_year_of_work()
    an_evaluation(work.many)
    book = yearly_book(a_municipality(), YEAR, DAY)
    headings = [part.heading for part in book.parts]
    assert headings == [
        "概要",
        "防災・災害対策",
        "健康・医療",
        "環境",
        "協定の評価",
        "動きのない協定",
        "付録　有効な協定の一覧(5件)",
    ]
    assert part_of(book, "概要").blocks[0] == Numbers(
        (("取組", "4件"), ("実績", "6件"), ("相手方", "3"), ("実績のある協定", "4件"))
    )
    assert told(book).count(WHAT) == 6
    (bags,) = tables_of(part_of(book, "環境"))
    assert bags.heads == ("協定", "取組", "行ったこと", "効果額・費用")
    assert [row[3] for row in bags.rows] == [
        "効果額 150,000円\n(30×5,000円)",
        "旭川市の費用\n5,000円",
    ]
    (health,) = tables_of(part_of(book, "健康"))
    assert [row[0] for row in health.rows] == [
        "健康と学びの協定(見本大学、見本高等学校)",
        *["包括連携協定(株式会社見本、見本大学、見本組合)"] * 2,
    ]
    assert "包括連携協定(株式会社見本、見本大学、見本組合)" in told(book).partition("協定の評価")[2]


def test_a_book_of_an_earlier_day_calls_agreements_as_they_were_called_then():
    a_year_of_work()
    book = told(yearly_book(a_municipality(), YEAR, date(2024, 3, 31)))
    assert "健康づくりの協定(見本大学)" in book
    assert "健康と学びの協定" not in book


def test_an_agreement_with_much_work_or_a_picture_for_everyone_has_its_own_head_and_the_others_share_a_table():
    much = an_agreement(title="多くの協定", fields=("health",))
    initiative = an_initiative(much)
    for number in range(3):
        a_result(initiative, what=f"実績{number}")
    drawn = an_agreement(title="写真の協定", fields=("health",))
    a_pictured_result(an_initiative(drawn))
    ResultPaper.objects.update(is_public=True)
    a_result(an_initiative(an_agreement(title="一件の協定", fields=("health",))))
    chapter = part_of(yearly_book(a_municipality(), YEAR, DAY), "健康")
    kinds = [getattr(block, "text", type(block).__name__) for block in chapter.blocks]
    heads = ["写真の協定(株式会社見本)", "Table", "Picture", "多くの協定(株式会社見本)", "Table"]
    assert kinds == [*heads, "そのほかの協定", "Table"]
    assert [len(one.rows) for one in tables_of(chapter)] == [1, 3, 1]
    assert tables_of(chapter)[1].heads == ("取組", "行ったこと")
    ResultPaper.objects.update(is_public=False)
    again = part_of(yearly_book(a_municipality(), YEAR, DAY), "健康")
    assert not [block for block in again.blocks if isinstance(block, Picture)]


def test_a_year_without_work_makes_a_short_book_that_says_so():
    book = told(yearly_book(a_municipality(), YEAR, DAY))
    assert "この年度の評価は記録されていません。" in book
    assert "有効な協定はありません。" in book


def test_the_councils_list_of_new_agreements_has_as_many_rows_as_its_figure_and_the_first_one_first():
    division = a_division(name="防災課")
    an_agreement(title="古い協定", signed="2023-06-01")
    later = an_agreement(
        title="五月の協定", signed="2024-05-09", fields=("disaster.support",), division=division
    )
    an_agreement(title="三月の協定", signed="2024-03", fields=("disaster.support", "health"))
    an_agreement(title="年だけ分かる協定", signed="2023")
    amend(later, Amended(title="改めた協定"), on=date(2024, 6, 2), summary="名前", actor=None)
    assert Agreement.objects.get(pk=later.pk).title == "改めた協定"
    paper = council_paper(a_municipality(), DAY)
    count = part_of(paper, "協定の数").blocks[0]
    (new,) = tables_of(part_of(paper, "この一年に締結した協定(2件)"))
    assert count == Numbers((("有効な協定", "4件"), ("この一年に締結", "2件")))
    assert [row[:2] for row in new.rows] == [("令和6年3月", "三月の協定"), ("令和6年5月9日", "五月の協定")]
    assert new.rows[1][3] == "防災課"
    fields = part_of(paper, "分野別の数").blocks[0].table.rows
    assert ("防災・災害対策", "2", "2") in fields
    assert ("　災害時応援", "2", "2") in fields
    assert ("健康・医療", "1", "1") in fields
