"""Beginning the work that an agreement names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from renkei.agreements.models import Agreement, AgreementField, Field
from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.changes import tell_work_changed
from renkei.initiatives.lines import note_written
from renkei.initiatives.models import Indicator, Initiative, PlannedYear
from renkei.initiatives.vocabulary import InitiativeState
from renkei.municipalities.public_id import new_public_id


@dataclass(frozen=True)
class InitiativeFacts:
    """An initiative as the signed list, a form or a sheet names it.

    `item` is the position of its item, `field` the slug of its field (empty: that of the agreement), `indicators` are
    names with their units, `planned_years` fiscal years.
    """

    title: str
    item: int | None = None
    town_part: str = ""
    partner_part: str = ""
    timing: str = ""
    division_id: int | None = None
    field: str = ""
    town_person: str = ""
    organisation_id: int | None = None
    partner_person: str = ""
    place: str = ""
    audience: str = ""
    state: InitiativeState = InitiativeState.PLANNED
    planned_years: tuple[int, ...] = ()
    indicators: tuple[tuple[str, str], ...] = ()
    is_public: bool = True
    is_sample: bool = False
    public_id: str = ""


def begin(
    agreement: Agreement, facts: Sequence[InitiativeFacts], *, on: date, actor: Actor
) -> list[Initiative]:
    """Write the initiatives of a signed list under the agreement's items, inside the transaction of the signing."""
    items = {item.position: item for item in agreement.items.all()}
    fields = {field.slug: field for field in Field.objects.all()}
    of_agreement = field_of(agreement)
    made = [
        Initiative(
            municipality=agreement.municipality,
            public_id=one.public_id or new_public_id(),
            agreement=agreement,
            item=items.get(one.item) if one.item else None,
            position=place,
            title=one.title,
            state=one.state,
            field=fields.get(one.field) or of_agreement,
            town_part=one.town_part,
            partner_part=one.partner_part,
            timing=one.timing,
            division_id=one.division_id,
            town_person=one.town_person,
            organisation_id=one.organisation_id,
            partner_person=one.partner_person,
            place=one.place,
            audience=one.audience,
            begins_on=on,
            is_public=one.is_public,
            is_sample=one.is_sample,
        )
        for place, one in enumerate(facts, start=agreement_last(agreement) + 1)
    ]
    Initiative.objects.bulk_create(made)
    _write_beside(made, facts)
    note_written(made)
    if made:
        tell_work_changed([agreement.pk])
        record(events.BEGUN, actor, agreement, municipality=agreement.municipality, count=len(made))
    return made


def _write_beside(made: Sequence[Initiative], facts: Sequence[InitiativeFacts]) -> None:
    PlannedYear.objects.bulk_create(
        PlannedYear(initiative=initiative, fiscal_year=year)
        for initiative, one in zip(made, facts, strict=True)
        for year in sorted(set(one.planned_years))
    )
    Indicator.objects.bulk_create(
        Indicator(initiative=initiative, position=place, name=name, unit=unit)
        for initiative, one in zip(made, facts, strict=True)
        for place, (name, unit) in enumerate(one.indicators, start=1)
    )


def field_of(agreement: Agreement) -> Field | None:
    """The agreement's main field, or its only one; None where an initiative's field has to be chosen."""
    links = list(AgreementField.objects.filter(agreement=agreement).select_related("field"))
    main = [link.field for link in links if link.is_main]
    if main:
        return main[0]
    return links[0].field if len(links) == 1 else None


def agreement_last(agreement: Agreement) -> int:
    """The last place in the agreement's list, 0 where it is empty."""
    return (
        Initiative.objects.about(agreement).order_by("-position").values_list("position", flat=True).first()
        or 0
    )
