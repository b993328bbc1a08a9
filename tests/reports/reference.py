"""What the figures must say, found the slow way: from the records, agreement by agreement."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import top_field
from renkei.reports.counts import counts_for


def recorded(audience: Audience, on: date) -> Counter[str]:
    """By group, the agreements in force on the day."""
    counts: Counter[str] = Counter()
    in_force = Agreement.objects.seen_by(audience).in_force_on(on)
    for agreement in in_force.prefetch_related("parties__organisation", "field_links__field"):
        kinds = {party.organisation.kind for party in agreement.parties.all() if party.organisation}
        slugs = {link.field.slug for link in agreement.field_links.all()}
        counts.update(
            {"", f"form:{agreement.form}", f"signed:{agreement.signed_as[:7]}"}
            | {f"kind:{kind}" for kind in kinds}
            | {f"field:{slug}" for slug in slugs or {"none"}}
            | {f"field:{top_field(slug)}" for slug in slugs}
        )
        if audience.municipality:
            counts[f"division:{agreement.division_id or 'none'}"] += 1
            counts.update([f"series:{agreement.series_id}"] if agreement.series_id else [])
    return counts


def recorded_signed(audience: Audience, on: date, since: date) -> int:
    """Those in force on the day whose signing certainly lies between the days."""
    in_force = Agreement.objects.seen_by(audience).in_force_on(on)
    return sum(
        agreement.signed is not None and since <= agreement.signed.first and agreement.signed.last <= on
        for agreement in in_force
    )


def disagreements(audiences: Iterable[Audience], questions: Iterable[tuple[date, date]]) -> list[object]:
    """Where the figures say something else than the records."""
    asked = list(questions)
    found: list[object] = []
    for audience in audiences:
        counts = counts_for(audience)
        for on, since in asked:
            if counts.on(on) != recorded(audience, on):
                found.append((audience, on, counts.on(on), recorded(audience, on)))
            if counts.signed(on, since) != recorded_signed(audience, on, since):
                found.append((audience, on, since, counts.signed(on, since)))
    return found
