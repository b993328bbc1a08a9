"""Parties of an agreement that goes on: joining it, leaving it, and a partner that is there no more."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.facts import PartyFacts
from renkei.agreements.models import Agreement, Party
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.end import end
from renkei.agreements.vocabulary import EndReason
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.municipalities.bulk import insert
from renkei.partners.models import Organisation
from renkei.partners.services import dissolve, known_or_new
from renkei.rules.japanese_calendar import japanese_date

Fate = Literal["end", "leave"]


class PartiesRefused(Refused):
    """The parties do not change; str() says why and what to do."""


@transaction.atomic
def join(
    agreement: Agreement, parties: Sequence[PartyFacts], *, on: date, actor: User | None, reason: str = ""
) -> Agreement:
    """Let partners accede to the agreement: they are parties from the day on."""
    new = [party for party in parties if party.name.strip()]
    if not new:
        raise PartiesRefused(_("加入する相手方が空です。名称を一行に一つずつ入れてください。"))
    _refuse_outside(agreement, on)
    partners = known_or_new(agreement.municipality, {party.name: party.kind for party in new})
    _refuse_present(agreement, new, partners, on)
    before = _names(agreement)
    claim(agreement)
    last = agreement.parties.aggregate(last=Max("position"))["last"] or 0
    rows = (
        (
            agreement.pk,
            place,
            one.letter,
            partners[one.name],
            one.name,
            one.unit,
            one.signatory,
            one.duties,
            on,
        )
        for place, one in enumerate(new, start=last + 1)
    )
    insert(
        Party,
        (
            "agreement_id", "position", "letter", "organisation_id", "name_as_signed", "unit", "signatory",
            "duties", "joined_on",
        ),
        rows,
    )  # fmt: skip
    _tell(events.JOINED, agreement, [one.name for one in new], before, on, actor, reason)
    return agreement


@transaction.atomic
def leave(agreement: Agreement, party: Party, *, on: date, actor: User | None, reason: str = "") -> Agreement:
    """Let one party leave an agreement that goes on for the others; the day is its last as a party."""
    if reason_against := why_not_leave(agreement, party):
        raise PartiesRefused(reason_against)
    if party.joined_on and on < party.joined_on:
        raise PartiesRefused(
            _("離脱の日は、加入した%(day)sと同じ日か、それより後の日にしてください。")
            % {"day": japanese_date(party.joined_on)}
        )
    _refuse_outside(agreement, on)
    before = _names(agreement)
    claim(agreement)
    Party.objects.filter(pk=party.pk).update(left_on=on)
    _tell(events.LEFT, agreement, [party.name_as_signed], before, on, actor, reason)
    return agreement


@transaction.atomic
def stay(agreement: Agreement, party: Party, *, actor: User | None, reason: str = "") -> Agreement:
    """Take back that a party left."""
    if party.left_on is None:
        raise PartiesRefused(_("この当事者の離脱は記録されていません。取り消す物がありません。"))
    before, former = _names(agreement), party.left_on
    claim(agreement)
    Party.objects.filter(pk=party.pk).update(left_on=None)
    _tell(events.STAYED, agreement, [party.name_as_signed], before, former, actor, reason)
    return agreement


def why_not_leave(agreement: Agreement, party: Party) -> str | None:
    """None if the party may leave while the agreement goes on; otherwise the sentence to show."""
    if party.organisation_id is None:
        return _("自治体は離脱できません。協定が終わるときは「終了を記録する」を使ってください。")
    if party.left_on:
        return _("すでに%(day)sまでの離脱が記録されています。") % {"day": japanese_date(party.left_on)}
    others = agreement.parties.filter(organisation__isnull=False, left_on=None).exclude(pk=party.pk)
    if not others.exists():
        return _("ほかの相手方が残らないので、離脱ではなく「終了を記録する」を使ってください。")
    return None


@transaction.atomic
def partner_gone(
    organisation: Organisation,
    fates: Mapping[Agreement, Fate],
    *,
    on: date,
    actor: User | None,
    reason: str = "",
) -> Organisation:
    """Write down that the partner is gone, and end or leave on that day the agreements that a person chose."""
    dissolve(organisation, on=on, actor=actor, reason=reason)
    for agreement, fate in fates.items():
        if fate == "end":
            end(agreement, on=on, reason=EndReason.PARTNER_GONE, note=reason, actor=actor)
            continue
        for party in agreement.parties.filter(organisation=organisation, left_on=None):
            leave(agreement, party, on=on, actor=actor, reason=reason)
    return organisation


def _refuse_outside(agreement: Agreement, on: date) -> None:
    """Parties come and go while the agreement is in force."""
    if agreement.state_on(on) not in ("in_force", "unknown"):
        raise PartiesRefused(
            _("%(day)sに、この協定は有効ではありません。有効な間の日を入れてください。")
            % {"day": japanese_date(on)}
        )


def _refuse_present(
    agreement: Agreement, new: Sequence[PartyFacts], partners: Mapping[str, int], on: date
) -> None:
    present = set(agreement.parties.filter(left_on=None).values_list("organisation", flat=True))
    for party in new:
        if partners[party.name] in present:
            raise PartiesRefused(
                _("「%(name)s」はすでに当事者です。その行を除いてください。") % {"name": party.name}
            )
        present.add(partners[party.name])


def _names(agreement: Agreement) -> list[str]:
    """The parties as they are told, those that left with the day."""
    return [
        party.name_as_signed
        if party.left_on is None
        else _("%(name)s(%(day)sまで)") % {"name": party.name_as_signed, "day": japanese_date(party.left_on)}
        for party in agreement.parties.order_by("position")
    ]


def _tell(
    event: Event,
    agreement: Agreement,
    names: list[str],
    before: list[str],
    on: date,
    actor: User | None,
    reason: str,
) -> None:
    record(
        event,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason,
        changes={"agreements.party": (before, _names(agreement))},
        parties="、".join(names),
        on=japanese_date(on),
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
