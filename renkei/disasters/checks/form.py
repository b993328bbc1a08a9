"""What the form of the yearly check shows of a partner, the same at both doors, and what is wrong with a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from renkei.disasters.checks.answer import (
    Supply,
    capabilities_of,
    capability_words,
    contact_from,
    contacts_of,
)
from renkei.disasters.checks.plan import asked_partner
from renkei.disasters.contacts.checks import tidied
from renkei.disasters.contacts.typed import USUAL, channel_fault, kinds, whens
from renkei.disasters.models import Capability, ContactCheck, EmergencyContact
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.vocabulary import Certainty


def row_of(contact: EmergencyContact) -> dict[str, Any]:
    """A contact as a row shows it; `only` names the agreement whose contact it is."""
    return {
        "public_id": contact.public_id,
        "unit": contact.unit,
        "name": contact.name,
        "reached_when": contact.reached_when,
        "note": contact.note,
        "channels": [(one.kind, one.value) for one in contact.channels.all()],
        "only": contact.agreement.title if contact.agreement else "",
    }


def fault_of(row: Mapping[str, Any]) -> str:
    """What is wrong with a row, as a sentence; "" for nothing."""
    try:
        tidied(contact_from(row))
    except ContactRefused as refusal:
        return str(refusal)
    return ""


@dataclass
class FormFacts:
    """All that the form shows of one partner, and the words to choose from; plain, for both doors."""

    contacts: list[dict[str, Any]]
    supplies: list[dict[str, Any]]
    kinds: list[tuple[str, str]]
    whens: list[tuple[str, str]]
    says: list[tuple[str, str]]
    certainties: list[tuple[str, str]]
    agreements: list[tuple[str, str]]
    fault_of: Callable[[Mapping[str, Any]], str]
    channel_fault: Callable[[str, str], str] = channel_fault
    usual: tuple[str, ...] = USUAL


def form_facts(check: ContactCheck, day: date) -> FormFacts:
    """As it stands in the town's records on the day."""
    town, partner = check.campaign.municipality, check.partner
    return FormFacts(
        contacts=[row_of(one) for one in contacts_of(town, partner)],
        supplies=[_supply(one) for one in capabilities_of(town, partner)],
        kinds=kinds(),
        whens=whens(),
        says=_choices(Supply),
        certainties=_choices(Certainty),
        agreements=[(one.public_id, one.title) for one in asked_partner(town, partner, day).agreements],
        fault_of=fault_of,
    )


def _supply(capability: Capability) -> dict[str, Any]:
    return {
        "key": capability.public_id,
        "words": capability_words(capability),
        "quantity": capability.quantity,
        "unit": capability.unit,
        "certainty": capability.certainty,
    }


def _choices(words: type[models.TextChoices]) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in words]
