"""Which division answers for another on a given day, along its reorganisations."""

from collections import defaultdict
from datetime import date

from renkei.municipalities.models import Division, DivisionSuccession, Municipality


class Lineage:
    """All divisions of a municipality with their successions, read once."""

    def __init__(self, municipality: Municipality) -> None:
        known = Division.objects.of(municipality, with_portions=True)
        self.divisions = {division.pk: division for division in known}
        self.later: dict[int, list[DivisionSuccession]] = defaultdict(list)
        self.earlier: dict[int, list[DivisionSuccession]] = defaultdict(list)
        successions = DivisionSuccession.objects.filter(predecessor__municipality=municipality)
        for succession in successions.order_by("on", "-is_main", "pk"):
            self.later[succession.predecessor_id].append(succession)
            if not self.divisions[succession.predecessor_id].portion_of_id:
                self.earlier[succession.successor_id].append(succession)

    def on(self, division_id: int, day: date) -> Division:
        """The division that holds this division's duties on the day; itself where nobody else is known."""
        division = self.divisions[division_id]
        seen: set[int] = set()
        while not division.existed_on(day) and division.pk not in seen:
            seen.add(division.pk)
            following = self._next(division, day)
            if following is None:
                break
            division = self.divisions[following]
        return division

    def held_by(self, division: Division, day: date) -> list[int]:
        """All divisions, and portions, whose duties this one holds on the day, itself included if it exists then."""
        return [pk for pk in self.divisions if self.on(pk, day).pk == division.pk]

    def _next(self, division: Division, day: date) -> int | None:
        if division.portion_of_id:
            gone = [step.successor_id for step in self.later[division.pk] if step.on <= day]
            return gone[0] if gone else division.portion_of_id
        if division.closed_on and division.closed_on < day:
            steps = [step.successor_id for step in self.later[division.pk] if step.on <= day]
        else:
            steps = [step.predecessor_id for step in self.earlier[division.pk] if step.on > day]
        return steps[0] if steps else None
