"""One act concludes: the agreement enters the register, its work begins, both sides have their copy."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import services as agreements
from renkei.agreements.models import Agreement
from renkei.initiatives.services import InitiativeFacts, begin
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import Procedure, SigningPlan
from renkei.procedures.papers.agreed_text import agreed_paper
from renkei.procedures.register_facts import RegisterFacts, agreement_facts, facts_of, items_of
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.move import move
from renkei.procedures.services.signing import plan_of, refuse_before_signing
from renkei.procedures.vocabulary import Kind, Stage


@transaction.atomic
def conclude(procedure: Procedure, *, by: User, at: datetime, public_id: str | None = None) -> Agreement:
    """Conclude a procedure in which everything exists that the table asks for; pressed twice it is done once."""
    if procedure.stage == Stage.CONCLUDED and procedure.agreement:
        return procedure.agreement
    agreed, plan = refuse_before_signing(procedure), plan_of(procedure)
    facts = facts_of(plan)
    if facts is None:
        raise ProcedureRefused(_("台帳に載せる内容を確かめてから、締結を終えてください。"))
    day = timezone.localdate(at)
    _refuse_days(plan, day)
    move(procedure, "conclude", Stage.CONCLUDED, by=by, at=at, letter=_words_for_partner())
    agreement = _registered(procedure, agreed, plan, facts, by, day, public_id)
    procedure.agreement = agreement
    procedure.save(update_fields=["agreement"])
    SigningPlan.objects.filter(pk=plan.pk).update(is_published=agreement.is_published)
    return agreement


def _refuse_days(plan: SigningPlan, day: date) -> None:
    if plan.signs_on and plan.signs_on > day:
        raise ProcedureRefused(_("締結日がまだ来ていません。署名が済んでから、締結を終えてください。"))


def _words_for_partner() -> str:
    return _(
        "協定の締結が済みました。署名済みの写しは、窓口の手続のページで受け取れます。これからもよろしくお願いします。"
    )


def _registered(
    procedure: Procedure,
    agreed: Agreed,
    plan: SigningPlan,
    facts: RegisterFacts,
    by: User,
    day: date,
    public_id: str | None,
) -> Agreement:
    assert plan.signs_on
    if procedure.kind == Kind.AMENDMENT:
        agreement = _amended(procedure, plan, facts, by)
        begin(agreement, _initiatives(procedure, agreed, agreement), on=facts.effective_on or day, actor=by)
        return agreement
    if procedure.kind == Kind.RENEWAL:
        agreement = _renewed(procedure, plan, facts, by)
        begin(agreement, _initiatives(procedure, agreed, agreement), on=plan.signs_on, actor=by)
        return agreement
    is_published = plan.publishes_on is not None and plan.publishes_on <= day
    agreement = agreements.conclude(
        replace(
            agreement_facts(procedure, agreed, plan, facts, is_published=is_published), public_id=public_id
        ),
        signed_on=plan.signs_on,
        municipality=procedure.municipality,
        actor=by,
    )
    _attach(agreement, agreed, plan, by)
    begin(
        agreement, _initiatives(procedure, agreed, agreement), on=facts.first_day or plan.signs_on, actor=by
    )
    return agreement


def _attach(agreement: Agreement, agreed: Agreed, plan: SigningPlan, by: User) -> None:
    assert plan.signed_copy
    agreements.attach_kept(agreement, plan.signed_copy, actor=by, label=_("署名済みの写し"))
    made = agreed_paper(agreement.municipality, agreed, plan.signs_on)
    agreements.attach(
        agreement,
        made.content,
        name=f"{agreement.title[:80]}.pdf",
        actor=by,
        label=_("両者が同意した本文と取組事項(ダイジェスト %(digest)s)") % {"digest": agreed.digest[:12]},
    )


def _initiatives(procedure: Procedure, agreed: Agreed, agreement: Agreement) -> list[InitiativeFacts]:
    """The rows of the agreed list; the division is that of the planned initiative, which a name may not tell."""
    if agreed.initiatives is None:
        return []
    listed = InitiativeList.read(agreed.initiatives.content)
    divisions = dict(procedure.planned_initiatives.values_list("public_id", "division_id"))
    places = {item.heading: item.position for item in agreement.items.all()}
    return [
        InitiativeFacts(
            title=row.title,
            item=row.item if procedure.kind == Kind.NEW else places.get(row.heading),
            town_part=row.town_part,
            partner_part=row.partner_part,
            timing=row.timing,
            division_id=divisions.get(row.key),
        )
        for row in listed.rows
    ]


def _agreement_of(procedure: Procedure) -> Agreement:
    if procedure.agreement is None:
        raise ProcedureRefused(_("どの協定についての手続かが決まっていません。総括課に知らせてください。"))
    return procedure.agreement


def _amended(procedure: Procedure, plan: SigningPlan, facts: RegisterFacts, by: User) -> Agreement:
    agreement = _agreement_of(procedure)
    if facts.effective_on is None or not facts.summary:
        raise ProcedureRefused(_("変更が効く日と変更の内容を、「台帳に載せる内容」に入れてください。"))
    items = tuple(items_of(procedure))
    now = tuple(item.heading for item in agreement.items.all())
    rule = {"kind": facts.kind, "months": facts.months, "clause": facts.clause} if facts.kind else {}
    rule |= {"notice_months": facts.notice_months, "notice_days": facts.notice_days} if facts.kind else {}
    agreements.amend(
        agreement,
        agreements.Amended(
            title=facts.title or None,
            items=items if items and items != now else None,
            last_day=facts.last_day,
            rule=rule,
        ),
        on=facts.effective_on,
        signed_on=plan.signs_on,
        summary=facts.summary,
        actor=by,
    )
    _attach_paper(agreement, plan, by, _("変更の文書"))
    return agreement


def _renewed(procedure: Procedure, plan: SigningPlan, facts: RegisterFacts, by: User) -> Agreement:
    agreement = _agreement_of(procedure)
    if facts.renewed_until is None or plan.signs_on is None:
        raise ProcedureRefused(_("更新した期間の最後の日を、「台帳に載せる内容」に入れてください。"))
    agreements.renew(
        agreement,
        until=facts.renewed_until,
        on=plan.signs_on,
        actor=by,
        note=facts.summary or procedure.title,
    )
    _attach_paper(agreement, plan, by, _("更新の文書"))
    return agreement


def _attach_paper(agreement: Agreement, plan: SigningPlan, by: User, label: str) -> None:
    assert plan.signed_copy
    agreements.attach_kept(agreement, plan.signed_copy, actor=by, label=label)
