"""The list of agreements for disasters that a town publishes: one line for each, the kinds of help as eight columns."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch

from renkei.agreements.models import Agreement, Party
from renkei.disasters.agreements import for_disasters
from renkei.disasters.models import Capability
from renkei.disasters.table_file import workbook
from renkei.disasters.vocabulary import PUBLISHED_COLUMNS, published_column
from renkei.municipalities.models import Municipality
from renkei.rules.written_cells import neutral

HEADS = ("市町村名", "№", "協定の名称", "協定相手方", *PUBLISHED_COLUMNS, "主な内容")
WIDTHS = (12, 6, 40, 34, *(8 for _one in PUBLISHED_COLUMNS[:-1]), 26, 34)
OTHER = PUBLISHED_COLUMNS[-1]
MARK = "○"


def published_rows(town: Municipality, day: date) -> Iterator[list[str]]:
    """One line for each published agreement in force: ○ under what is done; その他 holds the words themselves.

    Neither contacts nor amounts, conditions and costs are told; individuals are not named.
    """
    found = for_disasters(town, day).published().order_by("signed_on", "pk")
    parties = Party.objects.exclude(organisation=None).select_related("organisation")
    shown = found.prefetch_related(Prefetch("parties", parties))
    does: dict[int, list[Capability]] = {}
    for one in Capability.objects.of(town).current().filter(agreement__in=found.order_by().values("pk")):
        does.setdefault(one.agreement_id, []).append(one)
    for number, agreement in enumerate(shown, start=1):
        yield _row(town, number, agreement, does.get(agreement.pk, []), day)


def _row(
    town: Municipality, number: int, agreement: Agreement, does: list[Capability], day: date
) -> list[str]:
    partners = "、".join(one.public_name for one in agreement.parties.all() if one.is_present_on(day))
    under: dict[str, list[str]] = {}
    for one in does:
        under.setdefault(published_column(one.function), []).append(_words(one))
    cells = [MARK if name in under else "" for name in PUBLISHED_COLUMNS[:-1]]
    other = "、".join(dict.fromkeys(under.get(OTHER, [])))
    words = "、".join(dict.fromkeys(_words(one) for one in does))
    return [town.name, str(number), agreement.title, partners, *cells, other, words]


def _words(capability: Capability) -> str:
    label = str(capability.get_function_display())
    return f"{label}({capability.goods})" if capability.goods else label


def published_csv(town: Municipality, day: date) -> bytes:
    """The list as CSV with the mark by which spreadsheets know UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for row in ([*HEADS], *published_rows(town, day)):
        writer.writerow([neutral(cell) for cell in row])
    return f"\ufeff{file.getvalue()}".encode()


def published_workbook(town: Municipality, day: date) -> bytes:
    """The list as a workbook."""
    return workbook(list(zip(HEADS, WIDTHS, strict=True)), published_rows(town, day), {})


def published_file(town: Municipality, day: date, kind: str) -> bytes:
    """The list as one of its two kinds of files."""
    return published_csv(town, day) if kind == "csv" else published_workbook(town, day)
