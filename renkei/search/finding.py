"""Finding agreements: exact recall, totals, facets and pages from bitmaps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from pyroaring import BitMap

from renkei.rules.ngrams import Query, QueryRefused, parse_query
from renkei.search import index
from renkei.search.asking import FACETS, PAGE, STATES, Asked
from renkei.search.index import BLOCKS, Blocks
from renkei.search.models import Pending
from renkei.search.states import in_state
from renkei.search.words import containing

__all__ = ["Asked", "FacetValue", "Found", "QueryRefused", "find", "find_all"]

FEW = 3000
"""Results up to which an order is found by sorting them, above by walking the order."""
TRIES = 5


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet with the number of results that have it."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """The answer: how many, the agreements of the page in order, and the facets."""

    total: int
    ids: list[int]
    query: Query
    page: int
    facets: dict[str, list[FacetValue]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def find(question: Asked) -> Found:
    """The page of results with facets; raises QueryRefused. Recall is that of a substring scan."""
    query = parse_query(question.text)
    for _try in range(TRIES):
        bring_up_to_date()
        number = index.generation()
        answer = _answer(question, query, BLOCKS.at(number))
        if index.generation() == number:
            break
    return answer


def find_all(question: Asked) -> list[int]:
    """All results in order, for downloads."""
    query = parse_query(question.text)
    bring_up_to_date()
    blocks = BLOCKS.at(index.generation())
    result = _narrowed(_base(question, query, blocks), question, blocks, without=None)
    return _in_order(result, question, query, blocks, 0, len(result))


def bring_up_to_date() -> None:
    """Merge what waits. A few changes cost milliseconds; the merge of many is bounded by their number."""
    while Pending.objects.exists():
        if index.merge() == 0 and not Pending.objects.exists():
            break


def _answer(question: Asked, query: Query, blocks: Blocks) -> Found:
    base = _base(question, query, blocks)
    result = _narrowed(base, question, blocks, without=None)
    start = (question.page - 1) * PAGE
    ids = _in_order(result, question, query, blocks, start, start + PAGE)
    return Found(len(result), ids, query, question.page, _facets(base, result, question, blocks))


def _base(question: Asked, query: Query, blocks: Blocks) -> BitMap:
    """All that the audience may see and that answers the words, before facets."""
    audience = question.audience
    scope = [f"municipality:{audience.municipality.code}"] if audience.municipality else []
    scope += [] if audience.internal else ["published"]
    seen = BitMap.intersection(*blocks.named(scope or ["all"]).values())
    for word in query.wanted:
        seen &= containing(word, seen, internal=audience.internal, blocks=blocks)
    for word in query.without:
        seen -= containing(word, seen, internal=audience.internal, blocks=blocks)
    return seen


def _chosen(name: str, values: Iterable[str], question: Asked, blocks: Blocks) -> BitMap:
    if name == "state":
        states = [in_state(value, question.day, blocks) for value in values if value in STATES]
        return BitMap.union(*states) if states else BitMap()
    return BitMap.union(*blocks.named([f"{name}:{value}" for value in values]).values())


def _narrowed(base: BitMap, question: Asked, blocks: Blocks, *, without: str | None) -> BitMap:
    """The results of the chosen facets: any of the values inside a facet, all facets together."""
    result = base
    for name, values in question.chosen.items():
        if name != without:
            result = result & _chosen(name, values, question, blocks)
    return result


def _facets(base: BitMap, result: BitMap, question: Asked, blocks: Blocks) -> dict[str, list[FacetValue]]:
    by_facet = _values(tuple(blocks.facet_names()), question.audience.municipality is not None)
    bitmaps = blocks.named([f"{name}:{value}" for name, values in by_facet.items() for value in values])
    found: dict[str, list[FacetValue]] = {}
    for name in FACETS:
        chosen = question.chosen.get(name, ())
        among = _narrowed(base, question, blocks, without=name) if chosen else result
        values = []
        for value in STATES if name == "state" else by_facet.get(name, ()):
            bitmap = in_state(value, question.day, blocks) if name == "state" else bitmaps[f"{name}:{value}"]
            count = among.intersection_cardinality(bitmap)
            if count or value in chosen:
                values.append(FacetValue(value, count, value in chosen))
        found[name] = values
    return found


@lru_cache(maxsize=64)
def _values(names: tuple[str, ...], in_one_town: bool) -> dict[str, list[str]]:
    """Values by facet. Divisions are a municipality's own; a list of municipalities is for all of them."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        facet, _colon, value = name.partition(":")
        if value and facet in FACETS and facet != ("municipality" if in_one_town else "division"):
            found.setdefault(facet, []).append(value)
    return found


def _in_order(
    result: BitMap, question: Asked, query: Query, blocks: Blocks, start: int, stop: int
) -> list[int]:
    if question.order == "best" and query.wanted:
        names = [f"t:{gram}" for word in query.wanted for gram in _pairs(word)]
        titled = result & BitMap.intersection(*blocks.named(names).values())
        first = _slice(titled, "newest", blocks, start, stop)
        if len(first) == stop - start:
            return first
        rest = max(start - len(titled), 0)
        return first + _slice(result - titled, "newest", blocks, rest, rest + stop - start - len(first))
    return _slice(result, "kana" if question.order == "kana" else "newest", blocks, start, stop)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


def _slice(result: BitMap, order: str, blocks: Blocks, start: int, stop: int) -> list[int]:
    if len(result) <= FEW:
        rank = blocks.ranks(order)
        return sorted(result, key=rank.__getitem__)[start:stop]
    return list(islice((pk for pk in blocks.order(order) if pk in result), start, stop))
