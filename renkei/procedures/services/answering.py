"""What a division does with an inquiry: answering, changing its answer, asking for more time; and the window's word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.letters import tell_division
from renkei.procedures.models import CooperationItem, InquiredDivision, ItemAnswer
from renkei.procedures.services.claiming import ProcedureRefused, claim
from renkei.procedures.services.inquiring import claim_answer, refuse_closed, tell_divisions
from renkei.procedures.vocabulary import Verdict
from renkei.rules.japanese_calendar import japanese_date


@dataclass(frozen=True)
class ItemWords:
    """What is said about one item; `initiatives` are proposals, one on each line."""

    verdict: str
    conditions: str = ""
    initiatives: str = ""


@transaction.atomic
def answer(
    asked: InquiredDivision,
    answers: Mapping[CooperationItem, ItemWords],
    *,
    person: str,
    remarks: str,
    by: User,
    at: datetime,
) -> InquiredDivision:
    """Answer for a division, or change its answer, as of the version that was read (`asked.version`).

    An answer after the deadline is taken and stays marked as late. The window is told of each.
    """
    day = timezone.localdate(at)
    _refuse_taken_back(asked)
    items = list(asked.inquiry.standing_items())
    for item in items:
        _refuse_unclear(item, answers.get(item))
    before = told_answers(asked)
    is_first = asked.answered_at is None
    claim_answer(asked)
    for item in items:
        _write(asked, item, answers[item])
    asked.person, asked.remarks = person.strip(), remarks.strip()
    asked.extension_asked, asked.extension_reason = None, ""
    after = told_answers(asked)
    if before == after and not is_first:
        return asked
    if is_first:
        asked.was_late = asked.due_on < day
    asked.answered_by, asked.answered_at = by, at
    asked.save()
    procedure = asked.inquiry.procedure
    record(
        events.DIVISION_ANSWERED if is_first else events.ANSWER_CHANGED,
        by,
        procedure,
        municipality=procedure.municipality,
        division=asked.division,
        changes={"procedures.itemanswer": (before, after)},
    )
    _tell_window(asked, is_first, at)
    return asked


def told_answers(asked: InquiredDivision) -> list[str]:
    """The answer as lines: for each item verdict, conditions and proposals; then the person and the remarks."""
    lines = []
    for one in asked.answers.select_related("item").order_by("item__position", "pk"):
        more = [part for part in (one.conditions, one.initiatives.replace("\n", "、")) if part]
        lines.append(" / ".join([f"{one.item.heading}: {Verdict(one.verdict).label}", *more]))
    return [*lines, *(words for words in (asked.person, asked.remarks) if words)]


def _refuse_taken_back(asked: InquiredDivision) -> None:
    refuse_closed(asked.inquiry)
    if asked.taken_back_reason:
        raise ProcedureRefused(
            _("この照会は取り消されました(%(reason)s)。回答は要りません。")
            % {"reason": asked.taken_back_reason}
        )


def _refuse_unclear(item: CooperationItem, words: ItemWords | None) -> None:
    if words is None or words.verdict not in Verdict.values:
        raise ProcedureRefused(_("「%(item)s」への回答を選んでください。") % {"item": item})
    if words.verdict != Verdict.TAKES_PART and not words.conditions.strip():
        raise ProcedureRefused(
            _("「%(item)s」について、条件か理由を書いてください。取りまとめに使います。") % {"item": item}
        )


def _write(asked: InquiredDivision, item: CooperationItem, words: ItemWords) -> None:
    proposals = [line.strip() for line in words.initiatives.splitlines() if line.strip()]
    ItemAnswer.objects.update_or_create(
        asked=asked,
        item=item,
        defaults={
            "verdict": words.verdict,
            "conditions": words.conditions.strip(),
            "initiatives": "\n".join(proposals),
        },
    )


def _tell_window(asked: InquiredDivision, is_first: bool, at: datetime) -> None:
    procedure = asked.inquiry.procedure
    left = asked.inquiry.divisions.unanswered().count()
    subject = _("%(division)sが庁内照会に回答しました") if is_first else _("%(division)sが回答を改めました")
    words = _("まだ%(count)s課の回答を待っています。") % {"count": left}
    if not left:
        words = _("すべての課の回答がそろいました。締め切って取りまとめてください。")
    tell_division(
        procedure,
        procedure.division,
        f"answered-{asked.public_id}-{asked.version}",
        subject % {"division": asked.division},
        [words],
        at=at,
        page="matrix/",
    )


@transaction.atomic
def ask_for_time(asked: InquiredDivision, *, until: date, by: User, at: datetime, reason: str) -> None:
    """Ask the window for a later deadline, with the reason."""
    _refuse_taken_back(asked)
    if asked.answered_at:
        raise ProcedureRefused(_("すでに回答しています。回答は、締め切られるまで改められます。"))
    if until <= asked.due_on or until < timezone.localdate(at):
        raise ProcedureRefused(
            _("いまの期限(%(day)s)より後の日を書いてください。") % {"day": japanese_date(asked.due_on)}
        )
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。窓口の課が判断に使います。"))
    claim_answer(asked)
    asked.extension_asked, asked.extension_reason = until, reason.strip()
    asked.save(update_fields=["extension_asked", "extension_reason"])
    procedure, day = asked.inquiry.procedure, japanese_date(until)
    record(
        events.MORE_TIME_ASKED,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=reason.strip(),
        division=asked.division,
        until=day,
    )
    tell_division(
        procedure,
        procedure.division,
        f"more-time-{asked.public_id}-{asked.version}",
        _("%(division)sが回答の期限の延長を希望しています") % {"division": asked.division},
        [_("%(day)sまで待ってほしいとのことです。") % {"day": day}, reason.strip()],
        at=at,
        beside=f"procedures/answers/{asked.public_id}/deadline/",
    )


@transaction.atomic
def set_deadline(asked: InquiredDivision, *, due_on: date, words: str, by: User, at: datetime) -> None:
    """Set one division's deadline: as it asked, another day, or the same again, which answers its wish with no."""
    _refuse_taken_back(asked)
    if asked.answered_at:
        raise ProcedureRefused(_("すでに回答しています。期限を変える必要はありません。"))
    if due_on != asked.due_on and due_on < timezone.localdate(at):
        raise ProcedureRefused(_("回答の期限は、今日か、それより後の日にしてください。"))
    if due_on == asked.due_on and not asked.extension_asked:
        raise ProcedureRefused(_("いまの期限と同じ日です。変える日を書いてください。"))
    procedure = asked.inquiry.procedure
    claim(procedure)
    claim_answer(asked)
    former, asked.due_on = asked.due_on, due_on
    asked.extension_asked, asked.extension_reason = None, ""
    asked.save(update_fields=["due_on", "extension_asked", "extension_reason"])
    day = japanese_date(due_on)
    record(
        events.ANSWER_DAY_SET,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=words.strip(),
        changes={"procedures.inquireddivision.due_on": (former, due_on)},
        division=asked.division,
        until=day,
    )
    sentence = (
        _("回答の期限は%(day)sのままとします。") if due_on == former else _("回答の期限を%(day)sとします。")
    )
    paragraphs = [sentence % {"day": day}, *([words.strip()] if words.strip() else [])]
    tell_divisions(
        asked.inquiry, [asked], f"deadline-{procedure.version}", _("庁内照会の回答の期限"), paragraphs, at
    )
