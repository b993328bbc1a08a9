"""The moves of a procedure, each on a page of its own: what it does, what lacks, reason, letter, button."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from renkei.desk.procedures.board import letters
from renkei.desk.procedures.board.forms import (
    AdvanceForm,
    HoldForm,
    NothingAsked,
    PartingForm,
    ReopenForm,
    SendBackForm,
    WithdrawalForm,
)
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, page_address, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.procedures.models import Procedure
from renkei.procedures.services.move import hold, move, reopen, resume
from renkei.procedures.stages import moves_of
from renkei.procedures.vocabulary import Stage

Act = Callable[[Asked], object]


def _ends(name: str, to: Stage) -> Act:
    def act(asked: Asked) -> object:
        return move(asked.procedure, name, to, by=asked.user, at=timezone.now(), **asked.given)

    return act


def _advances(asked: Asked) -> object:
    procedure = asked.procedure
    forward = next((one for one in moves_of(procedure) if one.name == "advance"), None)
    to = forward.to if forward else procedure.stage
    return move(procedure, "advance", to, by=asked.user, at=timezone.now(), **asked.given)


def _sends_back(asked: Asked) -> object:
    return move(asked.procedure, "send_back", by=asked.user, at=timezone.now(), **asked.given)


def _records_withdrawal(asked: Asked) -> object:
    reason = f"{asked.given['way']}: {asked.given['reason']}"
    to = Stage.WITHDRAWN
    return move(asked.procedure, "record_withdrawal", to, by=asked.user, at=timezone.now(), reason=reason)


def _holds(asked: Asked) -> object:
    return hold(asked.procedure, by=asked.user, at=timezone.now(), **asked.given)


VERBS: Mapping[str, ProcedureVerb] = {
    "advance": ProcedureVerb(
        title=_("次の段階に進める"),
        lead=_("この段階で要るものがそろっていれば、次の段階に進みます。相手方にメールで知らせます。"),
        button=_("進める"),
        done=_("次の段階に進めました。"),
        form=AdvanceForm,
        act=_advances,
        template="desk/procedures/board/advance.html",
    ),
    "send-back": ProcedureVerb(
        title=_("前の段階に戻す"),
        lead=_("選んだ段階からやり直します。これまでの記録は残ります。相手方にメールで知らせます。"),
        button=_("戻す"),
        done=_("前の段階に戻しました。"),
        form=SendBackForm,
        act=_sends_back,
    ),
    "decline": ProcedureVerb(
        title=_("見送る"),
        lead=_("手続を終え、手紙を相手方に送ります。事情が変われば再開できます。"),
        button=_("見送り、手紙を送る"),
        done=_("見送りました。手紙を相手方に送ります。"),
        form=PartingForm,
        act=_ends("decline", Stage.DECLINED),
        is_danger=True,
    ),
    "without-agreement": ProcedureVerb(
        title=_("協定によらない連携にする"),
        lead=_(
            "協定を結ばずに連携することにして手続を終え、手紙を相手方に送ります。事情が変われば再開できます。"
        ),
        button=_("手続を終え、手紙を送る"),
        done=_("協定によらない連携として終えました。手紙を相手方に送ります。"),
        form=PartingForm,
        act=_ends("without_agreement", Stage.WITHOUT_AGREEMENT),
    ),
    "record-withdrawal": ProcedureVerb(
        title=_("相手方の取下げを記録する"),
        lead=_(
            "相手方が電話などで取り下げたときに記録します。相手方には、終わったことをメールで知らせます。"
        ),
        button=_("取下げを記録する"),
        done=_("取下げを記録しました。"),
        form=WithdrawalForm,
        act=_records_withdrawal,
        is_danger=True,
    ),
    "hold": ProcedureVerb(
        title=_("保留にする"),
        lead=_("手続を止め、手紙を相手方に送ります。止めている間は日数に数えず、督促もしません。"),
        button=_("保留にし、手紙を送る"),
        done=_("保留にしました。手紙を相手方に送ります。"),
        form=HoldForm,
        act=_holds,
    ),
    "resume": ProcedureVerb(
        title=_("保留を解く"),
        lead=_("止めていた段階から手続を続けます。相手方にメールで知らせます。"),
        button=_("保留を解く"),
        done=_("保留を解きました。"),
        form=NothingAsked,
        act=lambda asked: resume(asked.procedure, by=asked.user, at=timezone.now()),
    ),
    "reopen": ProcedureVerb(
        title=_("再開する"),
        lead=_("終わった手続を、終わったときの段階から続けます。相手方にメールで知らせます。"),
        button=_("再開する"),
        done=_("手続を再開しました。"),
        form=ReopenForm,
        act=lambda asked: reopen(asked.procedure, by=asked.user, at=timezone.now(), **asked.given),
    ),
}
LETTERS: Mapping[str, Callable[[Procedure], str]] = {
    "decline": letters.declining,
    "without-agreement": letters.without_agreement,
    "hold": letters.holding,
}


def verbs_of(procedure: Procedure) -> list[tuple[str, ProcedureVerb]]:
    """The moves besides the one forward that a page offers where the procedure stands, in their order."""
    if not procedure.is_running:
        return [] if procedure.stage == Stage.CONCLUDED else [("reopen", VERBS["reopen"])]
    in_table = {one.name.replace("_", "-") for one in moves_of(procedure)} - {"advance"}
    offered = {*in_table, "resume" if procedure.is_held else "hold"}
    return [(name, verb) for name, verb in VERBS.items() if name in offered]


@staff_page
def page(request: StaffRequest, public_id: str, verb: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    if verb not in VERBS:
        raise Http404
    if verb == "advance" and any(one.name == "conclude" for one in moves_of(procedure)):
        return redirect(page_address(procedure, "signing"))
    return verb_page(
        request, procedure, VERBS[verb], more=_more(procedure, verb), **_options(procedure, verb)
    )


def _options(procedure: Procedure, verb: str) -> dict[str, Any]:
    if verb == "send-back":
        return {"moves": [one for one in moves_of(procedure) if one.name == "send_back"]}
    return {"initial": {"letter": LETTERS[verb](procedure)}} if verb in LETTERS else {}


def _more(procedure: Procedure, verb: str) -> dict[str, Any]:
    """Of going on: where to, and what lacks with the page on which it is done."""
    if verb != "advance":
        return {}
    forward = next((one for one in moves_of(procedure) if one.name == "advance"), None)
    needs = forward.needs if forward else ()
    lacking = [(need, sentence) for need in needs if (sentence := need.lacking(procedure, today()))]
    return {"forward": forward, "lacking": lacking}
