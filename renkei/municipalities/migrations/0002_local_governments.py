"""All prefectures and municipalities, from the table beside this app (its source stands in local_governments.md)."""

import csv
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = Path(__file__).parent.parent / "local_governments.csv"


def load(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    municipality = apps.get_model("municipalities", "Municipality")
    with TABLE.open(encoding="utf-8", newline="") as lines:
        municipality.objects.bulk_create([municipality(**row) for row in csv.DictReader(lines)])


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
