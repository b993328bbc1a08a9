"""Between a form and a result: what the form offers, and the facts that were typed into it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renkei.documents.uploads import can_be_kept
from renkei.initiatives.models import Indicator, Initiative, Result
from renkei.initiatives.result_columns import facts_of
from renkei.initiatives.result_facts import Reckoned, ResultFacts
from renkei.initiatives.services.papers import NewPaper
from renkei.initiatives.vocabulary import ResultKind
from renkei.rules.japanese_calendar import fiscal_year, fiscal_year_name

YEARS_BACK = 10
SAME = ("fiscal_year", "kind", "what", "done_on", "done_until", "place", "notes", "town_cost", "partner_cost")
OF_VALUE = ("value_quantity", "value_unit", "value_price", "value_basis")


def offered(
    initiative: Initiative | None,
    day: date,
    *,
    is_internal: bool,
    year: int | None = None,
    result: Result | None = None,
) -> dict[str, Any]:
    """What the form of a result is made of, by name."""
    years = list(range(fiscal_year(day), fiscal_year(day) - YEARS_BACK, -1))
    chosen = result.fiscal_year if result else year or fiscal_year(day)
    if chosen not in years and chosen < years[0]:
        years.append(chosen)
    indicators = list(initiative.indicators.all()) if initiative else []
    return {
        "years": [(one, fiscal_year_name(one)) for one in years],
        "kinds": list(ResultKind.choices),
        "figures": [(name_of(one), str(one)) for one in indicators],
        "initial": typed_of(result) if result else {"fiscal_year": chosen},
        "is_internal": is_internal,
        "is_correction": result is not None,
        "file_check": can_be_kept,
    }


def name_of(indicator: Indicator) -> str:
    """The field of an indicator."""
    return f"figure-{indicator.pk}"


def typed_of(result: Result) -> dict[str, Any]:
    """A result as the form shows it."""
    figures = {name_of(one.indicator): one.value for one in result.figures.select_related("indicator")}
    return {name: getattr(result, name) for name in (*SAME, *OF_VALUE)} | figures


def facts_given(
    given: Mapping[str, Any], initiative: Initiative | None, before: Result | None = None
) -> ResultFacts:
    """What was typed, as the services take it; what the door does not ask stays as it was."""
    figures: dict[str, Decimal] = {}
    for one in initiative.indicators.all() if initiative else ():
        if (value := given.get(name_of(one))) is not None:
            figures[one.name] = value
    kept = facts_of(before) if before else None
    reckoned = None
    if given["value_quantity"] is not None:
        reckoned = Reckoned(*(given[name] for name in OF_VALUE))
    typed = {name: given[name] for name in SAME if name in given}
    typed |= {"kind": ResultKind(given["kind"]), "notes": given.get("notes", kept.notes if kept else "")}
    return ResultFacts(
        **typed, figures=figures, reckoned=reckoned, public_text=kept.public_text if kept else ""
    )


def papers_given(given: Mapping[str, Any]) -> Sequence[NewPaper]:
    """The pictures and papers that were chosen, each with what it shows."""
    found = []
    for name, file in given.items():
        if name.startswith("file") and file:
            description = given.get(name.replace("file", "description"), "")
            found.append(NewPaper(content=file.read(), name=file.name, description=description))
    return found
