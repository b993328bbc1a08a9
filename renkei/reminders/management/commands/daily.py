"""`./run manage daily --on DATE`: the daily work of every town, or of one."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.municipalities.models import Municipality
from renkei.reminders.daily import do_day
from renkei.rules.japanese_calendar import UnreadableDay, japanese_date, read_day


class Command(BaseCommand):
    help = "Does the daily work: deadlines, reminders, digests, and what other rooms do once a day. May be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", default="", help="the day in any spelling; today if not given")
        parser.add_argument("--town", default="", help="the six-digit code; every town if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        day = asked_day(options["on"])
        towns = Municipality.objects.taking_part()
        if options["town"]:
            towns = towns.filter(code=options["town"])
        failed = False
        for town in towns:
            work = do_day(town, day, timezone.now())
            if work is None:
                told = [_("この日の仕事は済んでいるか、ほかの機械が行っています。")]
            else:
                told = [*work.done, *work.problems]
                failed = failed or bool(work.problems)
            self.stdout.write(f"{town} {japanese_date(day)}: {' '.join(told)}")
        if not towns:
            raise CommandError(_("台帳を使う自治体がありません。団体コードを確かめてください。"))
        if failed:
            raise CommandError(
                _("一部ができませんでした。上の行を見て原因を直し、もう一度実行してください。")
            )


def asked_day(text: str) -> date:
    """The day of the text, or today."""
    if not text:
        return timezone.localdate()
    try:
        day = read_day(text).day.exact
    except UnreadableDay as error:
        raise CommandError(str(error)) from error
    if day is None:
        raise CommandError(_("「%(text)s」は日まで書いてください。例: 2026-11-26") % {"text": text})
    return day
