"""What becomes of a draft that came back: change by change, its comments, and the next version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.procedures.returned.forms import AnswerForm, DecisionForm, SeenForm, SetAsideForm
from renkei.desk.procedures.returned.views import BACK, shown, the_returned
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.procedures.models import Procedure, ReturnedChange, ReturnedDraft
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.returning import progress_of
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.returning import answer_remark, decide_all
from renkei.procedures.services.taking_up import next_text, undecided_round
from renkei.procedures.services.taking_up import set_aside as set_draft_aside
from renkei.procedures.services.taking_up import take_up as take_draft_up
from renkei.procedures.vocabulary import Resolution


def _its_draft(request: StaffRequest, public_id: str, one: str) -> tuple[Procedure, ReturnedDraft]:
    """The draft, for whoever conducts the procedure; others are told why not."""
    procedure = the_procedure(request, public_id)
    returned = the_returned(procedure, one)
    stop_if(why_not_conduct(request.user, procedure, day=today()))
    return procedure, returned


@staff_page
@require_POST
def decide(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure, returned = _its_draft(request, public_id, one)
    form, typed = DecisionForm(request.POST), request.POST.dict()
    if not form.is_valid():
        return shown(request, procedure, returned, sentences_of(form), typed)
    given = form.cleaned_data
    changes = meant(returned, given["scope"], given["which"])
    if not changes and given["scope"] == "change":
        raise Http404
    if not changes:  # nothing is left of them: the form was sent twice
        return redirect("desk:procedure_returned_draft", procedure.public_id, returned.public_id)
    try:
        decide_all(
            returned,
            changes,
            Resolution(given["resolution"]),
            answer=given["answer"],
            by=request.user,
            at=timezone.now(),
            seen=given["version"],
        )
    except ProcedureRefused as refusal:
        return shown(request, procedure, the_returned(procedure, one), (str(refusal),), typed)
    messages.success(request, _("修正%(count)s件の扱いを決めました。") % {"count": len(changes)})
    return redirect(_after(procedure, the_returned(procedure, one), changes[-1]))


def meant(returned: ReturnedDraft, scope: str, which: str) -> list[ReturnedChange]:
    """The changes that a press is about; of many only those that nobody has decided yet."""
    changes = list(returned.changes.all())
    if scope == "change":
        return [one for one in changes if one.public_id == which]
    left = [one for one in changes if not one.resolution]
    if scope == "clause":
        return [one for one in left if one.clause == which]
    return [one for one in left if one.is_following] if scope == "following" else left


def sentences_of(form: DecisionForm | AnswerForm) -> tuple[str, ...]:
    """The sentences of a form that is refused."""
    return tuple(str(error) for errors in form.errors.values() for error in errors)


def _after(procedure: Procedure, returned: ReturnedDraft, last: ReturnedChange) -> str:
    """The page at the next change that waits; at its head where none does."""
    left = [one for one in returned.changes.all() if not one.resolution]
    follows = next((one for one in left if one.position > last.position), left[0] if left else None)
    address = reverse("desk:procedure_returned_draft", args=[procedure.public_id, returned.public_id])
    return f"{address}#change-{follows.public_id}" if follows else address


@staff_page
@require_POST
def answer(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure, returned = _its_draft(request, public_id, one)
    form, typed = AnswerForm(request.POST), request.POST.dict()
    if not form.is_valid():
        return shown(request, procedure, returned, sentences_of(form), typed)
    given = form.cleaned_data
    remark = next((said for said in returned.remarks.all() if said.public_id == given["which"]), None)
    if remark is None:
        raise Http404
    try:
        answer_remark(remark, given["answer"], by=request.user, at=timezone.now(), seen=given["version"])
    except ProcedureRefused as refusal:
        return shown(request, procedure, the_returned(procedure, one), (str(refusal),), typed)
    messages.success(request, _("コメントに回答しました。"))
    address = reverse("desk:procedure_returned_draft", args=[procedure.public_id, returned.public_id])
    return redirect(f"{address}#remark-{remark.public_id}")


@staff_page
def take_up(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    returned = the_returned(procedure, one)

    def act(asked: Asked) -> object:
        seen = asked.given["seen"]
        return take_draft_up(returned, by=asked.user, at=timezone.now(), public_id=asked.once, seen=seen)

    verb = ProcedureVerb(
        title=gettext_lazy("反映した版を作る"),
        lead=gettext_lazy(
            "「反映する」とした修正だけを入れた次の版を作り、戻ってきた案の扱いを終えます。相手方に結果を知らせます。"
        ),
        button=gettext_lazy("反映した版を作る"),
        done=gettext_lazy("戻ってきた案の扱いを終えました。"),
        form=SeenForm,
        act=act,
        back="drafts",
        template="desk/procedures/returned/take_up.html",
    )
    more = {"returned": returned, "progress": progress_of(returned), **_outlook(returned)}
    return verb_page(request, procedure, verb, more=more, initial={"seen": returned.row_version})


def _outlook(returned: ReturnedDraft) -> dict[str, object]:
    """Whether a version will come of it, or why it cannot."""
    if not returned.is_open or progress_of(returned).left:
        return {}
    try:
        made = next_text(returned)
        return {
            "makes_version": made is not None,
            "undecided": undecided_round(returned.procedure) if made else None,
        }
    except ProcedureRefused as refusal:
        return {"hindrance": str(refusal)}


@staff_page
def set_aside(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    returned = the_returned(procedure, one)

    def act(asked: Asked) -> object:
        return set_draft_aside(
            returned, reason=asked.given["reason"], by=asked.user, at=timezone.now(), seen=asked.given["seen"]
        )

    verb = ProcedureVerb(
        title=gettext_lazy("取り上げずに終える"),
        lead=gettext_lazy("何も反映せずに、戻ってきた案の扱いを終えます。ファイルと記録は残ります。"),
        button=gettext_lazy("取り上げずに終える"),
        done=gettext_lazy("取り上げずに終えました。"),
        form=SetAsideForm,
        act=act,
        back=BACK,
        is_danger=True,
    )
    return verb_page(request, procedure, verb, initial={"seen": returned.row_version})
