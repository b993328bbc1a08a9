"""Questions about series: what each agreement of one begins with, who is a member, and what adding a list would do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.member_lines import LONGEST, MemberFacts, day_of
from renkei.agreements.models import Agreement, AgreementQuerySet, Party, Series
from renkei.agreements.proposing import proposal
from renkei.agreements.vocabulary import FIELDS, DocumentKind, Form
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation
from renkei.partners.services import known_by_folded_name
from renkei.rules.corporate_number import UnreadableCorporateNumber, corporate_number
from renkei.rules.japanese_calendar import PartialDay, UnreadableDay
from renkei.rules.names import folded_name

TEXTS = ("title", "title_kana", "form", "document_kind", "purpose", "clause", "town_letter", "partner_letter")
LISTS = ("fields", "items")

FACT_NAMES = {
    "title": gettext_lazy("協定名"),
    "title_kana": gettext_lazy("協定名のよみ"),
    "form": gettext_lazy("協定形態"),
    "document_kind": gettext_lazy("文書の種別"),
    "main_field": gettext_lazy("主な分野"),
    "fields": gettext_lazy("ほかの分野"),
    "purpose": gettext_lazy("目的"),
    "items": gettext_lazy("連携事項"),
    "clause": gettext_lazy("期間の条文"),
    "town_letter": gettext_lazy("自治体の呼び方"),
    "partner_letter": gettext_lazy("相手方の呼び方"),
    "is_published": gettext_lazy("公開"),
}
FACT_VALUES = {
    **dict(Form.choices),
    **dict(DocumentKind.choices),
    **{slug: name for slug, name, _en in FIELDS},
}


def lines_of(facts: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The facts of these names in words, one line each; what is empty is left out."""
    told = {
        name: facts[name] if isinstance(facts[name], list) else [facts[name]]
        for name in names
        if facts.get(name)
    }
    return [
        f"{FACT_NAMES[name]}: {'、'.join(_in_words(one) for one in values)}" for name, values in told.items()
    ]


def _in_words(value: object) -> str:
    return _("はい") if value is True else str(FACT_VALUES.get(str(value), value))


@dataclass(frozen=True)
class SeriesCounts:
    """Counts of a series as of a day, apart: agreements in force, texts, partners; and agreements in all."""

    agreements: int
    texts: int
    partners: int
    total: int


def counts_on(series: Series, day: date) -> SeriesCounts:
    """A series is one text as long as one of its agreements is in force."""
    own = Agreement.objects.filter(series=series)
    in_force = own.in_force_on(day).order_by().values("pk")
    present = Party.objects.present_on(day).filter(agreement__in=in_force, organisation__isnull=False)
    agreements = in_force.count()
    partners = present.order_by().values("organisation").distinct().count()
    return SeriesCounts(agreements, min(agreements, 1), partners, own.count())


def members(series: Series) -> AgreementQuerySet:
    """The agreements of the series, the latest signed first, with what a page shows of them."""
    found: AgreementQuerySet = Agreement.objects.filter(series=series).with_everything()
    return found.select_related("ending").prefetch_related("attachments")


@dataclass(frozen=True)
class MemberLine:
    """What adding one line would do; `state` is known, new, member or problem, `sentence` says what to know of it."""

    facts: MemberFacts
    state: str
    sentence: str = ""
    signed: PartialDay | None = None
    number: str = ""
    organisation_id: int | None = None
    agreement: AgreementFacts | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it would be added."""
        return self.state in ("known", "new")


@dataclass
class _Known:
    """The town's partners by name and number, and who is a member already; read once for the whole list."""

    series: Series
    lines_by_partner: dict[object, int] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> dict[str, int]:
        return known_by_folded_name(self.series.municipality)

    @cached_property
    def by_number(self) -> dict[str, int]:
        here = Organisation.objects.of(self.series.municipality).unmerged().exclude(corporate_number="")
        return dict(here.order_by("-pk").values_list("corporate_number", "pk"))

    @cached_property
    def numbers(self) -> dict[int, str]:
        return {pk: number for number, pk in self.by_number.items()}

    @cached_property
    def names(self) -> dict[int, str]:
        here = Organisation.objects.of(self.series.municipality).unmerged()
        return dict(here.values_list("pk", "name"))

    @cached_property
    def members(self) -> set[int]:
        """Partners of the agreements of the series that nobody has ended, as far as they have not left."""
        going_on = Agreement.objects.filter(series=self.series, ending__isnull=True)
        parties = Party.objects.filter(agreement__in=going_on, organisation__isnull=False, left_on=None)
        return set(parties.values_list("organisation", flat=True))


class TooLong(ValueError):
    """The list has more lines than one act takes; str() says what to do."""


def previewed(series: Series, listed: Sequence[MemberFacts], *, day: date) -> list[MemberLine]:
    """What adding the list would do, line by line; `day` is the day on which the list is brought. Raises TooLong."""
    if len(listed) > LONGEST:
        raise TooLong(
            _("一度に加えられるのは%(most)s行までです。分けて加えるか、台帳の取込みを使ってください。")
            % {"most": f"{LONGEST:,}"}
        )
    known, facts = _Known(series), Beginning(series)
    return [_line(one, known, facts, day) for one in listed]


