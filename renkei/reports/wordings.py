"""The words of a town's papers: its own where it wrote some, ours otherwise, filled from the register."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import override

from renkei.agreements.audience import Audience
from renkei.documents.filling import UnknownFields, fields_in, fill
from renkei.municipalities.models import Municipality
from renkei.reports.counts import OfOneTown
from renkei.reports.figures import Figures, figures_from
from renkei.reports.models import Wording
from renkei.reports.remarks import remarks
from renkei.reports.wording_fields import fields_on, known, last_year
from renkei.reports.wording_places import PLACES, Place
from renkei.rules.full_width import full_width

BULLET = "●　"


def wording(town: Municipality, place: str, on: date | None = None) -> str:
    """The words at a place, filled as of the day; as they are written where no day is given."""
    if on is None:
        own = own_wording(town, PLACES[place], None)
        return own.text if own else PLACES[place].default
    return Words(town, on).at(place)


def own_wording(town: Municipality, place: Place, on: date | None) -> Wording | None:
    """The town's own words at the place, of the day where the place speaks of one."""
    return Wording.objects.filter(
        municipality=town, place=place.key, on=on if place.of_a_day else None
    ).first()


@dataclass(frozen=True)
class Written:
    """What stands at a place before it is filled."""

    place: Place
    text: str
    own: Wording | None = None

    @property
    def is_own(self) -> bool:
        """Whether the town wrote it."""
        return self.own is not None


class Words:
    """All words of a town's papers on a day, with the register read once."""

    def __init__(self, town: Municipality, on: date, year: int | None = None) -> None:
        self.town, self.on = town, on
        self.year = last_year(on) if year is None else year
        with override("ja"):
            self.counts = OfOneTown(Audience.staff(town))
            self.figures: Figures = figures_from(self.counts, Audience.staff(town), on)
            self.fields = fields_on(town, on, self.year, figures=self.figures)
        mine = Wording.objects.filter(municipality=town)
        self.own = {(one.place, one.on): one for one in mine.filter(on=None) | mine.filter(on=on)}

    def written(self, key: str) -> Written:
        """The words at a place as they were written, with their fields."""
        place = PLACES[key]
        own = self.own.get((key, self.on if place.of_a_day else None))
        if own:
            return Written(place, own.text, own)
        return Written(place, self.seen_in_the_register() if place.of_a_day else place.default)

    def at(self, key: str) -> str:
        """The words at a place, filled; figures in them full-width, as a town prints them in a sentence."""
        return self.filled(self.written(key).text)

    def filled(self, text: str) -> str:
        """A text with its fields filled; raises UnknownFields, which names those that nobody fills."""
        if unknown := [name for name in fields_in(text) if name not in self.fields]:
            raise UnknownFields(unknown, known(self.fields))
        return fill(text, {name: full_width(value) for name, value in self.fields.items()})

    def seen_in_the_register(self) -> str:
        """What stands out in the register on the day, a bullet each: where the town wrote no remarks for it."""
        with override("ja"):
            found = remarks(self.counts, self.figures)
        return "\n".join(BULLET + full_width(one.sentence) for one in found)
