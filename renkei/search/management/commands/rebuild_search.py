"""`./run manage rebuild_search`: the index, made anew from the records."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.search.index import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew from the records; searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(told=self.told)
        self.stdout.write(f"{count}件の協定から検索の索引を作りました。")

    def told(self, done: int, total: int) -> None:
        self.stderr.write(f"{done} / {total} 件")
