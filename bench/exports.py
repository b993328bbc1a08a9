"""`./run bench exports`: the whole register as CSV, JSON and Excel, against a raw read of the rows into a CSV file.

The floor reads the agreements' own columns with one statement and writes them with the csv module: no parties, fields,
terms or days in two calendars. Beside the ratio stands how much the process grew while it wrote.
"""

import csv
import resource
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from tempfile import TemporaryFile

from bench._databases import arguments, on_each_database, prepare

DAY = date(2024, 6, 1)


def main() -> int:
    options = arguments("exports", (__doc__ or "").split("\n")[0]).parse_args()
    if not options.inside:
        return on_each_database("bench.exports", options)
    prepare(options.size)
    measure(options.inside, options.size)
    return 0


def grown() -> float:
    """The largest size this process has had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Seconds, growth in megabytes and what the work counted."""
    before, begin = grown(), time.perf_counter()
    counted = work()
    return time.perf_counter() - begin, grown() - before, counted


def written(pieces: Iterable[str]) -> int:
    """Write the pieces to a file; how many bytes."""
    with TemporaryFile() as file:
        return sum(file.write(piece.encode()) for piece in pieces)


def raw() -> int:
    """The floor."""
    from django.db import connection

    columns = "public_id, title, title_kana, form, document_kind, signed_as, purpose, notes, source"
    with connection.chunked_cursor() as cursor, TemporaryFile("w", newline="") as file:
        cursor.execute(f"SELECT {columns} FROM agreements_agreement ORDER BY signed_on DESC, id DESC")
        told = csv.writer(file)
        while rows := cursor.fetchmany(2000):
            told.writerows(rows)
        return file.tell()


def first_piece(pieces: Iterable[str]) -> float:
    """Seconds until something is there to send."""
    begin = time.perf_counter()
    next(iter(pieces))
    return time.perf_counter() - begin


def measure(database: str, size: int) -> None:
    """Print a line for each kind of file."""
    from renkei.agreements.audience import Audience
    from renkei.search.asking import Asked
    from renkei.search.exports import csv_lines, workbook
    from renkei.search.json_export import json_lines

    question = Asked("", Audience.public(), DAY)

    def address(public_id: str) -> str:
        return f"/agreements/{public_id}/"

    def as_workbook() -> int:
        with workbook(question, address) as file:
            return file.seek(0, 2)

    begin = first_piece(csv_lines(question, address))
    floor, _growth, _bytes = timed(raw)
    print(f"{database}, {size:,} agreements; floor {floor:.1f} s; first piece of the CSV after {begin:.2f} s")
    kinds = {
        "csv": lambda: written(csv_lines(question, address)),
        "json": lambda: written(json_lines(question, address)),
        "xlsx": as_workbook,
    }
    for name, work in kinds.items():
        seconds, growth, size_of_file = timed(work)
        print(
            f"  {name:5} {seconds:7.1f} s  {size / seconds:8,.0f} rows/s  {seconds / floor:6.1f} × floor  "
            f"+{growth:.0f} MB  {size_of_file / 1e6:,.0f} MB written"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
