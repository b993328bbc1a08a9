"""Finding agreements: exact recall, totals, facets and pages from bitmaps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from pyroaring import BitMap

from renkei.agreements.models import Agreement
from renkei.municipalities.models import Division
from renkei.rules.ngrams import Query, QueryRefused, parse_query
from renkei.search.asking import FACETS, PAGE, STATES, Asked
from renkei.search.index import Index, is_present, present
from renkei.search.states import in_state, signed_between
from renkei.search.words import containing

__all__ = ["Asked", "FacetValue", "Found", "QueryRefused", "find", "find_all"]

TRIES = 5
UNKNOWN = "unknown"
"""The state of an agreement whose term is not known."""
T = TypeVar("T")


@dataclass(slots=True)
class FacetValue:
    """One value of a facet with the number of results that have it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """The answer: how many, the agreements of the page in order with their states on the day, and the facets."""

    total: int
    ids: list[int]
    query: Query
    page: int
    states: dict[int, str] = field(default_factory=dict)
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find(question: Asked) -> Found:
    """The page of results with facets; raises QueryRefused. Recall is that of a substring scan."""
    query = parse_query(question.text)
    return _from_one_generation(lambda index: _answer(question, query, index))


def find_all(question: Asked) -> list[int]:
    """All results in order, for downloads; raises QueryRefused."""
    query = parse_query(question.text)

    def answer(index: Index) -> list[int]:
        result = _narrowed(_base(question, query, index), question, index)
        return _in_order(result, question, query, index, 0, len(result))

    return _from_one_generation(answer)


def _from_one_generation(answer: Callable[[Index], T]) -> T:
    """The answer of an index that was not merged while it was asked.

    Merged in between, its parts are of two generations: they may not even fit together, and the next try reads anew.
    """
    for _try in range(TRIES):
        index = present()
        try:
            found = answer(index)
        except LookupError:
            if is_present(index):
                raise
        else:
            if is_present(index):
                return found
    return answer(present())


def _answer(question: Asked, query: Query, index: Index) -> Found:
    base = _base(question, query, index)
    result = _narrowed(base, question, index)
    start = (question.page - 1) * PAGE
    ids = _in_order(result, question, query, index, start, start + PAGE)
    states = {pk: _state(pk, question, index) for pk in ids}
    return Found(len(result), ids, query, question.page, states, _facets(base, result, question, index))


def _state(pk: int, question: Asked, index: Index) -> str:
    return next((state for state in STATES if pk in in_state(state, question.day, index)), UNKNOWN)


def _base(question: Asked, query: Query, index: Index) -> BitMap:
    """All that the audience may see and that answers the words and the days of signing, before facets."""
    audience = question.audience
    scope = [f"f:municipality:{audience.municipality.code}"] if audience.municipality else []
    scope += [] if audience.internal else ["published"]
    first, *more = index.named(scope or ["all"]).values()
    seen = first.intersection(*more)
    if question.only:
        seen = seen & BitMap(
            Agreement.objects.filter(public_id__in=question.only).values_list("pk", flat=True)
        )
    if question.since:
        seen = seen & signed_between(question.since, question.day, index)
    for word in query.wanted:
        seen = _with_word(word, seen, question, index)
    for word in query.without:
        seen = seen - _with_word(word, seen, question, index)
    return seen


def _with_word(word: str, among: BitMap, question: Asked, index: Index) -> BitMap:
    found = containing(word, "p", among, index)
    return found | containing(word, "i", among, index) if question.audience.internal else found


def _chosen(name: str, values: Iterable[str], question: Asked, index: Index) -> BitMap:
    if name == "state":
        return BitMap().union(*(in_state(value, question.day, index) for value in values if value in STATES))
    return index.union(f"f:{name}:{value}" for value in values if _is_known(name, value, index))


def _is_known(name: str, value: str, index: Index) -> bool:
    """Whether the value may be asked of the database: only what is listed, or could be a division."""
    if name == "division":
        return value == "none" or (value.isascii() and value.isdigit())
    return f"f:{name}:{value}" in index.listed


def _narrowed(base: BitMap, question: Asked, index: Index, *, without: str | None = None) -> BitMap:
    """The results of the chosen facets: any of the values inside a facet, all facets together."""
    result = base
    for name, values in question.chosen.items():
        if values and name != without:
            result = result & _chosen(name, values, question, index)
    return result


def _facets(base: BitMap, result: BitMap, question: Asked, index: Index) -> dict[str, list[FacetValue]]:
    found: dict[str, list[FacetValue]] = {}
    for name in FACETS:
        chosen = set(question.chosen.get(name, ()))
        among = _narrowed(base, question, index, without=name) if chosen else result
        values = []
        for value, bitmap in _bitmaps(name, question, index).items():
            count = among.intersection_cardinality(bitmap)
            if count or value in chosen:
                values.append(FacetValue(value, count, value in chosen))
        found[name] = values
    return found


def _bitmaps(name: str, question: Asked, index: Index) -> dict[str, BitMap]:
    """The values of a facet. Divisions are a municipality's own; a list of municipalities is for all of them."""
    town = question.audience.municipality
    if name == "state":
        return {value: in_state(value, question.day, index) for value in STATES}
    if name == ("municipality" if town else "division"):
        return {}
    if name != "division":
        return index.facet(name)
    own = Division.objects.filter(municipality=town).values_list("pk", flat=True)
    values = [*map(str, own), "none"]
    return dict(zip(values, index.named(f"f:division:{value}" for value in values).values(), strict=True))


def _in_order(
    result: BitMap, question: Asked, query: Query, index: Index, start: int, stop: int
) -> list[int]:
    order = index.order("kana" if question.order == "kana" else "newest")
    if question.order != "best" or not query.wanted:
        return order.page(result, start, stop)
    titled = result
    for word in query.wanted:
        titled = containing(word, "t", titled, index)
    first = order.page(titled, start, stop)
    others = max(0, start - len(titled)), max(0, stop - len(titled))
    return first + order.page(result - titled, *others)
