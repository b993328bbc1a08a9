"""`./run manage demo_town`: the demo town, built once."""

from typing import Any

from django.core.management.base import BaseCommand

from renkei.agreements.models import Agreement
from renkei.demo.services import build


class Command(BaseCommand):
    help = "Builds the demo town; a second call changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        town = build()
        count = Agreement.objects.of(town).count()
        self.stdout.write(f"見本の町「{town}」があります(協定{count}件)。")
