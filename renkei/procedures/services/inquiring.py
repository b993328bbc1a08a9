"""Asking divisions about the items of a procedure (庁内照会): sending, adding, taking back, urging, deadlines."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.models import Division
from renkei.procedures import events
from renkei.procedures.letters import tell_division
from renkei.procedures.models import CooperationItem, InquiredDivision, Inquiry, Procedure
from renkei.procedures.services.claiming import (
    ChangedMeanwhile,
    ProcedureRefused,
    claim,
    made_once,
    refuse_ended,
)
from renkei.procedures.vocabulary import Stage
from renkei.rules.japanese_calendar import japanese_date


@transaction.atomic
def inquire(
    procedure: Procedure,
    *,
    text: str,
    items: Sequence[CooperationItem],
    divisions: Sequence[Division],
    due_on: date,
    by: User,
    at: datetime,
    public_id: str,
) -> Inquiry:
    """Ask divisions about items until a day; each division's clerks are told by mail."""
    new = Inquiry(
        procedure=procedure, public_id=public_id, text=text.strip(), due_on=due_on, sent_by=by, sent_at=at
    )
    inquiry, is_new = made_once(new, procedure=procedure)
    if not is_new:
        return inquiry
    day = timezone.localdate(at)
    _refuse_out_of_step(procedure)
    if not text.strip():
        raise ProcedureRefused(_("照会の文を書いてください。"))
    if not items:
        raise ProcedureRefused(_("照会する連携事項を一つ以上選んでください。"))
    _refuse_past(due_on, day)
    _refuse_unaskable(inquiry, divisions, day)
    claim(procedure)
    inquiry.items.set(items)
    asked = _ask(inquiry, divisions, due_on)
    record(events.INQUIRED, by, procedure, municipality=procedure.municipality, divisions=_names(asked))
    _tell_asked(asked, at)
    return inquiry


@transaction.atomic
def ask_further(
    inquiry: Inquiry, *, divisions: Sequence[Division], due_on: date, by: User, at: datetime
) -> list[InquiredDivision]:
    """Ask further divisions in an open inquiry; one that was taken back is asked again."""
    day = timezone.localdate(at)
    refuse_closed(inquiry)
    _refuse_past(due_on, day)
    _refuse_unaskable(inquiry, divisions, day)
    claim(inquiry.procedure)
    asked = _ask(inquiry, divisions, due_on)
    record(
        events.INQUIRED_FURTHER,
        by,
        inquiry.procedure,
        municipality=inquiry.procedure.municipality,
        divisions=_names(asked),
    )
    _tell_asked(asked, at)
    return asked


@transaction.atomic
def take_back(asked: InquiredDivision, *, by: User, at: datetime, reason: str) -> None:
    """Take the question to one division back; it is told why, and no answer is waited for any more."""
    refuse_closed(asked.inquiry)
    if asked.taken_back_reason:
        raise ProcedureRefused(_("すでに取り消した照会です。画面を読み直してください。"))
    if asked.answered_at:
        raise ProcedureRefused(_("この課は回答しています。取り消さずに、取りまとめで扱いを書いてください。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。課に伝わり、手続の経過に残ります。"))
    procedure = asked.inquiry.procedure
    claim(procedure)
    claim_answer(asked)
    asked.taken_back_reason, asked.extension_asked, asked.extension_reason = reason.strip(), None, ""
    asked.save(update_fields=["taken_back_reason", "extension_asked", "extension_reason"])
    record(
        events.INQUIRY_TAKEN_BACK,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=reason.strip(),
        division=asked.division,
    )
    tell_division(
        procedure,
        asked.division,
        f"taken-back-{asked.public_id}-{procedure.version}",
        _("庁内照会を取り消しました"),
        [_("次の照会は、回答していただかなくてよいことになりました。"), reason.strip()],
        at=at,
    )


