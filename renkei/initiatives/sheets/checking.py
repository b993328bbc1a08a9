"""Is what a returned sheet says so that it can be taken in? Row by row, each problem with a sentence of its own."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from renkei.initiatives.answered import answered
from renkei.initiatives.models import CampaignLine, Indicator, Result
from renkei.initiatives.refusals import CampaignRefused, ResultRefused
from renkei.initiatives.result_checks import refuse_wrong
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.services.answers import SHARED
from renkei.initiatives.sheets.cells import answer_in, days_in, figures_in, kind_in, yen_in
from renkei.initiatives.sheets.columns import FIGURES, FILLED, PARTNER_COST, SOME, TOWN_COST, UNLISTED
from renkei.initiatives.sheets.reading import ReadRow
from renkei.initiatives.sheets.rows import Row, RowState
from renkei.initiatives.vocabulary import LineAnswer, ResultKind

Told = tuple[str, str, date | None, date | None]


class Checking:
    """The rows of one sheet against the lines that it may answer, as of now."""

    def __init__(
        self,
        lines: Sequence[CampaignLine],
        *,
        day: date,
        elsewhere: Mapping[str, str],
        shared: set[int],
        may_begin: bool,
    ) -> None:
        """`elsewhere` names, by key, the division of the campaign's other lines, for the sentence of a refusal.

        `shared` are the lines of which the one who answers cannot say that nothing was done; `may_begin` says whether
        what is not in the list yet may be written into it.
        """
        self.day, self.elsewhere, self.shared = day, elsewhere, shared
        self.may_begin = may_begin
        self.lines = {one.line.public_id: one for one in answered(lines)}
        self.results = {
            result.public_id: (key, result) for key, one in self.lines.items() for result in one.results
        }
        self.answers: dict[str, str] = {}
        self.told: dict[Told, int] = {}

    def rows(self, read: Sequence[ReadRow]) -> list[Row]:
        """All rows, each checked; a row that holds nothing in the columns to be filled is empty."""
        return [self._checked(one) for one in read]

    def _checked(self, read: ReadRow) -> Row:
        row = Row(read.number, read.cells)
        if not _is_filled(read.cells):
            return row
        try:
            row.line = self._line(read.cells.get("line", ""))
            row.state = self._state(row, row.line)
        except (CampaignRefused, ResultRefused) as refusal:
            row.state = RowState.PROBLEM
            row.problems.append(str(refusal))
        return row

    def _line(self, key: str) -> CampaignLine:
        if found := self.lines.get(key):
            return found.line
        if not key:
            raise CampaignRefused(_("番号がありません。ダウンロードした調査票の行を複写して書いてください。"))
        if division := self.elsewhere.get(key):
            raise CampaignRefused(_("%sの行です。その課の調査票で回答してください。") % division)
        raise CampaignRefused(
            _(
                "番号「%s」はこの調査票にありません。番号を書き換えていないか、別の年度の調査票でないか確かめてください。"
            )
            % key[:20]
        )

    def _state(self, row: Row, line: CampaignLine) -> RowState:
        answer = answer_in(row.cells.get("answer", ""))
        if not answer and row.cells.get("what"):
            answer = SOME
            row.remarks.append(_("実績の有無が空ですが、行ったことがあるので「あり」と読みました。"))
        if not answer:
            raise CampaignRefused(_("実績の有無が空です。「あり」か「なし」を選んでください。"))
        self._refuse_both(line, answer)
        return self._some(row, line) if answer == SOME else self._nothing(row, line)

    def _refuse_both(self, line: CampaignLine, answer: str) -> None:
        if self.answers.setdefault(line.public_id, answer) != answer:
            raise CampaignRefused(
                _("同じ取組に「あり」の行と「なし」の行があります。どちらかを消してください。")
            )

    def _nothing(self, row: Row, line: CampaignLine) -> RowState:
        row.reason = row.cells.get("reason", "")
        if row.cells.get("what"):
            raise CampaignRefused(_("「なし」なのに行ったことが書かれています。どちらかを直してください。"))
        if not row.reason:
            raise CampaignRefused(_("「なし」のときは、実績なしの理由を書いてください。"))
        if line.pk in self.shared:
            raise CampaignRefused(str(SHARED))
        if line.answer == LineAnswer.RESULTS:
            raise CampaignRefused(
                _("この取組には実績が報告されています。「なし」にするには、画面で実績を取り消してください。")
            )
        is_known = line.answer == LineAnswer.NOTHING and line.reason == row.reason
        return RowState.KNOWN if is_known else RowState.GOOD

    def _some(self, row: Row, line: CampaignLine) -> RowState:
        facts = row.facts = self._facts(row, line)
        row.title = self._title(row, line)
        if written := row.cells.get("result"):
            return self._reported(row, line, written)
        if line.initiative:
            refuse_wrong(line.initiative, facts, self.day)
        told = (line.public_id, facts.what, facts.done_on, facts.done_until)
        if first := self.told.get(told):
            row.remarks.append(_("%s行目と同じ内容なので、取り込みません。") % first)
            return RowState.KNOWN
        self.told[told] = row.number
        for result in self.lines[line.public_id].results:
            if _told_by(result) == told[1:]:
                return self._same(row, result)
        return RowState.GOOD

    def _reported(self, row: Row, line: CampaignLine, public_id: str) -> RowState:
        """A row that was in the sheet with a result: unchanged it is skipped, changed it is a correction."""
        key, result = self.results.get(public_id, ("", None))
        if result is None or key != line.public_id:
            raise CampaignRefused(
                _("実績番号が合いません。行を複写して新しい実績を書くときは、実績番号を消してください。")
            )
        return self._same(row, result)

    def _same(self, row: Row, result: Result) -> RowState:
        assert row.facts
        if _differs(row.facts, result, with_town_cost="town_cost" in row.cells):
            raise CampaignRefused(
                _(
                    "報告済みの実績と違う内容です。訂正は実績のページでしてください。新しい実績なら、実績番号を消してください。"
                )
            )
        return RowState.KNOWN

    def _facts(self, row: Row, line: CampaignLine) -> ResultFacts:
        cells = row.cells
        if not cells.get("what"):
            raise CampaignRefused(_("「あり」のときは、行ったことを書いてください。"))
        if cells.get("reason"):
            row.remarks.append(_("「あり」なので、実績なしの理由は取り込みません。"))
        first, last = days_in(cells.get("day", ""))
        kind = kind_in(cells.get("kind", ""))
        if not cells.get("kind"):
            row.remarks.append(_("種類が空なので「%s」とします。") % ResultKind.OTHER.label)
        return ResultFacts(
            fiscal_year=line.campaign.fiscal_year,
            what=cells["what"],
            kind=kind,
            done_on=first,
            done_until=last,
            figures=figures_in(cells.get("figures", ""), self._indicators(line)),
            town_cost=yen_in(cells.get("town_cost", ""), TOWN_COST.head),
            partner_cost=yen_in(cells.get("partner_cost", ""), PARTNER_COST.head),
        )

    def _indicators(self, line: CampaignLine) -> list[Indicator]:
        return list(line.initiative.indicators.all()) if line.initiative else []

    def _title(self, row: Row, line: CampaignLine) -> str:
        """The name of an initiative that is not in the list yet; of a known one its own, with a remark."""
        written = row.cells.get("title", "").replace("\n", " ")
        if line.initiative is None:
            if not self.may_begin:
                raise CampaignRefused(
                    _(
                        "この協定には取組の一覧がありません。市の担当課に、取組を一覧に加えるよう頼んでください。"
                    )
                )
            if not written or written == UNLISTED:
                raise CampaignRefused(
                    _("取組の欄に、行った取組の名前を書いてください(協定に取組の一覧がないため)。")
                )
            return written[:400]
        title = line.initiative.title
        if written and written != title.replace("\n", " "):
            row.remarks.append(_("取組の名前が違います。「%s」の実績として取り込みます。") % title[:60])
        return title


def _is_filled(cells: Mapping[str, str]) -> bool:
    """Whether somebody wrote into it; the names of the indicators stand there from the beginning."""
    if any(cells.get(key) for key in FILLED if key != FIGURES.key):
        return True
    return any(letter.isdigit() for letter in cells.get(FIGURES.key, ""))


def _told_by(result: Result) -> tuple[str, date | None, date | None]:
    return result.what.replace("\r\n", "\n").strip(), result.done_on, result.done_until


def _differs(facts: ResultFacts, result: Result, *, with_town_cost: bool) -> bool:
    figures = {one.indicator.name: one.value for one in result.figures.all()}
    return (
        (facts.what, facts.done_on, facts.done_until) != _told_by(result)
        or facts.kind != result.kind
        or facts.figures != figures
        or facts.partner_cost != result.partner_cost
        or (with_town_cost and facts.town_cost != result.town_cost)
    )
