"""What the town already has that is like a proposal: agreements, initiatives, running procedures; each with the reason.

Only the town's newest records are compared, as many as the limits say, so that the answer takes the same few queries
and about the same time however large the database is. Texts are compared by the two-letter pieces they share.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, AgreementField, AgreementQuerySet, Field, Party, Term
from renkei.agreements.vocabulary import top_field
from renkei.initiatives.models import Initiative
from renkei.partners.models import Organisation
from renkei.procedures.models import Procedure
from renkei.rules.names import folded_name
from renkei.rules.ngrams import folded_text

WITH_PARTNER, IN_FIELD, NEWEST, INITIATIVES, RUNNING = 60, 200, 400, 600, 200
"""How many records are looked at: of the partner, of the field, the newest in force, initiatives, procedures."""
SHOWN = 30
ALIKE = 0.5
"""Share of common two-letter pieces (Dice), from which two texts are worth a look."""
IN_EVERY_ITEM = ("に関すること", "に関する事項", "に関する", "その他", "について", "の推進")


class Kind(StrEnum):
    AGREEMENT = "agreement"
    INITIATIVE = "initiative"
    PROCEDURE = "procedure"


@dataclass
class Similar:
    """A record that is like the proposal, why, and how much (the sum of what its reasons weigh)."""

    kind: Kind
    record: Agreement | Initiative | Procedure
    is_in_force: bool = False
    is_with_partner: bool = False
    reasons: list[str] = field(default_factory=list)
    weight: float = 0

    def add(self, reason: str, weight: float) -> None:
        """One more reason."""
        self.reasons.append(reason)
        self.weight += weight

    @property
    def agreement(self) -> Agreement | None:
        """The agreement that it is, or is work under."""
        if isinstance(self.record, Agreement):
            return self.record
        return self.record.agreement if isinstance(self.record, Initiative) else None


def similar_to(procedure: Procedure, day: date, most: int = SHOWN) -> list[Similar]:
    """What the town has that is like the procedure's proposal on the day, the most alike first."""
    asked = Asked(procedure)
    found = [*_agreements(asked, day), *_initiatives(asked), *_procedures(asked)]
    alike = sorted((one for one in found if one.reasons), key=lambda one: (-one.weight, -one.record.pk))
    return _once_for_a_title(alike)[:most]


def _once_for_a_title(alike: list[Similar]) -> list[Similar]:
    """Agreements of one title with many others (同文協定) stand once, with how many more there are."""
    first: dict[tuple[str, bool], Similar] = {}
    more: Counter[int] = Counter()
    shown = []
    for one in alike:
        if isinstance(one.record, Agreement) and not one.is_with_partner:
            known = first.setdefault((folded_text(one.record.title), one.is_in_force), one)
            if known is not one:
                more[id(known)] += 1
                continue
        shown.append(one)
    for one in shown:
        if count := more[id(one)]:
            one.reasons.append(_("同じ名称の協定がほかに%(count)s件") % {"count": count})
    return shown


class Asked:
    """What is compared: the partner, the fields, and the texts of the items."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.town = procedure.municipality
        self.fields = {slug for slug in (procedure.main_field, *procedure.fields) if slug}
        headings = procedure.items.filter(dropped_reason="").values_list("heading", flat=True)
        self.texts = [(text, pieces(text)) for text in [*headings, procedure.title]]

    @cached_property
    def partners(self) -> set[int]:
        """The partner once it is decided; before that, those of its corporate number or its name."""
        if self.procedure.organisation_id:
            return {self.procedure.organisation_id}
        return {one.pk for one in partner_candidates(self.procedure)}

    def is_partner_of(self, other: Procedure) -> bool:
        """Whether another procedure is with the same partner; by its name until somebody decided who it is."""
        if other.organisation_id:
            return other.organisation_id in self.partners
        return folded_name(other.partner_name) == folded_name(self.procedure.partner_name)

    @cached_property
    def field_names(self) -> dict[str, str]:
        """Names of fields by their slug."""
        return {one.slug: str(one) for one in Field.objects.all()}

    def shared_fields(self, slugs: Iterable[str]) -> tuple[list[str], int]:
        """Names of the fields that both are in, of the upper level where only that is shared; and what they weigh."""
        slugs = set(slugs)
        same = self.fields & slugs
        tops = {top_field(one) for one in self.fields} & {top_field(one) for one in slugs}
        upper = tops - {top_field(one) for one in same}
        names = [self.field_names.get(slug, slug) for slug in sorted(same | upper)]
        return names, 10 * len(same) + 4 * len(upper)

    def most_alike(self, texts: Iterable[str]) -> tuple[str, float]:
        """The text that is most like one of the items, and how much; ("", 0) where none is."""
        best = ("", 0.0)
        for text in texts:
            theirs = pieces(text)
            share = max((_share(mine, theirs) for _text, mine in self.texts), default=0.0)
            if share >= ALIKE and share > best[1]:
                best = (text, share)
        return best


def partner_candidates(procedure: Procedure) -> list[Organisation]:
    """The town's partners that may be the proposer: of its corporate number, and of its name after folding."""
    proposal = getattr(procedure, "proposal", None)
    here = Organisation.objects.of(procedure.municipality).unmerged()
    named = here.named([procedure.partner_name]).values("pk")
    number = proposal.corporate_number if proposal else ""
    wanted = Q(pk__in=named) | (Q(corporate_number=number) if number else Q(pk__in=[]))
    return list(here.filter(wanted).order_by("pk"))


