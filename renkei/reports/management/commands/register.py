"""`./run manage register --on 2024-06-01`: the agreements in force on a day, counted."""

import json
import unicodedata
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from renkei.agreements.audience import Audience
from renkei.municipalities.models import Municipality
from renkei.reports.figures import Figures, PeriodRefused, Row, divisions_of_all_towns, register_on
from renkei.rules.japanese_calendar import UnreadableDay, both_calendars, read_day
from renkei.rules.municipality_code import UnreadableCode, municipality_code

TABLES = (
    ("by_form", "協定形態"),
    ("by_field", "分野(一つの協定が複数の分野に数えられます)"),
    ("by_partner_kind", "相手方の区分(一つの協定が複数の区分に数えられます)"),
    ("by_division", "担当課(この日に仕事を受け持つ課)"),
    ("by_year", "締結した年"),
)


class Command(BaseCommand):
    help = (
        "Counts the agreements in force on a day, and those of them signed in the year before or since a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", default="", help="数える日。書かなければ今日")
        parser.add_argument("--since", default="", help="締結の期間の始まり。書かなければ1年前の翌日")
        parser.add_argument(
            "--municipality", default="", help="団体コード(6桁)。書かなければ、この台帳を使う自治体"
        )
        parser.add_argument("--public", action="store_true", help="公開されている協定だけを数える")
        parser.add_argument("--json", action="store_true", help="JSONで書き出す")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("ja"):
            on = read(options["on"], "--on") or timezone.localdate()
            since = read(options["since"], "--since")
            town = the_town(options["municipality"])
            audience = Audience(town, internal=not options["public"])
            try:
                figures = register_on(audience, on, since=since)
            except PeriodRefused as refusal:
                raise CommandError(str(refusal)) from refusal
            if town is None:
                figures = replace(figures, by_division=divisions_of_all_towns(audience.internal, on))
            if options["json"]:
                self.stdout.write(json.dumps(figures.as_json(), ensure_ascii=False, indent=1))
            else:
                self.stdout.write("\n".join(lines(figures, audience)))


def read(text: str, name: str) -> date | None:
    """The day in any spelling; None for an empty text, CommandError with a sentence for one that is no day."""
    if not text.strip():
        return None
    try:
        day = read_day(text).day.exact
    except UnreadableDay as error:
        raise CommandError(f"{name}: {error}") from error
    if day is None:
        raise CommandError(f"{name}: 「{text[:40]}」は日まで書いてください。例: 令和6年6月1日、2024/6/1")
    return day


def the_town(code: str) -> Municipality | None:
    """The town of the code; without one the only town that takes part, None for several; CommandError otherwise."""
    towns = Municipality.objects.taking_part()
    if code:
        try:
            return Municipality.objects.get(code=municipality_code(code))
        except UnreadableCode as refusal:
            raise CommandError(f"--municipality: {refusal}") from refusal
        except Municipality.DoesNotExist as refusal:
            raise CommandError(
                f"--municipality: 団体コード「{code[:20]}」の自治体はありません。"
            ) from refusal
    some = list(towns[:2])
    if not some:
        raise CommandError(
            "この台帳を使う自治体がまだありません。--municipality に団体コードを書いてください。"
        )
    return some[0] if len(some) == 1 else None


def lines(figures: Figures, audience: Audience) -> Iterator[str]:
    """The figures as an aligned table."""
    of = str(audience.municipality or f"{Municipality.objects.taking_part().count()}自治体の合計")
    yield f"{of}の登録簿{'' if audience.internal else '(公開されている協定)'}"
    yield ""
    yield f"{both_calendars(figures.on)} に有効な協定  {figures.total:,}件"
    yield f"  そのうち {both_calendars(figures.since)} 以降に締結  {figures.signed:,}件"
    if figures.texts is not None:
        yield f"  同文協定をまとめて数えた文面の数  {figures.texts:,}"
    for name, heading in TABLES:
        yield ""
        yield heading
        yield from table(figures.tables[name])


def table(rows: list[Row]) -> Iterator[str]:
    """Names on the left, counts on the right, one under the other."""
    shown = [pair for row in rows for pair in [(f"  {row.label}", row.count), *_below(row)]]
    widest = max((width(label) for label, _count in shown), default=0)
    digits = max((len(f"{count:,}") for _label, count in shown), default=0)
    for label, count in shown:
        yield f"{label}{' ' * (widest - width(label))}  {count:>{digits},}"
    if not shown:
        yield "  該当する協定はありません。"


def _below(row: Row) -> list[tuple[str, int]]:
    return [(f"    {one.label}", one.count) for one in row.below]


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)
