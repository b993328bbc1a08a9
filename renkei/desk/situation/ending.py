"""Between shifts and after the end: handing over, closing, looking back, lessons."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.services import Refused
from renkei.desk.form_page import now
from renkei.desk.situation.asked import incident_page, reason_of, the_incident, verb_answer
from renkei.desk.situation.forms import CloseForm, HandoverForm, LessonForm, OutcomeForm, ReviewForm, WhyForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.incidents.costs import open_settlements
from renkei.disasters.incidents.looking_back import figures_of, prefilled
from renkei.disasters.incidents.open_lines import open_lines
from renkei.disasters.models import Lesson
from renkei.disasters.services import closing, lessons, shifts
from renkei.disasters.situation.board import board
from renkei.ui.verbs import VerbWords

ON_A_PAGE = 50


@staff_page
def handover_new(request: StaffRequest, public_id: str) -> HttpResponse:
    incident = the_incident(request, public_id)

    def act(form: Any, once: str) -> object:
        return shifts.hand_over(incident, **form.cleaned_data, actor=request.user, at=now(), public_id=once)

    verb = VerbWords(
        title=gettext_lazy("次の班に引き継ぐ"),
        lead=gettext_lazy(
            "いま手配中のものが一覧で残ります。次の班の人が「受け取った」を押すと、引継ぎが終わります。"
        ),
        button=gettext_lazy("引き継ぐ"),
        done=gettext_lazy("引き継ぎました。次の班の人が、状況表から受け取れます。"),
        form=HandoverForm,
    )
    beside = {"open_lines": open_lines(incident, at=now())}
    return verb_answer(request, incident, verb, act, beside=beside)


@staff_page
def handover(request: StaffRequest, public_id: str, handover_id: str) -> HttpResponse:
    """What was handed over; the next one accepts it here."""
    incident = the_incident(request, public_id)
    related = incident.handovers.select_related("by", "accepted_by")
    found = get_object_or_404(related, public_id=handover_id)
    found.incident = incident
    reason = reason_of(request)
    if request.method == "POST":
        stop_if(reason)
        try:
            shifts.accept_handover(found, actor=request.user, at=now())
            messages.success(request, _("引継ぎを受け取りました。"))
            return redirect(incident_page(incident))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:incident_handover_page", incident.public_id, found.public_id)
    context = {"title": _("班の引継ぎ"), "incident": incident, "handover": found, "reason": reason}
    return render(request, "desk/situation/handover.html", context)


@staff_page
def close(request: StaffRequest, public_id: str) -> HttpResponse:
    incident = the_incident(request, public_id)
    still_open = open_lines(incident, at=now())

    def act(form: Any, once: str) -> object:
        incident.version = version_seen(request, incident.version)
        knows = bool(form.cleaned_data.get("knows_open"))
        return closing.close_incident(incident, actor=request.user, at=now(), knows_open=knows)

    verb = VerbWords(
        title=gettext_lazy("災害・訓練を終える"),
        lead=gettext_lazy("終えると、要請のリンクは使えなくなります。記録と精算は、終えた後も続けられます。"),
        button=gettext_lazy("終える"),
        done=gettext_lazy("終えました。覚えているうちに、振り返りと教訓を書いてください。"),
        form=CloseForm,
    )
    onward = incident_page(incident, "incident_review")
    beside = {"open_lines": still_open, "open_settlements": open_settlements(incident)}
    options = {"open_count": len(still_open)}
    return verb_answer(request, incident, verb, act, onward=onward, beside=beside, form_options=options)


@staff_page
def reopen(request: StaffRequest, public_id: str) -> HttpResponse:
    incident = the_incident(request, public_id)

    def act(form: Any, once: str) -> object:
        incident.version = version_seen(request, incident.version)
        reason = form.cleaned_data["reason"]
        return closing.reopen_incident(incident, reason, actor=request.user, at=now())

    verb = VerbWords(
        title=gettext_lazy("開き直す"),
        lead=gettext_lazy("終えた災害・訓練を、続きから記録できるようにします。"),
        button=gettext_lazy("開き直す"),
        done=gettext_lazy("開き直しました。"),
        form=WhyForm,
    )
    return verb_answer(request, incident, verb, act)


@staff_page
def review(request: StaffRequest, public_id: str) -> HttpResponse:
    """The report afterwards, beginning with the figures, and the lessons beside it."""
    incident = the_incident(request, public_id)
    seen = board(incident, at=now())

    def act(form: Any, once: str) -> object:
        incident.version = version_seen(request, incident.version)
        return closing.write_review(incident, form.cleaned_data["review"], actor=request.user)

    verb = VerbWords(
        title=gettext_lazy("振り返り"),
        lead=gettext_lazy("次に同じことが起きたとき、何を変えるか。教訓は、担当課のすることになります。"),
        button=gettext_lazy("保存する"),
        done=gettext_lazy("振り返りを保存しました。"),
        form=ReviewForm,
    )
    beside = {
        "figures": figures_of(seen),
        "lessons": _lessons(incident.lessons.all()),
        "today": today(),
    }
    return verb_answer(
        request,
        incident,
        verb,
        act,
        back=incident_page(incident, "incident_review"),
        beside=beside,
        form_options={"initial": {"review": incident.review or prefilled(seen)}},
        template="desk/situation/review.html",
    )


def _lessons(found: Any) -> list[tuple[Lesson, bool]]:
    """Each with whether it is late."""
    day = today()
    return [(one, one.is_late(day)) for one in found.select_related("incident", "division")]


@staff_page
def lesson_new(request: StaffRequest, public_id: str) -> HttpResponse:
    incident = the_incident(request, public_id)

    def act(form: Any, once: str) -> object:
        return lessons.write_lesson(incident, form.facts, actor=request.user, public_id=once)

    verb = VerbWords(
        title=gettext_lazy("教訓を書く"),
        lead=gettext_lazy("分かったことを一つずつ。することと担当課を書くと、片づくまで忘れられません。"),
        button=gettext_lazy("書く"),
        done=gettext_lazy("教訓を書きました。"),
        form=LessonForm,
    )
    options = {"town": town(request), "day": today()}
    back = incident_page(incident, "incident_review")
    return verb_answer(request, incident, verb, act, back=back, form_options=options)


@staff_page
def lesson_settle(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = Lesson.objects.of(town(request)).select_related("incident__municipality", "division")
    lesson = get_object_or_404(mine, public_id=public_id)

    def act(form: Any, once: str) -> object:
        return lessons.settle_lesson(lesson, form.cleaned_data["outcome"], actor=request.user, at=now())

    verb = VerbWords(
        title=gettext_lazy("教訓を片づける"),
        lead=f"{lesson.text} {lesson.task}".strip(),
        button=gettext_lazy("片づいた"),
        done=gettext_lazy("教訓を片づけました。"),
        form=OutcomeForm,
    )
    return verb_answer(request, lesson.incident, verb, act, back=reverse("desk:lessons"))


@staff_page
def lesson_list(request: StaffRequest) -> HttpResponse:
    """What was learned: what is open with the most urgent first, or what is settled; the person's divisions, or all."""
    whose, state = request.GET.get("whose", ""), request.GET.get("state", "")
    found = Lesson.objects.of(town(request))
    found = found.exclude(done_on=None).order_by("-done_on", "pk") if state == "done" else found.open()
    if whose == "mine":
        divisions = request.user.assignments.holding_on(today()).values("division")
        found = found.filter(division__in=divisions)
    page = Paginator(found.select_related("incident", "division"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    day = today()
    context = {
        "title": gettext_lazy("教訓"),
        "page": page,
        "lessons": [(one, one.is_late(day)) for one in page],
        "whose": whose,
        "state": state,
        "reason": reason_of(request),
    }
    return render(request, "desk/situation/lessons.html", context)
