"""`./run manage invite`: the first administrator of an installation, or anybody else, comes in by a link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.municipalities.models import Municipality
from renkei.people.services.invitations import InvitationRefused, invite

PAGE = "/desk/sign-in/links/{token}/"


class Command(BaseCommand):
    help = "Invites a person into a town and prints the link, which works once within seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("town", help="municipality code of six digits; from now on the town takes part")
        parser.add_argument("sign_in_name")
        parser.add_argument("name")
        parser.add_argument("--mail", default="")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the desk is opened")

    def handle(self, *args: Any, **options: Any) -> None:
        town = Municipality.objects.filter(code=options["town"]).first()
        if town is None:
            raise CommandError(
                f"団体コード {options['town']} の自治体がありません。6桁のコードを確かめてください。"
            )
        try:
            link = invite(
                municipality=town,
                sign_in_name=options["sign_in_name"],
                name=options["name"],
                email=options["mail"],
                role=Role(options["role"]),
                starts_on=timezone.localdate(),
                actor=None,
                at=timezone.now(),
            )
        except InvitationRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not town.takes_part:
            Municipality.objects.filter(pk=town.pk).update(takes_part=True)
        self.stderr.write(f"{town}の{link.user}さんのリンクです。7日のあいだ、1回だけ使えます。")
        self.stdout.write(options["address"].rstrip("/") + PAGE.format(token=link.token))
