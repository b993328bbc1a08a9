"""The signing at the desk: decision, plan, facts, signed copy, and the one act that concludes."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.signing.forms import (
    FACTS_FORMS,
    ApprovalForm,
    ConcludeForm,
    PlanForm,
    SignedCopyForm,
)
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.documents.contents import AgreementText
from renkei.documents.signatures.reports import report_of
from renkei.documents.signatures.sealing import why_not_sealed
from renkei.procedures.agreed import agreed_of
from renkei.procedures.ceremony import proposed_press_release, proposed_programme
from renkei.procedures.models import Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.register_facts import facts_of, proposed_facts, reading_of, term_disagreements
from renkei.procedures.services import signing
from renkei.procedures.services.conclude import conclude as conclude_procedure
from renkei.procedures.stages import moves_of
from renkei.procedures.vocabulary import Kind, SigningMethod
from renkei.ui.downloads import document_answer

BACK = "signing"


def _approved(asked: Asked) -> object:
    return signing.approve(
        asked.procedure, **asked.given, by=asked.user, at=timezone.now(), public_id=asked.once
    )


def _planned(asked: Asked) -> object:
    told = {**asked.given}
    for name in ("programme", "press_release", "attendees"):
        told[name] = told[name].replace("\r\n", "\n")
    return signing.plan_signing(asked.procedure, told, by=asked.user, at=timezone.now())


def _confirmed(asked: Asked) -> object:
    return signing.confirm_facts(asked.procedure, asked.form.facts(), by=asked.user)


def _copied(asked: Asked) -> object:
    file = asked.given["file"]
    return signing.keep_signed_copy(asked.procedure, file.read(), name=file.name, by=asked.user)


def _concluded(asked: Asked) -> object:
    return conclude_procedure(asked.procedure, by=asked.user, at=timezone.now())


APPROVE = ProcedureVerb(
    title=gettext_lazy("決裁の記録"),
    lead=gettext_lazy("両者が同意した版についての市の決裁を、決裁の文書番号とともに記録します。"),
    button=gettext_lazy("決裁を記録する"),
    done=gettext_lazy("決裁を記録しました。"),
    form=ApprovalForm,
    act=_approved,
    back=BACK,
)
PLAN = ProcedureVerb(
    title=gettext_lazy("締結の予定"),
    lead=gettext_lazy(
        "締結の日・場所・方法と締結式を決めます。日時・場所・方法は相手方にメールで知らせます。"
    ),
    button=gettext_lazy("予定を保存する"),
    done=gettext_lazy("締結の予定を保存しました。"),
    form=PlanForm,
    act=_planned,
    back=BACK,
)
FACTS = ProcedureVerb(
    title=gettext_lazy("台帳に載せる内容"),
    lead=gettext_lazy("協定名・当事者・連携事項は同意した本文のとおりに載ります。ほかを確かめてください。"),
    button=gettext_lazy("この内容でよい"),
    done=gettext_lazy("台帳に載せる内容を確かめました。"),
    form=FACTS_FORMS[Kind.NEW],
    act=_confirmed,
    back=BACK,
    template="desk/procedures/signing/facts.html",
)
SIGNED_COPY = ProcedureVerb(
    title=gettext_lazy("署名済みの写し"),
    lead=gettext_lazy("署名や押印が済んだ協定書を、受け取ったままの形で保存します。"),
    button=gettext_lazy("写しを保存する"),
    done=gettext_lazy("署名済みの写しを保存しました。"),
    form=SignedCopyForm,
    act=_copied,
    back=BACK,
)
CONCLUDE = ProcedureVerb(
    title=gettext_lazy("締結を終える"),
    lead=gettext_lazy(
        "協定が番号とともに台帳に載り、取組が始まり、相手方に写しを渡します。この手続はこれで終わります。"
    ),
    button=gettext_lazy("締結を終える"),
    done=gettext_lazy("締結を終えました。協定が台帳に載りました。"),
    form=ConcludeForm,
    act=_concluded,
    template="desk/procedures/signing/conclude.html",
)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    plan, agreed = signing.plan_of(procedure), agreed_of(procedure)
    context = {
        "title": gettext_lazy("決裁と締結"),
        "procedure": procedure,
        "agreed": agreed,
        "approvals": procedure.approvals.all(),
        "plan": plan,
        "signatures": report_of(plan.signed_copy) if plan.signed_copy else None,
        "is_electronic": plan.method == SigningMethod.ELECTRONIC,
        "why_not_sealed": why_not_sealed(procedure.municipality),
        "facts": facts_of(plan),
        "disagreements": term_disagreements(AgreementText.read(agreed.text.content), plan) if agreed else [],
        "lacking": _lacking(procedure),
        "reason": why_not_conduct(request.user, procedure, day=today()),
    }
    return render(request, "desk/procedures/signing/page.html", context)


def _lacking(procedure: Procedure) -> list[str]:
    """What still stands before the conclusion."""
    conclusion = [move for move in moves_of(procedure) if move.name == "conclude"]
    return [
        sentence
        for move in conclusion
        for need in move.needs
        if (sentence := need.lacking(procedure, today()))
    ]


@staff_page
def approval(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_procedure(request, public_id), APPROVE)


@staff_page
def plan(request: StaffRequest, public_id: str) -> HttpResponse:
    """Opens with what is planned, and with first wordings where nothing is written yet."""
    procedure = the_procedure(request, public_id)
    planned, agreed = signing.plan_of(procedure), agreed_of(procedure)
    initial = {name: getattr(planned, name) for name in signing.PLANNED}
    if agreed:
        text = AgreementText.read(agreed.text.content)
        initial["programme"] = planned.programme or proposed_programme(text)
        initial["press_release"] = planned.press_release or proposed_press_release(procedure, agreed, planned)
    return verb_page(request, procedure, PLAN, initial=initial)


@staff_page
def facts(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    planned, agreed = signing.plan_of(procedure), agreed_of(procedure)
    found = facts_of(planned) or (proposed_facts(procedure, agreed, planned) if agreed else None)
    verb = _facts_verb(procedure)
    more = {
        "text": AgreementText.read(agreed.text.content) if agreed else None,
        "reading": (
            reading_of(AgreementText.read(agreed.text.content), planned.signs_on)
            if agreed and procedure.kind == Kind.NEW
            else None
        ),
    }
    asked: list[str] = list(getattr(verb.form, "base_fields"))  # noqa: B009
    initial = {name: getattr(found, name) for name in asked} if found else {}
    return verb_page(request, procedure, verb, more=more, initial=initial)


def _facts_verb(procedure: Procedure) -> ProcedureVerb:
    return replace(FACTS, form=FACTS_FORMS[Kind(procedure.kind)])


@staff_page
def signed_copy(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_procedure(request, public_id), SIGNED_COPY)


@staff_page
def signed_copy_file(request: StaffRequest, public_id: str) -> HttpResponseBase:
    copy = signing.plan_of(the_procedure(request, public_id)).signed_copy
    if copy is None:
        raise Http404
    return document_answer(copy)


@staff_page
def ceremony(request: StaffRequest, public_id: str) -> HttpResponse:
    """Programme, people, checklist and words for the press, on paper."""
    procedure = the_procedure(request, public_id)
    context = {
        "title": gettext_lazy("締結式の次第"),
        "procedure": procedure,
        "plan": signing.plan_of(procedure),
        "checks": procedure.checks.filter(stage="signing"),
    }
    return render(request, "desk/procedures/signing/ceremony.html", context)


@staff_page
def conclude(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    more = {
        "lacking": _lacking(procedure),
        "plan": signing.plan_of(procedure),
        "agreed": agreed_of(procedure),
    }
    return verb_page(request, procedure, CONCLUDE, more=more)
