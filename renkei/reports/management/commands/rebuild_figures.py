"""`./run manage rebuild_figures`: what the register's figures are read from, made anew from the records."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.reports.services import rebuild


class Command(BaseCommand):
    help = "Makes what the register's figures are read from anew; reading and writing go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        told = self.told if options["verbosity"] > 1 else None
        wrong = rebuild(told) if told else rebuild()
        self.stdout.write(f"集計を作り直しました。台帳と違っていた協定は{wrong}件でした。")

    def told(self, done: int, total: int) -> None:
        self.stderr.write(f"{done}/{total}")
