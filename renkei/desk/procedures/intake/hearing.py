"""The hearing beside the proposal, and what the town already has that is like it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.desk.procedures.intake.forms import HearingForm
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.models import Procedure
from renkei.procedures.services import hearing as hearings
from renkei.procedures.services.hearing import HearingFacts
from renkei.procedures.similar import similar_to

SHORT = 5
"""How many similar records stand beside the proposal."""


def _write(asked: Asked) -> object:
    facts = HearingFacts(**asked.given)
    return hearings.write_hearing(
        asked.procedure, facts, by=asked.user, at=timezone.now(), public_id=asked.once
    )


WRITE = ProcedureVerb(
    title=_("聴取"),
    lead=_(
        "提案の内容を相手方に聴き、分かったことを記録します。何度でも加えられます。相手方には見えません。"
    ),
    button=_("聴取を記録する"),
    done=_("聴取を記録しました。"),
    form=HearingForm,
    act=_write,
    back="hearing",
    template="desk/procedures/intake/hearing.html",
)


def beside(procedure: Procedure) -> dict[str, Any]:
    """What stands beside the form: the proposal's items, the hearings, what is similar."""
    return {
        "proposal": getattr(procedure, "proposal", None),
        "hearings": procedure.hearings.select_related("written_by"),
        "similar": similar_to(procedure, today(), SHORT),
    }


@staff_page
def hearing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    proposal = getattr(procedure, "proposal", None)
    initial = {
        "held_on": today(),
        "town_people": request.user.name,
        "partner_people": proposal.contact_name if proposal else "",
    }
    return verb_page(request, procedure, WRITE, more=beside(procedure), initial=initial)


@staff_page
def correct(request: StaffRequest, public_id: str, hearing_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    written = get_object_or_404(procedure.hearings, public_id=hearing_id)

    def act(asked: Asked) -> object:
        facts = HearingFacts(**asked.given)
        return hearings.correct_hearing(written, facts, by=asked.user, at=timezone.now())

    verb = ProcedureVerb(
        title=_("聴取の記録を直す"),
        lead=_("直す前の内容は、できごとの記録に残ります。"),
        button=_("直す"),
        done=_("聴取の記録を直しました。"),
        form=HearingForm,
        act=act,
        back="hearing",
    )
    initial = {name: getattr(written, name) for name in HearingForm.base_fields}
    return verb_page(request, procedure, verb, initial=initial)


@staff_page
def similar(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    context = {
        "title": _("似た協定・取組・手続"),
        "procedure": procedure,
        "similar": similar_to(procedure, today()),
    }
    return render(request, "desk/procedures/intake/similar.html", context)
