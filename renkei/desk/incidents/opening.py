"""Beginning a disaster or a drill: one press on the kind of disaster."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.incidents.forms import OpeningForm
from renkei.desk.incidents.records import why_not
from renkei.desk.staff import StaffRequest, staff_page, town
from renkei.disasters.models import Incident
from renkei.disasters.services.incidents import open_incident
from renkei.disasters.vocabulary import Hazard, IncidentKind
from renkei.ui.verbs import VerbWords

VERB = VerbWords(
    title=_("災害・訓練を始める"),
    lead=_("災害の種類のボタンを押すと始まります。"),
    button=_("始める"),
    done=_("始めました。要るものを一行で書いてください。"),
    form=OpeningForm,
)


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    """One button for each kind of disaster."""

    def act(form: OpeningForm, once: str) -> Incident:
        facts = form.cleaned_data
        return open_incident(town(request), **facts, actor=request.user, at=now(), public_id=once)

    asked = request.GET.get("kind", "")
    kind = asked if asked in IncidentKind.values else IncidentKind.REAL
    page = Page(
        verb=VERB,
        reason=why_not(request),
        back=reverse("desk:incidents"),
        act=act,
        beside={
            "hazards": Hazard.choices,
            "running": Incident.objects.of(town(request)).running(),
        },
        template="desk/incidents/new.html",
        onward=lambda made: reverse("desk:incident", args=[made.public_id]),
    )
    return shown_or_done(request, page, {"initial": {"kind": kind}})
