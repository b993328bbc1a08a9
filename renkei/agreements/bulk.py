"""The same change of many agreements, worked out before it is made: what each says now, would say, or why not."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement, Field, Series
from renkei.agreements.permissions import why_not_change_of, why_not_change_series
from renkei.agreements.vocabulary import BulkFact, Form
from renkei.audit.models import Entry
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality

MOST = 2000
"""Agreements in one act: as many as can be looked through, and written while a person waits."""
CHUNK = 500


@dataclass(frozen=True)
class Wanted:
    """What all of them shall say: the fact, the value as it is kept, and in words."""

    fact: BulkFact
    value: Any
    words: str


@dataclass(frozen=True)
class Line:
    """One agreement of the selection: before and after as kept and in words; `refusal` says why it is left out."""

    agreement: Agreement
    before: Any
    after: Any
    before_words: str
    after_words: str
    refusal: str = ""


class UnknownValue(LookupError):
    """No such division, field, series or form in the town; str() says what to do."""


def wanted(fact: BulkFact, value: str, municipality: Municipality) -> Wanted:
    """The value as an address or form writes it; "" is none for a division or series. Raises UnknownValue."""
    kept, words = _READERS[fact](value, municipality)
    return Wanted(fact, kept, words)


def why_not_at_all(asked: Wanted, user: User, *, day: date) -> str | None:
    """None if the person may do it to any agreement; who puts agreements into a series changes the series too."""
    if asked.fact != BulkFact.SERIES or asked.value is None:
        return None
    series = Series.objects.of(user.municipality).get(pk=asked.value)
    return why_not_change_series(user, series, day=day)


def selected(municipality: Municipality, ids: Sequence[str]) -> Iterator[Agreement]:
    """The town's agreements of these public ids, in few queries, however many they are."""
    for start in range(0, len(ids), CHUNK):
        some = Agreement.objects.of(municipality).filter(public_id__in=ids[start : start + CHUNK])
        yield from some.with_everything().order_by("pk")


def lines(
    agreements: Iterable[Agreement], asked: Wanted, seen: Mapping[str, int], user: User, *, day: date
) -> Iterator[Line]:
    """What the change does to each; who may not, what somebody changed since, and what is so already is left out.

    `seen` holds the version that the person saw, by public id; agreements without one are as they are now.
    """
    why_not = rights_of(user, day=day)
    for agreement in agreements:
        before, words = value_of(agreement, asked.fact)
        after = _after(agreement, asked, before)
        refusal = _refusal(agreement, seen, why_not) or (
            "" if before != after else _("すでにそうなっています。")
        )
        yield Line(agreement, before, after, words, asked.words, refusal)


def rights_of(user: User, *, day: date) -> Callable[[Agreement], str | None]:
    """Why the person may not change an agreement, asked of many: roles and divisions are read once."""
    person, lineage = _Remembered(user), Lineage(user.municipality)

    def why_not(agreement: Agreement) -> str | None:
        holder = lineage.on(agreement.division_id, day) if agreement.division_id else None
        return why_not_change_of(person, holder, day)

    return why_not


def value_of(agreement: Agreement, fact: BulkFact) -> tuple[Any, str]:
    """What the agreement says now, as kept and in words; read it `.with_everything()`."""
    if fact == BulkFact.MAIN_FIELD:
        links = [[link.field.slug, link.is_main] for link in agreement.field_links.all()]
        main = [str(link.field) for link in agreement.field_links.all() if link.is_main]
        return sorted(links), main[0] if main else _("なし")
    if fact == BulkFact.PUBLISHED:
        return agreement.is_published, _published(agreement.is_published)
    if fact == BulkFact.FORM:
        return agreement.form, agreement.get_form_display()
    related = getattr(agreement, fact)
    return (related.pk, str(related)) if related else (None, _("なし"))


def changed_since(agreement: Agreement) -> str:
    """Who changed it meanwhile, as it was told."""
    told = Entry.objects.about(
        subject_type=agreement._meta.label_lower, subject_id=agreement.public_id
    ).filter(municipality=agreement.municipality)
    latest = told.first()
    if latest is None:
        return _("ほかの人が先に変更しました。")
    return _("ほかの人が先に変更しました: %(sentence)s") % {"sentence": latest.sentence}


class _Remembered:
    """A person whose roles are asked of the database once."""

    def __init__(self, user: User) -> None:
        self._holds, self._works_for = cache(user.holds), cache(user.works_for)

    def holds(self, *roles: Role, day: date) -> bool:
        return self._holds(*roles, day=day)

    def works_for(self, division: Division | None, *, day: date) -> bool:
        return self._works_for(division, day=day)


def _refusal(
    agreement: Agreement, seen: Mapping[str, int], why_not: Callable[[Agreement], str | None]
) -> str:
    if reason := why_not(agreement):
        return reason
    if seen.get(agreement.public_id, agreement.version) != agreement.version:
        return changed_since(agreement)
    return ""


def _after(agreement: Agreement, asked: Wanted, before: Any) -> Any:
    """The value as it will be kept; of fields, the other ones stay."""
    if asked.fact != BulkFact.MAIN_FIELD:
        return asked.value
    others = [[slug, False] for slug, _is_main in before if slug != asked.value]
    return sorted([*others, [asked.value, True]])


def _published(value: bool) -> str:
    return _("公開") if value else _("非公開")


def _division(value: str, municipality: Municipality) -> tuple[int | None, str]:
    if not value:
        return None, _("なし")
    division = Division.objects.of(municipality).filter(public_id=value).first()
    if division is None:
        raise UnknownValue(_("担当課が見つかりません。一覧から選んでください。"))
    return division.pk, str(division)


def _series(value: str, municipality: Municipality) -> tuple[int | None, str]:
    if not value:
        return None, _("なし")
    series = Series.objects.of(municipality).filter(public_id=value).first()
    if series is None:
        raise UnknownValue(_("同文協定が見つかりません。一覧から選んでください。"))
    return series.pk, str(series)


def _field(value: str, _municipality: Municipality) -> tuple[str, str]:
    field = Field.objects.filter(slug=value).first()
    if field is None:
        raise UnknownValue(_("分野が見つかりません。一覧から選んでください。"))
    return field.slug, str(field)


def _form(value: str, _municipality: Municipality) -> tuple[str, str]:
    if value not in Form:
        raise UnknownValue(_("協定形態が見つかりません。一覧から選んでください。"))
    return value, str(Form(value).label)


def _is_published(value: str, _municipality: Municipality) -> tuple[bool, str]:
    if value not in ("yes", "no"):
        raise UnknownValue(_("公開するか、公開を取りやめるかを選んでください。"))
    return value == "yes", _published(value == "yes")


_READERS: dict[BulkFact, Callable[[str, Municipality], tuple[Any, str]]] = {
    BulkFact.DIVISION: _division,
    BulkFact.MAIN_FIELD: _field,
    BulkFact.PUBLISHED: _is_published,
    BulkFact.SERIES: _series,
    BulkFact.FORM: _form,
}