@transaction.atomic
def urge(inquiry: Inquiry, *, by: User, at: datetime) -> list[InquiredDivision]:
    """Remind the divisions that have not answered, each at most once a day; who was reminded now."""
    day = timezone.localdate(at)
    refuse_closed(inquiry)
    waiting = list(inquiry.divisions.unanswered().select_related("division"))
    if not waiting:
        raise ProcedureRefused(_("すべての課が回答しています。締め切って取りまとめてください。"))
    silent = [one for one in waiting if one.reminded_on != day]
    if not silent:
        raise ProcedureRefused(_("今日はもう催促しました。続けて催促するときは、電話で確かめてください。"))
    claim(inquiry.procedure)
    inquiry.divisions.filter(pk__in=[one.pk for one in silent]).update(reminded_on=day)
    record(
        events.DIVISIONS_REMINDED,
        by,
        inquiry.procedure,
        municipality=inquiry.procedure.municipality,
        divisions=_names(silent),
    )
    for one in silent:
        words = _("回答の期限は%(day)sです。") % {"day": japanese_date(one.due_on)}
        if one.due_on < day:
            words = _("回答の期限(%(day)s)を過ぎています。") % {"day": japanese_date(one.due_on)}
        _tell(inquiry, one, f"urged-{one.public_id}-{day}", _("庁内照会に回答してください"), [words], at)
    return silent


def claim_answer(asked: InquiredDivision) -> None:
    """Take the division's answer as of the version that was read, or refuse."""
    mine = InquiredDivision.objects.filter(pk=asked.pk, version=asked.version)
    if not mine.update(version=F("version") + 1):
        raise ChangedMeanwhile
    asked.version += 1


def refuse_closed(inquiry: Inquiry) -> None:
    """Nothing changes in an inquiry that was closed, until the window opens it again."""
    refuse_ended(inquiry.procedure)
    if not Inquiry.objects.select_for_update().filter(pk=inquiry.pk, closed_at=None).exists():
        raise ProcedureRefused(
            _("この照会は締め切られています。回答や変更が要るときは、窓口の課に再開を頼んでください。")
        )


def tell_divisions(
    inquiry: Inquiry,
    asked: Iterable[InquiredDivision],
    key: str,
    subject: str,
    words: list[str],
    at: datetime,
) -> None:
    """A letter to each of the divisions, with the way to its own answer."""
    for one in asked:
        _tell(inquiry, one, f"{key}-{one.public_id}", subject, words, at)


def _known(inquiry: Inquiry) -> dict[int, InquiredDivision]:
    return {one.division_id: one for one in inquiry.divisions.all()}


def _refuse_unaskable(inquiry: Inquiry, divisions: Sequence[Division], day: date) -> None:
    if not divisions:
        raise ProcedureRefused(_("照会する課を一つ以上選んでください。"))
    known = _known(inquiry)
    for division in divisions:
        if division.municipality_id != inquiry.procedure.municipality_id or not division.existed_on(day):
            raise ProcedureRefused(
                _("「%(division)s」は、いまある課ではありません。") % {"division": division}
            )
        if division.pk in known and not known[division.pk].taken_back_reason:
            raise ProcedureRefused(_("「%(division)s」にはすでに照会しています。") % {"division": division})


def _ask(inquiry: Inquiry, divisions: Sequence[Division], due_on: date) -> list[InquiredDivision]:
    known = _known(inquiry)
    asked = []
    for division in divisions:
        one = known.get(division.pk) or InquiredDivision(inquiry=inquiry, division=division)
        one.due_on, one.taken_back_reason = due_on, ""
        one.save()
        asked.append(one)
    return asked


def _tell_asked(asked: Iterable[InquiredDivision], at: datetime) -> None:
    for one in asked:
        words = [one.inquiry.text, _("回答の期限: %(day)s") % {"day": japanese_date(one.due_on)}]
        key = f"inquired-{one.public_id}-{one.inquiry.procedure.version}"
        _tell(one.inquiry, one, key, _("庁内照会が届きました"), words, at)


def _tell(
    inquiry: Inquiry, asked: InquiredDivision, key: str, subject: str, words: list[str], at: datetime
) -> None:
    page = f"procedures/answers/{asked.public_id}/"
    tell_division(inquiry.procedure, asked.division, key, subject, words, at=at, beside=page)


def _refuse_out_of_step(procedure: Procedure) -> None:
    refuse_ended(procedure)
    if procedure.stage != Stage.COORDINATION:
        facts = {"stage": Stage(procedure.stage).label}
        raise ProcedureRefused(
            _(
                "庁内照会は「庁内調整」の段階で行います。いまは「%(stage)s」です。段階を移してから照会してください。"
            )
            % facts
        )


def _refuse_past(due_on: date, day: date) -> None:
    if due_on < day:
        raise ProcedureRefused(_("回答の期限は、今日か、それより後の日にしてください。"))


def _names(asked: Iterable[InquiredDivision]) -> str:
    return "、".join(str(one.division) for one in asked)
