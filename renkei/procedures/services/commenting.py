"""Comments by clause, and what becomes of each of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Comment, DraftVersion, Procedure, ReviewRound
from renkei.procedures.people import Person, actor_of, side_of
from renkei.procedures.reviews import clause_of, label_of
from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused, made_once
from renkei.procedures.services.settling import settle, tell, write_in
from renkei.procedures.vocabulary import Resolution


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said about a clause of a version: words, another wording of the clause, or both."""

    version: DraftVersion
    clause: str = ""
    text: str = ""
    proposed: str = ""
    is_internal: bool = False


@transaction.atomic
def comment(one: ReviewRound, said: Said, *, by: Person, at: datetime, public_id: str) -> Comment:
    """Say something about a clause; a wording that is the clause's own is none. The window is told once a day."""
    procedure = write_in(one)
    side, proposed = side_of(by), _proposed(said)
    _refuse_comment(one, said, side, proposed)
    made = Comment(
        round=one,
        public_id=public_id,
        version=said.version,
        clause=said.clause,
        side=side,
        user=by if isinstance(by, User) else None,
        correspondent=by if isinstance(by, Correspondent) else None,
        text=said.text.strip(),
        proposed=proposed,
        is_internal=said.is_internal,
        made_at=at,
    )
    wanted = (made.version, made.clause, made.text, made.proposed)
    made, is_new = made_once(made, round=one)
    if not is_new and (made.version, made.clause, made.text, made.proposed) != wanted:
        raise ProcedureRefused(
            _("この欄からは、すでに意見が届いています。画面を読み直してから、続きを書いてください。")
        )
    if is_new:
        tell(events.COMMENTED, one, procedure, by, clause=label_of(said.version, said.clause))
        if side == Side.PARTNER:
            _tell_window(procedure, one, by, at)
    return made


def _proposed(said: Said) -> str:
    present = clause_of(said.version, said.clause)
    proposed = plain(said.proposed)
    return "" if present and proposed == plain(present.text) else proposed


def plain(text: str) -> str:
    """A wording without what a browser adds to it: its line ends, and blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _refuse_comment(one: ReviewRound, said: Said, side: Side, proposed: str) -> None:
    if said.version not in one.versions:
        raise ProcedureRefused(_("いま確認している版ではありません。画面を読み直してください。"))
    if said.clause and clause_of(said.version, said.clause) is None:
        raise ProcedureRefused(_("その条はこの版にありません。画面を読み直してください。"))
    if not said.text.strip() and not proposed:
        raise ProcedureRefused(_("意見を書くか、文を直してください。"))
    if said.is_internal and side == Side.PARTNER:
        raise ProcedureRefused(_("相手方の意見を庁内だけにはできません。"))


def _tell_window(procedure: Procedure, one: ReviewRound, by: Person, at: datetime) -> None:
    facts = {"name": actor_of(by).name, "round": one}  # type: ignore[union-attr]
    tell_division(
        procedure,
        procedure.division,
        f"commented-{one.public_id}-{timezone.localdate(at)}",
        _("%(round)sに意見が届きました") % facts,
        [_("%(name)sが意見を書きました。扱いを一つずつ決めてください。") % facts],
        at=at,
        page="reviews/",
    )


@transaction.atomic
def resolve(
    said: Comment,
    resolution: Resolution,
    *,
    by: User,
    at: datetime,
    seen: datetime | None = None,
    taken: str = "",
    answer: str = "",
) -> bool:
    """Say what becomes of a comment; True if that has ended the round in agreement.

    `seen` is when it was last resolved as the person saw it: of two who decide at once, the second is told.
    """
    one = said.round
    procedure = write_in(one)
    if resolution != Resolution.ADOPTED and not answer.strip():
        raise ProcedureRefused(_("反映しないときは理由を、回答のみのときは回答を書いてください。"))
    before = said.resolution
    mine = Comment.objects.filter(pk=said.pk, resolved_at=seen)
    changed = mine.update(
        resolution=resolution,
        taken=plain(taken) if resolution == Resolution.ADOPTED else "",
        answer=answer.strip(),
        resolved_by=by.name[:100],
        resolved_at=at,
    )
    if not changed:
        raise ChangedMeanwhile
    said.refresh_from_db()
    _record_resolved(procedure, said, before, by)
    if said.side == Side.PARTNER:
        _tell_answered(procedure, one, at)
    return settle(one, procedure, by=by, at=at)


def _record_resolved(procedure: Procedure, said: Comment, before: str, by: User) -> None:
    now = str(Resolution(said.resolution).label)
    record(
        events.COMMENT_RESOLVED,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=said.answer,
        changes={"procedures.comment.resolution": (str(Resolution(before).label), now)} if before else None,
        round=said.round,
        clause=label_of(said.version, said.clause),
        resolution=now,
    )


def _tell_answered(procedure: Procedure, one: ReviewRound, at: datetime) -> None:
    """Once everything that the partner wrote is resolved, the partner is told; again when a resolution has changed."""
    theirs = one.comments.filter(side=Side.PARTNER)
    if not theirs.exists() or theirs.unresolved().exists():
        return
    tell_partner(
        procedure,
        f"answered-{one.public_id}-{at:%Y%m%d%H%M%S%f}",
        _("ご意見への回答がそろいました(%(round)s)") % {"round": one},
        [_("書いていただいた意見%(count)s件の扱いと回答を確かめてください。") % {"count": theirs.count()}],
        at=at,
        page="review/",
    )


@transaction.atomic
def withdraw_comment(said: Comment, *, by: Person, at: datetime) -> None:
    """Take a comment back that its author wrote and nobody has resolved; the log keeps that it was there."""
    one = said.round
    procedure = write_in(one)
    if by not in (said.user, said.correspondent):
        raise ProcedureRefused(_("意見を取り下げられるのは、書いた人だけです。"))
    if not Comment.objects.filter(pk=said.pk, resolution="").delete()[0]:
        raise ProcedureRefused(
            _("扱いが決まった意見は取り下げられません。続きは新しい意見に書いてください。")
        )
    tell(events.COMMENT_WITHDRAWN, one, procedure, by, clause=label_of(said.version, said.clause))
    settle(one, procedure, by=by, at=at)
