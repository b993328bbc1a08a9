"""`./run manage backup_check FILE`: prove a backup without restoring it."""

import zipfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renkei.audit.kept import KeptHead, as_text
from renkei.backups.management.commands.backup import first_line
from renkei.backups.reading import faults, manifest_of, refuse_unfitting
from renkei.backups.refusals import BackupRefused
from renkei.backups.sealing import opened


class Command(BaseCommand):
    help = "Checks every byte of a backup and whether this version can restore it; prints the heads it holds."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(options["file"], *keys(options)) as file:
                wrong = list(faults(file))
                for fault in wrong:
                    self.stdout.write(fault)
                if wrong:
                    raise CommandError(f"{options['file']}は使えません。上の文のとおり、変わっています。")
                with zipfile.ZipFile(file) as archive:
                    manifest = manifest_of(archive)
                refuse_unfitting(manifest)
        except OSError as error:
            raise CommandError(f"{options['file']}を開けません({error.strerror or error})。") from error
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(as_text(KeptHead(*head) for head in manifest["heads"]), ending="")
        total = sum(table["rows"] for table in manifest["tables"].values())
        self.stdout.write(
            f"{manifest['made_at']}の控え(版{manifest['program']}): {total}行、"
            f"ファイル{len(manifest['files'])}個。作られたときのままです。"
        )


def add_arguments(parser: CommandParser) -> None:
    """The file, and what opens it if it is encrypted."""
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--identity", type=Path, metavar="F", help="the age secret key that opens it")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="the passphrase, on the first line of F"
    )


def keys(options: dict[str, Any]) -> tuple[str, str]:
    """The secret key's text and the passphrase, as far as they were given."""
    identity: Path | None = options["identity"]
    try:
        text = identity.read_text(encoding="utf-8") if identity else ""
    except OSError as error:
        raise CommandError(
            f"{identity}を読めません({error.strerror})。秘密鍵のファイルを渡してください。"
        ) from error
    return text, first_line(options["passphrase_file"])
