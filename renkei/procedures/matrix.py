"""The answers of all divisions at a glance: items × divisions, and what a summary and a list can be made from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.municipalities.models import Division
from renkei.procedures.models import CooperationItem, InquiredDivision, Inquiry, ItemAnswer, Procedure
from renkei.procedures.vocabulary import Verdict

MARKS = {Verdict.TAKES_PART: "○", Verdict.UNDER_CONDITIONS: "△", Verdict.NOT: "×", Verdict.EXISTING: "重"}
TAKING_PART = (Verdict.TAKES_PART, Verdict.UNDER_CONDITIONS)


@dataclass(frozen=True)
class Cell:
    """What one division said about one item; without an answer it was asked and is silent, or was not asked."""

    division: Division
    asked: InquiredDivision | None
    answer: ItemAnswer | None = None

    @property
    def mark(self) -> str:
        """A letter beside the word, so that a row is read at a glance; "" without an answer."""
        return MARKS[Verdict(self.answer.verdict)] if self.answer else ""

    @property
    def words(self) -> str:
        """The verdict in words, or why there is none."""
        if self.answer:
            return str(Verdict(self.answer.verdict).label)
        return _("未回答") if self.asked else _("照会していない")

    @property
    def proposals(self) -> list[str]:
        """The initiatives that the division proposes."""
        return self.answer.initiatives.splitlines() if self.answer else []


@dataclass(frozen=True)
class Total:
    """How many divisions said one thing about an item."""

    mark: str
    words: str
    count: int


@dataclass(frozen=True)
class Row:
    """One item with what each division said about it, in the columns' order."""

    item: CooperationItem
    cells: Sequence[Cell]

    @property
    def totals(self) -> list[Total]:
        """How many divisions gave each verdict, in the vocabulary's order."""
        given = [cell.answer.verdict for cell in self.cells if cell.answer]
        return [Total(MARKS[one], str(one.label), given.count(one)) for one in Verdict]

    @property
    def silent(self) -> int:
        """How many were asked and have not answered."""
        return sum(1 for cell in self.cells if cell.asked and not cell.answer)

    def answers(self, *verdicts: Verdict) -> list[ItemAnswer]:
        """The answers of these verdicts, in the columns' order."""
        return [cell.answer for cell in self.cells if cell.answer and cell.answer.verdict in verdicts]

    @property
    def taking_part(self) -> list[Division]:
        """The divisions that take part, those without conditions first."""
        return [one.asked.division for verdict in TAKING_PART for one in self.answers(verdict)]


@dataclass(frozen=True)
class Matrix:
    """All that was asked and answered; a division that was asked twice has one column, its later answer counts."""

    divisions: Sequence[InquiredDivision]
    rows: Sequence[Row]

    @property
    def unanswered(self) -> list[InquiredDivision]:
        """Whose answer is missing."""
        return [one for one in self.divisions if one.answered_at is None]

    @property
    def remarks(self) -> list[InquiredDivision]:
        """Who said something about the whole."""
        return [one for one in self.divisions if one.remarks]


def matrix_of(procedure: Procedure, inquiry: Inquiry | None = None) -> Matrix:
    """Items × divisions of all inquiries of the procedure, or of one."""
    found = InquiredDivision.objects.asked().filter(inquiry__procedure=procedure)
    if inquiry:
        found = found.filter(inquiry=inquiry)
    related = found.select_related("division", "inquiry").prefetch_related(
        "answers__asked__division", "inquiry__items"
    )
    by_division: dict[int, list[InquiredDivision]] = {}
    for one in related.order_by("inquiry__sent_at", "pk"):
        by_division.setdefault(one.division_id, []).append(one)
    items = procedure.items.filter(dropped_reason="")
    if inquiry:
        items = inquiry.standing_items()
    rows = [Row(item, [_cell(item, askings) for askings in by_division.values()]) for item in items]
    return Matrix([askings[-1] for askings in by_division.values()], rows)


def _cell(item: CooperationItem, askings: Sequence[InquiredDivision]) -> Cell:
    """The latest answer of a division about an item."""
    division = askings[0].division
    about = [one for one in askings if any(asked.pk == item.pk for asked in one.inquiry.items.all())]
    for one in reversed(about):
        for answer in one.answers.all():
            if answer.item_id == item.pk:
                return Cell(division, one, answer)
    return Cell(division, about[-1] if about else None)


def summary_of(matrix: Matrix) -> str:
    """A first text of the summary (取りまとめ): by item who takes part, on which conditions, who does not and why."""
    lines: list[str] = []
    for number, row in enumerate(matrix.rows, start=1):
        lines += [f"{number} {row.item.heading}", *_lines_of(row), ""]
    lines += [f"{one.division}: {one.remarks}" for one in matrix.remarks]
    if matrix.unanswered:
        lines.append(_("回答のない課: ") + "、".join(str(one.division) for one in matrix.unanswered))
    return "\n".join(lines).strip()


def _lines_of(row: Row) -> Iterator[str]:
    for verdict in Verdict:
        if answers := row.answers(verdict):
            yield f"  {verdict.label}: " + "、".join(_with_conditions(one) for one in answers)


def _with_conditions(answer: ItemAnswer) -> str:
    words = "".join(answer.conditions.splitlines())
    return f"{answer.asked.division}({words})" if words else str(answer.asked.division)


@dataclass(frozen=True)
class Proposed:
    """An initiative that a division proposes under an item; `key` is what a form sends when it is chosen."""

    key: str
    item: CooperationItem
    division: Division
    title: str

    @property
    def origin(self) -> str:
        """Where it comes from, as it stays with the planned initiative."""
        return _("庁内照会 %(division)s") % {"division": self.division}


def proposed_in(matrix: Matrix) -> list[Proposed]:
    """Every initiative that the answers propose and that is not planned yet, in the order of the items."""
    found = []
    for row in matrix.rows:
        planned = set(row.item.planned_initiatives.values_list("title", flat=True))
        for cell in row.cells:
            if cell.answer:
                for place, title in enumerate(cell.proposals):
                    if title[:400] not in planned:
                        key = f"{cell.answer.pk}-{place}"
                        found.append(Proposed(key, row.item, cell.division, title[:400]))
    return found
