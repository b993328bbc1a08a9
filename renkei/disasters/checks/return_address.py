"""Where the paper of the yearly check goes back to: the division, and how it is reached as the town's contacts say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from renkei.disasters.contacts.chains import TELEPHONES, in_use_with_channels
from renkei.disasters.models import EmergencyContact
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen
from renkei.municipalities.models import Division, Municipality

POST = ChannelKind.OTHER
"""An address by post is written as 「その他」."""
ASKED = {
    POST: (POST,),
    ChannelKind.PHONE: TELEPHONES,
    ChannelKind.FAX: (ChannelKind.FAX,),
    ChannelKind.MAIL: (ChannelKind.MAIL,),
}
"""What stands on the paper, in this order."""
NEEDED = (POST, ChannelKind.PHONE, ChannelKind.MAIL)


@dataclass(frozen=True)
class ReturnAddress:
    """The division, and what is known of how it is reached."""

    window: str
    known: Mapping[ChannelKind, str]

    @property
    def words(self) -> str:
        """旭川市 防災課　6条通9丁目　電話 0166-00-0000."""
        told = [value if kind == POST else f"{kind.label} {value}" for kind, value in self.known.items()]
        return "　".join([self.window, *told])

    @property
    def missing(self) -> list[str]:
        """What a partner needs in order to send a paper back, and the town has not written."""
        words = {POST: _("住所")}
        return [words.get(kind, str(kind.label)) for kind in NEEDED if kind not in self.known]


def return_address(town: Municipality, day: date) -> ReturnAddress:
    """Of the coordinating division; where only another one has contacts by day, of that one."""
    coordinating = Division.objects.of(town).existing_on(day).filter(is_coordinating=True).first()
    own = in_use_with_channels(EmergencyContact.objects.of(town).of_town()).order_by("position", "pk")
    by_day = [one for one in own if one.reached_when != ReachedWhen.NIGHT and one.division]
    theirs = [one for one in by_day if one.division == coordinating]
    of_one = theirs or [one for one in by_day if one.division == by_day[0].division]
    division = of_one[0].division if of_one else coordinating
    channels = [each for one in of_one for each in one.channels.all()]
    known = {}
    for kind, kinds in ASKED.items():
        if value := next((each.value for each in channels if each.kind in kinds), ""):
            known[kind] = value
    return ReturnAddress(f"{town}{division or ''}", known)
