"""`./run manage disaster_book --code 012041 --to FILE`: the disaster book of today, without keeping it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.disasters.book.whole import book_of, book_pdf
from renkei.municipalities.models import Municipality


class Command(BaseCommand):
    help = "Writes the disaster book of a town to a file: to be printed and put where the lights may go out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help="the town's six-digit code")
        parser.add_argument("--to", required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        town = Municipality.objects.filter(code=options["code"]).first()
        if town is None:
            raise CommandError(
                _("団体コード「%s」の自治体はありません。6桁で書いてください。") % options["code"][:20]
            )
        book = book_of(town, timezone.localdate())
        if book.is_empty:
            raise CommandError(_("災害時の協定が一つもありません。協定を登録してから作ってください。"))
        Path(options["to"]).write_bytes(book_pdf(book).content)
        self.stdout.write(
            _("%(town)sの防災冊子を %(file)s に書きました(協定%(agreements)s件)。")
            % {"town": town, "file": options["to"], "agreements": book.agreements}
        )
