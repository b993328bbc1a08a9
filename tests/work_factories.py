"""Work under an agreement in domain words: an initiative, a result, a campaign and the rest; say only what matters."""

from datetime import UTC, date, datetime

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.initiatives.models import Campaign, Initiative, Result
from renkei.initiatives.vocabulary import InitiativeState, ResultKind
from tests.factories import an_agreement

YEAR = 2023
"""令和5年度."""
AT = datetime(2024, 4, 10, 1, 0, tzinfo=UTC)


def an_initiative(agreement: Agreement | None = None, **facts: object) -> Initiative:
    """An initiative under way since the first day of 令和5年度."""
    agreement = agreement or an_agreement()
    known = {
        "title": "熱中症を防ぐ講座の開催",
        "state": InitiativeState.RUNNING,
        "begins_on": date(2023, 4, 1),
        "position": Initiative.objects.about(agreement).count() + 1,
        "division": agreement.division,
        "municipality": agreement.municipality,
    }
    return Initiative.objects.create(agreement=agreement, **{**known, **facts})


def a_result(initiative: Initiative | None = None, **facts: object) -> Result:
    """A result of 令和5年度 that the division reported."""
    initiative = initiative or an_initiative()
    known = {
        "fiscal_year": YEAR,
        "kind": ResultKind.EVENT,
        "what": "講座を3回開き、120人が受講した。",
        "division": initiative.division,
        "reported_side": Side.TOWN,
        "reported_at": AT,
        "agreement": initiative.agreement,
        "municipality": initiative.municipality,
    }
    return Result.objects.create(initiative=initiative, **{**known, **facts})


def a_campaign(agreement: Agreement, **facts: object) -> Campaign:
    """The collection of the results of 令和5年度, opened and without lines."""
    known = {"fiscal_year": YEAR, "due_on": date(2024, 5, 17), "opened_at": AT}
    return Campaign.objects.create(municipality=agreement.municipality, **{**known, **facts})
