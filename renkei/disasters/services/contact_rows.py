"""The rows of a chain: what is added, what is changed, and what stays as it is with its verification."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from renkei.disasters.contacts.facts import ContactFacts, facts_of
from renkei.disasters.models import ContactChannel, EmergencyContact
from renkei.disasters.refusals import ContactRefused


def written_rows(
    told: Sequence[ContactFacts], known: Sequence[EmergencyContact], blank: EmergencyContact
) -> tuple[list[EmergencyContact], dict[str, int]]:
    """The chain as rows; a public id that is none of this chain's is refused."""
    by_id = {one.public_id: one for one in known}
    if any(one.public_id and one.public_id not in by_id for one in told):
        raise ContactRefused(_("ほかの人が先に外した連絡先があります。画面を読み直してください。"))
    chain, counts = [], {"added": 0, "changed": 0, "moved": 0}
    for position, facts in enumerate(told, start=1):
        contact = by_id.get(facts.public_id)
        if contact is None:
            contact, kind = _added(facts, blank, position), "added"
        else:
            kind = _changed(contact, facts, position)
        chain.append(contact)
        if kind:
            counts[kind] += 1
    return chain, counts


def _added(facts: ContactFacts, blank: EmergencyContact, position: int) -> EmergencyContact:
    contact = EmergencyContact(
        municipality=blank.municipality,
        organisation=blank.organisation,
        agreement=blank.agreement,
        is_sample=facts.is_sample,
    )
    _fill(contact, facts, position)
    contact.save()
    _write_channels(contact, facts)
    return contact


def _changed(contact: EmergencyContact, facts: ContactFacts, position: int) -> str:
    """What happened to a contact that is in the chain already: "changed", "moved" or "" for nothing."""
    before = facts_of(contact)
    plain = replace(facts, verified_on=None, verified_how=None, verified_by="", is_sample=before.is_sample)
    is_same, is_moved = plain == before, contact.position != position
    if is_same and not is_moved:
        return ""
    is_other = reached(facts) != reached(before)
    _fill(contact, facts, position, is_other=is_other)
    contact.save()
    if facts.channels != before.channels:
        _write_channels(contact, facts)
    return "changed" if not is_same else "moved" if is_moved else ""


def reached(facts: ContactFacts) -> tuple[object, ...]:
    """What was verified when a contact was: who answers, when, and where."""
    return facts.unit, facts.name, facts.reached_when, set(facts.channels)


def _fill(contact: EmergencyContact, facts: ContactFacts, position: int, *, is_other: bool = True) -> None:
    contact.position, contact.reached_when = position, facts.reached_when
    contact.unit, contact.name, contact.note = facts.unit, facts.name, facts.note
    contact.division_id = facts.division_id
    if is_other:
        contact.verified_on, contact.verified_how, contact.verified_by = None, "", ""
        contact.failed_on, contact.failed_note = None, ""


def _write_channels(contact: EmergencyContact, facts: ContactFacts) -> None:
    contact.channels.all().delete()
    ContactChannel.objects.bulk_create(
        ContactChannel(contact=contact, kind=one.kind, value=one.value, position=position)
        for position, one in enumerate(facts.channels, start=1)
    )
    # A prefetch that was made before would show the former numbers.
    getattr(contact, "_prefetched_objects_cache", {}).clear()
