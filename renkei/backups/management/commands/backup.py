"""`./run manage backup FILE`: the database and all files of one moment in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from renkei.backups.refusals import BackupRefused
from renkei.backups.writing import back_up


class Command(BaseCommand):
    help = "Writes database and files into one file while people go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--recipient", default="", metavar="AGE_KEY", help="encrypt for this public key (age1…)"
        )
        parser.add_argument(
            "--passphrase-file", type=Path, metavar="F", help="encrypt under the first line of F"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].absolute()
        try:
            manifest = back_up(
                path, at=timezone.localtime(), recipient=options["recipient"],
                passphrase=first_line(options["passphrase_file"]),
            )  # fmt: skip
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in manifest["missing"]:
            self.stderr.write(f"{name}: 記録が指すファイルがありません。控えには入っていません。")
        total = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{path}: {total}行、ファイル{len(manifest['files'])}個、{path.stat().st_size}バイトの控えを取りました。"
        )


def first_line(path: Path | None) -> str:
    """The first line of a file that holds a passphrase; "" where no file is named."""
    if path is None:
        return ""
    try:
        found = path.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except OSError as error:
        raise CommandError(
            f"{path}を読めません({error.strerror})。合言葉を1行目に書いたファイルを渡してください。"
        ) from error
    if not found:
        raise CommandError(f"{path}の1行目が空です。合言葉を1行目に書いたファイルを渡してください。")
    return found