@lru_cache(maxsize=8192)
def pieces(text: str) -> frozenset[str]:
    """The two-letter pieces of a text after folding, without the words that every item has."""
    folded = folded_text(text)
    for words in IN_EVERY_ITEM:
        folded = folded.replace(words, "")
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))


def _share(mine: frozenset[str], theirs: frozenset[str]) -> float:
    whole = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / whole if whole else 0.0


def _agreements(asked: Asked, day: date) -> Iterable[Similar]:
    here = Agreement.objects.of(asked.town)
    with_partner = Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation__in=asked.partners))
    in_field = Exists(AgreementField.objects.filter(_in_fields(asked), agreement=OuterRef("pk")))
    in_force = here.in_force_on(day)
    keys: set[int] = set()
    if asked.partners:
        keys |= _newest(here.filter(with_partner), WITH_PARTNER)
    if asked.fields:
        keys |= _newest(in_force.filter(in_field), IN_FIELD)
    keys |= _newest(in_force, NEWEST)
    covering = Exists(Term.objects.covering(day).filter(agreement=OuterRef("pk")))
    looked_at = here.filter(pk__in=keys).annotate(covered=covering).select_related("division")
    for agreement in looked_at.prefetch_related("parties", "field_links__field", "items"):
        yield _compared(asked, agreement)


def _in_fields(asked: Asked) -> Q:
    wanted = Q(field__slug__in=asked.fields)
    for top in {top_field(slug) for slug in asked.fields}:
        wanted |= Q(field__slug=top) | Q(field__slug__startswith=f"{top}.")
    return wanted


def _newest(agreements: AgreementQuerySet, most: int) -> set[int]:
    return set(agreements.order_by("-signed_on", "-pk").values_list("pk", flat=True)[:most])


def _compared(asked: Asked, agreement: Agreement) -> Similar:
    covered: bool = agreement.covered  # type: ignore[attr-defined]
    similar = Similar(Kind.AGREEMENT, agreement, is_in_force=covered)
    if asked.partners & {party.organisation_id for party in agreement.parties.all()}:
        similar.is_with_partner = True
        similar.add(_("同じ相手方"), 100 if covered else 60)
    shared, weight = asked.shared_fields(link.field.slug for link in agreement.field_links.all())
    if shared:
        similar.add(_("分野が同じ(%(fields)s)") % {"fields": "、".join(shared)}, 10 + weight)
    text, share = asked.most_alike([one.heading for one in agreement.items.all()])
    if text:
        similar.add(_("連携事項が似ている: %(text)s") % {"text": text}, 50 * share)
    elif (title := asked.most_alike([agreement.title]))[0]:
        similar.add(_("協定名が似ている"), 30 * title[1])
    return similar


def _initiatives(asked: Asked) -> Iterable[Similar]:
    newest = Initiative.objects.of(asked.town).order_by("-pk").select_related("agreement", "division")
    for initiative in newest[:INITIATIVES]:
        text, share = asked.most_alike([initiative.title])
        if text:
            similar = Similar(Kind.INITIATIVE, initiative)
            similar.add(_("取組が似ている: %(text)s") % {"text": text}, 50 * share)
            yield similar


def _procedures(asked: Asked) -> Iterable[Similar]:
    others = Procedure.objects.of(asked.town).running().exclude(pk=asked.procedure.pk)
    for procedure in others.select_related("division").prefetch_related("items")[:RUNNING]:
        similar = Similar(Kind.PROCEDURE, procedure)
        if asked.is_partner_of(procedure):
            similar.add(_("同じ相手方との手続が進んでいる"), 90)
        shared, weight = asked.shared_fields(procedure.fields)
        text, share = asked.most_alike(
            [one.heading for one in procedure.items.all() if not one.dropped_reason]
        )
        if text:
            similar.add(_("連携事項が似ている: %(text)s") % {"text": text}, 50 * share)
        if shared and similar.reasons:
            similar.add(_("分野が同じ(%(fields)s)") % {"fields": "、".join(shared)}, weight)
        yield similar
