"""`./run manage read_documents`: the text of documents that were kept before it was read, or that can be read now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from renkei.documents.models import Document
from renkei.documents.text_reading import read, unread
from renkei.documents.vocabulary import ReadingState

EACH = 20


class Command(BaseCommand):
    help = "Reads the text of kept documents that have not been read; scans too, once an engine is there (RENKEI_OCR)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="読み取り済みの文書も読み直す")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = list(
            (Document.objects.all() if options["again"] else unread())
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        counts = dict.fromkeys(ReadingState.values, 0)
        for done, pk in enumerate(waiting, start=1):
            document = Document.objects.filter(pk=pk).first()
            if document:
                counts[read(document).state] += 1
            if done % EACH == 0 or done == len(waiting):
                self.stderr.write(f"{done} / {len(waiting)} 件")
        self.stdout.write(
            f"文書{len(waiting)}件を読み取りました(本文あり{counts['read']}件、"
            f"文字のない画像{counts['no_text']}件、読み取れない{counts['refused']}件)。"
        )
