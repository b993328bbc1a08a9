"""`./run manage audit_verify`: prove that the log is as it was told."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renkei.audit.models import Entry
from renkei.audit.verification import Heads, faults


class Command(BaseCommand):
    help = "Checks every told event and the end of each chain; names each fault in a sentence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--against", metavar="FILE", help="heads kept outside the machine (see audit_head)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(read_heads(options["against"])))
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"記録に{len(found)}件の異常があります。上の文を監査の担当に見せてください。")
        self.stdout.write(f"{Entry.objects.count()}件の記録を調べました。すべて記録されたときのままです。")


def read_heads(path: str | None) -> Heads | None:
    """The heads that `audit_head` printed, from a file; None without a file."""
    if path is None:
        return None
    try:
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
        return {str(code): (int(number), str(digest)) for code, (number, digest) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CommandError(
            f"{path}を末尾の控えとして読めません({error})。audit_headの出力を保存した物を指定してください。"
        ) from error
