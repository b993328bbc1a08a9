"""The log as it leaves: CSV for reading in a spreadsheet, JSON lines that an outsider can prove."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.audit.models import TOLD, Entry, EntryQuerySet, told
from renkei.audit.words import changes_of, kind_of_record

BYTE_ORDER_MARK = "\ufeff"
LIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet would take for a formula."""
IN_ONE_READING = 500


def csv_lines(entries: EntryQuerySet) -> Iterator[str]:
    """The entries as CSV: byte order mark, CRLF, no live formula."""
    head = [
        _("通し番号"), _("日時"), _("文"), _("した人"), _("対象の種類"), _("対象"), _("対象のID"), _("理由"),
        _("変更の前と後"), _("前のダイジェスト"), _("ダイジェスト"),
    ]  # fmt: skip
    rows = (_cells(entry) for entry in entries.iterator(IN_ONE_READING))
    return (f"{mark}{_line(cells)}" for mark, cells in _marked(chain([head], rows)))


def json_lines(entries: EntryQuerySet) -> Iterator[str]:
    """One JSON object a line: `told` is what the digest is made of, in its order; the sentence is for the reader."""
    for entry in entries.iterator(IN_ONE_READING):
        line = {
            "told": told(*(getattr(entry, name) for name in TOLD)),
            "digest": entry.digest,
            "sentence": entry.sentence,
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"


def _marked(rows: Iterable[list[str]]) -> Iterator[tuple[str, list[str]]]:
    for number, row in enumerate(rows):
        yield "" if number else BYTE_ORDER_MARK, row


def _cells(entry: Entry) -> list[str]:
    changes = [f"{one.label}: {'、'.join(one.before)} → {'、'.join(one.after)}" for one in changes_of(entry)]
    return [
        str(entry.number), timezone.localtime(entry.at).isoformat(timespec="seconds"), entry.sentence,
        entry.actor_name, kind_of_record(entry.subject_type), entry.subject_name, entry.subject_id, entry.reason,
        "\n".join(changes), entry.previous_digest, entry.digest,
    ]  # fmt: skip


def _line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([f"'{cell}" if cell.startswith(LIVE) else cell for cell in cells])
    return written.getvalue()
