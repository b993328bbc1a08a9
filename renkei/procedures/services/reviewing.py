"""Rounds of review: opened with named reviewers, ended by the window, taken up into the next text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText
from renkei.municipalities.models import Division
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner, tell_person
from renkei.procedures.models import DraftVersion, Procedure, Reviewer, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.people import participants
from renkei.procedures.reviews import current_round, taken_up, with_wordings
from renkei.procedures.services.claiming import ProcedureRefused, claim, refuse_ended
from renkei.procedures.services.drafting import write_text
from renkei.procedures.services.settling import close, refuse_elsewhere, tell, versions_of, write_in
from renkei.procedures.vocabulary import DraftKind
from renkei.rules.japanese_calendar import japanese_date


@dataclass(frozen=True, kw_only=True)
class AskedReviewer:
    """Somebody to be asked: one of person, division, partner's person, or the name of one who stays off the counter."""

    side: Side
    matter: str = ""
    user: User | None = None
    division: Division | None = None
    correspondent: Correspondent | None = None
    name: str = ""
    is_required: bool = True


@transaction.atomic
def open_round(
    procedure: Procedure,
    asked: Sequence[AskedReviewer],
    *,
    due_on: date,
    message: str,
    by: User,
    at: datetime,
    public_id: str,
) -> ReviewRound:
    """Ask for a check of the newest versions, which the partner sees from now on; everybody asked gets a letter."""
    if known := procedure.rounds.filter(public_id=public_id).first():
        return known
    _refuse_to_open(procedure, asked, due_on, at)
    text = procedure.versions.latest_of(DraftKind.TEXT)
    if text is None:
        raise ProcedureRefused(_("協定書(案)がありません。先に案を作ってください。"))
    claim(procedure)
    one = ReviewRound.objects.create(
        procedure=procedure,
        public_id=public_id,
        number=procedure.rounds.count() + 1,
        text=text,
        initiatives=procedure.versions.latest_of(DraftKind.INITIATIVES),
        message=message.strip(),
        due_on=due_on,
        opened_by=by,
        opened_at=at,
    )
    Reviewer.objects.bulk_create(Reviewer(round=one, **vars(person)) for person in asked)
    DraftVersion.objects.filter(pk__in=[version.pk for version in one.versions], shared_at=None).update(
        shared_at=at
    )
    tell(events.REVIEW_OPENED, one, procedure, by)
    _tell_opened(procedure, one, at)
    return one


def _refuse_to_open(procedure: Procedure, asked: Sequence[AskedReviewer], due_on: date, at: datetime) -> None:
    refuse_ended(procedure)
    refuse_elsewhere(procedure)
    if procedure.is_held:
        raise ProcedureRefused(_("保留にしている手続です。先に保留を解いてください。"))
    if there := current_round(procedure):
        raise ProcedureRefused(
            _("%(round)sが終わっていません。先にその回を終えてください。") % {"round": there}
        )
    if due_on < timezone.localdate(at):
        raise ProcedureRefused(_("確認の期限は、今日か、それより後の日にしてください。"))
    _refuse_strangers(procedure, asked)
    if not any(one.side == Side.PARTNER and one.is_required for one in asked):
        raise ProcedureRefused(_("相手方の確認する人を一人以上選んでください。同意は両方の側から要ります。"))


def _refuse_strangers(procedure: Procedure, asked: Sequence[AskedReviewer]) -> None:
    """Only the town's own people and divisions, and only partner's people who take part."""
    here = procedure.municipality_id
    taking_part = {one.pk for one in participants(procedure)}
    for one in asked:
        if (one.user and one.user.municipality_id != here) or (
            one.division and one.division.municipality_id != here
        ):
            raise ProcedureRefused(_("この自治体の職員と課だけを選べます。画面を読み直してください。"))
        if one.correspondent and one.correspondent.pk not in taking_part:
            raise ProcedureRefused(
                _("%(name)sは、いまこの手続に加わっていません。画面を読み直して選び直してください。")
                % {"name": one.correspondent}
            )


def _tell_opened(procedure: Procedure, one: ReviewRound, at: datetime) -> None:
    facts = {"round": one, "day": japanese_date(one.due_on), "versions": versions_of(one)}
    subject = _("案の確認をお願いします(%(round)s、%(day)sまで)") % facts
    words = [
        _("%(versions)sを確かめ、意見があれば条ごとに書き、よければ同意してください。") % facts,
        *([one.message] if one.message else []),
        _("期限は%(day)sです。") % facts,
    ]
    key = f"review-{one.public_id}"
    tell_partner(procedure, key, subject, words, at=at, page="review/")
    for reviewer in one.reviewers.filter(side=Side.TOWN).select_related("user", "division"):
        tell_reviewer(procedure, reviewer, key, subject, words, at=at)


