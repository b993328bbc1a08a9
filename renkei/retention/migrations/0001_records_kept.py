import django.db.models.deletion
import renkei.municipalities.public_id
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('agreements', '0004_series_additions'),
        ('municipalities', '0003_portions_of_divisions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=200, verbose_name='ファイル名')),
            ],
            options={
                'verbose_name': '消去待ちのファイル',
                'verbose_name_plural': '消去待ちのファイル',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('subject', models.CharField(choices=[('records', '協定と文書'), ('names', '署名した人と個人の名前')], max_length=10, verbose_name='廃棄する物')),
                ('state', models.CharField(choices=[('proposed', '承認待ち'), ('done', '廃棄済み'), ('refused', '差戻し'), ('withdrawn', '取下げ')], default='proposed', max_length=10, verbose_name='状態')),
                ('reason', models.TextField(verbose_name='廃棄の理由')),
                ('proposed_at', models.DateTimeField(verbose_name='提案した日時')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='決めた日時')),
                ('note', models.TextField(blank=True, verbose_name='差戻しの理由')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='決めた人')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提案した人')),
            ],
            options={
                'verbose_name': '廃棄の手続',
                'verbose_name_plural': '廃棄の手続',
                'ordering': ['-proposed_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='disposal_takes_two_people', violation_error_message='廃棄は、提案した人とは別の人が承認してください。')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('number', models.PositiveIntegerField(verbose_name='証明の番号')),
                ('subject', models.CharField(choices=[('records', '協定と文書'), ('names', '署名した人と個人の名前')], max_length=10, verbose_name='廃棄した物')),
                ('agreement_id_shown', models.CharField(max_length=12, verbose_name='協定ID')),
                ('title', models.CharField(max_length=400, verbose_name='協定名')),
                ('signed_as', models.CharField(blank=True, max_length=10, verbose_name='締結日')),
                ('first_day', models.DateField(null=True, verbose_name='期間の最初の日')),
                ('completed_on', models.DateField(verbose_name='完結した日')),
                ('rule', models.CharField(max_length=200, verbose_name='保存期間')),
                ('removed', models.JSONField(default=dict, verbose_name='廃棄した内容')),
                ('proposed_by', models.CharField(max_length=60, verbose_name='提案した人')),
                ('approved_by', models.CharField(max_length=60, verbose_name='承認した人')),
                ('at', models.DateTimeField(verbose_name='廃棄した日時')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='retention.disposal')),
            ],
            options={
                'verbose_name': '廃棄の証明',
                'verbose_name_plural': '廃棄の証明',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'number'), name='certificate_number_once_in_a_town')],
            },
        ),
        migrations.CreateModel(
            name='DisposalItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement_id_shown', models.CharField(max_length=12, verbose_name='協定ID')),
                ('title', models.CharField(max_length=400, verbose_name='協定名')),
                ('completed_on', models.DateField(verbose_name='完結した日')),
                ('rule', models.CharField(max_length=200, verbose_name='保存期間')),
                ('left', models.TextField(blank=True, verbose_name='廃棄しなかった理由')),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agreements.agreement')),
                ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='retention.disposal')),
            ],
            options={
                'verbose_name': '廃棄の対象',
                'verbose_name_plural': '廃棄の対象',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('until', models.DateField(blank=True, null=True, verbose_name='延長する最後の日')),
                ('reason', models.TextField(verbose_name='延長の理由')),
                ('placed_at', models.DateTimeField(auto_now_add=True, verbose_name='延長した日時')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='延長をやめた日時')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agreements.agreement', verbose_name='協定')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('placed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '保存の延長',
                'verbose_name_plural': '保存の延長',
                'ordering': ['-placed_at'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(max_length=20, verbose_name='記録の種類')),
                ('years', models.PositiveSmallIntegerField(verbose_name='保存期間')),
                ('reason', models.TextField(verbose_name='根拠・理由')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'verbose_name': '保存期間の定め',
                'verbose_name_plural': '保存期間の定め',
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'kind'), name='retention_rule_once_for_a_kind')],
            },
        ),
    ]
