"""`./run manage rebuild_search`: the index, made anew from the records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from renkei.search.rebuilding import RebuildRefused, rebuild


class Command(BaseCommand):
    help = "Builds the search index anew from the records; searching and writing go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = rebuild(told=self.told)
        except RebuildRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count}件の協定から検索の索引を作りました。")

    def told(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} / {total} 件")
