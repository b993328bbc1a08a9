import django.db.models.deletion
import renkei.municipalities.public_id
import renkei.reminders.models.arrangement
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('agreements', '0003_changes'),
        ('municipalities', '0002_local_governments'),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_wanted', models.BooleanField(verbose_name='週のまとめを受け取る')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '週のまとめの希望',
                'verbose_name_plural': '週のまとめの希望',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('channel', models.CharField(choices=[('mail', 'メール'), ('chat', 'チャット')], default='mail', max_length=10, verbose_name='送り方')),
                ('kind', models.CharField(choices=[('reminder', '期限の督促'), ('escalation', '総括課への知らせ'), ('digest', '週のまとめ'), ('invitation', '招待'), ('notice', 'システムからの知らせ')], max_length=20, verbose_name='手紙の種類')),
                ('key', models.CharField(max_length=120)),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='宛名')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='宛先')),
                ('subject', models.CharField(max_length=400, verbose_name='件名')),
                ('plain', models.TextField(verbose_name='本文')),
                ('html', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('waiting', '送信待ち'), ('sending', '送信中'), ('sent', '送信済み'), ('failed', '送れません'), ('cancelled', '取りやめ')], default='waiting', max_length=10, verbose_name='状態')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='試した回数')),
                ('doubts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True, verbose_name='送れない理由')),
                ('written_at', models.DateTimeField(verbose_name='書いた日時')),
                ('next_try_at', models.DateTimeField(verbose_name='次に送る日時')),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='送った日時')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '手紙',
                'verbose_name_plural': '手紙',
                'ordering': ['-written_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='letter_once_for_its_key', violation_error_message='同じ手紙がすでに書かれています。送信箱で確かめてください。')],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at'], name='letter_waiting'), models.Index(fields=['municipality', 'written_at'], name='letter_written')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('notice', '通知の期限'), ('end', '期間の終わり')], max_length=10, verbose_name='期限の種類')),
                ('on', models.DateField(verbose_name='期限の日')),
                ('distance', models.PositiveSmallIntegerField(verbose_name='何日前の督促か')),
                ('is_escalation', models.BooleanField(default=False, verbose_name='総括課への知らせ')),
                ('reminded_on', models.DateField(verbose_name='督促の日')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agreements.agreement')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='reminders.letter')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '督促',
                'verbose_name_plural': '督促',
                'ordering': ['-reminded_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('agreement', 'kind', 'on', 'distance', 'is_escalation', 'person'), name='reminded_once_at_a_distance')],
            },
        ),
        migrations.CreateModel(
            name='ReminderSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('distances', models.JSONField(default=renkei.reminders.models.arrangement.usual_distances, verbose_name='何日前に知らせるか')),
                ('escalation_days', models.PositiveSmallIntegerField(default=14, verbose_name='何日前に総括課へ知らせるか')),
                ('chat_address', models.CharField(blank=True, max_length=500, verbose_name='チャットの受け口')),
                ('version', models.PositiveIntegerField(default=1)),
                ('municipality', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'verbose_name': '督促の設定',
                'verbose_name_plural': '督促の設定',
            },
        ),
        migrations.CreateModel(
            name='DailyWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('day', models.DateField(verbose_name='日')),
                ('state', models.CharField(choices=[('running', '作業中'), ('done', '済み'), ('failed', '一部ができません')], default='running', max_length=10, verbose_name='状態')),
                ('started_at', models.DateTimeField(verbose_name='始めた日時')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='終えた日時')),
                ('done', models.JSONField(default=list, verbose_name='したこと')),
                ('problems', models.JSONField(default=list, verbose_name='できなかったこと')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'verbose_name': '日ごとの仕事',
                'verbose_name_plural': '日ごとの仕事',
                'ordering': ['-day'],
                'constraints': [models.UniqueConstraint(fields=('municipality', 'day'), name='daily_work_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('notice', '通知の期限'), ('end', '期間の終わり')], max_length=10, verbose_name='期限の種類')),
                ('on', models.DateField(verbose_name='期限の日')),
                ('term_ends_on', models.DateField(verbose_name='期間の終わり')),
                ('title', models.CharField(max_length=400, verbose_name='協定名')),
                ('partners', models.CharField(blank=True, max_length=400, verbose_name='相手方')),
                ('sentence', models.TextField(blank=True, verbose_name='期限の理由')),
                ('is_decided', models.BooleanField(default=False, verbose_name='判断済み')),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(verbose_name='変わった日時')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='なくなった日時')),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agreements.agreement')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.division')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
            ],
            options={
                'verbose_name': '期限',
                'verbose_name_plural': '期限',
                'ordering': ['on', 'pk'],
                'indexes': [models.Index(fields=['municipality', 'on'], name='deadline_on'), models.Index(fields=['division', 'on'], name='deadline_division')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=renkei.municipalities.public_id.new_public_id, editable=False, max_length=12, unique=True)),
                ('generation', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(verbose_name='アドレスを作った日時')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.division')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='municipalities.municipality')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '期限のカレンダー',
                'verbose_name_plural': '期限のカレンダー',
                'constraints': [models.CheckConstraint(condition=models.Q(('person', None), ('division', None), _connector='OR'), name='feed_of_a_person_or_a_division', violation_error_message='カレンダーは、職員か課のどちらか一つのものにしてください。'), models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('person',), name='one_feed_of_a_person'), models.UniqueConstraint(condition=models.Q(('division__isnull', False)), fields=('division',), name='one_feed_of_a_division'), models.UniqueConstraint(condition=models.Q(('division', None), ('person', None)), fields=('municipality',), name='one_feed_of_a_town')],
            },
        ),
    ]
