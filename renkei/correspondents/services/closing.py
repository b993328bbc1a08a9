"""Ending somebody's access to the counter, and giving it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.letters import tell
from renkei.correspondents.models import Correspondent
from renkei.correspondents.refusals import CorrespondentRefused


@transaction.atomic
def close(
    correspondent: Correspondent, by: User | Correspondent, at: datetime, *, reason: str = ""
) -> Correspondent:
    """The person comes in no more: sessions and links end at once; what they wrote stays."""
    people = Correspondent.objects.of(correspondent.municipality)
    ended = {"closed_at": at, "is_responsible": False, "was_closed_by_town": isinstance(by, User)}
    if not people.active().filter(pk=correspondent.pk).update(**ended):
        raise CorrespondentRefused(_("すでに利用を止めてあります。画面を読み直してください。"))
    correspondent.links.filter(used_at=None).update(used_at=at)
    correspondent.end_sessions()
    _record(events.CLOSED, correspondent, by, reason)
    tell(
        correspondent,
        f"closed:{at.isoformat()}",
        _("窓口の利用を止めました"),
        [_("窓口のページの利用を止めました。心当たりがないときは、市の窓口の課に電話してください。")],
        at=at,
    )
    correspondent.refresh_from_db()
    return correspondent


@transaction.atomic
def restore(correspondent: Correspondent, by: User | Correspondent, at: datetime) -> Correspondent:
    """The person may come in again, as an ordinary person of the partner; the town alone undoes what it ended."""
    people = Correspondent.objects.of(correspondent.municipality).exclude(closed_at=None)
    if not isinstance(by, User):
        people = people.filter(was_closed_by_town=False)
    if not people.filter(pk=correspondent.pk).update(closed_at=None, was_closed_by_town=False):
        correspondent.refresh_from_db()
        if correspondent.was_closed_by_town:
            raise CorrespondentRefused(
                _("市が利用を止めた人です。元に戻すには、市の窓口の課に頼んでください。")
            )
        raise CorrespondentRefused(_("利用を止めていない担当者です。画面を読み直してください。"))
    _record(events.RESTORED, correspondent, by, "")
    tell(
        correspondent,
        f"restored:{at.isoformat()}",
        _("窓口をまた利用できます"),
        [_("窓口のページをまた利用できるようにしました。メールアドレスを入れて、入り直してください。")],
        at=at,
    )
    correspondent.refresh_from_db()
    return correspondent


def _record(event: Event, correspondent: Correspondent, by: User | Correspondent, reason: str) -> None:
    actor = by.as_actor if isinstance(by, Correspondent) else by
    record(event, actor, correspondent, municipality=correspondent.municipality, reason=reason.strip())
