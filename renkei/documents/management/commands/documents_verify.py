"""`./run manage documents_verify`: every kept file against its digest; ends with 1 where something is wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from renkei.documents.models import Document
from renkei.documents.verification import faults


class Command(BaseCommand):
    help = "Read every kept file again and compare it with its digest."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for sentence in faults():
            found += 1
            self.stdout.write(sentence)
        count = Document.objects.count()
        if found:
            raise CommandError(
                f"文書{count}件のうち、{found}件に問題があります。上の文に従って直してください。"
            )
        self.stdout.write(f"文書{count}件を調べました。すべて保存したときのままです。")
