"""What somebody holds on a day: how many agreements there are, how many in force, and in which fields."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from renkei.agreements.models import Agreement, AgreementField, AgreementQuerySet, Field, Series
from renkei.agreements.vocabulary import top_field
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division


@dataclass(frozen=True)
class Holdings:
    """Counts as of a day."""

    total: int
    in_force: int
    by_field: list[tuple[Field, int]] = field(default_factory=list)


def holdings(agreements: AgreementQuerySet, day: date) -> Holdings:
    """Count; an agreement counts once in each field of the upper level that it belongs to."""
    in_force = agreements.in_force_on(day)
    links = AgreementField.objects.filter(agreement__in=in_force.order_by().values("pk"))
    counts = _upper(links.values_list("agreement", "field__slug"))
    fields = {one.slug: one for one in Field.objects.filter(slug__in=counts)}
    return Holdings(
        total=agreements.count(),
        in_force=in_force.count(),
        by_field=[(fields[slug], count) for slug, count in counts.most_common()],
    )


def _upper(links: Iterable[tuple[int, str]]) -> Counter[str]:
    pairs = {(agreement, top_field(slug)) for agreement, slug in links}
    return Counter(slug for _agreement, slug in sorted(pairs))


def holder_on(held: Agreement | Series, day: date) -> Division | None:
    """The division that answers for the agreement or series on the day; None where none is recorded."""
    if held.division_id is None:
        return None
    return Lineage(held.municipality).on(held.division_id, day)
