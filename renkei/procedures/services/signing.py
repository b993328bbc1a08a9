"""Up to the signature: the town's decision, the plan of the signing, what the register will say, the signed copy."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.documents.models import Document
from renkei.documents.services import DocumentRefused, keep
from renkei.procedures import events
from renkei.procedures.agreed import Agreed, agreed_of
from renkei.procedures.letters import tell_partner
from renkei.procedures.models import Approval, Procedure, SigningPlan
from renkei.procedures.register_facts import RegisterFacts
from renkei.procedures.services.claiming import ProcedureRefused, claim, made_once
from renkei.procedures.vocabulary import SigningMethod, Stage
from renkei.rules.japanese_calendar import both_calendars, japanese_date

PLANNED = (
    "signs_on", "time", "place", "method", "copies", "has_ceremony", "attendees", "programme", "press_release",
    "publishes_on",
)  # fmt: skip
TOLD_TO_PARTNER = ("signs_on", "time", "place", "method", "copies")


def refuse_before_signing(procedure: Procedure) -> Agreed:
    """What is to be signed; refused before the step of signing."""
    agreed = agreed_of(procedure)
    if procedure.stage != Stage.SIGNING:
        raise ProcedureRefused(
            _("締結の段階の手続ではありません。両者が同じ版に同意してから、締結に進めてください。")
        )
    if agreed is None:
        raise ProcedureRefused(
            _("同意がそろった後に新しい版ができています。前の段階に戻し、同じ版に同意をそろえてください。")
        )
    return agreed


@transaction.atomic
def approve(
    procedure: Procedure,
    *,
    reference: str,
    authority: str,
    decided_on: date,
    by: User,
    at: datetime,
    public_id: str,
    note: str = "",
) -> Approval:
    """Write down the town's decision about the agreed text, with the number of its decision system."""
    agreed = refuse_before_signing(procedure)
    if decided_on > timezone.localdate(at):
        raise ProcedureRefused(_("決裁日が今日より後です。決裁が済んでから記録してください。"))
    approval, is_new = made_once(
        Approval(
            procedure=procedure,
            public_id=public_id,
            text=agreed.text,
            digest=agreed.digest,
            reference=reference,
            authority=authority,
            decided_on=decided_on,
            note=note,
            written_by=by,
            written_at=at,
        ),
        procedure=procedure,
    )
    if is_new:
        claim(procedure)
        record(
            events.APPROVED,
            by,
            procedure,
            municipality=procedure.municipality,
            reference=reference,
            authority=authority,
            on=japanese_date(decided_on),
            digest=agreed.digest,
        )
    return approval


def plan_of(procedure: Procedure) -> SigningPlan:
    """The plan, not stored where nothing is planned yet."""
    return SigningPlan.objects.filter(procedure=procedure).first() or SigningPlan(procedure=procedure)


@transaction.atomic
def plan_signing(procedure: Procedure, planned: Mapping[str, Any], *, by: User, at: datetime) -> SigningPlan:
    """Set day, place, way and ceremony; the partner is told what changed for them."""
    refuse_before_signing(procedure)
    plan = plan_of(procedure)
    before = {name: getattr(plan, name) for name in PLANNED}
    changed = {name: (before[name], planned[name]) for name in PLANNED if planned[name] != before[name]}
    if not changed:
        return plan
    claim(procedure)
    for name in changed:
        setattr(plan, name, planned[name])
    plan.save()
    told = {f"procedures.signingplan.{name}": pair for name, pair in changed.items()}
    record(events.SIGNING_PLANNED, by, procedure, municipality=procedure.municipality, changes=told)
    if plan.signs_on and changed.keys() & set(TOLD_TO_PARTNER):
        _tell_plan(procedure, plan, at)
    return plan


def _tell_plan(procedure: Procedure, plan: SigningPlan, at: datetime) -> None:
    assert plan.signs_on
    method = str(SigningMethod(plan.method).label) if plan.method else _("相談して決めます")
    lines = [
        _("日時: %(day)s %(time)s") % {"day": both_calendars(plan.signs_on), "time": plan.time},
        _("場所: %(place)s") % {"place": plan.place or _("相談して決めます")},
        _("方法: %(method)s(%(copies)s通)") % {"method": method, "copies": plan.copies},
    ]
    tell_partner(
        procedure,
        f"signing-{procedure.version}",
        _("締結の予定をお知らせします"),
        [_("協定の締結を次のとおり予定しています。"), "\n".join(lines)],
        at=at,
        page="signing/",
    )


@transaction.atomic
def confirm_facts(procedure: Procedure, facts: RegisterFacts, *, by: User) -> SigningPlan:
    """Set what the register will say, as a person has confirmed it against the text."""
    agreed = refuse_before_signing(procedure)
    plan = plan_of(procedure)
    told = facts.as_told()
    if plan.facts == told and plan.facts_digest == agreed.digest:
        return plan
    claim(procedure)
    before, plan.facts = plan.facts, told
    plan.facts_digest = agreed.digest
    plan.save()
    changes = {
        "procedures.signingplan.facts": (_shown(before), _shown(told)),
    }
    record(events.FACTS_CONFIRMED, by, procedure, municipality=procedure.municipality, changes=changes)
    return plan


def _shown(told: Mapping[str, Any]) -> list[str]:
    return [f"{name}: {value}" for name, value in told.items() if value not in (None, "")]


@transaction.atomic
def keep_signed_copy(procedure: Procedure, content: bytes, *, name: str, by: User) -> SigningPlan:
    """Keep the signed copy as received; a later one takes its place, and both are told with their digests."""
    agreed = refuse_before_signing(procedure)
    claim(procedure)
    plan = plan_of(procedure)
    document = _kept(procedure, content, name)
    before = plan.signed_copy.name if plan.signed_copy else None
    plan.signed_copy, plan.copy_digest = document, agreed.digest
    plan.save()
    record(
        events.SIGNED_COPY_KEPT,
        by,
        procedure,
        municipality=procedure.municipality,
        changes={"procedures.signingplan.signed_copy": (before, document.name)},
        document=document.name,
        digest=document.digest,
    )
    return plan


def _kept(procedure: Procedure, content: bytes, name: str) -> Document:
    try:
        return keep(content, name=name, municipality=procedure.municipality)
    except DocumentRefused as refusal:
        raise ProcedureRefused(str(refusal)) from refusal
