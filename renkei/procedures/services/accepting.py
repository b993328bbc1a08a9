"""Acceptance of exactly the versions of a round, and taking it back while the round is open."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.procedures import events
from renkei.procedures.letters import tell_division
from renkei.procedures.models import Procedure, Reviewer
from renkei.procedures.people import Person, actor_of
from renkei.procedures.permissions import why_not_accept
from renkei.procedures.reviews import is_newest
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.settling import settle, tell, write_in


@transaction.atomic
def accept(reviewer: Reviewer, digests: Sequence[str], *, by: Person, at: datetime) -> bool:
    """Accept the versions whose digests the person saw; True if that has ended the round in agreement.

    Pressed twice it is accepted once. Versions other than the round's, and a round about old versions, are refused.
    """
    if reason := why_not_accept(by, reviewer, day=timezone.localdate(at)):
        raise ProcedureRefused(reason)
    return _accept(reviewer, digests, by=by, at=at, accepted_by=actor_of(by).name, heard="")  # type: ignore[union-attr]


@transaction.atomic
def write_acceptance(
    reviewer: Reviewer, digests: Sequence[str], *, heard: str, by: User, at: datetime
) -> bool:
    """Write down that a partner's person who does not come to the counter has accepted, and how it was heard."""
    if not reviewer.name:
        raise ProcedureRefused(_("窓口のページを使う人の同意は、本人だけが入れられます。"))
    if not heard.strip():
        raise ProcedureRefused(_("いつ、どのように同意を聞いたかを書いてください。例: 6月10日に電話で"))
    return _accept(reviewer, digests, by=by, at=at, accepted_by=reviewer.name, heard=heard.strip())


def _accept(
    reviewer: Reviewer, digests: Sequence[str], *, by: Person, at: datetime, accepted_by: str, heard: str
) -> bool:
    one = reviewer.round
    procedure = write_in(one)
    if list(digests) != one.digests:
        raise ProcedureRefused(
            _("ご覧の版は、いま確認している版ではありません。画面を読み直し、いまの版を確かめてください。")
        )
    if not is_newest(one):
        raise ProcedureRefused(
            _("この版より新しい版ができています。窓口の課が次の回を始めるのを待ってください。")
        )
    accepted = Reviewer.objects.filter(pk=reviewer.pk, accepted_at=None).update(
        accepted_at=at, accepted_digests=one.digests, accepted_by=accepted_by[:100], heard=heard
    )
    reviewer.refresh_from_db()
    if not accepted:
        return False
    how = f"({heard})" if heard else ""
    tell(events.REVIEW_ACCEPTED, one, procedure, by, reviewer=reviewer, heard=how)
    return settle(one, procedure, by=by, at=at)


@transaction.atomic
def take_back(reviewer: Reviewer, *, by: Person, at: datetime) -> None:
    """Take an acceptance back while its round is open; the window is told."""
    procedure = write_in(reviewer.round)
    if reason := why_not_accept(by, reviewer, day=timezone.localdate(at)):
        raise ProcedureRefused(reason)
    _take_back(procedure, reviewer, by, at)


@transaction.atomic
def strike_acceptance(reviewer: Reviewer, *, by: User, at: datetime) -> None:
    """Strike an acceptance that the window had written down for somebody who does not come to the counter."""
    if not reviewer.name:
        raise ProcedureRefused(_("窓口のページを使う人の同意は、本人だけが取り消せます。"))
    _take_back(write_in(reviewer.round), reviewer, by, at)


def _take_back(procedure: Procedure, reviewer: Reviewer, by: Person, at: datetime) -> None:
    taken = Reviewer.objects.filter(pk=reviewer.pk).exclude(accepted_at=None)
    if not taken.update(accepted_at=None, accepted_digests=[], accepted_by="", heard=""):
        raise ProcedureRefused(_("同意は入っていません。画面を読み直してください。"))
    reviewer.refresh_from_db()
    tell(events.REVIEW_TAKEN_BACK, reviewer.round, procedure, by, reviewer=reviewer)
    facts = {"name": reviewer, "round": reviewer.round}
    tell_division(
        procedure,
        procedure.division,
        f"taken-back-{reviewer.public_id}-{at:%Y%m%d%H%M%S%f}",
        _("%(name)sが同意を取り消しました(%(round)s)") % facts,
        [_("%(name)sが、%(round)sの同意を取り消しました。意見を確かめてください。") % facts],
        at=at,
        page="reviews/",
    )
