"""Writing in an open round, one after the other; and ending it once both sides have accepted the same versions."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Procedure, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.people import Person, actor_of
from renkei.procedures.reviews import standing_of
from renkei.procedures.services.claiming import ProcedureRefused, refuse_ended
from renkei.procedures.vocabulary import Stage


def write_in(one: ReviewRound) -> Procedure:
    """Take the open round for a write: whoever comes at the same moment waits, and then sees what was written."""
    procedure = Procedure.objects.select_related("municipality", "division").get(pk=one.procedure_id)
    refuse_ended(procedure)
    refuse_elsewhere(procedure)
    taken = ReviewRound.objects.filter(pk=one.pk, closed_at=None).update(version=F("version") + 1)
    if not taken:
        raise ProcedureRefused(
            _("この回の確認は終わっています。画面を読み直し、いまの回を確かめてください。")
        )
    return procedure


def refuse_elsewhere(procedure: Procedure) -> None:
    """Drafts are checked in one step only."""
    if procedure.stage != Stage.REVIEW:
        raise ProcedureRefused(
            _("いまは「%(stage)s」の段階です。確認は「内容確認・修正」の段階で進めてください。")
            % {"stage": Stage(procedure.stage).label}
        )


def versions_of(one: ReviewRound) -> str:
    """What is checked, in words: 協定書(案) 第2版、取組事項(案) 第1版."""
    return "、".join(str(version) for version in one.versions)


def tell(
    event: Event, one: ReviewRound, procedure: Procedure, by: Person, *, reason: str = "", **facts: object
) -> None:
    """Tell an event of a round about its procedure; one about versions keeps their whole digests."""
    told: dict[str, Any] = {"round": one, **facts}
    if "versions" in event.placeholders:
        shown = (f"{version}({version.short_digest})" for version in one.versions)
        told |= {"versions": "、".join(shown), "digests": "、".join(one.digests)}
    record(event, actor_of(by), procedure, municipality=procedure.municipality, reason=reason, **told)


def close(one: ReviewRound, outcome: RoundOutcome, *, by: Person, at: datetime, reason: str = "") -> None:
    """End the round; called inside the change that ends it, after `write_in`."""
    ended = {"closed_at": at, "outcome": outcome, "reason": reason.strip()}
    ReviewRound.objects.filter(pk=one.pk).update(**ended)
    for name, value in ended.items():
        setattr(one, name, value)


def settle(one: ReviewRound, procedure: Procedure, *, by: Person, at: datetime) -> bool:
    """End the round in agreement if nothing stands against it any more; True if it has ended now."""
    now = ReviewRound.objects.select_related("text", "initiatives", "procedure").get(pk=one.pk)
    if not standing_of(now).is_agreed:
        return False
    close(one, RoundOutcome.AGREED, by=by, at=at)
    tell(events.REVIEW_AGREED, one, procedure, by)
    facts = {"round": one, "versions": versions_of(one)}
    subject = _("%(round)sがそろいました") % facts
    words = [_("確認をお願いした全員が、同じ版(%(versions)s)に同意しました。") % facts]
    key = f"agreed-{one.public_id}"
    tell_partner(procedure, key, subject, words, at=at, page="review/")
    words.append(_("次の段階「締結」に進められます。"))
    tell_division(procedure, procedure.division, key, subject, words, at=at, page="reviews/")
    return True
