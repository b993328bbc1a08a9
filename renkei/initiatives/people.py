"""Both sides' people of the work under an agreement: who is told, who answers for the partner."""

from collections.abc import Iterable
from datetime import date

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement, Party
from renkei.correspondents.models import Correspondent
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation


def clerks_of(division: Division | None, municipality: Municipality, day: date) -> list[User]:
    """The clerks of a division on the day, after reorganisations; the coordinators where it has none."""
    people = User.objects.of(municipality).filter(is_active=True)
    if division is not None:
        now = Lineage(municipality).on(division.pk, day)
        clerks = list(people.holding(role=Role.RESPONSIBLE, division=now, day=day))
        if clerks:
            return clerks
    return list(people.holding(role=Role.COORDINATOR, day=day))


def people_of(partners: Iterable[Organisation], municipality: Municipality) -> list[Correspondent]:
    """Those whom the town accepted as people of one of the partners, and whose access nobody has ended."""
    found: dict[int, Correspondent] = {}
    known = Correspondent.objects.of(municipality).select_related("organisation__merged_into")
    for partner in partners:
        found |= {one.pk: one for one in known.of_partner(partner)}
    return list(found.values())


def partners_of(agreement: Agreement, day: date, only: Organisation | None = None) -> list[Organisation]:
    """The partners present in the agreement on the day; just the one where only one is meant."""
    if only is not None:
        return [only.merged_into or only]
    parties = Party.objects.filter(agreement=agreement, organisation__isnull=False).present_on(day)
    return [party.organisation for party in parties.select_related("organisation") if party.organisation]
