"""The columns of a list of agreements, and what each holds for one agreement. Heads stay Japanese in every language."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import Choices
from django.utils.translation import override

from renkei.agreements.models import Agreement, Term
from renkei.agreements.vocabulary import DocumentKind, Form, RenewalKind
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import japanese_date, japanese_partial
from renkei.rules.written_cells import SEPARATOR
from renkei.search.asking import Asked
from renkei.search.labels import STATE_NAMES
from renkei.search.listing import partner_names

Address = Callable[[str], str]

PUBLIC_COLUMNS = (
    "団体コード", "自治体名", "協定ID", "協定名", "協定名のよみ", "協定形態", "文書の種別", "相手方", "相手方の区分",
    "法人番号", "締結日", "締結日(和暦)", "始期", "始期(和暦)", "終期", "終期(和暦)", "有効な最後の日", "状態", "状態の基準日",
    "更新", "主な分野", "分野", "分野コード", "担当部", "担当課", "同文協定", "目的", "連携事項", "出典", "見本", "アドレス",
)  # fmt: skip
INTERNAL_COLUMNS = ("公開", "庁内メモ", "台帳の記載")
DAYS = ("締結日", "始期", "終期", "有効な最後の日", "状態の基準日")
"""Columns whose cells are days; one that is known only by month or year stays text."""


def columns(question: Asked) -> tuple[str, ...]:
    """The heads of the table; a program can rely on them."""
    return PUBLIC_COLUMNS + (INTERNAL_COLUMNS if question.audience.internal else ())


@cache
def named(choices: type[Choices]) -> dict[str, str]:
    """The Japanese names of choices by their values: asked a million times for a whole register."""
    with override("ja"):
        return {value: str(label) for value, label in choices.choices}


def cells(agreement: Agreement, question: Asked, address: Address) -> list[str]:
    """The row of the table, in the order of `columns`."""
    with override("ja"):
        row = [*_what_it_is(agreement, question), *_when(agreement, question.day), *_about(agreement)]
        row.append(address(agreement.public_id))
        if question.audience.internal:
            row += [
                _mark(agreement.is_published),
                agreement.notes,
                SEPARATOR.join(map(str, agreement.remarks)),
            ]
    return row


def _what_it_is(agreement: Agreement, question: Asked) -> list[str]:
    known = [party.organisation for party in agreement.parties.all() if party.organisation]
    return [
        agreement.municipality.code,
        agreement.municipality.name,
        agreement.public_id,
        agreement.title,
        agreement.title_kana,
        named(Form)[agreement.form],
        named(DocumentKind)[agreement.document_kind],
        SEPARATOR.join(partner_names(agreement, question.audience)),
        SEPARATOR.join(named(PartnerKind)[one.kind] for one in known),
        SEPARATOR.join(one.corporate_number for one in known if one.corporate_number),
    ]


def _when(agreement: Agreement, day: date) -> list[str]:
    term = the_term(agreement, day)
    rule = getattr(agreement, "renewal_rule", None)
    starts = term.starts_on if term else None
    ends = term.ends_on if term else None
    return [
        agreement.signed_as,
        japanese_partial(agreement.signed) if agreement.signed else "",
        *_in_both_calendars(starts),
        *_in_both_calendars(ends),
        term.in_force_until.isoformat() if term and term.in_force_until else "",
        str(STATE_NAMES[agreement.state_on(day)]),
        day.isoformat(),
        named(RenewalKind)[rule.kind] if rule else "",
    ]


def _about(agreement: Agreement) -> list[str]:
    links = list(agreement.field_links.all())
    division = agreement.division
    return [
        next((link.field.name for link in links if link.is_main), ""),
        SEPARATOR.join(link.field.name for link in links),
        SEPARATOR.join(link.field.slug for link in links),
        division.department if division else "",
        division.name if division else "",
        agreement.series.name if agreement.series else "",
        agreement.purpose,
        SEPARATOR.join(item.heading for item in agreement.items.all()),
        agreement.source,
        _mark(agreement.is_sample),
    ]


def _in_both_calendars(day: date | None) -> tuple[str, str]:
    return (day.isoformat(), japanese_date(day)) if day else ("", "")


def _mark(is_true: bool) -> str:
    return "○" if is_true else ""


def the_term(agreement: Agreement, day: date) -> Term | None:
    """The term that covers the day, else the latest that began before it, else the first."""
    terms = list(agreement.terms.all())
    begun = [term for term in terms if term.starts_on <= day]
    covering = [term for term in begun if term.covers(day)]
    return (covering or begun or terms[:1] or [None])[-1]  # type: ignore[list-item]
