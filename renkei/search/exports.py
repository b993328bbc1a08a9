"""What a list of agreements holds, written as rows for machines and for spreadsheets. Doors add only the headers."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import IO, Any

import xlsxwriter
from django.utils.translation import override

from renkei.agreements.models import Agreement, Party, Term
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import japanese_date, japanese_partial
from renkei.search.asking import Asked
from renkei.search.finding import find_all
from renkei.search.labels import STATE_NAMES
from renkei.search.listing import in_order, partner_names

CHUNK = 500
LICENCE = "CC BY 4.0"
SEPARATOR = " | "
"""Between several values of one cell."""
FORMULA = tuple("=+-@\t\r＝＋－＠")
"""Beginnings that a spreadsheet would take for a formula."""

Address = Callable[[str], str]

PUBLIC_COLUMNS = (
    "団体コード", "自治体名", "協定ID", "協定名", "協定名のよみ", "協定形態", "文書の種別", "相手方", "相手方の区分",
    "法人番号", "締結日", "締結日(和暦)", "始期", "始期(和暦)", "終期", "終期(和暦)", "有効な最後の日", "状態", "状態の基準日",
    "更新", "主な分野", "分野", "分野コード", "担当部", "担当課", "同文協定", "目的", "連携事項", "出典", "見本", "アドレス",
)  # fmt: skip
INTERNAL_COLUMNS = ("公開", "庁内メモ", "台帳の記載")


def columns(question: Asked) -> tuple[str, ...]:
    """The heads of the table; they stay Japanese in every language, so that a program can rely on them."""
    return PUBLIC_COLUMNS + (INTERNAL_COLUMNS if question.audience.internal else ())


def csv_lines(question: Asked, address: Address) -> Iterator[str]:
    """The list as CSV for spreadsheets: byte order mark, CRLF, no live formula; raises QueryRefused at once."""
    ids = find_all(question)
    head = "\ufeff" + _csv_line(columns(question))
    rows = (cells(agreement, question, address) for agreement in agreements(ids))
    return chain([head], (_csv_line([neutral(cell) for cell in row]) for row in rows))


def workbook(question: Asked, address: Address) -> IO[bytes]:
    """The list as an .xlsx whose cells are all text, open at its beginning; raises QueryRefused."""
    ids = find_all(question)
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the caller closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet("協定一覧")
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
    sheet.freeze_panes(1, 4)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    for place, name in enumerate(columns(question)):
        sheet.set_column(place, place, WIDTHS.get(name, 14), text)
        sheet.write_string(0, place, name, head)
    for number, agreement in enumerate(agreements(ids), start=1):
        for place, cell in enumerate(cells(agreement, question, address)):
            sheet.write_string(number, place, cell[:LONGEST_CELL], text)
    book.close()
    file.seek(0)
    return file


WIDTHS = {"協定名": 48, "相手方": 36, "目的": 48, "連携事項": 40, "アドレス": 40, "担当課": 20, "分野": 28}
LONGEST_CELL = 32_767
A3 = 8
"""The number of the paper in a workbook; on it all columns of the list are legible side by side."""


def json_lines(question: Asked, address: Address) -> Iterator[str]:
    """The list as one JSON object, written agreement by agreement; raises QueryRefused at once."""
    return _json_lines(find_all(question), question, address)


def _json_lines(ids: Sequence[int], question: Asked, address: Address) -> Iterator[str]:
    head = {"on": question.day.isoformat(), "total": len(ids), "licence": LICENCE}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "agreements": ['
    for number, agreement in enumerate(agreements(ids)):
        told = json.dumps(as_json(agreement, question, address), ensure_ascii=False)
        yield f"{',' if number else ''}\n  {told}"
    yield "\n ]\n}\n"


def agreements(ids: Iterable[int]) -> Iterator[Agreement]:
    """The agreements in the order of the ids, read in chunks."""
    rest = iter(ids)
    while some := list(islice(rest, CHUNK)):
        yield from in_order(some)


def neutral(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _csv_line(row: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(row)
    return line.getvalue()


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
        agreement.get_form_display(),
        agreement.get_document_kind_display(),
        SEPARATOR.join(partner_names(agreement, question.audience)),
        SEPARATOR.join(one.get_kind_display() for one in known),
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
        rule.get_kind_display() if rule else "",
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


def as_json(agreement: Agreement, question: Asked, address: Address) -> dict[str, Any]:
    """The agreement as plain values; days as ISO text, as exactly as they are known."""
    term = the_term(agreement, question.day)
    rule = getattr(agreement, "renewal_rule", None)
    division = agreement.division
    told: dict[str, Any] = {
        "id": agreement.public_id,
        "url": address(agreement.public_id),
        "municipality": {"code": agreement.municipality.code, "name": agreement.municipality.name},
        "title": agreement.title,
        "title_kana": agreement.title_kana,
        "form": agreement.form,
        "document_kind": agreement.document_kind,
        "signed_on": agreement.signed_as or None,
        "state": agreement.state_on(question.day),
        "parties": [_party(party, question) for party in agreement.parties.all()],
        "fields": [{"slug": link.field.slug, "main": link.is_main} for link in agreement.field_links.all()],
        "division": {"department": division.department, "name": division.name} if division else None,
        "series": agreement.series.name if agreement.series else None,
        "purpose": agreement.purpose,
        "items": [item.heading for item in agreement.items.all()],
        "term": _term(term) if term else None,
        "renewal": {"kind": rule.kind, "months": rule.months} if rule else None,
        "source": agreement.source,
        "is_sample": agreement.is_sample,
    }
    if question.audience.internal:
        told |= {
            "is_published": agreement.is_published,
            "notes": agreement.notes,
            "remarks": agreement.remarks,
        }
    return told


def _party(party: Party, question: Asked) -> dict[str, Any]:
    partner: Organisation | None = party.organisation
    return {
        "letter": party.letter,
        "name": party.name_as_signed if question.audience.internal else party.public_name,
        "kind": partner.kind if partner else None,
        "corporate_number": partner.corporate_number or None if partner else None,
        "is_town": partner is None,
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "starts_on": term.starts_on.isoformat(),
        "ends_on": term.ends_on.isoformat() if term.ends_on else None,
        "in_force_until": term.in_force_until.isoformat() if term.in_force_until else None,
        "start_basis": term.start_basis,
    }
