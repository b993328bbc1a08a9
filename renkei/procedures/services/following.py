"""What follows from an evaluation: the procedure that changes the agreement, or the act that lets it end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement, RenewalRule
from renkei.agreements.outlook import Outlook, outlook
from renkei.agreements.spans import notice_deadline
from renkei.agreements.vocabulary import Decision
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

    `act` is "amend" (a procedure is begun), "decline", "let_renew" or "end" (the agreement's page of that name);
    `term_ends_on` is the term that is decided about, None where none is.
    """

    act: str
    words: str
    term_ends_on: date | None = None


def next_act(evaluation: Evaluation, day: date) -> NextAct | None:
    """What follows from the evaluation on the day; None where nothing need be done."""
    agreement = evaluation.agreement
    if hasattr(agreement, "ending"):
        return None
    if evaluation.verdict == Verdict.IMPROVE:
        return NextAct("amend", _("協定を見直す手続を始める"))
    ahead = outlook(agreement, day)
    decided = {one.term_ends_on: one.decision for one in agreement.renewal_decisions.all()}
    last = _last_of_due_term(agreement, ahead)
    is_undecided = last is not None and last not in decided
    told = {"day": both_calendars(ahead.deadline) if ahead.deadline else ""}
    if evaluation.verdict == Verdict.END:
        if is_undecided:
            words = _("更新しないことを判断する(通知の期限は%(day)s)") % told
            return NextAct("decline", words, last)
        return None if _ends_already(ahead, decided) else NextAct("end", _("合意による終了などを記録する"))
    if is_undecided:
        return NextAct("let_renew", _("更新に任せることを判断する(通知の期限は%(day)s)") % told, last)
    return None


def _last_of_due_term(agreement: Agreement, ahead: Outlook) -> date | None:
    """The last day of the term whose notice has the next deadline: the running one, or where that is missed a later."""
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    ends = [period.last for period in (ahead.running, *ahead.ahead) if period and period.last]
    if ahead.deadline is None:
        return None
    return next((last for last in ends if notice_deadline(rule, last) == ahead.deadline), None)


def _ends_already(ahead: Outlook, decided: dict[date, str]) -> bool:
    """Whether it was decided not to renew, so that nothing comes after the running term."""
    running = ahead.running.last if ahead.running else None
    return running is not None and decided.get(running) == Decision.DECLINE and not ahead.ahead


def reason_of(evaluation: Evaluation) -> str:
    """The evaluation's reasons and next steps with its year, as what follows from it quotes them."""
    year = _("%(year)sの評価") % {"year": fiscal_year_name(evaluation.fiscal_year)}
    said = "\n".join(part for part in (evaluation.reasons, evaluation.next_steps) if part)
    return f"{year}: {said}"


@transaction.atomic
def follow(
    evaluation: Evaluation, *, by: User, at: datetime, day: date, public_id: str = ""
) -> Procedure | None:
    """Begin what follows from the evaluation; the procedure where one was begun, else None. Told once."""
    following = next_act(evaluation, day)
    if following is None:
        raise ProcedureRefused(_("この評価から始める手続は、いまはありません。"))
    procedure = None
    if following.act == "amend":
        procedure = begin_about(evaluation.agreement, _begun(evaluation), by=by, at=at, public_id=public_id)
    is_first = Evaluation.objects.filter(pk=evaluation.pk, followed_at=None).update(followed_at=at)
    if not (is_first or procedure):
        return None
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
    return Begun(Kind.AMENDMENT, title[:300], reason_of(evaluation))
