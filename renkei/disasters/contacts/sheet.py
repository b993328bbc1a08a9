"""The contacts as Excel: every cell is text, and nothing in it is run."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from renkei.disasters.contacts.chains import for_hour
from renkei.disasters.contacts.lines import PartnerLine
from renkei.disasters.models import EmergencyContact

MOST_WAYS = 6
WIDTHS = (28, 26, 6, 16, 24, 14, *([24] * MOST_WAYS), 30, 18, 14, 14)


def rows(
    lines: Sequence[PartnerLine], own: Sequence[EmergencyContact], *, day: date, at: datetime
) -> Iterator[list[str]]:
    """The head, the town's own contacts, then each partner's in the order of calling; one without any has a row too."""
    yield [
        _("相手方"), _("協定だけの連絡先"), _("順番"), _("いつ"), _("部署・役職"), _("氏名"),
        *(_("手段%s") % place for place in range(1, MOST_WAYS + 1)), _("補足"), _("状態"), _("確かめた日"), _("確かめ方"),
    ]  # fmt: skip
    for place, one in enumerate(for_hour(own, None, at=at), start=1):
        yield _row(_("市の連絡先"), one, place, day)
    for line in lines:
        chain = for_hour(line.contacts, None, partner=line.partner, at=at)
        for place, one in enumerate(chain, start=1):
            yield _row(line.partner.name, one, place, day)
        if not chain:
            yield [line.partner.name, *[""] * (len(WIDTHS) - 4), _("連絡先なし"), "", ""]


def _row(owner: str, one: EmergencyContact, place: int, day: date) -> list[str]:
    ways = [str(channel) for channel in one.channels.all()][:MOST_WAYS]
    return [
        owner,
        one.agreement.title if one.agreement else "",
        str(place),
        str(one.get_reached_when_display()),
        one.unit,
        one.name,
        *ways,
        *[""] * (MOST_WAYS - len(ways)),
        one.note,
        str(one.state(day).label),
        one.verified_on.isoformat() if one.verified_on else "",
        str(one.get_verified_how_display()) if one.verified_how else "",
    ]
