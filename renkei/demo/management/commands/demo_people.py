"""`./run manage demo_people`: who can sign in to the demo town."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.accounts.models import User
from renkei.demo.town import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Prints the sign-in names of the demo town's people, or nothing where there is no demo town."

    def handle(self, *args: Any, **options: Any) -> None:
        present = set(User.objects.values_list("sign_in_name", flat=True))
        for person in PEOPLE:
            if person.sign_in_name in present:
                self.stdout.write(f"  {person.sign_in_name:<12}{person.name}({person.role.label})")
        if present & {person.sign_in_name for person in PEOPLE}:
            self.stdout.write(f"  パスワードはどれも {PASSWORD} です。")
