"""What readiness is judged from: the records of some agreements as of a day, each kind read in one question."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from renkei.agreements.models import Agreement, AgreementQuerySet, Attachment, Party
from renkei.disasters.contacts.chains import TELEPHONES, partner_key
from renkei.disasters.models import Capability, ContactChannel, EmergencyContact
from renkei.disasters.vocabulary import CapabilityState
from renkei.partners.models import Organisation

AT_ONCE = 500
"""So many agreements are in memory at a time."""
"""Channels that wake somebody up at night."""


@dataclass
class AgreementFacts:
    """One agreement with everything that tells how ready it is; partners by their key, merged ones as one."""

    agreement: Agreement
    text: str = ""
    partners: dict[int, Organisation] = field(default_factory=dict)
    capabilities: list[Capability] = field(default_factory=list)
    contacts: list[EmergencyContact] = field(default_factory=list)

    @property
    def functions(self) -> list[str]:
        """What is promised, each once."""
        return list(dict.fromkeys(one.function for one in self.capabilities))


def facts_of(agreements: AgreementQuerySet, day: date) -> Iterator[AgreementFacts]:
    """The facts of each agreement, in portions, so that sixty thousand never are in memory together."""
    yield from facts_of_keys(list(agreements.order_by("pk").values_list("pk", flat=True)), day)


def facts_of_keys(keys: Sequence[int], day: date) -> Iterator[AgreementFacts]:
    """The same for agreements whose keys are known already."""
    for first in range(0, len(keys), AT_ONCE):
        yield from _portion(keys[first : first + AT_ONCE], day)


def _portion(keys: Collection[int], day: date) -> Iterator[AgreementFacts]:
    parties = Party.objects.present_on(day).exclude(organisation=None)
    rows = Agreement.objects.filter(pk__in=keys).order_by("pk").select_related("division", "series")
    read = rows.prefetch_related(
        Prefetch("parties", parties.select_related("organisation__merged_into"), to_attr="present")
    )
    found = {one.pk: AgreementFacts(one) for one in read}
    _texts(found, day)
    _capabilities(found, day)
    for facts in found.values():
        for party in facts.agreement.present:  # type: ignore[attr-defined]
            partner = party.organisation.merged_into or party.organisation
            facts.partners.setdefault(partner.pk, partner)
    _contacts(found, day)
    yield from found.values()


def _texts(found: dict[int, AgreementFacts], day: date) -> None:
    attached = Attachment.objects.filter(agreement__in=found).filter(
        Q(detached_at=None) | Q(detached_at__date__gt=day)
    )
    for agreement, name in attached.order_by("-pk").values_list("agreement", "document__name"):
        found[agreement].text = name
    for facts in found.values():
        series = facts.agreement.series
        if not facts.text and series and series.document_id:
            facts.text = series.name


def current_on(day: date) -> QuerySet[Capability]:
    """What was in use on the day: what is current now, and what was ended only later."""
    return Capability.objects.filter(
        Q(state=CapabilityState.CURRENT) | Q(state=CapabilityState.ENDED, ended_on__gt=day)
    )


def _capabilities(found: dict[int, AgreementFacts], day: date) -> None:
    rows = current_on(day).filter(agreement__in=found)
    for one in rows.select_related("organisation__merged_into").prefetch_related("places"):
        facts = found[one.agreement_id]
        facts.capabilities.append(one)
        facts.partners.setdefault(one.partner.pk, one.partner)


def contacts_on(day: date) -> QuerySet[Any]:
    """Partners' contacts in use on the day; each knows as `rings` whether a telephone can be called."""
    rings = ContactChannel.objects.filter(contact=OuterRef("pk"), kind__in=TELEPHONES)
    used = EmergencyContact.objects.exclude(organisation=None).filter(Q(ended_on=None) | Q(ended_on__gt=day))
    return used.annotate(rings=Exists(rings)).select_related("organisation")


def _contacts(found: dict[int, AgreementFacts], day: date) -> None:
    partners = {key for facts in found.values() for key in facts.partners}
    theirs: dict[int | None, list[EmergencyContact]] = defaultdict(list)
    # By the town first: that has an index, and the question after merged records has none.
    rows = contacts_on(day).filter(municipality__in={one.agreement.municipality_id for one in found.values()})
    rows = rows.filter(Q(organisation__in=partners) | Q(organisation__merged_into__in=partners))
    for one in rows.order_by("position", "pk"):
        theirs[partner_key(one)].append(one)
    for facts in found.values():
        own = (one for key in facts.partners for one in theirs.get(key, ()))
        facts.contacts = [one for one in own if one.agreement_id in (None, facts.agreement.pk)]
