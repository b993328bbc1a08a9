"""What moved in the register between two days: what began, what ended, what was renewed and how."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, RenewalDecision, Term
from renkei.agreements.spans import spans
from renkei.agreements.vocabulary import Decision
from renkei.reports.counts import ONE_DAY, Line, is_within
from renkei.reports.figures import Row, divisions_on, fields_in_order
from renkei.reports.models import Stretch

FACETS = ("field", "division", "kind", "form")
PARTS = (
    "opening",
    "begun",
    "signed",
    "ended",
    "closing",
    "renewed_itself",
    "renewed_confirmed",
    "renewed_decided",
)
MOST_YEARS = 100
"""Between days further apart nobody counts; each automatic renewal of all that time would be a line."""


class MovementsRefused(ValueError):
    """There is nothing to count between the days; str() says what to do."""


@dataclass(frozen=True)
class Move:
    """An agreement and the day on which it began, ended, was renewed or is counted."""

    agreement: int
    on: date
    names: frozenset[str]


@dataclass(frozen=True)
class MovedRow:
    """What moved in one group: opening + begun − ended = closing; `asked` narrows the lists to it."""

    label: str
    groups: tuple[str, ...]
    opening: int
    begun: int
    ended: int
    closing: int
    level: int = 1

    @property
    def asked(self) -> str:
        """As in `field=health`."""
        return urlencode([(group.partition(":")[0], group.partition(":")[2]) for group in self.groups])


class Movements:
    """The register of one town between two days, both included, read once."""

    def __init__(self, audience: Audience, first: date, last: date) -> None:
        if first > last:
            raise MovementsRefused(_("期間の始まりは、終わりと同じ日か、それより前の日にしてください。"))
        if first == date.min or last.year - first.year > MOST_YEARS:
            raise MovementsRefused(_("期間は%(years)s年までにしてください。") % {"years": MOST_YEARS})
        self.audience, self.first, self.last = audience, first, last
        self.before = first - ONE_DAY
        stretches = Stretch.objects.true().seen_by(audience).filter(starts_on__lte=last)
        rows = stretches.order_by("starts_on", "agreement").values_list("agreement", *Line._fields)
        self.lines = [(agreement, Line(*rest)) for agreement, *rest in rows]

    @cached_property
    def opening(self) -> list[Move]:
        """In force on the day before the first."""
        return self._covering(self.before)

    @cached_property
    def closing(self) -> list[Move]:
        """In force on the last day."""
        return self._covering(self.last)

    @cached_property
    def begun(self) -> list[Move]:
        """In force from a day in the time on, and not on the day before it."""
        return [_move(pk, line, line.starts_on) for pk, line in self.lines if line.starts_on >= self.first]

    @cached_property
    def signed(self) -> list[Move]:
        """Of those that began: certainly signed in the time."""
        return [
            _move(pk, line, line.starts_on)
            for pk, line in self.lines
            if line.starts_on >= self.first and is_within(line.signed_as, self.first, self.last)
        ]

    @cached_property
    def ended(self) -> list[Move]:
        """No longer in force at the end: their last day is the day before the time, or in it and not its last."""
        return [
            _move(pk, line, line.until)
            for pk, line in self.lines
            if line.until is not None and self.before <= line.until < self.last
        ]

    @cached_property
    def renewed_itself(self) -> list[Move]:
        """Terms that began in the time because the one before renewed itself, and nobody looked at it."""
        return [move for move, decision in self._renewed if decision is None]

    @cached_property
    def renewed_confirmed(self) -> list[Move]:
        """Terms that renewed themselves after a person had confirmed it."""
        return [move for move, decision in self._renewed if decision == Decision.LET_RENEW]

    @cached_property
    def renewed_decided(self) -> list[Move]:
        """Terms that follow the one before because the parties agreed on them."""
        return [move for move, decision in self._renewed if decision == Decision.RENEW]

    def part(self, name: str, asked: Mapping[str, Sequence[str]] | None = None) -> list[Move]:
        """The list behind a figure, narrowed to some groups: any value of a facet, and all facets."""
        found: list[Move] = getattr(self, name)
        for facet in FACETS:
            wanted = {f"{facet}:{value}" for value in (asked or {}).get(facet, ()) if value}
            if wanted:
                found = [move for move in found if wanted & move.names]
        return found

    @property
    def counts(self) -> dict[str, int]:
        """All parts by name."""
        return {name: len(self.part(name)) for name in PARTS}

    def by_field(self) -> list[MovedRow]:
        """By field, both levels; an agreement of two fields moves in both."""
        return self._rows("field", fields_in_order)

    def by_division(self) -> list[MovedRow]:
        """By the division that holds the duties on the last day."""
        town = self.audience.municipality
        if town is None:
            return []
        return self._rows("division", lambda counts: divisions_on(counts, town, self.last))

    def _rows(self, facet: str, named: Callable[[Mapping[str, int]], list[Row]]) -> list[MovedRow]:
        parts = {name: _counted(self.part(name), facet) for name in ("opening", "begun", "ended", "closing")}
        ever = Counter(dict.fromkeys({value for counts in parts.values() for value in counts}, 1))
        found = []
        for row in named(ever):
            for one, level in [(row, 1), *((below, 2) for below in row.below)]:
                values = [group.partition(":")[2] for group in one.groups] or ["none"]
                sums = {name: sum(counts[value] for value in values) for name, counts in parts.items()}
                found.append(MovedRow(one.label, one.groups, level=level, **sums))
        return found

    def _covering(self, day: date) -> list[Move]:
        return [_move(pk, line, line.starts_on) for pk, line in self.lines if line.covers(day)]

    @cached_property
    def _renewed(self) -> list[tuple[Move, str | None]]:
        """Each term that followed another in the time, and what a person had decided about it."""
        alive = {pk: line for pk, line in self.lines if line.until is None or line.until >= self.first}
        decided: dict[tuple[int, date], str] = {
            (pk, ends_on): decision
            for pk, ends_on, decision in RenewalDecision.objects.filter(
                agreement__in=Agreement.objects.seen_by(self.audience).order_by().values("pk")
            ).values_list("agreement", "term_ends_on", "decision")
        }
        known = Agreement.objects.seen_by(self.audience).order_by("pk").select_related("renewal_rule")
        known = known.only("pk", "renewal_rule__kind", "renewal_rule__months")
        found = []
        for agreement in known.filter(pk__in=self._terms_that_follow(alive)).prefetch_related("terms"):
            for before, first, by_itself in _renewals(agreement, self.first, self.last):
                decision = decided.get((agreement.pk, before)) if by_itself else Decision.RENEW
                found.append((_move(agreement.pk, alive[agreement.pk], first), decision))
        return sorted(found, key=lambda one: (one[0].on, one[0].agreement))

    def _terms_that_follow(self, alive: Mapping[int, Line]) -> list[int]:
        """Agreements whose first term ended before the last day, so that another may have followed."""
        early = Term.objects.filter(ends_on__lt=self.last, agreement__in=list(alive)).order_by()
        return sorted(set(early.values_list("agreement", flat=True)))


def _renewals(agreement: Agreement, first: date, last: date) -> Iterator[tuple[date, date, bool]]:
    """The last day of the term before, the first day of the one that followed, and whether it came by itself."""
    before: date | None = None
    for span in spans(agreement):
        if span.first > last:
            return
        ends_earlier = span.in_force_until is not None and span.in_force_until < span.first
        if before is not None and span.first >= first and not ends_earlier:
            yield before, span.first, span.by_itself
        before = span.last if span.follows else None


def _move(agreement: int, line: Line, on: date) -> Move:
    return Move(agreement, on, frozenset(line.names))


def _counted(moves: Iterable[Move], facet: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for move in moves:
        counts.update(name.partition(":")[2] for name in move.names if name.startswith(f"{facet}:"))
    return counts
