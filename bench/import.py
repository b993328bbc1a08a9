# ruff: noqa: N999 (the command is `./run bench import`)
"""`./run bench import`: a 20,000-row xlsx from file to register, against the bare read of the same file.

Ours: reading, columns, checks, known agreements, rows kept for the preview, then the commit into the register.
Bare: every cell of the file as Python values, by the same reader of the format, and by openpyxl beside it.
Two thirds of the rows tell their term in a clause. Afterwards: the first search, and taking the import back.
"""

import sys
import time
from datetime import date
from pathlib import Path
from random import Random

from bench import _words as words
from bench._databases import arguments, on_each_database

ROWS = 20_000
HEADER = ("番号", "協定の名称", "協定締結先", "締結年月日", "担当課", "分野", "有効期間", "備考")
CLAUSES = (
    "締結の日から1年間とする。ただし、期間満了の{months}か月前までに申出がないときは、さらに1年間更新し、以後も同様とする。",
    "協定締結の日から令和{year}年3月31日まで。満了の1か月前までに書面による申出がないときは1年間自動更新",
    "令和6年4月1日から令和{year}年3月31日までとする。",
    "期間の定めなし。",
    "締結日から{months}年間",
)
LISTED = date(2026, 4, 1)


def main() -> int:
    options = arguments("import", (__doc__ or "").split("\n")[0])
    options.set_defaults(size=ROWS)
    asked = options.parse_args()
    if not asked.inside:
        return on_each_database("bench.import", asked)
    measure(asked.inside, a_ledger(asked.folder / f"ledger-with-terms-{asked.size}.xlsx", asked.size))
    return 0


def a_ledger(path: Path, rows: int) -> Path:
    """A ledger as a clerk keeps it, the same at every run."""
    import xlsxwriter

    if path.exists():
        return path
    random = Random(rows)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("協定一覧")
        as_day = workbook.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            said = {"goods": random.choice(words.GOODS), "help": random.choice(words.HELP), "town": "見本市"}
            said |= {"partner": "見本社", "other": "見本町"}
            line, _kind = random.choice(words.LINES)
            place = random.choice(words.PLACES) + random.choice(words.PLACES)
            sheet.write_row(
                number,
                0,
                [number, random.choice(words.DISASTER).format(**said), f"{place}{line}{number % 997}"],
            )
            sheet.write_datetime(
                number, 3, date(1990 + random.randrange(36), 1 + number % 12, 1 + number % 28), as_day
            )
            division, note = random.choice(words.DIVISIONS)[1], "" if number % 9 else "更新あり"
            sheet.write_row(number, 4, [division, "防災", a_clause(random) if number % 3 else "", note])
    return path


def a_clause(random: Random) -> str:
    """A clause on the term, as towns write them over and over."""
    return random.choice(CLAUSES).format(months=random.randrange(1, 7), year=random.randrange(7, 20))


def bare_read(path: Path) -> int:
    """All cells of all sheets."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)


def read_by_openpyxl(path: Path) -> int:
    """All cells of all sheets, by the reader that most programs use."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True)
    return sum(len([*sheet.iter_rows(values_only=True)]) for sheet in workbook.worksheets)


def measure(database: str, path: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from bench._peers import fastest
    from renkei.agreements.audience import Audience
    from renkei.ledger import services
    from renkei.municipalities.models import Municipality
    from renkei.search.finding import Asked, find

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    town = Municipality.objects.get(code="131016")
    bare, peer = fastest(lambda: bare_read(path), 3), fastest(lambda: read_by_openpyxl(path), 1)
    content = path.read_bytes()
    with transaction.atomic():  # taken back at the end: the next run starts with the same register
        begin = time.perf_counter()
        batch = services.bring(content, file_name=path.name, municipality=town, listed_on=LISTED, actor=None)
        brought = time.perf_counter()
        services.commit(batch, actor=None)
        done = time.perf_counter()
        agreements = batch.rows.exclude(agreement=None).count()
        begin_search = time.perf_counter()
        found = find(Asked("防災", Audience(town, internal=True), day=LISTED)).total
        searched = time.perf_counter()
        services.undo(batch, actor=None)
        undone = time.perf_counter()
        transaction.set_rollback(True)
    batch.content.delete(save=False)
    print(
        f"\nimport of {batch.total:,} rows, {database}: {agreements:,} agreements\n"
        f"  bare read {bare:.2f} s, by openpyxl {peer:.2f} s\n"
        f"  read, checked and laid out {brought - begin:.2f} s ({(brought - begin) / bare:.1f}×)\n"
        f"  committed {done - brought:.2f} s; in all {done - begin:.2f} s: {(done - begin) / bare:.1f}× the bare read, "
        f"{(done - begin) / peer:.1f}× openpyxl's\n"
        f"  first search with all of it waiting to be merged {searched - begin_search:.2f} s ({found:,} found); "
        f"taken back {undone - searched:.2f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
