"""Writing chains of contacts, verifying them, and noting that one was not reached."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.actors import Actor
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.contacts.chains import TOKYO, in_use_with_channels
from renkei.disasters.contacts.checks import refuse_unusable, tidied
from renkei.disasters.contacts.facts import ContactFacts
from renkei.disasters.models import EmergencyContact
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.contact_rows import written_rows
from renkei.disasters.vocabulary import HowVerified
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation


@transaction.atomic
def write_chain(
    partner: Organisation | None,
    contacts: Sequence[ContactFacts],
    *,
    agreement: Agreement | None = None,
    actor: Actor,
    at: datetime,
    town: Municipality | None = None,
    seen: str | None = None,
) -> list[EmergencyContact]:
    """Add, change and end contacts so that the chain is this one, in this order; unchanged ones stay verified.

    Without a partner it is the town's own chain; `town` may then be left out where a clerk acts. `seen` is the stamp of
    the chain that the person read: if it was changed since, it is refused.
    """
    partner = partner.merged_into or partner if partner else None
    town = town or _town_of(partner, actor)
    if any(one is not None and one.municipality_id != town.pk for one in (partner, agreement)):
        raise ContactRefused(_("ほかの自治体の相手方か協定です。選び直してください。"))
    told = [tidied(one) for one in contacts]
    refuse_unusable(told, is_agreements=agreement is not None)
    known = list(the_chain(town, partner, agreement))
    if seen is not None and seen != stamp_of(known):
        raise ContactRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    _claim_all(known)
    chain, counts = written_rows(
        told, known, EmergencyContact(municipality=town, organisation=partner, agreement=agreement)
    )
    counts["ended"] = _end_others(known, chain, on=_day_of(at))
    if any(counts.values()):
        written: dict[str, Any] = {**counts}
        record(events.CONTACTS_WRITTEN, actor, partner or town, municipality=town, **written)
    _verify_as_told(told, chain, actor)
    return chain


def the_chain(
    town: Municipality, partner: Organisation | None, agreement: Agreement | None
) -> Iterable[EmergencyContact]:
    """The contacts in use that are written together, in their order."""
    own = EmergencyContact.objects.of(town)
    own = own.of_partner(partner) if partner else own.of_town()
    return in_use_with_channels(own.filter(agreement=agreement)).order_by("position", "pk")


def stamp_of(chain: Iterable[EmergencyContact]) -> str:
    """Changes whenever somebody writes, verifies or ends one of the chain."""
    return "-".join(f"{one.public_id}.{one.version}" for one in sorted(chain, key=lambda one: one.pk))


@transaction.atomic
def verify_contacts(
    contacts: Sequence[EmergencyContact], *, on: date, how: HowVerified, by: str, actor: Actor
) -> None:
    """Note that the contacts were verified on the day; a failure until that day is forgotten, a later day stays."""
    if not contacts:
        raise ContactRefused(_("確かめた連絡先を選んでください。"))
    _refuse_ended(contacts)
    _claim_all(contacts)
    _note_verified(contacts, on=on, how=how, by=by, actor=actor)


@transaction.atomic
def note_failure(contact: EmergencyContact, *, on: date, note: str, actor: Actor) -> None:
    """Note that the contact was not reached on the day; it is out of date until somebody verifies it."""
    _refuse_ended([contact])
    _claim_all([contact])
    contact.failed_on, contact.failed_note = on, note.strip()[:200]
    contact.save(update_fields=["failed_on", "failed_note"])
    subject = contact.organisation or contact.municipality
    record(events.CONTACT_FAILED, actor, subject, municipality=contact.municipality, on=on)


@transaction.atomic
def take_back_failure(contact: EmergencyContact, *, actor: Actor) -> None:
    """The failure was noted by mistake: it goes, and the contact is as verified as it was."""
    _claim_all([contact])
    contact.failed_on, contact.failed_note = None, ""
    contact.save(update_fields=["failed_on", "failed_note"])
    subject = contact.organisation or contact.municipality
    record(events.CONTACT_FAILURE_TAKEN_BACK, actor, subject, municipality=contact.municipality)


def _note_verified(
    contacts: Sequence[EmergencyContact], *, on: date, how: HowVerified, by: str, actor: Actor
) -> None:
    for one in contacts:
        if one.verified_on is None or one.verified_on <= on:
            one.verified_on, one.verified_how, one.verified_by = on, how, by[:100]
        if one.failed_on and one.failed_on <= on:
            one.failed_on, one.failed_note = None, ""
        one.save(update_fields=["verified_on", "verified_how", "verified_by", "failed_on", "failed_note"])
    town, label = contacts[0].municipality, HowVerified(how).label
    for subject, count in _counted(contacts):
        record(
            events.CONTACTS_VERIFIED, actor, subject, municipality=town, count=count, how=label, on=on
        )  # fmt: skip


def _verify_as_told(told: Sequence[ContactFacts], chain: Sequence[EmergencyContact], actor: Actor) -> None:
    """Contacts whose facts say that they were verified; those of one act are told together."""
    acts: dict[tuple[date, HowVerified, str], list[EmergencyContact]] = {}
    for facts, contact in zip(told, chain, strict=True):
        if facts.verified_on:
            act = facts.verified_on, facts.verified_how or HowVerified.CLERK, facts.verified_by
            acts.setdefault(act, []).append(contact)
    for (on, how, by), contacts in acts.items():
        _note_verified(contacts, on=on, how=how, by=by, actor=actor)


def _town_of(partner: Organisation | None, actor: Actor) -> Municipality:
    if partner:
        return partner.municipality
    if isinstance(actor, User):
        return actor.municipality
    raise ValueError("The town's own chain needs its town.")


def _day_of(at: datetime) -> date:
    return at.astimezone(TOKYO).date()


def _claim_all(contacts: Iterable[EmergencyContact]) -> None:
    if not all(EmergencyContact.objects.claim(one) for one in contacts):
        raise ContactRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _refuse_ended(contacts: Iterable[EmergencyContact]) -> None:
    if any(one.ended_on for one in contacts):
        raise ContactRefused(_("外した連絡先が含まれています。画面を読み直してください。"))


def _counted(contacts: Sequence[EmergencyContact]) -> list[tuple[Organisation | Municipality, int]]:
    subjects = [one.organisation or one.municipality for one in contacts]
    return [(one, subjects.count(one)) for one in dict.fromkeys(subjects)]


def _end_others(known: Sequence[EmergencyContact], chain: Sequence[EmergencyContact], *, on: date) -> int:
    kept = {one.pk for one in chain}
    ended = [one for one in known if one.pk not in kept]
    for one in ended:
        one.ended_on = on
        one.save(update_fields=["ended_on"])
    return len(ended)


@transaction.atomic
def tell_downloaded(town: Municipality, count: int, *, what: str, actor: User) -> None:
    """Tell that somebody took the town's contacts out: a list of names and numbers leaves the program."""
    record(events.CONTACTS_DOWNLOADED, actor, town, municipality=town, count=count, what=what)
