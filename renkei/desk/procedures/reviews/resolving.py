"""What becomes of comments: resolved one by one, then taken up into the next text."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.reviews.forms import ResolveForm, ReviseForm
from renkei.desk.procedures.reviews.rounds import BACK, the_open_round
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page
from renkei.procedures.beside import about_comment
from renkei.procedures.models import Comment, Procedure
from renkei.procedures.reviews import clause_of, label_of, taken_up
from renkei.procedures.services import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.services.commenting import resolve as resolve_comment
from renkei.procedures.services.reviewing import revise as revise_text
from renkei.procedures.vocabulary import DraftKind, Resolution


def the_comment(procedure: Procedure, comment_id: str) -> Comment:
    """A comment of this procedure, or 404."""
    said = Comment.objects.filter(round__procedure=procedure).select_related(
        "round__procedure__municipality", "version", "user", "correspondent"
    )
    return get_object_or_404(said, public_id=comment_id)


def moment(text: str) -> datetime | None:
    """The moment that a form carries; None where it carries none that can be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _resolved(asked: Asked) -> object:
    given, said = asked.given, asked.form.comment
    try:
        return resolve_comment(
            said,
            Resolution(given["resolution"]),
            by=asked.user,
            at=timezone.now(),
            seen=moment(asked.form.data.get("seen", "")),
            taken=given.get("taken", ""),
            answer=given["answer"],
        )
    except ChangedMeanwhile:
        said.refresh_from_db()
        raise


RESOLVE = ProcedureVerb(
    title=gettext_lazy("意見の扱いを決める"),
    lead=gettext_lazy(
        "反映するか、しないか、回答だけするかを決めます。全部決まると、相手方にメールで知らせます。"
    ),
    button=gettext_lazy("扱いを決める"),
    done=gettext_lazy("意見の扱いを決めました。"),
    form=ResolveForm,
    act=_resolved,
    back=BACK,
    template="desk/procedures/reviews/resolve.html",
)


@staff_page
def resolve(request: StaffRequest, public_id: str, comment_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    said = the_comment(procedure, comment_id)
    clause = clause_of(said.version, said.clause)
    more = {
        "one": about_comment(said),
        "label": label_of(said.version, said.clause),
        "clause": clause,
        "is_staff": True,
    }
    is_worded = bool(clause and clause.is_worded)
    return verb_page(request, procedure, RESOLVE, more=more, comment=said, is_worded=is_worded)


def _revised(asked: Asked) -> object:
    one = the_open_round(asked.procedure)
    if one is None:
        raise ProcedureRefused(_("開いている確認の回がありません。画面を読み直してください。"))
    return revise_text(one, by=asked.user, at=timezone.now(), public_id=asked.once)


REVISE = ProcedureVerb(
    title=gettext_lazy("反映した案を作る"),
    lead=gettext_lazy(
        "反映することにした文を条に入れた次の版を作り、この回を終えます。残りは、次の版を編集して直します。"
    ),
    button=gettext_lazy("反映した案を作る"),
    done=gettext_lazy("この回を終えました。続けて案を直し、次の回を始めてください。"),
    form=ReviseForm,
    act=_revised,
    back="drafts",
    template="desk/procedures/reviews/revise.html",
)


@staff_page
def revise(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    one = the_open_round(procedure)
    more: dict[str, object] = {"round": one}
    if one:
        found = taken_up(one)
        more["placed"] = [(label_of(said.version, said.clause), said) for said in found.placed]
        more["by_hand"] = [(label_of(said.version, said.clause), said) for said in found.by_hand]
    answer = verb_page(request, procedure, REVISE, more=more)
    text = procedure.versions.latest_of(DraftKind.TEXT)
    if answer.status_code == HTTPStatus.FOUND and text:  # on to the rest, which is worded by hand
        return redirect("desk:procedure_text_edit", procedure.public_id, text.public_id)
    return answer
