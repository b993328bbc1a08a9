import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import renkei.municipalities.public_id


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_people_by_public_id"),
        ("municipalities", "0001_initial"),
        ("people", "0001_reorganisation"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=renkei.municipalities.public_id.new_public_id,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="表の名前")),
                ("starts_on", models.DateField(verbose_name="異動の初日")),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "確認中"), ("decided", "決定済み"), ("undone", "取消し済み")],
                        default="read",
                        max_length=20,
                        verbose_name="状態",
                    ),
                ),
                ("lines", models.JSONField(default=list)),
                ("done", models.JSONField(default=dict)),
                ("brought_at", models.DateTimeField(auto_now_add=True, verbose_name="持ち込んだ日時")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="決めた日時")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="取り消した日時")),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="municipalities.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "異動",
                "verbose_name_plural": "異動",
                "ordering": ["-brought_at"],
            },
        ),
    ]
