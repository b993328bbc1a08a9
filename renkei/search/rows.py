"""The rows of a page of the list: read as plain values, because this is asked at every search."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, AgreementField, Item, Party
from renkei.agreements.vocabulary import Form
from renkei.partners.models import OrganisationName, PartnerKind
from renkei.rules.ngrams import Query, folded_text, highlight_spans
from renkei.search.finding import Found
from renkei.search.labels import field_names
from renkei.search.quoting import Hit, excerpt, quoted
from renkei.search.worked import worked


@dataclass(frozen=True)
class Row:
    """An agreement of the page."""

    public_id: str
    title: str
    signed_as: str
    form: str
    town: str
    division: str
    is_sample: bool
    state: str
    partners: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


Values = dict[str, Any]
Named = tuple[Promise, str]
PURPOSE = gettext_lazy("目的")
ITEM = gettext_lazy("連携事項")
SERIES = gettext_lazy("同文協定")
DUTIES = gettext_lazy("役割・責任")
PRESENT_NAME = gettext_lazy("現在の名称")
FORMER_NAME = gettext_lazy("旧名称")
NOTES = gettext_lazy("庁内メモ")
REMARK = gettext_lazy("台帳の記載")
UNIT = gettext_lazy("支店・部署など")
SIGNATORY = gettext_lazy("署名した人")
BESIDE_THE_NAME = gettext_lazy("名称に添えられた記載")
OF_AGREEMENT = ("pk", "public_id", "title", "signed_as", "form", "is_sample", "purpose")
OF_STAFF = ("notes", "remarks")
OF_PARTY = ("agreement", "organisation", "name_as_signed", "duties")
OF_PARTY_FOR_STAFF = ("unit", "signatory", "remark")


def rows(found: Found, audience: Audience) -> list[Row]:
    """The agreements in the order found, with the texts that were hit."""
    read = {values["pk"]: values for values in _agreements(found.ids, audience)}
    ids = [pk for pk in found.ids if pk in read]
    parties = _parties(ids, audience)
    fields = _fields(ids)
    hits = _hits(read, parties, found.query, audience) if found.query.wanted else {}
    return [
        _row(read[pk], found.states[pk], parties[pk], fields[pk], hits.get(pk, []), audience) for pk in ids
    ]


def _row(
    one: Values, state: str, parties: list[Values], fields: list[str], hits: list[Hit], audience: Audience
) -> Row:
    return Row(
        public_id=one["public_id"],
        title=one["title"],
        signed_as=one["signed_as"],
        form=str(Form(one["form"]).label),
        town=one["town"],
        division=f"{one['department'] or ''} {one['division_name'] or ''}".strip(),
        is_sample=one["is_sample"],
        state=state,
        partners=[_name(party, audience) for party in parties if party["organisation"]],
        fields=fields,
        hits=hits,
    )


def _agreements(ids: Sequence[int], audience: Audience) -> Iterable[Values]:
    read: Iterable[Values] = Agreement.objects.filter(pk__in=ids).values(
        *OF_AGREEMENT,
        *(OF_STAFF if audience.internal else ()),
        town=F("municipality__name"),
        department=F("division__department"),
        division_name=F("division__name"),
        series_name=F("series__name"),
    )
    return read


def _parties(ids: Sequence[int], audience: Audience) -> dict[int, list[Values]]:
    read = Party.objects.filter(agreement__in=ids).values(
        *OF_PARTY,
        *(OF_PARTY_FOR_STAFF if audience.internal else ()),
        present_name=F("organisation__name"),
        kind=F("organisation__kind"),
    )
    found: dict[int, list[Values]] = defaultdict(list)
    for party in read.order_by("position"):
        found[party["agreement"]].append(party)
    return found


def _fields(ids: Sequence[int]) -> dict[int, list[str]]:
    names = field_names()
    found: dict[int, list[str]] = defaultdict(list)
    links = AgreementField.objects.filter(agreement__in=ids).order_by("-is_main", "field__position")
    for agreement, slug in links.values_list("agreement", "field__slug"):
        found[agreement].append(names[slug])
    return found


def _name(party: Values, audience: Audience) -> str:
    return gettext("個人") if _is_private(party, audience) else party["name_as_signed"]


def _is_private(party: Values, audience: Audience) -> bool:
    return party["kind"] == PartnerKind.INDIVIDUAL and not audience.internal


def _hits(
    read: dict[int, Values], parties: dict[int, list[Values]], query: Query, audience: Audience
) -> dict[int, list[Hit]]:
    items: dict[int, list[str]] = defaultdict(list)
    for agreement, heading in Item.objects.filter(agreement__in=read).values_list("agreement", "heading"):
        items[agreement].append(heading)
    former: dict[int, list[str]] = defaultdict(list)
    partners = {party["organisation"] for some in parties.values() for party in some} - {None}
    for partner, name in OrganisationName.objects.filter(organisation__in=partners).values_list(
        "organisation", "name"
    ):
        former[partner].append(name)
    done: dict[int, list[Named]] = defaultdict(list)
    for work in worked(list(read), internal=audience.internal):
        done[work.agreement].append((work.name, work.text))
    found: dict[int, list[Hit]] = {}
    for pk, one in read.items():
        texts = [*_texts(one, items[pk]), *_texts_of_parties(parties[pk], former, audience), *done[pk]]
        if audience.internal:
            texts += _internal_texts(one, parties[pk])
        found[pk] = list(_hit(texts, query))
    unexplained = _unexplained(read, parties, found, query, audience)
    for pk, hit in quoted(unexplained, internal=audience.internal):
        found[pk].append(hit)
    return found


def _unexplained(
    read: dict[int, Values],
    parties: dict[int, list[Values]],
    hits: dict[int, list[Hit]],
    query: Query,
    audience: Audience,
) -> dict[int, set[str]]:
    """By agreement, the words for which neither title nor partners nor another text says why it was found."""
    found: dict[int, set[str]] = {}
    for pk, one in read.items():
        names = [_name(party, audience) for party in parties[pk]]
        seen = [folded_text(text) for text in (one["title"], *names, *(hit.text for hit in hits[pk]))]
        found[pk] = {word for word in query.wanted if not any(word in text for text in seen)}
    return {pk: words for pk, words in found.items() if words}


def _hit(texts: Iterable[Named], query: Query) -> Iterator[Hit]:
    shown: set[str] = set()
    for name, text in texts:
        if text and text not in shown and (spans := highlight_spans(text, query)):
            shown.add(text)
            yield Hit(str(name), excerpt(text, spans[0]))


def _texts(one: Values, items: Iterable[str]) -> list[Named]:
    texts: list[Named] = [(PURPOSE, one["purpose"])]
    texts += [(ITEM, heading) for heading in items]
    texts.append((SERIES, one["series_name"] or ""))
    return texts


def _texts_of_parties(
    parties: Iterable[Values], former: dict[int, list[str]], audience: Audience
) -> Iterator[Named]:
    for party in parties:
        if not _is_private(party, audience):
            yield DUTIES, party["duties"]
            if party["present_name"] and party["present_name"] != party["name_as_signed"]:
                yield PRESENT_NAME, party["present_name"]
            for name in former.get(party["organisation"], ()):
                yield FORMER_NAME, name


def _internal_texts(one: Values, parties: Iterable[Values]) -> list[Named]:
    texts: list[Named] = [(NOTES, one["notes"])]
    texts += [(REMARK, str(remark)) for remark in one["remarks"]]
    for party in parties:
        texts += [(UNIT, party["unit"]), (SIGNATORY, party["signatory"])]
        texts.append((BESIDE_THE_NAME, party["remark"]))
    return texts
