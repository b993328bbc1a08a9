"""Questions of one side and the answers of the other, each told by mail."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Procedure, Question
from renkei.procedures.people import Person, actor_of, side_of
from renkei.procedures.services.claiming import ProcedureRefused, made_once, refuse_ended
from renkei.rules.japanese_calendar import japanese_date

PAGE = "questions/"
MOST_WAITING = 20
"""Questions of one side that may wait for an answer at once: each of them writes letters."""


@transaction.atomic
def ask(
    procedure: Procedure, text: str, *, due_on: date | None, by: Person, at: datetime, public_id: str
) -> Question:
    """Ask the other side, by a day; sent again it gives the question that is there."""
    refuse_ended(procedure)
    if not text.strip():
        raise ProcedureRefused(_("質問を書いてください。"))
    if due_on and due_on < timezone.localdate(at):
        raise ProcedureRefused(_("回答の期限は、今日か、それより後の日にしてください。"))
    new = Question(
        procedure=procedure,
        public_id=public_id,
        side=side_of(by),
        text=text.strip(),
        due_on=due_on,
        asked_at=at,
        **_person("asked_by", by),
    )
    if (
        procedure.questions.waiting().exclude(public_id=public_id).filter(side=new.side).count()
        >= MOST_WAITING
    ):
        raise ProcedureRefused(
            _("回答を待っている質問が%(most)s件あります。回答を待つか、要らない質問を取り消してください。")
            % {"most": MOST_WAITING}
        )
    question, is_new = made_once(new, procedure=procedure)
    if is_new:
        _record(events.ASKED, question, by)
        until = [_("%(day)sまでに回答してください。") % {"day": japanese_date(due_on)}] if due_on else []
        _write_to(
            _other(question.side), question, "asked", _("質問が届きました"), [question.text, *until], at
        )
    return question


@transaction.atomic
def answer(question: Question, text: str, *, by: Person, at: datetime) -> Question:
    """Answer the other side's question; of two who answer at once one is told."""
    refuse_ended(question.procedure)
    if side_of(by) == question.side:
        raise ProcedureRefused(_("自分の側の質問です。答えるのは、もう一方の側です。"))
    if not text.strip():
        raise ProcedureRefused(_("回答を書いてください。"))
    columns = {"answer": text.strip(), "answered_at": at, **_person("answered_by", by)}
    _close(question, columns)
    _record(events.ANSWERED, question, by)
    words = [_("質問: %(text)s") % {"text": question.text}, _("回答: %(text)s") % {"text": question.answer}]
    _write_to(Side(question.side), question, "answered", _("質問への回答が届きました"), words, at)
    return question


@transaction.atomic
def withdraw_question(question: Question, *, by: Person, at: datetime) -> Question:
    """Take back a question of one's own side that nobody has answered."""
    if side_of(by) != question.side:
        raise ProcedureRefused(_("相手の側の質問です。取り消せるのは、尋ねた側だけです。"))
    _close(question, {"withdrawn_at": at})
    _record(events.QUESTION_WITHDRAWN, question, by)
    words = [_("次の質問は取り消されました。回答は要りません。"), question.text]
    _write_to(_other(question.side), question, "withdrawn", _("質問が取り消されました"), words, at)
    return question


def _close(question: Question, columns: dict[str, object]) -> None:
    waiting = Question.objects.filter(pk=question.pk).waiting()
    if not waiting.update(**columns):
        raise ProcedureRefused(
            _("この質問は、すでに回答されたか取り消されています。画面を読み直してください。")
        )
    question.refresh_from_db(fields=list(columns))


def _person(column: str, by: Person) -> dict[str, object]:
    return {column: by} if isinstance(by, Correspondent) else {f"{column}_user": by}


def _other(side: str) -> Side:
    return Side.TOWN if side == Side.PARTNER else Side.PARTNER


def _write_to(
    side: Side, question: Question, what: str, subject: str, words: list[str], at: datetime
) -> None:
    procedure, key = question.procedure, f"question-{question.public_id}-{what}"
    if side == Side.PARTNER:
        tell_partner(procedure, key, subject, words, at=at, page=PAGE)
    else:
        tell_division(procedure, procedure.division, key, subject, words, at=at, page=PAGE)


def _record(event: Event, question: Question, by: Person) -> None:
    procedure = question.procedure
    record(event, actor_of(by), procedure, municipality=procedure.municipality, question=str(question))
