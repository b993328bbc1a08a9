"""Taking a regular meeting for a change, and putting facts into it with what was there before."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from renkei.audit.services import Changes
from renkei.initiatives.models import RegularMeeting
from renkei.initiatives.refusals import MeetingRefused
from renkei.initiatives.vocabulary import MeetingState


class MeetingChangedMeanwhile(MeetingRefused):
    """Somebody else changed it since it was read; str() says what to do."""

    def __init__(self) -> None:
        super().__init__(
            _("ほかの人が先に変更しました。いまの内容を確かめ、よければもう一度押してください。")
        )


def claim(meeting: RegularMeeting) -> None:
    """Take the meeting as of the version that was read (`meeting.version`), or refuse."""
    if not RegularMeeting.objects.claim(meeting):
        raise MeetingChangedMeanwhile


def put(record: models.Model, facts: Mapping[str, object]) -> Changes:
    """Put what differs into the record and store it; before and after by the name of the column."""
    changes: dict[str, tuple[object, object]] = {}
    for name, after in facts.items():
        before = getattr(record, name)
        if before != after:
            changes[f"{record._meta.label_lower}.{name}"] = (_told(before), _told(after))
            setattr(record, name, after)
    if changes:
        record.save(update_fields=[name.rpartition(".")[2] for name in changes])
    return changes


def _told(value: object) -> object:
    return value if value is None or isinstance(value, bool | str | int) else str(value)


def said(reason: str) -> str:
    """The reason without blanks around it; refuses where there is none."""
    if not reason.strip():
        raise MeetingRefused(_("理由を書いてください。出席する人にも伝わります。"))
    return reason.strip()


def refuse_cancelled(meeting: RegularMeeting) -> None:
    """A meeting that was called off stays as it is."""
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused(_("中止にした会議は直せません。新しい会議を予定してください。"))
