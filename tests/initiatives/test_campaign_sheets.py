"""The sheet of a campaign: out, filled, back in, checked row by row, taken in once."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from renkei.accounts.models import Role, User
from renkei.correspondents.models import Correspondent
from renkei.documents.hostile import DocumentRefused
from renkei.initiatives.answered import answered
from renkei.initiatives.asked import lines_of_division, lines_of_partner
from renkei.initiatives.models import Campaign, Indicator, Initiative, Result, ReturnedSheet
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.services.campaigns import answer_nothing, open_campaign
from renkei.initiatives.services.sheets import counted, receive_sheet, shown_rows, take_sheet
from renkei.initiatives.sheets.cells import answer_in, days_in, figures_in, kind_in, yen_in
from renkei.initiatives.sheets.columns import COLUMNS, UNLISTED
from renkei.initiatives.sheets.writing import HEAD, sheet_of, with_problems
from renkei.initiatives.vocabulary import LineAnswer, ResultKind
from renkei.municipalities.models import Division
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import AT, YEAR, a_result, an_initiative

HEADS = {one.key: one.head for one in COLUMNS}
DAY = date(2024, 4, 10)


@pytest.fixture
def division() -> Division:
    return a_division()


@pytest.fixture
def clerk(division: Division) -> User:
    return a_user(role=Role.RESPONSIBLE, division=division)


@pytest.fixture
def campaign(division: Division, clerk: User) -> Campaign:
    """A course with an indicator, a supply, an agreement without a list, and another division's agreement."""
    agreement = an_agreement(title="包括連携協定", signed="2020-04-01", division=division)
    course = an_initiative(agreement, title="講座の開催")
    Indicator.objects.create(initiative=course, position=1, name="受講者数", unit="人")
    an_initiative(agreement, title="物資の提供")
    an_agreement(title="一覧のない協定", signed="2020-04-01", division=division)
    other = an_agreement(title="別の課の協定", signed="2020-04-01", division=a_division(name="福祉課"))
    an_initiative(other, title="別の課の取組")
    return open_campaign(clerk.municipality, fiscal_year=YEAR, due_on=date(2024, 5, 17), actor=clerk, at=AT)


class Filled:
    """A downloaded sheet that somebody fills: rows are named by their initiative or agreement."""

    def __init__(self, campaign: Campaign, division: Division | None = None, partner: Any = None) -> None:
        lines = lines_of_partner(campaign, partner) if partner else lines_of_division(campaign, division)
        content = sheet_of(campaign, answered(list(lines)), "防災課", is_partner=partner is not None)
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[HEAD + 1]}

    def row_of(self, name: str) -> int:
        for row in range(HEAD + 2, self.sheet.max_row + 1):
            if name in (self.told(row, "title"), self.told(row, "agreement")):
                return row
        raise KeyError(name)

    def told(self, row: int, key: str) -> Any:
        return self.sheet.cell(row, self.columns[HEADS[key]]).value

    def fill(self, name: str, row: int | None = None, **cells: Any) -> int:
        """Write into the row of that name, or into a copy of it further down."""
        source = self.row_of(name)
        if row is not None:
            for key in ("line", "agreement", "title"):
                self.sheet.cell(row, self.columns[HEADS[key]], self.told(source, key))
        for key, value in cells.items():
            self.sheet.cell(row or source, self.columns[HEADS[key]], value)
        return row or source

    @property
    def content(self) -> bytes:
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def states(sheet: ReturnedSheet) -> dict[str, int]:
    return {state: count for state, count in counted(shown_rows(sheet, day=DAY)).items() if count}


def said(sheet: ReturnedSheet, row: int) -> str:
    (found,) = [one for one in shown_rows(sheet, day=DAY) if one["number"] == row]
    return " ".join([*found["problems"], *found["remarks"]])


