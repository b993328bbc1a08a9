"""Confirming what the other side reported, and sending it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, columns_of, side_of
from renkei.initiatives.changes import tell_result_changed
from renkei.initiatives.models import Result
from renkei.initiatives.people import partners_of, people_of
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_letters import tell_division, tell_partners
from renkei.initiatives.vocabulary import ResultState


@transaction.atomic
def confirm(result: Result, *, by: Person, at: datetime, how: str = "") -> Result:
    """The other side says that it was so; `how` tells how the town heard it of a partner who is not at the counter."""
    if reason := why_not_confirm(result, by, at=at, how=how):
        raise ResultRefused(reason)
    claim(result)
    result.state, result.confirmed_at = ResultState.CONFIRMED, at
    result.confirmed_how = how.strip()[:200] if result.reported_side == side_of(by) else ""
    _put(result, columns_of(by, "confirmed_by"), "state", "confirmed_at", "confirmed_how")
    heard = result.confirmed_how or _("画面で")
    record(events.CONFIRMED, actor_of(by), result, municipality=result.municipality, how=heard)
    tell_result_changed(result)
    return result


def why_not_confirm(result: Result, by: Person, *, at: datetime, how: str = "") -> str | None:
    """None if the person's side may confirm the result; otherwise the sentence to show."""
    if result.state != ResultState.REPORTED:
        return _("この実績は確認待ちではありません。画面を読み直してください。")
    if result.reported_side != side_of(by):
        return None
    if isinstance(by, Correspondent):
        return _("自分の側で報告した実績です。市の担当課が確認します。")
    if has_somebody_at_the_counter(result, at):
        return _("市が報告した実績は、窓口に来ている相手方が確認します。相手方の確認を待ってください。")
    if not how.strip():
        return _(
            "相手方には窓口の利用者がいません。どのように確かめたかを入れてください。例: 電話で確かめた。"
        )
    return None


def has_somebody_at_the_counter(result: Result, at: datetime) -> bool:
    """Whether anybody of the partners whom the result is about can confirm it at the counter."""
    partners = partners_of(result.agreement, timezone.localdate(at), result.organisation)
    return bool(people_of(partners, result.municipality))


@transaction.atomic
def send_back(result: Result, reason: str, *, by: Person, at: datetime) -> Result:
    """The other side says what is wrong; who reported it corrects it."""
    reason = reason.strip()
    if result.state not in (ResultState.REPORTED, ResultState.CONFIRMED):
        raise ResultRefused(_("この実績は、もう差し戻されたか取り消されています。画面を読み直してください。"))
    if result.reported_side == side_of(by):
        raise ResultRefused(_("自分の側で報告した実績です。差し戻さずに、訂正するか取り消してください。"))
    if not reason:
        raise ResultRefused(_("差し戻す理由を入れてください。どこを直すとよいかが相手に伝わります。"))
    claim(result)
    result.state, result.sent_back_reason = ResultState.SENT_BACK, reason
    result.confirmed_at = None
    _put(
        result,
        {"confirmed_by": None, "confirmed_by_partner": None},
        "state",
        "sent_back_reason",
        "confirmed_at",
    )
    record(events.SENT_BACK, actor_of(by), result, municipality=result.municipality, reason=reason)
    _ask_to_correct(result, reason, at)
    tell_result_changed(result)
    return result


def _ask_to_correct(result: Result, reason: str, at: datetime) -> None:
    tell = tell_partners if result.reported_side == Side.PARTNER else tell_division
    lines = [_("報告した実績が差し戻されました。直して、もう一度報告してください。"), _("理由: %s") % reason]
    tell(result, "sent-back", _("実績が差し戻されました"), lines, at=at)


def claim(result: Result) -> None:
    """Take the result as of the version that was read, or refuse."""
    if not Result.objects.claim(result):
        raise ResultRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _put(result: Result, people: dict[str, Person | None], *names: str) -> None:
    for name, person in people.items():
        setattr(result, name, person)
    result.save(update_fields=[*names, *people])
