"""Drafts that come back as Word files: received and compared, each change decided, taken up into the next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText
from renkei.documents.recognising_word import read_lines
from renkei.documents.services import DocumentRefused, keep, look_at
from renkei.documents.word.opening import WordRefused, open_word
from renkei.documents.word.told import WordText
from renkei.procedures import events
from renkei.procedures.letters import tell_division
from renkei.procedures.models import (
    DraftVersion,
    Procedure,
    ReturnedChange,
    ReturnedDraft,
    ReturnedRemark,
)
from renkei.procedures.models.drafting import DIGEST_SHOWN
from renkei.procedures.people import Person, actor_of, side_of
from renkei.procedures.returning import CameBack, compare_returned, named, version_sent
from renkei.procedures.services.claiming import (
    ChangedMeanwhile,
    ProcedureRefused,
    made_once,
    refuse_ended,
)
from renkei.procedures.vocabulary import Resolution, Stage

STAGES = (Stage.DRAFTING, Stage.REVIEW)
"""Where new versions are made."""

MOST_WAITING = 10
"""Files of the partner's side that wait in one procedure: opening them is work for the machine, deciding for people."""
MOST_LINES, MOST_LETTERS = 3_000, 100_000
"""Of a file that is compared: several times what the longest agreement has, and a few seconds' work."""
MOST_FOUND = 1_000
"""Changes and comments of a file: who is shown more has got another document."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file as it came: its bytes and name, words with it, the version it goes back to where somebody said so.

    `side` and `correspondent` say from whom it came where a clerk brings what came by mail.
    """

    content: bytes
    name: str
    note: str = ""
    version: DraftVersion | None = None
    side: Side | None = None
    correspondent: Correspondent | None = None


def receive_returned(
    procedure: Procedure, brought: Brought, *, by: Person, at: datetime, public_id: str
) -> ReturnedDraft:
    """Open the file, compare it with the version sent, keep both; the window is told where the partner returned it."""
    if known := procedure.returned_drafts.filter(public_id=public_id).first():  # the form was sent twice
        return known
    refuse_other_steps(procedure)
    _refuse_many(procedure, by)
    try:
        look_at(brought.content)
        word = open_word(brought.content)
    except (DocumentRefused, WordRefused) as refusal:
        raise ProcedureRefused(str(refusal)) from refusal
    return receive_read(procedure, brought, word, by=by, at=at, public_id=public_id)


def _refuse_many(procedure: Procedure, by: Person) -> None:
    """The partner's side waits for decisions before it sends more and more; staff bring what they have to bring."""
    waiting = procedure.returned_drafts.filter(closed_at=None, side=Side.PARTNER)
    if isinstance(by, Correspondent) and waiting.count() >= MOST_WAITING:
        raise ProcedureRefused(
            _(
                "扱いの決まっていないファイルが%(most)s件あります。市が扱いを決めるのを待って、送ってください。"
            )
            % {"most": MOST_WAITING}
        )


def refuse_other_steps(procedure: Procedure) -> None:
    """Files come back, and are decided on, while versions can still be made."""
    refuse_ended(procedure)
    if procedure.stage not in STAGES:
        raise ProcedureRefused(
            _(
                "いまは「%(stage)s」の段階です。戻ってきた案は「案の作成」か「内容確認・修正」の段階で受け取り、扱いを決めます。"
            )
            % {"stage": Stage(procedure.stage).label}
        )


def receive_read(
    procedure: Procedure, brought: Brought, word: WordText, *, by: Person, at: datetime, public_id: str
) -> ReturnedDraft:
    """Compare a file that was read with the version sent, and keep it with its single changes and comments."""
    _refuse_long(word)
    side = brought.side or side_of(by)
    sent = version_sent(procedure, word, side, by_staff=isinstance(by, User))
    version = brought.version or sent.version
    if version is None:
        raise ProcedureRefused(
            _("相手方に見せた協定書(案)がまだありません。どの版を直したものかを選んでください。")
        )
    # Before anything is locked: nobody else waits for the comparison, and a version that is written never changes.
    found = compare_returned(AgreementText.read(version.content), word)
    _refuse_found(found, version)
    told = [*([sent.told] if sent.told and not brought.version else []), *found.told]
    facts = {"version": version, "side": side, "told": told}
    return _store(procedure, brought, found, facts, by=by, at=at, public_id=public_id)


def _refuse_long(word: WordText) -> None:
    sides = [[line.text for _place, line in read_lines(word, former=former)] for former in (False, True)]
    if all(len(lines) <= MOST_LINES and sum(map(len, lines)) <= MOST_LETTERS for lines in sides):
        return
    raise ProcedureRefused(
        _(
            "協定書としては長すぎる文書です(%(lines)s行、%(letters)s字まで比べられます)。"
            "協定書のほかの文書を除いて保存し、もう一度選んでください。"
        )
        % {"lines": f"{MOST_LINES:,}", "letters": f"{MOST_LETTERS:,}"}
    )


def _refuse_found(found: CameBack, version: DraftVersion) -> None:
    if not found.changes and not found.remarks:
        raise ProcedureRefused(
            _(
                "%(version)sと同じ文です。変わった所もコメントもありません。直したファイルを選んだかを確かめてください。"
            )
            % {"version": version}
        )
    if len(found.changes) + len(found.remarks) > MOST_FOUND:
        raise ProcedureRefused(
            _(
                "%(version)sと違う所とコメントが、合わせて%(most)s件を超えています。別の文書でないかを確かめてください。"
            )
            % {"version": version, "most": f"{MOST_FOUND:,}"}
        )


