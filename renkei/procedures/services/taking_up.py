"""What came back becomes the next version, or is set aside; the partner is told what became of each change."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.procedures import events
from renkei.procedures.letters import tell_partner
from renkei.procedures.merging import Merging
from renkei.procedures.models import DraftVersion, Procedure, ReturnedDraft, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.returned_changes import changes_between, with_changes
from renkei.procedures.reviews import current_round
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.drafting import write_text
from renkei.procedures.services.returning import take, tell
from renkei.procedures.services.reviewing import end_round
from renkei.procedures.vocabulary import DraftKind, Resolution, Stage


@transaction.atomic
def take_up(
    returned: ReturnedDraft, *, by: User, at: datetime, public_id: str, seen: int
) -> DraftVersion | None:
    """Make the next version with the adopted changes in their places, and end an open round; None if none was adopted.

    Where a newer version was made meanwhile the changes go into that one, unless both altered the same clause.
    """
    # One after the other, so that no newer version comes between what is read and what is written.
    related = Procedure.objects.select_related("municipality", "division").select_for_update(of=("self",))
    procedure = related.get(pk=returned.procedure_id)
    if known := procedure.versions.filter(public_id=public_id).first():  # the form was sent twice
        return known
    closed = ReturnedDraft.objects.filter(pk=returned.pk, row_version=seen + 1).exclude(closed_at=None)
    if closed.filter(result=None, reason="").exists():  # sent twice too, where nothing was adopted
        return None
    if left := returned.changes.undecided().count():
        raise ProcedureRefused(
            _("扱いを決めていない修正が%(left)s件あります。先に一つずつ決めてください。") % {"left": left}
        )
    take(returned, seen=seen)
    text = next_text(returned)
    made = None
    if text is not None:
        made = _written(returned, procedure, text, by=by, at=at, public_id=public_id)
    _close(returned, by=by, at=at, result=made)
    adopted = returned.changes.filter(resolution=Resolution.ADOPTED).count()
    facts: dict[str, Any] = {"adopted": adopted, "count": returned.changes.count()}
    tell(events.RETURN_TAKEN_UP, returned, by, result=made or _("版は作らない"), **facts)
    _tell_partner(returned, at)
    return made


def next_text(returned: ReturnedDraft) -> AgreementText | None:
    """The text that follows from what was adopted; None where the newest version says all of it already."""
    sent, came = AgreementText.read(returned.version.content), AgreementText.read(returned.content)
    kept = {(one.clause, one.kind, one.part, one.place): one for one in returned.changes.all()}
    found = {one.name: one for one in changes_between(sent, came)}
    told = {name: (one.before, one.after) for name, one in found.items()}
    if told != {name: (one.before, one.after) for name, one in kept.items()}:
        raise ProcedureRefused(
            _(
                "このファイルの比べ方が、受け取ったときと変わりました。同じファイルをもう一度受け取ってください。"
            )
        )
    taken = {name for name, one in kept.items() if one.resolution == Resolution.ADOPTED}
    text = with_changes(sent, came, taken)
    newer = _newest(returned)
    if newer.pk != returned.version_id:
        text = _in_newer(sent, text, newer)
    return None if text == AgreementText.read(newer.content) else text


def _newest(returned: ReturnedDraft) -> DraftVersion:
    """The newest version of the text, as stored now."""
    return returned.procedure.versions.latest_of(DraftKind.TEXT) or returned.version


def _in_newer(sent: AgreementText, text: AgreementText, newer: DraftVersion) -> AgreementText:
    merging = Merging(sent, text, AgreementText.read(newer.content))
    if merging.conflicts:
        raise ProcedureRefused(
            _(
                "その後にできた%(newer)sでも、同じ所(%(clauses)s)が変わっています。"
                "その所を「反映しない」か「回答のみ」に変え、%(newer)sを手で直してください。"
            )
            % {"newer": newer, "clauses": "、".join(dict.fromkeys(merging.conflicts))}
        )
    return merging.text


def undecided_round(procedure: Procedure) -> ReviewRound | None:
    """The open round that cannot end with a new version yet: something that was said in it is not decided."""
    one = current_round(procedure) if procedure.stage == Stage.REVIEW else None
    return one if one and one.comments.unresolved().exists() else None


def _written(
    returned: ReturnedDraft,
    procedure: Procedure,
    text: AgreementText,
    *,
    by: User,
    at: datetime,
    public_id: str,
) -> DraftVersion:
    adopted = returned.changes.filter(resolution=Resolution.ADOPTED).count()
    facts = {"from": returned.maker, "count": returned.changes.count(), "adopted": adopted}
    note = _("%(from)sから戻ってきた修正%(count)s件のうち%(adopted)s件を反映") % facts
    # A round that was open when the procedure went back is settled in its own step, as after editing by hand.
    if undecided := undecided_round(procedure):
        raise ProcedureRefused(
            _("%(round)sに、扱いを決めていない意見があります。先に一つずつ決めてください。")
            % {"round": undecided}
        )
    if procedure.stage == Stage.REVIEW and (one := current_round(procedure)):
        reason = _("戻ってきた修正を反映した版を作り、次の回で確かめます。")
        end_round(one, RoundOutcome.REVISED, reason=reason, by=by, at=at)
    return write_text(
        procedure, text, made_from=_newest(returned), note=note, by=by, at=at, public_id=public_id
    )


@transaction.atomic
def set_aside(returned: ReturnedDraft, *, reason: str, by: User, at: datetime, seen: int) -> None:
    """Close a draft that came back without taking anything up; the partner reads the reason."""
    if not reason.strip():
        raise ProcedureRefused(_("取り上げない理由を書いてください。相手方に伝わります。"))
    if ReturnedDraft.objects.filter(pk=returned.pk, reason=reason.strip()).exclude(closed_at=None).exists():
        return
    take(returned, seen=seen)
    _close(returned, by=by, at=at, reason=reason.strip())
    tell(events.RETURN_SET_ASIDE, returned, by, reason=reason.strip())
    _tell_partner(returned, at)


def _close(
    returned: ReturnedDraft,
    *,
    by: User,
    at: datetime,
    result: DraftVersion | None = None,
    reason: str = "",
) -> None:
    told = {"closed_at": at, "closed_by": by.name[:100], "result": result, "reason": reason}
    ReturnedDraft.objects.filter(pk=returned.pk).update(**told)
    for name, value in told.items():
        setattr(returned, name, value)


def _tell_partner(returned: ReturnedDraft, at: datetime) -> None:
    """What became of it; nobody outside hears of what was changed inside."""
    if returned.side != Side.PARTNER:
        return
    procedure = returned.procedure
    changes = list(returned.changes.all())
    adopted = sum(one.resolution == Resolution.ADOPTED for one in changes)
    facts = {"version": returned.version, "count": len(changes), "adopted": adopted}
    words = (
        [_("直していただいた案は、今回は取り上げないことにしました。"), returned.reason]
        if returned.reason
        else [
            _("修正%(count)s件のうち%(adopted)s件を反映します。一つずつの扱いと回答を確かめてください。")
            % facts
        ]
    )
    subject = _("直していただいた案の扱いが決まりました(%(version)s)") % facts
    key = f"returned-result-{returned.public_id}"
    tell_partner(procedure, key, subject, words, at=at, page="returned/")
