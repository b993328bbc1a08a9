"""`./run manage import_ledger FILE --municipality 012041`: bring a ledger in at the prompt."""

import json
import os
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from renkei.ledger.models import Batch
from renkei.ledger.reading import LedgerRefused
from renkei.ledger.reports import report_of_batch, report_of_reading
from renkei.ledger.services import CommitRefused, bring, commit, read
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import UnreadableDay, read_day
from renkei.rules.municipality_code import UnreadableCode, municipality_code

NO_AGREEMENTS = "協定として読めた行がありません。見出しの行(協定名、相手方、締結日など)の下に協定が並んでいるか確かめてください。"
LARGEST = 50 * 1024 * 1024


def a_day(text: str) -> date:
    """A day in any spelling, for an option."""
    try:
        day = read_day(text).day.exact
    except UnreadableDay as error:
        raise ArgumentTypeError(str(error)) from error
    if day is None:
        raise ArgumentTypeError(f"「{text}」は日まで書いてください。例: 2024-06-01")
    return day


class Command(BaseCommand):
    help = "Reads a ledger (.xlsx .xls .ods .csv .tsv) and brings its agreements into the register."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the ledger")
        parser.add_argument("--municipality", required=True, help="団体コード, e.g. 012041")
        parser.add_argument(
            "--listed-on", type=a_day, help="the day on which the ledger was true; today by default"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and check only; nothing is stored")
        parser.add_argument("--publish", action="store_true", help="show the agreements on the public site")
        parser.add_argument("--report", metavar="FILE", help="write the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = found_municipality(options["municipality"])
        if options["report"]:
            refuse_unwritable(Path(options["report"]))
        path = Path(options["file"])
        content = content_of(path)
        listed_on = options["listed_on"] or timezone.localdate()
        try:
            if options["dry_run"]:
                ledger = read(content, file_name=path.name, municipality=municipality)
                told = report_of_reading(ledger, municipality)
            else:
                told = self.brought(content, path.name, municipality, listed_on, options["publish"])
        except (LedgerRefused, CommitRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["report"]:
            write_report(Path(options["report"]), told)
        self.tell(told, dry_run=options["dry_run"])

    def brought(
        self, content: bytes, name: str, municipality: Municipality, listed_on: date, publishes: bool
    ) -> dict[str, Any]:
        """Bring the ledger in and answer with its report."""
        batch = bring(content, file_name=name, municipality=municipality, listed_on=listed_on, actor=None)
        commit(batch, actor=None, publishes=publishes, told=self.progress)
        return report_of_batch(Batch.objects.get(pk=batch.pk))

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} / {total} 件")

    def tell(self, told: dict[str, Any], *, dry_run: bool) -> None:
        """The counts in words, then each waiting row with its reason."""
        already = told.get("already", 0)
        self.stdout.write(
            f"{told['rows']}行を読みました。協定{told['agreements']}件(うち登録済み{already}件)、"
            f"保留{told['waiting']}件、見出し{told['headings']}行、注記{told['notes']}行、空行{told['blank']}行。"
        )
        for item in told["items"]:
            if item["outcome"] == "waiting":
                self.stdout.write(f"  {item['sheet']} {item['row']}行: {item['reason']}")
        if not told["agreements"]:
            self.stdout.write(NO_AGREEMENTS)
        if dry_run:
            self.stdout.write("試し読みです。何も保存していません。")


def found_municipality(text: str) -> Municipality:
    """The municipality of a code, however it is written; a lost leading zero is repaired."""
    try:
        return Municipality.objects.get(code=municipality_code(text))
    except (UnreadableCode, Municipality.DoesNotExist) as error:
        raise CommandError(
            f"団体コード「{text}」の自治体が見つかりません。6桁のコードを確かめてください。例: 旭川市 012041"
        ) from error


def content_of(path: Path) -> bytes:
    """The bytes of the file, if it is there and not too large."""
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(
                f"{path}は{LARGEST // 1024**2} MBを超えています。年度や部署で分けて、別々に取り込んでください。"
            )
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            f"{path}を開けません({error.strerror})。ファイルの名前と場所を確かめてください。"
        ) from error


def refuse_unwritable(path: Path) -> None:
    """Before anything is brought in: a report that cannot be written must not come to light afterwards."""
    place = path if path.exists() else path.parent
    if path.is_dir() or not os.access(place, os.W_OK):
        raise CommandError(
            f"報告を{path}に書けません。何も取り込んでいません。書ける場所を指定して、もう一度実行してください。"
        )


def write_report(path: Path, told: dict[str, Any]) -> None:
    """The report as JSON, in UTF-8."""
    try:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2), encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"報告を{path}に書けません({error.strerror})。書ける場所を指定してください。"
        ) from error
