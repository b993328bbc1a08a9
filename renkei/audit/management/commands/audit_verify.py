"""`./run manage audit_verify`: prove that the log is as it was told."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renkei.audit.kept import HeadsRefused, KeptHead, read_heads
from renkei.audit.verification import chains, faults_of_triggers


class Command(BaseCommand):
    help = "Checks every told event and the end of each chain; names each fault in a sentence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            "--against",
            dest="heads",
            action="append",
            default=[],
            metavar="FILE",
            help="heads kept outside the machine: a mail as saved, or what audit_head or backup_check printed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths = options["heads"] if isinstance(options["heads"], list) else [options["heads"]]
        kept = [head for path in paths for head in heads_in(path)]
        wrong = checked = 0
        for chain in chains(kept):
            for fault in chain.faults():
                self.stdout.write(fault)
                wrong += 1
            checked += chain.checked
        for fault in faults_of_triggers():
            self.stdout.write(fault)
            wrong += 1
        if wrong:
            raise CommandError(f"記録に{wrong}件の異常があります。上の文を監査の担当に見せてください。")
        against = f"外の控え{len(kept)}件とも合っています。" if kept else ""
        self.stdout.write(f"{checked}件の記録を調べました。すべて記録されたときのままです。{against}")


def heads_in(path: str) -> list[KeptHead]:
    """The heads in a file, or a sentence that says what to give instead."""
    try:
        return read_heads(Path(path).read_bytes())
    except (OSError, HeadsRefused) as error:
        raise CommandError(f"{path}を末尾の控えとして読めません。{error}") from error
