"""How work under agreements is written down for the demo town, and how many records of it are made at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from renkei.agreements.models import Agreement, Field
from renkei.agreements.vocabulary import Side
from renkei.demo.proposers import at
from renkei.demo.walking import Cast
from renkei.initiatives.models import Aim, Indicator, Initiative, PlannedYear, Result, ResultFigure
from renkei.initiatives.vocabulary import InitiativeState, Publicity, ResultKind, ResultState

Price = tuple[int, str, int, str]
"""Quantity, its unit, the price of one in yen, and why it is reckoned so."""


@dataclass(frozen=True)
class Done:
    """Something that was done in a fiscal year; `figures` in the order of the initiative's indicators."""

    year: int
    on: date | None
    what: str
    kind: ResultKind
    figures: tuple[int, ...] = ()
    public_text: str = ""
    highlight: int | None = None
    partner_cost: int | None = None
    town_cost: int | None = None
    price: Price | None = None
    state: ResultState = ResultState.CONFIRMED
    publicity: Publicity = Publicity.PUBLISHED
    side: Side = Side.TOWN
    notes: str = ""


@dataclass(frozen=True)
class Work:
    """One initiative with what was planned and done; `aims` are (year, value of the first indicator)."""

    title: str
    division: str
    field: str
    item: int | None = None
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""
    place: str = ""
    audience: str = ""
    state: InitiativeState = InitiativeState.RUNNING
    begins_on: date = date(2022, 4, 1)
    years: tuple[int, ...] = (2024,)
    indicators: tuple[tuple[str, str], ...] = ()
    aims: tuple[tuple[int, int], ...] = ()
    done: tuple[Done, ...] = ()


def write_work(cast: Cast, works: Sequence[tuple[Agreement, Work]]) -> None:
    """All initiatives with their years, indicators, aims and results, in a few statements."""
    fields = {one.slug: one for one in Field.objects.all()}
    initiatives = _initiatives(cast, works, fields)
    Initiative.objects.bulk_create(initiatives)
    pairs = [(initiative, work) for initiative, (_, work) in zip(initiatives, works, strict=True)]
    PlannedYear.objects.bulk_create(
        PlannedYear(initiative=initiative, fiscal_year=year)
        for initiative, work in pairs
        for year in work.years
    )
    indicators = [
        Indicator(initiative=initiative, position=place, name=name, unit=unit)
        for initiative, work in pairs
        for place, (name, unit) in enumerate(work.indicators, start=1)
    ]
    Indicator.objects.bulk_create(indicators)
    by_initiative: dict[int, list[Indicator]] = {}
    for one in indicators:
        by_initiative.setdefault(one.initiative_id, []).append(one)
    Aim.objects.bulk_create(
        Aim(indicator=by_initiative[initiative.pk][0], fiscal_year=year, value=value)
        for initiative, work in pairs
        for year, value in work.aims
    )
    _results(cast, pairs, by_initiative)


def _initiatives(
    cast: Cast, works: Sequence[tuple[Agreement, Work]], fields: Mapping[str, Field]
) -> list[Initiative]:
    places: dict[int, int] = {}
    made = []
    for number, (agreement, work) in enumerate(works, start=1):
        place = places[agreement.pk] = places.get(agreement.pk, 0) + 1
        items = {item.position: item for item in agreement.items.all()} if work.item else {}
        made.append(
            Initiative(
                municipality=cast.town,
                public_id=f"in{number:010}",
                agreement=agreement,
                item=items.get(work.item) if work.item else None,
                position=place,
                title=work.title,
                state=work.state,
                field=fields[work.field],
                town_part=work.town_part,
                partner_part=work.partner_part,
                timing=work.timing,
                division=cast.divisions[work.division],
                place=work.place,
                audience=work.audience,
                begins_on=work.begins_on,
                is_sample=True,
            )
        )
    return made


def _results(
    cast: Cast, pairs: Sequence[tuple[Initiative, Work]], indicators: Mapping[int, list[Indicator]]
) -> None:
    told = [(initiative, work, done) for initiative, work in pairs for done in work.done]
    results = [
        _result(cast, number, initiative, work.division, done)
        for number, (initiative, work, done) in enumerate(told, start=1)
    ]
    Result.objects.bulk_create(results)
    ResultFigure.objects.bulk_create(
        ResultFigure(result=result, indicator=indicator, value=Decimal(value))
        for result, (initiative, _, done) in zip(results, told, strict=True)
        for indicator, value in zip(indicators.get(initiative.pk, []), done.figures, strict=False)
    )


def _result(cast: Cast, number: int, initiative: Initiative, division: str, done: Done) -> Result:
    """The town's clerk reported it, or the partner; the coordinating division confirmed and approved it."""
    quantity, unit, price, basis = done.price or (None, "", None, "")
    after_year = date(done.year + 1, 4, 10)
    is_confirmed = done.state == ResultState.CONFIRMED
    is_published = done.publicity == Publicity.PUBLISHED
    clerk, coordinator = cast.clerks.get(division, cast.people["sokatsu"]), cast.people["sokatsu"]
    return Result(
        municipality=cast.town,
        public_id=f"rs{number:010}",
        agreement=initiative.agreement,
        initiative=initiative,
        fiscal_year=done.year,
        done_on=done.on,
        kind=done.kind,
        what=done.what,
        notes=done.notes,
        division=initiative.division,
        town_cost=done.town_cost,
        partner_cost=done.partner_cost,
        value_quantity=quantity,
        value_unit=unit,
        value_price=price,
        value_basis=basis,
        value=quantity * price if quantity is not None and price is not None else None,
        state=done.state,
        reported_side=done.side,
        reported_by=clerk if done.side == Side.TOWN else None,
        reported_at=at(after_year),
        confirmed_by=coordinator if is_confirmed else None,
        confirmed_at=at(after_year, 15) if is_confirmed else None,
        confirmed_how="電話で相手方に確かめた。(見本)" if is_confirmed and done.side == Side.TOWN else "",
        sent_back_reason="参加した人数を書き足してください。(見本)"
        if done.state == ResultState.SENT_BACK
        else "",
        publicity=done.publicity,
        public_text=done.public_text,
        approved_by=coordinator if is_published else None,
        approved_at=at(date(done.year + 1, 5, 20)) if is_published else None,
        highlight=done.highlight,
        is_sample=True,
    )
