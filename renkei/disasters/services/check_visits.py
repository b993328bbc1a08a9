"""Coming by the link of a check: forged links are counted by network address, answers by the check."""

from datetime import datetime

from django.utils.translation import gettext as _

from renkei.accounts import lock_out
from renkei.disasters.checks.links import check_of
from renkei.disasters.models import ContactCheck
from renkei.disasters.refusals import CheckRefused
from renkei.municipalities.models import Municipality

WRONG_LINKS = 20
ANSWERS = 30
"""Within half an hour, from one network address and for one partner."""


class TooOften(CheckRefused):
    """Too many links that are none, or too many answers."""

    def __init__(self) -> None:
        minutes = int(lock_out.LOCKED_FOR.total_seconds() // 60)
        super().__init__(
            _("続けて何度も送られたため、しばらく受け付けられません。%s分たってからもう一度試してください。")
            % minutes
        )


def visited(token: str, *, town: Municipality, place: str, at: datetime) -> ContactCheck | None:
    """The check behind the link, or None where it is none of this town's that works; `place` is who asks."""
    check = check_of(token, at)
    if check and check.campaign.municipality_id == town.pk:
        return check
    if not lock_out.take_a_try(lock_out.key_of("check-links-from", place), limit=WRONG_LINKS, at=at):
        raise TooOften
    return None


def count_answer(check: ContactCheck, *, at: datetime) -> None:
    """One more answer by the link, or a refusal."""
    if not lock_out.take_a_try(lock_out.key_of("check-answers", check.public_id), limit=ANSWERS, at=at):
        raise TooOften
