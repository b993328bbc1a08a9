"""Taking a partner's answer to the yearly check: contacts and capabilities are then as it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.actors import Outsider
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.checks.answer import (
    CheckAnswer,
    capabilities_of,
    contacts_of,
    plain,
    standing,
    withdrawn,
)
from renkei.disasters.checks.letters import tell_withdrawn
from renkei.disasters.checks.plan import asked_partner
from renkei.disasters.contacts.facts import ContactFacts
from renkei.disasters.models import ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.disasters.services.capabilities import (
    confirm_capability,
)
from renkei.disasters.services.check_claims import claim_check, refuse_closed
from renkei.disasters.services.check_supplies import Taking, write_supply
from renkei.disasters.services.contacts import verify_contacts, write_chain
from renkei.disasters.vocabulary import (
    CheckState,
)
from renkei.documents.services import keep


@dataclass(frozen=True)
class Scan:
    """The paper that came back, as it was scanned."""

    content: bytes
    name: str


@transaction.atomic
def answer_check(
    check: ContactCheck,
    answer: CheckAnswer,
    *,
    how: str,
    by_name: str,
    actor: User | None,
    at: datetime,
    scan: Scan | None = None,
) -> bool:
    """Take the answer as the partner's word; whether it said anything new. The same answer twice is one.

    Contacts are verified and capabilities confirmed by `how`; `actor` is the clerk who typed it, None for the link.
    """
    refuse_closed(check.campaign)
    partner, town = check.partner, check.campaign.municipality
    who = actor or Outsider(str(partner))  # the name of who answered stands in the check, which can go
    taking = Taking(check, town, partner, how, by_name.strip()[:100], who, at)
    before = standing(town, partner)
    given = plain(answer)
    if _is_known(check, given, before, how) and scan is None:
        return False
    claim_check(check)
    promised = capabilities_of(town, partner)
    if answer.is_unchanged:
        _confirm_all(taking)
    else:
        _write_contacts(taking, answer.contacts)
        known = {one.public_id: one for one in capabilities_of(town, partner)}
        for one in answer.capabilities:
            write_supply(taking, one, known)
    after = standing(town, partner)
    less = withdrawn(promised, capabilities_of(town, partner))
    _note(taking, answer, {"given": given, "before": before, "after": after, "withdrawn": less}, scan)
    if less:
        tell_withdrawn(check, less, asked_partner(town, partner, taking.day).divisions, at=at)
    return True


def _is_known(check: ContactCheck, given: dict[str, Any], now: dict[str, Any], how: str) -> bool:
    """The same answer by the same way, and nothing was changed since: pressed twice."""
    kept = check.answer
    return check.answered_how == how and kept.get("given") == given and kept.get("after") == now


def _confirm_all(taking: Taking) -> None:
    contacts = contacts_of(taking.town, taking.partner)
    if not contacts:
        raise CheckRefused(
            _("連絡先がまだ一つもありません。「変更はありません」ではなく、連絡先を入れて送ってください。")
        )
    _verify(taking)
    for one in capabilities_of(taking.town, taking.partner):
        confirm_capability(one, on=taking.day, how=taking.way, actor=taking.actor)


def _verify(taking: Taking) -> None:
    contacts = contacts_of(taking.town, taking.partner)
    if contacts:
        verify_contacts(contacts, on=taking.day, how=taking.way, by=taking.by_name, actor=taking.actor)


def _write_contacts(taking: Taking, told: Sequence[ContactFacts]) -> None:
    """Each chain is written as told: a contact of a single agreement stays there, a new one is for all of them."""
    known = {one.public_id: one for one in contacts_of(taking.town, taking.partner)}
    chains: dict[Agreement | None, list[ContactFacts]] = {one.agreement: [] for one in known.values()}
    chains.setdefault(None, [])
    for facts in told:
        if facts.public_id and facts.public_id not in known:
            raise CheckRefused(_("ほかの人が先に外した連絡先があります。画面を読み直してください。"))
        agreement = known[facts.public_id].agreement if facts.public_id else None
        chains[agreement].append(facts)
    for agreement, facts_of_chain in chains.items():
        write_chain(
            taking.partner,
            facts_of_chain,
            agreement=agreement,
            actor=taking.actor,
            at=taking.at,
            town=taking.town,
        )
    _verify(taking)


def _note(taking: Taking, answer: CheckAnswer, kept: dict[str, Any], scan: Scan | None) -> None:
    check, is_same = taking.check, kept["before"] == kept["after"]
    check.state = CheckState.CONFIRMED if is_same else CheckState.CORRECTED
    check.answered_at, check.answered_how, check.answered_by = taking.at, taking.how, taking.by_name
    check.answer, check.note = kept, answer.note.strip()
    check.written_by = taking.actor if isinstance(taking.actor, User) else None
    if scan:
        check.paper = keep(
            scan.content,
            name=scan.name,
            municipality=taking.town,
            unread_because=_("緊急連絡先のある調査票なので、本文は読み取りません。"),
        )
    check.save(
        update_fields=[
            "state", "answered_at", "answered_how", "answered_by", "answer", "note", "written_by", "paper",
        ]
    )  # fmt: skip
    record(
        events.CHECK_ANSWERED,
        taking.actor,
        check.campaign,
        municipality=taking.town,
        partner=taking.partner,
        how=taking.way.label,
        result=CheckState(check.state).label,
    )
