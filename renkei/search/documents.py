"""What of an agreement is searched, and by which facets: read from the records, for any set of agreements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F

from renkei.agreements.models import Agreement, AgreementField, Item, Party, Term
from renkei.agreements.vocabulary import top_field
from renkei.partners.models import OrganisationName
from renkei.rules.ngrams import folded_text, grams

BREAK = "\n"
"""Between two texts of an agreement; folding leaves no line break, so no query can span it."""
CHUNK = 500


@dataclass(frozen=True)
class Document:
    """An agreement as the index sees it."""

    agreement: int
    title: str
    public: str
    internal: str
    facets: frozenset[str]

    @property
    def blocks(self) -> frozenset[str]:
        """Names of the bitmaps in which the agreement stands."""
        public = {f"p:{gram}" for gram in grams_of(self.public)}
        internal = {f"i:{gram}" for gram in grams_of(self.internal)}
        title = {f"t:{gram}" for gram in grams_of(self.title)}
        return self.facets | public | internal | title


@lru_cache(maxsize=100_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(grams(text))


def grams_of(joined: str) -> set[str]:
    """The grams of texts joined by BREAK; none spans two of them."""
    found: set[str] = set()
    for text in joined.split(BREAK):
        found |= _grams(text)
    return found


def joined(texts: Iterable[str]) -> str:
    """Folded texts, joined so that no query spans two of them."""
    return BREAK.join(
        dict.fromkeys(folded for text in texts if (folded := folded_text(text.replace("\n", " "))))
    )


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the agreements that still exist."""
    for start in range(0, len(ids), CHUNK):
        yield from _some(ids[start : start + CHUNK])


def _some(ids: Sequence[int]) -> Iterator[Document]:
    rows = Agreement.objects.filter(pk__in=ids).values(
        "pk", "title", "title_kana", "purpose", "notes", "remarks", "form", "signed_as", "is_published",
        "division", "series__name", code=F("municipality__code"),
    )  # fmt: skip
    parties = _parties(ids)
    items = _texts(Item.objects.filter(agreement__in=ids).values_list("agreement", "heading"))
    fields = _texts(AgreementField.objects.filter(agreement__in=ids).values_list("agreement", "field__slug"))
    several = set(_several_terms(ids))
    for row in rows:
        pk = row["pk"]
        named, aside, kinds = parties[pk]
        public = joined([row["title"], row["purpose"], row["series__name"] or "", *named, *items[pk]])
        internal = joined([row["notes"], *map(str, row["remarks"]), *aside])
        yield Document(
            pk, joined([row["title"]]), public, internal, _facets(row, kinds, fields[pk], pk in several)
        )


def _several_terms(ids: Sequence[int]) -> list[int]:
    seen: set[int] = set()
    agreements = Term.objects.filter(agreement__in=ids).values_list("agreement", flat=True)
    return [pk for pk in agreements if pk in seen or seen.add(pk)]  # type: ignore[func-returns-value]


def _texts(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, text in pairs:
        found[pk].append(text)
    return found


def _parties(ids: Sequence[int]) -> dict[int, tuple[list[str], list[str], set[str]]]:
    found: dict[int, tuple[list[str], list[str], set[str]]] = defaultdict(lambda: ([], [], set()))
    rows = Party.objects.filter(agreement__in=ids).values_list(
        "agreement", "organisation", "name_as_signed", "organisation__name", "organisation__kind",
        "unit", "signatory", "remark", "duties",
    )  # fmt: skip
    listed = list(rows)
    former = _texts(
        OrganisationName.objects.filter(organisation__in={row[1] for row in listed if row[1]}).values_list(
            "organisation", "name"
        )
    )
    for pk, organisation, as_signed, name, kind, *aside in listed:
        named, internal, kinds = found[pk]
        named += [as_signed, *([name] if name else []), *former.get(organisation, ())]
        internal += [text for text in aside if text]
        if kind:
            kinds.add(kind)
    return found


def _facets(row: dict[str, object], kinds: set[str], fields: list[str], several: bool) -> frozenset[str]:
    names = {"all", f"form:{row['form']}", f"municipality:{row['code']}"}
    names |= {f"kind:{kind}" for kind in kinds}
    names |= {f"field:{slug}" for slug in fields} | {f"field:{top_field(slug)}" for slug in fields}
    names.add(f"year:{str(row['signed_as'])[:4] or 'unknown'}")
    names.add(f"division:{row['division'] or 'none'}")
    if row["is_published"]:
        names.add("published")
    if several:
        names.add("several_terms")
    return frozenset(names)
