from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.apps.registry import Apps

import renkei.search.models


def everything_waits(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The tables are new and empty: every agreement waits to be merged."""
    pending = apps.get_model("search", "Pending")
    ids = apps.get_model("agreements", "Agreement").objects.values_list("pk", flat=True).iterator(2000)
    rows = (pending(mark=renkei.search.models.new_mark(), agreement=pk) for pk in ids)
    pending.objects.bulk_create(rows, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("agreements", "0002_fields")]

    operations = [
        migrations.DeleteModel("Generation"),
        migrations.DeleteModel("Block"),
        migrations.DeleteModel("Text"),
        migrations.DeleteModel("Pending"),
        migrations.CreateModel(
            name='Generation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.BigIntegerField(default=0)),
                ('edition', models.BigIntegerField(default=0)),
                ('rebuild', models.BigIntegerField(null=True)),
                ('rebuild_started_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '索引の世代',
                'verbose_name_plural': '索引の世代',
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('mark', models.BigIntegerField(default=renkei.search.models.new_mark, primary_key=True, serialize=False)),
                ('agreement', models.PositiveBigIntegerField()),
            ],
            options={
                'verbose_name': '索引への反映待ち',
                'verbose_name_plural': '索引への反映待ち',
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.BigIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('content', models.BinaryField()),
            ],
            options={
                'verbose_name': '索引の升',
                'verbose_name_plural': '索引の升',
                'constraints': [models.UniqueConstraint(fields=('edition', 'name'), name='block_once')],
            },
        ),
        migrations.CreateModel(
            name='Text',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.BigIntegerField()),
                ('agreement', models.PositiveBigIntegerField()),
                ('title', models.TextField()),
                ('public', models.TextField()),
                ('internal', models.TextField()),
                ('facets', models.TextField()),
            ],
            options={
                'verbose_name': '索引の本文',
                'verbose_name_plural': '索引の本文',
                'constraints': [models.UniqueConstraint(fields=('edition', 'agreement'), name='text_once')],
            },
        ),
        migrations.RunPython(everything_waits, migrations.RunPython.noop),
    ]
