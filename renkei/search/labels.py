"""Names of facets and of their values, in the reader's language and in few queries."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Field
from renkei.agreements.vocabulary import Form
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import japanese_year, short_japanese_date

FACET_NAMES = {
    "state": gettext_lazy("状態"),
    "form": gettext_lazy("協定形態"),
    "field": gettext_lazy("分野"),
    "kind": gettext_lazy("相手方の区分"),
    "division": gettext_lazy("担当課"),
    "year": gettext_lazy("締結年"),
    "municipality": gettext_lazy("自治体"),
}
STATE_NAMES = {
    "in_force": gettext_lazy("有効"),
    "ended": gettext_lazy("終了"),
    "not_yet": gettext_lazy("開始前"),
    "unknown": gettext_lazy("不明"),
}
LONGEST = 40
"""Letters of a value that nobody knows: it comes from the address, and is shown as it was asked."""


def labels(facet: str, values: Iterable[str], audience: Audience) -> dict[str, str]:
    """The name of each value; a value without a name is shown as it was asked."""
    wanted = list(values)
    named = NAMERS[facet](wanted, audience)
    return {value: named.get(value) or value[:LONGEST] for value in wanted}


def field_names() -> dict[str, str]:
    """Name by slug, in the vocabulary's order."""
    return {slug: english if get_language() == "en" else name for slug, name, english in _fields()}


@lru_cache(maxsize=1)
def _fields() -> tuple[tuple[str, str, str], ...]:
    """Kept: the vocabulary comes with a release."""
    return tuple(Field.objects.order_by("position").values_list("slug", "name", "english_name"))


def _of_vocabulary(names: dict[str, str]) -> dict[str, str]:
    return {value: str(name) for value, name in names.items()}


def _years(values: list[str], audience: Audience) -> dict[str, str]:
    named = {"unknown": _("締結年不明")}
    for value in values:
        if value.isascii() and value.isdigit() and len(value) == 4 and value > "1000":
            named[value] = _("%(year)s年(%(japanese)s)") % {
                "year": value,
                "japanese": japanese_year(date(int(value), 12, 31)),
            }
    return named


def _divisions(values: list[str], audience: Audience) -> dict[str, str]:
    """Divisions that the audience may know of: its own town's, or those that hold a published agreement."""
    known = Division.objects.filter(
        pk__in=[value for value in values if value.isdecimal() and len(value) < 18]
    )
    if audience.municipality:
        known = known.of(audience.municipality, with_portions=True)
    if not audience.internal:
        known = known.filter(Exists(Agreement.objects.published().filter(division=OuterRef("pk"))))
    return {"none": _("担当課なし")} | {str(division.pk): _division(division) for division in known}


def _division(division: Division) -> str:
    if division.portion_of_id and (step := division.successions.first()):
        return _("%(division)s(%(day)sから%(successor)s)") % {
            "division": division.whole,
            "day": short_japanese_date(step.on),
            "successor": step.successor,
        }
    if division.closed_on is None:
        return str(division)
    return _("%(division)s(%(day)sまで)") % {
        "division": division,
        "day": short_japanese_date(division.closed_on),
    }


def _municipalities(values: list[str], audience: Audience) -> dict[str, str]:
    known = _towns()
    return {value: known[value] for value in values if value in known}


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    """Kept: names and codes of towns come with a release."""
    rows = Municipality.objects.values_list("code", "prefecture", "name")
    return {code: name if name == prefecture else f"{prefecture} {name}" for code, prefecture, name in rows}


NAMERS: dict[str, Callable[[list[str], Audience], dict[str, str]]] = {
    "state": lambda _values, _audience: _of_vocabulary(STATE_NAMES),  # type: ignore[arg-type]
    "form": lambda _values, _audience: _of_vocabulary(dict(Form.choices)),  # type: ignore[arg-type]
    "field": lambda _values, _audience: field_names(),
    "kind": lambda _values, _audience: _of_vocabulary(dict(PartnerKind.choices)),  # type: ignore[arg-type]
    "division": _divisions,
    "year": _years,
    "municipality": _municipalities,
}
