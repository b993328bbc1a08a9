"""Keeping and disposal: what may go on a day, the times of keeping, the act of two people, the certificates."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.agreements.vocabulary import Form
from renkei.desk.retention.forms import ProposalForm, RefusalForm, RuleForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.retention import services
from renkei.retention.kinds import PERSONAL, kinds, years_in_words
from renkei.retention.models import Certificate, Disposal, DisposalState, RetentionRule, Subject
from renkei.retention.permissions import why_not_configure, why_not_decide, why_not_propose
from renkei.retention.questions import due, rule_in_words, years_of
from renkei.ui.days import asked_day

ON_A_PAGE = 100


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    subject = Subject.NAMES if request.GET.get("subject") == Subject.NAMES else Subject.RECORDS
    day, refusal = asked_day(request.GET.get("on", ""), today())
    reason = why_not_propose(request.user, day=today())
    form = ProposalForm(request.POST or None)
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid() and (disposal := proposed(request, subject, form)):
            return redirect("desk:disposal", disposal.public_id)
    page = Paginator(due(subject, town(request), day).with_everything(), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    years = years_of(town(request))
    context = {
        "title": gettext_lazy("保存と廃棄"),
        "subject": subject,
        "subjects": Subject.choices,
        "day": day,
        "on": request.GET.get("on", ""),
        "is_today": day == today(),
        "refusal": refusal,
        "reason": reason,
        "form": form,
        "page": page,
        "rows": [(one, rule_in_words(subject, one, years)) for one in page],
        "chosen": set(request.POST.getlist("id")),
        "waiting": Disposal.objects.of(town(request)).filter(state=DisposalState.PROPOSED),
        "has_rules": any(kind == PERSONAL if subject == Subject.NAMES else kind in Form for kind in years),
    }
    return render(
        request, "desk/retention/listing.html", context, status=422 if form.errors or refusal else 200
    )


def proposed(request: StaffRequest, subject: Subject, form: ProposalForm) -> Disposal | None:
    """The disposal that the form proposes; None where the register refuses it, with the reason in the form."""
    try:
        return services.propose(
            subject,
            request.POST.getlist("id"),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            day=today(),
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


@staff_page
def rules(request: StaffRequest) -> HttpResponse:
    reason = why_not_configure(request.user, day=today())
    form = RuleForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            services.set_rule(town(request), actor=request.user, **form.cleaned_data)
            messages.success(request, _("保存期間を定めました。"))
            return redirect("desk:retention_rules")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    decided = {rule.kind: rule for rule in RetentionRule.objects.of(town(request))}
    context = {
        "title": gettext_lazy("保存期間の定め"),
        "form": form,
        "reason": reason,
        "rows": [(words, years_in_words(one.years if (one := decided.get(kind)) else None), one)
                 for kind, words in kinds().items()],
    }  # fmt: skip
    return render(request, "desk/retention/rules.html", context, status=422 if form.errors else 200)


def the_disposal(request: StaffRequest, public_id: str) -> Disposal:
    """The person's own town's act of disposal, or 404."""
    disposals = Disposal.objects.of(town(request)).select_related("proposed_by", "decided_by")
    return get_object_or_404(disposals, public_id=public_id)


@staff_page
def disposal(request: StaffRequest, public_id: str) -> HttpResponse:
    return shown(request, the_disposal(request, public_id), RefusalForm())


def shown(request: StaffRequest, one: Disposal, form: RefusalForm) -> HttpResponse:
    """The page of an act of disposal."""
    items = one.items.select_related("agreement").prefetch_related("agreement__parties__organisation")
    context = {
        "title": _("%(subject)sの廃棄") % {"subject": one.get_subject_display()},
        "disposal": one,
        "items": items,
        "certificates": one.certificates.all(),
        "form": form,
        "reason": why_not_decide(request.user, one, day=today()),
        "is_mine": one.proposed_by_id == request.user.pk,
    }
    return render(request, "desk/retention/disposal.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def decide(request: StaffRequest, public_id: str) -> HttpResponse:
    one, act = the_disposal(request, public_id), request.POST.get("act", "")
    form = RefusalForm(request.POST if act == "refuse" else None)
    day, at = today(), timezone.now()
    if act != "withdraw":
        stop_if(why_not_decide(request.user, one, day=day))
    try:
        if act == "withdraw":
            services.withdraw(one, actor=request.user, at=at)
            messages.success(request, _("提案を取り下げました。何も廃棄されていません。"))
        elif act == "refuse" and form.is_valid():
            services.refuse(one, reason=form.cleaned_data["note"], actor=request.user, day=day, at=at)
            messages.success(request, _("提案を差し戻しました。何も廃棄されていません。"))
        elif act == "approve":
            certificates = services.approve(one, actor=request.user, day=day, at=at)
            messages.success(
                request, _("%(count)s件を廃棄し、証明を残しました。") % {"count": len(certificates)}
            )
    except Refused as refusal:
        messages.error(request, str(refusal))
    if form.errors:
        return shown(request, one, form)
    return redirect("desk:disposal", one.public_id)


@staff_page
def certificates(request: StaffRequest) -> HttpResponse:
    found = Certificate.objects.of(town(request))
    q = request.GET.get("q", "")[:100].replace("\0", "").strip()
    if q:
        found = found.filter(title__contains=q)
    context = {
        "title": gettext_lazy("廃棄の証明"),
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "q": q,
    }
    return render(request, "desk/retention/certificates.html", context)


@staff_page
def certificate(request: StaffRequest, public_id: str) -> HttpResponse:
    found = Certificate.objects.of(town(request)).select_related("disposal")
    one = get_object_or_404(found, public_id=public_id)
    context = {"title": _("廃棄の証明 第%(number)s号") % {"number": one.number}, "certificate": one}
    return render(request, "desk/retention/certificate.html", context)
