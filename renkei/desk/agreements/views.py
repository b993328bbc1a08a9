"""The register: list, downloads, the page of an agreement, and what can be done there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import outlook_as_of
from renkei.agreements.permissions import why_not_change
from renkei.agreements.proposing import clause_disagreements
from renkei.agreements.relations import related, same_text
from renkei.agreements.timeline import timeline
from renkei.agreements.versions import amendments_of, as_of
from renkei.desk.agreements.forms import AttachForm, EndForm
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.evaluations.carried import note_carried
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.capabilities.finding import capabilities_of_agreement
from renkei.disasters.readiness.whole import readiness_of_agreement
from renkei.documents.services import DocumentRefused
from renkei.initiatives.meeting_plan import spoken_about
from renkei.initiatives.models import Evaluation
from renkei.initiatives.of_agreement import work_of_agreement
from renkei.procedures.models import Procedure
from renkei.rules.japanese_calendar import fiscal_year
from renkei.search.asking import FACETS, Asked, asked
from renkei.search.finding import QueryRefused
from renkei.search.listing import listing as listed
from renkei.search.models import Layout
from renkei.ui.days import AskedDays, asked_day, asked_days

SIBLINGS = 10
EVALUATIONS = 5


def attached(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """Attach the file that was sent."""
    file = asked["file"]
    try:
        return services.attach(
            agreement,
            file.read(),
            name=file.name,
            actor=actor,
            label=asked["label"],
            is_published=asked["is_published"],
        )
    except DocumentRefused as refusal:
        raise services.Refused(str(refusal)) from refusal


ATTACH = Verb(
    title=gettext_lazy("文書の添付"),
    lead=gettext_lazy("協定書の写しや実施細目などを、受け取ったままの形で保存します。"),
    button=gettext_lazy("添付する"),
    done=gettext_lazy("文書を添付しました。"),
    form=AttachForm,
    act=attached,
)
END = Verb(
    title=gettext_lazy("協定の終了"),
    lead=gettext_lazy("終了として記録します。協定は消えず、それまでの日の集計にも残ります。"),
    button=gettext_lazy("終了を記録する"),
    done=gettext_lazy("終了を記録しました。"),
    form=EndForm,
    act=lambda agreement, asked, actor: services.end(agreement, actor=actor, **asked),
    is_danger=True,
)


def question_of(request: StaffRequest) -> tuple[Asked, AskedDays]:
    """What the address asks of the list."""
    days = asked_days(request.GET, today())
    params = dict(request.GET.lists())
    params["id"] = [
        *params.get("id", []),
        *request.POST.getlist("id"),
        *request.POST.get("chosen", "").split(),
    ]
    audience = Audience.staff(town(request))
    return asked(params, audience=audience, day=days.on, since=days.since), days


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    question, days = question_of(request)
    refusals, shown = dict(days.refusals), None
    if not refusals:
        try:
            shown = listed(question, whole=request.GET.getlist("more"))
        except QueryRefused as refusal:
            refusals["q"] = str(refusal)
    context = {
        "title": gettext_lazy("協定の一覧"),
        "door": "desk",
        "listing": shown,
        "refusals": refusals,
        "q": question.text,
        "on": request.GET.get("on", ""),
        "since": request.GET.get("since", ""),
        "since_day": days.since,
        "day": days.on,
        "order": question.order,
        "kept": [(name, value) for name in (*FACETS, "order", "more") for value in request.GET.getlist(name)],
        "has_workbook": True,
        "layouts": Layout.objects.of(town(request)),
        "first_step": reverse("desk:ledgers"),
    }
    return render(request, "desk/agreements/listing.html", context, status=422 if refusals else 200)


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    audience = Audience.staff(town(request))
    day, refusal = asked_day(request.GET.get("on", ""), today())
    seen, amendments = outlook_as_of(agreement, day), amendments_of(agreement, day, internal=True)
    agreement = as_of(agreement, day)
    siblings = same_text(agreement, audience)
    context = {
        "title": agreement.title,
        "door": "desk",
        "agreement": agreement,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "today": today(),
        "holder": holder_on(agreement, day),
        "has_duties": any(party.duties for party in agreement.parties.all()),
        "state": agreement.state_on(day),
        "outlook": seen,
        "disagreements": clause_disagreements(agreement),
        "related": related(agreement, audience),
        "siblings": siblings.with_everything()[:SIBLINGS],
        "sibling_count": siblings.count(),
        "attachments": agreement.attachments.attached().select_related(
            "document__text_reading", "document__signature_report"
        ),
        "detached": agreement.attachments.detached().select_related("document"),
        "timeline": timeline(agreement, audience),
        "work": work_of_agreement(agreement),
        "capabilities": capabilities_of_agreement(agreement),
        "evaluations": Evaluation.objects.of(town(request)).about(agreement)[:EVALUATIONS],
        "evaluation_year": fiscal_year(today()) - 1,
        "amendments": amendments,
        "why_not_change": why_not_change(request.user, agreement, day=today()),
        "procedures": Procedure.objects.of(town(request)).about(agreement),
        "spoken": spoken_about([agreement], day)[agreement.pk],
        "readiness": readiness_of_agreement(agreement, day),
    }
    return render(request, "desk/agreements/page.html", context, status=422 if refusal else 200)


@staff_page
@require_POST
def publish(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    try:
        if request.POST.get("publishes") == "yes":
            services.publish(agreement, actor=request.user)
            messages.success(request, _("公開しました。公開のページで誰でも見られます。"))
        else:
            services.withdraw(agreement, actor=request.user)
            messages.success(request, _("公開を取りやめました。公開のページには出ません。"))
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement", agreement.public_id)


@staff_page
def attach(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), ATTACH)


@staff_page
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    return verb_page(request, agreement, END, initial=note_carried(request, agreement))