def tell_reviewer(
    procedure: Procedure, reviewer: Reviewer, key: str, subject: str, words: Sequence[str], *, at: datetime
) -> None:
    """A letter to somebody inside who was asked: the person, or the clerks of the division."""
    if reviewer.user:
        tell_person(procedure, reviewer.user, key, subject, words, at=at, page="review/")
    else:
        tell_division(procedure, reviewer.division, key, subject, words, at=at, page="review/")


@transaction.atomic
def end_round(one: ReviewRound, outcome: RoundOutcome, *, reason: str, by: User, at: datetime) -> ReviewRound:
    """End an open round without agreement: the next version follows, or it is given up; acceptances stay with it."""
    procedure = write_in(one)
    if outcome == RoundOutcome.AGREED:
        raise ProcedureRefused(_("同意がそろうと、回はひとりでに終わります。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。確認した人に伝わります。"))
    ReviewRound.objects.filter(pk=one.pk).update(closed_by=by)
    close(one, outcome, by=by, at=at, reason=reason)
    _tell_ended(procedure, one, by, at)
    return one


def _tell_ended(procedure: Procedure, one: ReviewRound, by: User, at: datetime) -> None:
    outcome = str(RoundOutcome(one.outcome).label)
    facts = {"round": str(one), "outcome": outcome}
    tell(events.REVIEW_ENDED, one, procedure, by, reason=one.reason, outcome=outcome)
    subject = _("%(round)sを終えました(%(outcome)s)") % facts
    key = f"review-ended-{one.public_id}"
    tell_partner(procedure, key, subject, [one.reason], at=at, page="review/")
    for reviewer in one.reviewers.filter(side=Side.TOWN).select_related("user", "division"):
        tell_reviewer(procedure, reviewer, key, subject, [one.reason], at=at)


@transaction.atomic
def revise(one: ReviewRound, *, by: User, at: datetime, public_id: str) -> DraftVersion:
    """Make the next text with the adopted wordings in their places, and end the round; the rest is edited by hand.

    Where nothing goes in by itself no version is made: the round's own text is what the editing begins from.
    """
    procedure = Procedure.objects.get(pk=one.procedure_id)
    if known := procedure.versions.filter(public_id=public_id).first():
        return known
    procedure = write_in(one)
    if one.comments.unresolved().exists():
        raise ProcedureRefused(_("扱いを決めていない意見があります。先に一つずつ決めてください。"))
    found = taken_up(one)
    if not found.placed and not found.by_hand:
        raise ProcedureRefused(_("反映することにした意見がありません。"))
    made = one.text
    if found.placed:
        note = _("%(round)sの意見%(count)s件を反映") % {"round": one, "count": len(found.placed)}
        text = with_wordings(AgreementText.read(one.text.content), found.wordings)
        made = write_text(procedure, text, made_from=one.text, note=note, by=by, at=at, public_id=public_id)
    ReviewRound.objects.filter(pk=one.pk).update(closed_by=by)
    reason = _("意見を反映した版を作り、次の回で確かめます。")
    close(one, RoundOutcome.REVISED, by=by, at=at, reason=reason)
    _tell_ended(procedure, one, by, at)
    return made


@transaction.atomic
def replace_reviewer(
    reviewer: Reviewer, asked: AskedReviewer, *, by: User, at: datetime, reason: str
) -> Reviewer:
    """Ask somebody else of the same side instead; what the former one accepted counts no more."""
    one = reviewer.round
    procedure = write_in(one)
    if asked.side != reviewer.side:
        raise ProcedureRefused(_("同じ側の人に替えてください。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。手続の経過に残ります。"))
    _refuse_strangers(procedure, [asked])
    others = one.reviewers.exclude(pk=reviewer.pk)
    if asked.correspondent and others.filter(correspondent=asked.correspondent).exists():
        raise ProcedureRefused(
            _("%(name)sには、すでに確認をお願いしています。") % {"name": asked.correspondent}
        )
    before = str(reviewer)
    for name in ("user", "division", "correspondent", "name"):
        setattr(reviewer, name, getattr(asked, name))
    reviewer.accepted_at, reviewer.accepted_digests = None, []
    reviewer.accepted_by = reviewer.heard = ""
    reviewer.save()
    tell(events.REVIEWER_REPLACED, one, procedure, by, reason=reason.strip(), before=before, after=reviewer)
    _tell_replaced(procedure, reviewer, at)
    return reviewer


def _tell_replaced(procedure: Procedure, reviewer: Reviewer, at: datetime) -> None:
    one = reviewer.round
    facts = {"round": one, "day": japanese_date(one.due_on), "name": reviewer}
    subject = _("案の確認をお願いします(%(round)s、%(day)sまで)") % facts
    words = [_("確認する人が%(name)sさんに替わりました。") % facts]
    key = f"replaced-{one.public_id}-{reviewer.pk}-{at:%Y%m%d%H%M%S%f}"
    if reviewer.side == Side.PARTNER:
        tell_partner(procedure, key, subject, words, at=at, page="review/")
    else:
        tell_reviewer(procedure, reviewer, key, subject, words, at=at)