def _line(one: MemberFacts, known: _Known, beginning: "Beginning", day: date) -> MemberLine:
    try:
        number = corporate_number(one.number) if one.number else ""
        signed = day_of(one.signed)
        partner, sentence = _partner(one, number, known)
    except (UnreadableCorporateNumber, UnreadableDay, _Problem) as problem:
        return MemberLine(one, "problem", str(problem))
    if partner in known.members:
        sentence = _("すでにこの同文協定の相手方です。加えません。")
        return MemberLine(one, "member", sentence, signed, number, partner)
    key: object = partner or number or folded_name(one.name)
    if before := known.lines_by_partner.get(key):
        return MemberLine(
            one, "problem", _("%(line)s行目と同じ相手方です。加えません。") % {"line": before}, signed
        )
    known.lines_by_partner[key] = one.line
    if signed is None:
        sentence = f"{sentence}{_('締結日は不明として加えます。')}"
    agreement = beginning.agreement(one, signed, partner, day)
    return MemberLine(one, "known" if partner else "new", sentence, signed, number, partner, agreement)


class _Problem(ValueError):
    """The line cannot be added; str() says why and what to do."""


def _partner(one: MemberFacts, number: str, known: _Known) -> tuple[int | None, str]:
    """The known partner of a line (by its number first, then by its name) and what to know of it."""
    if not one.name:
        raise _Problem(_("名称が空です。名称を入れてください。"))
    named, numbered = known.by_name.get(folded_name(one.name)), known.by_number.get(number)
    if numbered is not None:
        if numbered != named:
            return numbered, _("法人番号が同じ「%(name)s」として加えます。") % {"name": known.names[numbered]}
        return numbered, ""
    if named is None or not number:
        return named, ""
    if known.numbers.get(named):
        raise _Problem(
            _("登録されている「%(name)s」の法人番号は%(number)sです。番号か名称を確かめてください。")
            % {"name": known.names[named], "number": known.numbers[named]}
        )
    return named, _("この相手方の記録に法人番号を書き加えます。")


class Beginning:
    """What each agreement of a series begins with."""

    def __init__(self, series: Series) -> None:
        told: Mapping[str, Any] = series.facts
        self.series = series
        self.town: Municipality = series.municipality
        self.text = {name: str(told.get(name, "")) for name in TEXTS}
        self.lists = {name: tuple(map(str, told.get(name, ()))) for name in LISTS}
        self.main_field: str | None = told.get("main_field") or None
        self.is_published = bool(told.get("is_published"))

    def agreement(
        self, one: MemberFacts, signed: PartialDay | None, partner: int | None, day: date
    ) -> AgreementFacts:
        """The agreement with one partner: the clause is read from its own signing day."""
        read = proposal(self.text["clause"], signed)
        return AgreementFacts(
            title=self.text["title"] or self.series.name,
            title_kana=self.text["title_kana"],
            parties=(*self._town(), self._party(one, partner)),
            listed_on=day,
            signed=signed,
            form=Form(self.text["form"] or Form.SCHEME),
            document_kind=DocumentKind(self.text["document_kind"] or DocumentKind.AGREEMENT),
            purpose=self.text["purpose"],
            fields=self.lists["fields"],
            main_field=self.main_field,
            items=self.lists["items"],
            term=read.term if read else None,
            renewal=read.renewal if read else None,
            division_id=self.series.division_id,
            series_id=self.series.pk,
            is_published=self.is_published,
        )

    def _town(self) -> Iterator[PartyFacts]:
        yield PartyFacts(self.town.name, letter=self.text["town_letter"], is_town=True)

    def _party(self, one: MemberFacts, partner: int | None) -> PartyFacts:
        return PartyFacts(
            one.name,
            letter=self.text["partner_letter"],
            unit=one.unit,
            signatory=one.signatory,
            organisation_id=partner,
        )


def built_on(agreements: Iterable[Agreement]) -> str:
    """Why agreements that were added cannot be taken out again; "" if nothing was built on them."""
    pks = [agreement.pk for agreement in agreements]
    touched = Agreement.objects.filter(pk__in=pks, version__gt=1)
    with_documents = Agreement.objects.filter(pk__in=pks, attachments__isnull=False)
    related = Agreement.objects.filter(pk__in=pks, relations_from_others__isnull=False)
    named = (touched | with_documents | related).distinct()
    parties = Party.objects.filter(agreement__in=named, organisation__isnull=False).order_by("pk")
    names = list(parties.values_list("name_as_signed", flat=True)[:3])
    if not names:
        return ""
    return _(
        "加えた後に、変更や文書・関係の加わった協定が%(count)s件あります(%(names)s)。"
        "まとめては取り消せません。協定ごとに終了や訂正をしてください。"
    ) % {"count": named.count(), "names": "、".join(names)}
