"""Amending an agreement from a day on, and taking the latest amendment back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.facts import PartyFacts
from renkei.agreements.models import Agreement, Amendment, Ending, Party, RenewalRule
from renkei.agreements.services.amended_terms import amend_terms
from renkei.agreements.services.attach import attach
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.items import write_items
from renkei.agreements.services.standing import forget_read, told_terms, write_terms
from renkei.agreements.spans import span_on
from renkei.agreements.versions import RULE, AgreementText, text_of
from renkei.audit.services import record
from renkei.partners.services import forget_unused, known_or_new
from renkei.rules.japanese_calendar import both_calendars, japanese_date


class AmendRefused(Refused):
    """The agreement cannot be amended so; str() says why and what to do."""


@dataclass(frozen=True)
class Amended:
    """What an amendment says anew; what it leaves out stays as it is.

    `duties` by the key of the party; `rule` by the columns of the renewal rule that change.
    """

    title: str | None = None
    purpose: str | None = None
    items: tuple[str, ...] | None = None
    duties: Mapping[int, str] = field(default_factory=dict)
    last_day: date | None = None
    rule: Mapping[str, Any] = field(default_factory=dict)
    joining: tuple[PartyFacts, ...] = ()


@transaction.atomic
def amend(
    agreement: Agreement,
    amended: Amended,
    *,
    on: date,
    summary: str,
    actor: User | None,
    signed_on: date | None = None,
    document: tuple[str, bytes] | None = None,
) -> Amendment:
    """Change what the agreement says from the day on; what it said before stays readable."""
    _refuse(agreement, on)
    claim(agreement)
    before = text_of(agreement)
    _write(agreement, amended, on)
    forget_read(agreement)
    after = text_of(agreement)
    names = [name for name in before if before[name] != after[name]]
    if not names:
        raise AmendRefused(_("変わる所がありません。変更した所を書き直してから記録してください。"))
    attachment = None
    if document:
        attachment = attach(agreement, document[1], name=document[0], actor=actor, label=_("変更の文書"))
    amendment = Amendment.objects.create(
        agreement=agreement,
        on=on,
        signed_on=signed_on,
        summary=summary,
        former={name: before[name] for name in names},
        later={name: after[name] for name in names},
        attachment=attachment,
    )
    record(
        events.AMENDED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=summary,
        changes=_told(amendment, agreement),
        on=japanese_date(on),
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return amendment


def why_not_undo_amendment(agreement: Agreement) -> str | None:
    """None if the latest amendment can be taken back; otherwise the sentence to show."""
    latest = agreement.amendments.last()
    if latest is None:
        return _("変更の記録がない協定です。取り消すものはありません。")
    now = text_of(agreement)
    if any(now[name] != latest.later[name] for name in latest.later):
        return _(
            "この変更の後に同じ所が直されたため、元に戻せません。先に、後の変更・判断・終了を取り消すか、"
            "編集・訂正した所を元に戻してください。"
        )
    if _counts_terms(latest) and agreement.renewal_decisions.filter(term_ends_on__gte=latest.on).exists():
        return _("この変更の後の期間について、更新が判断されています。先にその判断を取り消してください。")
    return None


def _counts_terms(amendment: Amendment) -> bool:
    """Whether terms end on other days by it, so that a decision about one of them would hang in the air."""
    former, later = (side.get("rule") or {} for side in (amendment.former, amendment.later))
    return "terms" in amendment.former or any(
        former.get(name) != later.get(name) for name in ("kind", "months")
    )


@transaction.atomic
def undo_amendment(agreement: Agreement, *, reason: str, actor: User | None) -> Agreement:
    """Take the latest amendment back: the agreement says again what it said before."""
    why_not = why_not_undo_amendment(agreement)
    if why_not:
        raise AmendRefused(why_not)
    claim(agreement)
    latest = agreement.amendments.last()
    assert latest
    told = _told(latest, agreement)
    _write_back(agreement, latest.former)
    latest.delete()
    forget_read(agreement)
    record(
        events.AMENDMENT_UNDONE,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason,
        changes={name: (after, before) for name, (before, after) in told.items()},
        on=japanese_date(latest.on),
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def _refuse(agreement: Agreement, on: date) -> None:
    if Ending.objects.filter(agreement=agreement).exists():
        raise AmendRefused(_("終了が記録されている協定です。変更するなら、先に終了を取り消してください。"))
    if span_on(agreement, on) is None:
        raise AmendRefused(
            _("%(on)sにはこの協定は有効ではありません。変更が効く日を、有効な期間の中から入れてください。")
            % {"on": both_calendars(on)}
        )
    latest = agreement.amendments.last()
    if latest and on < latest.on:
        raise AmendRefused(
            _(
                "%(on)sから効く変更がすでにあります。それより前の変更は、先にその変更を取り消してから記録してください。"
            )
            % {"on": both_calendars(latest.on)}
        )


def _write(agreement: Agreement, amended: Amended, on: date) -> None:
    _write_texts(agreement, amended.title, amended.purpose)
    if amended.items is not None:
        write_items(agreement, amended.items)
    for pk, duties in amended.duties.items():
        agreement.parties.filter(pk=pk).update(duties=duties)
    amend_terms(agreement, amended.last_day, amended.rule, on)
    if amended.rule:
        rule, _is_new = RenewalRule.objects.get_or_create(
            agreement=agreement, defaults={"kind": amended.rule["kind"]}
        )
        RenewalRule.objects.filter(pk=rule.pk).update(**amended.rule)
    _write_parties(agreement, amended.joining, on)


def _write_texts(agreement: Agreement, title: str | None, purpose: str | None) -> None:
    agreement.title = title or agreement.title
    agreement.purpose = agreement.purpose if purpose is None else purpose
    agreement.save(update_fields=["title", "purpose"])


def _write_parties(agreement: Agreement, joining: tuple[PartyFacts, ...], on: date) -> None:
    partners = known_or_new(agreement.municipality, {party.name: party.kind for party in joining})
    present = set(agreement.parties.filter(left_on=None).values_list("organisation", flat=True))
    for party in joining:
        if partners[party.name] in present:
            raise AmendRefused(
                _("「%(name)s」はすでに当事者です。「新しく加わる当事者」からその行を除いてください。")
                % {"name": party.name}
            )
        present.add(partners[party.name])
    last = agreement.parties.order_by("position").last()
    for place, party in enumerate(joining, start=(last.position if last else 0) + 1):
        Party.objects.create(
            agreement=agreement,
            position=place,
            letter=party.letter,
            organisation_id=partners[party.name],
            name_as_signed=party.name[:300],
            duties=party.duties,
            joined_on=on,
        )


def _write_back(agreement: Agreement, former: AgreementText) -> None:
    _write_texts(agreement, former.get("title"), former.get("purpose"))
    if "items" in former:
        write_items(agreement, tuple(former["items"]))
    if "parties" in former:
        joined = agreement.parties.exclude(pk__in=former["parties"])
        named = set(joined.values_list("organisation", flat=True)) - {None}
        joined.delete()
        still = set(Party.objects.filter(organisation__in=named).values_list("organisation", flat=True))
        forget_unused(named - still)
    if "duties" in former:
        for pk in agreement.parties.values_list("pk", flat=True):
            agreement.parties.filter(pk=pk).update(duties=former["duties"].get(str(pk), ""))
    if "rule" in former:
        _write_rule(agreement, former["rule"])
    if "terms" in former:
        write_terms(agreement, former["terms"])


def _write_rule(agreement: Agreement, former: dict[str, Any] | None) -> None:
    rules = RenewalRule.objects.filter(agreement=agreement)
    if former is None:
        rules.delete()
    else:
        rules.update(**former)


def _told(amendment: Amendment, agreement: Agreement) -> dict[str, tuple[object, object]]:
    """What the amendment changed, before and after, as the log tells it."""
    names = {party.pk: party.name_as_signed for party in agreement.parties.all()}
    told: dict[str, tuple[object, object]] = {}
    for name, before in amendment.former.items():
        after = amendment.later[name]
        if name in ("title", "purpose"):
            told[f"agreements.agreement.{name}"] = (before, after)
        elif name == "items":
            told["agreements.item"] = (before, after)
        elif name == "terms":
            told["agreements.term"] = (told_terms(before), told_terms(after))
        elif name == "parties":
            told["agreements.party"] = ([names[pk] for pk in before], [names[pk] for pk in after])
        elif name == "duties":
            told["agreements.party.duties"] = (_said_by(before, names), _said_by(after, names))
        elif name == "rule":
            told |= _told_rule(before or {}, after or {})
    return told


def _said_by(duties: Mapping[str, str], names: Mapping[int, str]) -> list[str]:
    return [f"{names[int(pk)]}: {text}" for pk, text in duties.items() if int(pk) in names]


def _told_rule(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[object, object]]:
    pairs = {f"agreements.renewalrule.{name}": (before.get(name), after.get(name)) for name in RULE}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
