"""What an agreement says as of a day: the amendments that come into effect later are laid back."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Amendment, Attachment, Item, Party, RenewalRule, Term
from renkei.agreements.spans import span_on
from renkei.agreements.term_rows import TermRow, rows_of, term_from
from renkei.rules.japanese_calendar import japanese_date

ONE_DAY = timedelta(days=1)
AgreementText = dict[str, Any]
RULE = ("kind", "months", "notice_months", "notice_days", "notice_effect", "clause")


def text_of(agreement: Agreement) -> AgreementText:
    """What amendments may change, as plain values by the name of the fact."""
    rule = RenewalRule.objects.filter(agreement=agreement).values(*RULE).first()
    parties = list(Party.objects.filter(agreement=agreement).order_by("position"))
    return {
        "title": agreement.title,
        "purpose": agreement.purpose,
        "items": list(
            Item.objects.filter(agreement=agreement).order_by("position").values_list("heading", flat=True)
        ),
        "parties": [party.pk for party in parties],
        "duties": {str(party.pk): party.duties for party in parties if party.duties},
        "terms": rows_of(agreement),
        "rule": rule,
    }


def as_of(agreement: Agreement, day: date) -> Agreement:
    """A copy of the agreement that says what stood on the day; never to be saved."""
    later = [one for one in agreement.amendments.all() if one.on > day]
    if not later:
        return agreement
    former: AgreementText = {}
    for amendment in reversed(later):
        former |= amendment.former
    shown = copy.copy(agreement)
    shown.__dict__["_prefetched_objects_cache"] = dict(getattr(agreement, "_prefetched_objects_cache", {}))
    shown.title = former.get("title", shown.title)
    shown.purpose = former.get("purpose", shown.purpose)
    _lay_lists(shown, agreement, former)
    if "rule" in former:
        rule = former["rule"]
        confirmed = getattr(getattr(agreement, "renewal_rule", None), "last_confirmed_on", None)
        shown._state.fields_cache["renewal_rule"] = (
            RenewalRule(agreement=agreement, last_confirmed_on=confirmed, **rule) if rule else None
        )
    return shown


def _lay_lists(shown: Agreement, agreement: Agreement, former: AgreementText) -> None:
    if "items" in former:
        rows = [
            Item(agreement=agreement, position=place, heading=heading)
            for place, heading in enumerate(former["items"], start=1)
        ]
        _lay(shown, "items", rows)
    if "parties" in former or "duties" in former:
        parties = [copy.copy(party) for party in agreement.parties.all()]
        if "duties" in former:
            for party in parties:
                party.duties = former["duties"].get(str(party.pk), "")
        _lay(
            shown,
            "parties",
            [one for one in parties if one.pk in former.get("parties", [p.pk for p in parties])],
        )
    if "terms" in former:
        _lay(shown, "terms", list(_former_terms(agreement, former["terms"])))


def _former_terms(agreement: Agreement, rows: Iterable[TermRow]) -> Iterable[Term]:
    """The terms as they stood, but no longer than the agreement was really in force."""
    stored = [term.in_force_until for term in agreement.terms.all()]
    over = None if None in stored or not stored else max(day for day in stored if day)
    for row in rows:
        term = term_from(agreement, row)
        if over and (term.in_force_until is None or term.in_force_until > over):
            term.in_force_until = over
        if over is None or term.starts_on <= over:
            yield term


def _lay(shown: Agreement, name: str, rows: list[Any]) -> None:
    """Let the related rows of the copy be these, as a prefetch would."""
    related: models.QuerySet[Any] = getattr(shown, name).all()
    laid = related._chain()  # type: ignore[attr-defined]
    laid._result_cache, laid._prefetch_done = rows, True
    shown._prefetched_objects_cache[name] = laid  # type: ignore[attr-defined]


@dataclass(frozen=True)
class ChangedFact:
    """What an amendment changed of one fact, in words."""

    name: str
    former: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True)
class ShownAmendment:
    """An amendment as a page tells it; `is_ahead` where it is not yet in effect."""

    on: date
    signed_on: date | None
    summary: str
    attachment: Attachment | None
    facts: tuple[ChangedFact, ...]
    is_ahead: bool


def amendments_of(agreement: Agreement, day: date, *, internal: bool) -> list[ShownAmendment]:
    """All amendments with what the agreement said before and after, the latest first."""
    names = {
        party.pk: party.name_as_signed if internal else party.public_name
        for party in Party.objects.filter(agreement=agreement).select_related("organisation")
    }
    found = [
        ShownAmendment(
            on=one.on,
            signed_on=one.signed_on,
            summary=one.summary,
            attachment=one.attachment if internal else None,
            facts=tuple(_facts(agreement, one, names)),
            is_ahead=one.on > day,
        )
        for one in agreement.amendments.select_related("attachment__document")
    ]
    return found[::-1]


def _facts(agreement: Agreement, amendment: Amendment, names: dict[int, str]) -> Iterable[ChangedFact]:
    words = {
        "title": _("協定名"),
        "purpose": _("目的"),
        "items": _("連携事項"),
        "parties": _("当事者"),
        "duties": _("役割・責任"),
        "terms": _("期間"),
        "rule": _("更新の定め"),
    }
    for name, word in words.items():
        if name == "terms" and name in amendment.former:
            former, later = as_of(agreement, amendment.on - ONE_DAY), as_of(agreement, amendment.on)
            yield ChangedFact(word, _term_on(former, amendment.on), _term_on(later, amendment.on))
        elif name in amendment.former:
            before, after = (_words(name, side[name], names) for side in (amendment.former, amendment.later))
            yield ChangedFact(word, before, after)


def _words(name: str, value: Any, names: dict[int, str]) -> tuple[str, ...]:
    if name == "items":
        return tuple(value)
    if name == "parties":
        return tuple(names[pk] for pk in value if pk in names)
    if name == "duties":
        return tuple(f"{names[int(pk)]}: {text}" for pk, text in value.items() if int(pk) in names)
    if name == "rule":
        return _rule_in_words(value)
    return (value,) if value else ()


def _term_on(agreement: Agreement, day: date) -> tuple[str, ...]:
    """The term that runs on the day, in words."""
    span = span_on(agreement, day)
    if span is None:
        return ()
    if span.last is None:
        return (_("%(first)sから(終わりの定めなし)") % {"first": japanese_date(span.first)},)
    days = {"first": japanese_date(span.first), "last": japanese_date(span.last)}
    return (_("%(first)sから%(last)sまで") % days,)


def _rule_in_words(row: dict[str, Any] | None) -> tuple[str, ...]:
    if row is None:
        return ()
    rule = RenewalRule(**row)
    said = [str(rule)]
    if rule.months:
        said.append(_("%(months)sか月ずつ") % {"months": rule.months})
    if rule.notice_months:
        said.append(_("通知は%(months)sか月前まで") % {"months": rule.notice_months})
    if rule.notice_days:
        said.append(_("通知は%(days)s日前まで") % {"days": rule.notice_days})
    if rule.notice_effect:
        said.append(rule.get_notice_effect_display())
    return (*said, rule.clause) if rule.clause else tuple(said)
