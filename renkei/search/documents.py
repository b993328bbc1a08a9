"""What of an agreement is searched, and by which facets: read from the records, for any set of agreements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F

from renkei.agreements.models import Agreement, AgreementField, Item, Party, Term
from renkei.agreements.vocabulary import top_field
from renkei.partners.models import OrganisationName, PartnerKind
from renkei.rules.ngrams import folded_text, grams
from renkei.search.attached import folded_pages
from renkei.search.days import Run, signing_names, term_names
from renkei.search.worked import texts_of_work

BREAK = "\n"
"""Between two texts of an agreement; folding leaves no line break, so no query can span it."""
CHUNK = 250
LONGEST_REMEMBERED = 500
"""Letters of a text whose blocks are remembered; pages of documents are longer, and no other agreement has them."""


@dataclass(frozen=True)
class Document:
    """An agreement as the index sees it; `public` and `internal` are the texts for everyone and for staff."""

    agreement: int
    title: str
    public: str
    internal: str
    facets: frozenset[str]

    @property
    def blocks(self) -> frozenset[str]:
        """Names of the bitmaps in which the agreement stands."""
        texts = (("t", self.title), ("p", self.public), ("i", self.internal))
        return self.facets.union(
            *(_names(kind, text) for kind, whole in texts for text in whole.split(BREAK))
        )

    @property
    def letters(self) -> int:
        """How long the texts are."""
        return len(self.public) + len(self.internal)


def _names(kind: str, text: str) -> frozenset[str]:
    """The blocks of one text; none spans two texts."""
    return (_remembered if len(text) <= LONGEST_REMEMBERED else _names_of)(kind, text)


def _names_of(kind: str, text: str) -> frozenset[str]:
    return frozenset(f"{kind}:{gram}" for gram in grams(text))


_remembered = lru_cache(maxsize=8192)(_names_of)


def joined(texts: Iterable[str], pages: Iterable[str] = ()) -> str:
    """Folded texts and folded pages, joined so that no query spans two of them."""
    folded = (folded_text(text) for text in texts)
    return BREAK.join(dict.fromkeys(text for text in (*folded, *pages) if text))


def documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the agreements that still exist."""
    for start in range(0, len(ids), CHUNK):
        yield from _some(ids[start : start + CHUNK])


def _some(ids: Sequence[int]) -> Iterator[Document]:
    rows = Agreement.objects.filter(pk__in=ids).values(
        "pk", "title", "purpose", "notes", "remarks", "form", "signed_as", "is_published", "division", "series__name",
        code=F("municipality__code"),
    )  # fmt: skip
    parties = _parties(ids)
    items = _texts(Item.objects.filter(agreement__in=ids).values_list("agreement", "heading"))
    fields = _texts(AgreementField.objects.filter(agreement__in=ids).values_list("agreement", "field__slug"))
    terms = _terms(ids)
    pages = folded_pages(ids)
    work = texts_of_work(ids)
    for row in rows:
        pk = row["pk"]
        done, behind = work[pk]
        named, aside, kinds = parties[pk]
        shown, kept = pages[pk]
        public = joined(
            [row["title"], row["purpose"], row["series__name"] or "", *named, *items[pk], *done], shown
        )
        internal = joined([row["notes"], *map(str, row["remarks"]), *aside, *behind], kept)
        facets = _facets(row, kinds, fields[pk]) | term_names(terms[pk]) | signing_names(row["signed_as"])
        yield Document(pk, joined([row["title"]]), public, internal, frozenset(facets))


def _terms(ids: Sequence[int]) -> dict[int, list[Run]]:
    found: dict[int, list[Run]] = defaultdict(list)
    rows = Term.objects.filter(agreement__in=ids).values_list("agreement", "starts_on", "in_force_until")
    for pk, starts, until in rows:
        found[pk].append((starts, until))
    return found


def _texts(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, text in pairs:
        found[pk].append(text)
    return found


def _parties(ids: Sequence[int]) -> dict[int, tuple[list[str], list[str], set[str]]]:
    found: dict[int, tuple[list[str], list[str], set[str]]] = defaultdict(lambda: ([], [], set()))
    rows = Party.objects.filter(agreement__in=ids).values_list(
        "agreement", "organisation", "name_as_signed", "organisation__name", "organisation__kind",
        "duties", "unit", "signatory", "remark",
    )  # fmt: skip
    listed = list(rows)
    former = _texts(
        OrganisationName.objects.filter(organisation__in={row[1] for row in listed if row[1]}).values_list(
            "organisation", "name"
        )
    )
    for pk, organisation, as_signed, name, kind, duties, *aside in listed:
        named, internal, kinds = found[pk]
        texts = [
            as_signed,
            *([name] if name else []),
            *former.get(organisation, ()),
            *([duties] if duties else []),
        ]
        # A person's name is not for everyone; staff find it.
        (internal if kind == PartnerKind.INDIVIDUAL else named).extend(texts)
        internal += [text for text in aside if text]
        if kind:
            kinds.add(kind)
    return found


def _facets(row: Mapping[str, Any], kinds: set[str], fields: list[str]) -> set[str]:
    values = {f"form:{row['form']}", f"municipality:{row['code']}", f"division:{row['division'] or 'none'}"}
    values |= {f"kind:{kind}" for kind in kinds}
    values |= {f"field:{slug}" for slug in fields} | {f"field:{top_field(slug)}" for slug in fields}
    values.add(f"year:{str(row['signed_as'])[:4] or 'unknown'}")
    return {"all"} | {f"f:{value}" for value in values} | ({"published"} if row["is_published"] else set())
