from django.db import migrations, models

from renkei.municipalities.public_id import new_public_id


def name_each(apps, schema_editor):
    user = apps.get_model("accounts", "User")
    for key in user.objects.values_list("pk", flat=True):
        user.objects.filter(pk=key).update(public_id=new_public_id())


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_drafts_and_deputies"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="last_day",
            field=models.DateField(blank=True, null=True, verbose_name="在籍の最後の日"),
        ),
        migrations.AddField(
            model_name="user",
            name="public_id",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="user",
            name="public_id",
            field=models.CharField(default=new_public_id, editable=False, max_length=12, unique=True),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deputy_for", None),
                    models.Q(("ends_on__isnull", False), models.Q(("deputy_for", models.F("user")), _negated=True)),
                    _connector="OR",
                ),
                name="deputy_is_another_and_for_a_time",
                violation_error_message="代理は本人以外とし、終期を決めてください。",
            ),
        ),
    ]
