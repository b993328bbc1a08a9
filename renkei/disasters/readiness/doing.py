"""Whether a person may do what a lacking sign asks for: who is sent somewhere must be let in there."""

from datetime import date

from renkei.accounts.rights import Person, WhyNot
from renkei.agreements.permissions import why_not_change_of
from renkei.disasters.permissions import why_not_lead_of, why_not_prepare_of
from renkei.disasters.readiness.signs import Sign
from renkei.municipalities.models import Division

RIGHTS: dict[Sign, WhyNot] = {
    Sign.TEXT: why_not_change_of,
    Sign.CAPABILITY: why_not_prepare_of,
    Sign.CONTACTS: why_not_prepare_of,
    Sign.DRILLED: why_not_lead_of,
    Sign.ASKING_FORM: why_not_prepare_of,
    Sign.ALTERNATIVES: why_not_prepare_of,
    Sign.OUTSIDE_HAZARD: why_not_prepare_of,
}


class Doing:
    """What one person may do on a day; each right is asked once for a division, not once for an agreement."""

    def __init__(self, person: Person, day: date) -> None:
        self.person, self.day = person, day
        self._known: dict[tuple[WhyNot, int | None], str | None] = {}

    def why_not(self, sign: Sign, holder: Division | None) -> str | None:
        """None if the person may do it for agreements of the division; otherwise who may."""
        asked = RIGHTS[sign]
        key = (asked, holder.pk if holder else None)
        if key not in self._known:
            self._known[key] = asked(self.person, holder, self.day)
        return self._known[key]