@transaction.atomic
def _store(
    procedure: Procedure,
    brought: Brought,
    found: CameBack,
    facts: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    public_id: str,
) -> ReturnedDraft:
    # One after the other, so that a step that ends meanwhile is seen.
    now = Procedure.objects.select_for_update().get(pk=procedure.pk)
    if known := procedure.returned_drafts.filter(public_id=public_id).first():
        return known
    refuse_other_steps(now)
    _refuse_many(procedure, by)
    returned, is_new = made_once(
        ReturnedDraft(
            procedure=procedure,
            public_id=public_id,
            document=keep(brought.content, name=brought.name, municipality=procedure.municipality),
            content=found.text.as_told(),
            correspondent=by if isinstance(by, Correspondent) else brought.correspondent,
            user=by if isinstance(by, User) else None,
            note=brought.note.strip(),
            received_at=at,
            **facts,
        ),
        procedure=procedure,
    )
    if is_new:
        _write_found(returned, found)
        _tell_received(returned, found, by, at)
    return returned


def _write_found(returned: ReturnedDraft, found: CameBack) -> None:
    ReturnedChange.objects.bulk_create(
        ReturnedChange(
            returned=returned,
            position=position,
            clause=one.change.clause,
            label=one.change.label[:400],
            kind=one.change.kind,
            part=one.change.part,
            place=one.change.place,
            before=one.change.before,
            after=one.change.after,
            authors=named(one.authors),
            is_tracked=one.is_tracked,
            is_following=one.change.is_following,
        )
        for position, one in enumerate(found.changes)
    )
    ReturnedRemark.objects.bulk_create(
        ReturnedRemark(
            returned=returned,
            position=position,
            **{**vars(one), "author": "".join(named([one.author]))[:200], "label": one.label[:400]},
        )
        for position, one in enumerate(found.remarks)
    )


def _tell_received(returned: ReturnedDraft, found: CameBack, by: Person, at: datetime) -> None:
    procedure = returned.procedure
    facts = {"version": returned.version, "count": len(found.changes), "from": returned.maker}
    digest = returned.document.digest
    shown = digest[:DIGEST_SHOWN]
    tell(events.DRAFT_RETURNED, returned, by, count=len(found.changes), digest=shown, whole_digest=digest)
    if not isinstance(by, Correspondent):
        return
    words = [_("%(version)sを直したWordが届きました。修正は%(count)s件です。一つずつ扱いを決めてください。")]
    tell_division(
        procedure,
        procedure.division,
        f"returned-{returned.public_id}",
        _("直した案が戻ってきました(%(from)s)") % facts,
        [*(one % facts for one in words), *([returned.note] if returned.note else [])],
        at=at,
        page=f"returned/{returned.public_id}/",
    )


def tell(event: Event, returned: ReturnedDraft, by: Person, *, reason: str = "", **facts: object) -> None:
    """Tell an event of a draft that came back about its procedure."""
    told: dict[str, Any] = dict(facts)
    record(
        event,
        actor_of(by),
        returned.procedure,
        municipality=returned.procedure.municipality,
        reason=reason,
        version=str(returned.version),
        **told,
    )


def take(returned: ReturnedDraft, *, seen: int) -> None:
    """Take the draft that came back for a write, as of the state that was seen; or refuse."""
    refuse_other_steps(Procedure.objects.get(pk=returned.procedure_id))
    mine = ReturnedDraft.objects.filter(pk=returned.pk)
    if not mine.filter(closed_at=None).exists():
        raise ProcedureRefused(_("この戻ってきた案の扱いは終わっています。画面を読み直してください。"))
    if not mine.filter(closed_at=None, row_version=seen).update(row_version=F("row_version") + 1):
        raise ChangedMeanwhile
    returned.row_version = seen + 1


@transaction.atomic
def decide_all(
    returned: ReturnedDraft,
    changes: Sequence[ReturnedChange],
    resolution: Resolution,
    *,
    answer: str = "",
    by: User,
    at: datetime,
    seen: int,
) -> int:
    """Say the same of one change, of a clause, or of everything that is left; how many there were.

    Where all of them are decided that way already nothing happens: the form was sent twice.
    """
    if resolution != Resolution.ADOPTED and not answer.strip():
        raise ProcedureRefused(_("反映しないときは理由を、回答のみのときは回答を書いてください。"))
    mine = returned.changes.filter(pk__in=[one.pk for one in changes])
    if not mine.exclude(resolution=resolution, answer=answer.strip()).exists():
        return 0
    take(returned, seen=seen)
    count = mine.update(
        resolution=resolution, answer=answer.strip(), resolved_by=by.name[:100], resolved_at=at
    )
    labels = "、".join(dict.fromkeys(one.label for one in changes))
    word = str(Resolution(resolution).label)
    tell(
        events.RETURN_DECIDED,
        returned,
        by,
        reason=answer.strip(),
        clause=labels,
        resolution=word,
        count=count,
    )
    return count


@transaction.atomic
def answer_remark(remark: ReturnedRemark, answer: str, *, by: User, at: datetime, seen: int) -> None:
    """Answer a comment of the file; an empty answer takes the former one back."""
    returned = remark.returned
    if remark.answer == answer.strip():
        return
    take(returned, seen=seen)
    given = {"answered_by": by.name[:100], "answered_at": at} if answer.strip() else {}
    blank = {"answered_by": "", "answered_at": None}
    ReturnedRemark.objects.filter(pk=remark.pk).update(answer=answer.strip(), **{**blank, **given})
    remark.refresh_from_db()
    tell(events.RETURN_ANSWERED, returned, by, reason=remark.answer, clause=remark.label)
