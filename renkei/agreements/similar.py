"""What is already there: agreements that look like a new one, and partners of the same name."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from renkei.agreements.models import Agreement, Party
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation, OrganisationName
from renkei.rules.names import folded_name

ALIKE = 80
MOST = 200
"""Agreements of the same partners that are looked at, the newest first."""


def known_partners(names: Iterable[str], municipality: Municipality) -> dict[str, Organisation]:
    """Partners by the name as written, where one bears or bore it after folding."""
    asked = {folded_name(name): name for name in names if name.strip()}
    found: dict[str, Organisation] = {}
    for partner in Organisation.objects.of(municipality).named(asked.values()).order_by("pk"):
        for folded in [partner.folded_name, *_former(partner)]:
            if folded in asked:
                found.setdefault(asked[folded], partner)
    return found


def _former(partner: Organisation) -> Iterable[str]:
    return OrganisationName.objects.filter(organisation=partner).values_list("folded_name", flat=True)


def similar_agreements(title: str, names: Iterable[str], municipality: Municipality) -> list[Agreement]:
    """Agreements with one of the partners whose title is much the same."""
    partners = [partner.pk for partner in known_partners(names, municipality).values()]
    with_them = Party.objects.filter(organisation__in=partners).values("agreement")
    found = Agreement.objects.of(municipality).filter(pk__in=with_them).order_by("-pk")[:MOST]
    return [agreement for agreement in found if alike(agreement.title, title)]


def alike(one: str, other: str) -> bool:
    """Whether two titles are the same but for a few letters."""
    return fuzz.ratio(folded_name(one), folded_name(other)) >= ALIKE
