"""`./run manage signatures_check`: examine the electronic signatures of every PDF again, as after a change of roots."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.documents.models import Document
from renkei.documents.signatures.reports import PDF, examine, has_mark


class Command(BaseCommand):
    help = "Examine the electronic signatures of every kept PDF against the roots in RENKEI_TRUST."

    def handle(self, *args: Any, **options: Any) -> None:
        documents, signed = 0, 0
        for document in Document.objects.filter(media_type=PDF).order_by("pk").iterator(chunk_size=500):
            documents += 1
            try:
                signed += has_mark(document) and bool(examine(document).signatures)
            except FileNotFoundError:
                self.stderr.write(
                    f"{document.public_id}: ファイルがありません。documents_verify で調べてください。"
                )
        self.stdout.write(f"PDF {documents}件を調べました。電子署名のあるものは{signed}件です。")
