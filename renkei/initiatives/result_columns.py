"""A result as facts, as columns and as the log tells it: one list of names for all three."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from renkei.audit.services import Changes
from renkei.initiatives.models import Indicator, Result, ResultFigure
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.valuing import formula_of, reckoned_of, worth
from renkei.initiatives.vocabulary import ResultKind
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.written_amounts import grouped

PLAIN = (
    "fiscal_year", "done_on", "done_until", "kind", "what", "place", "notes", "town_cost", "partner_cost",
    "public_text",
)  # fmt: skip
INTERNAL = {"initiatives.result.notes"}
"""What nobody outside the town hall ever reads."""


def columns_of_facts(facts: ResultFacts) -> dict[str, object]:
    """The columns that the facts fill."""
    reckoned = facts.reckoned
    return {
        **{name: getattr(facts, name) for name in PLAIN},
        "what": facts.what.strip(),
        "place": facts.place.strip()[:200],
        "value_quantity": reckoned.quantity if reckoned else None,
        "value_unit": reckoned.unit[:20] if reckoned else "",
        "value_price": reckoned.price if reckoned else None,
        "value_basis": reckoned.basis if reckoned else "",
        "value": worth(reckoned) if reckoned else None,
    }


def facts_of(result: Result) -> ResultFacts:
    """The result as it would be reported again."""
    figures = {one.indicator.name: one.value for one in result.figures.select_related("indicator")}
    plain = {name: getattr(result, name) for name in PLAIN}
    facts = {**plain, "kind": ResultKind(result.kind)}
    return ResultFacts(**facts, figures=figures, reckoned=reckoned_of(result))


def write_figures(result: Result, figures: Mapping[Indicator, Decimal]) -> None:
    """The figures of the result, in place of those that it had."""
    result.figures.all().delete()
    ResultFigure.objects.bulk_create(
        ResultFigure(result=result, indicator=indicator, value=value) for indicator, value in figures.items()
    )


def told(result: Result) -> dict[str, object]:
    """What the log tells of a result: columns, figures, formula."""
    figures = [
        f"{one.indicator.name}: {grouped(one.value)}{one.indicator.unit}"
        for one in result.figures.select_related("indicator")
    ]
    plain = {f"initiatives.result.{name}": getattr(result, name) for name in PLAIN}
    for name in ("done_on", "done_until"):
        day: date | None = getattr(result, name)
        plain[f"initiatives.result.{name}"] = japanese_date(day) if day else None
    value = {
        "initiatives.result.value": formula_of(result),
        "initiatives.result.value_basis": result.value_basis,
    }
    return {**plain, **value, "initiatives.resultfigure": figures}


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    """What changed, before and after."""
    return {name: (before[name], after[name]) for name in after if before[name] != after[name]}
