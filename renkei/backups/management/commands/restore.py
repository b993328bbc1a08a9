"""`./run manage restore FILE`: bring a backup back into an empty installation, and prove it equal."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from renkei.backups.management.commands.backup_check import add_arguments, keys
from renkei.backups.refusals import BackupRefused
from renkei.backups.restoring import refuse_used, restore
from renkei.backups.sealing import opened


class Command(BaseCommand):
    help = "Restores a backup into an empty installation: counts, every row, every file and the log proved equal."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_used()
            with opened(options["file"], *keys(options)) as file:
                manifest = restore(file, self.stdout.write)
        except OSError as error:
            raise CommandError(f"{options['file']}を戻せません({error.strerror or error})。") from error
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in manifest["missing"]:
            self.stderr.write(f"{name}: 控えを取ったときに、すでにありませんでした。")
        self.stdout.write(f"{manifest['made_at']}の控えを戻しました。")
