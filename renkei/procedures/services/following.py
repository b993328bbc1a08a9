"""What follows from an evaluation: the procedure that changes the agreement, or the act that lets it end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.outlook import outlook
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.models import Evaluation
from renkei.initiatives.vocabulary import Verdict
from renkei.procedures.models import Procedure
from renkei.procedures.services.begin import Begun, begin_about
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.vocabulary import Kind
from renkei.rules.japanese_calendar import both_calendars, fiscal_year_name


@dataclass(frozen=True)
class NextAct:
    """What can be done now: in words, and the act: a procedure to amend, or one of the register's own verbs.

    `act` is "amend" (a procedure is begun), "decline", "let_renew" or "end" (the agreement's page of that name).
    """

    act: str
    words: str


def next_act(evaluation: Evaluation, day: date) -> NextAct | None:
    """What follows from the evaluation on the day; None where nothing need be done."""
    agreement = evaluation.agreement
    if hasattr(agreement, "ending"):
        return None
    ahead = outlook(agreement, day)
    if evaluation.verdict == Verdict.IMPROVE:
        return NextAct("amend", _("協定を見直す手続を始める"))
    decided = {one.term_ends_on for one in agreement.renewal_decisions.all()}
    is_undecided = bool(ahead.running and ahead.deadline and ahead.running.last not in decided)
    told = {"day": both_calendars(ahead.deadline) if ahead.deadline else ""}
    if evaluation.verdict == Verdict.END:
        if is_undecided:
            return NextAct("decline", _("更新しないことを判断する(通知の期限は%(day)s)") % told)
        return NextAct("end", _("合意による終了などを記録する"))
    return (
        NextAct("let_renew", _("更新に任せることを判断する(通知の期限は%(day)s)") % told)
        if is_undecided
        else None
    )


@transaction.atomic
def follow(
    evaluation: Evaluation, *, by: User, at: datetime, day: date, public_id: str = ""
) -> Procedure | None:
    """Begin what follows from the evaluation, once; the procedure where one was begun, else None."""
    following = next_act(evaluation, day)
    if following is None:
        raise ProcedureRefused(_("この評価から始める手続は、いまはありません。"))
    procedure = None
    if following.act == "amend":
        procedure = begin_about(evaluation.agreement, _begun(evaluation), by=by, at=at, public_id=public_id)
    Evaluation.objects.filter(pk=evaluation.pk, followed_at=None).update(followed_at=at)
    record(
        events.EVALUATION_FOLLOWED,
        by,
        evaluation,
        municipality=evaluation.municipality,
        reason=evaluation.reasons,
        agreement=evaluation.agreement,
        what=following.words,
    )
    return procedure


def _begun(evaluation: Evaluation) -> Begun:
    title = _("%(title)sの見直し") % {"title": evaluation.agreement.title}
    year = _("%(year)sの評価") % {"year": fiscal_year_name(evaluation.fiscal_year)}
    said = "\n".join(part for part in (evaluation.reasons, evaluation.next_steps) if part)
    return Begun(Kind.AMENDMENT, title[:300], f"{year}: {said}")
