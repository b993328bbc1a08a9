"""The lists behind the numbers of a cross table."""

from collections.abc import Iterable
from urllib.parse import urlencode

from renkei.reports.cross_naming import Head, Naming
from renkei.reports.cross_words import Dimension, Measure, Question
from renkei.reports.models import NONE

LISTED_BY = {
    "initiatives": ("field", "division", "kind", "form", "document", "state", "year"),
    "results": ("field", "division", "kind", "form", "document", "result", "state", "year"),
    "agreements": ("field", "division", "kind", "form"),
    "ended": ("field", "division", "kind", "form"),
}
"""By which words each list can be asked."""


class Links:
    """What the list behind each number is asked for, where one shows just these."""

    def __init__(self, naming: Naming, question: Question) -> None:
        self.naming, self.question = naming, question
        self.listed = {
            Measure.IN_FORCE: "agreements",
            Measure.SIGNED: "agreements",
            Measure.ENDED: "ended",
            Measure.INITIATIVES: "initiatives",
            Measure.PARTNERS: "",
        }.get(question.measure, "results")
        self.base = self._base()

    def to(self, row: Head | None, column: Head | None) -> str:
        """The address query of the list; "" where the list cannot be asked just that."""
        asked = {word: list(values) for word, values in self.base.items()}
        for word, values in self.question.narrowed.items():
            asked[word] = self._values(word, values)
        for dimension, head in ((self.question.rows, row), (self.question.columns, column)):
            if head is None or dimension is None:
                continue
            word = Dimension.FIELD.value if dimension == Dimension.FIELD_BELOW else dimension.value
            if word in self.question.narrowed or not head.values or not self._can_ask(word, head):
                return ""
            if word == "field" and "field" in asked and asked["field"] != list(head.values):
                return ""
            asked[word] = list(head.values)
        if not self.listed or not all(self._can_ask(word, None) for word in self.question.narrowed):
            return ""
        return urlencode([(word, value) for word, values in asked.items() for value in values])

    def _base(self) -> dict[str, list[str]]:
        on, since = self.question.on.isoformat(), self.question.since.isoformat()
        if self.question.measure == Measure.IN_FORCE:
            return {"state": ["in_force"], "on": [on]}
        if self.question.is_of_agreements:
            return {"on": [on], "since": [since]}
        years = [str(year) for year in self.question.years]
        if self.listed == "results":
            told = {"valued": ["1"]} if self.question.measure == Measure.VALUE else {}
            return {"year": years, **told}
        return {"year": years}

    def _can_ask(self, word: str, head: Head | None) -> bool:
        if self.question.measure in (Measure.TOWN_COST, Measure.PARTNER_COST, Measure.INDICATOR):
            return False
        if word not in LISTED_BY.get(self.listed, ()):
            return False
        return not (
            head is not None
            and head.value == NONE
            and word in ("field", "kind")
            and self.listed == "agreements"
        )

    def _values(self, word: str, values: Iterable[str]) -> list[str]:
        if word != "division":
            return list(values)
        divisions = self.naming.lineage.divisions
        found: list[str] = []
        for value in values:
            known = divisions.get(int(value)) if value.isascii() and value.isdigit() else None
            found += (
                [str(pk) for pk in sorted(self.naming.lineage.held_by(known, self.naming.on))]
                if known
                else [value]
            )
        return found
