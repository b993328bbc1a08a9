"""The town's partners for disasters at a glance: how many contacts each has, reached when, how old."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from renkei.agreements.models import Party
from renkei.disasters.agreements import for_disasters
from renkei.disasters.contacts.chains import (
    has_telephone,
    in_use_with_channels,
    is_reached_at_night,
    partner_key,
)
from renkei.disasters.contacts.state import ContactState
from renkei.disasters.models import EmergencyContact
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation

NONE = "none"
"""A partner without any contact: worse than everything that can be said of one."""
WORST_FIRST = (NONE, ContactState.FAILED, ContactState.NEVER, ContactState.OLD, ContactState.VERIFIED)


@dataclass
class PartnerLine:
    """A partner with its contacts as far as everybody of the town may know them."""

    partner: Organisation
    day: date
    contacts: list[EmergencyContact] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    agreements: int = 0

    @property
    def best(self) -> EmergencyContact | None:
        """The contact of which most is known; one with a telephone before one without."""
        return max(self.contacts, key=self._rank, default=None)

    @property
    def state(self) -> str:
        """What is known of the best contact; "none" without any."""
        return self.best.state(self.day).value if self.best else NONE

    @property
    def is_reached_at_night(self) -> bool:
        """Whether somebody answers the telephone at night."""
        return is_reached_at_night(self.contacts)

    @property
    def failed(self) -> int:
        """How many contacts were not reached the last time."""
        return sum(one.has_failed for one in self.contacts)

    @property
    def verified_on(self) -> date | None:
        """The last day on which one of them was verified."""
        return max((one.verified_on for one in self.contacts if one.verified_on), default=None)

    def _rank(self, one: EmergencyContact) -> tuple[bool, int, date]:
        return has_telephone(one), WORST_FIRST.index(one.state(self.day)), one.verified_on or date.min


def lines_of(town: Municipality, day: date) -> list[PartnerLine]:
    """Partners of agreements for disasters in force, and those with contacts; the longest unverified first."""
    found = _with_agreements(town, day)
    own = EmergencyContact.objects.of(town).exclude(organisation=None)
    for contact in in_use_with_channels(own).select_related("organisation__merged_into"):
        key = partner_key(contact)
        assert key
        assert contact.organisation
        if key not in found:
            found[key] = PartnerLine(contact.organisation.merged_into or contact.organisation, day)
        found[key].contacts.append(contact)
    return sorted(found.values(), key=_oldest_first)


def _with_agreements(town: Municipality, day: date) -> dict[int, PartnerLine]:
    # The keys are told: a database without statistics takes minutes over a question within the question.
    agreements = list(for_disasters(town, day).order_by().values_list("pk", flat=True))
    parties = (
        Party.objects.filter(agreement__in=agreements, left_on=None)
        .exclude(organisation=None)
        .select_related("organisation", "agreement")
        .order_by("pk")
    )
    found: dict[int, PartnerLine] = {}
    lineage = Lineage(town)
    divisions: dict[int, dict[int, Division]] = defaultdict(dict)
    for party in parties:
        assert party.organisation
        line = found.setdefault(party.organisation.pk, PartnerLine(party.organisation, day))
        line.agreements += 1
        if party.agreement.division_id and (division := lineage.on(party.agreement.division_id, day)):
            divisions[party.organisation.pk][division.pk] = division
    for key, line in found.items():
        line.divisions = list(divisions[key].values())
    return found


def _oldest_first(line: PartnerLine) -> tuple[int, date, str, int]:
    kana = line.partner.name_kana or line.partner.name
    return WORST_FIRST.index(line.state), line.verified_on or date.min, kana, line.partner.pk


def tally(lines: Iterable[PartnerLine]) -> dict[str, int]:
    """How many partners there are in each state, worst first."""
    states = [line.state for line in lines]
    return {str(state): states.count(state) for state in WORST_FIRST}
