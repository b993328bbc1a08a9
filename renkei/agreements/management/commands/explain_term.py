"""Reads a term clause and says which days follow; it asks nothing of the database."""

import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renkei.rules.clauses import Reading, read_clause
from renkei.rules.japanese_calendar import PartialDay, UnreadableDay, both_calendars, read_day

KINDS = {
    "automatic": "自動更新",
    "by_agreement": "協議により更新",
    "until_notice": "通知があるまで有効",
    "assembly": "議会の議決による",
    "none": "更新なし",
}


class Command(BaseCommand):
    help = "協定の期間の条文を読み、始まりと終わりの日、更新、通知の期限と、その導き方を示します。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clause", help="期間の条文。「-」なら標準入力から読みます。")
        parser.add_argument(
            "--signed", metavar="日", help="締結日。2024-06-01 でも 令和6年6月1日 でもかまいません。"
        )
        parser.add_argument(
            "--effective", metavar="日", help="効力の発生する日(条文が「効力発生の日」とだけ言うとき)。"
        )
        parser.add_argument("--json", action="store_true", help="JSONで出します。")

    def handle(self, *args: Any, clause: str, **options: Any) -> None:
        text = sys.stdin.read() if clause == "-" else clause
        effective = day_of(options["effective"], "--effective")
        if effective is not None and effective.exact is None:
            raise CommandError("--effective には年月日まで入れてください。例: 2024-06-01")
        reading = read_clause(
            text,
            signed=day_of(options["signed"], "--signed"),
            effective=effective.exact if effective else None,
        )
        if options["json"]:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines_of(reading)))


def day_of(text: str | None, option: str) -> PartialDay | None:
    if text is None:
        return None
    try:
        return read_day(text).day
    except UnreadableDay as refusal:
        raise CommandError(f"{option} の日が読めません。{refusal}") from None


def lines_of(reading: Reading) -> list[str]:
    if not reading.readable:
        return ["読めません", f"理由        {reading.explanation}"]
    lines = [
        f"始まりの日  {shown(reading.first_day, '分かりません')}",
        f"終わりの日  {shown(reading.last_day, '分からないか、定めがありません')}",
    ]
    if reading.other_reading:
        lines.append(
            f"別の読み方  {both_calendars(reading.other_reading.last_day)} {reading.other_reading.reason}"
        )
    if reading.renewal:
        months = f"({reading.renewal.months}か月)" if reading.renewal.months else ""
        lines.append(f"更新        {KINDS[reading.renewal.kind]}{months}")
    lines.append(f"通知の期限  {shown(reading.notice_deadline, '計算できる定めはありません')}")
    for number, term in enumerate(reading.next_terms, start=1):
        lines.append(f"更新{number}回目   {shown(term.first, '')}から{shown(term.last, '')}まで")
    return [*lines, f"導き方      {reading.explanation}"]


def shown(day: date | None, unknown: str) -> str:
    return both_calendars(day) if day else unknown
