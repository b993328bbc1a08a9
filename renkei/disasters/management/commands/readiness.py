"""`./run manage readiness --code 012041`: how ready a town is for a disaster, in words on the terminal."""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from renkei.disasters.agreements import for_disasters
from renkei.disasters.readiness.gaps import gaps_of
from renkei.disasters.readiness.one import AgreementReadiness, Tally
from renkei.disasters.readiness.single_points import single_points_of
from renkei.disasters.readiness.town import TownFacts
from renkei.disasters.readiness.whole import judged, tally_of
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import UnreadableDay, both_calendars, read_day
from renkei.rules.municipality_code import UnreadableCode, municipality_code


class Command(BaseCommand):
    help = "災害時の協定の備えを、項目ごとに数え、足りない支援と、頼りが集まっているところを示します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help="団体コード(6桁)")
        parser.add_argument("--on", default="", metavar="日", help="数える日。書かなければ今日")
        parser.add_argument("--list", action="store_true", help="協定ごとの状態も、一行ずつ書き出す")

    def handle(self, *args: Any, **options: Any) -> None:
        with override("ja"):
            facts = TownFacts(the_town(options["code"]), the_day(options["on"]))
            found = judged(for_disasters(facts.town, facts.day), facts)
            tally = tally_of(self.told(found) if options["list"] else found)
            self.stdout.write("\n".join(lines(facts, tally)))

    def told(self, agreements: Iterable[AgreementReadiness]) -> Iterator[AgreementReadiness]:
        """Each agreement, written as it comes."""
        for one in agreements:
            marks = "".join(state.mark for state in one.signs.values())
            self.stdout.write(f"{one.agreement.public_id}\t{marks}\t{one.agreement}")
            yield one


def the_town(code: str) -> Municipality:
    """The town of the code, or CommandError with a sentence."""
    try:
        return Municipality.objects.get(code=municipality_code(code))
    except UnreadableCode as refusal:
        raise CommandError(f"--code: {refusal}") from refusal
    except Municipality.DoesNotExist as refusal:
        raise CommandError(f"--code: 団体コード「{code[:20]}」の自治体はありません。") from refusal


def the_day(text: str) -> date:
    """The day in any spelling, today for none, or CommandError with a sentence."""
    if not text.strip():
        return timezone.localdate()
    try:
        day = read_day(text).day.exact
    except UnreadableDay as refusal:
        raise CommandError(f"--on: {refusal}") from refusal
    if day is None:
        raise CommandError(f"--on: 「{text[:40]}」は日まで書いてください。例: 令和6年6月1日、2024/6/1")
    return day


def lines(facts: TownFacts, tally: Tally) -> Iterator[str]:
    """The figures, the gaps and the single points."""
    yield f"{facts.town}の備え  {both_calendars(facts.day)}"
    yield f"災害時の協定{tally.agreements:,}件中{tally.complete:,}件がすべて満たす"
    for one in tally.signs:
        yield f"  {one.label}  {one.applicable:,}件中{one.fulfilled:,}件"
    gaps = gaps_of(facts)
    yield f"足りない支援  {len(gaps):,}件"
    yield from (f"  {gap.label}: {gap.sentence}" for gap in gaps)
    points = single_points_of(facts)
    yield f"頼りが一つに集まっているところ  {len(points):,}件"
    yield from (f"  {'、'.join(partner.name for partner in one.partners)}: {one.sentence}" for one in points)
