"""`./run manage audit_head`: the end of each chain, to be kept outside the machine."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.audit.kept import as_text
from renkei.audit.verification import heads


class Command(BaseCommand):
    help = "Prints number and digest of the last told event of each municipality, one line each."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(as_text(heads()), ending="")