@pytest.mark.django_db
class TestRoundTrip:
    def test_good_rows_are_taken_once_and_the_same_sheet_twice_changes_nothing(
        self, campaign: Campaign, division: Division, clerk: User
    ) -> None:
        paper = Filled(campaign, division)
        assert paper.told(paper.row_of("講座の開催"), "figures") == "受講者数(人)="
        assert paper.told(paper.row_of("一覧のない協定"), "title") == UNLISTED
        paper.fill(
            "講座の開催",
            answer="あり",
            day="R5.9.1〜R5.9.3",
            what="'=講座を開いた。\n大勢が来た。",
            kind="講座・催し",
            figures="受講者数(人)=１，２００人",
            town_cost="20,000円",
        )
        paper.fill(
            "講座の開催",
            row=30,
            answer="あり",
            day=date(2023, 10, 5),
            what="冊子を配った。",
            figures="受講者数(人)=",
        )
        paper.fill("物資の提供", answer="なし", reason="災害がなかった。")
        paper.fill("一覧のない協定", answer="あり", title="見守り", what="見守りをした。")
        sheet = receive_sheet(campaign, paper.content, name="防災課.xlsx", division=division, by=clerk, at=AT)
        assert states(sheet) == {"good": 4} and not Result.objects.exists()
        assert take_sheet(sheet, by=clerk, at=AT) == 4
        course = Result.objects.get(what__startswith="=講座")
        assert course.what == "=講座を開いた。\n大勢が来た。" and course.town_cost == 20_000
        assert (course.done_on, course.done_until) == (date(2023, 9, 1), date(2023, 9, 3))
        assert course.figures.get().value == Decimal(1200) and course.kind == ResultKind.EVENT
        assert Result.objects.get(what="冊子を配った。").done_on == date(2023, 10, 5)
        assert Result.objects.get(what="見守りをした。").initiative.title == "見守り"
        own = campaign.lines.filter(division=division)
        assert sorted(own.values_list("answer", flat=True)) == ["nothing", "results", "results"]
        with pytest.raises(CampaignRefused, match="もう取り込みました"):
            take_sheet(sheet, by=clerk, at=AT)
        again = receive_sheet(campaign, paper.content, name="防災課.xlsx", division=division, by=clerk, at=AT)
        assert states(again) == {"known": 4}
        fresh = receive_sheet(
            campaign, Filled(campaign, division).content, name="次.xlsx", division=division, by=clerk, at=AT
        )
        assert states(fresh) == {"known": 4}
        with pytest.raises(CampaignRefused, match="取り込める行がありません"):
            take_sheet(fresh, by=clerk, at=AT)
        assert Result.objects.count() == 3

    def test_each_bad_row_has_its_sentence_and_comes_back_with_it_while_good_ones_are_taken(
        self, campaign: Campaign, division: Division, clerk: User
    ) -> None:
        theirs = campaign.lines.get(initiative__title="別の課の取組").public_id
        paper, course = Filled(campaign, division), {"answer": "あり", "what": "講座を開いた。"}
        paper.fill("物資の提供", answer="なし")
        paper.fill("一覧のない協定", answer="あり", what="何かをした。")
        expected = {
            paper.row_of("物資の提供"): "理由を書いてください",
            paper.row_of("一覧のない協定"): "取組の名前を書いて",
        }
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"line": "zzzzzzzzzzzz"}, "この調査票にありません"),
            ({"line": theirs}, "福祉課の行です"),
            ({"line": ""}, "番号がありません"),
            ({"day": "R6.4.1"}, "令和5年度の日ではありません"),
            ({"day": "九月ごろ"}, "行った日"),
            ({"kind": "飲み会"}, "一覧にありません"),
            ({"figures": "受講者数(人)=たくさん"}, "数として読めません"),
            ({"figures": "来場者数=3"}, "指標が分かりません"),
            ({"town_cost": "1.5"}, "端数"),
            ({"what": ""}, "行ったことを書いて"),
            ({"answer": "たぶん"}, "「あり」か「なし」"),
            ({"result": "abcdefghjkmn"}, "実績番号が合いません"),
        ]
        for row, (cells, sentence) in enumerate(wrong, start=30):
            paper.fill("講座の開催", row=row, **{**course, "what": f"講座{row}", **cells})
            expected[row] = sentence
        paper.fill("講座の開催", row=50, **course, title="講座")
        paper.fill("講座の開催", row=51, **course)
        sheet = receive_sheet(campaign, paper.content, name="防災課.xlsx", division=division, by=clerk, at=AT)
        for row, sentence in expected.items():
            assert sentence in said(sheet, row), row
        assert "「講座の開催」の実績として" in said(sheet, 50) and "50行目と同じ" in said(sheet, 51)
        assert take_sheet(sheet, by=clerk, at=AT) == 1
        content = with_problems(campaign, "防災課", shown_rows(sheet, day=DAY), is_partner=False)
        told = load_workbook(io.BytesIO(content)).worksheets[0]
        assert told.max_row - HEAD - 1 == len(expected)
        problems = [told.cell(row, told.max_column).value for row in range(HEAD + 2, told.max_row + 1)]
        assert all(problems) and any("福祉課の行です" in str(one) for one in problems)

    def test_what_is_reported_is_in_the_sheet_and_is_not_changed_by_it(
        self, campaign: Campaign, division: Division, clerk: User
    ) -> None:
        a_result(Initiative.objects.get(title="講座の開催"), done_on=date(2023, 7, 1))
        a_result(Initiative.objects.get(title="物資の提供"), fiscal_year=YEAR - 1, what="毛布を配った。")
        paper = Filled(campaign, division)
        assert "毛布を配った。" in paper.told(paper.row_of("物資の提供"), "before")
        row = paper.fill("講座の開催", what="別のことをした。")
        paper.fill("物資の提供", row=30, answer="なし", reason="なかった。")
        paper.fill("物資の提供", row=31, answer="あり", what="毛布を配った。")
        sheet = receive_sheet(campaign, paper.content, name="防災課.xlsx", division=division, by=clerk, at=AT)
        assert "訂正は実績のページで" in said(sheet, row)
        assert "「あり」の行と「なし」の行" in said(sheet, 31)

    def test_answers_that_came_meanwhile_are_seen_before_taking_in(
        self, campaign: Campaign, division: Division, clerk: User
    ) -> None:
        paper = Filled(campaign, division)
        row = paper.fill("講座の開催", answer="なし", reason="なかった。")
        paper.fill("物資の提供", answer="なし", reason="なかった。")
        sheet = receive_sheet(campaign, paper.content, name="防災課.xlsx", division=division, by=clerk, at=AT)
        line = campaign.lines.get(initiative__title="講座の開催")
        line.answer = LineAnswer.RESULTS
        line.save()
        assert take_sheet(sheet, by=clerk, at=AT) == 1
        assert "実績が報告されています" in said(sheet, row)

    def test_a_partners_sheet_answers_for_itself_alone(self, campaign: Campaign, clerk: User) -> None:
        visitor: Correspondent = a_correspondent(email="hanako@example.com")
        agreement = an_agreement(
            title="二者の協定", partners=("見本製薬株式会社", "見本銀行"), signed="2020-04-01"
        )
        visitor.organisation = agreement.parties.get(name_as_signed="見本製薬株式会社").organisation
        visitor.save()
        an_initiative(agreement, title="一緒の取組", begins_on=date(2022, 4, 1), ends_on=date(2023, 3, 31))
        asked = open_campaign(
            clerk.municipality, fiscal_year=YEAR - 1, due_on=date(2024, 5, 17), actor=clerk, at=AT
        )
        assert visitor.partner
        paper = Filled(asked, partner=visitor.partner)
        assert HEADS["town_cost"] not in paper.columns
        row = paper.fill("一緒の取組", answer="なし", reason="なかった。")
        paper.fill(
            "一緒の取組", row=30, line=campaign.lines.first().public_id, answer="なし", reason="なかった。"
        )  # type: ignore[union-attr]
        sheet = receive_sheet(
            asked, paper.content, name="報告.xlsx", partner=visitor.partner, by=visitor, at=AT
        )
        assert "ほかの相手方も" in said(sheet, row) and "この調査票にありません" in said(sheet, 30)
        paper.fill("一緒の取組", answer="あり", what="一緒に行った。", partner_cost="5000")
        sheet = receive_sheet(
            asked, paper.content, name="報告.xlsx", partner=visitor.partner, by=visitor, at=AT
        )
        take_sheet(sheet, by=visitor, at=AT)
        assert Result.objects.get().reported_by_partner == visitor

    def test_what_is_no_sheet_of_ours_is_refused_with_a_sentence(
        self, campaign: Campaign, division: Division, clerk: User
    ) -> None:
        book, file = Workbook(), io.BytesIO()
        book.active["A1"] = "番号"  # type: ignore[index]
        book.save(file)
        for content, refusal, sentence in (
            (file.getvalue(), CampaignRefused, "見出し"),
            (b"%PDF-1.7", DocumentRefused, "Excelブック"),
            ("番号,実績の有無".encode(), DocumentRefused, "どれでもない"),
        ):
            with pytest.raises(refusal, match=sentence):
                receive_sheet(campaign, content, name="x.xlsx", division=division, by=clerk, at=AT)
        assert not ReturnedSheet.objects.exists()
        line = campaign.lines.filter(division=division).select_related("campaign__municipality")[0]
        Campaign.objects.update(closed_at=AT)
        with pytest.raises(CampaignRefused, match="締められて"):
            receive_sheet(campaign, b"", name="x.xlsx", division=division, by=clerk, at=AT)
        with pytest.raises(CampaignRefused, match="締められて"):
            answer_nothing(line, reason="なかった。", by=clerk, at=AT)


