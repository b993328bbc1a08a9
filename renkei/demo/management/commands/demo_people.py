"""`./run manage demo_people`: who can sign in to the demo town, and who comes to its counter."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent
from renkei.demo.proposers import PROPOSERS
from renkei.demo.town import CODE, PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Prints the sign-in names of the demo town's people, or nothing where there is no demo town."

    def handle(self, *args: Any, **options: Any) -> None:
        present = set(User.objects.values_list("sign_in_name", flat=True))
        if not present & {person.sign_in_name for person in PEOPLE}:
            return
        for person in PEOPLE:
            if person.sign_in_name in present:
                self.stdout.write(f"  {person.sign_in_name:<12}{person.name}({person.role.label})")
        self._counter()
        self.stdout.write(f"  パスワードはどれも {PASSWORD} です。")

    def _counter(self) -> None:
        """Partners' people with a password, and where they come in."""
        come = set(Correspondent.objects.exclude(password="").values_list("email", flat=True))
        known = [one for one in PROPOSERS if one.has_password and one.email in come]
        for one in known:
            self.stdout.write(f"  {one.email:<20}{one.name}({one.company})")
        if known:
            self.stdout.write(f"  相手方の窓口: /counter/{CODE}/enter/password/")
