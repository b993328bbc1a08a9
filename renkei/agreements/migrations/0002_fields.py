"""The fields of the vocabulary."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from renkei.agreements.vocabulary import FIELDS


def load(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    field = apps.get_model("agreements", "Field")
    field.objects.bulk_create(
        [
            field(slug=slug, name=name, english_name=english, position=position)
            for position, (slug, name, english) in enumerate(FIELDS, start=1)
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