INDICATORS = [Indicator(name="受講者数", unit="人"), Indicator(name="回数", unit="回")]


@pytest.mark.parametrize(
    "read, expected",
    [
        (lambda: answer_in(" 有り "), "あり"),
        (lambda: answer_in(""), ""),
        (lambda: days_in("2023-09-01"), (date(2023, 9, 1), None)),
        (lambda: days_in("45170"), (date(2023, 9, 1), None)),
        (lambda: days_in("令和5年9月1日から令和5年9月3日"), (date(2023, 9, 1), date(2023, 9, 3))),
        (lambda: days_in(""), (None, None)),
        (lambda: kind_in("講座･催し"), ResultKind.EVENT),
        (lambda: kind_in(""), ResultKind.OTHER),
        (lambda: figures_in("受講者数(人)＝１２０人\n回数(回)=", INDICATORS), {"受講者数": Decimal(120)}),
        (
            lambda: figures_in("回数:3;受講者数:1.5千", INDICATORS),
            {"回数": Decimal(3), "受講者数": Decimal(1500)},
        ),
        (lambda: figures_in("120人", INDICATORS[:1]), {"受講者数": Decimal(120)}),
        (lambda: yen_in("2万円", "市の費用"), 20_000),
        (lambda: yen_in(" ", "市の費用"), None),
    ],
)
def test_cells_are_read_as_clerks_write_them(read: Any, expected: object) -> None:
    assert read() == expected


def test_a_month_is_no_day_and_three_days_are_two_rows() -> None:
    with pytest.raises(CampaignRefused, match="日がありません"):
        days_in("令和5年9月")
    with pytest.raises(CampaignRefused, match="三つ以上"):
        days_in("R5.9.1〜R5.9.2〜R5.9.3")
