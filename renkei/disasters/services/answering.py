"""A partner's answer by the link of the letter, and the call back after which it counts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts import lock_out
from renkei.accounts.models import User
from renkei.audit.actors import Outsider
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.amounts import told_amount
from renkei.disasters.incidents.answer_links import request_of
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest, Step
from renkei.disasters.refusals import RequestRefused
from renkei.disasters.services.calling import log_call
from renkei.disasters.services.known import id_beside
from renkei.disasters.services.requesting import confirm_by_call_back, record_step
from renkei.disasters.situation.board import ANSWERS
from renkei.disasters.vocabulary import CallOutcome, RequestState, StepKind
from renkei.municipalities.public_id import new_public_id

ANSWERS_AT_MOST = 30
"""Within half an hour, to one request: a link in wrong hands fills no record."""


class LinkGone(RequestRefused):
    """The link works no more, or never did: which of the two is not said."""


@dataclass(frozen=True)
class LinkAnswer:
    """What the partner says: all, part of it (how much), or nothing (why); when, and who answers."""

    kind: StepKind
    by_name: str
    quantity: Decimal | None = None
    when: str = ""
    note: str = ""


@transaction.atomic
def answer_by_link(token: str, answer: LinkAnswer, *, at: datetime, public_id: str = "") -> Step:
    """Keep the partner's answer as a step of the request; a former one may be put right until the town called back."""
    help_request = request_of(token, at=at)
    if help_request is None:
        raise LinkGone(_("このリンクは使えません。市の災害の担当に電話してください。"))
    if known := help_request.steps.filter(public_id=public_id).first():
        return known
    if reason := why_not_answer(help_request):
        raise RequestRefused(reason)
    _refuse_unfit(answer, help_request)
    if not lock_out.take_a_try(
        lock_out.key_of("request-answers", help_request.public_id), limit=ANSWERS_AT_MOST, at=at
    ):
        raise RequestRefused(
            _(
                "続けて何度も回答されたため、しばらく受け付けられません。急ぐときは、市の災害の担当に電話してください。"
            )
        )
    facts = StepFacts(
        answer.kind, quantity=answer.quantity, told_by=answer.by_name.strip(), note=_told(answer)
    )
    incident, partner = help_request.incident, help_request.organisation
    who = Outsider(str(partner))  # the name of who answered stands in the step, not in the log, which lasts
    step = record_step(
        help_request, facts, actor=who, at=at, received_at=at, came_by_link=True, public_id=public_id
    )
    record(
        events.LINK_ANSWERED, who, incident, municipality=incident.municipality, partner=partner, answer=step
    )
    return step


def why_not_answer(help_request: HelpRequest) -> str | None:
    """None while the partner may answer by the link; otherwise the sentence to show."""
    if help_request.state == RequestState.CANCELLED:
        return _("この要請は取り消されました。回答は要りません。")
    sent, checked = help_request.sent_at, help_request.called_back_at
    if checked and (sent is None or checked >= sent):
        return _("市が電話で確かめた回答です。変えるときは、電話で伝えてください。")
    return None


@transaction.atomic
def confirm_answer(
    help_request: HelpRequest, *, spoke_with: str, actor: User, at: datetime, public_id: str = ""
) -> Step:
    """Say that somebody called the partner back and it is true: from now on the answer counts."""
    if known := help_request.steps.filter(public_id=public_id).first():
        return known
    if not help_request.steps.filter(came_by_link=True, kind__in=ANSWERS, is_void=False).exists():
        raise RequestRefused(_("リンクの回答はまだありません。画面を読み直してください。"))
    if not spoke_with.strip():
        raise RequestRefused(_("電話で話した相手の氏名を入れてください。"))
    public_id, note = public_id or new_public_id(), _("リンクの回答を電話で確かめた")
    confirm_by_call_back(help_request, actor=actor, at=at)
    partner, spoke_with = help_request.organisation, spoke_with.strip()
    call = CallFacts(partner, CallOutcome.REACHED, request=help_request, spoke_with=spoke_with, note=note)
    log_call(
        help_request.incident,
        call,
        actor=actor,
        at=at,
        received_at=at,
        public_id=id_beside(public_id, "call"),
    )
    facts = StepFacts(StepKind.NOTE, told_by=spoke_with, note=note)
    return record_step(help_request, facts, actor=actor, at=at, received_at=at, public_id=public_id)


def _told(answer: LinkAnswer) -> str:
    """The partner's words in one note."""
    when = _("到着の見込み: %s") % answer.when.strip() if answer.when.strip() else ""
    return "\n".join(part for part in (when, answer.note.strip()) if part)


def _refuse_unfit(answer: LinkAnswer, help_request: HelpRequest) -> None:
    if answer.kind not in ANSWERS:
        raise RequestRefused(_("「全部できます」「一部できます」「できません」から選んでください。"))
    if not answer.by_name.strip():
        raise RequestRefused(_("回答する人の氏名を入れてください。折り返しの電話で確かめます。"))
    if answer.kind == StepKind.PARTLY and answer.quantity is None and not answer.note.strip():
        raise RequestRefused(_("一部できるときは、できる数量か内容を入れてください。"))
    if answer.kind == StepKind.PARTLY and answer.quantity is not None:
        _refuse_no_part(answer.quantity, help_request)


def _refuse_no_part(quantity: Decimal, help_request: HelpRequest) -> None:
    """A part is more than nothing and less than what was asked."""
    if quantity <= 0:
        raise RequestRefused(_("一つもできないときは、「できません」を選んでください。"))
    if help_request.quantity is not None and quantity >= help_request.quantity:
        raise RequestRefused(
            _("お願いした数量(%(asked)s)がそろうときは、「全部できます」を選んでください。")
            % {"asked": told_amount(help_request.quantity, help_request.unit)}
        )
